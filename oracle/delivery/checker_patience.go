package delivery

import (
	"math"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

var liv3 = invariant("LIV-3", rule.Must, "a batch that can be delivered is not kept waiting",
	rule.BatchInvokeImmediately, rule.BatchFullEndsWindow, rule.PollCatchUp)

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
	if l.keys != nil || !l.started || l.lastCut < m.change.from || m.changing(e.T) || l.failed || m.late || m.tumbles(e.T) || math.IsInf(l.lastEnd, 0) {
		return none
	}
	for _, i := range c.batch {
		if _, again := l.tried[i]; again || !l.untaken(i) {
			return none
		}
	}
	free := l.lastEnd
	if kafka {
		for _, other := range m.lanes {
			free = math.Max(free, math.Max(other.lastEnd, other.lastFail)) // one consumer may read several partitions
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
	for _, other := range m.lanes {
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

// forgotten is the rule that says most exactly what is wrong with a mapping that
// never delivers the i-th record.
func (c *Checker) forgotten(l *lane, i int64) *rule.Rule {
	m, r := l.m, l.sh.at(i)
	stream := l.sh.src.stream
	at, _ := c.processedBy(l, i)
	switch few := c.waiting(l, i, c.now, m.now.batch) < m.now.batch; {
	case c.anotherFailed(m, l):
		return rule.RetryOtherShardsUnaffected
	case few && !m.thin && m.invoked:
		return rule.BatchMayBeSmaller
	case i > l.sh.base && l.untaken(i-1) && l.sh.src.kafka && l.sh.at(i-1).size > oversize:
		return rule.MSKDropOver6mb
	case i > l.sh.base && l.untaken(i-1) && c.unselected(l, i-1):
		return rule.FilterUnmatchedDiscarded
	case stream && at > m.created:
		return rule.CheckpointPerMapping
	case stream && at > 0:
		return rule.CheckpointSourceNotConsumed
	case !m.invoked && m.made && m.changes == 0:
		return rule.CreateStartsPolling
	case few && !m.thin:
		return rule.BatchMayBeSmaller
	case m.invoked && m.now.several && r.fields != nil:
		return rule.FilterOr
	case l.found && !l.renewed && m.made && m.changes == 0 && r.arrival > m.change.to:
		return rule.StartThenNew
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
