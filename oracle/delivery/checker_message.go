package delivery

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strings"
	"time"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// checkCount judges approximateInvokeCount.
func (c *Checker) checkCount(msg *trace.Message, inv int) {
	r := rule.DestRecordRequestcontextApproximateinvokecount
	c.touch(r)
	if got := msg.RequestContext.ApproximateInvokeCount; got != inv {
		c.report(dlq6, r, "invoke count", fmt.Sprintf("%d", inv), fmt.Sprintf("%d", got))
	}
}

// infoRule is the rule about a member of the batch info block.
func (c *Checker) infoRule(l *lane, member string) *rule.Rule {
	kind := "kinesis"
	if l.sh.src.kind == "dynamodb" {
		kind = "dynamodb"
	}
	return rule.Find("dest-record-" + kind + "-" + member)
}

// checkInfo judges the batch info block against what was discarded.
func (c *Checker) checkInfo(l *lane, e *trace.Event, msg *trace.Message, info *trace.BatchInfo, from, to int64, n int, exact bool) {
	sh := l.sh
	if l.murkyAt(from) {
		if i, ok := sh.find(info.StartSequenceNumber, from); ok {
			from, exact = i, false
		}
		if i, ok := sh.find(info.EndSequenceNumber, to); ok {
			to = max(i, from)
		}
	}
	check := func(member string, ok bool, want, got string) {
		r := c.infoRule(l, member)
		c.touch(r)
		if !ok {
			c.report(dlq3, r, member, want, got)
		}
	}
	check("shardid", info.ShardID == sh.id, sh.id, info.ShardID)
	check("streamarn", info.StreamArn == sh.src.arn, sh.src.arn, info.StreamArn)
	check("startsequencenumber", compareSeq(info.StartSequenceNumber, sh.seqOf(from)) == 0, sh.seqOf(from), info.StartSequenceNumber)
	check("endsequencenumber", compareSeq(info.EndSequenceNumber, sh.seqOf(to)) == 0, sh.seqOf(to), info.EndSequenceNumber)
	size := info.BatchSize == n
	if !exact || l.m.now.filtered {
		size = info.BatchSize >= 1 && int64(info.BatchSize) <= to-from+1 // merged, or with what was filtered out
	}
	check("batchsize", size, fmt.Sprintf("%d", n), fmt.Sprintf("%d", info.BatchSize))
	check("approximatearrivaloffirstrecord", c.sameTime(info.ApproximateArrivalOfFirstRecord, sh.at(from).arrival),
		stamp(sh.at(from).arrival), info.ApproximateArrivalOfFirstRecord)
	check("approximatearrivaloflastrecord", c.sameTime(info.ApproximateArrivalOfLastRecord, sh.at(to).arrival),
		stamp(sh.at(to).arrival), info.ApproximateArrivalOfLastRecord)
}

func stamp(ms float64) string {
	return time.UnixMilli(int64(ms)).UTC().Format("2006-01-02T15:04:05.000Z")
}

// sameTime compares an ISO 8601 time with an arrival, to the second: DynamoDB
// shows no more.
func (c *Checker) sameTime(s string, ms float64) bool {
	t, err := time.Parse(time.RFC3339, s)
	return err == nil && math.Abs(float64(t.UnixMilli())-ms) <= 1000+c.skew
}

