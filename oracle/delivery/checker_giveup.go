package delivery

import (
	"math"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// justified reports whether a unit may have been given up by t: its retries are
// used up, or everything in it has aged or expired.
func (c *Checker) justified(l *lane, u *unit, t float64) (ok bool, condition string) {
	all := true
	for _, i := range u.r {
		if !l.maybe[i] && !c.outlived(l, l.sh.at(i), t) {
			all = false
			break
		}
	}
	used := u.last != fresh && (u.spent || u.hi > c.leastLimit(l, t)) && (u.whole || !u.bisect)
	switch {
	case all && used:
		return true, "" // for either reason
	case all:
		return true, trace.RecordAgeExceeded
	case used:
		return true, trace.RetryAttemptsExhausted
	}
	return false, ""
}

// giveUpTop pops the top of a stack if the batch is not in it and it may have
// been given up.
func (c *Checker) giveUpTop(l *lane, s *stack, e *trace.Event) bool {
	u := s.top()
	if c.shares(u) {
		return false
	}
	ok, condition := c.justified(l, u, e.T)
	if !ok {
		return false
	}
	c.abandon(l, s, condition, e.T)
	return true
}

// shares reports whether the batch holds a record of the unit.
func (c *Checker) shares(u *unit) bool {
	for _, i := range c.batch {
		if indexIn(u.r, i) >= 0 {
			return true
		}
	}
	return false
}

// blocking returns a stack, with keys, that holds a key of the batch and cannot
// have been given up.
func (c *Checker) blocking(l *lane, e *trace.Event) *stack {
	if l.keys == nil || len(l.stacks) == 0 {
		return nil
	}
	clear(c.inBatch)
	for _, i := range c.batch {
		c.inBatch[l.sh.at(i).key] = true
	}
	for n := 0; n < len(l.stacks); n++ {
		s := l.stacks[n]
		if s.flight != nil && s.flight.unit != nil || !c.holdsKey(l, s) {
			continue // what is going on is checkConcurrency's
		}
		if s.maydrop && c.forget(l, s, e.T) {
			n--
			continue
		}
		if ok, condition := c.justified(l, s.top(), e.T); ok {
			c.abandon(l, s, condition, e.T)
			n--
			continue
		}
		if c.forget(l, s, e.T) {
			n--
			continue
		}
		return s
	}
	return nil
}

func (c *Checker) holdsKey(l *lane, s *stack) bool {
	for _, u := range s.units {
		for _, i := range u.r {
			if c.inBatch[l.sh.at(i).key] {
				return true
			}
		}
	}
	return false
}

// giveUp does the same for whatever stands before a new cut of a lane.
func (c *Checker) giveUp(l *lane, e *trace.Event) bool {
	if len(l.stacks) == 0 {
		return false
	}
	s := l.stacks[0]
	if s.flight != nil && s.flight.unit != nil {
		s.flight.end = math.Min(s.flight.end, e.T)
		c.land(l, s)
		return true
	}
	if s.maydrop && l.keys != nil && c.forget(l, s, e.T) {
		return true
	}
	if ok, condition := c.justified(l, s.top(), e.T); ok {
		c.abandon(l, s, condition, e.T)
		return true
	}
	return c.forget(l, s, e.T)
}

// abandon takes the top unit as given up.
func (c *Checker) abandon(l *lane, s *stack, condition string, t float64) {
	u := s.top()
	c.discard(l, u.r, u, s.cut, condition, t)
	if condition != trace.RecordAgeExceeded {
		c.touch(rule.RetryLimitDiscard)
		if l.m.now.retries == 0 {
			c.touch(rule.RetryZeroAccepted)
		}
		if len(u.r) == 1 && u.inv > 0 && l.m.now.bisect {
			c.touch(rule.BisectNotCountedAsRetry)
		}
	} else {
		c.touch(rule.AgeDiscard)
	}
	c.touch(rule.RetryBlocksShard)
	l.pop(s)
}

// forget drops the bounds of units that a change of the mapping may have made
// the poller forget: their records are cut anew.
func (c *Checker) forget(l *lane, s *stack, t float64) bool {
	if !s.maydrop && !s.top().soft {
		return false
	}
	if s.maydrop {
		for len(s.units) > 0 {
			if !c.untake(l, s, t) {
				return true
			}
		}
		return true
	}
	// Only the top may be cut anew, and only when nothing of the cut is below.
	if len(s.units) > 1 {
		return false
	}
	c.untake(l, s, t)
	return true
}

// untake gives the records of the top unit back to be cut. It reports whether
// the stack still is.
func (c *Checker) untake(l *lane, s *stack, t float64) bool {
	u := s.top()
	done, _ := c.justified(l, u, t)
	done = done || u.veiled
	if u.rest && u.last == fresh {
		l.left = u.r[0]
	}
	for n := len(u.r) - 1; n >= 0; n-- {
		l.untake(u.r[n], u.hi)
		if done {
			// It may have been given up before the change, too, or have been taken.
			if l.maybe == nil {
				l.maybe = map[int64]bool{}
			}
			l.maybe[u.r[n]] = true
		}
	}
	left := len(s.units) > 1
	l.pop(s)
	return left
}

// untake gives a record back to be cut. tried is how many failed invocations
// its batch may have had.
func (l *lane) untake(i int64, tried int) {
	if l.tried == nil {
		l.tried = map[int64]int{}
	}
	l.tried[i] = tried
	if l.keys == nil {
		l.next = min(l.next, i)
		return
	}
	if i < l.next {
		for x := i; x < l.next; x++ {
			l.taken[x] = true
		}
		l.next = i
	}
	delete(l.taken, i)
	k := l.sh.at(i).key
	q := append([]int64{i}, l.keys[k]...)
	for n := 1; n < len(q) && q[n-1] > q[n]; n++ {
		q[n-1], q[n] = q[n], q[n-1]
	}
	l.keys[k] = q
}
