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
