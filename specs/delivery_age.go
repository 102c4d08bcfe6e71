package specs

import (
	"time"

	"github.com/esmconform/esmconform/oracle/rule"
)

// Records that grow too old: before they are read, while they are retried, alone
// and among younger ones.

var _ = table(func() {
	for _, kind := range []string{"kinesis", "dynamodb"} {
		for _, service := range []string{"sqs", "sns", "s3"} {
			to := failuresTo(service)
			decide(kind+"-age-of-a-batch-to-"+service,
				on(kind).put(3).after(2*time.Minute).create(batch(3), age(60), to).after(time.Second).put(2),
				rule.AgeDiscard, rule.DestOnAge, arrives[service])
			decide(kind+"-age-of-a-head-to-"+service,
				on(kind).put(1).after(2*time.Minute).put(4).create(batch(10), age(60), to),
				rule.AgeDiscard, rule.DestOnAge, arrives[service])
			decide(kind+"-age-while-retried-to-"+service,
				on(kind).put(1).bad().create(batch(3), age(60), to).after(50*time.Second).put(2).until(5*time.Minute),
				rule.AgeDiscard, rule.DestOnAge, arrives[service])
			decide(kind+"-age-before-retries-to-"+service,
				on(kind).put(1).bad().create(batch(2), age(60), retries(100), to).until(10*time.Minute),
				rule.AgeDiscard, rule.DestOnAge, arrives[service])
			decide(kind+"-retries-before-age-to-"+service,
				on(kind).put(1).bad().create(batch(2), age(600), retries(2), to).until(20*time.Minute),
				rule.RetryLimitDiscard, rule.DestOnRetryExhaustion, arrives[service])
		}
		decide(kind+"-age-in-the-middle",
			on(kind).put(1).after(40*time.Second).bad().after(25*time.Second).put(2).create(batch(10), age(60), failuresTo("sqs")).until(10*time.Minute),
			rule.AgeDiscard, rule.DestOnAge)
		decide(kind+"-age-unset-keeps-all",
			on(kind).put(3).after(6*time.Hour).create(batch(2), age(-1)).after(time.Second).put(1), rule.AtLeastOnce, rule.AgeInfiniteUntilExpiry)
		decide(kind+"-age-unset-keeps-what-fails",
			on(kind).put(1).failing(1).put(1).after(6*time.Hour).create(batch(2), failuresTo("sqs")), rule.AgeInfiniteUntilExpiry)
		decide(kind+"-age-without-destination",
			on(kind).put(1).bad().create(batch(3), age(60)).after(3*time.Minute).put(1), rule.AgeDiscard)
	}
})
