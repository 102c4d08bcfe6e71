package delivery

import (
	"fmt"
	"math"
	"slices"

	"github.com/esmconform/esmconform/oracle/pattern"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Looks at a queue and its dead-letter queue.

// look judges a look at a queue and its dead-letter queue.
func (c *Checker) look(e *trace.Event) {
	s := c.source(e.Source)
	if s == nil || s.queue == nil || e.Detail == nil {
		return
	}
	q := s.queue
	in := map[string]bool{}
	for _, list := range [][]string{e.Visible, e.InFlight} {
		for _, id := range list {
			in[id] = true
			x := q.messages[id]
			if x == nil {
				continue
			}
			if x.state == processed && x.received > 0 && x.end+c.skew+c.settle < e.T {
				c.touch(rule.SQSDeleteOnSuccess)
				c.report(sqs2, rule.SQSDeleteOnSuccess, "still in the queue", "a processed message to be deleted", id, x.last)
			}
			if c.processing(x, e.T) {
				c.touch(rule.BatchInvokeSynchronous)
			}
			c.checkUnmatched(s, x, e)
		}
	}
	for _, id := range e.Visible {
		if x := q.messages[id]; x != nil && x.received > 0 && e.T < x.start+q.visibility-c.skew && !math.IsInf(x.end, 1) && e.T < x.end {
			c.report(sqs4, rule.SQSHiddenWhileProcessing, "visible while it is processed", "hidden while it is processed", id, x.last)
		}
	}
	dead := map[string]bool{}
	for _, id := range e.Dead {
		dead[id] = true
		x := q.messages[id]
		if x == nil {
			continue
		}
		c.touch(rule.SQSDLQOnSourceQueue)
		if x.state == processed && x.received > 0 && x.end <= x.start+q.visibility-c.skew {
			c.report(sqs3, rule.SQSDeleteOnSuccess, "dead although processed", "a processed message to be deleted", id, x.last)
		} else if q.most > 0 && x.received > 0 && max(x.received, x.count) < q.most && !c.throttledSince(0, e.T) {
			c.report(sqs5, nil, "dead too early", fmt.Sprintf("%d deliveries first", q.most), fmt.Sprintf("%s after %d", id, x.received), x.last)
		}
	}
	c.touch(rule.SQSDeleteOnSuccess)
	if len(e.Visible)+len(e.InFlight)+len(e.Dead) == 0 && len(q.messages) > maxLook {
		return
	}
	for _, x := range q.inOrder() {
		id := x.id
		if in[id] || dead[id] || x.sent > e.T-c.skew {
			continue
		}
		switch {
		case c.processing(x, e.T) && x.received == 1 && len(s.readers) == 1:
			c.report(sqs3, rule.BatchInvokeSynchronous, "deleted before the outcome", "a message in the queue while it is processed", id+" is not", x.last)
			x.ok, x.last = true, 0
		case x.ok && x.means != nil:
			c.touch(x.means)
		case x.ok, c.anyUnmatched(s, x), x.received > 0 && math.IsInf(x.end, 1):
		case x.state == returned && x.received > 0:
			exact := rule.SQSErrorReturnsAll
			if x.back != nil {
				exact = x.back
			}
			if q.dead(x) {
				exact = rule.SQSDLQOnSourceQueue
			}
			c.report(sqs3, exact, "lost", "a failed message in the queue, or the dead-letter queue", id+" is in neither", x.last)
		case len(s.readers) > 0:
			exact := rule.AtLeastOnce
			if m := s.readers[0]; m.now.several && m.invoked {
				exact = rule.FilterOr
			}
			c.report(sqs3, exact, "lost undelivered", "a message that was not delivered in the queue", id+" is not", x.line)
		}
	}
}

// processing reports whether the function is at work on a message at t, by a
// margin.
func (c *Checker) processing(x *message, t float64) bool {
	return x.received > 0 && x.last > 0 && x.start+c.skew < t && x.end > t+c.skew && !math.IsInf(x.end, 1)
}

// checkUnmatched judges that a message that no filter matches has left the queue.
func (c *Checker) checkUnmatched(s *source, x *message, e *trace.Event) {
	q := s.queue
	if q.open || len(s.readers) != 1 || x.received > 0 || x.fields == nil {
		return
	}
	m := s.readers[0]
	if !m.now.filtered || m.deleted || !m.now.enabled || m.now.filters.Match(m.src.kind, x.fields) != pattern.Differs ||
		q.most > 0 || c.throttledSince(x.sent-backoffMost-idle, e.T) {
		return
	}
	if x.group != nil {
		for _, y := range x.group.messages[x.group.head:] {
			if y == x {
				break
			}
			if !q.settled(y, e.T) && m.now.filters.Match(m.src.kind, y.fields) != pattern.Differs {
				return // held up by another
			}
		}
	}
	since := math.Max(math.Max(x.sent, q.busy), m.change.to)
	if e.T-since > idle+m.now.window+q.visibility {
		c.report(flt1, rule.FilterUnmatchedDiscarded, "still in the queue", "a message that no filter matches to be deleted", x.id, x.line)
	}
}

// maxLook is how large a queue may be and be compared message by message when a
// look shows nothing at all.
const maxLook = 1 << 20

func (c *Checker) anyUnmatched(s *source, x *message) bool {
	for _, m := range s.readers {
		if c.unmatched(m, x) {
			c.touch(rule.FilterUnmatchedDiscarded)
			c.touch(filterRule(m, x.fields))
			return true
		}
	}
	return false
}

// unmatched reports whether a message may have been deleted because no filter
// matches it.
func (c *Checker) unmatched(m *mapping, x *message) bool {
	switch {
	case m.formerly(x.sent):
		return true // by filters that there were before
	case !m.now.filtered:
		return false
	}
	return x.fields == nil || m.now.filters.Match(m.src.kind, x.fields) != pattern.Matches
}

// taken reports whether any mapping of its source may have deleted a message so.
func (c *Checker) taken(s *source, x *message) bool {
	return slices.ContainsFunc(s.readers, func(m *mapping) bool { return c.unmatched(m, x) })
}

// deadSince is the first throttle after a message was sent, if the receives
// while throttled may have put it into the dead-letter queue; else -1.
func (c *Checker) deadSince(q *queue, x *message) int {
	first, receives := -1, max(x.received, x.count)
	for n, s := range c.throttles {
		switch {
		case q.most == 0 || s.to < x.sent && s.to != trace.NotEnded:
			continue
		case s.to == trace.NotEnded:
			receives += q.most
		default: // each one hides it for the visibility timeout
			receives += min(q.most, 2+int((s.to-s.from)/q.visibility))
		}
		if first < 0 {
			first = n
		}
	}
	if receives < q.most {
		return -1
	}
	return first
}
