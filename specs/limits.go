package specs

import (
	"strings"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
)

// Ranges of numbers. Each row is a rule, the member it bounds, and the values
// at the edge: the last that must be taken and the first that must not.

type edge struct {
	rule   *rule.Rule
	kinds  []control.SourceKind
	member string
	// take and refuse give the values for a profile. Either may be nil.
	take, refuse func(p rule.Profile) []any
	// beside is what must stand beside a value that is taken.
	beside func(e *Env) Fields
	today  bool // tried in the profile of today only
}

// fixed gives the same values in every profile.
func fixed(values ...any) func(rule.Profile) []any {
	return func(rule.Profile) []any { return values }
}

// limit gives the rule's own number plus a step.
func limit(r *rule.Rule, step int) func(rule.Profile) []any {
	return func(p rule.Profile) []any { return []any{int(r.Int(p)) + step} }
}

// windowToday is a batching window where batch sizes above 10 need one.
func windowToday(e *Env) Fields {
	if e.Profile == rule.Today && e.Kind == control.SQSQueue {
		return Fields{"MaximumBatchingWindowInSeconds": 1}
	}
	return nil
}

var edges = []edge{
	{rule: rule.BatchSizeMin, kinds: every, member: "BatchSize", take: limit(rule.BatchSizeMin, 0), refuse: fixed(0, -1)},
	{rule: rule.BatchSizeModelMax, kinds: every, member: "BatchSize", refuse: limit(rule.BatchSizeModelMax, 1), beside: windowToday},
	upTo(rule.BatchSizeMaxKinesis, append(kinesis, consumer...), "BatchSize"),
	upTo(rule.BatchSizeMaxDynamoDB, dynamodb, "BatchSize"),
	upTo(rule.BatchSizeMaxMSK, msk, "BatchSize"),
	upTo(rule.BatchSizeMaxSQSFIFO, fifo, "BatchSize"),
	upTo(rule.BatchSizeMaxNewSources, []control.SourceKind{control.SelfManagedKafka, control.MQBroker, control.DocumentDBCluster}, "BatchSize"),
	{rule: rule.BatchSizeMaxSQSStandard, kinds: queue, member: "BatchSize", take: limit(rule.BatchSizeMaxSQSStandard, 0),
		refuse: limit(rule.BatchSizeMaxSQSStandard, 1), beside: windowToday},
	{rule: rule.WindowMin, kinds: streams, member: "MaximumBatchingWindowInSeconds", take: limit(rule.WindowMin, 0), refuse: limit(rule.WindowMin, -1)},
	{rule: rule.WindowMin, kinds: queue, member: "MaximumBatchingWindowInSeconds", take: limit(rule.WindowMin, 0), refuse: limit(rule.WindowMin, -1), today: true},
	upTo(rule.WindowMax, streams, "MaximumBatchingWindowInSeconds"),
	todayOnly(upTo(rule.WindowMax, []control.SourceKind{control.SQSQueue, control.MSKCluster, control.MQBroker}, "MaximumBatchingWindowInSeconds")),
	{rule: rule.WindowIntegerSeconds, kinds: streams, member: "MaximumBatchingWindowInSeconds", take: fixed(1), refuse: fixed(1.5)},
	{rule: rule.ParallelMin, kinds: streams, member: "ParallelizationFactor", take: limit(rule.ParallelMin, 0), refuse: limit(rule.ParallelMin, -1)},
	upTo(rule.ParallelMax, streams, "ParallelizationFactor"),
	{rule: rule.AgeMinPositive, kinds: streams, member: "MaximumRecordAgeInSeconds", take: limit(rule.AgeMinPositive, 0), refuse: limit(rule.AgeMinPositive, -1)},
	{rule: rule.AgeMinusOneAccepted, kinds: streams, member: "MaximumRecordAgeInSeconds", take: fixed(-1)},
	{rule: rule.Age0To59Rejected, kinds: streams, member: "MaximumRecordAgeInSeconds", refuse: fixed(0, 1, 59)},
	{rule: rule.AgeBelowMinusOneRejected, kinds: streams, member: "MaximumRecordAgeInSeconds", refuse: fixed(-2)},
	upTo(rule.AgeMax, streams, "MaximumRecordAgeInSeconds"),
	{rule: rule.RetryMinusOneAccepted, kinds: streams, member: "MaximumRetryAttempts", take: fixed(-1)},
	{rule: rule.RetryBelowMinusOneRejected, kinds: streams, member: "MaximumRetryAttempts", refuse: fixed(-2)},
	upTo(rule.RetryMax, streams, "MaximumRetryAttempts"),
	{rule: rule.TumblingRange, kinds: streams, member: "TumblingWindowInSeconds", take: fixed(0, 900), refuse: fixed(-1, 901)},
}

