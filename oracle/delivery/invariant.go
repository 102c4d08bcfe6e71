package delivery

import (
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/rule"
)

// Invariant is one thing that must hold of every trace. Its id groups what it
// is about; the rules are those of the catalogue that a breach breaks, and the
// first of them that fits the source is the one that is reported.
type Invariant struct {
	ID    string
	Level rule.Level // Recorded: differs from what AWS was recorded doing, no document says so
	Says  string
	Rules []*rule.Rule
}

var invariants []*Invariant

func invariant(id string, level rule.Level, says string, rules ...*rule.Rule) *Invariant {
	x := &Invariant{ID: id, Level: level, Says: says, Rules: rules}
	invariants = append(invariants, x)
	return x
}

// Invariants lists every invariant that the checker enforces.
func Invariants() []*Invariant { return append([]*Invariant(nil), invariants...) }

// What is delivered.
var (
	src1 = invariant("SRC-1", rule.Must, "a delivered record was put into the source before", rule.AtLeastOnce)
	bat1 = invariant("BAT-1", rule.Must, "a batch holds between one and BatchSize records", rule.BatchAtMostBatchsize, rule.BatchMayBeSmaller)
	bat2 = invariant("BAT-2", rule.Must, "an event is at most 6 MB, unless it holds one record", rule.BatchPayload6mb)
	bat3 = invariant("BAT-3", rule.Must, "a batch holds records of one shard", rule.BatchSingleShard)
	bat4 = invariant("BAT-4", rule.Must, "with a batching window a batch that is not full waits for it", rule.BatchWindowWaits)
	ord1 = invariant("ORD-1", rule.Must, "within a batch sequence numbers rise", rule.OrderInShard, rule.OrderPartitionKeyParallel)
	gap1 = invariant("GAP-1", rule.Must, "a new batch starts at the first unsettled record",
		rule.OrderInShard, rule.OrderPartitionKeyParallel, rule.FilterCriteriaSupported, rule.FilterOr)
	gap2 = invariant("GAP-2", rule.Must, "a batch leaves out no record in its middle",
		rule.OrderInShard, rule.OrderPartitionKeyParallel, rule.FilterCriteriaSupported, rule.FilterOr)
	gap3 = invariant("GAP-3", rule.Must, "while a failed batch is unresolved, nothing later of its shard is delivered",
		rule.RetryBlocksShard, rule.OrderPartitionKeyParallel, rule.RetryBadRecordBlockKinesis, rule.RetryBadRecordBlockDdb)
	con1 = invariant("CON-1", rule.Must, "a shard, or with parallelization a key, is in one invocation at a time",
		rule.BatchInvokeSynchronous, rule.ParallelOneByDefault, rule.OrderPartitionKeyParallel, rule.MSKOneConsumerPerPartition)
	con2 = invariant("CON-2", rule.Must, "at most ParallelizationFactor invocations of a shard run at once", rule.ParallelConcurrencyBound, rule.ParallelTotalBound)
)

// Retries and what ends them.
var (
	ret1 = invariant("RET-1", rule.Must, "a batch is not invoked again after its retries are used up", rule.RetryLimitDiscard, rule.RetryZeroAccepted)
	ret2 = invariant("RET-2", rule.Must, "a failed batch is retried whole", rule.RetryFunctionErrorWholeBatch)
	ret3 = invariant("RET-3", rule.Must, "a retried batch does not grow", rule.RetryFunctionErrorWholeBatch)
	ret5 = invariant("RET-5", rule.Must, "a batch is not given up while it has retries left", rule.RetryInfiniteUntilExpiry, rule.RetryLimitDiscard, rule.AgeInfiniteUntilExpiry)
	thr1 = invariant("THR-1", rule.Must, "time spent throttled uses up no retry and loses nothing", rule.RetryThrottleNotCounted, rule.RetryThrottleUntilExpiry, rule.BisectOnlyFunctionErrors)
	age1 = invariant("AGE-1", rule.Must, "no record older than MaximumRecordAgeInSeconds is delivered", rule.AgeDiscard, rule.AgeAppliesToThrottles)
	age2 = invariant("AGE-2", rule.Must, "no record younger than that is discarded for age", rule.AgeDiscard, rule.AgeInfiniteUntilExpiry)
)

