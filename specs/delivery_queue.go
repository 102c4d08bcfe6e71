package specs

import (
	"time"

	"github.com/esmconform/esmconform/oracle/rule"
)

// Queues: visibility timeouts, redrive, message groups.

var _ = table(func() {
	for _, kind := range []string{"sqs", "sqs-fifo"} {
		decide(kind+"-deletes", on(kind).put(12).create(batch(5)).after(time.Minute).look(), rule.SQSDeleteOnSuccess, rule.AtLeastOnce)
		decide(kind+"-fails-once",
			on(kind).visibility(10*time.Second).of("a").put(2).failing(1).of("b").put(2).create(batch(5)).after(time.Minute).look(),
			rule.SQSErrorReturnsAll, rule.SQSHiddenWhileProcessing)
		decide(kind+"-receives", on(kind).visibility(10*time.Second).of("a").failing(2).create(batch(1)).after(time.Minute).look(), rule.EventSQS)
		decide(kind+"-times-out-once",
			on(kind).visibility(10*time.Second).timesOutIn(3*time.Second).of("a").put(1).slow(1).create(batch(5)).after(time.Minute).look(), rule.SQSErrorReturnsAll)
		decide(kind+"-redrive",
			on(kind).visibility(5*time.Second).redrive(3).of("a").put(1).bad().create(batch(1)).after(time.Minute).look(),
			rule.SQSDLQOnSourceQueue, rule.SQSErrorReturnsAll)
		decide(kind+"-redrive-at-once",
			on(kind).visibility(5*time.Second).redrive(1).of("a").bad().put(2).create(batch(1)).after(time.Minute).look(), rule.SQSDLQOnSourceQueue)
		decide(kind+"-without-redrive",
			on(kind).visibility(5*time.Second).of("a").bad().of("b").put(2).create(batch(1)).after(3*time.Minute).look(), rule.SQSErrorReturnsAll)
		decide(kind+"-throttled",
			on(kind).visibility(5*time.Second).throttled(30*time.Second).of("a").put(3).create(batch(2)).after(3*time.Minute).look(), rule.SQSDeleteOnSuccess)
		decide(kind+"-look-while-processing",
			on(kind).visibility(30*time.Second).functionTakes(10*time.Second).of("a").put(2).create(batch(2)).after(5*time.Second).look().after(time.Minute).look(),
			rule.SQSDeleteOnSuccess, rule.BatchInvokeSynchronous)
	}
	groups := []*rule.Rule{rule.SQSFIFOOrder, rule.SQSFIFOOneBatchPerGroup, rule.SQSFIFOConcurrencyGroups, rule.SQSFIFOErrorRetriesFirst}
	decide("sqs-fifo-groups",
		on("sqs-fifo").functionTakes(time.Second).of("a").put(3).of("b").put(3).of("a").put(3).of("c").put(1).create(batch(2)).after(time.Minute).look(), groups...)
	decide("sqs-fifo-a-group-fails",
		on("sqs-fifo").visibility(5*time.Second).of("a").put(1).failing(2).put(2).of("b").put(3).create(batch(2)).after(2*time.Minute).look(), groups...)
	decide("sqs-fifo-a-group-goes-to-the-dead-letter-queue",
		on("sqs-fifo").visibility(5*time.Second).redrive(2).of("a").bad().put(2).of("b").put(1).create(batch(1)).after(2*time.Minute).look(), append(groups, rule.SQSDLQOnSourceQueue)...)
	decide("sqs-two-mappings", on("sqs").put(9).create(batch(2)).createAs("other", batch(2), Fields{"FunctionName": "g"}).after(time.Minute).look(), rule.SQSDeleteOnSuccess)
})
