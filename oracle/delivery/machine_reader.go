package delivery

import (
	"hash/fnv"
	"math"
	"slices"
)

// machinePayload is the most bytes that a batch of several records has: below
// both readings of 6 MB, 10^6 and 2^20 bytes each.
const machinePayload = 6_000_000

// machineTooLarge is the size from which no reading fits a record into an event.
const machineTooLarge = 6 << 20

// machineRef is a record: its shard among those of a reader, its place there.
type machineRef struct{ shard, at int32 }

// machineReader reads a shard for a mapping; the consumer of an MSK mapping may
// read several partitions. A reader feeds lanes: one, or one for each of the
// batches that ParallelizationFactor allows at once.
type machineReader struct {
	mp       *machineMapping
	shards   []*machineShard
	next     []int // of each shard: the first record that no lane was fed
	lanes    []*machineLane
	inFlight int
	stopped  bool // a new configuration waits for what is in flight
	redeal   bool // and needs other lanes, or other records in them
	refilter bool
	salt     uint32
}

// begin makes a new mapping start to poll.
func (mp *machineMapping) begin() {
	m := mp.m
	mp.cfg = mp.wanted
	if mp.src.queue != nil {
		mp.poller = &machinePoller{mp: mp, q: mp.src.queue}
		mp.src.queue.pollers = append(mp.src.queue.pollers, mp.poller)
		m.act(mp, func() { mp.running = true; mp.poller.begin() })
		return
	}
	consumers := len(mp.src.shards)
	if mp.src.kind == "msk" {
		consumers -= m.c.Choose(PointConsumers, consumers)
	}
	consumers = min(max(1, m.decide(DecisionReaders, consumers)), len(mp.src.shards))
	for i, sh := range mp.src.shards {
		if i < consumers {
			mp.read(sh)
		} else {
			mp.readers[i%consumers].add(sh)
		}
	}
	late := m.c.Choose(PointLatest, 2) == 1
	m.act(mp, func() {
		mp.running = true
		for _, r := range mp.readers {
			for i, sh := range r.shards {
				if late && mp.cfg.start == "LATEST" && sh.born <= mp.created {
					r.next[i] = len(sh.records)
				}
			}
			r.poll()
		}
	})
}

// read gives a shard a reader of its own.
func (mp *machineMapping) read(sh *machineShard) {
	r := &machineReader{mp: mp}
	r.add(sh)
	r.deal(nil)
	mp.readers = append(mp.readers, r)
}

// add makes the reader read a shard from where the mapping starts.
func (r *machineReader) add(sh *machineShard) {
	r.shards = append(r.shards, sh)
	first := 0
	if sh.born <= r.mp.created && r.mp.cfg.start == "LATEST" {
		first = len(sh.records)
	}
	if r.mp.m.holds(DecisionInherits, false) {
		for _, other := range sh.readers {
			first = max(first, other.next[slices.Index(other.shards, sh)])
		}
	}
	r.next = append(r.next, min(r.mp.m.decide(DecisionStart, first), len(sh.records)))
	sh.readers = append(sh.readers, r)
}

func (r *machineReader) record(ref machineRef) *machineRecord {
	return &r.shards[ref.shard].records[ref.at]
}

// poll looks for records soon.
func (r *machineReader) poll() {
	if r.mp.live() && len(r.lanes) > 0 {
		r.lanes[0].wakeAt(r.mp.m.now + r.mp.m.pollDelay())
	}
}

// feed gives lanes the records that the reader has not seen, until the lane
// has n to cut from.
func (r *machineReader) feed(l *machineLane, n int) {
	cfg := r.mp.cfg
	for i, sh := range r.shards {
		at := r.next[i]
		for at < len(sh.records) && len(l.queue)-l.head < n {
			rec := &sh.records[at]
			if r.wants(cfg, rec) {
				to := l
				if len(r.lanes) > 1 {
					to = r.lanes[r.laneOf(rec.key)]
				}
				to.queue = append(to.queue, machineRef{int32(i), int32(at)})
			}
			at++
		}
		r.next[i] = at
		if !r.mp.m.holds(DecisionOwnPosition, true) {
			for _, other := range sh.readers {
				other.next[slices.Index(other.shards, sh)] = at
			}
		}
	}
}

