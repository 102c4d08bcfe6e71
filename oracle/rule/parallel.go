package rule

// Rules about parallel.
var (
	ParallelConcurrencyBound = add(Rule{
		ID: "parallel-concurrency-bound", Area: "parallel", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "No more batches of one shard may be in progress at the same moment than ParallelizationFactor allows",
		In2020: Clause{Holds: true, Value: "<= factor", Cites: []Cite{{Guide2020, "with-kinesis.md"}, {API2020, "CreateEventSourceMapping, ParallelizationFactor"}}},
		Now:    Clause{Holds: true, Value: "<= factor", Cites: []Cite{{Guide2022, "with-kinesis.md"}}},
	})
	ParallelOneByDefault = add(Rule{
		ID: "parallel-one-by-default", Area: "parallel", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "While ParallelizationFactor is left at its default, a shard must never have two batches in progress together",
		In2020: Clause{Holds: true, Value: 1, Cites: []Cite{{Guide2020, "with-kinesis.md"}}},
		Now:    Clause{Holds: true, Value: 1, Cites: []Cite{{Guide2022, "with-kinesis.md"}}},
	})
	ParallelTotalBound = add(Rule{
		ID: "parallel-total-bound", Area: "parallel", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "Over all shards of a stream a mapping may have no more invocations running than the number of shards multiplied by ParallelizationFactor",
		In2020: Clause{Holds: true, Value: "shards × factor", Cites: []Cite{{Guide2020, "invocation-scaling.md"}, {Guide2020, "lambda-releases.md, entry of 2019-11-25"}}},
		Now:    Clause{Holds: true, Value: "shards × factor", Cites: []Cite{{Guide2022, "with-kinesis.md"}}},
	})
	ParallelDistinctKeysConcurrent = add(Rule{
		ID: "parallel-distinct-keys-concurrent", Area: "parallel", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "With ParallelizationFactor above one, records of a shard that differ in partition key can be processed side by side, so a blocked key need not hold up all the others",
		Silent: "Which keys go together is not laid down, so any chosen pair may turn out to be processed one after the other; only many keys make a check fair",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "invocation-eventsourcemapping.md"}}, Unobservable: "a permission: which keys go together is not laid down, so batches one after the other are right as well"},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "invocation-eventsourcemapping.md"}}, Unobservable: "a permission: which keys go together is not laid down, so batches one after the other are right as well"},
	})
	ParallelNoKinesisAggregation = add(Rule{
		ID: "parallel-no-kinesis-aggregation", Area: "parallel", Plane: Data, Level: Should, Sources: From(Kinesis),
		Says:   "ParallelizationFactor should not be counted on for records aggregated by the Kinesis Producer Library",
		Needs:  []Capability{CanKinesis},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-kinesis.md"}}, Unobservable: "records aggregated by the producer library do not show in a trace, and no definite behaviour is asked for"},
	})
)
