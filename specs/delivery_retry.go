package specs

import (
	"fmt"
	"time"

	"github.com/esmconform/esmconform/oracle/rule"
)

// Retries, and what ends them: their number, the age of a record, its expiry.

const (
	day  = 24 * time.Hour
	week = 7 * day
)

var _ = table(func() {
	for _, kind := range []string{"kinesis", "dynamodb"} {
		for _, n := range []int{0, 1, 3} {
			name := fmt.Sprintf("%s-retries-%d", kind, n)
			ends := []*rule.Rule{rule.RetryLimitDiscard, rule.RetryBlocksShard}
			if n == 0 {
				ends = append(ends, rule.RetryZeroAccepted)
			} else {
				ends = append(ends, rule.RetryFunctionErrorWholeBatch)
			}
			decide(name, on(kind).put(1).bad().put(6).create(batch(3), retries(n)), ends...)
			decide(name+"-alone", on(kind).bad().put(1).create(batch(1), retries(n)), ends...)
			decide(name+"-no-destination", on(kind).put(1).bad().put(1).create(batch(3), retries(n)).after(time.Minute).put(1), rule.DestDefaultNone, rule.RetryLimitDiscard)
			for _, service := range []string{"sqs", "sns", "s3"} {
				decide(name+"-to-"+service, on(kind).put(1).bad().put(6).create(batch(3), retries(n), failuresTo(service)),
					rule.DestOnRetryExhaustion, rule.DestNotOnSuccess, arrives[service])
			}
		}
		decide(kind+"-recovers", on(kind).put(1).failing(2).put(4).create(batch(3), retries(3), failuresTo("sqs")),
			rule.RetryFunctionErrorWholeBatch, rule.CheckpointOnSuccess, rule.DestNotOnSuccess)
		decide(kind+"-endless-recovers", on(kind).put(1).failing(12).put(4).create(batch(3)).until(time.Hour),
			rule.RetryInfiniteUntilExpiry, rule.RetryBlocksShard)
		decide(kind+"-endless-until-expiry",
			on(kind).retains(time.Hour).put(1).bad().create(batch(3)).after(50*time.Minute).put(1).until(time.Hour),
			rule.RetryInfiniteUntilExpiry, rule.AgeInfiniteUntilExpiry, rule.RetryBadRecordBlockKinesis, rule.RetryBadRecordBlockDdb)
		decide(kind+"-endless-until-age",
			on(kind).put(1).bad().create(batch(3), retries(-1), age(600)).after(time.Minute).put(1).until(time.Hour),
			rule.RetryInfiniteUntilExpiry, rule.AgeDiscard)
		decide(kind+"-holds-up-the-shard-until-it-recovers",
			on(kind).put(1).failing(3).put(4).create(batch(3), age(3600)).until(20*time.Minute), rule.RetryBlocksShard, rule.RetryFunctionErrorWholeBatch)
		decide(kind+"-endless-with-the-defaults",
			on(kind).bad().create().after(day-time.Hour).put(2).until(2*time.Hour),
			rule.RetryInfiniteUntilExpiry, rule.RetryBadRecordBlockKinesis, rule.RetryBadRecordBlockDdb)
		decide(kind+"-times-out", on(kind).timesOutIn(3*time.Second).put(1).slow(0).put(4).create(batch(3), retries(1)),
			rule.RetryFunctionErrorWholeBatch, rule.RetryLimitDiscard)
		decide(kind+"-grows-while-it-fails",
			on(kind).put(1).failing(3).create(batch(10), retries(5)).after(200*time.Millisecond).put(2).after(time.Second).put(2),
			rule.RetryFunctionErrorWholeBatch)
		decide(kind+"-other-shards-go-on",
			on(kind).shards(3).into(0).put(1).bad().put(3).into(1).put(7).into(2).put(7).create(batch(2), retries(-1)),
			rule.RetryOtherShardsUnaffected, rule.RetryInfiniteUntilExpiry)
		decide(kind+"-throttled-before",
			on(kind).throttled(20*time.Second).put(3).create(batch(2), retries(0)), rule.CreateStartsPolling)
		decide(kind+"-throttled-between",
			on(kind).put(1).failing(2).put(2).create(batch(2), retries(2)).after(5*time.Millisecond).throttled(5*time.Minute),
			rule.RetryThrottleNotCounted, rule.RetryThrottleUntilExpiry)
		decide(kind+"-throttled-between-with-records-behind",
			on(kind).put(1).failing(2).put(2).create(batch(2), retries(2)).after(5*time.Millisecond).throttled(5*time.Minute).after(10*time.Minute).put(2),
			rule.RetryThrottleNotCounted)
		decide(kind+"-throttled-between-without-a-limit",
			on(kind).put(1).failing(2).put(2).create(batch(2)).after(5*time.Millisecond).throttled(5*time.Minute).after(10*time.Minute).put(2),
			rule.RetryThrottleUntilExpiry)
		decide(kind+"-throttled-to-the-end-of-its-age",
			on(kind).put(1).throttled(3*time.Minute).create(batch(2), retries(1), age(60), failuresTo("sqs")).after(3*time.Minute).put(1),
			rule.AgeAppliesToThrottles, rule.DestOnAge)
	}
	decide("msk-grows-while-it-fails",
		on("msk").put(1).failing(3).create(batch(10)).after(200*time.Millisecond).put(2).after(time.Second).put(2), rule.MSKRetryForever)
	for _, n := range []int{-1, 3, 50} {
		decide(fmt.Sprintf("msk-retries-%d-then-to-a-topic", n),
			on("msk").put(1).bad().put(1).create(batch(5), retries(n), failuresTo("kafka"), Fields{"ProvisionedPollerConfig": Fields{"MinimumPollers": 1}}).
				after(time.Hour).put(3),
			rule.KafkaRetryCap10, rule.DestOnfailureKafkaTopic)
	}
	decide("kinesis-retries-10000",
		on("kinesis").retains(2*week).bad().put(1).create(batch(1), retries(10_000), failuresTo("sqs")).until(week+day),
		rule.RetryLimitDiscard, rule.DestOnRetryExhaustion)
})

// arrives is the rule that a destination of a service must work.
var arrives = map[string]*rule.Rule{"sqs": rule.DestOnfailureSQS, "sns": rule.DestOnfailureSNS, "s3": rule.DestOnfailureS3}
