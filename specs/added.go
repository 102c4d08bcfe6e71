package specs

import (
	"strings"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
)

// Settings that came after 2020.

func filters(patterns ...any) map[string]any {
	list := []any{}
	for _, p := range patterns {
		list = append(list, map[string]any{"Pattern": p})
	}
	return map[string]any{"Filters": list}
}

const anyFilter = `{"body":{"kind":["a"]}}`

var filtered = []control.SourceKind{control.KinesisStream, control.DynamoDBStream, control.SQSQueue}

var _ = Verify(rule.FilterCountDefault5, filtered, func(e *Env) {
	many := make([]any, 11)
	for i := range many {
		many[i] = strings.Replace(anyFilter, "kind", "kind"+string(rune('a'+i)), 1)
	}
	e.Accepts(Fields{"FilterCriteria": filters(many[:5]...)})
	e.Refuses(Fields{"FilterCriteria": filters(many...)})
})

var _ = Verify(rule.FilterPatternMax4096, filtered, func(e *Env) {
	const head, tail = `{"body":{"kind":["`, `"]}}`
	n := int(rule.FilterPatternMax4096.Int(e.Profile))
	long := head + strings.Repeat("x", n+1-len(head)-len(tail)) + tail
	e.Refuses(Fields{"FilterCriteria": filters(long)})
})

var _ = Verify(rule.FilterInvalidJSONRejected, streams, func(e *Env) {
	e.Refuses(Fields{"FilterCriteria": filters(`{"data":`)})
	m := e.Create()
	e.Settle(m)
	e.RefusesUpdate(m, Fields{"FilterCriteria": filters(`not json`)})
})

var _ = Verify(rule.FilterClearByEmpty, filtered, func(e *Env) {
	m := e.Create(Fields{"FilterCriteria": filters(anyFilter)})
	e.Settle(m)
	e.AcceptsUpdate(m, Fields{"FilterCriteria": map[string]any{}})
})

var _ = Verify(rule.FilterNotDocumentDB, documents, func(e *Env) {
	e.Refuses(Fields{"FilterCriteria": filters(anyFilter)})
})

var _ = Verify(rule.KMSKeyPattern, filtered, func(e *Env) {
	e.Refuses(Fields{"KMSKeyArn": "x"})
})

var _ = Verify(rule.FrtEnum, filtered, func(e *Env) {
	e.Accepts(Fields{"FunctionResponseTypes": []any{"ReportBatchItemFailures"}})
	e.Refuses(Fields{"FunctionResponseTypes": []any{"ReportEverything"}})
})

var _ = Verify(rule.FrtLength, filtered, func(e *Env) {
	e.Accepts(Fields{"FunctionResponseTypes": []any{}})
	e.Refuses(Fields{"FunctionResponseTypes": []any{"ReportBatchItemFailures", "ReportBatchItemFailures"}})
})

var _ = Verify(rule.MetricsConfig, []control.SourceKind{control.SQSQueue, control.KinesisStream}, func(e *Env) {
	e.Accepts(Fields{"MetricsConfig": map[string]any{"Metrics": []any{"EventCount"}}})
	e.Refuses(Fields{"MetricsConfig": map[string]any{"Metrics": []any{"Colour"}}})
	e.Refuses(Fields{"MetricsConfig": map[string]any{"Metrics": []any{"EventCount", "EventCount", "EventCount", "EventCount"}}})
})

func concurrency(n int) Fields {
	return Fields{"ScalingConfig": map[string]any{"MaximumConcurrency": n}}
}

var _ = Verify(rule.ScalingMaxConcurrencyMin, queue, func(e *Env) {
	n := int(rule.ScalingMaxConcurrencyMin.Int(e.Profile))
	e.Accepts(concurrency(n))
	e.Refuses(concurrency(n - 1))
})

var _ = Verify(rule.ScalingMaxConcurrencyMax, queue, func(e *Env) {
	n := int(rule.ScalingMaxConcurrencyMax.Int(e.Profile))
	e.Accepts(concurrency(n))
	e.Refuses(concurrency(n + 1))
})

var _ = Verify(rule.ScalingSQSOnly, kinesis, func(e *Env) { e.Offers(concurrency(5)) })

func pollers(f Fields) Fields {
	return Fields{"ProvisionedPollerConfig": map[string]any(f)}
}

