package delivery

import (
	"fmt"
	"math"

	"github.com/esmconform/esmconform/oracle/pattern"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Message groups of a FIFO queue.

// group is a message group of a FIFO queue, in the order of sending.
type group struct {
	id       string
	messages []*message
	head     int // the first that may be unsettled
}

// front is the first message of a group that is not settled, or nil.
func (q *queue) front(g *group, t float64) *message {
	for g.head < len(g.messages) && q.settled(g.messages[g.head], t) {
		g.head++
	}
	if g.head == len(g.messages) {
		return nil
	}
	return g.messages[g.head]
}

// checkGroup judges the order of a message group.
func (c *Checker) checkGroup(m *mapping, q *queue, x *message, before map[string]bool, e *trace.Event) {
	g := x.group
	if x.passed > 0 {
		c.report(sqs8, nil, "ahead of a failed message", x.id+" first", "a later message of its group", x.passed)
		x.passed = 0
	}
	c.touch(rule.SQSFIFOOrder)
	c.touch(rule.SQSFIFOOneBatchPerGroup)
	if len(q.groups) > 1 {
		c.touch(rule.SQSFIFOConcurrencyGroups)
	}
	q.front(g, e.T)
	for _, y := range g.messages[g.head:] {
		if y == x {
			break
		}
		if q.settled(y, e.T) || y.ok && y.state == returned || before[y.id] || c.taken(m.src, y) {
			continue
		}
		if q.most > 0 && c.throttledSince(y.sent, e.T) {
			if y.state != returned || !m.now.report || !partialLater(y, x) {
				y.passed = e.Line // it may be dead: then it does not come again
			}
			continue
		}
		switch {
		case y.received > 0 && y.end > e.T && !math.IsInf(y.end, 1):
			c.twoBatches(m, x, y, e)
		case y.state == returned:
			if m.now.report && e.T >= 0 && partialLater(y, x) {
				continue // it was in one batch with the failed one and was not reported
			}
			c.report(sqs8, nil, "ahead of a failed message", y.id+" again first", x.id, y.last)
		default:
			c.report(sqs7, rule.SQSFIFOOrder, "out of order", y.id+" first", x.id, y.line)
		}
		return
	}
	for _, y := range g.messages[g.head:] {
		if y != x && y.received > 0 && y.end > e.T && !math.IsInf(y.end, 1) && y.last != e.Line {
			c.twoBatches(m, x, y, e)
			return
		}
	}
	c.touch(rule.SQSFIFOErrorRetriesFirst)
}

// twoBatches reports a message that is delivered while another of its group is
// being processed. Where several groups have messages and there are yet more
// batches than groups, that is what is wrong.
func (c *Checker) twoBatches(m *mapping, x, y *message, e *trace.Event) {
	q := m.src.queue
	active := 0
	for _, g := range q.groups {
		if q.front(g, e.T) != nil {
			active++
		}
	}
	if n := len(q.ends); active > 1 && n > active && len(m.src.readers) == 1 {
		c.report(sqs7, rule.SQSFIFOConcurrencyGroups, "more batches than groups", fmt.Sprintf("at most %d at once", active), fmt.Sprintf("%d", n), y.last)
		return
	}
	c.report(sqs7, rule.SQSFIFOOneBatchPerGroup, "a group in two batches", "one batch of a group at a time", x.id, y.last)
}

// partialLater reports whether two messages were last delivered in one batch.
func partialLater(y, x *message) bool { return y.last == x.last }

// heldUp reports whether an earlier message of its group may hold up a message.
func (c *Checker) heldUp(m *mapping, q *queue, x *message) bool {
	q.front(x.group, c.now)
	for _, y := range x.group.messages[x.group.head:] {
		if y == x {
			return false
		}
		if !q.settled(y, c.now) && (!m.now.filtered || m.now.filters.Match(m.src.kind, y.fields) != pattern.Differs) {
			return true
		}
	}
	return true
}
