package delivery

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/esmconform/esmconform/oracle/pattern"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// queue is an SQS queue as the checker sees it.
type queue struct {
	fifo       bool
	visibility float64
	most       int // maxReceiveCount; 0: no redrive
	messages   map[string]*message
	groups     map[string]*group
	put_       int
	busy       float64   // until when some invocation, or a change of a mapping, was under way
	idle       float64   // for how long until then nothing was, and nothing hindered one
	since      float64   // the same at the last change of a mapping
	throttled  []float64 // the same when each throttle began
	ends       []float64 // of the invocations that may go on
	open       bool      // an invocation was never seen to end, and may hold up others
}

// message is a message of a queue.
type message struct {
	id       string
	group    *group
	order    string
	place    int
	sent     float64
	line     int
	fields   map[string]any
	received int     // deliveries seen
	count    int     // the receive count last shown
	start    float64 // of the last delivery
	end      float64 // of the last delivery; infinite while not seen to end
	last     int     // the line of the last delivery
	state    messageState
	back     *rule.Rule // what made it come back, where that is more than an error
	means    *rule.Rule // what made a report a success, if one was given
	ok       bool       // some delivery went well, so it may have been deleted
	passed   int        // the line at which a later one of its group came, as if it were dead
	idle     float64    // how long the queue had been idle when it was sent, or last delivered
}

type messageState uint8

const (
	waiting   messageState = iota
	processed              // the last delivery went well
	returned               // the last delivery failed
)

// defaultVisibility is a queue's visibility timeout unless it is set.
const defaultVisibility = 30 * 1000

func newQueue(d *trace.Detail) *queue {
	q := &queue{fifo: d.SourceKind == "sqs-fifo", visibility: d.VisibilityMS, most: d.MaxReceiveCount,
		messages: map[string]*message{}, groups: map[string]*group{}}
	if q.visibility == 0 {
		q.visibility = defaultVisibility
	}
	return q
}

// rested is for how long the queue has been idle by t.
func (c *Checker) rested(q *queue, t float64) float64 {
	from, rested := q.busy, q.idle
	for _, s := range c.throttles {
		if s.from > from {
			rested += max(0, min(s.from, t)-from)
		}
		if s.to == trace.NotEnded {
			return rested
		}
		from = max(from, s.to+backoffMost+idle) // it need not have noticed earlier
	}
	return rested + max(0, t-from)
}

// throttle notes a span in which a function cannot be invoked.
func (c *Checker) throttle(e *trace.Event) {
	for _, s := range c.sources {
		if q := s.queue; q != nil {
			q.throttled = append(q.throttled, c.rested(q, e.T))
		}
	}
	c.throttles = append(c.throttles, span{e.T, e.End})
}

// occupy notes that something is under way from one time to another.
func (c *Checker) occupy(q *queue, from, to float64) {
	q.idle = c.rested(q, from)
	q.busy = max(q.busy, from, to)
}

func (c *Checker) send(q *queue, e *trace.Event) error {
	if q.messages[e.Seq] != nil {
		return &InputError{e.Line, "the message " + e.Seq + " is put twice"}
	}
	m := &message{id: e.Seq, order: e.Order, place: q.put_, sent: e.T, line: e.Line, fields: e.Record, idle: c.rested(q, e.T)}
	q.put_++
	if q.fifo {
		g := q.groups[e.Key]
		if g == nil {
			g = &group{id: e.Key}
			q.groups[e.Key] = g
		}
		m.group = g
		g.messages = append(g.messages, m)
	}
	q.messages[e.Seq] = m
	return nil
}

// settled reports whether the queue is done with a message at t.
func (q *queue) settled(m *message, t float64) bool {
	return m.state == processed && m.end <= t || q.dead(m)
}

// dead reports whether a message may have been moved to the dead-letter queue.
func (q *queue) dead(m *message) bool {
	return q.most > 0 && m.state == returned && max(m.received, m.count) >= q.most
}

// receive judges a batch of a queue.
func (c *Checker) receive(m *mapping, e *trace.Event) {
	q := m.src.queue
	q.ends = slices.DeleteFunc(q.ends, func(end float64) bool { return end <= e.T })
	q.open = q.open || e.End == trace.NotEnded
	if q.fifo && e.End != trace.NotEnded {
		q.ends = append(q.ends, e.End)
	}
	ids, verdict := map[string]bool{}, reportEmpty
	on, sure := m.reports(e.T)
	if on && e.HasReport && e.Outcome == trace.OK {
		var list []string
		list, verdict = failures(e.Report)
		for _, id := range list {
			if !inBatch(e.Records, id) {
				verdict = reportBad
			}
			ids[id] = true
		}
	}
	if e.End == trace.NotEnded {
		c.occupy(q, e.T, math.Inf(1))
	} else {
		c.occupy(q, e.T, e.End)
	}
	seen := make(map[string]bool, len(e.Records))
	for n, id := range e.Records {
		if seen[id] {
			c.report(sqs1, nil, "a message twice in a batch", "each message once", id)
			continue
		}
		seen[id] = true
		x := q.messages[id]
		if x == nil {
			c.report(src1, nil, "unknown message", "messages that were sent before", id)
			continue
		}
		c.checkMessage(m, q, x, n, seen, e)
		x.received++
		if n < len(e.Attempts) {
			x.count = max(x.count, e.Attempts[n])
		}
		x.start, x.end, x.last, x.idle = e.T, e.End, e.Line, q.idle
		x.state, x.back, x.means = processed, nil, nil
		switch {
		case e.End == trace.NotEnded:
			x.end, x.state = math.Inf(1), returned
		case e.Outcome != trace.OK:
			x.state = returned
			if m.now.report {
				x.back = rule.FrtSQSExceptionAll
			}
		case verdict == reportBad:
			x.state, x.back = returned, rule.FrtFailureValues
		case ids[id]:
			x.state, x.back = returned, rule.FrtSQSOnlyFailed
		case on && e.HasReport && verdict == reportEmpty:
			x.means = rule.FrtSuccessValues
		case !on && e.HasReport:
			x.means = rule.FrtOptIn
		}
		// A report that may not have been asked for may have meant success.
		x.ok = x.ok || x.state == processed || !sure && e.HasReport
	}
}