// wants says whether a record is for the function at all.
func (r *machineReader) wants(cfg *machineConfig, rec *machineRecord) bool {
	if cfg.start == "AT_TIMESTAMP" && r.mp.m.holds(DecisionEarlier, rec.arrival < cfg.startAt) {
		return false
	}
	if r.mp.src.kind == "msk" && r.mp.m.holds(DecisionTooLarge, rec.size > machineTooLarge) {
		return false
	}
	return cfg.criteria == nil || r.mp.m.selects(cfg.criteria, r.mp.src.kind, rec.extra)
}

func (r *machineReader) laneOf(key string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte{byte(r.salt)})
	_, _ = h.Write([]byte(key))
	return r.mp.m.decide(DecisionLane, int(h.Sum32()>>4)%len(r.lanes)) % len(r.lanes)
}

// deal makes the lanes anew and deals them the records that are waiting.
func (r *machineReader) deal(waiting []machineRef) {
	r.salt = uint32(r.mp.m.c.Choose(PointLane, 8))
	// A window that is open stays open, and what the old lanes are waiting for
	// must not wake the new ones time and again.
	idle := r.mp.m.now
	window := machineWindow{}
	for i, l := range r.lanes {
		l.dead = true
		window = l.window // tumbling windows have one lane only
		if i == 0 || l.idle > idle {
			idle = l.idle
		}
	}
	r.lanes = nil
	for range max(1, r.mp.m.decide(DecisionLanes, r.mp.cfg.parallel)) {
		l := &machineLane{r: r, wake: math.Inf(1), idle: idle}
		l.doneFn, l.wakeFn = l.done, l.woken
		r.lanes = append(r.lanes, l)
	}
	r.lanes[0].window = window
	for _, ref := range waiting {
		rec := r.record(ref)
		if r.refilter && !r.wants(r.mp.cfg, rec) {
			continue
		}
		l := r.lanes[r.laneOf(rec.key)]
		l.queue = append(l.queue, ref)
	}
}

// dispatch starts what can start.
func (r *machineReader) dispatch() {
	if !r.mp.live() || r.stopped || !r.ready() || !r.mp.m.holds(DecisionApart, true) && r.mp.stuck() {
		return
	}
	for _, l := range r.lanes {
		if len(r.lanes) > 1 && r.inFlight > 0 && !l.busy && r.mp.m.c.Choose(PointLaneWait, 2) == 1 {
			continue // the end of the other one dispatches again
		}
		l.try()
	}
}

// stuck says whether a shard has a failed batch.
func (mp *machineMapping) stuck() bool {
	return slices.ContainsFunc(mp.readers, func(r *machineReader) bool {
		return slices.ContainsFunc(r.lanes, func(l *machineLane) bool { return len(l.units) > 0 && l.units[len(l.units)-1].attempts > 0 })
	})
}

// mix may give the keys other lanes once nothing is in flight or failed.
func (r *machineReader) mix() {
	if len(r.lanes) > 1 && r.inFlight == 0 && !slices.ContainsFunc(r.lanes, func(l *machineLane) bool { return len(l.units) > 0 }) &&
		r.mp.m.c.Choose(PointLane, 2) == 1 {
		r.deal(r.waiting())
	}
}

// waiting is what the lanes hold, in the order of the source.
func (r *machineReader) waiting() []machineRef {
	var all []machineRef
	for _, l := range r.lanes {
		l.drop()
		all = append(all, l.queue[l.head:]...)
	}
	slices.SortFunc(all, func(a, b machineRef) int {
		if a.shard != b.shard {
			return int(a.shard - b.shard)
		}
		return int(a.at - b.at)
	})
	return all
}

// ready says whether all parents of the shard are settled.
func (r *machineReader) ready() bool {
	for _, parent := range r.shards[0].parents {
		for _, other := range parent.readers {
			if other.mp == r.mp && !r.mp.m.holds(DecisionParents, other.finished()) {
				return false
			}
		}
	}
	return true
}

// finished says whether the shard has ended and everything in it is settled.
func (r *machineReader) finished() bool {
	if !r.shards[0].closed || r.inFlight > 0 || !r.ready() || r.lanes[0].due() {
		return false
	}
	for i, sh := range r.shards {
		for r.next[i] < len(sh.records) && !r.wants(r.mp.cfg, &sh.records[r.next[i]]) {
			r.next[i]++
		}
		if r.next[i] < len(sh.records) {
			return false
		}
	}
	return !slices.ContainsFunc(r.lanes, func(l *machineLane) bool { return len(l.units) > 0 || l.head < len(l.queue) })
}
