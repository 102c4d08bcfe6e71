package generators

import (
	"strings"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
)

const (
	anyFilter = `{"body":{"kind":["a"]}}`
	secretARN = "arn:aws:secretsmanager:us-east-1:000000000000:secret:esmconform-AbCdEf"
	topicName = "esmconform.topic-1_a"
)

func filterCriteria(patterns ...string) fields {
	list := []any{}
	for _, p := range patterns {
		list = append(list, map[string]any{"Pattern": p})
	}
	return fields{"FilterCriteria": map[string]any{"Filters": list}}
}

// manyFilters are n filters, no two alike.
func manyFilters(n int) fields {
	var list []string
	for i := range n {
		list = append(list, strings.Replace(anyFilter, "kind", "kind"+string(rune('a'+i)), 1))
	}
	return filterCriteria(list...)
}

func longFilter(n int) fields {
	const head, tail = `{"body":{"kind":["`, `"]}}`
	return filterCriteria(head + strings.Repeat("x", n-len(head)-len(tail)) + tail)
}

func responses(types ...any) fields {
	return fields{"FunctionResponseTypes": append([]any{}, types...)}
}

func metrics(names ...any) fields {
	return fields{"MetricsConfig": map[string]any{"Metrics": append([]any{}, names...)}}
}

func concurrency(n int64) fields {
	return fields{"ScalingConfig": map[string]any{"MaximumConcurrency": n}}
}

func pollers(config map[string]any) fields { return fields{"ProvisionedPollerConfig": config} }

func documentDB(config map[string]any) fields {
	all := map[string]any{"DatabaseName": "esmconform"}
	for name, v := range config {
		all[name] = v
	}
	return fields{"DocumentDBEventSourceConfig": all}
}

