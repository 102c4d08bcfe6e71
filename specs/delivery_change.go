package specs

import (
	"time"

	"github.com/esmconform/esmconform/oracle/rule"
)

// Mappings that are paused, changed and deleted, and shards that end.

var _ = table(func() {
	for _, kind := range []string{"kinesis", "dynamodb"} {
		decide(kind+"-pause-and-resume",
			on(kind).put(4).create(batch(2)).after(20*time.Second).pause().after(20*time.Second).put(3).after(20*time.Second).resume().after(20*time.Second).put(2),
			rule.CheckpointResumeAfterPause)
		decide(kind+"-pause-in-a-retry",
			on(kind).put(1).failing(6).put(3).create(batch(3), retries(8)).after(3*time.Second).pause().after(20*time.Second).put(1).after(20*time.Second).resume().until(10*time.Minute),
			rule.CheckpointResumeAfterPause)
		decide(kind+"-pause-in-a-split",
			on(kind).put(3).failing(9).put(4).create(batch(8), bisecting, retries(8)).after(3*time.Second).pause().after(30*time.Second).resume().until(10*time.Minute),
			rule.CheckpointResumeAfterPause)
		decide(kind+"-paused-from-the-start",
			on(kind).put(4).create(batch(2), Fields{"Enabled": false}).after(30*time.Second).resume(), rule.CreateStartsPolling)
		decide(kind+"-update-the-batch-size",
			on(kind).put(7).create(batch(5)).after(20*time.Second).update(batch(2)).after(20*time.Second).put(7), rule.BatchAtMostBatchsize, rule.CheckpointOnSuccess)
		decide(kind+"-update-the-function",
			on(kind).put(2).create(batch(5)).after(20*time.Second).update(Fields{"FunctionName": "g"}).after(20*time.Second).put(2),
			rule.FnUnqualifiedOrQualifiedInvoke)
		decide(kind+"-update-to-more-lanes",
			on(kind).functionTakes(time.Second).of("a").put(2).of("b").put(2).create(batch(1)).after(20*time.Second).update(parallel(4)).after(20*time.Second).
				of("a").put(2).of("b").put(2).of("c").put(2), rule.ParallelConcurrencyBound)
		decide(kind+"-delete",
			on(kind).put(3).create(batch(2)).after(20*time.Second).remove().after(20*time.Second).put(3), rule.DeleteStopsProcessing)
		decide(kind+"-delete-while-it-fails",
			on(kind).put(1).bad().create(batch(2)).after(20*time.Second).remove().after(20*time.Second).put(3).until(10*time.Minute), rule.DeleteStopsProcessing)
		decide(kind+"-delete-and-create-again",
			on(kind).put(3).create(batch(2)).after(20*time.Second).remove().after(20*time.Second).put(1).createAs("second", batch(2)),
			rule.StartTrimHorizonMeaning, rule.CheckpointSourceNotConsumed)
		decide(kind+"-split-a-shard",
			on(kind).shards(1).put(5).create(batch(2)).after(10*time.Second).put(2).split(0).into(1).put(3).into(2).put(3), rule.OrderInShard, rule.AtLeastOnce)
		decide(kind+"-split-a-shard-that-fails",
			on(kind).put(1).failing(4).put(4).create(batch(2)).after(time.Second).split(0).into(1).put(3).into(2).put(3).until(10*time.Minute), rule.OrderInShard, rule.RetryInfiniteUntilExpiry)
		decide(kind+"-merge-shards",
			on(kind).shards(2).into(0).put(5).into(1).put(5).create(batch(2)).after(10*time.Second).merge(0).into(2).put(3), rule.OrderInShard)
	}
	for _, kind := range []string{"sqs", "sqs-fifo"} {
		decide(kind+"-pause-and-resume",
			on(kind).of("a").put(4).create(batch(2)).after(20*time.Second).pause().after(20*time.Second).put(3).look().after(20*time.Second).resume().after(time.Minute).look(),
			rule.SQSDeleteOnSuccess)
		decide(kind+"-delete", on(kind).of("a").put(3).create(batch(2)).after(20*time.Second).remove().after(20*time.Second).put(3).after(time.Minute).look(), rule.DeleteStopsProcessing)
	}
	decide("msk-pause-and-resume",
		on("msk").put(4).create(batch(2)).after(20*time.Second).pause().after(20*time.Second).put(3).after(20*time.Second).resume().after(20*time.Second).put(2), rule.AtLeastOnce)
})
