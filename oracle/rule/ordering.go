package rule

// Rules about ordering.
var (
	RetryBlocksShard = add(Rule{
		ID: "retry-blocks-shard", Area: "ordering", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "While a batch of a shard is failing and still to be retried, records that come after it in that shard must wait",
		Silent: "With a ParallelizationFactor above 1, whether all of the shard waits or only the records that share the failing batch's keys",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "invocation-eventsourcemapping.md"}, {Guide2020, "invocation-retries.md"}, {Guide2020, "with-kinesis.md"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "invocation-eventsourcemapping.md"}}},
	})
	RetryOtherShardsUnaffected = add(Rule{
		ID: "retry-other-shards-unaffected", Area: "ordering", Plane: Data, Level: Implied, Sources: From(Kinesis, DynamoDB),
		Says:   "A failing batch must not hold up the other shards of its stream",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "invocation-retries.md"}, {Guide2020, "with-kinesis.md"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "invocation-retries.md"}}},
	})
	OrderInShard = add(Rule{
		ID: "order-in-shard", Area: "ordering", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "The records of a shard must come to the function in the order of their sequence numbers",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-kinesis.md"}, {Guide2020, "invocation-eventsourcemapping.md"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-kinesis.md"}, {Guide2022, "invocation-eventsourcemapping.md"}}},
	})
	OrderPartitionKeyParallel = add(Rule{
		ID: "order-partition-key-parallel", Area: "ordering", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "When ParallelizationFactor lets several batches of a shard run at once, records with the same partition key must still be processed in order and never at the same time",
		Silent: "Another page of the 2022 guide promises order for the shard as a whole instead; and what the partition key of a DynamoDB record is goes unsaid, the item's key being the likely one",
		In2020: Clause{Holds: true, Value: "per partition key", Cites: []Cite{{Guide2020, "with-kinesis.md"}, {Guide2020, "with-ddb.md"}, {Guide2020, "invocation-eventsourcemapping.md"}}},
		Now:    Clause{Holds: true, Value: "per partition key", Cites: []Cite{{Guide2022, "invocation-eventsourcemapping.md"}}},
	})
	AtLeastOnce = add(Rule{
		ID: "at-least-once", Area: "ordering", Plane: Data, Level: Must, Sources: AllSources,
		Says:   "Every item of a source must reach the function one time or more: repeats are allowed, losses are not",
		In2020: Clause{Holds: true, Value: "stated for SQS; implied for streams by retry", Cites: []Cite{{Guide2020, "with-sqs.md"}, {Guide2020, "invocation-eventsourcemapping.md"}}},
		Now:    Clause{Holds: true, Value: "all mappings", Cites: []Cite{{Guide2022, "invocation-eventsourcemapping.md"}, {DocsToday, "invocation-eventsourcemapping.html, warning"}}},
	})
)
