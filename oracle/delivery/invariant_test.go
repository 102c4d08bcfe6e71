package delivery

import (
	"slices"
	"strings"
	"testing"

	"github.com/esmconform/esmconform/oracle/rule"
)

func TestInvariantsAreWellFormed(t *testing.T) {
	ids, enforced := map[string]bool{}, map[*rule.Rule]bool{}
	for _, x := range Invariants() {
		if ids[x.ID] || x.ID == "" || x.Says == "" {
			t.Errorf("%q: an id of its own and a sentence are expected", x.ID)
		}
		ids[x.ID] = true
		if len(x.Rules) == 0 {
			t.Errorf("%s has no rule", x.ID)
		}
		if len(x.Rules) > 0 && !slices.ContainsFunc(x.Rules, func(r *rule.Rule) bool { return r.Holds(rule.P2020) || r.Holds(rule.Today) }) {
			t.Errorf("no rule of %s holds in any profile", x.ID)
		}
		for _, r := range x.Rules {
			enforced[r] = true
		}
	}
	for _, r := range rule.All() {
		if r.Plane == rule.Data && (r.Observable(rule.P2020) || r.Observable(rule.Today)) && !enforced[r] {
			t.Errorf("no invariant enforces %s", r)
		}
	}
}

// breach is a small trace that breaks an invariant.
type breach struct {
	invariant string
	profile   string // today unless given
	kind      string // kinesis unless given
	source    string // more members of the source
	config    string // members of the mapping
	events    []string
}

