package delivery

// settle takes the answer of the function for the top unit.
func (l *machineLane) settle() {
	m := l.r.mp.m
	u := &l.units[len(l.units)-1]
	l.notBefore = m.now + m.backOff(0)
	l.answer.kind = m.decide(DecisionAnswer, l.answer.kind)
	switch l.answer.kind {
	case AnswerDone, AnswerEmpty:
		l.flush()
		l.mistell(DecisionTellsSuccess, u)
		if l.r.mp.cfg.tumbling > 0 {
			l.taken(l.queue[u.lo:u.hi])
			if u.final {
				l.window = machineWindow{}
			}
		}
		l.pop()
		l.notBefore = m.now + m.pollDelay()
	case AnswerPartial:
		l.flush()
		if l.r.mp.cfg.tumbling > 0 {
			l.taken(l.queue[u.lo : u.lo+l.answer.first])
		}
		u.lo += max(0, min(m.decide(DecisionProgress, l.answer.first), u.hi-u.lo-1))
		if m.c.Choose(PointCounter, 2) == 0 {
			u.attempts, u.invoked = 0, 0
		} else {
			u.attempts++
		}
		if !u.part && m.c.Choose(PointRecut, 2) == 1 {
			l.drop()
		}
	default:
		l.failed(u)
	}
}

func (l *machineLane) pop() { l.units = l.units[:len(l.units)-1] }

// failed counts a failure, or splits the unit, which does not count.
func (l *machineLane) failed(u *machineUnit) {
	m, cfg := l.r.mp.m, l.r.mp.cfg
	a := m.decide(DecisionCounter, u.attempts+1)
	retries := m.decide(DecisionRetries, cfg.retries)
	spent := retries >= 0 && a > retries
	if u.hi-u.lo > 1 && m.holds(DecisionSplit, cfg.bisect) {
		whole := !l.answer.failed() && m.c.Choose(PointNoProgress, 2) == 1
		if !whole || spent { // under bisect only a single is ever given up
			l.split(u)
			return
		}
	}
	if spent {
		l.discard(u)
		l.pop()
		l.notBefore = m.now + m.pollDelay()
		return
	}
	l.mistell(DecisionTellsFailure, u)
	l.notBefore = m.now + m.backOff(u.attempts)
	u.attempts = a
	if !m.holds(DecisionKeepBatch, true) {
		l.drop()
	}
}

// split puts two parts in the place of a unit, the first one on top.
func (l *machineLane) split(u *machineUnit) {
	m := l.r.mp.m
	k := u.hi - u.lo
	h := (k/2-1+m.c.Choose(PointSplit, k-1))%(k-1) + 1
	h = max(1, min(m.decide(DecisionSplitAt, h), k-1))
	first := machineUnit{lo: u.lo, hi: u.lo + h, attempts: m.decide(DecisionHalfCounter, m.c.Choose(PointAttempts, 2)), part: true}
	second := machineUnit{lo: u.lo + h, hi: u.hi, attempts: m.decide(DecisionHalfCounter, m.c.Choose(PointAttempts, 2)), part: true}
	switch *u = second; m.decide(DecisionHalves, HalvesInOrder) {
	case HalvesInOrder:
		l.units = append(l.units, first)
	case HalvesSwapped:
		*u = first
		l.units = append(l.units, second)
	case FirstHalfOnly:
		*u = first
	}
}

// ageOut discards the records at the head of the top unit that are too old to be
// sent, as one run.
func (l *machineLane) ageOut() {
	m := l.r.mp.m
	maxAge := m.decide(DecisionMaxAge, int(l.r.mp.cfg.maxAge))
	if maxAge < 0 || len(l.units) == 0 {
		return
	}
	invoked := l.units[len(l.units)-1].invoked
	limit := m.now - float64(maxAge)
	if !m.holds(DecisionOnlyAged, true) && l.r.record(l.queue[l.units[len(l.units)-1].lo]).arrival <= limit {
		limit = m.now
	}
	if gone := l.remove(limit); len(gone) > 0 {
		l.flush()
		l.send(gone, machineAged, max(1, invoked))
	}
}

// expire discards what the source no longer has.
func (l *machineLane) expire() {
	m := l.r.mp.m
	invoked := l.units[len(l.units)-1].invoked
	gone := l.remove(m.now - float64(m.decide(DecisionRetention, int(l.r.mp.src.retention))))
	if len(gone) > 0 {
		l.flush()
		if m.c.Choose(PointExpiry, 2) == 1 {
			l.send(gone, machineAged, max(1, invoked))
		}
	}
}

// remove takes the records that arrived at a time or before out of the top unit,
// and the unit off the stack if nothing is left. In a shard they are the head of it;
// in a batch of several partitions, the head of each.
func (l *machineLane) remove(arrived float64) []machineRef {
	u := &l.units[len(l.units)-1]
	if len(l.r.shards) == 1 && l.r.record(l.queue[u.lo]).arrival > arrived {
		return nil
	}
	var gone, left []machineRef
	for _, ref := range l.queue[u.lo:u.hi] {
		if l.r.record(ref).arrival <= arrived {
			gone = append(gone, ref)
		} else {
			left = append(left, ref)
		}
	}
	u.lo = u.hi - len(left)
	copy(l.queue[u.lo:u.hi], left)
	if len(left) == 0 {
		l.pop()
	}
	return gone
}
