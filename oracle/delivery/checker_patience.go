package delivery

import (
	"math"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// thin notes that a mapping delivered a batch that was not full.
func (c *Checker) thin(m *mapping) {
	m.thin = true
	c.touch(rule.BatchMayBeSmaller)
}

// delay is a new batch that came far later than it could have.
type delay struct {
	exact *rule.Rule // nil where there is none
	class string
	since float64
}

// late judges how long a new batch has waited in an idle lane. Of when polling
// begins, and begins again after a change, the documents say little, so the
// first batch after either is not judged.
func (c *Checker) late(l *lane, e *trace.Event) (none delay) {
	m, x, kafka := l.m, &l.m.now, l.sh.src.kafka
	first, last := l.sh.at(c.batch[0]), l.sh.at(c.batch[len(c.batch)-1])
	if !c.complete || l.keys != nil || !l.started || l.lastCut < m.change.from || m.changing(e.T) || l.failed || m.late || m.tumbles(e.T) || math.IsInf(l.lastEnd, 0) {
		return none
	}
	for _, i := range c.batch {
		if _, again := l.tried[i]; again || !l.untaken(i) {
			return none
		}
	}
	free := l.lastEnd
	if kafka {
		// One consumer may read several partitions.
		for _, other := range m.lanes {
			c.settleEnded(other, e.T)
			if len(other.stacks) > 0 {
				return none
			}
			free = math.Max(free, other.lastEnd)
		}
	}
	d := delay{since: math.Max(math.Max(first.arrival, free), m.change.to)}
	backlog := first.arrival <= l.lastEnd
	switch full := len(c.batch) >= x.batch; {
	case x.window > 0 && (!full || x.window <= idle || kafka):
		return none // the window itself may take as long
	case x.window > 0:
		d.since = math.Max(d.since, last.arrival)
		d.exact, d.class = rule.BatchFullEndsWindow, "a full batch waited for its window"
	case backlog && (full || l.dawdled || kafka):
		d.exact, d.class = rule.PollCatchUp, "a pause in a backlog"
	case kafka:
		return none // it has a window by default
	default:
		d.exact, d.class = rule.BatchInvokeImmediately, "waited without a window"
	}
	c.touch(d.exact)
	if e.T-d.since <= idle || c.throttledSince(d.since-backoffMost-idle, e.T) {
		return none
	}
	if d.exact == rule.PollCatchUp && !l.dawdled && !kafka && c.waiting(l, c.batch[0], d.since, x.batch) < x.batch {
		d.exact, d.class = rule.BatchInvokeImmediately, "waited without a window" // it may have gathered more
	}
	if kafka {
		return d
	}
	for _, other := range m.lanes {
		c.settleEnded(other, e.T)
		if other != l && other.lastFail >= d.since {
			d.exact, d.class = rule.RetryOtherShardsUnaffected, "held up by another shard"
		}
	}
	l.dawdled = l.dawdled || d.exact == rule.PollCatchUp
	return d
}

// waiting counts the records from the i-th on that a mapping has yet to deliver
// and that were there at t, up to a bound.
func (c *Checker) waiting(l *lane, i int64, t float64, most int) (n int) {
	for ; i < l.sh.end() && n < most; i++ {
		if r := l.sh.at(i); l.untaken(i) && !l.maybe[i] && r.arrival <= t && !c.passable(l, r, t) {
			n++
		}
	}
	return n
}

// forgotten is the rule that says what is wrong with a mapping that never
// delivers the i-th record. Where several could be, it is only known that the
// record is lost.
func (c *Checker) forgotten(l *lane, i int64) *rule.Rule {
	m, r := l.m, l.sh.at(i)
	if c.anotherFailed(m, l) {
		return rule.RetryOtherShardsUnaffected
	}
	var could []*rule.Rule
	perhaps := func(r *rule.Rule, ok bool) {
		if ok {
			could = append(could, r)
		}
	}
	few := c.waiting(l, i, c.now, m.now.batch) < m.now.batch
	behind := i > l.sh.base && l.untaken(i-1)
	at, _ := c.processedBy(l, i)
	perhaps(rule.BatchMayBeSmaller, few && !m.thin)
	perhaps(rule.MSKDropOver6mb, behind && l.sh.src.kafka && l.sh.at(i-1).size > oversize)
	perhaps(rule.FilterUnmatchedDiscarded, behind && c.unselected(l, i-1))
	perhaps(rule.CheckpointPerMapping, l.sh.src.stream && at > m.created)
	perhaps(rule.CheckpointSourceNotConsumed, l.sh.src.stream && at > 0 && at <= m.created)
	perhaps(rule.CreateStartsPolling, !m.invoked && m.made && m.changes == 0)
	perhaps(rule.FilterOr, m.invoked && m.now.several && r.fields != nil)
	perhaps(rule.StartThenNew, l.found && !l.renewed && m.made && m.changes == 0 && r.arrival > m.change.to)
	if len(could) == 1 && (m.invoked || could[0] != rule.BatchMayBeSmaller) {
		return could[0]
	}
	return rule.AtLeastOnce
}

// unselected reports whether the mapping's filters do not select a record.
func (c *Checker) unselected(l *lane, i int64) bool {
	deliver, _ := c.matches(l, l.sh.at(i), c.now)
	return !deliver
}

// processedBy says when another mapping has processed a record, and the line of
// it; 0 for never, or so long ago that it is not known.
func (c *Checker) processedBy(l *lane, i int64) (at float64, line int) {
	for _, other := range l.sh.lanes {
		if other == l {
			continue
		}
		for n := len(other.settled) - 1; n >= 0; n-- {
			if r := &other.settled[n]; i >= r.from && i <= r.to && r.at > at {
				at, line = r.at, r.line
			}
		}
	}
	return at, line
}

// handedOn reports whether all records from one to before another were processed
// by other mappings and the latter was not: the mapping goes on just where they
// are. It says when the last of them was.
func (c *Checker) handedOn(l *lane, from, to int64) (at float64, line int) {
	if !l.sh.src.stream || l.keys != nil || len(l.sh.lanes) < 2 {
		return 0, 0
	}
	for _, other := range l.sh.lanes {
		c.settleEnded(other, c.now)
	}
	if t, _ := c.processedBy(l, to); t > 0 {
		return 0, 0
	}
	for i := from; i < to; i++ {
		t, n := c.processedBy(l, i)
		if t == 0 {
			return 0, 0
		}
		if t > at {
			at, line = t, n
		}
	}
	return at, line
}
