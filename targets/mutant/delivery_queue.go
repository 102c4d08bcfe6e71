package mutant

import (
	"slices"

	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Queues: what is deleted, hidden, counted, and the order of message groups.

var _ = deliver(
	faulty{name: "processed-messages-kept", fault: "does not delete a message that was processed", breaks: rule.SQSDeleteOnSuccess,
		wrong: decides(delivery.DecisionDeletes, 0), others: "a message that comes again stands before later ones of its group"},
	faulty{name: "every-other-processed-batch-kept", fault: "returns every other batch to the queue that was processed", breaks: rule.SQSDeleteOnSuccess,
		wrong: second(delivery.DecisionAnswer, delivery.AnswerDone, delivery.AnswerError), others: "a message that comes again stands before later ones of its group"},
	faulty{name: "failed-messages-deleted", fault: "deletes a message that was not processed", breaks: rule.SQSErrorReturnsAll,
		wrong: decides(delivery.DecisionDeletes, 1), others: "what is lost is neither in the queue nor received again"},
	faulty{name: "timed-out-messages-deleted", fault: "deletes the messages of a batch that ran into the time-out", breaks: rule.SQSErrorReturnsAll,
		wrong: instead(delivery.DecisionAnswer, delivery.AnswerTimeout, delivery.AnswerDone)},
	faulty{name: "messages-hidden-for-a-second", fault: "hides a message for a second only", breaks: rule.SQSHiddenWhileProcessing,
		wrong: decides(delivery.DecisionVisibility, 1000)},
	faulty{name: "messages-hidden-half-as-long", fault: "hides a message for half its visibility timeout", breaks: rule.SQSHiddenWhileProcessing,
		wrong: on(delivery.DecisionVisibility, func(right int) int { return right / 2 })},
	faulty{name: "failed-messages-hidden-for-ever", fault: "never lets a failed message become visible again", breaks: rule.SQSErrorReturnsAll,
		wrong: decides(delivery.DecisionVisibility, far)},
	faulty{name: "received-once-too-often", fault: "receives a message once more than maxReceiveCount", breaks: rule.SQSDLQOnSourceQueue,
		wrong: on(delivery.DecisionMaxReceives, func(right int) int { return right + min(1, right) }), others: "a message that comes again stands before later ones of its group"},
	faulty{name: "received-once-too-seldom", fault: "moves a message to the dead-letter queue one receive too early", breaks: rule.SQSDLQOnSourceQueue,
		wrong: on(delivery.DecisionMaxReceives, func(right int) int { return right - min(1, max(0, right-1)) }), others: "what is lost is neither in the queue nor received again"},
	faulty{name: "never-dead", fault: "ignores the redrive policy of the queue", breaks: rule.SQSDLQOnSourceQueue,
		wrong: decides(delivery.DecisionMaxReceives, 0), others: "a message that comes again stands before later ones of its group"},
	faulty{name: "deleted-instead-of-dead", fault: "deletes a failed message for which a dead-letter queue is set", breaks: rule.SQSDLQOnSourceQueue,
		wrong: decides(delivery.DecisionDeletes, 1), others: "what is lost is neither in the queue nor received again"},
	faulty{name: "newest-first", fault: "delivers the messages of a group from the newest to the oldest", breaks: rule.SQSFIFOOrder,
		wrong: decides(delivery.DecisionNewestFirst, 1), others: "later messages pass a failed one too"},
	faulty{name: "a-group-in-five-batches", fault: "receives messages of a group that has a batch in flight", breaks: rule.SQSFIFOOneBatchPerGroup,
		others: "more batches are in flight than there are groups",
		wrong:  several(decides(delivery.DecisionBatches, 5), decides(delivery.DecisionGroupLocked, 0))},
	faulty{name: "a-group-goes-on-past-a-failure", fault: "delivers later messages of a group while a failed one is hidden", breaks: rule.SQSFIFOErrorRetriesFirst,
		wrong: decides(delivery.DecisionGroupFree, 1)},
	faulty{name: "queue-report-returns-all", fault: "returns the whole batch for a report of some messages", breaks: rule.FrtSQSOnlyFailed,
		wrong: on(delivery.DecisionAnswer, func(right int) int {
			if right >= delivery.AnswerStuck {
				return delivery.AnswerError
			}
			return right
		})},
	faulty{name: "queue-report-deletes-all", fault: "deletes the reported messages along with the others", breaks: rule.FrtSQSOnlyFailed,
		wrong: on(delivery.DecisionAnswer, func(right int) int {
			if right >= delivery.AnswerStuck {
				return delivery.AnswerDone
			}
			return right
		}), others: "what is lost is neither in the queue nor received again"},
	faulty{name: "queue-report-reversed", fault: "deletes the reported messages and returns the others", breaks: rule.FrtSQSOnlyFailed,
		wrong: reversed, others: "what is lost is neither in the queue nor received again"},
	faulty{name: "queue-report-ignored", fault: "ignores a report of failed messages", breaks: rule.FrtSQSOnlyFailed,
		wrong: decides(delivery.DecisionReports, 0), others: "what is lost is neither in the queue nor received again"},
	faulty{name: "exception-under-reports-deletes-all", fault: "takes an exception for an empty report", breaks: rule.FrtSQSExceptionAll,
		wrong: instead(delivery.DecisionAnswer, delivery.AnswerError, delivery.AnswerEmpty), others: "what is lost is neither in the queue nor received again"},
	faulty{name: "malformed-report-deletes-all", fault: "deletes the messages of a batch with a malformed report", breaks: rule.FrtFailureValues,
		wrong: instead(delivery.DecisionAnswer, delivery.AnswerInvalid, delivery.AnswerDone), others: "what is lost is neither in the queue nor received again"},
)

// reversed turns what happens to the messages of a partial report about.
func reversed() func(delivery.Decision, int) int {
	partial := false
	return func(d delivery.Decision, right int) int {
		switch {
		case d == delivery.DecisionAnswer:
			partial = right >= delivery.AnswerStuck
		case d == delivery.DecisionDeletes && partial:
			return 1 - right
		}
		return right
	}
}

var _ = observe(
	seen{name: "receive-count-stays-at-1", fault: "says of every message that it was received once", breaks: rule.EventSQS,
		kind: trace.Invoke, change: func(e *trace.Event) bool {
			e.Attempts = slices.Clone(e.Attempts)
			for i := range e.Attempts {
				e.Attempts[i] = 1
			}
			return true
		}},
	seen{name: "receive-count-from-0", fault: "counts the receives of a message from 0", breaks: rule.EventSQS,
		kind: trace.Invoke, change: func(e *trace.Event) bool {
			e.Attempts = slices.Clone(e.Attempts)
			for i := range e.Attempts {
				e.Attempts[i]--
			}
			return true
		}},
)
