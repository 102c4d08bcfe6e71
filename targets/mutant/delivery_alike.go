package mutant

import (
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Mutants that are easily taken for others: the breach shows in much the same way
// as that of another rule.

var _ = deliver(
	faulty{name: "holds-out-for-a-full-batch", fault: "delivers full batches only", breaks: rule.BatchMayBeSmaller,
		others: "where less than a batch is there, nothing is delivered at all",
		wrong:  decides(delivery.DecisionWindow, far)},
	faulty{name: "holds-out-for-a-full-batch-up-to-an-hour", fault: "keeps a batch that is not full back for an hour", breaks: rule.BatchMayBeSmaller,
		others: "where less than a batch is there, nothing is delivered in time",
		wrong:  on(delivery.DecisionWindow, func(right int) int { return max(right, 3_600_000) })},
	faulty{name: "gathers-without-a-window", fault: "gathers records for ten minutes without a batching window", breaks: rule.BatchInvokeImmediately,
		wrong: instead(delivery.DecisionWindow, 0, 600_000)},
	faulty{name: "does-not-await-the-outcome", fault: "invokes the function asynchronously", breaks: rule.BatchInvokeSynchronous,
		others: "a partition then has more than one consumer at work",
		wrong:  decides(delivery.DecisionAwait, 0)},
	faulty{name: "fires-and-forgets", fault: "invokes the function asynchronously, and takes that for a success", breaks: rule.BatchInvokeSynchronous,
		wrong:  several(decides(delivery.DecisionAwait, 0), decides(delivery.DecisionAnswer, delivery.AnswerDone)),
		others: "a batch that fails is lost"},
	faulty{name: "full-batch-waits-for-the-window", fault: "keeps a full batch back until the window is over", breaks: rule.BatchFullEndsWindow,
		wrong: decides(delivery.DecisionFull, 0)},
	faulty{name: "bisects-once", fault: "splits a failed batch, but not its halves", breaks: rule.BisectRecursive,
		others: "a half that is retried whole, or given up, breaks what holds for halves",
		wrong:  bisectOnce},
	faulty{name: "positions-shared", fault: "lets two mappings of a stream share a position", breaks: rule.CheckpointPerMapping,
		others: "each of the two mappings lacks what the other one took",
		wrong:  decides(delivery.DecisionOwnPosition, 0)},
	faulty{name: "source-consumed", fault: "takes what one mapping has processed away from those to come", breaks: rule.CheckpointSourceNotConsumed,
		wrong: decides(delivery.DecisionInherits, 1)},
	faulty{name: "unmatched-messages-kept", fault: "leaves a message in the queue that no filter lets through", breaks: rule.FilterUnmatchedDiscarded,
		wrong: decides(delivery.DecisionUnmatched, 0)},
	faulty{name: "twice-the-total", fault: "runs twice as many invocations over all shards as are allowed", breaks: rule.ParallelTotalBound,
		others: "each shard runs more than its own share as well",
		wrong:  on(delivery.DecisionLanes, func(right int) int { return 2 * right })},
	faulty{name: "rests-between-batches", fault: "rests ten minutes between two batches of a backlog", breaks: rule.PollCatchUp,
		others: "the first batch is late too",
		wrong:  several(decides(delivery.DecisionWindow, 600_000), decides(delivery.DecisionFull, 0))},
	faulty{name: "more-batches-than-groups", fault: "runs several batches of one message group at once", breaks: rule.SQSFIFOConcurrencyGroups,
		others: "a group is in two of them",
		wrong:  several(decides(delivery.DecisionBatches, 5), decides(delivery.DecisionGroupLocked, 0))},
)

// What becomes of halves and of what a report left.
var _ = deliver(
	faulty{name: "bisect-swaps-halves", fault: "delivers the second half of a split batch before the first", breaks: rule.BisectHalvesInOrder,
		others: "the first half is out of order, or lost",
		wrong:  decides(delivery.DecisionHalves, delivery.HalvesSwapped)},
	faulty{name: "bisect-drops-the-first-half", fault: "splits a failed batch and drops the first half", breaks: rule.BisectHalvesInOrder,
		others: "what follows comes before what was dropped",
		wrong:  decides(delivery.DecisionHalves, delivery.SecondHalfOnly)},
	faulty{name: "bisect-counts-splits", fault: "counts each split as a retry of the halves", breaks: rule.BisectNotCountedAsRetry,
		wrong: depth},
	faulty{name: "reports-ignored", fault: "takes a report of failed items for a success", breaks: rule.FrtStreamLowestSequence,
		wrong: decides(delivery.DecisionReports, 0)},
	faulty{name: "report-taken-for-a-failure", fault: "retries the whole batch for a report of failed items", breaks: rule.FrtStreamLowestSequence,
		others: "under bisect the report has a rule of its own, and what had succeeded is reported as lost",
		wrong:  instead(delivery.DecisionAnswer, delivery.AnswerPartial, delivery.AnswerError)},
	faulty{name: "report-at-the-highest", fault: "goes on at the highest of the reported items", breaks: rule.FrtStreamLowestSequence,
		wrong: decides(delivery.DecisionReported, far)},
	faulty{name: "report-one-past", fault: "goes on behind the lowest of the reported items", breaks: rule.FrtStreamLowestSequence,
		others: "under bisect the report has a rule of its own",
		wrong:  plus(delivery.DecisionProgress, 1)},
	faulty{name: "report-one-before", fault: "goes on one item before the lowest of the reported ones", breaks: rule.FrtStreamLowestSequence,
		others: "under bisect the report has a rule of its own",
		wrong:  plus(delivery.DecisionProgress, -1)},
	faulty{name: "report-of-the-first-taken-for-success", fault: "takes a report of the first item for a success", breaks: rule.FrtStreamLowestSequence,
		wrong: instead(delivery.DecisionAnswer, delivery.AnswerStuck, delivery.AnswerDone)},
	faulty{name: "report-under-bisect-halved", fault: "splits a batch in the middle whatever item was reported", breaks: rule.FrtBisectInterplay,
		wrong: instead(delivery.DecisionAnswer, delivery.AnswerPartial, delivery.AnswerError)},
	faulty{name: "timestamp-from-the-tip", fault: "starts with what is new with AT_TIMESTAMP", breaks: rule.StartTimestampWithAtTimestamp,
		wrong: decides(delivery.DecisionStart, far)},
	faulty{name: "child-shards-read-from-their-second-record", fault: "leaves out the first record of each child of a shard", breaks: rule.OrderInShard,
		wrong: on(delivery.DecisionChildStart, func(right int) int { return max(1, right) })},
	faulty{name: "message-on-every-failure", fault: "tells the destination after each failed attempt that the retries are exhausted", breaks: rule.RetryLimitDiscard,
		wrong: decides(delivery.DecisionTellsFailure, 1)},
)

// bisectOnce splits each batch once at the most: a new one has a size to look up.
func bisectOnce() func(delivery.Decision, int) int {
	split := false
	return func(d delivery.Decision, right int) int {
		switch {
		case d == delivery.DecisionBatchSize:
			split = false
		case d == delivery.DecisionSplit && split:
			return 0
		case d == delivery.DecisionSplit:
			split = right != 0
		}
		return right
	}
}

// Messages, by where they are to go.
var _ = func() (done struct{}) {
	for _, x := range []struct {
		name, service string
		breaks        *rule.Rule
	}{
		{"queue", ":sqs:", rule.DestOnfailureSQS}, {"topic", ":sns:", rule.DestOnfailureSNS},
		{"bucket", ":s3:", rule.DestOnfailureS3}, {"kafka-topic", "kafka:", rule.DestOnfailureKafkaTopic},
	} {
		to := func(e *trace.Event) bool { return strings.Contains(e.Source, x.service) }
		what := strings.ReplaceAll(x.name, "-", " ")
		observe(seen{name: "message-to-another-" + x.name, fault: "sends the message to another " + what, breaks: x.breaks,
			kind: trace.Destination, change: func(e *trace.Event) bool {
				if to(e) {
					e.Source = strings.Replace(e.Source, "failures", "others", 1)
				}
				return true
			}})
		if x.breaks != rule.DestOnfailureKafkaTopic { // that is a mutant already
			observe(seen{name: "message-to-a-" + x.name + "-missing", fault: "sends no message to a " + what, breaks: rule.DestOnRetryExhaustion,
				kind: trace.Destination, change: func(e *trace.Event) bool { return !to(e) }})
		}
	}
	return done
}()

var _ = observe(
	seen{name: "partitions-without-their-topic", fault: "lists the records of an event by the number of the partition alone", breaks: rule.MSKMultiPartitionBatch,
		kind: trace.Invoke, change: func(e *trace.Event) bool {
			if byPartition, ok := e.Event["records"].(map[string]any); ok {
				bare := map[string]any{}
				for name, list := range byPartition {
					bare[name[strings.LastIndexByte(name, '-')+1:]] = list
				}
				e.Event = with(e.Event, "records", bare)
			}
			return true
		}},
)

// A mapping that stops has to see what comes after its creation.
var _ = func() (done struct{}) {
	add(Mutant{Name: "stops-when-it-has-caught-up", Fault: "reads nothing that comes after what it found at its start", Breaks: []*rule.Rule{rule.StartThenNew},
		Delivery: func() delivery.Faults {
			created, new := false, false
			return delivery.Faults{
				Decide: func(d delivery.Decision, right int) int {
					if d == delivery.DecisionEnabled && new {
						return 0
					}
					return right
				},
				Event: func(e *trace.Event, emit func(*trace.Event) error) error {
					created = created || e.Kind == trace.Call
					new = new || created && e.Kind == trace.Put
					return emit(e)
				},
			}
		}})
	return done
}()

// depth makes halves go on with the counter of their batch.
func depth() func(delivery.Decision, int) int {
	counter := 0
	return func(d delivery.Decision, right int) int {
		switch d {
		case delivery.DecisionCounter:
			counter = right
		case delivery.DecisionHalfCounter:
			return counter
		}
		return right
	}
}

// Those of members that are there and wrong.
var _ = func() (done struct{}) {
	put := func(e *trace.Event, path string, v any) { e.Body = with(e.Body, path, v) }
	for _, kind := range []string{"kinesis", "dynamodb"} {
		details("message-", "sends a message", []detail{{infoBlocks[kind] + ".endSequenceNumber", rule.Find("dest-record-" + kind + "-endsequencenumber"),
			[]value{missing, null, {"another", "is of no record", "99999999"}}}}, trace.Destination, "a message about no record reports none", put)
	}
	for _, m := range []detail{
		{"kinesis.data", rule.EventKinesis, []value{{"plain", "is not in base64", "{plain text}"}, {"of-another", "is that of another record", "e30="}}},
		{"kinesis.approximateArrivalTimestamp", rule.EventKinesis, []value{{"text", "is text", "2020-08-11T00:00:00Z"}, {"of-milliseconds", "is in milliseconds", 1597104000000.0}}},
		{"kinesis.partitionKey", rule.EventKinesis, []value{{"of-another", "is that of another record", "another"}}},
		{"kinesis.sequenceNumber", rule.EventKinesis, []value{{"number", "is a number", 1.0}, {"of-another", "is that of another record", "99999999"}}},
		{"eventID", rule.EventKinesis, []value{{"without-shard", "names no shard", "1"}}},
		{"eventName", rule.EventDynamoDB, []value{{"update", "is UPDATE", "UPDATE"}}},
		{"dynamodb.NewImage", rule.EventDynamoDB, []value{missing}},
		{"dynamodb.SequenceNumber", rule.EventDynamoDB, []value{{"of-another", "is that of another record", "99999999"}}},
		{"md5OfBody", rule.EventSQS, []value{{"of-another", "is that of another body", "d41d8cd98f00b204e9800998ecf8427e"}}},
		{"messageId", rule.EventSQS, []value{{"of-another", "is that of another message", "00000000-0000-4000-8000-000000000000"}}},
		{"messageAttributes", rule.EventSQS, []value{{"list", "is a list", []any{}}}},
		{"attributes.ApproximateReceiveCount", rule.EventSQS, []value{{"zero", "is 0", "0"}, {"number", "is a number", 1.0}}},
		{"attributes.MessageGroupId", rule.EventSQSFIFO, []value{{"of-another", "is that of another group", "another"}}},
		{"key", rule.EventMSK, []value{missing}},
		{"value", rule.EventMSK, []value{missing, {"plain", "is not in base64", "{plain text}"}}},
		{"offset", rule.EventMSK, []value{{"text", "is text", "0"}, {"of-another", "is that of another record", 99999999.0}}},
		{"headers", rule.EventMSKExtra, []value{{"object", "is an object", map[string]any{}}}},
	} {
		details(m.breaks.ID+"-", "gives the function records", []detail{m}, trace.Invoke, "", func(e *trace.Event, path string, v any) {
			e.Event = eachRecord(e.Event, path, v)
		})
	}
	return done
}()

var _ = observe(
	seen{name: "dynamodb-message-as-of-kinesis", fault: "describes a batch of a DynamoDB stream in KinesisBatchInfo", breaks: rule.DestRecordDynamoDBShardid,
		kind: trace.Destination, change: func(e *trace.Event) bool {
			if info := e.Body["DDBStreamBatchInfo"]; info != nil {
				e.Body = with(with(e.Body, "KinesisBatchInfo", info), "DDBStreamBatchInfo", gone)
			}
			return true
		}},
	seen{name: "message-function-error-null", fault: "says of a function that failed that it did not", breaks: rule.DestRecordResponsecontextFunctionerror,
		kind: trace.Destination, change: func(e *trace.Event) bool { e.Body = with(e.Body, "responseContext.functionError", nil); return true }},
	seen{name: "records-of-the-event-in-reverse", fault: "puts the records into the event in reverse order", breaks: rule.OrderInShard,
		kind: trace.Invoke, change: func(e *trace.Event) bool {
			if list, ok := e.Event["Records"].([]any); ok && len(list) > 1 {
				list = slices.Clone(list)
				slices.Reverse(list)
				e.Event = with(e.Event, "Records", list)
			}
			return true
		}},
)