func inBatch(records []string, id string) bool {
	for _, r := range records {
		if r == id {
			return true
		}
	}
	return false
}

// checkMessage judges one message of a batch.
func (c *Checker) checkMessage(m *mapping, q *queue, x *message, n int, before map[string]bool, e *trace.Event) {
	if m.now.filtered && !m.changing(e.T) && x.fields != nil {
		c.touch(rule.FilterCriteriaSupported)
		if m.now.filters.Match(m.src.kind, x.fields) == pattern.Differs {
			c.report(flt1, filterRule(m, x.fields), "does not match", "only messages that a filter matches", x.id, x.line)
		}
	}
	switch {
	case x.received == 0:
	case x.state == processed && e.T >= x.end && x.end > x.start+q.visibility-c.skew:
		// It came back while it was processed, so it may be anywhere by now.
	case x.state == processed && e.T >= x.end:
		c.touch(rule.SQSDeleteOnSuccess)
		if c.duplicates > 0 {
			c.duplicates--
		} else {
			exact := rule.SQSDeleteOnSuccess
			switch {
			case x.means != nil:
				exact = x.means
			case m.now.report:
				exact = rule.FrtSQSOnlyFailed
			}
			c.report(sqs2, exact, "delivered again", "a processed message to be deleted", x.id, x.last)
		}
	case x.start+q.visibility-c.skew > e.T && len(m.src.readers) == 1:
		c.report(sqs4, rule.SQSHiddenWhileProcessing, "before its visibility timeout", fmt.Sprintf("nothing for %.0f ms", q.visibility), fmt.Sprintf("%s after %.0f ms", x.id, e.T-x.start), x.last)
	default:
		c.touch(rule.SQSErrorReturnsAll)
		c.touch(rule.SQSHiddenWhileProcessing)
		if x.back != nil {
			c.touch(x.back)
		}
	}
	if q.most > 0 && x.received >= q.most {
		c.report(sqs5, nil, "received too often", fmt.Sprintf("at most %d deliveries, then the dead-letter queue", q.most), fmt.Sprintf("delivery %d of %s", x.received+1, x.id), x.last)
	}
	if n < len(e.Attempts) {
		c.touch(rule.EventSQS)
		if a := e.Attempts[n]; a <= x.count || a < x.received+1 {
			c.report(sqs6, nil, "receive count", fmt.Sprintf("more than %d", max(x.count, x.received)), fmt.Sprintf("%d", a), x.last)
		}
	}
	if q.fifo {
		c.checkGroup(m, q, x, before, e)
	}
}

// waited is how long the queue had been idle when it was a message's turn.
func (q *queue) waited(x *message) float64 {
	idle := max(x.idle, q.since)
	if x.group != nil {
		for _, y := range x.group.messages {
			if y == x {
				break
			}
			idle = max(idle, y.idle)
		}
	}
	return idle
}

// inOrder are the messages as they were sent, so that what is reported of them does not
// depend on the map.
func (q *queue) inOrder() []*message {
	return slices.SortedFunc(maps.Values(q.messages), func(a, b *message) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.sent, b.sent), cmp.Compare(a.id, b.id))
	})
}

// finishQueue judges what must have happened to the messages by the end.
func (c *Checker) finishQueue(m *mapping) {
	q := m.src.queue
	if !c.complete || m.deleted || !m.now.enabled || m.change.to > c.now-idle {
		return
	}
	wait := idle + m.now.window + q.visibility
	for _, x := range q.inOrder() {
		if x.ok || q.settled(x, c.now) || c.taken(m.src, x) || math.IsInf(x.end, 1) && x.received > 0 || q.dead(x) {
			continue
		}
		rested := c.rested(q, c.now)
		if n := c.deadSince(q, x); n >= 0 {
			rested = q.throttled[n]
		}
		since := x.sent
		if x.received > 0 {
			since = x.end
		}
		if q.fifo && x.group != nil && c.heldUp(m, q, x) {
			continue
		}
		// Others may have been in front of it, but not while nothing was under way,
		// unless they waited for a window.
		waited := q.waited(x)
		if m.now.window > 0 {
			waited = max(waited, q.idle)
		}
		if rested-waited > wait {
			x0, exact, class := liv1, c.forgottenMessage(m), "never delivered"
			if x.received > 0 {
				x0, exact, class = sqs3, rule.SQSErrorReturnsAll, "not tried again"
			}
			c.report(x0, exact, class, "message "+x.id+" delivered", fmt.Sprintf("nothing for %.0f ms", c.now-since), x.line)
			return
		}
	}
	c.touch(rule.AtLeastOnce)
}

// forgottenMessage is the rule that says most exactly what is wrong with a
// mapping that does not deliver messages of its queue; see forgotten.
func (c *Checker) forgottenMessage(m *mapping) *rule.Rule {
	waiting := 0
	for _, x := range m.src.queue.messages {
		if x.received == 0 && !c.unmatched(m, x) {
			waiting++
		}
	}
	few := waiting < m.now.batch && !m.thin
	switch {
	case m.invoked && few:
		return rule.BatchMayBeSmaller
	case !m.invoked && !few && m.made && m.changes == 0:
		return rule.CreateStartsPolling
	}
	return rule.AtLeastOnce
}
