package delivery

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// discard is records that were given up, until a message reports them.
type discard struct {
	from, to  int64 // the first and last record
	n         int   // how many records
	condition string
	inv       int // how often the batch was invoked; 0 when that is not known
	line      int
	at        float64
	dest      string // where it had to be reported; "" for nowhere
	cut       int64  // the first record of the cut that it comes from; -1 for none
}

// maxLedger is how many discards a lane keeps waiting for their messages.
const maxLedger = 4096

// discard notes that records were given up. u is the batch, nil for records
// that were never invoked.
func (c *Checker) discard(l *lane, r []int64, u *unit, cut int64, condition string, t float64) {
	if len(r) == 0 {
		return
	}
	l.giveUp(r)
	if l.sh.src.kafka {
		c.discardKafka(l, u, t)
		return
	}
	d := discard{from: r[0], to: r[len(r)-1], n: len(r), condition: condition, line: c.line, at: t, dest: l.m.now.destination, cut: cut}
	if u != nil {
		d.line = u.line
		if !u.soft {
			d.inv = u.inv
		}
	}
	changing := l.m.changing(t)
	if d.dest == "" && !(changing && l.m.before.destination != "") {
		c.touch(rule.DestDefaultNone)
		return
	}
	if changing || u != nil && u.hi >= unlimited || l.murkyAt(r[0]) {
		d.dest = "" // may or may not be reported
	}
	spent := u != nil && condition != trace.RecordAgeExceeded && c.usedUp(l, u, t)
	if condition != trace.RetryAttemptsExhausted && !spent && (l.m.now.age < 0 || c.expiredAll(l, r, t)) {
		d.dest = "" // what expired at the source may be reported or not
	}
	if l.keys != nil && condition == trace.RecordAgeExceeded {
		c.discardAged(l, r, d)
		return
	}
	if l.keys != nil && condition == "" && slices.ContainsFunc(r, l.heard) {
		d.dest = "" // it was reported for its age
	}
	// Records that aged one by one are one run.
	if k := len(l.ledger) - 1; k >= 0 && condition == trace.RecordAgeExceeded && u == nil {
		if p := &l.ledger[k]; p.condition == condition && p.to+1 == d.from {
			p.to, p.n = d.to, p.n+d.n
			if d.dest == "" {
				p.dest = ""
			}
			return
		}
	}
	if len(l.ledger) < maxLedger {
		l.ledger = append(l.ledger, d)
	}
}

// discardAged does so with keys, for records that aged: a message says only
// which is the first and the last of them, so each is noted by itself.
func (c *Checker) discardAged(l *lane, r []int64, d discard) {
	for _, i := range r {
		if l.heard(i) || len(l.ledger) >= maxLedger {
			continue
		}
		one := d
		one.from, one.to, one.n, one.inv, one.cut = i, i, 1, 0, -1
		if l.maybe[i] {
			one.dest = ""
		}
		l.ledger = append(l.ledger, one)
	}
}

// heard reports whether, with keys, a message about age covers a record, or may.
func (l *lane) heard(i int64) bool {
	for from, x := range l.reported {
		if x.covers(from, i) {
			return true
		}
	}
	return len(l.reported) >= maxLedger
}

// agedRun is what a message about age reports, from some record on.
type agedRun struct {
	to   int64
	size int
}

// covers reports whether a record may be among those of a run: one or two are its
// ends, of more it is not known which.
func (x agedRun) covers(from, i int64) bool {
	return i == from || i == x.to || x.size > 2 && from < i && i < x.to
}

// expiredAll reports whether records may have left the source by t without
// having been given up for their age before.
func (c *Checker) expiredAll(l *lane, r []int64, t float64) bool {
	for _, i := range r {
		if x := l.sh.at(i); !c.expired(l, x, math.Min(t, c.agedOut(l, x))) {
			return false
		}
	}
	return true
}

