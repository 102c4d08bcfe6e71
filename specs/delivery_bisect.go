package specs

import (
	"fmt"
	"time"

	"github.com/esmconform/esmconform/oracle/rule"
)

// Batches that are split: one bad record at every place of every small batch,
// then several, then what is no reason to split.

var _ = table(func() {
	for _, n := range []int{0, 1} {
		for k := 1; k <= 9; k++ {
			for bad := range k {
				rules := []*rule.Rule{rule.BisectNotCountedAsRetry}
				if k > 1 {
					rules = append(rules, rule.BisectSplitsInTwo, rule.BisectHalvesInOrder)
				}
				if k > 2 {
					rules = append(rules, rule.BisectRecursive)
				}
				decide(fmt.Sprintf("bisect-%d-bad-%d-retries-%d", k, bad, n),
					on("kinesis").put(bad).bad().put(k-bad-1).create(batch(k), bisecting, retries(n)).after(time.Minute).put(1), rules...)
			}
		}
	}
})

var _ = table(func() {
	for _, kind := range []string{"kinesis", "dynamodb"} {
		decide(kind+"-bisect-two-bad",
			on(kind).bad().put(2).bad().create(batch(4), bisecting, retries(0), failuresTo("sqs")),
			rule.BisectSplitsInTwo, rule.BisectRecursive, rule.DestOnRetryExhaustion)
		decide(kind+"-bisect-all-bad",
			on(kind).bad().bad().bad().bad().bad().create(batch(5), bisecting, retries(1), failuresTo("sqs")).after(time.Minute).put(1),
			rule.BisectSplitsInTwo, rule.BisectRecursive, rule.DestOnRetryExhaustion)
		decide(kind+"-bisect-recovers",
			on(kind).put(3).failing(2).put(3).create(batch(7), bisecting, retries(3)),
			rule.BisectSplitsInTwo, rule.BisectHalvesInOrder)
		decide(kind+"-bisect-timeout",
			on(kind).timesOutIn(3*time.Second).put(2).slow(0).put(2).create(batch(5), bisecting, retries(1)),
			rule.BisectSplitsInTwo, rule.BisectTimeoutCounts)
		decide(kind+"-bisect-large",
			on(kind).put(611).bad().put(388).create(batch(1000), bisecting, retries(0), failuresTo("sqs")),
			rule.BisectSplitsInTwo, rule.BisectRecursive)
		decide(kind+"-bisect-off",
			on(kind).put(2).bad().put(2).create(batch(5), retries(2)), rule.RetryFunctionErrorWholeBatch)
		decide(kind+"-bisect-throttled",
			on(kind).put(1).failing(2).create(batch(2), bisecting, retries(1)).after(600*time.Millisecond).throttled(30*time.Second),
			rule.BisectOnlyFunctionErrors)
		decide(kind+"-bisect-throttled-in-a-half",
			on(kind).failing(2).put(3).create(batch(4), bisecting, retries(9)).after(5*time.Millisecond).throttled(30*time.Second),
			rule.BisectOnlyFunctionErrors, rule.BisectSplitsInTwo)
		decide(kind+"-bisect-without-retries-to-sqs",
			on(kind).put(2).bad().put(1).create(batch(4), bisecting, retries(0), failuresTo("sqs")).after(time.Minute).put(1), rule.BisectNotCountedAsRetry)
		decide(kind+"-bisect-with-retries-left",
			on(kind).put(2).bad().put(5).create(batch(8), bisecting, retries(3), failuresTo("sqs")).after(time.Minute).put(1), rule.BisectNotCountedAsRetry)
		decide(kind+"-bisect-with-backlog",
			on(kind).put(1).bad().put(9).create(batch(4), bisecting, retries(1)), rule.BisectSplitsInTwo)
		decide(kind+"-bisect-with-lanes",
			on(kind).of("a").put(2).bad().of("b").put(3).of("c").put(3).create(batch(5), bisecting, retries(1), parallel(3)),
			rule.BisectSplitsInTwo)
		decide(kind+"-bisect-until-age",
			on(kind).put(1).bad().put(2).create(batch(4), bisecting, age(60), failuresTo("sqs")).until(10*time.Minute),
			rule.BisectSplitsInTwo, rule.AgeDiscard)
	}
})
