package specs

import (
	"fmt"
	"time"

	"github.com/esmconform/esmconform/oracle/rule"
)

// Reports of failed items, and what the function may return in the place of one.

func items(ids ...any) map[string]any {
	list := []any{}
	for _, id := range ids {
		list = append(list, map[string]any{"itemIdentifier": id})
	}
	return map[string]any{"batchItemFailures": list}
}

// successes and failures are what a function may return, by what it amounts to.
var (
	successes = []any{"", map[string]any{}, items(), map[string]any{"batchItemFailures": nil}}
	failures  = []any{items(""), items(nil), map[string]any{"batchItemFailures": []any{map[string]any{"item": "1"}}}, items("no such record")}
)

var _ = table(func() {
	for _, kind := range []string{"kinesis", "dynamodb"} {
		decide(kind+"-report-last",
			on(kind).put(5).reported(0).create(batch(6), reporting, retries(3), failuresTo("sqs")).after(time.Minute).put(1), rule.FrtStreamLowestSequence)
		decide(kind+"-report-two",
			on(kind).put(1).reported(2).put(1).reported(3).put(2).create(batch(6), reporting, retries(5)), rule.FrtStreamLowestSequence)
		decide(kind+"-report-first", on(kind).reported(0).put(3).create(batch(4), reporting, retries(1)).after(time.Minute).put(1), rule.FrtStreamLowestSequence, rule.RetryLimitDiscard)
		decide(kind+"-report-and-bisect", on(kind).put(3).reported(2).put(4).create(batch(8), reporting, bisecting, retries(3)), rule.FrtBisectInterplay, rule.FrtStreamLowestSequence)
		decide(kind+"-report-of-a-half",
			on(kind).failing(1).put(1).reported(4).put(5).create(batch(8), reporting, bisecting, retries(5)), rule.FrtBisectInterplay)
		decide(kind+"-report-first-and-bisect", on(kind).reported(2).put(4).create(batch(5), reporting, bisecting, retries(3)), rule.FrtBisectInterplay, rule.BisectSplitsInTwo)
		decide(kind+"-report-without-the-setting", on(kind).today().put(2).reported(0).put(2).create(batch(5), retries(3)).after(settled).put(1), rule.FrtOptIn)
		for i, what := range successes {
			decide(fmt.Sprintf("%s-success-value-%d", kind, i), on(kind).put(1).returning(0, what).put(2).create(batch(4), reporting, retries(2)).after(settled).put(1), rule.FrtSuccessValues)
		}
		for i, what := range failures {
			decide(fmt.Sprintf("%s-failure-value-%d", kind, i), on(kind).put(1).returning(2, what).put(2).create(batch(4), reporting, retries(2)), rule.FrtFailureValues)
			decide(fmt.Sprintf("%s-failure-value-%d-spent", kind, i),
				on(kind).put(1).returning(0, what).put(2).create(batch(4), reporting, retries(1), failuresTo("sqs")), rule.FrtFailureValues, rule.DestOnRetryExhaustion)
		}
	}
	decide("kinesis-report-in-2020", on("kinesis").put(2).reported(0).put(2).create(batch(5), retries(3)).after(settled).put(1), rule.FrtOptIn)
	for _, kind := range []string{"sqs", "sqs-fifo"} {
		s := func() *scene { return on(kind).visibility(10 * time.Second).of("a") }
		decide(kind+"-report", s().put(2).reported(2).put(1).create(batch(5), reporting).after(2*time.Minute).look(), rule.FrtSQSOnlyFailed)
		decide(kind+"-report-and-exception", s().put(1).failing(1).put(1).create(batch(5), reporting).after(2*time.Minute).look(), rule.FrtSQSExceptionAll, rule.SQSErrorReturnsAll)
		decide(kind+"-report-without-the-setting", s().today().put(2).reported(0).create(batch(5)).after(2*time.Minute).look(), rule.FrtOptIn)
		for i, what := range successes {
			decide(fmt.Sprintf("%s-success-value-%d", kind, i), s().put(1).returning(0, what).create(batch(4), reporting).after(2*time.Minute).look(), rule.FrtSuccessValues)
		}
		for i, what := range failures {
			decide(fmt.Sprintf("%s-failure-value-%d", kind, i), s().put(1).returning(1, what).create(batch(4), reporting).after(2*time.Minute).look(), rule.FrtFailureValues)
		}
	}
})