// breaches has short names for what is the same in all: see breach.lines.
var breaches = []breach{
	{invariant: "SRC-1", events: []string{`put 10 1`, `invoke 100 1,7 ok`}},
	{invariant: "SRC-1", kind: "sqs", events: []string{`put 10 m1`, `invoke 100 m7 ok`}},
	{invariant: "BAT-1", config: `"BatchSize":2`, events: []string{`put 10 1`, `put 10 2`, `put 10 3`, `invoke 100 1,2,3 ok`}},
	{invariant: "BAT-1", events: []string{`put 10 1`, `invoke 100  ok`}},
	{invariant: "BAT-2", events: []string{`put 10 1 size:4000000`, `put 10 2 size:4000000`, `invoke 100 1,2 ok`}},
	{invariant: "BAT-3", source: `"shards":[{"id":"s"},{"id":"s2"}]`, events: []string{`put 10 1`, `put 10 2 shard:s2`, `invoke 100 1,2 ok`}},
	{invariant: "BAT-4", config: `"MaximumBatchingWindowInSeconds":10`, events: []string{`put 10 1`, `invoke 11000 1 ok`, `put 12000 2`, `invoke 12100 2 ok`}},
	{invariant: "ORD-1", events: []string{`put 10 1`, `put 10 2`, `invoke 100 2,1 ok`}},
	{invariant: "GAP-1", events: []string{`put 10 1`, `put 10 2`, `put 10 3`, `invoke 100 1 ok`, `invoke 300 3 ok`}},
	{invariant: "GAP-2", events: []string{`put 10 1`, `put 10 2`, `put 10 3`, `invoke 100 1,3 ok`}},
	{invariant: "GAP-3", events: []string{`put 10 1`, `put 10 2`, `invoke 100 1 error`, `invoke 300 2 ok`}},
	{invariant: "CON-1", events: []string{`put 10 1`, `put 10 2`, `invoke 100 1 ok 900`, `invoke 300 2 ok`}},
	{invariant: "CON-2", config: `"ParallelizationFactor":2`, events: []string{`put 10 1 key:a`, `put 10 2 key:b`, `put 10 3 key:c`,
		`invoke 100 1 ok 900`, `invoke 200 2 ok 900`, `invoke 300 3 ok 900`}},
	{invariant: "RET-1", config: `"MaximumRetryAttempts":0`, events: []string{`put 10 1`, `invoke 100 1 error`, `invoke 300 1 error`}},
	{invariant: "RET-2", events: []string{`put 10 1`, `put 10 2`, `invoke 100 1,2 error`, `invoke 300 2 ok`}},
	{invariant: "RET-3", events: []string{`put 10 1`, `put 10 2`, `invoke 100 1 error`, `invoke 300 1,2 ok`}},
	{invariant: "RET-5", config: `"MaximumRetryAttempts":3`, events: []string{`put 10 1`, `put 10 2`, `invoke 100 1 error`, `invoke 300 2 ok`}},
	{invariant: "THR-1", config: `"MaximumRetryAttempts":1`, events: []string{`put 10 1`, `put 10 2`, `invoke 100 1 error`, `throttle 300 2000`, `invoke 3000 2 ok`}},
	{invariant: "AGE-1", config: `"MaximumRecordAgeInSeconds":60`, events: []string{`put 10 1`, `invoke 70000 1 ok`}},
	{invariant: "BIS-1", config: `"BisectBatchOnFunctionError":true`, events: []string{`put 10 1`, `put 10 2`, `invoke 100 1,2 error`, `invoke 300 1,2 ok`}},
	{invariant: "BIS-2", config: `"BisectBatchOnFunctionError":true`, events: []string{`put 10 1`, `put 10 2`, `put 10 3`, `invoke 100 1,2 error`, `invoke 300 1 ok`, `invoke 500 3 ok`}},
	{invariant: "BIS-5", config: `"BisectBatchOnFunctionError":true`, events: []string{`put 10 1`, `put 10 2`, `put 10 3`, `put 10 4`, `invoke 100 1,2,3,4 error`, `invoke 300 1,2,3 ok`}},
	{invariant: "BIS-6", events: []string{`put 10 1`, `put 10 2`, `invoke 100 1,2 error`, `invoke 300 1 ok`}},
	{invariant: "PAR-2", events: []string{`put 10 1`, `put 10 2`, `invoke 100 1,2 ok report:2`, `invoke 300 2 ok`}},
	{invariant: "PAR-2", config: `"FunctionResponseTypes":["ReportBatchItemFailures"]`, events: []string{`put 10 1`, `put 10 2`, `invoke 100 1,2 ok report:`, `invoke 300 2 ok`}},
	{invariant: "DLQ-1", config: breachDestination, events: []string{`put 10 1`, `invoke 100 1 ok`, `message 300 1 RetryAttemptsExhausted`}},
	{invariant: "DLQ-2", config: breachDestination, events: []string{`put 10 1`, `put 10 2`, `invoke 100 1 error`, `invoke 300 2 ok`}},
	{invariant: "DLQ-7", config: breachDestination, events: []string{`put 10 1`, `invoke 100 1 error`, `message 300 1 RetryAttemptsExhausted`, `message 400 1 RetryAttemptsExhausted`}},
	{invariant: "DLQ-8", config: `"MaximumRetryAttempts":0`, events: []string{`put 10 1`, `invoke 100 1 error`, `message 300 1 RetryAttemptsExhausted`}},
	{invariant: "BIS-3", config: breachDestination + `,"BisectBatchOnFunctionError":true`, events: []string{`put 10 1`, `put 10 2`, `invoke 100 1,2 error`, `message 300 1 RetryAttemptsExhausted`}},
	{invariant: "START-1", config: `"StartingPosition":"LATEST"`, events: []string{`put 10 1`, `put 10 2`, `map 5000`, `invoke 5100 1 ok`}},
	{invariant: "START-3", config: `"StartingPosition":"AT_TIMESTAMP","StartingPositionTimestamp":100`, events: []string{`put 10 1`, `invoke 300 1 ok`}},
	{invariant: "START-4", events: []string{`put 10 1`, `put 10 2`, `invoke 100 2 ok`}},
	{invariant: "CTL-1", events: []string{`put 10 1`, `enable 100 false`, `invoke 20000 1 ok`}},
	{invariant: "RES-2", events: []string{`put 10 1`, `invoke 100 1 ok`, `enable 20000 false`, `put 30000 2`, `put 30000 3`, `enable 40000 true`, `invoke 60000 3 ok`}},
	{invariant: "UPD-1", events: []string{`put 10 1`, `invoke 100 1 ok function:other`}},
	{invariant: "RSH-1", source: `"shards":[{"id":"s"},{"id":"s2","parents":["s"]}]`, events: []string{`put 10 1`, `put 20 2 shard:s2`, `invoke 100 2 ok shard:s2`}},
	{invariant: "DUP-1", events: []string{`put 10 1`, `invoke 100 1 ok`, `invoke 300 1 ok`}},
	{invariant: "DUP-2", config: `"MaximumRetryAttempts":0`, events: []string{`put 10 1`, `put 10 2`, `invoke 100 1 error`, `invoke 300 2 ok`, `invoke 500 1 ok`}},
	{invariant: "LIV-1", events: []string{`put 10 1`}},
	{invariant: "LIV-2", events: []string{`put 10 1`, `invoke 100 1 error`}},
	{invariant: "SQS-1", kind: "sqs", config: `"BatchSize":1`, events: []string{`put 10 m1`, `put 10 m2`, `invoke 100 m1,m2 ok`}},
	{invariant: "SQS-2", kind: "sqs", events: []string{`put 10 m1`, `invoke 100 m1 ok`, `invoke 60000 m1 ok`}},
	{invariant: "SQS-3", kind: "sqs", events: []string{`put 10 m1`, `invoke 100 m1 error`, `look 10000`}},
	{invariant: "SQS-4", kind: "sqs", events: []string{`put 10 m1`, `invoke 100 m1 error`, `invoke 5000 m1 ok`}},
	{invariant: "SQS-5", kind: "sqs", source: `"max_receive_count":1`, events: []string{`put 10 m1`, `invoke 100 m1 error`, `invoke 60000 m1 ok`}},
	{invariant: "SQS-6", kind: "sqs", events: []string{`put 10 m1`, `invoke 100 m1 error attempts:1`, `invoke 60000 m1 ok attempts:1`}},
	{invariant: "SQS-7", kind: "sqs-fifo", events: []string{`put 10 m1 key:g`, `put 10 m2 key:g`, `invoke 100 m2 ok`}},
	{invariant: "SQS-8", kind: "sqs-fifo", events: []string{`put 10 m1 key:g`, `put 10 m2 key:g`, `invoke 100 m1 error`, `invoke 60000 m2 ok`}},
	{invariant: "FLT-1", config: `"FilterCriteria":{"Filters":[{"Pattern":"{\"data\":{\"keep\":[\"yes\"]}}"}]}`, events: []string{`put 10 1 record:{"kinesis":{"data":"eyJrZWVwIjoibm8ifQ=="}}`, `invoke 100 1 ok`}},
	{invariant: "KAF-1", kind: "msk", events: []string{`put 10 1`, `put 10 2`, `put 10 3`, `invoke 100 s:1 ok`, `invoke 300 s:3 ok`}},
	{invariant: "KAF-3", kind: "msk", events: []string{`put 10 1`, `put 10 2`, `invoke 100 s:1,s:2 error`, `invoke 300 s:2 ok`}},
	{invariant: "EVT-1", events: []string{`put 10 1`, `invoke 100 1 ok payload:{"Records":[{"eventSource":"aws:kinesis"}]}`}},
	{invariant: "TUM-1", config: `"TumblingWindowInSeconds":30`, events: []string{`put 10 1`, `invoke 100 1 ok payload:` + breachKinesisEvent}},
	{invariant: "GAP-1", config: `"FunctionResponseTypes":["ReportBatchItemFailures"]`, events: []string{`put 10 1`, `put 10 2`, `put 10 3`, `invoke 100 1,2 ok report:2`, `invoke 300 3 ok`}},
	{invariant: "PAR-1", config: `"FunctionResponseTypes":["ReportBatchItemFailures"],"BisectBatchOnFunctionError":true`, events: []string{`put 10 1`, `put 10 2`, `put 10 3`, `put 10 4`,
		`invoke 100 1,2,3,4 error`, `invoke 300 1,2 ok report:2`, `invoke 500 3,4 ok`}},
	{invariant: "RES-1", events: []string{`put 10 1`, `invoke 100 1 ok`, `enable 20000 false`, `enable 40000 true`, `invoke 60000 1 ok`}},
	{invariant: "RET-5", config: `"ParallelizationFactor":2,"MaximumRetryAttempts":3`, events: []string{`put 10 1 key:a`, `put 10 2 key:a`, `invoke 100 1 error`, `invoke 300 2 ok`}},
	// Just after a mapping was created.
	{invariant: "BIS-1", config: `"BisectBatchOnFunctionError":true`, events: []string{`create 10 0`, `put 10 1`, `put 10 2`, `invoke 100 1,2 error`, `invoke 300 1,2 ok`}},
	{invariant: "DLQ-2", config: breachDestination, events: []string{`create 10 0`, `put 10 1`, `put 10 2`, `invoke 100 1 error`, `invoke 300 2 ok`}},
}

