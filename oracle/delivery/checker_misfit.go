package delivery

import (
	"fmt"
	"slices"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// blocked judges a batch that comes while another is unresolved.
func (c *Checker) blocked(l *lane, e *trace.Event, s *stack) {
	u := s.top()
	x, exact, class, expected := gap3, (*rule.Rule)(nil), "past an unresolved batch", c.say(l, u.r)+" to be resolved first"
	if l.keys != nil {
		exact = rule.OrderPartitionKeyParallel
	}
	switch {
	case l.sh.src.kafka:
		x, exact = kaf3, rule.MSKRetryForever
		if !rule.MSKRetryForever.Holds(c.profile) {
			x, exact = kaf1, nil
		}
	case u.last == fresh && u.inv == 0 && !u.rest:
		x, class, expected = bis2, "a part of a split batch left out", c.say(l, u.r)+" next"
		if !l.m.now.bisect && !l.m.before.bisect {
			x, exact = par1, nil
		}
	case u.last == fresh:
		// The rest after a partial report.
		x, exact, class, expected = par1, c.restRule(l), "the rest left out", c.say(l, u.r)+" next"
	case u.blank && u.lo <= 1:
		x, exact, class, expected = tum1, rule.TumblingStateRequired, "a response without state taken for a success", c.say(l, u.r)+" again"
	case c.throttledSince(u.end, e.T):
		x, exact, class, expected = thr1, rule.RetryThrottleNotCounted, "given up while throttled", c.say(l, u.r)+" again"
		if l.m.now.retries < 0 {
			exact = rule.RetryThrottleUntilExpiry
		}
	case u.bisect && !u.whole:
		x, class, expected, exact = bis1, "given up instead of split", "a part of "+c.say(l, u.r), splitRule(u)
		if c.countedSplit(l, u, e.T) {
			exact = rule.BisectNotCountedAsRetry
		}
	case u.last == noProgress && u.lo <= 1 && !l.sh.src.kafka:
		x, exact, class, expected = par1, c.restRule(l), "a report of the first record taken for a success", c.say(l, u.r)+" again"
	case u.last == malformed && u.lo <= 1:
		x, exact, class, expected = par2, rule.FrtFailureValues, "a malformed report taken for a success", c.say(l, u.r)+" again"
	case l.m.now.retries >= 0:
		x, exact, class = ret5, rule.RetryLimitDiscard, "given up too early"
		if c.countedSplit(l, u, e.T) {
			exact = rule.BisectNotCountedAsRetry
		}
		expected = fmt.Sprintf("%s again: it failed %d times, and may %d times", c.say(l, u.r), u.hi, l.m.now.retries+1)
	case u.lo > 1:
		x, exact, class = ret5, rule.RetryInfiniteUntilExpiry, "given up"
	case l.m.now.age < 0 && u.last == failed:
		exact = badRecordRule(l)
	}
	c.report(x, exact, class, expected, c.say(l, c.batch), u.line)
	c.resync(l, e)
}

// splitRule is the rule about a failed batch that was not split; nil for the
// first of the invariant.
func splitRule(u *unit) *rule.Rule {
	switch {
	case u.before > 0:
		return rule.BisectRecursive
	case u.slow:
		return rule.BisectTimeoutCounts
	}
	return nil
}

// countedSplit reports whether a part of a split batch was given up just when
// its retries would be used up if splitting counted as one.
func (c *Checker) countedSplit(l *lane, u *unit, t float64) bool {
	n := c.leastLimit(l, t)
	return u.before > 0 && u.before <= n && u.before+u.lo > n
}

// restRule is the rule about what a report left.
func (c *Checker) restRule(l *lane) *rule.Rule {
	if l.m.now.bisect {
		return rule.FrtBisectInterplay
	}
	return rule.FrtStreamLowestSequence
}

// misfit reports a batch that is neither a retry of the unit it belongs to nor
// an allowed part of it.
func (c *Checker) misfit(l *lane, s *stack, e *trace.Event) {
	u := s.top()
	at := indexIn(u.r, c.batch[0])
	n, cut := -1, 0
	if at >= 0 {
		n, cut = c.compare(l, u.r[at:], e.T)
	}
	var (
		x        *Invariant
		exact    *rule.Rule
		class    string
		expected = c.say(l, u.r) + " again"
	)
	switch throttled := c.throttledSince(u.end, e.T); {
	case l.sh.src.kafka && at == 0 && n >= 0 && cut == len(u.r) && u.lo > c.limit(l, e.T):
		x, exact, class, expected = kaf3, rule.KafkaRetryCap10, "retried too often", fmt.Sprintf("no more than %d invocations", c.limit(l, e.T)+1)
	case l.sh.src.kafka:
		x, class = kaf3, "another batch"
	case at == 0 && n >= 0 && cut == len(u.r) && u.lo > c.limit(l, e.T):
		x, class, expected = ret1, "retried too often", fmt.Sprintf("no more than %d invocations", c.limit(l, e.T)+1)
		if l.m.now.retries == 0 {
			exact = rule.RetryZeroAccepted
		}
	case at == 0 && n >= 0 && cut == len(u.r): // whole, and must have been split
		x, class, expected, exact = bis1, "retried whole", "a proper part of "+c.say(l, u.r), splitRule(u)
	case at == 0 && n >= 0 && throttled && u.last == fresh:
		x, exact, class = thr1, rule.BisectOnlyFunctionErrors, "split without a function error"
	case at == 0 && n >= 0:
		x, class = bis6, "split"
		if u.report && !l.m.now.report {
			x, exact, class = par2, rule.FrtOptIn, "a report obeyed that was not asked for"
		}
	case at > 0 && n >= 0 && u.last == fresh && u.inv == 0 && !u.rest:
		x, class, expected = bis2, "a part of a split batch left out", c.say(l, u.r)+" next"
	case at > 0 && n >= 0 && u.last == malformed:
		x, exact, class = par2, rule.FrtFailureValues, "a malformed report obeyed"
	case at > 0 && n >= 0 && u.last == fresh:
		x, exact, class, expected = par1, c.restRule(l), "past the lowest reported record", c.say(l, u.r)+" next"
	case at > 0 && n >= 0 && u.bisect && u.last == failed:
		x, class, expected = bis2, "the first part of a split batch left out", "the first part of "+c.say(l, u.r)
	case at > 0 && n >= 0:
		x, class = ret2, "retried in part"
	case at == 0:
		x, class = ret3, "grew"
	default:
		x, class = ret2, "another batch"
		switch {
		case u.rest:
			x, exact, class, expected = par1, c.restRule(l), "out of order", c.say(l, u.r)+" next"
		case u.last == fresh && u.inv == 0:
			x, class, expected = bis2, "out of order", c.say(l, u.r)+" next"
		}
	}
	c.report(x, exact, class, expected, c.say(l, c.batch), u.line)
	c.resync(l, e)
}

// resync takes the target's word: whatever the batch overlaps or passes over is
// done with. What comes after it may be as well, or be yet to come: it has been
// reported once that its batch was not kept together.
func (c *Checker) resync(l *lane, e *trace.Event) {
	last := c.batch[len(c.batch)-1]
	alone := l.keys != nil || len(l.stacks) == 1
	var open []int64
	for i := 0; i < len(l.stacks); {
		s := l.stacks[i]
		if l.keys == nil || c.overlaps(s) {
			for _, u := range s.units {
				n := len(u.r)
				for alone && n > 0 && u.r[n-1] > last {
					n--
				}
				l.giveUp(u.r[:n])
				open = append(open, u.r[n:]...)
			}
			s.units = s.units[:0]
			l.remove(s)
			continue
		}
		i++
	}
	if l.keys == nil {
		l.next = max(l.next, last+1)
	} else {
		for _, i := range c.batch {
			if l.untaken(i) {
				l.take(i)
			}
		}
	}
	if len(open) > 0 && l.maybe == nil {
		l.maybe = map[int64]bool{}
	}
	slices.Sort(open)
	for _, i := range slices.Backward(open) {
		l.untake(i, unlimited)
		l.maybe[i] = true
	}
	s := l.push(l.newUnit(c.batch))
	u := s.top()
	u.hi, u.soft, s.maydrop = unlimited, true, true
	c.launch(l, s, e)
}

func (c *Checker) overlaps(s *stack) bool {
	for _, u := range s.units {
		if c.shares(u) {
			return true
		}
	}
	return false
}

// giveUp remembers records that were passed over, so that a later delivery of
// them is known for what it is.
func (l *lane) giveUp(r []int64) {
	if l.given == nil {
		l.given = map[int64]bool{}
	}
	for _, i := range r {
		if len(l.given) < maxGiven {
			l.given[i] = true
		}
	}
}

// maxGiven is how many of them a lane remembers.
const maxGiven = 1024

func (l *lane) gaveUp(i int64) bool { return l.given[i] }

// say names records for a reader.
func (c *Checker) say(l *lane, r []int64) string {
	const most = 6
	s := "["
	for n, i := range r {
		if n == most {
			s += fmt.Sprintf(" … %s (%d)", l.sh.seqOf(r[len(r)-1]), len(r))
			break
		}
		if n > 0 {
			s += " "
		}
		if l.sh.has(i) {
			s += l.sh.seqOf(i)
		}
	}
	return s + "]"
}
