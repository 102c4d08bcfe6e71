package specs

import (
	"fmt"
	"time"

	"github.com/esmconform/esmconform/oracle/rule"
)

// Batches of every kind of source, their order, and how many at once.

// eventOf is the rule of the form of an event.
var eventOf = map[string]*rule.Rule{"kinesis": rule.EventKinesis, "kinesis-consumer": rule.EventKinesis, "dynamodb": rule.EventDynamoDB,
	"sqs": rule.EventSQS, "sqs-fifo": rule.EventSQSFIFO, "msk": rule.EventMSK}

var playable = []string{"kinesis", "kinesis-consumer", "dynamodb", "sqs", "sqs-fifo", "msk"}

var _ = table(func() {
	for _, kind := range playable {
		all := []*rule.Rule{rule.BatchAtMostBatchsize, rule.BatchMayBeSmaller, rule.CreateStartsPolling, rule.AtLeastOnce,
			rule.FnUnqualifiedOrQualifiedInvoke, eventOf[kind]}
		stream := []*rule.Rule{rule.BatchSingleShard, rule.OrderInShard, rule.BatchInvokeImmediately,
			rule.ParallelOneByDefault, rule.PollCatchUp, rule.CheckpointOnSuccess}
		if kind != "sqs" && kind != "sqs-fifo" && kind != "msk" {
			all = append(all, stream...)
		}
		decide(kind+"-batches", on(kind).put(7).create(batch(3)).after(10*time.Second).put(5), all...)
		decide(kind+"-one-by-one", on(kind).put(5).create(batch(1)), rule.BatchAtMostBatchsize)
		decide(kind+"-default-batch-size", on(kind).put(30).create(), rule.BatchAtMostBatchsize)
		decide(kind+"-trickle", on(kind).create(batch(10)).put(1).after(3*time.Second).put(1).after(3*time.Second).put(2), rule.BatchMayBeSmaller)
		decide(kind+"-of-an-alias", on(kind).put(2).create(Fields{"FunctionName": "f:live"}), rule.FnUnqualifiedOrQualifiedInvoke)
	}
	decide("msk-event-of-today", on("msk").today().put(3).create(batch(2)), rule.EventMSKExtra, rule.EventMSK)

	for _, kind := range []string{"kinesis", "dynamodb"} {
		decide(kind+"-shards", on(kind).shards(3).into(0).put(5).into(1).put(5).into(2).put(5).create(batch(4)),
			rule.BatchSingleShard, rule.OrderInShard)
		decide(kind+"-slow-function", on(kind).functionTakes(5*time.Second).put(3).create(batch(1)).after(time.Second).put(4),
			rule.ParallelOneByDefault, rule.OrderInShard)
		decide(kind+"-backlog", on(kind).put(12).create(batch(2)).until(15*time.Minute), rule.PollCatchUp)
		decide(kind+"-payload", on(kind).bytes(900_000).put(14).create(batch(100)).after(5*time.Second).bytes(200).put(3), rule.BatchPayload6mb)
		decide(kind+"-two-mappings",
			on(kind).put(6).create(batch(2)).createAs("other", batch(3), Fields{"FunctionName": "g"}).after(5*time.Second).put(3),
			rule.CheckpointPerMapping)
		decide(kind+"-a-mapping-that-comes-later",
			on(kind).put(6).create(batch(2)).after(20*time.Second).createAs("other", batch(4), Fields{"FunctionName": "g"}).after(10*time.Second).put(2),
			rule.CheckpointSourceNotConsumed)
		decide(kind+"-a-mapping-beside-one-that-fails",
			on(kind).put(1).failing(9).put(4).create(batch(2)).createAs("other", batch(3), Fields{"FunctionName": "g"}).until(10*time.Minute),
			rule.CheckpointPerMapping)
		for p := 1; p <= 10; p++ {
			rules := []*rule.Rule{rule.OrderPartitionKeyParallel, rule.ParallelConcurrencyBound}
			if p == 1 {
				rules = []*rule.Rule{rule.ParallelOneByDefault, rule.OrderInShard}
			}
			s := on(kind).functionTakes(300 * time.Millisecond)
			for i := range 24 {
				s.of(string(rune('a' + i%12))).put(2)
			}
			decide(fmt.Sprintf("%s-parallel-%d", kind, p), s.create(batch(3), parallel(p)), rules...)
		}
		decide(kind+"-parallel-with-a-bad-key",
			on(kind).of("a").put(1).bad().put(1).of("b").put(3).of("c").put(3).of("a").put(2).create(batch(2), parallel(4), retries(2)),
			rule.OrderPartitionKeyParallel, rule.ParallelConcurrencyBound)
		blocked := on(kind).of("bad").bad()
		for i := range 40 {
			blocked.of(fmt.Sprint("key-", i)).put(1)
		}
		decide(kind+"-parallel-beside-a-blocked-key", blocked.create(batch(1), parallel(10)).until(10*time.Minute), rule.ParallelDistinctKeysConcurrent)
		decide(kind+"-parallel-of-two-shards",
			on(kind).shards(2).functionTakes(time.Second).into(0).of("a").put(3).of("b").put(3).into(1).of("c").put(3).of("d").put(3).create(batch(1), parallel(2)),
			rule.ParallelTotalBound)
		decide(kind+"-parallel-with-one-key", on(kind).of("a").put(6).create(batch(2), parallel(5)), rule.OrderPartitionKeyParallel)
	}
	decide("msk-partitions", on("msk").shards(3).into(0).put(5).into(1).put(5).into(2).put(5).create(batch(4)), rule.MSKMultiPartitionBatch, rule.MSKOneConsumerPerPartition)
	decide("msk-slow-function", on("msk").functionTakes(5*time.Second).put(3).create(batch(1)).after(time.Second).put(2),
		rule.BatchInvokeSynchronous, rule.MSKOneConsumerPerPartition)
	decide("msk-backlog", on("msk").put(12).create(batch(2)).until(15*time.Minute), rule.PollCatchUp)
	decide("msk-over-6mb", on("msk").put(2).bytes(7<<20).put(1).bytes(0).put(2).create(batch(2)), rule.MSKDropOver6mb)
	decide("msk-fails-and-recovers", on("msk").put(1).failing(5).put(3).create(batch(2)).until(10*time.Minute), rule.MSKRetryForever)
	decide("msk-fails-until-expiry", on("msk").retains(30*time.Minute).put(1).bad().put(3).create(batch(2)).until(40*time.Minute), rule.MSKRetryForever)
})

