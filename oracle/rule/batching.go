package rule

// Rules about batching.
var (
	BatchSizeOver10NeedsWindow = add(Rule{
		ID: "batch-size-over-10-needs-window", Area: "batching", Plane: Control, Level: Must, Sources: From(SQS),
		Says:   "A BatchSize above 10 on an SQS queue must be refused unless MaximumBatchingWindowInSeconds is at least 1, a condition that today's text states for Kinesis and DynamoDB too",
		Silent: "For streams the condition clashes with their own defaults and with published examples, so it can be held against a target for queues only",
		Needs:  []Capability{CanSQS},
		In2020: Clause{Cites: []Cite{{Guide2020, "with-kinesis.md, create example (large batch with window 0)"}}},
		Now:    Clause{Holds: true, Value: "window >= 1", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, MaximumBatchingWindowInSeconds"}, {Guide2022, "with-sqs.md (for queues only)"}}},
	})
	WindowNotForFIFO = add(Rule{
		ID: "window-not-for-fifo", Area: "batching", Plane: Control, Level: Must, Sources: From(SQS),
		Says:   "A batching window on a FIFO queue must be refused",
		Silent: "Which error the refusal is",
		Needs:  []Capability{CanSQSFIFO},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: "unsupported", Cites: []Cite{{DocsToday, "services-sqs-parameters"}}},
	})
	BatchAtMostBatchsize = add(Rule{
		ID: "batch-at-most-batchsize", Area: "batching", Plane: Data, Level: Must, Sources: AllSources,
		Says:   "The event of one invocation must not contain more items than the mapping's BatchSize",
		In2020: Clause{Holds: true, Value: "<= BatchSize", Cites: []Cite{{API2020, "CreateEventSourceMapping, BatchSize"}}},
		Now:    Clause{Holds: true, Value: "<= BatchSize", Cites: []Cite{{SDKToday, "CreateEventSourceMappingInput, BatchSize"}}},
	})
	BatchMayBeSmaller = add(Rule{
		ID: "batch-may-be-smaller", Area: "batching", Plane: Data, Level: Must, Sources: AllSources,
		Says:   "BatchSize is an upper bound only, so a mapping with fewer items waiting must deliver those few and not hold out for a full batch",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "invocation-eventsourcemapping.md"}, {Guide2020, "with-kinesis.md"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "invocation-eventsourcemapping.md"}}},
	})
	BatchInvokeImmediately = add(Rule{
		ID: "batch-invoke-immediately", Area: "batching", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "With MaximumBatchingWindowInSeconds at zero a stream mapping must invoke the function as soon as it finds any record, without gathering more",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-kinesis.md"}, {Guide2020, "with-ddb.md"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-kinesis.md"}, {Guide2022, "invocation-eventsourcemapping.md"}}},
	})
	BatchWindowWaits = add(Rule{
		ID: "batch-window-waits", Area: "batching", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "With MaximumBatchingWindowInSeconds above zero a stream mapping must keep gathering records until it has BatchSize of them or the window is over, unless the payload limit comes first",
		Silent: "The moment the window opens is not given in 2020; the 2022 guide puts it at the end of the invocation before for Kinesis, DynamoDB and SQS, and at the first record for Kafka and MQ",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-kinesis.md, batch window"}, {Guide2020, "with-ddb.md, batch window"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "invocation-eventsourcemapping.md"}}},
	})
	BatchFullEndsWindow = add(Rule{
		ID: "batch-full-ends-window", Area: "batching", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "A batch that has reached BatchSize must be sent at once, however much of MaximumBatchingWindowInSeconds is left",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-kinesis.md, batch window"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "invocation-eventsourcemapping.md"}}},
	})
	BatchPayload6mb = add(Rule{
		ID: "batch-payload-6mb", Area: "batching", Plane: Data, Level: Must, Sources: AllSources,
		Says:   "An event must fit the payload limit of a synchronous invocation (6 MB), so a batch that would be larger is closed sooner or divided",
		Silent: "How many bytes a megabyte has here, and whether the encoding of stream records is counted; for SQS the 2022 guide counts metadata",
		In2020: Clause{Holds: true, Value: "6 MB", Cites: []Cite{{Guide2020, "with-kinesis.md, Batch size"}, {Guide2020, "with-ddb.md, Batch size"}, {Guide2020, "invocation-eventsourcemapping.md"}, {Guide2020, "gettingstarted-limits.md"}}},
		Now:    Clause{Holds: true, Value: "6 MB", Cites: []Cite{{SDKToday, "CreateEventSourceMappingInput, BatchSize"}, {Guide2022, "invocation-eventsourcemapping.md"}}},
	})
	BatchSingleShard = add(Rule{
		ID: "batch-single-shard", Area: "batching", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "The records in one event of a stream mapping must all stem from the same shard",
		In2020: Clause{Holds: true, Value: "implied", Cites: []Cite{{Guide2020, "with-kinesis.md"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-kinesis.md"}, {DocsToday, "services-kinesis-create.md"}}},
	})
	BatchInvokeSynchronous = add(Rule{
		ID: "batch-invoke-synchronous", Area: "batching", Plane: Data, Level: Must, Sources: AllSources,
		Says:   "The mapping must invoke the function synchronously and await the outcome before it treats the batch as done or sends what must follow it",
		In2020: Clause{Holds: true, Value: "RequestResponse", Cites: []Cite{{Guide2020, "with-kinesis.md"}, {Guide2020, "with-ddb.md"}, {Guide2020, "with-sqs.md"}, {Guide2020, "with-msk.md"}}},
		Now:    Clause{Holds: true, Value: "RequestResponse", Cites: []Cite{{Guide2022, "with-kinesis.md"}}},
	})
)
