package delivery

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/esmconform/esmconform/oracle/rule"
)

// ownBreach is a small trace that breaks one rule, which is to be the one that
// is reported, and nothing else.
//
// Its events are those of breach.lines, and besides: "end T" sets when the
// observation ends (20 seconds after the last event unless given); "a=b" before
// an event writes "b" where it would have "a", such as a mapping or a shard; and
// what begins with a brace is a line of its own.
type ownBreach struct {
	rule  *rule.Rule
	class string
	breach
	edits [][2]string // of the whole file: what is written instead of what
}

func (b *ownBreach) name() string {
	return b.rule.ID + ": " + b.class + " " + strings.Join(b.events, ", ")
}

// lines is the breach as a file.
func (b *ownBreach) lines(t *testing.T) []byte {
	t.Helper()
	frame := b.breach
	frame.events = slices.DeleteFunc(slices.Clone(b.events), func(e string) bool { return !strings.HasPrefix(e, "create ") && !strings.HasPrefix(e, "map ") })
	head := bytes.SplitAfter(frame.lines(t), []byte("\n"))
	file := string(bytes.Join(head[:2], nil))
	if len(frame.events) == 0 {
		file += string(head[2]) // the mapping
	}
	last, end := 0.0, ""
	for _, e := range b.events {
		if strings.HasPrefix(e, "{") {
			file += e + "\n"
			var at struct{ T float64 }
			if err := json.Unmarshal([]byte(e), &at); err != nil {
				t.Fatalf("%v in %s", err, e)
			}
			last = max(last, at.T)
			continue
		}
		line, replacements := e, []string(nil)
		for {
			word, rest, _ := strings.Cut(line, " ")
			from, to, ok := strings.Cut(word, "=")
			if !ok {
				break
			}
			line, replacements = rest, append(replacements, `"`+from+`"`, `"`+to+`"`)
		}
		words := strings.Fields(line)
		if words[0] == "end" {
			end = words[1]
			continue
		}
		at, err := strconv.ParseFloat(words[1], 64)
		if err != nil {
			t.Fatalf("%v in %q", err, e)
		}
		last = max(last, at)
		one := b.breach
		one.events = []string{line}
		all := bytes.SplitAfter(one.lines(t), []byte("\n"))
		file += strings.NewReplacer(replacements...).Replace(string(all[len(all)-3]))
	}
	if end == "" {
		end = strconv.FormatFloat(last+20_000, 'f', -1, 64)
	}
	file += `{"event":"end","t":` + end + "}\n"
	if b.kind == "dynamodb" {
		file = strings.ReplaceAll(file, "KinesisBatchInfo", "DDBStreamBatchInfo")
	}
	for _, x := range b.edits {
		if !strings.Contains(file, x[0]) {
			t.Fatalf("%s: there is no %s", b.name(), x[0])
		}
		file = strings.ReplaceAll(file, x[0], x[1])
	}
	return []byte(file)
}

// ownFilters are FilterCriteria of patterns.
func ownFilters(patterns ...string) string {
	var list []map[string]string
	for _, p := range patterns {
		list = append(list, map[string]string{"Pattern": p})
	}
	text, err := json.Marshal(list)
	if err != nil {
		panic(err)
	}
	return `"FilterCriteria":{"Filters":` + string(text) + `}`
}

// ownData is the member of a put that gives a Kinesis record that data.
func ownData(text string) string {
	return `record:{"kinesis":{"data":"` + base64.StdEncoding.EncodeToString([]byte(text)) + `"}}`
}

// ownBody is the member of a put that gives a message that body.
func ownBody(text string) string {
	body, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return `record:{"body":` + string(body) + `}`
}

const (
	ownReporting = `"FunctionResponseTypes":["ReportBatchItemFailures"]`
	ownBisecting = `"BisectBatchOnFunctionError":true`
	ownTwoShards = `"shards":[{"id":"s"},{"id":"s2"}]`
	ownOther     = `{"event":"mapping","t":%d,"uuid":"v","config":{"EventSourceArn":"source","FunctionArn":"f","BatchSize":1,"StartingPosition":"TRIM_HORIZON"}}`
	ownYes       = `{"data":{"keep":["yes"]}}`
	ownSQSYes    = `{"body":{"keep":["yes"]}}`
	ownTopic     = `"ProvisionedPollerConfig":{"MinimumPollers":1},"DestinationConfig":{"OnFailure":{"Destination":"kafka://failures"}}`
	ownMessage   = "message 300 1 RetryAttemptsExhausted"
	ownKafka     = `{"topic":"topic","partition":0,"offset":1,"timestamp":1,"timestampType":"CREATE_TIME","key":"","value":"","headers":[]}`
)

// ownKafkaEvent is an event that holds one record, under a key.
func ownKafkaEvent(key, record string) string {
	return `payload:{"eventSource":"aws:kafka","eventSourceArn":"source","bootstrapServers":"b","records":{"` + key + `":[` + record + `]}}`
}