// destination judges a message at an on-failure destination.
func (c *Checker) destination(e *trace.Event) {
	var msg trace.Message
	b, err := json.Marshal(e.Body)
	if err == nil {
		err = json.Unmarshal(b, &msg)
	}
	c.touch(rule.DestRecordJSON)
	if err != nil || e.Body == nil {
		c.report(dlq4, rule.DestRecordJSON, "not the documented JSON", "a JSON object of the documented form", fmt.Sprint(err))
		return
	}
	if c.heardKafka(e) {
		c.checkForm(e, &msg, nil)
		return
	}
	info := msg.Kinesis
	if info == nil {
		info = msg.DynamoDB
	}
	if info == nil {
		c.noInfo(e)
		info = &trace.BatchInfo{}
	}
	l := c.addressee(e, info)
	c.checkForm(e, &msg, l)
	c.checkSize(e, len(b))
	if l == nil {
		return
	}
	c.settleEnded(l, e.T+c.skew)
	c.checkAddress(l, e)
	if kinesis := l.sh.src.kind != "dynamodb"; kinesis && msg.Kinesis == nil && msg.DynamoDB != nil || !kinesis && msg.DynamoDB == nil && msg.Kinesis != nil {
		c.report(dlq4, c.infoRule(l, "shardid"), "batch info of another source", "KinesisBatchInfo for Kinesis and DDBStreamBatchInfo for DynamoDB", "the other")
	}
	c.match(l, e, &msg, info)
}

// mostSNS is the most bytes that a message to a topic may have.
const mostSNS = 256 * 1024

// checkSize judges the size of a message to a topic.
func (c *Checker) checkSize(e *trace.Event, size int) {
	if r := rule.DestSNS256kb; r.Holds(c.profile) && strings.Contains(e.Source, ":sns:") {
		c.touch(r)
		if size > mostSNS {
			c.report(dlq4, r, "over 256 KB", fmt.Sprintf("at most %d bytes", mostSNS), fmt.Sprintf("%d", size))
		}
	}
}

// addressee finds the lane that a message is about.
func (c *Checker) addressee(e *trace.Event, info *trace.BatchInfo) *lane {
	for _, m := range c.order {
		if e.Mapping != "" && m.uuid != e.Mapping || !m.src.stream {
			continue
		}
		if e.Mapping == "" && (m.src.arn != info.StreamArn || m.now.destination != e.Source && m.before.destination != e.Source) {
			continue
		}
		if sh := m.src.shards[info.ShardID]; sh != nil {
			return m.lane(sh)
		}
		for _, sh := range m.src.order {
			if _, ok := sh.find(info.StartSequenceNumber, sh.base); ok {
				return m.lane(sh)
			}
		}
	}
	return nil
}

// misplaced reports whether a message did not arrive where the mapping sends
// its messages.
func (l *lane) misplaced(e *trace.Event) bool {
	m, to := l.m, l.m.now.destination
	return e.Source != "" && to != "" && !strings.HasPrefix(e.Source+"/", to+"/") && e.T > m.former[e.Source]
}

// stray is a message that arrived at another destination.
type stray struct {
	dest string
	at   float64
	line int
}

// checkAddress notes a message that arrived elsewhere, which counts as one all
// the same. It is reported when time has gone on: a call that makes it right
// may stand next to it.
func (c *Checker) checkAddress(l *lane, e *trace.Event) {
	c.reportStrays(l.m, e.T)
	if l.misplaced(e) {
		l.m.strays = append(l.m.strays, stray{e.Source, e.T, e.Line})
	}
}

// reportStrays reports the messages that arrived elsewhere before t.
func (c *Checker) reportStrays(m *mapping, t float64) {
	if len(m.strays) == 0 || t <= m.strays[len(m.strays)-1].at {
		return
	}
	line := c.line
	for _, s := range m.strays {
		c.line = s.line
		for service, r := range onFailure {
			if strings.Contains(m.now.destination, service) {
				c.report(dlq2, r, "at another destination", "a message at "+m.now.destination, "one at "+s.dest)
			}
		}
	}
	c.line, m.strays = line, nil
}

// onFailure are the rules that a destination of a service must work.
var onFailure = map[string]*rule.Rule{":sqs:": rule.DestOnfailureSQS, ":sns:": rule.DestOnfailureSNS, ":s3:": rule.DestOnfailureS3}