// Bisecting and partial reports.
var (
	bis1 = invariant("BIS-1", rule.Must, "with BisectBatchOnFunctionError a failed batch is split before it is retried",
		rule.BisectSplitsInTwo, rule.BisectTimeoutCounts, rule.BisectRecursive)
	bis2 = invariant("BIS-2", rule.Implied, "the second part of a split batch follows when the first is settled", rule.BisectHalvesInOrder)
	bis3 = invariant("BIS-3", rule.Must, "with bisect on only single records use up their retries", rule.BisectNotCountedAsRetry, rule.BisectRecursive)
	bis5 = invariant("BIS-5", rule.Recorded, "a batch is split in the middle", rule.BisectSplitsInTwo)
	bis6 = invariant("BIS-6", rule.Must, "without bisect a failed batch is not split", rule.RetryFunctionErrorWholeBatch, rule.FrtOptIn)
	par1 = invariant("PAR-1", rule.Must, "after a partial report delivery goes on at the lowest reported record", rule.FrtStreamLowestSequence, rule.FrtBisectInterplay)
	par2 = invariant("PAR-2", rule.Must, "a malformed report is a failure, an empty one a success, and without the setting a report means nothing",
		rule.FrtFailureValues, rule.FrtSuccessValues, rule.FrtOptIn)
)

// Destinations.
var (
	dlq1 = invariant("DLQ-1", rule.Must, "a message names records that were discarded for its condition",
		rule.DestOnRetryExhaustion, rule.DestOnAge, rule.DestNotOnSuccess)
	dlq2 = invariant("DLQ-2", rule.Must, "every discarded record is reported to the on-failure destination",
		rule.DestOnRetryExhaustion, rule.DestOnAge, rule.DestOnfailureSQS, rule.DestOnfailureSNS, rule.DestOnfailureS3, rule.DestOnfailureKafkaTopic)
	dlq3 = invariant("DLQ-3", rule.Implied, "a message describes the batch that was discarded", messageRules("dest-record-kinesis-", "dest-record-dynamodb-")...)
	dlq4 = invariant("DLQ-4", rule.Implied, "a message has the documented members", messageRules("dest-record-", "dest-s3-includes-", "dest-sns-")...)
	dlq5 = invariant("DLQ-5", rule.Implied, "a message has one of the two conditions, and a responseContext if the function answered", rule.DestRecordRequestcontextCondition)
	dlq6 = invariant("DLQ-6", rule.Recorded, "approximateInvokeCount is the number of invocations of the batch", rule.DestRecordRequestcontextApproximateinvokecount)
	dlq7 = invariant("DLQ-7", rule.Must, "no record is reported twice", rule.DestOnRetryExhaustion)
	dlq8 = invariant("DLQ-8", rule.Implied, "nothing is sent where no destination is set, and nothing for what was not discarded", rule.DestDefaultNone, rule.DestNotOnSuccess)
)

// Positions and changes of a mapping.
var (
	start1 = invariant("START-1", rule.Must, "LATEST delivers nothing that was there before", rule.StartLatestMeaning)
	start3 = invariant("START-3", rule.Must, "AT_TIMESTAMP starts with the first record of that time", rule.StartTimestampWithAtTimestamp)
	start4 = invariant("START-4", rule.Must, "TRIM_HORIZON starts with the oldest record", rule.StartTrimHorizonMeaning, rule.StartThenNew)
	ctl1   = invariant("CTL-1", rule.Must, "a mapping that is disabled or deleted delivers nothing",
		rule.DeleteStopsProcessing, rule.CheckpointResumeAfterPause, rule.CreateStartsPolling)
	res1 = invariant("RES-1", rule.Must, "after a pause nothing that was processed is delivered again", rule.CheckpointResumeAfterPause)
	res2 = invariant("RES-2", rule.Must, "after a pause delivery goes on at the first unprocessed record", rule.CheckpointResumeAfterPause)
	upd1 = invariant("UPD-1", rule.Must, "after an update the new function is invoked", rule.FnUnqualifiedOrQualifiedInvoke, rule.AtLeastOnce)
	rsh1 = invariant("RSH-1", rule.Must, "no record of a child shard before its parents are done", rule.OrderInShard)
	dup1 = invariant("DUP-1", rule.Must, "a record that was processed is not delivered again", rule.CheckpointOnSuccess, rule.CheckpointPerMapping)
	dup2 = invariant("DUP-2", rule.Must, "a discarded record is not delivered again", rule.RetryLimitDiscard)
	liv1 = invariant("LIV-1", rule.Must, "every record is in the end processed, discarded with a reason, or expired",
		rule.AtLeastOnce, rule.PollCatchUp, rule.CheckpointSourceNotConsumed, rule.RetryOtherShardsUnaffected)
	liv3 = invariant("LIV-3", rule.Must, "a batch that can be delivered is not kept waiting",
		rule.BatchInvokeImmediately, rule.BatchFullEndsWindow, rule.PollCatchUp)
	liv2 = invariant("LIV-2", rule.Must, "a failed batch with retries left is tried again", rule.RetryInfiniteUntilExpiry)
)

