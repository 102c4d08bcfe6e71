package rule

// Rules about metrics.
var (
	MetricIteratorAge = add(Rule{
		ID: "metric-iterator-age", Area: "metrics", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "A mapping on a stream publishes the metric IteratorAge, which tells how old the newest record of a batch is",
		Silent: "The moment of measuring: one page has the end of processing, another the hand-over to the function",
		In2020: Clause{Holds: true, Value: "IteratorAge", Cites: []Cite{{Guide2020, "with-kinesis"}, {Guide2020, "with-ddb"}, {Guide2020, "monitoring-metrics"}}, Unobservable: "metrics are not part of a trace"},
		Now:    Clause{Holds: true, Value: "IteratorAge", Cites: []Cite{{Guide2022, "monitoring-metrics"}}, Unobservable: "metrics are not part of a trace"},
	})
	MetricOffsetLag = add(Rule{
		ID: "metric-offset-lag", Area: "metrics", Plane: Data, Level: Must, Sources: From(MSK, SelfManagedKafka),
		Says:   "A Kafka mapping publishes the metric OffsetLag",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: "OffsetLag", Cites: []Cite{{Guide2022, "with-msk"}, {Guide2022, "monitoring-metrics"}}, Unobservable: "metrics are not part of a trace"},
	})
	MetricsConfig = add(Rule{
		ID: "metrics-config", Area: "metrics", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "Metrics in MetricsConfig may have three entries at most, each of them EventCount, ErrorCount or KafkaMetrics, the latter two being meant for Kafka sources",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: map[string]any{"max": 3, "enum": []string{"EventCount", "ErrorCount", "KafkaMetrics"}}, Cites: []Cite{{Smithy2026, "EventSourceMappingMetricList"}, {SDKToday, "EventSourceMappingMetricsConfig"}, {SDKHistory, "aws-sdk-go-v2 service/lambda v1.68.0 (2024-11-21)"}, {SDKHistory, "aws-sdk-go-v2 service/lambda v1.88.0 (2026-01-28)"}}},
	})
)
