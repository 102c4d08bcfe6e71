package mutant

import (
	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
)

// Failures: retries, age, throttles, split batches, reports.

var _ = deliver(
	faulty{name: "one-retry-too-many", fault: "tries a failed batch once more than MaximumRetryAttempts allows", breaks: rule.RetryLimitDiscard,
		wrong: on(delivery.DecisionRetries, func(right int) int { return right + min(1, max(0, right)) })},
	faulty{name: "one-retry-too-few", fault: "gives a failed batch up one retry too early", breaks: rule.RetryLimitDiscard,
		others: "giving up after one report of the first item looks like taking it for a success",
		wrong:  on(delivery.DecisionRetries, func(right int) int { return right - min(1, max(0, right)) })},
	faulty{name: "failures-forgotten", fault: "loses count of the failures of a batch after the third", breaks: rule.RetryLimitDiscard,
		wrong: forgetful},
	faulty{name: "retries-without-end", fault: "takes every MaximumRetryAttempts above 0 for no limit", breaks: rule.RetryLimitDiscard,
		wrong: on(delivery.DecisionRetries, func(right int) int { return min(0, right) - min(1, max(0, right)) })},
	faulty{name: "retries-counted-twice", fault: "counts every failure as two", breaks: rule.RetryLimitDiscard,
		others: "giving up after one report of the first item looks like taking it for a success",
		wrong:  plus(delivery.DecisionCounter, 1)},
	faulty{name: "zero-retries-without-end", fault: "takes a MaximumRetryAttempts of 0 for no limit", breaks: rule.RetryZeroAccepted,
		wrong: instead(delivery.DecisionRetries, 0, -1)},
	faulty{name: "zero-retries-once", fault: "tries a failed batch again with a MaximumRetryAttempts of 0", breaks: rule.RetryZeroAccepted,
		wrong: instead(delivery.DecisionRetries, 0, 1)},
	faulty{name: "given-up-after-3", fault: "gives a batch up after three retries without a limit", breaks: rule.RetryInfiniteUntilExpiry,
		wrong: instead(delivery.DecisionRetries, -1, 3)},
	faulty{name: "given-up-long-before-it-expires", fault: "gives a batch up at a tenth of the time that the source keeps it", breaks: rule.RetryInfiniteUntilExpiry,
		wrong: on(delivery.DecisionRetention, func(right int) int { return right / 10 })},
	faulty{name: "failed-batch-grows", fault: "adds what came in the meantime to a failed batch, and counts anew", breaks: rule.RetryFunctionErrorWholeBatch,
		wrong: decides(delivery.DecisionKeepBatch, 0), others: "a batch that is cut anew counts anew"},
	faulty{name: "failed-batch-split-without-bisect", fault: "splits a failed batch though BisectBatchOnFunctionError is off", breaks: rule.RetryFunctionErrorWholeBatch,
		wrong: decides(delivery.DecisionSplit, 1)},
	faulty{name: "stops-at-the-first-failure", fault: "stops for ever when the function fails", breaks: rule.RetryFunctionErrorWholeBatch,
		wrong: stalls},
	faulty{name: "failed-batch-loses-its-first-record", fault: "tries a failed batch again without its first record", breaks: rule.RetryFunctionErrorWholeBatch,
		wrong: several(instead(delivery.DecisionAnswer, delivery.AnswerError, delivery.AnswerPartial), decides(delivery.DecisionProgress, 1)), others: "the record that is lost had retries left"},
	faulty{name: "position-advanced-before-the-call", fault: "advances its position before it invokes the function, so that a failed batch is lost", breaks: rule.RetryLimitDiscard,
		wrong: instead(delivery.DecisionAnswer, delivery.AnswerError, delivery.AnswerDone), others: "what is lost is not reported"},
	faulty{name: "time-out-taken-for-success", fault: "takes a time-out for a success", breaks: rule.RetryLimitDiscard,
		wrong: instead(delivery.DecisionAnswer, delivery.AnswerTimeout, delivery.AnswerDone)},
	faulty{name: "a-failed-batch-holds-up-nothing", fault: "goes on past a failed batch that may be tried until it is too old", breaks: rule.RetryBlocksShard,
		wrong: instead(delivery.DecisionAnswer, delivery.AnswerError, delivery.AnswerDone), others: "a limit of retries, and none at all, have rules of their own"},
	faulty{name: "bad-kinesis-record-skipped", fault: "skips a Kinesis batch that fails with the default settings", breaks: rule.RetryBadRecordBlockKinesis,
		wrong: instead(delivery.DecisionAnswer, delivery.AnswerError, delivery.AnswerDone), others: "a DynamoDB batch is skipped as well"},
	faulty{name: "bad-dynamodb-record-skipped", fault: "skips a DynamoDB batch that fails with the default settings", breaks: rule.RetryBadRecordBlockDdb,
		wrong: instead(delivery.DecisionAnswer, delivery.AnswerError, delivery.AnswerDone), others: "a Kinesis batch is skipped as well"},
	faulty{name: "throttles-counted", fault: "counts a throttle as a failed attempt", breaks: rule.RetryThrottleNotCounted,
		wrong: decides(delivery.DecisionThrottleFails, 1)},
	faulty{name: "throttled-batch-given-up", fault: "gives up a batch that was throttled three times, without a limit", breaks: rule.RetryThrottleUntilExpiry,
		wrong: several(after(delivery.DecisionThrottleFails, is(0), delivery.DecisionRetries, 3), decides(delivery.DecisionThrottleFails, 1))},
	faulty{name: "age-ignored", fault: "ignores MaximumRecordAgeInSeconds", breaks: rule.AgeDiscard,
		wrong: decides(delivery.DecisionMaxAge, -1)},
	faulty{name: "age-doubled", fault: "discards records at twice the age", breaks: rule.AgeDiscard,
		wrong: on(delivery.DecisionMaxAge, func(right int) int { return right * 2 })},
	faulty{name: "age-halved", fault: "discards records at half the age", breaks: rule.AgeDiscard,
		wrong: on(delivery.DecisionMaxAge, func(right int) int { return right - max(0, right/2) }), others: "a batch is given up while it may be tried"},
	faulty{name: "an-aged-record-condemns-the-batch", fault: "discards the whole batch for one record that is too old", breaks: rule.AgeDiscard,
		others: "the message is about records that are too young as well",
		wrong:  decides(delivery.DecisionOnlyAged, 0)},
	faulty{name: "age-of-an-hour-by-default", fault: "discards records at an age of an hour where no age is set", breaks: rule.AgeInfiniteUntilExpiry,
		wrong: instead(delivery.DecisionMaxAge, -1, 3_600_000), others: "the oldest record is not delivered"},
	faulty{name: "age-of-throttled-records-ignored", fault: "does not look at the age of a batch that was throttled", breaks: rule.AgeAppliesToThrottles,
		wrong: ageless},
	faulty{name: "kafka-given-up-after-3", fault: "gives up a Kafka batch after three retries without a limit", breaks: rule.MSKRetryForever,
		wrong: instead(delivery.DecisionRetries, -1, 3)},
	faulty{name: "kafka-commits-before-the-call", fault: "commits the offsets of a Kafka batch before it invokes the function", breaks: rule.MSKRetryForever,
		wrong: instead(delivery.DecisionAnswer, delivery.AnswerError, delivery.AnswerDone)},
	faulty{name: "kafka-batch-grows", fault: "adds what came in the meantime to a failed Kafka batch", breaks: rule.MSKRetryForever,
		wrong: decides(delivery.DecisionKeepBatch, 0)},
	faulty{name: "kafka-retried-without-end", fault: "tries a Kafka batch for ever in spite of a destination", breaks: rule.KafkaRetryCap10,
		wrong: instead(delivery.DecisionRetries, 10, -1)},
	faulty{name: "kafka-retried-11-times", fault: "tries a Kafka batch again eleven times with a destination", breaks: rule.KafkaRetryCap10,
		wrong: instead(delivery.DecisionRetries, 10, 11)},
)

