package mutant

import (
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Batches: how large they are, how long they wait, which records they hold, and
// how many are in flight.

var _ = deliver(
	faulty{name: "batch-one-too-many", fault: "puts one record more than BatchSize into a batch", breaks: rule.BatchAtMostBatchsize,
		wrong: plus(delivery.DecisionBatchSize, 1)},
	faulty{name: "batch-size-ignored", fault: "delivers all that is waiting, whatever the BatchSize", breaks: rule.BatchAtMostBatchsize,
		wrong: decides(delivery.DecisionBatchSize, 10_000)},
	faulty{name: "batch-half-as-large-again", fault: "puts half as many records again as BatchSize into a batch", breaks: rule.BatchAtMostBatchsize,
		wrong: on(delivery.DecisionBatchSize, func(right int) int { return right * 3 / 2 })},
	faulty{name: "batch-size-of-before-the-update", fault: "goes on with the BatchSize of before an update", breaks: rule.BatchAtMostBatchsize,
		wrong: firstOf(delivery.DecisionBatchSize)},
	faulty{name: "window-ignored", fault: "delivers at once in spite of a batching window", breaks: rule.BatchWindowWaits,
		wrong: decides(delivery.DecisionWindow, 0)},
	faulty{name: "window-halved", fault: "ends a batching window at half its time", breaks: rule.BatchWindowWaits,
		wrong: on(delivery.DecisionWindow, func(right int) int { return right / 2 })},
	faulty{name: "window-in-milliseconds", fault: "takes the seconds of a batching window for milliseconds", breaks: rule.BatchWindowWaits,
		wrong: on(delivery.DecisionWindow, func(right int) int { return right / 1000 })},
	faulty{name: "window-ended-by-any-record", fault: "takes a batch with any record in it for a full one", breaks: rule.BatchWindowWaits,
		wrong: decides(delivery.DecisionFull, 1)},
	faulty{name: "payload-unbounded", fault: "sends events of any size", breaks: rule.BatchPayload6mb,
		wrong: decides(delivery.DecisionPayload, far)},
	faulty{name: "payload-10-mb", fault: "sends events of up to 10 MB", breaks: rule.BatchPayload6mb,
		wrong: decides(delivery.DecisionPayload, 10<<20)},
	faulty{name: "shards-mixed", fault: "reads all shards of a stream into one batch", breaks: rule.BatchSingleShard,
		wrong: decides(delivery.DecisionReaders, 1), others: "the shard in whose batch a record stands is not the one that it is missing from"},
	faulty{name: "two-batches-of-a-shard", fault: "has two batches of a shard in flight without a ParallelizationFactor", breaks: rule.ParallelOneByDefault,
		wrong: instead(delivery.DecisionLanes, 1, 2), others: "two lanes without keys in the settings also change the order of the records"},
	faulty{name: "ten-batches-of-a-shard", fault: "takes a default ParallelizationFactor of 10", breaks: rule.ParallelOneByDefault,
		wrong: instead(delivery.DecisionLanes, 1, 10), others: "ten lanes without keys in the settings also change the order of the records"},
	faulty{name: "one-batch-above-the-factor", fault: "has one batch more in flight than ParallelizationFactor allows", breaks: rule.ParallelConcurrencyBound,
		wrong: on(delivery.DecisionLanes, func(right int) int { return right + min(1, right-1) })},
	faulty{name: "factor-doubled", fault: "has twice as many batches in flight as ParallelizationFactor allows", breaks: rule.ParallelConcurrencyBound,
		wrong: on(delivery.DecisionLanes, func(right int) int { return right * (1 + min(1, right-1)) })},
	faulty{name: "keys-dealt-in-turn", fault: "deals the records of a shard to its lanes in turn, whatever their keys", breaks: rule.OrderPartitionKeyParallel,
		wrong: inTurn(delivery.DecisionLane), others: "a key that goes on in another lane passes its failed batch"},
	faulty{name: "partition-read-by-two", fault: "lets two consumers read one partition", breaks: rule.MSKOneConsumerPerPartition,
		wrong: decides(delivery.DecisionLanes, 2), others: "what one consumer delivers ahead of the other is out of order"},
	faulty{name: "a-failing-shard-stops-all", fault: "stops all shards while a batch of one of them fails", breaks: rule.RetryOtherShardsUnaffected,
		wrong: decides(delivery.DecisionApart, 0)},
	faulty{name: "kafka-record-over-6-mb-delivered", fault: "delivers a Kafka record that is too large for an event", breaks: rule.MSKDropOver6mb,
		wrong: decides(delivery.DecisionTooLarge, 0)},
	faulty{name: "kafka-drops-all", fault: "takes every Kafka record for too large", breaks: rule.AtLeastOnce,
		others: "a mapping that never delivers anything has not begun, as far as one can see",
		wrong:  decides(delivery.DecisionTooLarge, 1)},
	faulty{name: "child-shards-read-at-once", fault: "reads the children of a shard before the shard is done", breaks: rule.OrderInShard,
		wrong: decides(delivery.DecisionParents, 1)},
	faulty{name: "child-shards-read-from-their-end", fault: "reads the children of a shard from their end", breaks: rule.AtLeastOnce,
		wrong: decides(delivery.DecisionChildStart, far)},
)

// firstOf decides for ever as it was right the first time.
func firstOf(d delivery.Decision) wrong {
	return func() func(delivery.Decision, int) int {
		first := -1
		return on(d, func(right int) int {
			if first < 0 {
				first = right
			}
			return first
		})()
	}
}

// inTurn decides 0, 1, 2 and so on.
func inTurn(d delivery.Decision) wrong {
	return func() func(delivery.Decision, int) int {
		n := 0
		return on(d, func(int) int { n++; return n })()
	}
}

// What is delivered.
var _ = observe(
	seen{name: "records-in-reverse", fault: "puts the records of a batch in reverse order", breaks: rule.OrderInShard,
		kind: trace.Invoke, change: func(e *trace.Event) bool {
			e.Records = slices.Clone(e.Records)
			slices.Reverse(e.Records)
			return true
		}, others: "a batch out of order settles nothing"},
	seen{name: "records-as-text", fault: "sorts the records of a batch as text", breaks: rule.OrderInShard,
		kind: trace.Invoke, change: func(e *trace.Event) bool {
			e.Records = slices.Clone(e.Records)
			slices.SortFunc(e.Records, strings.Compare)
			return true
		}},
	seen{name: "last-record-lost", fault: "loses the last record of every batch of several", breaks: rule.OrderInShard,
		kind: trace.Invoke, change: func(e *trace.Event) bool {
			if n := len(e.Records); n > 1 {
				e.Records = e.Records[:n-1]
			}
			return true
		}, others: "the event holds what the batch lost"},
	seen{name: "middle-record-lost", fault: "loses a record in the middle of every batch of three or more", breaks: rule.OrderInShard,
		kind: trace.Invoke, change: func(e *trace.Event) bool {
			if n := len(e.Records); n > 2 {
				e.Records = slices.Delete(slices.Clone(e.Records), n/2, n/2+1)
			}
			return true
		}, others: "the event holds what the batch lost"},
	seen{name: "record-of-nobody", fault: "delivers a record that was never put", breaks: rule.AtLeastOnce,
		kind: trace.Invoke, change: func(e *trace.Event) bool {
			e.Records = slices.Clone(e.Records)
			for i := range e.Records[:min(1, len(e.Records))] {
				e.Records[i] += "99"
			}
			return true
		}, others: "the record in whose place it stands is never delivered"},
	seen{name: "nothing-delivered", fault: "never invokes the function", breaks: rule.AtLeastOnce,
		others: "a mapping that never delivers anything has not begun, as far as one can see",
		kind:   trace.Invoke, change: func(*trace.Event) bool { return false }},
	seen{name: "a-message-twice-in-a-batch", fault: "delivers a message of a queue twice in a batch", breaks: rule.BatchAtMostBatchsize,
		kind: trace.Invoke, change: func(e *trace.Event) bool {
			if n := len(e.Attempts); n > 1 {
				e.Records = slices.Clone(e.Records)
				e.Records[n-1] = e.Records[0]
			}
			return true
		}, others: "the message in whose place it stands is never delivered"},
	seen{name: "function-without-its-alias", fault: "invokes the unqualified function of a mapping to an alias", breaks: rule.FnUnqualifiedOrQualifiedInvoke,
		kind: trace.Invoke, change: func(e *trace.Event) bool { e.Function = strings.TrimSuffix(e.Function, ":live"); return true }},
	seen{name: "function-of-before-the-update", fault: "goes on with the function of before an update", breaks: rule.FnUnqualifiedOrQualifiedInvoke,
		kind: trace.Invoke, change: func(e *trace.Event) bool {
			e.Function = strings.TrimSuffix(e.Function, ":g") + map[bool]string{true: ":f"}[strings.HasSuffix(e.Function, ":g")]
			return true
		}},
	seen{name: "function-at-latest", fault: "invokes $LATEST of a mapping to an alias", breaks: rule.FnUnqualifiedOrQualifiedInvoke,
		kind: trace.Invoke, change: func(e *trace.Event) bool {
			if name, ok := strings.CutSuffix(e.Function, ":live"); ok {
				e.Function = name + ":$LATEST"
			}
			return true
		}},
)
