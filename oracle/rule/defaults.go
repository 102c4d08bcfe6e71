package rule

// Rules about defaults.
var (
	CreateEnabledDefaultTrue = add(Rule{
		ID: "create-enabled-default-true", Area: "defaults", Plane: Control, Level: Implied, Sources: AllSources,
		Says:   "A mapping created without Enabled must become active, its State turning to Enabled",
		Silent: "The texts of 2020 never give the default; it is written down only from about late 2021 on",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-ddb-example.md"}, {API2020, "CreateEventSourceMapping, Enabled (gives no default)"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, Enabled"}}},
	})
	BatchSizeDefaultKinesis = add(Rule{
		ID: "batch-size-default-kinesis", Area: "defaults", Plane: Control, Level: Must, Sources: From(Kinesis),
		Says:   "A Kinesis mapping created without BatchSize must show 100",
		Needs:  []Capability{CanKinesis},
		In2020: Clause{Holds: true, Value: 100, Cites: []Cite{{API2020, "CreateEventSourceMapping, BatchSize"}}},
		Now:    Clause{Holds: true, Value: 100, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, BatchSize"}}},
	})
	BatchSizeDefaultDynamoDB = add(Rule{
		ID: "batch-size-default-dynamodb", Area: "defaults", Plane: Control, Level: Must, Sources: From(DynamoDB),
		Says:   "A DynamoDB mapping created without BatchSize must show 100",
		Needs:  []Capability{CanDynamoDB},
		In2020: Clause{Holds: true, Value: 100, Cites: []Cite{{API2020, "CreateEventSourceMapping, BatchSize"}}},
		Now:    Clause{Holds: true, Value: 100, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, BatchSize"}}},
	})
	BatchSizeDefaultMSK = add(Rule{
		ID: "batch-size-default-msk", Area: "defaults", Plane: Control, Level: Must, Sources: From(MSK),
		Says:   "An MSK mapping created without BatchSize must show 100",
		Needs:  []Capability{CanMSK},
		In2020: Clause{Holds: true, Value: 100, Cites: []Cite{{API2020, "CreateEventSourceMapping, BatchSize"}}},
		Now:    Clause{Holds: true, Value: 100, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, BatchSize"}}},
	})
	BatchSizeDefaultSQS = add(Rule{
		ID: "batch-size-default-sqs", Area: "defaults", Plane: Control, Level: Must, Sources: From(SQS),
		Says:   "An SQS mapping created without BatchSize must show 10",
		Needs:  []Capability{CanSQS},
		In2020: Clause{Holds: true, Value: 10, Cites: []Cite{{API2020, "CreateEventSourceMapping, BatchSize"}}},
		Now:    Clause{Holds: true, Value: 10, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, BatchSize"}}},
	})
	BatchSizeDefaultSelfManagedKafka = add(Rule{
		ID: "batch-size-default-self-managed-kafka", Area: "defaults", Plane: Control, Level: Must, Sources: From(SelfManagedKafka),
		Says:   "A self-managed Kafka mapping created without BatchSize must show 100",
		Needs:  []Capability{CanSelfManagedKafka},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: 100, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, BatchSize"}}},
	})
	BatchSizeDefaultMQ = add(Rule{
		ID: "batch-size-default-mq", Area: "defaults", Plane: Control, Level: Must, Sources: From(MQ),
		Says:   "An Amazon MQ mapping created without BatchSize must show 100",
		Needs:  []Capability{CanMQ},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: 100, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, BatchSize"}}},
	})
	BatchSizeDefaultDocumentDB = add(Rule{
		ID: "batch-size-default-documentdb", Area: "defaults", Plane: Control, Level: Must, Sources: From(DocumentDB),
		Says:   "A DocumentDB mapping created without BatchSize must show 100",
		Needs:  []Capability{CanDocumentDB},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: 100, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, BatchSize"}}},
	})
	WindowDefaultKinesis = add(Rule{
		ID: "window-default-kinesis", Area: "defaults", Plane: Control, Level: Implied, Sources: From(Kinesis),
		Says:   "A Kinesis mapping created without MaximumBatchingWindowInSeconds must show 0",
		Silent: "The reference and model of 2020 are silent on the default, which SDK texts give only from November 2020 on",
		Needs:  []Capability{CanKinesis},
		In2020: Clause{Holds: true, Value: 0, Cites: []Cite{{Guide2020, "with-kinesis.md, create example"}}},
		Now:    Clause{Holds: true, Value: 0, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, MaximumBatchingWindowInSeconds"}}},
	})
	WindowDefaultDynamoDB = add(Rule{
		ID: "window-default-dynamodb", Area: "defaults", Plane: Control, Level: Implied, Sources: From(DynamoDB),
		Says:   "A DynamoDB mapping created without MaximumBatchingWindowInSeconds must show 0",
		Silent: "The reference and model of 2020 are silent on the default, which SDK texts give only from November 2020 on",
		Needs:  []Capability{CanDynamoDB},
		In2020: Clause{Holds: true, Value: 0, Cites: []Cite{{Guide2020, "with-ddb.md, create example"}}},
		Now:    Clause{Holds: true, Value: 0, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, MaximumBatchingWindowInSeconds"}}},
	})
	WindowDefaultSQS = add(Rule{
		ID: "window-default-sqs", Area: "defaults", Plane: Control, Level: Must, Sources: From(SQS),
		Says:   "An SQS mapping created without MaximumBatchingWindowInSeconds must show 0",
		Needs:  []Capability{CanSQS},
		In2020: Clause{Cites: []Cite{{API2020, "CreateEventSourceMapping, MaximumBatchingWindowInSeconds (marked as for streams)"}}},
		Now:    Clause{Holds: true, Value: 0, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, MaximumBatchingWindowInSeconds"}}},
	})
	WindowDefault500ms = add(Rule{
		ID: "window-default-500ms", Area: "defaults", Plane: Data, Level: Must, Sources: From(MSK, SelfManagedKafka, MQ, DocumentDB),
		Says:   "On MSK, self-managed Kafka, Amazon MQ and DocumentDB a mapping with no MaximumBatchingWindowInSeconds of its own must gather records for up to 500 ms before it invokes the function",
		Silent: "How half a second shows in a response member that holds whole seconds",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: "500 ms", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, MaximumBatchingWindowInSeconds"}}, Unobservable: "the phase of a window is not judged, and half a second is within the tolerance of a trace"},
	})
	ParallelDefault = add(Rule{
		ID: "parallel-default", Area: "defaults", Plane: Control, Level: Implied, Sources: From(Kinesis, DynamoDB),
		Says:   "A stream mapping created without ParallelizationFactor must show 1",
		Silent: "Reference and model of 2020 name no default; only examples show it until November 2020",
		In2020: Clause{Holds: true, Value: 1, Cites: []Cite{{Guide2020, "with-kinesis.md, create example"}, {Guide2020, "with-ddb.md, create example"}}},
		Now:    Clause{Holds: true, Value: 1, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, response ParallelizationFactor"}}},
	})
	AgeDefault = add(Rule{
		ID: "age-default", Area: "defaults", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "A stream mapping created without MaximumRecordAgeInSeconds must show -1, which stands for no age limit",
		Silent: "Guide examples of 2020 and even 2022 still print the earlier default of seven days; the API reference is taken as right",
		In2020: Clause{Holds: true, Value: -1, Cites: []Cite{{API2020, "CreateEventSourceMapping, MaximumRecordAgeInSeconds"}}},
		Now:    Clause{Holds: true, Value: -1, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, MaximumRecordAgeInSeconds"}}},
	})
	RetryDefault = add(Rule{
		ID: "retry-default", Area: "defaults", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "A stream mapping created without MaximumRetryAttempts must show -1, which stands for endless retries",
		Silent: "Create examples in the guides of 2020 and 2022 still print the earlier default; the API reference is taken as right",
		In2020: Clause{Holds: true, Value: -1, Cites: []Cite{{API2020, "CreateEventSourceMapping, MaximumRetryAttempts"}}},
		Now:    Clause{Holds: true, Value: -1, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, MaximumRetryAttempts"}}},
	})
	BisectDefaultFalse = add(Rule{
		ID: "bisect-default-false", Area: "defaults", Plane: Control, Level: Implied, Sources: From(Kinesis, DynamoDB),
		Says:   "A stream mapping created without BisectBatchOnFunctionError must show false",
		Silent: "Reference and model of 2020 name no default; it is spelled out from November 2020 on",
		In2020: Clause{Holds: true, Value: false, Cites: []Cite{{Guide2020, "with-kinesis.md, create example"}, {Guide2020, "with-ddb.md, create example"}}},
		Now:    Clause{Holds: true, Value: false, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, response BisectBatchOnFunctionError"}}},
	})
	DestDefaultNone = add(Rule{
		ID: "dest-default-none", Area: "defaults", Plane: Data, Level: Implied, Sources: From(Kinesis, DynamoDB),
		Says:   "A mapping without DestinationConfig must report a discarded batch nowhere and simply go on with the records after it",
		In2020: Clause{Holds: true, Value: map[string]any{}, Cites: []Cite{{Guide2020, "with-kinesis.md, create example"}}},
		Now:    Clause{Holds: true, Value: map[string]any{}, Cites: []Cite{{Guide2022, "with-kinesis.md, create example"}}},
	})
	ProvisionedDefaultMin = add(Rule{
		ID: "provisioned-default-min", Area: "defaults", Plane: Control, Level: Must, Sources: From(SQS, MSK, SelfManagedKafka),
		Says:   "When ProvisionedPollerConfig leaves MinimumPollers out, it becomes 2 for an SQS source and 1 for a Kafka source",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: map[string]any{"sqs": 2, "kafka": 1}, Cites: []Cite{{SDKToday, "ProvisionedPollerConfig, MinimumPollers"}}},
	})
	KafkaQueueModeRetryDefault = add(Rule{
		ID: "kafka-queue-mode-retry-default", Area: "defaults", Plane: Control, Level: Must, Sources: From(SelfManagedKafka),
		Says:   "A mapping whose ConsumptionMode is Queue has MaximumRetryAttempts 0 unless told otherwise",
		Needs:  []Capability{CanSelfManagedKafka},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: 0, Cites: []Cite{{SDKToday, "CreateEventSourceMappingInput, MaximumRetryAttempts"}}},
	})
)