var polled = append([]control.SourceKind{control.SQSQueue}, kafka...)

var _ = Verify(rule.ProvisionedMinPollers, polled, func(e *Env) {
	least := 1
	if e.Kind == control.SQSQueue {
		least = 2
	}
	e.Accepts(pollers(Fields{"MinimumPollers": least, "MaximumPollers": 200}))
	e.Accepts(pollers(Fields{"MinimumPollers": 200, "MaximumPollers": 200}))
	e.Refuses(pollers(Fields{"MinimumPollers": least - 1, "MaximumPollers": 200}))
	e.Refuses(pollers(Fields{"MinimumPollers": 201, "MaximumPollers": 201}))
})

func mostPollers(r *rule.Rule, accepted int) func(*Env) {
	return func(e *Env) {
		lo, hi := r.Range(e.Profile)
		e.Accepts(pollers(Fields{"MaximumPollers": accepted}))
		e.Accepts(pollers(Fields{"MinimumPollers": 3}))
		e.Refuses(pollers(Fields{"MaximumPollers": hi + 1}))
		e.Refuses(pollers(Fields{"MaximumPollers": lo - 1}))
	}
}

var (
	_ = Verify(rule.ProvisionedMaxPollersKafka, kafka, mostPollers(rule.ProvisionedMaxPollersKafka, 2000))
	// Two pages disagree on what lies between 2,000 and the maximum.
	_ = Verify(rule.ProvisionedMaxPollersSQS, queue, mostPollers(rule.ProvisionedMaxPollersSQS, 2000))
)

var _ = Verify(rule.ProvisionedDefaultMin, polled, func(e *Env) {
	e.Accepts(pollers(Fields{"MaximumPollers": 100}))
})

var _ = Verify(rule.ProvisionedGroupName, kafka, func(e *Env) {
	e.Accepts(pollers(Fields{"PollerGroupName": "group-" + e.run.serial() + "_A", "MaximumPollers": 5}))
	e.Refuses(pollers(Fields{"PollerGroupName": strings.Repeat("g", 129)}))
	e.Refuses(pollers(Fields{"PollerGroupName": "my group"}))
})

var _ = Verify(rule.ProvisionedGroupLimits, kafka, func(e *Env) {
	group := "esmconform-" + e.run.serial()
	e.Accepts(pollers(Fields{"PollerGroupName": group, "MaximumPollers": 2000}))
	e.Refuses(pollers(Fields{"PollerGroupName": group, "MaximumPollers": 1}))
})

var _ = Verify(rule.ProvisionedExcludesScaling, queue, func(e *Env) {
	e.Refuses(concurrency(5), pollers(Fields{"MinimumPollers": 2}))
})

var _ = Verify(rule.MQQueues, mq, func(e *Env) {
	e.Accepts(Fields{"Queues": []any{strings.Repeat("q", 1000)}})
	for _, q := range []any{[]any{"a", "b"}, []any{}, []any{""}, []any{strings.Repeat("q", 1001)}} {
		e.Refuses(Fields{"Queues": q})
	}
})

func documentDB(f Fields) Fields {
	return Fields{"DocumentDBEventSourceConfig": map[string]any(Fields{"DatabaseName": "esmconform"}.with(f))}
}

var _ = Verify(rule.DocdbDatabaseName, documents, func(e *Env) {
	e.Accepts(documentDB(Fields{"DatabaseName": strings.Repeat("d", 63)}))
	for _, name := range []string{"", strings.Repeat("d", 64), "a b", "a/b", "a.b", "a$b", `a"b`} {
		e.Refuses(documentDB(Fields{"DatabaseName": name}))
	}
})

var _ = Verify(rule.DocdbCollectionName, documents, func(e *Env) {
	e.Accepts(documentDB(Fields{"CollectionName": strings.Repeat("c", 57)}))
	for _, name := range []string{"", strings.Repeat("c", 58), "system.x"} {
		e.Refuses(documentDB(Fields{"CollectionName": name}))
	}
})

var _ = Verify(rule.DocdbFullDocument, documents, func(e *Env) {
	e.Accepts(documentDB(Fields{"FullDocument": "UpdateLookup"}))
	e.Accepts(documentDB(Fields{"FullDocument": "Default"}))
	e.Refuses(documentDB(Fields{"FullDocument": "Sometimes"}))
})
