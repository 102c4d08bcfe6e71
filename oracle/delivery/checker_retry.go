package delivery

import (
	"fmt"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// A batch that comes again: whole, or a part of it that is allowed.

// retry reports whether the batch is the top of the stack again, or a part of
// it that is allowed, and takes it for that.
func (c *Checker) retry(l *lane, s *stack, e *trace.Event) bool {
	u := s.top()
	x := indexIn(u.r, c.batch[0])
	if x < 0 || x > 0 && s.maydrop {
		return false
	}
	// What stands before it may only have aged, expired, or be filtered out.
	for _, i := range u.r[:x] {
		if !c.outlived(l, l.sh.at(i), e.T) {
			return false
		}
	}
	rest := u.r[x:]
	if len(c.batch) > len(rest) && u.soft {
		return false
	}
	n, cut := c.compare(l, rest, e.T)
	// The records at the end may have aged, or they are the other half: the
	// latter binds less.
	either := n >= 0 && n < cut
	if either {
		switch {
		case u.last != fresh && u.bisect:
			cut = n
		case s.maydrop || u.soft:
			return false // what is left can be cut anew
		}
	}
	switch {
	case n < 0:
		return false
	case cut == len(rest): // the whole of what is left
		if u.last == failed && x == 0 && !u.whole {
			return false
		}
		if x == 0 && u.lo > c.limit(l, e.T) {
			return false
		}
		c.touchRetry(l, u, e)
		if x > 0 {
			c.discard(l, u.r[:x], u, s.cut, trace.RecordAgeExceeded, e.T)
			c.touch(rule.AgeDiscard)
			u.lo, u.inv = 0, 0
		}
		u.r = append(u.r[:0], rest...)
		if u.recut {
			u.soft, u.recut = false, false
		}
		c.launch(l, s, e)
		return true
	case u.last != fresh && u.bisect: // a proper prefix: a split
		c.split(l, s, x, cut, either, e)
		return true
	}
	return false
}

// compare matches the batch with a unit's records, passing over those that may
// have aged meanwhile; n < 0 says that they differ, cut where the batch ends.
func (c *Checker) compare(l *lane, r []int64, t float64) (n, cut int) {
	j := 0
	for _, i := range c.batch {
		for j < len(r) && r[j] != i {
			if !c.outlived(l, l.sh.at(r[j]), t) {
				return -1, 0
			}
			j++
		}
		if j == len(r) {
			return -1, 0
		}
		j++
	}
	// Records at the end that may have aged count as gone.
	k := j
	for k < len(r) && c.outlived(l, l.sh.at(r[k]), t) {
		k++
	}
	if k == len(r) && k > j {
		return j, k
	}
	return j, j
}

// retries is how often a failed batch is tried again under the settings; -1: no
// limit.
func (c *Checker) retries(l *lane, x *settings) int {
	const most = 10
	if l.sh.src.kafka && x.provisioned && x.destination != "" && (x.retries < 0 || x.retries > most) && rule.KafkaRetryCap10.Holds(c.profile) {
		return most
	}
	return x.retries
}

// limit is how many failed invocations a batch may have and be tried again.
func (c *Checker) limit(l *lane, t float64) int {
	n := c.retries(l, &l.m.now)
	if l.m.changing(t) {
		if b := c.retries(l, &l.m.before); b < 0 || n >= 0 && b > n {
			n = b
		}
	}
	if n < 0 {
		return unlimited
	}
	return n
}

// leastLimit is how many failed invocations a batch must have before it may be
// given up.
func (c *Checker) leastLimit(l *lane, t float64) int {
	n := c.retries(l, &l.m.now)
	if l.m.changing(t) {
		was := l.m.before
		was.retries = was.least
		if b := c.retries(l, &was); n < 0 || b >= 0 && b < n {
			n = b
		}
	}
	if n < 0 {
		return unlimited
	}
	return n
}

// split notes that the top unit was split, and that its first part is invoked;
// or, with either, that it may only have lost its end.
func (c *Checker) split(l *lane, s *stack, from, cut int, either bool, e *trace.Event) {
	u := s.top()
	c.touch(rule.BisectSplitsInTwo)
	c.touch(rule.BisectHalvesInOrder)
	c.touch(rule.BisectNotCountedAsRetry)
	if u.before > 0 {
		c.touch(rule.BisectRecursive)
	}
	if u.slow {
		c.touch(rule.BisectTimeoutCounts)
	}
	k := len(u.r) - from
	if cut != k/2 && cut != (k+1)/2 && from == 0 && !u.soft && !either {
		c.report(bis5, nil, "not in the middle", fmt.Sprintf("%d or %d of %d", k/2, (k+1)/2, k), fmt.Sprintf("%d", cut), u.line)
	}
	// A half starts anew; that its first run is the retry is allowed as well.
	a := l.newUnit(u.r[from : from+cut])
	b := l.newUnit(u.r[from+cut:])
	a.hi, b.hi = 1, 1
	if either {
		a.hi = max(a.hi, u.hi)
	}
	a.soft, b.soft = u.soft, u.soft
	a.before = u.before + max(1, u.lo)
	b.before = a.before
	if from > 0 {
		c.discard(l, u.r[:from], u, s.cut, trace.RecordAgeExceeded, e.T)
	}
	l.free = append(l.free, u)
	s.units[len(s.units)-1] = b
	s.units = append(s.units, a)
	c.launch(l, s, e)
}

// touchRetry notes what a batch that comes again, or what a report left of one, decides.
func (c *Checker) touchRetry(l *lane, u *unit, e *trace.Event) {
	if u.rest || u.last == noProgress {
		c.touch(rule.FrtStreamLowestSequence)
		if l.m.now.bisect {
			c.touch(rule.FrtBisectInterplay)
		}
	}
	if u.last == fresh {
		return
	}
	if u.last == malformed {
		c.touch(rule.FrtFailureValues)
	}
	if u.blank {
		c.touch(rule.TumblingStateRequired)
	}
	c.touch(rule.RetryFunctionErrorWholeBatch)
	if l.m.now.retries < 0 {
		c.touch(rule.RetryInfiniteUntilExpiry)
		if l.m.now.age < 0 {
			c.touch(badRecordRule(l))
		}
	}
	if l.m.now.age < 0 && e.T-l.sh.at(u.r[0]).arrival > leastAge {
		c.touch(rule.AgeInfiniteUntilExpiry)
	}
	if c.throttledSince(u.end, e.T) {
		c.touch(rule.RetryThrottleNotCounted)
		c.touch(rule.RetryThrottleUntilExpiry)
		c.touch(rule.BisectOnlyFunctionErrors)
	}
}

// leastAge is the least MaximumRecordAgeInSeconds that may be set, in milliseconds.
const leastAge = 60 * 1000

// badRecordRule is the rule that a bad record blocks its shard.
func badRecordRule(l *lane) *rule.Rule {
	if l.sh.src.kind == "dynamodb" {
		return rule.RetryBadRecordBlockDdb
	}
	return rule.RetryBadRecordBlockKinesis
}
