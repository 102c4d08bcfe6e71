package mutant

import (
	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
)

// Positions: where a mapping starts, where it goes on, and whether it may deliver
// at all.

var _ = deliver(
	faulty{name: "latest-from-the-oldest", fault: "starts at the oldest record with LATEST", breaks: rule.StartLatestMeaning,
		wrong: decides(delivery.DecisionStart, 0)},
	faulty{name: "latest-one-record-back", fault: "starts with the last record from before with LATEST", breaks: rule.StartLatestMeaning,
		wrong: on(delivery.DecisionStart, func(right int) int { return max(0, right-1) })},
	faulty{name: "trim-horizon-from-the-tip", fault: "starts with what is new with TRIM_HORIZON", breaks: rule.StartTrimHorizonMeaning,
		wrong: decides(delivery.DecisionStart, far), others: "what was there is never delivered"},
	faulty{name: "trim-horizon-from-the-second-record", fault: "leaves out the first record with TRIM_HORIZON", breaks: rule.StartTrimHorizonMeaning,
		wrong: plus(delivery.DecisionStart, 1)},
	faulty{name: "a-new-mapping-goes-on-where-another-was", fault: "starts a new mapping at the position of one that was deleted", breaks: rule.CheckpointSourceNotConsumed,
		wrong: decides(delivery.DecisionInherits, 1)},
	faulty{name: "timestamp-from-the-oldest", fault: "starts at the oldest record with AT_TIMESTAMP", breaks: rule.StartTimestampWithAtTimestamp,
		wrong: decides(delivery.DecisionEarlier, 0)},
	faulty{name: "resume-at-the-oldest", fault: "starts again at the oldest record after a pause", breaks: rule.CheckpointResumeAfterPause,
		wrong: decides(delivery.DecisionResume, -far), others: "what was processed is delivered again"},
	faulty{name: "resume-at-the-tip", fault: "goes on with what is new after a pause", breaks: rule.CheckpointResumeAfterPause,
		wrong: decides(delivery.DecisionResume, far), others: "a failed batch is not tried again"},
	faulty{name: "resume-one-late", fault: "leaves out a record after a pause", breaks: rule.CheckpointResumeAfterPause,
		wrong: decides(delivery.DecisionResume, 1)},
	faulty{name: "resume-one-early", fault: "delivers the last record again after a pause", breaks: rule.CheckpointResumeAfterPause,
		wrong: decides(delivery.DecisionResume, -1)},
	faulty{name: "position-lost-at-an-update", fault: "starts again at the oldest record after an update", breaks: rule.CheckpointOnSuccess,
		wrong: decides(delivery.DecisionResume, -far)},
	faulty{name: "delivers-while-disabled", fault: "goes on delivering while the mapping is disabled", breaks: rule.CheckpointResumeAfterPause,
		wrong: decides(delivery.DecisionEnabled, 1)},
	faulty{name: "delivers-though-created-disabled", fault: "delivers at once though the mapping was created disabled", breaks: rule.CreateStartsPolling,
		wrong: decides(delivery.DecisionEnabled, 1)},
	faulty{name: "never-starts", fault: "never begins to read its source", breaks: rule.AtLeastOnce,
		others: "a mapping that never delivers anything has not begun, as far as one can see",
		wrong:  decides(delivery.DecisionEnabled, 0)},
	faulty{name: "delivers-though-deleted", fault: "goes on delivering after the mapping was deleted", breaks: rule.DeleteStopsProcessing,
		wrong: decides(delivery.DecisionDeleted, 0)},
	faulty{name: "delivers-every-other-batch-twice", fault: "delivers every other batch again though it was processed", breaks: rule.CheckpointOnSuccess,
		wrong: second(delivery.DecisionAnswer, delivery.AnswerDone, delivery.AnswerError)},
)