const (
	breachDestination  = `"MaximumRetryAttempts":0,"DestinationConfig":{"OnFailure":{"Destination":"arn:aws:sqs:us-east-1:000000000000:failures"}}`
	breachKinesisEvent = `{"Records":[{"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"a","sequenceNumber":"1","data":"eA==","approximateArrivalTimestamp":1},` +
		`"eventSource":"aws:kinesis","eventVersion":"1.0","eventID":"s:1","eventName":"aws:kinesis:record","invokeIdentityArn":"arn:aws:iam::000000000000:role/r",` +
		`"awsRegion":"us-east-1","eventSourceARN":"source"}]}`
	breachMessage = `{"requestContext":{"requestId":"r","functionArn":"f","condition":"CONDITION","approximateInvokeCount":1},` +
		`"responseContext":{"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"},"version":"1.0","timestamp":"1970-01-01T00:00:00.000Z",` +
		`"KinesisBatchInfo":{"shardId":"s","startSequenceNumber":"SEQ","endSequenceNumber":"SEQ","approximateArrivalOfFirstRecord":"1970-01-01T00:00:00.010Z",` +
		`"approximateArrivalOfLastRecord":"1970-01-01T00:00:00.010Z","batchSize":1,"streamArn":"source"}}`
)

// lines is the breach as a file. The words of an event are its kind, its time,
// and what follows from the kind; "name:value" adds a member.
func (b *breach) lines(t *testing.T) []byte {
	t.Helper()
	kind, profile, source := or(b.kind, "kinesis"), or(b.profile, "today"), or(b.source, `"shards":[{"id":"s"}]`)
	config := or(b.config, `"BatchSize":10`)
	if !strings.Contains(config, "StartingPosition") && !strings.HasPrefix(kind, "sqs") {
		config += `,"StartingPosition":"TRIM_HORIZON"`
	}
	mapping := `,"uuid":"u","config":{"EventSourceArn":"source","FunctionArn":"f",` + config + "}}\n"
	f := `{"event":"trace","format":1,"profile":"` + profile + `","complete":true}` + "\n" +
		`{"event":"source","arn":"source","kind":"` + kind + `",` + source + "}\n"
	if !slices.ContainsFunc(b.events, func(e string) bool { return strings.HasPrefix(e, "map ") || strings.HasPrefix(e, "create ") }) {
		f += `{"event":"mapping","t":0` + mapping
	}
	for _, e := range b.events {
		w := strings.SplitN(e, " ", 5)
		f += `{"t":` + w[1]
		var more []string
		shard := `"s"`
		switch w[0] {
		case "map":
			f += `,"event":"mapping"` + mapping
			continue
		case "create":
			f += `,"event":"call","end":` + w[1] + `,"operation":"CreateEventSourceMapping","status":202,"request":{"EventSourceArn":"source","FunctionName":"f",` +
				config + `},"response":{"UUID":"u","FunctionArn":"f"}}` + "\n"
			continue
		case "put":
			f += `,"event":"put","source":"source","seq":"` + w[2] + `"`
			more = w[3:]
		case "invoke":
			end := breachLater(w[1])
			if more = w[4:]; len(more) > 0 && !strings.Contains(more[0], ":") {
				end, more = more[0], nil
			}
			records := `"` + strings.ReplaceAll(w[2], ",", `","`) + `"`
			if w[2] == "" {
				records = ""
			}
			f += `,"event":"invoke","mapping":"u","end":` + end + `,"outcome":"` + w[3] + `","records":[` + records + `]`
		case "throttle":
			f += `,"event":"throttle","end":` + w[2] + "}\n"
			continue
		case "message":
			body := strings.NewReplacer("CONDITION", w[3], "SEQ", w[2]).Replace(breachMessage)
			f += `,"event":"destination","mapping":"u","arn":"arn:aws:sqs:us-east-1:000000000000:failures","body":` + body + "}\n"
			continue
		case "enable":
			f += `,"event":"call","end":` + w[1] + `,"operation":"UpdateEventSourceMapping","status":202,"request":{"UUID":"u","Enabled":` + w[2] + `},"response":{"UUID":"u"}}` + "\n"
			continue
		case "look":
			f += `,"event":"queue","source":"source"` + "}\n"
			continue
		default:
			t.Fatalf("what is %q", e)
		}
		for _, m := range more {
			name, value, _ := strings.Cut(m, ":")
			switch name {
			case "shard":
				shard = `"` + value + `"`
			case "size", "record", "payload":
				f += `,"` + name + `":` + value
			case "attempts":
				f += `,"attempts":[` + value + `]`
			case "report":
				f += `,"report":{"batchItemFailures":[{"itemIdentifier":"` + value + `"}]}`
			default:
				f += `,"` + name + `":"` + value + `"`
			}
		}
		if !strings.HasPrefix(kind, "sqs") && (w[0] == "put" || kind != "msk") {
			f += `,"shard":` + shard
		}
		f += "}\n"
	}
	return []byte(f + `{"event":"end","t":2000000}` + "\n")
}