// upTo is a maximum: the rule's number is the last that is taken.
func upTo(r *rule.Rule, kinds []control.SourceKind, member string) edge {
	return edge{rule: r, kinds: kinds, member: member, take: limit(r, 0), refuse: limit(r, 1)}
}

func todayOnly(x edge) edge {
	x.today = true
	return x
}

func (x edge) try(e *Env) {
	var beside Fields
	if x.beside != nil {
		beside = x.beside(e)
	}
	if x.take != nil {
		for _, v := range x.take(e.Profile) {
			e.Accepts(beside, Fields{x.member: v})
		}
	}
	if x.refuse != nil {
		for _, v := range x.refuse(e.Profile) {
			e.Refuses(beside, Fields{x.member: v})
		}
	}
}

var _ = func() bool {
	for _, x := range edges {
		if x.today {
			VerifyToday(x.rule, x.kinds, x.try)
		} else {
			Verify(x.rule, x.kinds, x.try)
		}
	}
	return true
}()

var _ = Verify(rule.BatchSizeOver10NeedsWindow, queue, func(e *Env) {
	e.Refuses(Fields{"BatchSize": 11})
	e.Refuses(Fields{"BatchSize": 11, "MaximumBatchingWindowInSeconds": 0})
	e.Accepts(Fields{"BatchSize": 11, "MaximumBatchingWindowInSeconds": 1})
	m := e.Create()
	e.Settle(m)
	e.RefusesUpdate(m, Fields{"BatchSize": 11})
})

var _ = Verify(rule.WindowNotForFIFO, fifo, func(e *Env) {
	e.Refuses(Fields{"MaximumBatchingWindowInSeconds": 5})
})

// Lengths and patterns.

var _ = Verify(rule.DestinationARNMaxLength, streams, func(e *Env) {
	arn := e.Destination()
	e.Accepts(Fields{"DestinationConfig": onFailure(arn)})
	n := int(rule.DestinationARNMaxLength.Int(e.Profile))
	e.Refuses(Fields{"DestinationConfig": onFailure(arn + strings.Repeat("q", n+1-len(arn)))})
})

var _ = Verify(rule.DestinationARNMinLength, streams, func(e *Env) {
	m := e.Create(Fields{"DestinationConfig": onFailure(e.Destination())})
	e.Settle(m)
	e.AcceptsUpdate(m, Fields{"DestinationConfig": onFailure("")})
})

var _ = Verify(rule.DestinationARNPattern, streams, func(e *Env) {
	e.Refuses(Fields{"DestinationConfig": onFailure("not-an-arn")})
	e.Refuses(Fields{"DestinationConfig": onFailure("arn:aws:sqs:us-east-1:12:queue")})
})

var _ = Verify(rule.TopicsExactlyOne, kafka, func(e *Env) {
	e.Refuses(Fields{"Topics": []any{}})
	e.Refuses(Fields{"Topics": []any{"topic-a", "topic-b"}})
	e.Accepts(Fields{"Topics": []any{"topic-a"}})
})

var _ = Verify(rule.TopicMinLength, kafka, func(e *Env) {
	e.Refuses(Fields{"Topics": []any{""}})
})

var _ = Verify(rule.TopicMaxLength, kafka, func(e *Env) {
	n := int(rule.TopicMaxLength.Int(e.Profile))
	e.Accepts(Fields{"Topics": []any{strings.Repeat("t", n)}})
	e.Refuses(Fields{"Topics": []any{strings.Repeat("t", n+1)}})
})

var _ = Verify(rule.TopicPattern, kafka, func(e *Env) {
	e.Accepts(Fields{"Topics": []any{"a.b-c_d"}})
	e.Refuses(Fields{"Topics": []any{".topic"}})
	if e.Profile == rule.Today {
		e.Refuses(Fields{"Topics": []any{"my topic"}})
	}
})
