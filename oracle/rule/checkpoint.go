package rule

// Rules about checkpoint.
var (
	CheckpointOnSuccess = add(Rule{
		ID: "checkpoint-on-success", Area: "checkpoint", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "A mapping may advance in a shard beyond a batch only when that batch has succeeded or has been discarded; until then the same records come again",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-kinesis.md"}, {Guide2020, "with-ddb.md"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{DocsToday, "services-kinesis-batchfailurereporting.md"}}},
	})
	CheckpointResumeAfterPause = add(Rule{
		ID: "checkpoint-resume-after-pause", Area: "checkpoint", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "A stream mapping that was set to Enabled false and later to true must go on with the record after the last one it had processed, skipping none",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "UpdateEventSourceMapping, introduction"}, {Guide2020, "with-kinesis.md, Enabled"}, {Guide2020, "with-ddb.md, Enabled"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "UpdateEventSourceMapping, description"}, {Guide2022, "with-kinesis.md, Enabled"}}},
	})
	CheckpointPerMapping = add(Rule{
		ID: "checkpoint-per-mapping", Area: "checkpoint", Plane: Data, Level: Implied, Sources: From(Kinesis, DynamoDB),
		Says:   "Mappings of the same stream must keep their positions apart, so each gets all the records no matter how far another has come",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "invocation-eventsourcemapping.md"}, {Guide2020, "with-kinesis.md"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "invocation-eventsourcemapping.md"}}},
	})
	CheckpointSourceNotConsumed = add(Rule{
		ID: "checkpoint-source-not-consumed", Area: "checkpoint", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "A record that a mapping has processed must remain in the stream, where other readers still find it",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "invocation-eventsourcemapping.md"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "invocation-eventsourcemapping.md"}}},
	})
	MSKCheckpointCommit = add(Rule{
		ID: "msk-checkpoint-commit", Area: "checkpoint", Plane: Data, Level: Must, Sources: From(MSK, SelfManagedKafka),
		Says:   "After a batch has been processed, the mapping commits its offsets to Kafka, partition by partition",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-msk"}}, Unobservable: "offsets committed at the broker are not part of a trace"},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-msk"}, {Guide2022, "with-kafka"}}, Unobservable: "offsets committed at the broker are not part of a trace"},
	})
)
