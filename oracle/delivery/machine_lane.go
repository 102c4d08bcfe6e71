package delivery

import (
	"math"

	"github.com/esmconform/esmconform/oracle/trace"
)

// machineLane delivers records one batch at a time, in order. Its units are a
// stack, the lowest records on top; what they hold is queue[top.lo:head].
type machineLane struct {
	r         *machineReader
	queue     []machineRef
	head      int // the first record that is not cut
	units     []machineUnit
	dead      bool // its records were dealt to others
	busy      bool
	lost      bool    // the end of what is in flight will not be noticed
	notBefore float64 // of the next invocation
	idle      float64 // since when nothing is in flight
	throttles int     // in a row
	answer    machineAnswer
	returned  any // the state of a tumbling window in the answer
	window    machineWindow
	closing   bool // what is in flight is the final invocation of a window, without records
	last      machineLast
	held      machineHeld
	wake      float64 // when it is woken next; +Inf: not planned

	doneFn, wakeFn func()
}

// machineUnit is a batch, or what is left of it, that is delivered until it is
// settled.
type machineUnit struct {
	lo, hi   int // in the queue
	attempts int // failures that count
	invoked  int
	part     bool // of a bisected batch
	final    bool // its invocation closes its tumbling window
}

// machineLast is the invocation before.
type machineLast struct{ id, function string }

func (l *machineLane) wakeAt(t float64) {
	if t < l.wake {
		l.wake = t
		l.r.mp.m.at(t, l.wakeFn)
	}
}

func (l *machineLane) woken() {
	if !l.dead && l.wake <= l.r.mp.m.now {
		l.wake = math.Inf(1)
		l.r.dispatch()
	}
}

// try starts the next invocation if it can.
func (l *machineLane) try() {
	m := l.r.mp.m
	if l.busy {
		return
	}
	if m.now < l.notBefore {
		l.wakeAt(l.notBefore)
		return
	}
	over := false
	for {
		if len(l.units) == 0 {
			if over = m.holds(DecisionFinal, l.windowOver()); over {
				break
			}
			if !l.cut() {
				return
			}
		}
		n := len(l.units)
		l.expire()
		if len(l.units) == n {
			l.ageOut()
		}
		if len(l.units) == 0 {
			l.settled()
			continue
		}
		if len(l.units) == n {
			break
		}
		// The unit below may be too old as well.
	}
	if m.throttled(l.r.mp.cfg.function) {
		if !over && m.holds(DecisionThrottleFails, false) {
			l.failed(&l.units[len(l.units)-1])
		}
		l.notBefore = m.now + max(1, m.backOff(l.throttles))
		l.throttles++
		l.wakeAt(l.notBefore)
		return
	}
	l.throttles = 0
	if over {
		l.final()
		return
	}
	l.invoke()
}

// cut makes a unit of records that wait, unless there are none or the batching
// window is open.
func (l *machineLane) cut() bool {
	m, cfg := l.r.mp.m, l.r.mp.cfg
	if l.head == len(l.queue) {
		l.queue, l.head = l.queue[:0], 0
	} else if l.head > 4096 && l.head*2 > len(l.queue) {
		l.queue, l.head = append(l.queue[:0], l.queue[l.head:]...), 0
	}
	size, payload := m.decide(DecisionBatchSize, cfg.batchSize), m.decide(DecisionPayload, machinePayload)
	l.r.feed(l, size)
	k, bytes := 0, 0
	for _, ref := range l.queue[l.head:min(len(l.queue), l.head+size)] {
		if cfg.tumbling > 0 && k > 0 && l.windowOf(ref) != l.windowOf(l.queue[l.head]) {
			break
		}
		bytes += l.r.record(ref).size
		if k > 0 && bytes > payload {
			break
		}
		k++
	}
	if k == 0 {
		return false
	}
	if window := float64(m.decide(DecisionWindow, int(cfg.window))); window > 0 {
		full := m.holds(DecisionFull, k == size || bytes > payload)
		opened := l.idle
		if m.c.Choose(PointWindow, 2) == 0 {
			opened = max(opened, l.r.record(l.queue[l.head]).arrival)
		}
		if over := opened + window; !full && m.now < over {
			l.wakeAt(over)
			return false
		}
		// What is under-full by choice may not come before the window is over.
		if m.now >= opened+window {
			k -= m.c.Choose(PointCut, k)
		}
	} else {
		k -= m.c.Choose(PointCut, k)
	}
	if cfg.tumbling > 0 {
		l.enter(l.queue[l.head])
	}
	l.units = append(l.units, machineUnit{lo: l.head, hi: l.head + k})
	l.head += k
	return true
}

