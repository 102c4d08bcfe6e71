package delivery

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/esmconform/esmconform/oracle/trace"
)

const (
	machineSpent = trace.RetryAttemptsExhausted
	machineAged  = trace.RecordAgeExceeded
)

// machineHeld is a discarded part of a bisected batch whose message waits for
// the neighbour.
type machineHeld struct {
	refs    []machineRef
	invoked int
	until   int // the place in the queue after it
}

// discard gives up a unit whose retries are spent.
func (l *machineLane) discard(u *machineUnit) {
	refs := l.queue[u.lo:u.hi]
	if l.held.refs != nil && l.held.until == u.lo {
		refs = append(l.held.refs, refs...)
		l.held = machineHeld{}
	}
	l.flush()
	last := len(l.units) == 1 // nothing is left that could join
	if u.part && !last && l.r.mp.m.c.Choose(PointMerge, 2) == 1 {
		l.held = machineHeld{append([]machineRef(nil), refs...), u.invoked, u.hi}
		return
	}
	l.send(refs, machineSpent, u.invoked)
}

// flush sends the message that is held.
func (l *machineLane) flush() {
	if h := l.held; h.refs != nil {
		l.held = machineHeld{}
		l.send(h.refs, machineSpent, h.invoked)
	}
}

// mistell sends a message about a batch that is not discarded, which only a fault
// does.
func (l *machineLane) mistell(d Decision, u *machineUnit) {
	if l.r.mp.m.holds(d, false) {
		l.send(l.queue[u.lo:u.hi], machineSpent, u.invoked)
	}
}

// send sends the message of a discarded run to the destination, if there is one.
func (l *machineLane) send(refs []machineRef, condition string, invoked int) {
	r := l.r
	m, mp := r.mp.m, r.mp
	messages := 1
	if mp.cfg.destination == "" {
		messages = 0
	}
	if messages = m.decide(DecisionMessages, messages); messages == 0 {
		return
	}
	msg := trace.Message{Version: "1.0", Timestamp: machineTime(m.now, "2006-01-02T15:04:05.000Z")}
	msg.RequestContext = trace.RequestContext{RequestID: l.last.id, FunctionArn: l.last.function, Condition: condition, ApproximateInvokeCount: invoked}
	if condition == machineSpent {
		msg.ResponseContext = &trace.ResponseContext{StatusCode: 200, ExecutedVersion: "$LATEST"}
		if l.answer.failed() {
			unhandled := "Unhandled"
			msg.ResponseContext.FunctionError = &unhandled
		}
	} else {
		msg.RequestContext.RequestID, msg.RequestContext.FunctionArn = m.id(), mp.cfg.function
	}
	first, last := r.record(refs[0]), r.record(refs[len(refs)-1])
	info := &trace.BatchInfo{ShardID: r.shards[refs[0].shard].id, StartSequenceNumber: first.seq, EndSequenceNumber: last.seq, BatchSize: len(refs), StreamArn: mp.src.arn}
	layout := "2006-01-02T15:04:05.000Z"
	if mp.src.kind == "dynamodb" {
		layout = "2006-01-02T15:04:05Z"
		msg.DynamoDB = info
	} else if mp.src.kind != "msk" {
		msg.Kinesis = info
	}
	info.ApproximateArrivalOfFirstRecord = machineTime(first.arrival, layout)
	info.ApproximateArrivalOfLastRecord = machineTime(last.arrival, layout)
	if strings.Contains(mp.cfg.destination, ":s3:::") {
		msg.Payload = r.payload(refs)
	}
	body := machineJSON(msg)
	if mp.src.kind == "msk" {
		body["KafkaBatchInfo"] = r.kafkaInfo(refs)
	}
	destination := mp.cfg.destination
	arrive := min(m.s.EndMS, m.now+[...]float64{0, 50, 500, 2000}[m.c.Choose(PointDestDelay, 4)])
	for range messages {
		id := m.id()
		deliver := func() {
			m.event = trace.Event{Kind: trace.Destination, T: m.now, Source: destination, Mapping: mp.uuid, ID: id, Body: body}
			m.emit()
		}
		if arrive <= m.now {
			deliver()
		} else {
			m.at(arrive, deliver)
		}
	}
}

func machineTime(ms float64, layout string) string {
	return time.UnixMilli(int64(ms)).UTC().Format(layout)
}

// machineJSON is a value as a decoder would give it.
func machineJSON(v any) map[string]any {
	var out map[string]any
	text, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(text, &out)
	}
	if err != nil {
		panic("delivery: a message that JSON cannot hold: " + err.Error())
	}
	return out
}

// payload is the event of a discarded batch, which a bucket receives besides.
func (r *machineReader) payload(refs []machineRef) string {
	var all []any
	for _, ref := range refs {
		sh := r.shards[ref.shard]
		rec := &sh.records[ref.at]
		if rec.extra != nil && rec.extra.record != nil {
			all = append(all, rec.extra.record)
		} else {
			all = append(all, machineRecordJSON(r.mp.src, sh.id, rec))
		}
	}
	text, err := json.Marshal(map[string]any{"Records": all})
	if err != nil {
		panic("delivery: a record that JSON cannot hold: " + err.Error())
	}
	return string(text)
}

// kafkaInfo is what a message says of a batch of an MSK mapping.
func (r *machineReader) kafkaInfo(refs []machineRef) map[string]any {
	parts := map[string]any{}
	for _, ref := range refs {
		sh := r.shards[ref.shard]
		at := machineTime(sh.records[ref.at].arrival, "2006-01-02T15:04:05.000Z")
		one, ok := parts[sh.id].(map[string]any)
		if !ok {
			one = map[string]any{"firstRecordOffset": float64(ref.at), "firstRecordTimestamp": at}
			parts[sh.id] = one
		}
		one["lastRecordOffset"], one["lastRecordTimestamp"] = float64(ref.at), at
	}
	return map[string]any{"batchSize": float64(len(refs)), "eventSourceArn": r.mp.src.arn, "recordsInfo": parts}
}
