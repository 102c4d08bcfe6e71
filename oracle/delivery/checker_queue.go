package delivery

import (
	"fmt"
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

// group is a message group of a FIFO queue, in the order of sending.
type group struct {
	id       string
	messages []*message
	head     int // the first that may be unsettled
}

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
	on := m.now.report || m.changing(e.T) && m.before.report
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
		x.ok = x.ok || x.state == processed
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
		if q.settled(y, e.T) || y.ok && y.state == returned || before[y.id] || c.unmatched(m, y) {
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

// unmatched reports whether a message may have been deleted because no filter
// matches it.
func (c *Checker) unmatched(m *mapping, x *message) bool {
	if !m.now.filtered {
		return false
	}
	return x.fields == nil || m.now.filters.Match(m.src.kind, x.fields) != pattern.Matches
}

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
	for id, x := range q.messages {
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

// finishQueue judges what must have happened to the messages by the end.
func (c *Checker) finishQueue(m *mapping) {
	q := m.src.queue
	if !c.complete || m.deleted || !m.now.enabled || m.change.to > c.now-idle {
		return
	}
	wait := idle + m.now.window + q.visibility
	for _, x := range q.messages {
		if x.ok || q.settled(x, c.now) || c.unmatched(m, x) || math.IsInf(x.end, 1) && x.received > 0 || q.dead(x) {
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
		// Others may have been in front of it, but not while nothing was under way.
		if rested-q.waited(x) > wait {
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
