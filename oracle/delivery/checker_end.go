package delivery

import (
	"math"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// launch notes that a unit of a stack is being invoked.
func (c *Checker) launch(l *lane, s *stack, e *trace.Event) {
	u := s.top()
	u.inv++
	u.line = e.Line
	f := s.flight
	if f == nil {
		f = &flight{}
		s.flight = f
	}
	*f = flight{unit: u, start: e.T, end: e.End}
	if e.End == trace.NotEnded {
		f.end = math.Inf(1)
	}
	c.outcome(l, f, e)
	l.lastCut = e.T
}

// outcome reads how an invocation ended. Where two settings are in force the
// answer may mean two things: then the one that binds less is taken.
func (c *Checker) outcome(l *lane, f *flight, e *trace.Event) {
	if e.Outcome != trace.OK {
		f.outcome, f.slow = wentWrong, e.Outcome == trace.Timeout
		return
	}
	if l.m.tumbles(e.T) {
		switch c.stateOf(l, e) {
		case noState:
			f.outcome, f.blank = wentWrong, true
			return
		case perhapsState:
			f.outcome = unclear
			return
		}
	}
	on, sure := l.m.reports(e.T)
	if !sure && e.HasReport && namesFailures(e.Report) {
		f.outcome = unclear
		return
	}
	if !on || !e.HasReport {
		f.outcome = wentWell
		if e.HasReport && !on && (!l.m.tumbles(e.T) || namesFailures(e.Report)) {
			f.means = rule.FrtOptIn
		}
		return
	}
	ids, verdict := failures(e.Report)
	switch verdict {
	case reportEmpty:
		f.outcome, f.means = wentWell, rule.FrtSuccessValues
	case reportBad:
		f.outcome = reportedX
	default:
		f.outcome = wentWell
		lowest := -1
		for _, id := range ids {
			i, ok := l.sh.find(id, f.unit.r[0])
			n := -1
			if ok {
				n = indexIn(f.unit.r, i)
			}
			if n < 0 {
				f.outcome = reportedX // an unknown id is a complete failure
				return
			}
			if lowest < 0 || n < lowest {
				lowest = n
			}
		}
		f.outcome, f.point, f.means = reported, lowest, c.restRule(l)
		if lowest == 0 {
			f.outcome = reportedH
		}
	}
}

type reportVerdict uint8

const (
	reportEmpty reportVerdict = iota // complete success
	reportBad                        // complete failure
	reportSome
)

// failures reads a function's return value under ReportBatchItemFailures.
func failures(v any) (ids []string, verdict reportVerdict) {
	object, ok := v.(map[string]any)
	if !ok {
		if list, ok := v.([]any); v == nil || v == "" || ok && len(list) == 0 {
			return nil, reportEmpty
		}
		return nil, reportBad
	}
	list, ok := object["batchItemFailures"]
	if !ok || list == nil {
		return nil, reportEmpty
	}
	items, ok := list.([]any)
	if !ok {
		return nil, reportBad
	}
	for _, x := range items {
		item, _ := x.(map[string]any)
		id, ok := item["itemIdentifier"].(string)
		if !ok || id == "" {
			return nil, reportBad
		}
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		return nil, reportEmpty
	}
	return ids, reportSome
}

// land takes account of an invocation that has ended.
func (c *Checker) land(l *lane, s *stack) {
	f := s.flight
	u := f.unit
	l.lastEnd, l.failed = f.end, f.outcome != wentWell
	if l.failed {
		l.lastFail = f.end
	}
	f.unit = nil
	u.end = f.end
	u.answer, u.report = true, f.outcome >= reported && f.outcome != unclear
	if math.IsInf(f.end, 1) || f.outcome == unclear {
		// Never seen to end, or not clear how: whatever it came to, nothing is known of it.
		u.lo, u.hi, u.soft, u.answer = 0, unlimited, true, false
		u.last, u.bisect, u.whole, u.veiled = failed, true, true, f.outcome == unclear
		s.maydrop = true
		return
	}
	if f.outcome != wentWell && l.m.changes > 0 && f.start <= l.m.resifted && l.loses(u) {
		s.veil(u)
		return
	}
	x := &l.m.now
	bisect := x.bisect
	changing := l.m.changing(f.end)
	if changing {
		bisect = bisect || l.m.before.bisect
	}
	switch f.outcome {
	case wentWell:
		l.remember(u.r, f, u.line, c.skew)
		l.pop(s)
	case wentWrong:
		u.last, u.slow, u.blank = failed, f.slow, f.blank
		u.lo, u.hi = u.lo+1, bump(u.hi)
		u.bisect = bisect && len(u.r) > 1
		u.whole = !x.bisect || len(u.r) == 1 || changing
		u.spent = u.spent || u.hi > c.leastLimit(l, f.end)
	case reported:
		// Everything before the lowest id is done; what is left is a new batch,
		// whose counter starts again or runs on.
		l.remember(u.r[:f.point], f, u.line, c.skew)
		u.r = append(u.r[:0], u.r[f.point:]...)
		u.lo, u.hi, u.inv, u.spent = 0, bump(u.hi), 0, false
		u.last, u.bisect, u.whole, u.rest = fresh, false, true, true
		if !u.soft && len(s.units) == 1 {
			u.soft, u.recut = true, true // it may be cut anew from here
		}
	case reportedH, reportedX:
		u.last = noProgress
		if f.outcome == reportedX {
			u.last = malformed
		}
		u.lo, u.hi = u.lo+1, bump(u.hi)
		if u.bisect = bisect && len(u.r) > 1; u.bisect {
			u.lo-- // it may have been split, or counted
		}
		u.whole = true
		u.spent = u.spent || u.hi > c.leastLimit(l, f.end)
	}
}

func bump(n int) int {
	if n >= unlimited {
		return n
	}
	return n + 1
}

// settleEnded takes account of every invocation of the lane that is over at t.
func (c *Checker) settleEnded(l *lane, t float64) {
	for i := 0; i < len(l.stacks); i++ {
		s := l.stacks[i]
		if s.flight != nil && s.flight.unit != nil && s.flight.end <= t {
			n := len(l.stacks)
			c.land(l, s)
			if len(l.stacks) < n {
				i--
			}
		}
	}
}

// aged reports whether a record may have been older than the limit at t; surely
// says whether it must have been.
func (c *Checker) aged(l *lane, r *record, t float64) (maybe, surely bool) {
	limit := l.m.now.age
	if l.m.changing(t) {
		if b := l.m.before.age; b >= 0 && (limit < 0 || b < limit) {
			limit = b
		}
	}
	if limit < 0 {
		return false, false
	}
	age := t - r.arrival
	surely = l.m.now.age >= 0 && age > l.m.now.age+c.skew && !l.m.changing(t)
	return age >= limit-c.skew, surely
}

// expired reports whether a record may have left the stream at t.
func (c *Checker) expired(l *lane, r *record, t float64) bool {
	return t-r.arrival >= l.sh.src.keeps()-c.skew
}

// keeps is for how long a source keeps a record.
func (s *source) keeps() float64 {
	if s.retention == 0 {
		return defaultRetention
	}
	return s.retention
}

// defaultRetention is how long Kinesis and DynamoDB keep a record at the least.
const defaultRetention = 24 * 3600 * 1000

// matches reports whether a record may be delivered as far as filters go, and
// whether it may be left out.
func (c *Checker) matches(l *lane, r *record, t float64) (deliver, skip bool) {
	x := &l.m.now
	if !x.filtered && (!l.m.changing(t) || !l.m.before.filtered) {
		return true, l.m.formerly(r.arrival)
	}
	if r.fields == nil || l.m.changing(t) {
		return true, true // without the record's JSON filters are not judged
	}
	switch l.judgeFilter(r) {
	case filterMatches:
		return true, l.m.formerly(r.arrival) // by filters that there were before
	case filterDiffers:
		return false, true
	}
	return true, true
}

// oversize is a record that no event can hold; a Kafka mapping drops it.
const oversize = 6 * 1024 * 1024

// outlived reports whether a record may have aged or expired by t.
func (c *Checker) outlived(l *lane, r *record, t float64) bool {
	if aged, _ := c.aged(l, r, t); aged {
		return true
	}
	return c.expired(l, r, t)
}

// passable reports whether the poller may pass over a record at t that it has
// not delivered.
func (c *Checker) passable(l *lane, r *record, t float64) bool {
	if c.outlived(l, r, t) {
		return true
	}
	if l.sh.src.kafka && r.size > oversize-64<<10 {
		return true
	}
	_, skip := c.matches(l, r, t)
	return skip
}