var isoMillis = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$`)

// checkForm judges the members of a message.
func (c *Checker) checkForm(e *trace.Event, msg *trace.Message, l *lane) {
	check := func(r *rule.Rule, ok bool, class, want, got string) {
		c.touch(r)
		if !ok {
			c.report(dlq4, r, class, want, got)
		}
	}
	q := &msg.RequestContext
	check(rule.DestRecordRequestcontextRequestid, q.RequestID != "", "requestId", "a request id", `""`)
	arn := l == nil || q.FunctionArn == l.m.now.function || l.m.changing(e.T) || l.m.now.function == "" && q.FunctionArn != "" ||
		sameCode(q.FunctionArn, l.m.now.function) || l.m.changes > 0 && (l.m.before.function == "" || q.FunctionArn == l.m.before.function)
	want := ""
	if l != nil {
		want = l.m.now.function
	}
	check(rule.DestRecordRequestcontextFunctionarn, arn, "functionArn", want, q.FunctionArn)
	known := q.Condition == trace.RetryAttemptsExhausted || q.Condition == trace.RecordAgeExceeded
	check(rule.DestRecordRequestcontextCondition, known, "condition", trace.RetryAttemptsExhausted+" or "+trace.RecordAgeExceeded, q.Condition)
	c.touch(rule.DestRecordRequestcontextApproximateinvokecount)
	check(rule.DestRecordRequestcontextApproximateinvokecount, q.ApproximateInvokeCount >= 1, "approximateInvokeCount", "at least 1", fmt.Sprint(q.ApproximateInvokeCount))
	check(rule.DestRecordVersion, msg.Version == "1.0", "version", "1.0", msg.Version)
	check(rule.DestRecordTimestamp, isoMillis.MatchString(msg.Timestamp), "timestamp", "ISO 8601 with milliseconds and Z", msg.Timestamp)
	c.checkResponseContext(e, msg)
	if l != nil && l.misplaced(e) {
		return // what it may hold depends on where it was meant to arrive
	}
	payload, object := e.Body["payload"]
	s3 := strings.Contains(e.Source, ":s3:")
	if s3 {
		check(rule.DestS3IncludesPayload, object && payload != nil, "payload missing", "the batch under payload", "no payload")
		if text, ok := payload.(string); ok {
			check(rule.DestS3IncludesPayload, json.Valid([]byte(text)), "payload is no event", "the event of the batch as JSON", "a text that is none")
		}
	} else {
		_, records := e.Body["Records"]
		check(rule.DestRecordWithoutData, !object && !records, "carries data", "metadata only", "the records")
	}
}

func (c *Checker) checkResponseContext(e *trace.Event, msg *trace.Message) {
	r := msg.ResponseContext
	if msg.RequestContext.Condition == trace.RecordAgeExceeded {
		if r != nil {
			c.report(dlq5, rule.DestRecordResponsecontextStatusCode, "responseContext of a record that aged", "no responseContext", "one")
		}
		return
	}
	raw, _ := e.Body["responseContext"].(map[string]any)
	_, has := raw["functionError"]
	for _, x := range []struct {
		rule      *rule.Rule
		ok        bool
		name, how string
	}{
		{rule.DestRecordResponsecontextStatusCode, r != nil && r.StatusCode/100 == 2, "statusCode", "a status in the 200 range: the function was invoked"},
		{rule.DestRecordResponsecontextExecutedversion, r != nil && r.ExecutedVersion != "", "executedVersion", "the version that ran"},
		{rule.DestRecordResponsecontextFunctionerror, r != nil && has, "functionError", "the kind of error, or null"},
	} {
		c.touch(x.rule)
		if !x.ok {
			c.report(dlq4, x.rule, x.name, x.how, said(raw, x.name))
		}
	}
}

// said is a member as a message has it.
func said(object map[string]any, name string) string {
	v, ok := object[name]
	if !ok {
		return "none"
	}
	return fmt.Sprintf("%v", v)
}

// noInfo reports a message that does not say which batch it is about.
func (c *Checker) noInfo(e *trace.Event) {
	for _, m := range c.order {
		if m.src.stream && (m.uuid == e.Mapping || e.Mapping == "" && (m.now.destination == e.Source || m.before.destination == e.Source)) {
			name, kind := "KinesisBatchInfo", "kinesis"
			if m.src.kind == "dynamodb" {
				name, kind = "DDBStreamBatchInfo", "dynamodb"
			}
			c.report(dlq4, rule.Find("dest-record-"+kind+"-shardid"), "no batch info", name, "none")
			return
		}
	}
}