// forgetful counts no failure after the third, but twenty times only: a play with
// a limit of thousands must come to an end.
func forgetful() func(delivery.Decision, int) int {
	times := 0
	return on(delivery.DecisionCounter, func(right int) int {
		if right > 3 && times < 20 {
			times++
			return 3
		}
		return right
	})()
}

// stalls has the mapping disabled from the first failure on.
func stalls() func(delivery.Decision, int) int {
	failed := false
	return func(d delivery.Decision, right int) int {
		failed = failed || d == delivery.DecisionCounter
		if d == delivery.DecisionEnabled && failed {
			return 0
		}
		return right
	}
}

// ageless looks at no age any more once there was a throttle.
func ageless() func(delivery.Decision, int) int {
	throttled := false
	return func(d delivery.Decision, right int) int {
		switch d {
		case delivery.DecisionThrottleFails:
			throttled = true
		case delivery.DecisionMaxAge:
			if throttled {
				return -1
			}
		}
		return right
	}
}

// Split batches.
var _ = deliver(
	faulty{name: "bisect-ignored", fault: "retries a failed batch whole in spite of BisectBatchOnFunctionError", breaks: rule.BisectSplitsInTwo,
		wrong: decides(delivery.DecisionSplit, 0), others: "a batch that is not split is retried whole, or given up"},
	faulty{name: "bisect-at-a-quarter", fault: "splits a failed batch after a quarter of its records", breaks: rule.BisectSplitsInTwo,
		wrong: on(delivery.DecisionSplitAt, func(right int) int { return right / 2 })},
	faulty{name: "bisect-at-three-quarters", fault: "splits a failed batch after three quarters of its records", breaks: rule.BisectSplitsInTwo,
		wrong: on(delivery.DecisionSplitAt, func(right int) int { return right * 3 / 2 })},
	faulty{name: "bisect-drops-the-second-half", fault: "splits a failed batch and drops the second half", breaks: rule.BisectHalvesInOrder,
		wrong: decides(delivery.DecisionHalves, delivery.FirstHalfOnly)},
	faulty{name: "bisect-only-with-retries-left", fault: "gives up a batch that has no retry left instead of splitting it", breaks: rule.BisectNotCountedAsRetry,
		wrong: spentFirst, others: "without a destination a batch given up is seen by what comes instead of its half"},
	faulty{name: "bisect-of-throttled-batches", fault: "splits a batch that was throttled", breaks: rule.BisectOnlyFunctionErrors,
		wrong: decides(delivery.DecisionThrottleFails, 1), others: "a part that was throttled is split again and given up like one that failed"},
	faulty{name: "bisect-not-of-time-outs", fault: "retries a batch whole that ran into the time-out", breaks: rule.BisectTimeoutCounts,
		wrong: after(delivery.DecisionAnswer, is(delivery.AnswerTimeout), delivery.DecisionSplit, 0)},
)