// ownSent is a batch that was given up, and its message.
var ownSent = []string{"put 10 1", "invoke 100 1 error", ownMessage}

// ownFailures are invocations of one batch that all fail.
func ownFailures(batch string, n int) (events []string) {
	for i := range n {
		events = append(events, fmt.Sprintf("invoke %d %s error", 100*(i+1), batch))
	}
	return events
}

func ownBreaches() []ownBreach {
	to := func(arn string) [2]string {
		return [2]string{`"Destination":"arn:aws:sqs:us-east-1:000000000000:failures"`, `"Destination":"` + arn + `"`}
	}
	const topic, bucket = "arn:aws:sns:us-east-1:000000000000:failures", "arn:aws:s3:::failures"
	list := []ownBreach{
		// Batches.
		{rule.BatchMayBeSmaller, "never delivered", breach{config: `"BatchSize":2`, events: []string{"put 10 1", "put 10 2", "put 10 3", "invoke 100 1,2 ok", "end 200000"}}, nil},
		{rule.BatchMayBeSmaller, "never delivered", breach{kind: "msk", config: `"BatchSize":2`, events: []string{"put 10 1", "put 10 2", "put 10 3", "invoke 100 s:1,s:2 ok", "end 200000"}}, nil},
		{rule.BatchMayBeSmaller, "never delivered", breach{kind: "sqs", config: `"BatchSize":2`, events: []string{"put 10 m1", "put 10 m2", "put 10 m3", "invoke 100 m1,m2 ok", "end 200000"}}, nil},
		{rule.AtLeastOnce, "never delivered", breach{config: `"BatchSize":2`, events: []string{"put 10 1", "put 10 2", "put 10 3", "put 10 4", "invoke 100 1,2 ok", "end 200000"}}, nil},
		{rule.AtLeastOnce, "never delivered", breach{config: `"BatchSize":2`, events: []string{"put 10 1", "put 10 2", "invoke 100 1 ok", "end 200000"}}, nil},
		{rule.BatchInvokeImmediately, "waited without a window", breach{events: []string{"put 10 1", "invoke 100 1 ok", "put 1000 2", "invoke 100000 2 ok"}}, nil},
		{rule.BatchInvokeImmediately, "waited without a window", breach{config: `"BatchSize":2`, events: []string{"put 10 1", "put 10 2", "put 10 3", "invoke 100 1,2 ok", "put 1000 4", "invoke 100000 3,4 ok"}}, nil},
		{rule.PollCatchUp, "a pause in a backlog", breach{config: `"BatchSize":2`, events: []string{"put 10 1", "put 10 2", "put 10 3", "put 10 4", "invoke 100 1,2 ok", "invoke 100000 3,4 ok"}}, nil},
		{rule.PollCatchUp, "a pause in a backlog", breach{kind: "msk", config: `"BatchSize":2`, events: []string{"put 10 1", "put 10 2", "put 10 3", "invoke 100 s:1,s:2 ok", "invoke 100000 s:3 ok"}}, nil},
		{rule.BatchFullEndsWindow, "a full batch waited for its window", breach{config: `"BatchSize":2,"MaximumBatchingWindowInSeconds":300`,
			events: []string{"put 10 1", "put 10 2", "invoke 100 1,2 ok", "put 1000 3", "put 1000 4", "invoke 200000 3,4 ok"}}, nil},
		{rule.BatchInvokeSynchronous, "deleted before the outcome", breach{kind: "sqs", events: []string{"put 10 m1", "invoke 100 m1 ok 20000", "look 10000"}}, nil},
		{rule.BatchInvokeSynchronous, "deleted before the outcome", breach{kind: "sqs-fifo", events: []string{"put 10 m1 key:g", "invoke 100 m1 error 20000", "look 10000"}}, nil},
		{rule.BatchInvokeSynchronous, "before the outcome", breach{config: breachDestination, events: []string{"put 10 1", "put 10 2", "invoke 100 1 error 20000", "message 5000 1 RetryAttemptsExhausted", "invoke 20100 2 ok"}}, nil},
		{rule.BatchInvokeSynchronous, "two at once", breach{kind: "msk", profile: "2020-08-11", events: []string{"put 10 1", "put 10 2", "invoke 100 s:1 ok 900", "invoke 300 s:2 ok"}}, nil},
		{rule.MSKOneConsumerPerPartition, "two at once", breach{kind: "msk", events: []string{"put 10 1", "put 10 2", "invoke 100 s:1 ok 900", "invoke 300 s:2 ok"}}, nil},
		{rule.MSKDropOver6mb, "over 6 MB", breach{kind: "msk", events: []string{"put 10 1 size:7000000", "invoke 100 s:1 ok"}}, nil},
		{rule.MSKDropOver6mb, "never delivered", breach{kind: "msk", events: []string{"put 10 1", "invoke 100 s:1 ok", "put 1000 2 size:7000000", "put 1000 3", "end 200000"}}, nil},

		// Forms of events.
		{rule.MSKMultiPartitionBatch, "key of a partition", breach{kind: "msk", events: []string{"put 10 1", "invoke 100 s:1 ok " + ownKafkaEvent("topic", ownKafka)}}, nil},
		{rule.EventMSK, "timestampType", breach{kind: "msk", events: []string{"put 10 1", "invoke 100 s:1 ok " + ownKafkaEvent("topic-0", `{"topic":"topic","partition":0,"offset":1,"timestamp":1}`)}}, nil},
		{rule.EventMSKExtra, "headers", breach{kind: "msk", events: []string{"put 10 1", "invoke 100 s:1 ok " + ownKafkaEvent("topic-0", strings.Replace(ownKafka, `,"headers":[]`, "", 1))}}, nil},
		{rule.EventSQSFIFO, "MessageDeduplicationId", breach{kind: "sqs-fifo", events: []string{"put 10 m1 key:g", `invoke 100 m1 ok payload:{"Records":[{"eventSource":"aws:sqs","messageId":"m1",` +
			`"receiptHandle":"r","body":"","attributes":{"ApproximateReceiveCount":"1","SentTimestamp":"1","SenderId":"s","ApproximateFirstReceiveTimestamp":"1","SequenceNumber":"1","MessageGroupId":"g"},` +
			`"messageAttributes":{},"md5OfBody":"x","eventSourceARN":"source","awsRegion":"us-east-1"}]}`}}, nil},

		// Order, and how many at once.
		{rule.RetryBlocksShard, "past an unresolved batch", breach{config: `"MaximumRecordAgeInSeconds":600`, events: []string{"put 10 1", "put 10 2", "invoke 100 1 error", "invoke 300 2 ok"}}, nil},
		{rule.RetryBadRecordBlockDdb, "past an unresolved batch", breach{kind: "dynamodb", events: []string{"put 10 1", "put 10 2", "invoke 100 1 error", "invoke 300 2 ok"}}, nil},
		{rule.RetryOtherShardsUnaffected, "never delivered", breach{source: ownTwoShards, events: []string{"put 10 1", "s=s2 put 10 2", "invoke 100 1 error", "end 200000"}}, nil},
		{rule.RetryOtherShardsUnaffected, "held up by another shard", breach{source: ownTwoShards, events: []string{"s=s2 put 10 2", "s=s2 invoke 100 2 ok", "put 1000 1", "s=s2 put 1000 3",
			"invoke 1100 1 error", "invoke 90000 1 ok", "s=s2 invoke 100000 3 ok"}}, nil},
		{rule.ParallelOneByDefault, "two at once", breach{events: []string{"put 10 1", "put 10 2", "invoke 100 1 ok 900", "invoke 300 2 ok"}}, nil},
		{rule.OrderPartitionKeyParallel, "a key in two at once", breach{config: `"ParallelizationFactor":2`, events: []string{"put 10 1 key:a", "put 10 2 key:a", "invoke 100 1 ok 900", "invoke 300 2 ok"}}, nil},
		{rule.ParallelConcurrencyBound, "more than the factor", breach{source: ownTwoShards, config: `"ParallelizationFactor":2`, events: []string{"put 10 1 key:a", "put 10 2 key:b", "put 10 3 key:c",
			"invoke 100 1 ok 900", "invoke 200 2 ok 900", "invoke 300 3 ok 900"}}, nil},
		{rule.ParallelTotalBound, "more than the factor of every shard", breach{source: ownTwoShards, config: `"ParallelizationFactor":2`, events: []string{
			"put 10 1 key:a", "put 10 2 key:b", "s=s2 put 10 3 key:c", "s=s2 put 10 4 key:d", "s=s2 put 10 5 key:e",
			"invoke 100 1 ok 900", "invoke 200 2 ok 900", "s=s2 invoke 300 3 ok 900", "s=s2 invoke 400 4 ok 900", "s=s2 invoke 500 5 ok 900"}}, nil},

		// Where a mapping is in a stream.
		{rule.CheckpointPerMapping, "starts too late", breach{events: []string{fmt.Sprintf(ownOther, 0), "put 10 1", "put 10 2", "put 10 3", "invoke 100 1 ok", "u=v invoke 200 1 ok", "invoke 300 2 ok", "u=v invoke 400 3 ok"}}, nil},
		{rule.CheckpointPerMapping, "not the oldest", breach{events: []string{fmt.Sprintf(ownOther, 0), "put 10 1", "put 10 2", "invoke 100 1 ok", "u=v invoke 200 2 ok"}}, nil},
		{rule.CheckpointPerMapping, "never delivered", breach{events: []string{fmt.Sprintf(ownOther, 0), "put 10 1", "invoke 100 1 ok", "end 200000"}}, nil},
		{rule.OrderInShard, "starts too late", breach{events: []string{fmt.Sprintf(ownOther, 0), "put 10 1", "put 10 2", "put 10 3", "invoke 100 1,2,3 ok", "u=v invoke 200 1 ok", "u=v invoke 300 3 ok"}}, nil},
		{rule.CheckpointSourceNotConsumed, "not the oldest", breach{events: []string{"put 10 1", "invoke 100 1 ok", fmt.Sprintf(ownOther, 20_000), "put 20100 2", "u=v invoke 20200 2 ok"}}, nil},
		{rule.CheckpointSourceNotConsumed, "never delivered", breach{events: []string{"put 10 1", "invoke 100 1 ok", fmt.Sprintf(ownOther, 20_000), "end 200000"}}, nil},
		{rule.StartTrimHorizonMeaning, "not the oldest", breach{events: []string{"put 10 1", "put 10 2", "invoke 100 1,2 ok", fmt.Sprintf(ownOther, 20_000), "u=v invoke 20200 2 ok"}}, nil},
		{rule.StartThenNew, "never delivered", breach{events: []string{"put 10 1", "create 100", "invoke 200 1 ok", "put 20000 2", "end 200000"}}, nil},
		{rule.AtLeastOnce, "never delivered", breach{events: []string{"put 10 1", "create 100", "invoke 200 1 ok", "put 20000 2", "invoke 20100 2 ok", "put 20200 3", "end 200000"}}, nil},
		{rule.CreateStartsPolling, "never delivered", breach{config: `"BatchSize":1`, events: []string{"create 0", "put 10 1", "end 200000"}}, nil},
		{rule.CreateStartsPolling, "never delivered", breach{kind: "sqs", config: `"BatchSize":1`, events: []string{"create 0", "put 10 m1", "end 200000"}}, nil},
		{rule.AtLeastOnce, "never delivered", breach{config: `"BatchSize":2`, events: []string{"create 0", "put 10 1", "end 200000"}}, nil}, // or it waits for a second one
		{rule.AtLeastOnce, "never delivered", breach{kind: "sqs", config: `"BatchSize":2`, events: []string{"create 0", "put 10 m1", "end 200000"}}, nil},
		{rule.DeleteStopsProcessing, "delivers while stopped", breach{events: []string{"put 10 1",
			`{"event":"call","t":100,"end":100,"operation":"DeleteEventSourceMapping","status":202,"request":{"UUID":"u"},"response":{"UUID":"u"}}`, "invoke 20000 1 ok"}}, nil},

		// Retries, and what ends them.
		{rule.RetryInfiniteUntilExpiry, "given up", breach{events: []string{"put 10 1", "put 10 2", "invoke 100 1 error", "invoke 200 1 error", "invoke 300 2 ok"}}, nil},
		{rule.RetryThrottleUntilExpiry, "given up while throttled", breach{events: []string{"put 10 1", "put 10 2", "invoke 100 1 error", "throttle 300 2000", "invoke 3000 2 ok"}}, nil},
		{rule.AgeAppliesToThrottles, "older than the limit", breach{config: `"MaximumRecordAgeInSeconds":60`, events: []string{"put 10 1", "throttle 100 80000", "invoke 80100 1 ok"}}, nil},
		{rule.AgeInfiniteUntilExpiry, "discarded too young", breach{config: breachDestination, events: []string{"put 10 1", "invoke 100 1 ok", "put 200 2", "message 300 2 RecordAgeExceeded", "invoke 400 2 ok"}},
			[][2]string{{`"responseContext":{"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"},`, ""}}},
		{rule.KafkaRetryCap10, "retried too often", breach{kind: "msk", config: ownTopic, events: append([]string{"put 10 1"}, ownFailures("s:1", 12)...)}, nil},
		{rule.DestOnfailureKafkaTopic, "not reported", breach{kind: "msk", config: ownTopic, events: append(append([]string{"put 10 1", "put 10 2"}, ownFailures("s:1", 11)...), "invoke 2000 s:2 ok")}, nil},

		// Split batches.
		{rule.BisectTimeoutCounts, "retried whole", breach{config: ownBisecting, events: []string{"put 10 1", "put 10 2", "invoke 100 1,2 timeout", "invoke 300 1,2 ok"}}, nil},
		{rule.BisectOnlyFunctionErrors, "split without a function error", breach{config: ownBisecting, events: []string{"put 10 1", "put 10 2", "put 10 3", "put 10 4",
			"invoke 100 1,2,3,4 error", "invoke 200 1,2 ok", "throttle 300 60000", "invoke 61000 3 ok", "invoke 61100 4 ok"}}, nil},
		{rule.BisectRecursive, "retried whole", breach{config: ownBisecting, events: []string{"put 10 1", "put 10 2", "put 10 3", "put 10 4",
			"invoke 100 1,2,3,4 error", "invoke 200 1,2 error", "invoke 300 1,2 ok", "invoke 400 3,4 ok"}}, nil},
		{rule.BisectRecursive, "given up instead of split", breach{config: ownBisecting + `,"MaximumRetryAttempts":0`, events: []string{"put 10 1", "put 10 2", "put 10 3", "put 10 4",
			"invoke 100 1,2,3,4 error", "invoke 200 1,2 error", "invoke 300 3,4 ok"}}, nil},
		{rule.BisectRecursive, "given up instead of split", breach{config: breachDestination + "," + ownBisecting, events: []string{"put 10 1", "put 10 2", "put 10 3", "put 10 4",
			"invoke 100 1,2,3,4 error", "invoke 200 1,2 error", ownMessage, "invoke 400 3,4 ok"}}, nil},
		{rule.BisectSplitsInTwo, "retried whole", breach{config: ownBisecting, events: []string{"put 10 1", "put 10 2", "invoke 100 1,2 error", "invoke 300 1,2 ok"}}, nil},
		{rule.BisectNotCountedAsRetry, "given up instead of split", breach{config: ownBisecting + `,"MaximumRetryAttempts":1`, events: []string{"put 10 1", "put 10 2", "put 10 3", "put 10 4",
			"invoke 100 1,2,3,4 error", "invoke 200 1,2 error", "invoke 300 3,4 ok"}}, nil},
		{rule.BisectNotCountedAsRetry, "given up too early", breach{config: ownBisecting + `,"MaximumRetryAttempts":3`, events: []string{"put 10 1", "put 10 2", "put 10 3", "put 10 4",
			"invoke 100 1,2,3,4 error", "invoke 200 1,2 error", "invoke 300 1 error", "invoke 400 1 error", "invoke 500 2 ok", "invoke 600 3,4 ok"}}, nil},

		// Partial reports.
		{rule.FrtStreamLowestSequence, "the rest left out", breach{config: ownReporting, events: []string{"put 10 1", "put 10 2", "put 10 3", "invoke 100 1,2 ok report:2", "invoke 300 3 ok"}}, nil},
		{rule.FrtStreamLowestSequence, "delivered again", breach{config: ownReporting, events: []string{"put 10 1", "put 10 2", "invoke 100 1,2 ok report:2", "invoke 300 1,2 ok"}}, nil},
		{rule.FrtSQSOnlyFailed, "delivered again", breach{kind: "sqs", config: ownReporting, events: []string{"put 10 m1", "put 10 m2", "invoke 100 m1,m2 ok report:m2", "invoke 60000 m1,m2 ok"}}, nil},
		{rule.FrtSQSExceptionAll, "lost", breach{kind: "sqs", config: ownReporting, events: []string{"put 10 m1", "invoke 100 m1 error", "look 10000"}}, nil},

		// Filters.
		{rule.FilterOr, "a record left out", breach{config: ownFilters(ownYes, `{"data":{"n":[1]}}`), events: []string{"put 10 1 " + ownData(`{"keep":"yes","n":1}`),
			"put 10 2 " + ownData(`{"keep":"yes"}`), "put 10 3 " + ownData(`{"keep":"yes","n":1}`), "invoke 100 1,3 ok"}}, nil},
		{rule.FilterOr, "lost undelivered", breach{kind: "sqs", config: ownFilters(ownSQSYes, `{"body":{"n":[1]}}`), events: []string{"put 10 m1 " + ownBody(`{"keep":"yes","n":1}`),
			"put 10 m2 " + ownBody(`{"keep":"yes"}`), "invoke 100 m1 ok", "look 10000"}}, nil},
		{rule.FilterUnmatchedDiscarded, "still in the queue", breach{kind: "sqs", config: ownFilters(ownSQSYes), events: []string{"put 10 m1 " + ownBody(`{"keep":"no"}`),
			`{"event":"queue","t":200000,"source":"source","visible":["m1"]}`}}, nil},
		{rule.FilterUnmatchedDiscarded, "never delivered", breach{config: ownFilters(ownYes), events: []string{"put 10 1 " + ownData(`{"keep":"yes"}`), "invoke 100 1 ok",
			"put 200 2 " + ownData(`{"keep":"no"}`), "put 200 3 " + ownData(`{"keep":"yes"}`), "end 200000"}}, nil},
		{rule.FilterNonjsonDataDropped, "does not match", breach{config: ownFilters(ownYes), events: []string{"put 10 1 " + ownData("text"), "invoke 100 1 ok"}}, nil},
		{rule.FilterCriteriaSupported, "does not match", breach{config: ownFilters(ownYes), events: []string{"put 10 1 " + ownData(`{"keep":"no"}`), "invoke 100 1 ok"}}, nil},
		{rule.FilterCriteriaSupported, "does not match", breach{config: ownFilters(`{"data":{"keep":["yes"],"n":[1]}}`), events: []string{"put 10 1 " + ownData(`{"keep":"yes","n":2}`), "invoke 100 1 ok"}}, nil},
		{rule.FilterCriteriaSupported, "does not match", breach{kind: "sqs", config: ownFilters(ownSQSYes), events: []string{"put 10 m1 " + ownBody(`{"keep":"no"}`), "invoke 100 m1 ok"}}, nil},
		{rule.FilterStringExact, "does not match", breach{kind: "sqs", config: ownFilters(ownSQSYes), events: []string{"put 10 m1 " + ownBody(`{"keep":"YES"}`), "invoke 100 m1 ok"}}, nil},
		{rule.FilterStringExact, "does not match", breach{config: ownFilters(`{"data":{"n":[300]}}`), events: []string{"put 10 1 " + ownData(`{"n":3.0e2}`), "invoke 100 1 ok"}}, nil},
		{rule.FilterAllFieldsPresent, "does not match", breach{config: ownFilters(`{"data":{"keep":["yes"],"n":[1]}}`), events: []string{"put 10 1 " + ownData(`{"keep":"yes"}`), "invoke 100 1 ok"}}, nil},
		{rule.FilterStringExact, "does not match", breach{config: ownFilters(ownYes), events: []string{"put 10 1 " + ownData(`{"keep":"Yes"}`), "invoke 100 1 ok"}}, nil},
		{rule.FilterSQSFormatMismatch, "does not match", breach{kind: "sqs", config: ownFilters(ownSQSYes), events: []string{"put 10 m1 " + ownBody("text"), "invoke 100 m1 ok"}}, nil},
		{rule.FilterSQSFormatMismatch, "does not match", breach{kind: "sqs", config: ownFilters(`{"body":["text"]}`), events: []string{"put 10 m1 " + ownBody(`{"keep":"yes"}`), "invoke 100 m1 ok"}}, nil},

		// Queues.
		{rule.SQSFIFOOneBatchPerGroup, "a group in two batches", breach{kind: "sqs-fifo", events: []string{"put 10 m1 key:g", "put 10 m2 key:g", "invoke 100 m1 ok 900", "invoke 300 m2 ok"}}, nil},
		{rule.SQSFIFOOneBatchPerGroup, "a group in two batches", breach{kind: "sqs-fifo", events: []string{"put 10 m1 key:g", "put 10 m2 key:g", "put 10 m3 key:h", "invoke 100 m1 ok 900", "invoke 300 m2 ok"}}, nil},
		{rule.SQSFIFOConcurrencyGroups, "more batches than groups", breach{kind: "sqs-fifo", events: []string{"put 10 m1 key:g", "put 10 m2 key:g", "put 10 m3 key:h",
			"invoke 100 m1 ok 900", "invoke 200 m3 ok 900", "invoke 300 m2 ok"}}, nil},

		// Where messages arrive, and what they say.
		{rule.DestOnfailureSQS, "at another destination", breach{config: breachDestination, events: ownSent}, [][2]string{{`"arn":"arn:aws:sqs:us-east-1:000000000000:failures"`, `"arn":"arn:aws:sqs:us-east-1:000000000000:others"`}}},
		{rule.DestOnfailureSNS, "at another destination", breach{config: breachDestination, events: ownSent}, [][2]string{to(topic)}},
		{rule.DestOnfailureS3, "at another destination", breach{config: breachDestination, events: ownSent}, [][2]string{to(bucket)}},
		{rule.DestOnRetryExhaustion, "not reported", breach{config: breachDestination, events: []string{"put 10 1", "put 10 2", "invoke 100 1 error", "invoke 300 2 ok"}}, [][2]string{to(topic)}},
		{rule.DestS3IncludesPayload, "payload missing", breach{config: breachDestination, events: ownSent}, [][2]string{{"arn:aws:sqs:us-east-1:000000000000:failures", bucket}}},
		{rule.DestSNS256kb, "over 256 KB", breach{config: breachDestination, events: ownSent}, [][2]string{{"arn:aws:sqs:", "arn:aws:sns:"}, {`"version":"1.0"`, `"version":"1.0","more":"` + strings.Repeat("x", 300_000) + `"`}}},
		{rule.DestRecordJSON, "not the documented JSON", breach{config: breachDestination, events: append(slices.Clone(ownSent), "end 3000")}, [][2]string{{`"requestContext":{"requestId":"r","functionArn":"f","condition":"RetryAttemptsExhausted","approximateInvokeCount":1}`, `"requestContext":"text"`}}},
		{rule.DestRecordRequestcontextRequestid, "requestId", breach{config: breachDestination, events: ownSent}, [][2]string{{`"requestId":"r"`, `"requestId":""`}}},
		{rule.DestRecordRequestcontextFunctionarn, "functionArn", breach{config: breachDestination, events: ownSent}, [][2]string{{`"functionArn":"f"`, `"functionArn":"g"`}}},
		{rule.DestRecordRequestcontextCondition, "condition", breach{config: breachDestination, events: ownSent}, [][2]string{{`"condition":"RetryAttemptsExhausted"`, `"condition":"RetriesExhausted"`}}},
		{rule.DestRecordRequestcontextApproximateinvokecount, "invoke count", breach{config: breachDestination, events: ownSent}, [][2]string{{`"approximateInvokeCount":1`, `"approximateInvokeCount":2`}}},
		{rule.DestRecordResponsecontextStatusCode, "statusCode", breach{config: breachDestination, events: ownSent}, [][2]string{{`"statusCode":200`, `"statusCode":500`}}},
		{rule.DestRecordResponsecontextExecutedversion, "executedVersion", breach{config: breachDestination, events: ownSent}, [][2]string{{`"executedVersion":"$LATEST"`, `"executedVersion":""`}}},
		{rule.DestRecordResponsecontextFunctionerror, "functionError", breach{config: breachDestination, events: ownSent}, [][2]string{{`,"functionError":"Unhandled"`, ""}}},
		{rule.DestRecordVersion, "version", breach{config: breachDestination, events: ownSent}, [][2]string{{`"version":"1.0"`, `"version":"2.0"`}}},
		{rule.DestRecordTimestamp, "timestamp", breach{config: breachDestination, events: ownSent}, [][2]string{{`"timestamp":"1970-01-01T00:00:00.000Z"`, `"timestamp":"1970-01-01"`}}},
		{rule.DestRecordWithoutData, "carries data", breach{config: breachDestination, events: ownSent}, [][2]string{{`"version":"1.0"`, `"version":"1.0","payload":"{}"`}}},
	}
	// The members that describe the batch.
	two := func(names string) []string {
		return []string{"put 10 1", "put 10 2", "invoke 100 1,2 error", "message 300 " + names + " RetryAttemptsExhausted"}
	}
	for _, kind := range []string{"kinesis", "dynamodb"} {
		member := func(name string, events []string, edits ...[2]string) {
			list = append(list, ownBreach{rule.Find("dest-record-" + kind + "-" + name), name, breach{kind: kind, config: breachDestination, events: events}, edits})
		}
		member("shardid", ownSent, [2]string{`"shardId":"s"`, `"shardId":"t"`})
		member("startsequencenumber", two("2"), [2]string{`"batchSize":1`, `"batchSize":2`})
		member("endsequencenumber", two("1"), [2]string{`"batchSize":1`, `"batchSize":2`})
		member("approximatearrivaloffirstrecord", ownSent, [2]string{`OfFirstRecord":"1970`, `OfFirstRecord":"1971`})
		member("approximatearrivaloflastrecord", ownSent, [2]string{`OfLastRecord":"1970`, `OfLastRecord":"1971`})
		member("batchsize", ownSent, [2]string{`"batchSize":1`, `"batchSize":3`})
		member("streamarn", ownSent, [2]string{`"streamArn":"source"`, `"streamArn":"another"`})
	}
	return list
}