// addedRows are the settings that came after 2020.
var addedRows = rows(
	[]row{
		{commonKinds, rule.Today, takes(filterCriteria(anyFilter), rule.FilterCountDefault5, rule.CreateMembers2020, rule.UpdateMembers)},
		{commonKinds, rule.Today, takes(manyFilters(5), rule.FilterCountDefault5)},
		{commonKinds, rule.Today, refuses(manyFilters(11), rule.FilterCountDefault5)},
		{commonKinds, rule.Today, refuses(longFilter(int(rule.FilterPatternMax4096.Int(rule.Today))+1), rule.FilterPatternMax4096)},
		{streamsOnly, rule.Today, refuses(filterCriteria(`{"data":`), rule.FilterInvalidJSONRejected)},
		{streamsOnly, rule.Today, refuses(filterCriteria("not json"), rule.FilterInvalidJSONRejected)},
		{commonKinds, rule.Today, takes(fields{"FilterCriteria": map[string]any{}}, rule.FilterClearByEmpty)},
		{documentDBs, rule.Today, refuses(filterCriteria(anyFilter), rule.FilterNotDocumentDB)},
		{commonKinds, rule.Today, refuses(fields{"KMSKeyArn": "x"}, rule.KMSKeyPattern)},
		{commonKinds, rule.Today, takes(responses("ReportBatchItemFailures"), rule.FrtEnum, rule.CreateMembers2020, rule.UpdateMembers)},
		{commonKinds, rule.Today, takes(responses(), rule.FrtLength)},
		{commonKinds, rule.Today, refuses(responses("ReportEverything"), rule.FrtEnum)},
		{commonKinds, rule.Today, refuses(responses("ReportBatchItemFailures", "ReportBatchItemFailures"), rule.FrtLength)},
		{[]control.SourceKind{control.KinesisStream, control.SQSQueue}, rule.Today, takes(metrics("EventCount"), rule.MetricsConfig)},
		{[]control.SourceKind{control.KinesisStream, control.SQSQueue}, rule.Today, refuses(metrics("Colour"), rule.MetricsConfig)},
		{[]control.SourceKind{control.KinesisStream, control.SQSQueue}, rule.Today, refuses(metrics("EventCount", "EventCount", "EventCount", "EventCount"), rule.MetricsConfig)},
		{nil, rule.Today, takes(fields{"Tags": map[string]any{"esmconform": "yes"}}, rule.TagsOnCreate)},
		{streamsOnly, rule.Today, takes(fields{"TumblingWindowInSeconds": 30}, rule.CreateMembers2020, rule.UpdateMembers)},
		{queueOnly, rule.Today, takes(fields{"MaximumBatchingWindowInSeconds": 2}, rule.CreateMembers2020, rule.UpdateMembers)},
		{queueOnly, rule.Today, takesAlone(concurrency(5), rule.CreateMembers2020, rule.UpdateMembers)},
		{queueOnly, rule.Today, takesAlone(concurrency(rule.ScalingMaxConcurrencyMin.Int(rule.Today)), rule.ScalingMaxConcurrencyMin)},
		{queueOnly, rule.Today, takesAlone(concurrency(rule.ScalingMaxConcurrencyMax.Int(rule.Today)), rule.ScalingMaxConcurrencyMax)},
		{queueOnly, rule.Today, refuses(concurrency(rule.ScalingMaxConcurrencyMin.Int(rule.Today)-1), rule.ScalingMaxConcurrencyMin)},
		{queueOnly, rule.Today, refuses(concurrency(rule.ScalingMaxConcurrencyMax.Int(rule.Today)+1), rule.ScalingMaxConcurrencyMax)},
		{queueOnly, rule.Today, refuses(fields{"ScalingConfig": map[string]any{"MaximumConcurrency": 5}, "ProvisionedPollerConfig": map[string]any{"MinimumPollers": 2}}, rule.ProvisionedExcludesScaling)},
		{polled, rule.Today, takesAlone(pollers(map[string]any{"MinimumPollers": 200, "MaximumPollers": 200}), rule.ProvisionedMinPollers)},
		{polled, rule.Today, refuses(pollers(map[string]any{"MinimumPollers": 201, "MaximumPollers": 201}), rule.ProvisionedMinPollers)},
		{polled, rule.Today, takesAlone(pollers(map[string]any{"MaximumPollers": 100}), rule.ProvisionedDefaultMin)},
		{polled, rule.Today, takesAlone(pollers(map[string]any{"MaximumPollers": 2000}), rule.ProvisionedMaxPollersKafka, rule.ProvisionedMaxPollersSQS)},
		{polled, rule.Today, takesAlone(pollers(map[string]any{"MinimumPollers": 3}), rule.ProvisionedMaxPollersKafka, rule.ProvisionedMaxPollersSQS)},
		{documentDBs, rule.Today, takes(documentDB(map[string]any{"DatabaseName": strings.Repeat("d", 63)}), rule.DocdbDatabaseName)},
		{documentDBs, rule.Today, takes(documentDB(map[string]any{"CollectionName": strings.Repeat("c", 57)}), rule.DocdbCollectionName)},
		{documentDBs, rule.Today, takes(documentDB(map[string]any{"FullDocument": "UpdateLookup"}), rule.DocdbFullDocument)},
		{documentDBs, rule.Today, takes(documentDB(map[string]any{"FullDocument": "Default"}), rule.DocdbFullDocument)},
		{documentDBs, rule.Today, refuses(documentDB(map[string]any{"FullDocument": "Sometimes"}), rule.DocdbFullDocument)},
		{brokers, rule.Today, takes(fields{"Queues": []any{strings.Repeat("q", 1000)}}, rule.MQQueues)},
	},
	pollerEnds(queueOnly, 2, rule.ProvisionedMaxPollersSQS),
	pollerEnds(kafkas, 1, rule.ProvisionedMaxPollersKafka),
	each(documentDBs, rule.Today, []string{"", strings.Repeat("d", 64), "a b", "a/b", "a.b", "a$b", `a"b`}, func(s string) setting {
		return refuses(documentDB(map[string]any{"DatabaseName": s}), rule.DocdbDatabaseName)
	}),
	each(documentDBs, rule.Today, []string{"", strings.Repeat("c", 58), "system.x"}, func(s string) setting {
		return refuses(documentDB(map[string]any{"CollectionName": s}), rule.DocdbCollectionName)
	}),
	each(brokers, rule.Today, [][]any{{"a", "b"}, {}, {""}, {strings.Repeat("q", 1001)}}, func(q []any) setting {
		return refuses(fields{"Queues": q}, rule.MQQueues)
	}),
)

// pollerEnds are the ends of what pollers may be, for a family with its own minimum.
func pollerEnds(kinds []control.SourceKind, least int64, most *rule.Rule) []row {
	lo, hi := most.Range(rule.Today)
	return []row{
		{kinds, rule.Today, takesAlone(pollers(map[string]any{"MinimumPollers": least, "MaximumPollers": 200}), rule.ProvisionedMinPollers)},
		{kinds, rule.Today, refuses(pollers(map[string]any{"MinimumPollers": least - 1, "MaximumPollers": 200}), rule.ProvisionedMinPollers)},
		{kinds, rule.Today, refuses(pollers(map[string]any{"MaximumPollers": hi + 1}), most)},
		{kinds, rule.Today, refuses(pollers(map[string]any{"MaximumPollers": lo - 1}), most)},
	}
}