// invoke gives the function the top unit.
func (l *machineLane) invoke() {
	r := l.r
	m, cfg := r.mp.m, r.mp.cfg
	u := &l.units[len(l.units)-1]
	u.invoked++
	refs := l.queue[u.lo:u.hi]
	m.batch = m.batch[:0]
	call := machineInvocation{}
	for _, ref := range refs {
		rec := r.record(ref)
		m.batch = append(m.batch, rec.label)
		if rec.extra != nil && rec.extra.poison != nil {
			call.meets(rec)
		}
	}
	shard := r.shards[refs[0].shard].id
	if len(r.shards) > 1 && refs[0].shard != refs[len(refs)-1].shard {
		shard = "" // the records name their partitions
	}
	id := m.id()
	if cfg.tumbling > 0 {
		l.enter(refs[0])
		if u.final = l.lastOfWindow() && m.c.Choose(PointFinal, 2) == 1; u.final {
			l.window.spoil(&call)
			for _, ref := range refs {
				call.spoils(r.record(ref))
			}
		}
	}
	l.answer = call.answer(m, cfg.reports, m.batch)
	if cfg.tumbling > 0 {
		l.returns(&call, len(refs))
	}
	l.last = machineLast{id, cfg.function}
	l.busy = true
	r.inFlight++
	end := m.started(&call, l.doneFn)
	m.event = trace.Event{Kind: trace.Invoke, T: m.now, End: end, Mapping: r.mp.uuid, ID: id, Function: cfg.function,
		Source: r.mp.src.arn, Shard: shard, Records: m.batch, Outcome: call.outcome, Report: call.report, HasReport: call.reported}
	if m.whole {
		m.event.Event = r.event(refs)
		if cfg.tumbling > 0 {
			l.tell(m.event.Event, u.final)
		}
	}
	m.emit()
}

// started plans the end of an invocation and says what a trace gives as its
// end.
func (m *machine) started(call *machineInvocation, done func()) float64 {
	end := m.now + m.duration()
	if call.outcome == trace.Timeout {
		end = m.now + m.timeout()
	}
	if m.holds(DecisionAwait, true) {
		m.at(end, done)
	} else {
		m.at(m.now, done)
	}
	if end > m.s.EndMS {
		return trace.NotEnded
	}
	return end
}

// done is the end of what is in flight.
func (l *machineLane) done() {
	r := l.r
	l.busy = false
	r.inFlight--
	l.idle = r.mp.m.now
	if r.mp.gone() {
		return
	}
	switch {
	case l.lost:
	case l.closing:
		l.settleFinal()
	default:
		l.settle()
	}
	l.lost, l.closing = false, false
	r.mix()
	r.restart()
	r.dispatch()
	l.settled()
}

// settled lets the children of an ended shard begin.
func (l *machineLane) settled() {
	if !l.r.shards[0].closed || !l.r.finished() {
		return
	}
	for _, other := range l.r.mp.readers {
		if len(other.shards[0].parents) > 0 {
			other.next[0] = min(l.r.mp.m.decide(DecisionChildStart, other.next[0]), len(other.shards[0].records))
			other.poll()
		}
	}
}