// spentFirst splits no batch that has no retry left.
func spentFirst() func(delivery.Decision, int) int {
	counter, retries := 0, -1
	return func(d delivery.Decision, right int) int {
		switch d {
		case delivery.DecisionCounter:
			counter = right
		case delivery.DecisionRetries:
			retries = right
		case delivery.DecisionSplit:
			if retries >= 0 && counter > retries {
				return 0
			}
		}
		return right
	}
}

// Reports.
var _ = deliver(
	faulty{name: "reports-obeyed-unasked", fault: "obeys a report without ReportBatchItemFailures", breaks: rule.FrtOptIn,
		wrong: decides(delivery.DecisionReports, 1), others: "a message that was processed is not deleted"},
	faulty{name: "report-under-bisect-one-past", fault: "splits a batch behind the reported item", breaks: rule.FrtBisectInterplay,
		wrong: plus(delivery.DecisionProgress, 1)},
	faulty{name: "empty-report-taken-for-a-failure", fault: "takes an empty report for a failure", breaks: rule.FrtSuccessValues,
		wrong: instead(delivery.DecisionAnswer, delivery.AnswerEmpty, delivery.AnswerError), others: "a message that was processed is not deleted"},
	faulty{name: "malformed-report-taken-for-success", fault: "takes a malformed report for a success", breaks: rule.FrtFailureValues,
		wrong: instead(delivery.DecisionAnswer, delivery.AnswerInvalid, delivery.AnswerDone), others: "a message that was not processed is deleted"},
	faulty{name: "malformed-report-taken-for-progress", fault: "takes a malformed report to settle the first record", breaks: rule.FrtFailureValues,
		wrong: several(instead(delivery.DecisionAnswer, delivery.AnswerInvalid, delivery.AnswerPartial), decides(delivery.DecisionProgress, 1)), others: "a message that was not processed is deleted"},
)
