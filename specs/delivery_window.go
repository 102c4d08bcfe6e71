package specs

import (
	"time"

	"github.com/esmconform/esmconform/oracle/rule"
)

// Batching windows: batches that wait for one, and batches that are full before.

var _ = table(func() {
	for _, kind := range []string{"kinesis", "dynamodb"} {
		decide(kind+"-window-waits",
			on(kind).create(batch(10), window(5)).put(1).after(6*time.Second).put(1).after(2*time.Second).put(1).after(20*time.Second).put(2),
			rule.BatchWindowWaits)
		decide(kind+"-window-full",
			on(kind).create(batch(3), window(300)).put(3).after(10*time.Second).put(3).after(7*time.Minute).put(3).until(10*time.Minute),
			rule.BatchFullEndsWindow, rule.BatchWindowWaits)
		decide(kind+"-window-longest",
			on(kind).create(batch(100), window(300)).put(1).after(time.Minute).put(1).until(20*time.Minute), rule.BatchWindowWaits)
		decide(kind+"-window-with-failures",
			on(kind).create(batch(4), window(5), retries(1)).put(1).bad().put(3).until(5*time.Minute), rule.RetryLimitDiscard)
		decide(kind+"-window-of-a-minute",
			on(kind).create(batch(10), window(60)).put(1).after(31*time.Second).put(1).after(time.Minute).put(1).until(5*time.Minute), rule.BatchWindowWaits)
		decide(kind+"-window-zero", on(kind).create(batch(100), window(0)).put(2).after(10*time.Second).put(3).after(5*time.Minute).put(1).until(10*time.Minute), rule.BatchInvokeImmediately)
	}
	decide("sqs-window", on("sqs").today().create(batch(10), window(5)).put(2).after(time.Second).put(2).until(5*time.Minute), rule.BatchAtMostBatchsize)
})