// breachLater is ten milliseconds after a time.
func breachLater(t string) string { return t[:len(t)-2] + "10" }

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// TestInvariantsCanBeBroken: a check that cannot fail is no check. Each
// invariant is broken by a small trace, or by a change to what AWS was recorded
// doing.
func TestInvariantsCanBeBroken(t *testing.T) {
	broken := map[string]bool{}
	for i := range breaches {
		b := &breaches[i]
		found := judgeLines(t, b.lines(t))
		if !slices.ContainsFunc(found, func(v Violation) bool { return v.Invariant.ID == b.invariant }) {
			t.Errorf("%v: expected %s, got %d violations", b.events, b.invariant, len(found))
			for _, v := range found {
				t.Logf("  %s", &v)
			}
		}
		for _, v := range found {
			broken[v.Invariant.ID] = true
			if !v.Rule.Holds(rule.Today) || v.Class == "" || v.Expected == "" || len(v.Evidence) == 0 {
				t.Errorf("%s: a rule that holds, a class, what was expected and evidence are expected", &v)
			}
		}
	}
	for _, x := range readRecorded(t) {
		for _, d := range x.Changed {
			for _, v := range judgeLines(t, x.lines(t, x.change(t, d.Edits))) {
				broken[v.Invariant.ID] = true
			}
		}
	}
	for _, x := range Invariants() {
		if !broken[x.ID] {
			t.Errorf("%s is broken by no test: %s", x.ID, x.Says)
		}
	}
}