// Queues.
var (
	sqs1 = invariant("SQS-1", rule.Must, "a batch holds at most BatchSize messages, each once", rule.BatchAtMostBatchsize)
	sqs2 = invariant("SQS-2", rule.Must, "a message that was processed is deleted", rule.SQSDeleteOnSuccess, rule.FrtSQSOnlyFailed, rule.FrtSuccessValues, rule.FrtOptIn)
	sqs3 = invariant("SQS-3", rule.Must, "a failed message is not lost", rule.SQSErrorReturnsAll, rule.FrtSQSExceptionAll, rule.FrtFailureValues, rule.SQSRegroupOnRetry)
	sqs4 = invariant("SQS-4", rule.Must, "a failed message is not delivered again before its visibility timeout", rule.SQSHiddenWhileProcessing, rule.SQSEffectiveVisibility)
	sqs5 = invariant("SQS-5", rule.Must, "a message is delivered at most maxReceiveCount times, and is then in the dead-letter queue", rule.SQSDLQOnSourceQueue)
	sqs6 = invariant("SQS-6", rule.Implied, "ApproximateReceiveCount rises with every delivery", rule.EventSQS)
	sqs7 = invariant("SQS-7", rule.Must, "a message group is in one batch at a time, in order", rule.SQSFIFOOneBatchPerGroup, rule.SQSFIFOOrder, rule.SQSFIFOConcurrencyGroups)
	sqs8 = invariant("SQS-8", rule.Must, "while a group has a failed message, no later one of it is delivered", rule.SQSFIFOErrorRetriesFirst)
	flt1 = invariant("FLT-1", rule.Must, "only records that a filter matches are delivered",
		rule.FilterCriteriaSupported, rule.FilterOr, rule.FilterAllFieldsPresent, rule.FilterStringExact, rule.FilterNonjsonDataDropped, rule.FilterSQSFormatMismatch, rule.FilterUnmatchedDiscarded)
)

// Kafka.
var (
	kaf1 = invariant("KAF-1", rule.Must, "offsets of a partition are delivered in order without gaps", rule.AtLeastOnce, rule.MSKMultiPartitionBatch, rule.MSKDropOver6mb)
	kaf3 = invariant("KAF-3", rule.Must, "a failed batch is delivered again with the same offsets", rule.MSKRetryForever, rule.KafkaRetryCap10)
)

// Forms of events.
var evt1 = invariant("EVT-1", rule.Implied, "an event has the documented members",
	rule.EventKinesis, rule.EventDynamoDB, rule.EventSQS, rule.EventSQSFIFO, rule.EventMSK, rule.EventMSKExtra)

// Tumbling windows.
var tum1 = invariant("TUM-1", rule.Must, "a tumbling window carries its state, and ends with a final invocation",
	rule.TumblingFinalInvoke, rule.TumblingStateHandedOn, rule.TumblingStateRequired, rule.TumblingState1mb, rule.TumblingFinalFailureBlocks, rule.TumblingReshard)

// messageRules are the rules about members of messages, by how their ids begin.
func messageRules(begin ...string) (list []*rule.Rule) {
	for _, r := range rule.All() {
		if slices.ContainsFunc(begin, func(s string) bool { return strings.HasPrefix(r.ID, s) }) {
			list = append(list, r)
		}
	}
	return list
}