// LIV-3 is broken by the traces above; invariant_test.go wants one of its own notation.
func init() {
	breaches = append(breaches, breach{invariant: "LIV-3", events: []string{`put 10 1`, `invoke 100 1 ok`, `put 1000 2`, `invoke 100000 2 ok`}})
}

// TestOwnRules: a breach is reported under the rule that it breaks, and under no
// other.
func TestOwnRules(t *testing.T) {
	list := ownBreaches()
	for i := range list {
		b := &list[i]
		t.Run(b.rule.ID, func(t *testing.T) {
			found := judgeLines(t, b.lines(t))
			ok := false
			for _, v := range found {
				if v.Rule != b.rule {
					t.Errorf("%s: reported besides: %s", b.name(), &v)
				}
				ok = ok || v.Rule == b.rule && v.Class == b.class
			}
			if !ok {
				t.Errorf("%s: not reported under the rule, in a class of %q", b.name(), b.class)
				for _, v := range found {
					t.Logf("  %s", &v)
				}
			}
		})
	}
}

// ownKept are traces that come near to a breach and break nothing.
var ownKept = []breach{
	// Late, for a reason: a throttle, a failure, the beginning, a change, another partition.
	{events: []string{"put 10 1", "invoke 100 1 ok", "put 1000 2", "throttle 1000 90000", "invoke 100000 2 ok"}},
	{events: []string{"put 10 1", "put 10 2", "invoke 100 1 error", "invoke 200 1 ok", "invoke 50000 2 ok"}},
	{config: `"MaximumRetryAttempts":0`, events: []string{"put 10 1", "put 10 2", "invoke 100 1 error", "invoke 100000 2 ok"}},
	{events: []string{"put 10 1", "invoke 100000 1 ok"}},
	{events: []string{"put 10 1", "invoke 100 1 ok", "enable 1000 false", "put 2000 2", "enable 20000 true", "invoke 100000 2 ok"}},
	{config: `"MaximumBatchingWindowInSeconds":300`, events: []string{"put 10 1", "invoke 100 1 ok", "put 1000 2", "invoke 301000 2 ok"}},
	{kind: "msk", source: `"shards":[{"id":"s"},{"id":"s2"}]`, events: []string{"put 10 1", "s=s2 put 10 1", "invoke 100 s2:1 ok", "s=s2 put 110 2",
		"invoke 200 s:1 error", "invoke 90000 s:1 ok", "invoke 90100 s2:2 ok"}},
	// In the queue, for now.
	{kind: "sqs", events: []string{"put 10 m1", "invoke 100 m1 ok 20000", `{"event":"queue","t":10000,"source":"source","in_flight":["m1"]}`}},
	{kind: "sqs", config: ownFilters(ownSQSYes), events: []string{"put 10 m1 " + ownBody(`{"keep":"no"}`), `{"event":"queue","t":30000,"source":"source","visible":["m1"]}`}},
	{kind: "sqs", config: ownFilters(ownSQSYes), events: []string{"put 10 m1 " + ownBody(`{"keep":"no"}`), "look 200000"}},
	// Elsewhere, around a change; the call may stand on either side.
	{config: breachDestination, events: []string{"put 10 1", "invoke 100 1 error", ownMove(200), ownMessage}},
	{config: breachDestination, events: []string{"put 10 1", "invoke 100 1 error", strings.Replace(ownMessageElsewhere, "T", "300", 1), ownMove(300)}},
	// Two mappings, each with all records.
	{events: []string{fmt.Sprintf(ownOther, 0), "put 10 1", "put 10 2", "invoke 100 1,2 ok", "u=v invoke 200 1 ok", "u=v invoke 300 2 ok", "end 200000"}},
	{events: []string{"put 10 1", "invoke 100 1 ok", fmt.Sprintf(ownOther, 20_000), "u=v invoke 20100 1 ok", "end 200000"}},
}

