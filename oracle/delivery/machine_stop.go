package delivery

import "slices"

// stop begins a change of configuration: nothing starts before what is in flight
// has ended, and the mapping may or may not notice that end.
func (r *machineReader) stop(old *machineConfig) {
	m, cfg := r.mp.m, r.mp.cfg
	r.stopped = true
	r.redeal = r.redeal || cfg.parallel != old.parallel
	r.refilter = r.refilter || !cfg.sameFilters(old)
	for _, l := range r.lanes {
		if l.busy {
			l.lost = m.c.Choose(PointAck, 2) == 1
		}
	}
	r.restart()
}

// restart ends the change: units are kept with their counters, or without, or
// are dropped, and what they held is cut again.
func (r *machineReader) restart() {
	if !r.stopped || r.inFlight > 0 {
		return
	}
	r.stopped = false
	for _, l := range r.lanes {
		l.flush()
	}
	if r.redeal || r.refilter {
		r.deal(r.waiting())
		r.redeal, r.refilter = false, false
	} else {
		for _, l := range r.lanes {
			l.resume(r.mp.m.c.Choose(PointKeep, 3))
		}
	}
	if by := r.mp.m.decide(DecisionResume, 0); by != 0 && r.mp.live() {
		r.move(by)
	}
	r.poll()
}

// move moves the position by records, forth or back.
func (r *machineReader) move(by int) {
	waiting := r.waiting()
	for i := range r.shards {
		at := r.next[i]
		if n := slices.IndexFunc(waiting, func(ref machineRef) bool { return int(ref.shard) == i }); n >= 0 {
			at = int(waiting[n].at)
		}
		r.next[i] = max(0, min(at+by, len(r.shards[i].records)))
	}
	r.deal(nil)
}

func (l *machineLane) resume(how int) {
	l.notBefore, l.idle = l.r.mp.m.now, l.r.mp.m.now
	for i := range l.units {
		u := &l.units[i]
		if u.hi-u.lo > l.r.mp.cfg.batchSize {
			how = 2 // a kept unit would break the new BatchSize
		}
		if how == 1 {
			u.attempts, u.invoked = 0, 0
		}
	}
	if w := l.r.mp.cfg.tumbling; w > 0 && l.window.length != w {
		how = 2 // a kept unit may be of two windows
	}
	if how == 2 {
		l.drop()
	}
}

// drop forgets the units: what they hold is at the front of the queue, so the
// next cut begins there.
func (l *machineLane) drop() {
	if n := len(l.units); n > 0 {
		l.head = l.units[n-1].lo
		l.units = l.units[:0]
	}
}