// match finds what a message reports.
func (c *Checker) match(l *lane, e *trace.Event, msg *trace.Message, info *trace.BatchInfo) {
	m := l.m
	if m.now.destination == "" && (!m.changing(e.T) && m.before.destination == "" || m.changes == 0) {
		c.report(dlq8, rule.DestDefaultNone, "without a destination", "no message: no destination is set", "a message")
		return
	}
	from, ok1 := l.sh.find(info.StartSequenceNumber, l.sh.base)
	to, ok2 := l.sh.find(info.EndSequenceNumber, from)
	if !ok1 || !ok2 || to < from {
		if l.sh.before(info.StartSequenceNumber) {
			return
		}
		member := "startsequencenumber"
		if ok1 {
			member = "endsequencenumber"
		}
		c.report(dlq3, c.infoRule(l, member), "unknown records", "the first and last sequence number of the discarded batch",
			info.StartSequenceNumber+" to "+info.EndSequenceNumber)
		return
	}
	condition := msg.RequestContext.Condition
	if c.matchLedger(l, e, msg, info, from, to, condition) {
		return
	}
	if condition == trace.RecordAgeExceeded {
		c.matchAged(l, e, msg, info, from, to)
		return
	}
	c.matchUnit(l, e, msg, info, from, to)
}

