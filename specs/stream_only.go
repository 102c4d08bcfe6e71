package specs

import (
	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
)

// Options that only some sources have. A target may refuse them elsewhere or
// pass over them; it must not take them up.

var streamOptions = []struct {
	forSQS, forMSK *rule.Rule
	value          func(*Env) Fields
}{
	{rule.StreamOnlyBisectRejectedForSQS, rule.StreamOnlyBisectRejectedForMSK,
		func(*Env) Fields { return Fields{"BisectBatchOnFunctionError": true} }},
	{rule.StreamOnlyDestinationRejectedForSQS, rule.StreamOnlyDestinationRejectedForMSK,
		func(e *Env) Fields { return Fields{"DestinationConfig": onFailure(e.Destination())} }},
	{rule.StreamOnlyAgeRejectedForSQS, rule.StreamOnlyAgeRejectedForMSK,
		func(*Env) Fields { return Fields{"MaximumRecordAgeInSeconds": 120} }},
	{rule.StreamOnlyRetryRejectedForSQS, rule.StreamOnlyRetryRejectedForMSK,
		func(*Env) Fields { return Fields{"MaximumRetryAttempts": 3} }},
	{rule.StreamOnlyParallelRejectedForSQS, rule.StreamOnlyParallelRejectedForMSK,
		func(*Env) Fields { return Fields{"ParallelizationFactor": 2} }},
}

var _ = func() bool {
	for _, o := range streamOptions {
		offer := func(e *Env) {
			f := o.value(e)
			if m := e.Offers(f); m != nil {
				e.Get(m)
			}
			m := e.Create()
			e.Settle(m)
			defer e.about(false)()
			if x := e.Update(m, f); x.Status < 300 {
				e.Settle(m)
			}
		}
		Verify(o.forSQS, queues, offer)
		Verify(o.forMSK, msk, offer)
	}
	return true
}()

func allFive(e *Env) {
	m := e.Accepts(Fields{
		"BisectBatchOnFunctionError": true, "DestinationConfig": onFailure(e.Destination()),
		"MaximumRecordAgeInSeconds": 120, "MaximumRetryAttempts": 3, "ParallelizationFactor": 2,
	})
	if m != nil {
		e.Settle(m)
	}
}

var (
	_ = Verify(rule.StreamOnlyKinesisOk, kinesis, allFive)
	_ = Verify(rule.StreamOnlyDynamoDBOk, dynamodb, allFive)
	_ = Verify(rule.StreamOnlyKinesisConsumer, consumer, allFive)
)

var _ = Verify(rule.WindowStreamsOnly2020, queues, func(e *Env) {
	e.Offers(Fields{"MaximumBatchingWindowInSeconds": 2})
})

var _ = Verify(rule.TopicsMSKOnly, []control.SourceKind{control.KinesisStream, control.SQSQueue}, func(e *Env) {
	e.Offers(Fields{"Topics": []any{"topic-a"}})
})

var _ = Verify(rule.TopicsRequiredMSK, msk, func(e *Env) {
	e.Refuses(Fields{"Topics": nil})
})