// What was put is known, so an event can be held against it.
var _ = table(func() {
	const one = "eyJvbmUiOjF9" // {"one":1}
	decide("kinesis-event-of-a-known-record", on("kinesis").record(1, map[string]any{"kinesis": map[string]any{"data": one}}, nil).create(), rule.EventKinesis)
	decide("msk-event-of-a-known-record", on("msk").record(1, map[string]any{"value": one}, nil).create(), rule.EventMSK)
})

// How long what can be delivered is kept waiting shows in long scenarios only.
var _ = table(func() {
	for _, kind := range []string{"kinesis", "dynamodb"} {
		decide(kind+"-left-over", on(kind).put(7).create(batch(3)).until(10*time.Minute), rule.BatchMayBeSmaller)
		decide(kind+"-a-record-now-and-then",
			on(kind).create(batch(100)).put(2).after(30*time.Minute).put(1).after(30*time.Minute).put(1).until(30*time.Minute), rule.BatchInvokeImmediately)
		decide(kind+"-long-backlog", on(kind).put(9).create(batch(2)).until(2*time.Hour), rule.PollCatchUp)
		decide(kind+"-every-lane-busy",
			on(kind).shards(2).functionTakes(5*time.Second).create(batch(1), parallel(2)).after(settled).into(0).put(24).into(1).put(24).until(10*time.Minute), rule.ParallelTotalBound)
	}
})