// matchLedger finds a message among what is known to be discarded.
func (c *Checker) matchLedger(l *lane, e *trace.Event, msg *trace.Message, info *trace.BatchInfo, from, to int64, condition string) bool {
	if condition == trace.RecordAgeExceeded && l.keys == nil && c.matchPartOfRun(l, e, msg, info, from, to) {
		return true
	}
	// Under bisect adjacent failures may be reported together.
	first, last := -1, -1
	cut := int64(-1)
	if l.keys != nil {
		if condition == trace.RecordAgeExceeded {
			return false // see matchAgedKeys
		}
		for i := range l.ledger {
			if d := &l.ledger[i]; d.from == from || l.mayHaveGone(from) && cut < 0 && d.from > from && d.to <= to {
				cut = d.cut
			}
		}
		if cut < 0 {
			return false
		}
	}
	for i := range l.ledger {
		d := &l.ledger[i]
		if cut >= 0 && d.cut != cut {
			continue
		}
		if d.from >= from && d.to <= to && (d.condition == condition || d.condition == "") {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return false
	}
	one := first == last
	d := l.ledger[first]
	if !one && !l.m.now.bisect && !l.m.bisected && condition == trace.RetryAttemptsExhausted {
		c.report(dlq3, c.infoRule(l, "batchsize"), "several batches in one message", "one message a discarded batch", fmt.Sprintf("%d batches", last-first+1), d.line)
	}
	sum, inv := 0, 0
	lastTo := int64(0)
	for _, x := range l.ledger[first : last+1] {
		if cut >= 0 && x.cut != cut {
			continue
		}
		sum += x.n
		inv = x.inv
		lastTo = max(lastTo, x.to)
	}
	// The unit on top may belong to the same message.
	for lastTo < to {
		s := l.owner(to)
		if s == nil || s.flight != nil && s.flight.unit != nil {
			break
		}
		u := s.top()
		if ok, _ := c.justified(l, u, e.T); !ok || u.r[0] < from || u.r[len(u.r)-1] > to {
			break
		}
		sum += len(u.r)
		lastTo = u.r[len(u.r)-1]
		kept := len(l.ledger)
		c.abandon(l, s, trace.RetryAttemptsExhausted, e.T)
		l.ledger = l.ledger[:kept]
	}
	// Others may have been given up before a change, without a sign.
	begin := d.from
	for begin > from && l.mayHaveGone(begin-1) {
		begin, one = begin-1, false
	}
	for lastTo < to && l.mayHaveGone(lastTo+1) {
		lastTo, one = lastTo+1, false
	}
	c.checkInfo(l, e, msg, info, begin, lastTo, sum, one)
	if one && condition == trace.RetryAttemptsExhausted && inv > 0 {
		c.checkCount(msg, inv)
	}
	l.ledger = slices.DeleteFunc(l.ledger, func(x discard) bool {
		return x.from >= d.from && x.to <= lastTo && (cut < 0 || x.cut == cut)
	})
	c.touchReported(l, condition, e)
	return true
}

// mayHaveGone reports whether a record may have been given up before a change of
// the mapping.
func (l *lane) mayHaveGone(i int64) bool { return l.maybe[i] || l.unclear[i] }

// murkyAt reports whether a record was there when the mapping was changed, under
// bisect: which failures of it are reported together was forgotten, or was not.
func (l *lane) murkyAt(i int64) bool {
	return i < l.murky && (l.m.now.bisect || l.m.bisected)
}

// matchPartOfRun finds a message about records that aged, without a batch of
// their own: how they are divided among messages is not documented.
func (c *Checker) matchPartOfRun(l *lane, e *trace.Event, msg *trace.Message, info *trace.BatchInfo, from, to int64) bool {
	listed := false
	for i := from; i <= to; i++ {
		in := false
		for k := range l.ledger {
			d := &l.ledger[k]
			if d.condition == trace.RetryAttemptsExhausted || i < d.from || i > d.to {
				continue
			}
			if d.from == from && d.to == to {
				return false // a batch
			}
			in = true
			break
		}
		listed = listed || in
		if !in && (l.untaken(i) || l.owner(i) != nil || !c.passable(l, l.sh.at(i), e.T)) {
			return false
		}
	}
	if !listed {
		return false
	}
	c.checkInfo(l, e, msg, info, from, to, int(to-from+1), false)
	rest := make([]discard, 0, len(l.ledger)+1)
	for _, d := range l.ledger {
		if d.condition == trace.RetryAttemptsExhausted || d.to < from || d.from > to {
			rest = append(rest, d)
			continue
		}
		left, right := d, d
		left.to, left.n = from-1, int(from-d.from)
		right.from, right.n = to+1, int(d.to-to)
		for _, x := range [...]discard{left, right} {
			if x.n > 0 && !c.allFiltered(l, x.from, x.to, e.T) {
				rest = append(rest, x)
			}
		}
	}
	l.ledger = rest
	c.touchReported(l, trace.RecordAgeExceeded, e)
	return true
}

// allFiltered reports whether no record of a run needs to be delivered at all.
func (c *Checker) allFiltered(l *lane, from, to int64, t float64) bool {
	for i := from; i <= to; i++ {
		if _, skip := c.matches(l, l.sh.at(i), t); !skip {
			return false
		}
	}
	return true
}

// matchUnit finds a message that is the first to tell that a batch was given up.
func (c *Checker) matchUnit(l *lane, e *trace.Event, msg *trace.Message, info *trace.BatchInfo, from, to int64) {
	s := l.owner(from)
	if s != nil && s.flight != nil && s.flight.unit != nil && !math.IsInf(s.flight.end, 1) && indexIn(s.top().r, from) >= 0 {
		u := s.top()
		c.report(dlq1, rule.BatchInvokeSynchronous, "before the outcome", "no message before "+c.say(l, u.r)+" has failed", "a message that it was given up", u.line)
		u.hi, u.soft, s.maydrop = unlimited, true, true // the target's word is taken
		return
	}
	if s == nil || s.flight != nil && s.flight.unit != nil {
		c.unfounded(l, e, info, from)
		return
	}
	first, sum, last := from, 0, from
	units := 0
	for l.owner(from) == s && len(s.units) > 0 {
		u := s.top()
		if u.r[0] > to {
			break
		}
		ok, why := c.justified(l, u, e.T)
		if ok && why == trace.RecordAgeExceeded {
			c.report(dlq5, nil, "another condition", why, trace.RetryAttemptsExhausted, u.line)
		}
		if !ok {
			if units > 0 {
				break
			}
			c.early(l, u, e)
			l.giveUp(u.r)
			l.pop(s)
			return
		}
		first = min(first, u.r[0])
		last = u.r[len(u.r)-1]
		sum += len(u.r)
		units++
		inv := u.inv
		soft, erred := u.soft, u.last == failed && !u.report && !u.blank
		left := len(s.units)
		kept := len(l.ledger)
		c.abandon(l, s, trace.RetryAttemptsExhausted, e.T)
		l.ledger = l.ledger[:kept]
		if units == 1 && !soft && last >= to {
			c.checkCount(msg, inv)
			if erred && msg.ResponseContext != nil && msg.ResponseContext.FunctionError == nil {
				c.report(dlq4, rule.DestRecordResponsecontextFunctionerror, "null for a function that failed", "the kind of error", "null")
			}
		}
		if last >= to || left == 1 {
			break
		}
	}
	c.checkInfo(l, e, msg, info, first, last, sum, units == 1)
	c.touchReported(l, trace.RetryAttemptsExhausted, e)
}

// early reports a message about a batch that had retries left.
func (c *Checker) early(l *lane, u *unit, e *trace.Event) {
	switch {
	case u.last == fresh:
		c.report(dlq1, rule.DestNotOnSuccess, "did not fail", "no message for what did not fail", c.say(l, u.r), u.line)
	case c.throttledSince(u.end, e.T):
		c.report(thr1, rule.RetryThrottleNotCounted, "given up while throttled", c.say(l, u.r)+" again", "a message that it was given up", u.line)
	case u.bisect && !u.whole:
		exact := rule.BisectNotCountedAsRetry
		if u.before > 0 && !c.countedSplit(l, u, e.T) {
			exact = rule.BisectRecursive
		}
		c.report(bis3, exact, "given up instead of split", "a part of "+c.say(l, u.r), "a message that it was given up", u.line)
	default:
		exact := rule.RetryLimitDiscard
		switch {
		case l.m.now.retries < 0:
			exact = rule.RetryInfiniteUntilExpiry
		case c.countedSplit(l, u, e.T):
			exact = rule.BisectNotCountedAsRetry
		}
		c.report(ret5, exact, "given up too early", fmt.Sprintf("%d more attempts of %s", c.leastLimit(l, e.T)+1-u.hi, c.say(l, u.r)),
			"a message that it was given up", u.line)
	}
}

// unfounded reports a message about records that were not discarded.
func (c *Checker) unfounded(l *lane, e *trace.Event, info *trace.BatchInfo, from int64) {
	if l.gaveUp(from) {
		if c.duplicates > 0 {
			c.duplicates--
			return
		}
		c.report(dlq7, rule.DestOnRetryExhaustion, "reported twice", "one message a discarded batch", info.StartSequenceNumber+" again")
		return
	}
	if l.m.changes > 0 || l.m.late {
		return // counters may be lost, and with them what was given up
	}
	c.report(dlq1, rule.DestNotOnSuccess, "not discarded", "messages for discarded records only", info.StartSequenceNumber+" to "+info.EndSequenceNumber)
}

// matchAged finds a message that is the first to tell that records aged.
func (c *Checker) matchAged(l *lane, e *trace.Event, msg *trace.Message, info *trace.BatchInfo, from, to int64) {
	if l.keys != nil {
		c.matchAgedKeys(l, e, msg, info, from, to)
		return
	}
	_, skip := c.matches(l, l.sh.at(from), e.T) // then it only stood among those that were processed
	if line := l.settledLine(from); line > 0 && l.settledLine(to) > 0 && l.m.changes == 0 && !l.m.late && !skip {
		c.report(dlq1, rule.DestNotOnSuccess, "was processed", "no message for what was processed", info.StartSequenceNumber, line)
		return
	}
	n := 0
	for i := from; i <= to; i++ {
		r := l.sh.at(i)
		aged, _ := c.aged(l, r, e.T)
		if !aged && !c.expired(l, r, e.T) {
			if _, skip := c.matches(l, r, e.T); skip {
				continue
			}
			exact := rule.AgeDiscard
			if l.m.now.age < 0 {
				exact = rule.AgeInfiniteUntilExpiry
			}
			c.report(age2, exact, "discarded too young", fmt.Sprintf("records older than %.0f ms only", l.m.now.age),
				fmt.Sprintf("%s at an age of %.0f ms", r.seq, e.T-r.arrival), int(r.line))
			return
		}
		n++
	}
	for i := from; i <= to; i++ {
		if l.untaken(i) {
			if l.keys == nil && l.begun() && len(l.stacks) == 0 && l.m.changes == 0 {
				for j := l.next; j < i; j++ {
					c.skip(l, j, e.T) // its message may be on its way
				}
			}
			l.take(i)
			if l.m.start == "LATEST" && len(l.sh.parents) == 0 {
				l.started = true // what is given up was read
			}
			continue
		}
		s := l.owner(i)
		if s == nil {
			if l.gaveUp(i) {
				if l.m.changes == 0 { // else it may be what was given up at a change
					c.unfounded(l, e, info, i)
				}
				return
			}
			continue
		}
		if s.flight != nil && s.flight.unit != nil {
			c.report(dlq1, rule.DestOnAge, "still going on", "no message about a batch in flight", info.StartSequenceNumber)
			return
		}
		for _, u := range s.units {
			if at := indexIn(u.r, i); at >= 0 {
				u.r = append(u.r[:at:at], u.r[at+1:]...)
				// What is left is a batch of its own, whose counter may start again.
				u.lo, u.inv, u.whole = 0, 0, true
				u.bisect = u.bisect && len(u.r) > 1
				break
			}
		}
		for k := len(s.units) - 1; k >= 0; k-- {
			if len(s.units[k].r) == 0 {
				s.units = append(s.units[:k], s.units[k+1:]...)
			}
		}
		if len(s.units) == 0 {
			l.remove(s)
		}
	}
	r := make([]int64, 0, n)
	for i := from; i <= to; i++ {
		r = append(r, i)
	}
	l.giveUp(r)
	c.checkInfo(l, e, msg, info, from, to, n, false)
	c.touchReported(l, trace.RecordAgeExceeded, e)
}

// matchAgedKeys does so where records of other keys stand between those that a
// message reports, so that only the first and the last are known.
func (c *Checker) matchAgedKeys(l *lane, e *trace.Event, msg *trace.Message, info *trace.BatchInfo, from, to int64) {
	for _, i := range [...]int64{from, to} {
		r := l.sh.at(i)
		if !c.outlived(l, r, e.T) {
			c.report(age2, nil, "discarded too young", fmt.Sprintf("records older than %.0f ms only", l.m.now.age),
				fmt.Sprintf("%s at an age of %.0f ms", r.seq, e.T-r.arrival), int(r.line))
			return
		}
	}
	if _, again := l.reported[from]; again {
		c.unfounded(l, e, info, from)
		return
	}
	if c.processed(l, from, e.T) {
		c.report(dlq1, rule.DestNotOnSuccess, "was processed", "no message for what was processed", info.StartSequenceNumber, l.settledLine(from))
		return
	}
	run := agedRun{to, info.BatchSize}
	l.ledger = slices.DeleteFunc(l.ledger, func(x discard) bool {
		if x.condition == "" {
			return x.from <= to && x.to >= from // any of it
		}
		return x.condition != trace.RetryAttemptsExhausted && x.from >= from && x.to <= to && (x.n > 1 || run.covers(from, x.from))
	})
	if l.reported == nil {
		l.reported = map[int64]agedRun{}
	}
	if len(l.reported) < maxLedger {
		l.reported[from] = run
	}
	l.giveUp([]int64{from, to})
	c.checkInfo(l, e, msg, info, from, to, int(to-from+1), false)
	c.touchReported(l, trace.RecordAgeExceeded, e)
}

// processed reports whether a record, with keys, must have been processed: it is
// in no batch any more, and nothing else can have become of it.
func (c *Checker) processed(l *lane, i int64, t float64) bool {
	if l.untaken(i) || l.owner(i) != nil || l.gaveUp(i) || len(l.given) >= maxGiven || l.m.changes > 0 || l.m.late || i < l.first {
		return false
	}
	_, skip := c.matches(l, l.sh.at(i), t)
	return !skip
}

func (c *Checker) touchReported(l *lane, condition string, e *trace.Event) {
	c.touch(rule.DestNotOnSuccess)
	if condition == trace.RecordAgeExceeded {
		c.touch(rule.DestOnAge)
		c.touch(rule.AgeDiscard)
		if len(c.throttles) > 0 {
			c.touch(rule.AgeAppliesToThrottles)
		}
	} else {
		c.touch(rule.DestOnRetryExhaustion)
		c.touch(rule.RetryLimitDiscard)
	}
	for service, r := range onFailure {
		if strings.Contains(e.Source, service) {
			c.touch(r)
		}
	}
}

// finishLedger judges that everything discarded has been reported.
func (c *Checker) finishLedger(l *lane) {
	if !c.complete {
		return
	}
	for i := range l.ledger {
		d := &l.ledger[i]
		if d.dest == "" || d.at > c.now-c.settle {
			continue
		}
		exact := rule.DestOnRetryExhaustion
		if d.condition == trace.RecordAgeExceeded {
			exact = rule.DestOnAge
		}
		c.report(dlq2, exact, "not reported", "a message at "+d.dest, fmt.Sprintf("none for %s to %s", l.sh.seqOf(d.from), l.sh.seqOf(d.to)), d.line)
	}
	l.ledger = l.ledger[:0]
}