// ownMessageElsewhere is a message of ownSent at another destination.
var ownMessageElsewhere = `{"event":"destination","t":T,"mapping":"u","arn":"arn:aws:sqs:us-east-1:000000000000:others","body":` +
	strings.NewReplacer("CONDITION", "RetryAttemptsExhausted", "SEQ", "1").Replace(breachMessage) + "}"

// ownMove is a call that sets that other destination.
func ownMove(t int) string {
	return fmt.Sprintf(`{"event":"call","t":%d,"end":%d,"operation":"UpdateEventSourceMapping","status":202,"request":{"UUID":"u",`+
		`"DestinationConfig":{"OnFailure":{"Destination":"arn:aws:sqs:us-east-1:000000000000:others"}}},"response":{"UUID":"u"}}`, t, t)
}

// TestOwnRulesKept: what comes near to a breach is not reported.
func TestOwnRulesKept(t *testing.T) {
	for i := range ownKept {
		b := ownBreach{rule: rule.AtLeastOnce, breach: ownKept[i]}
		for _, v := range judgeLines(t, b.lines(t)) {
			t.Errorf("%s: %s", b.events, &v)
		}
	}
}

// TestEveryRuleIsBroken: of each rule of the data plane that can be observed,
// a trace breaks it and is reported under it. A rule that none breaks is one
// that the checker cannot fail.
func TestEveryRuleIsBroken(t *testing.T) {
	broken := map[*rule.Rule]bool{}
	take := func(found []Violation) {
		for _, v := range found {
			broken[v.Rule] = true
		}
	}
	list := ownBreaches()
	for i := range list {
		take(judgeLines(t, list[i].lines(t)))
	}
	for i := range breaches {
		take(judgeLines(t, breaches[i].lines(t)))
	}
	for _, x := range readRecorded(t) {
		for _, d := range x.Changed {
			take(judgeLines(t, x.lines(t, x.change(t, d.Edits))))
		}
	}
	plays := tumblingScenarios()
	for _, b := range tumblingBreaks {
		take(tumblingFound(t, plays[b.of], b.change))
	}
	rules := 0
	for _, r := range rule.All() {
		if r.Plane != rule.Data || !r.Observable(rule.P2020) && !r.Observable(rule.Today) {
			continue
		}
		if rules++; !broken[r] {
			t.Errorf("%s is broken by no trace: %s", r, r.Says)
		}
	}
	if rules < 100 {
		t.Errorf("only %d rules of the data plane", rules)
	}
}
