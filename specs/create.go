package specs

import (
	"strings"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
)

// What Create takes, and what it gives back.

func accepts(e *Env) { e.Accepts() }

var (
	_ = Verify(rule.CreateARNKinesisStream, kinesis, accepts)
	_ = Verify(rule.CreateARNKinesisConsumer, consumer, accepts)
	_ = Verify(rule.CreateARNSQSQueue, queue, accepts)
	_ = Verify(rule.SQSStandardSupported, queue, accepts)
	_ = Verify(rule.SQSFIFOSupported, fifo, accepts)
	_ = Verify(rule.CreateARNMSKCluster, msk, accepts)
	_ = Verify(rule.CreateARNMQBroker, mq, accepts)
	_ = Verify(rule.CreateARNDocumentDB, documents, accepts)
)

var _ = Verify(rule.CreateARNDynamoDBStream, dynamodb, func(e *Env) {
	table, _, _ := strings.Cut(e.Source().ARN, "/stream/")
	e.Refuses(Fields{"EventSourceArn": table})
	e.Accepts()
})

var _ = Verify(rule.CreateSupportedServices, anyKind, func(e *Env) {
	for _, arn := range []string{
		"arn:aws:s3:::bucket",
		"arn:aws:sns:us-east-1:000000000000:topic",
		"arn:aws:lambda:us-east-1:000000000000:function:f",
		"arn:aws:events:us-east-1:000000000000:event-bus/default",
	} {
		e.Refuses(Fields{"EventSourceArn": arn, "StartingPosition": nil})
	}
})

var _ = Verify(rule.CreateFunctionNameRequired, anyKind, func(e *Env) {
	e.Refuses(Fields{"FunctionName": nil})
	e.Refuses(Fields{"FunctionName": null})
})

var _ = Verify(rule.CreateEventSourceARNRequired, anyKind, func(e *Env) {
	e.Refuses(Fields{"EventSourceArn": nil})
	e.Refuses(Fields{"EventSourceArn": null})
})

var _ = Verify(rule.EventSourceARNPattern, anyKind, func(e *Env) {
	for _, arn := range []string{"", "queue", "arn:aws:sqs", "arn:aws:sqs:us-east-1:12345:queue", "arn:aws:sqs:moon:000000000000:queue"} {
		e.Refuses(Fields{"EventSourceArn": arn})
	}
	e.RefusesList(Fields{"EventSourceArn": "not an arn"})
})

// Every member that Create defines, alone with the least that maps the source,
// must be taken, and shown where the documentation says so.
var createAlone = map[control.SourceKind][]Fields{
	control.KinesisStream: {
		{"Enabled": true}, {"BatchSize": 17}, {"MaximumBatchingWindowInSeconds": 3}, {"ParallelizationFactor": 2},
		{"StartingPosition": "LATEST"}, {"MaximumRecordAgeInSeconds": 77}, {"BisectBatchOnFunctionError": true},
		{"MaximumRetryAttempts": 5},
	},
	control.DynamoDBStream: {
		{"Enabled": true}, {"BatchSize": 17}, {"MaximumBatchingWindowInSeconds": 3}, {"ParallelizationFactor": 2},
		{"StartingPosition": "LATEST"}, {"MaximumRecordAgeInSeconds": 77}, {"BisectBatchOnFunctionError": true},
		{"MaximumRetryAttempts": 5},
	},
	control.SQSQueue: {{"Enabled": true}, {"BatchSize": 3}},
}

var createAloneToday = map[control.SourceKind][]Fields{
	control.KinesisStream: {
		{"TumblingWindowInSeconds": 30}, {"FunctionResponseTypes": []any{"ReportBatchItemFailures"}},
		{"FilterCriteria": filters(`{"data":{"kind":["a"]}}`)},
	},
	control.DynamoDBStream: {
		{"TumblingWindowInSeconds": 30}, {"FunctionResponseTypes": []any{"ReportBatchItemFailures"}},
		{"FilterCriteria": filters(`{"eventName":["INSERT"]}`)},
	},
	control.SQSQueue: {
		{"MaximumBatchingWindowInSeconds": 2}, {"FunctionResponseTypes": []any{"ReportBatchItemFailures"}},
		{"FilterCriteria": filters(`{"body":{"kind":["a"]}}`)}, {"ScalingConfig": map[string]any{"MaximumConcurrency": 5}},
	},
}

var _ = Verify(rule.CreateMembers2020, common, func(e *Env) {
	e.Accepts()
	for _, f := range createAlone[e.Kind] {
		e.Accepts(f)
	}
	if e.Profile == rule.Today {
		for _, f := range createAloneToday[e.Kind] {
			e.Accepts(f)
		}
	}
})

var _ = Verify(rule.CreateEnabledFalse, common, func(e *Env) {
	m := e.Create(Fields{"Enabled": false})
	e.Settle(m)
})

var _ = Verify(rule.CreateManyFunctionsPerSource, append(streams, msk...), func(e *Env) {
	second := e.SecondFunction()
	m := e.Create()
	defer e.about(true)()
	e.createOn(m.Source, minimal(e.Kind, *m.Source, second.Name, e.run.serial()))
})

var _ = Verify(rule.CreateManySourcesPerFunction, common, func(e *Env) {
	e.Accepts()
	e.Accepts()
})

var _ = Verify(rule.CreateDuplicateConflict, common, duplicate)
var _ = Verify(rule.ErrCreateResourceconflict, anyKind, duplicate)

func duplicate(e *Env) {
	body := e.Minimal()
	m, x := e.create(body)
	if m == nil {
		e.refused(x)
	}
	e.Settle(m)
	e.RefusesAs(rule.CreateDuplicateConflict, body)
}

var _ = Verify(rule.TagsOnCreate, anyKind, func(e *Env) {
	e.Accepts(Fields{"Tags": map[string]any{"esmconform": "yes"}})
})

var _ = Verify(rule.CreateMQNoCrossAccount, mq, func(e *Env) {
	e.Refuses(Fields{"EventSourceArn": "arn:aws:mq:us-east-1:210987654321:broker:esmconform:b-0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"})
})
