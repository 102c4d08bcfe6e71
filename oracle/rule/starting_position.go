package rule

// Rules about starting position.
var (
	StartEnumTrimHorizon = add(Rule{
		ID: "start-enum-trim-horizon", Area: "starting-position", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB, MSK),
		Says:   "CreateEventSourceMapping must know TRIM_HORIZON as a value of StartingPosition and accept it for a stream",
		In2020: Clause{Holds: true, Value: "TRIM_HORIZON", Cites: []Cite{{API2020, "CreateEventSourceMapping, request syntax, StartingPosition"}, {Model2020, "EventSourcePosition, enum"}}},
		Now:    Clause{Holds: true, Value: "TRIM_HORIZON", Cites: []Cite{{SDKToday, "EventSourcePosition, enum values"}}},
	})
	StartEnumLatest = add(Rule{
		ID: "start-enum-latest", Area: "starting-position", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB, MSK),
		Says:   "CreateEventSourceMapping must know LATEST as a value of StartingPosition and accept it for a stream",
		In2020: Clause{Holds: true, Value: "LATEST", Cites: []Cite{{API2020, "CreateEventSourceMapping, request syntax, StartingPosition"}, {Model2020, "EventSourcePosition, enum"}}},
		Now:    Clause{Holds: true, Value: "LATEST", Cites: []Cite{{SDKToday, "EventSourcePosition, enum values"}}},
	})
	StartEnumAtTimestamp = add(Rule{
		ID: "start-enum-at-timestamp", Area: "starting-position", Plane: Control, Level: Must, Sources: From(Kinesis),
		Says:   "CreateEventSourceMapping must know AT_TIMESTAMP as a value of StartingPosition and accept it, with its timestamp, for a Kinesis stream",
		Needs:  []Capability{CanKinesis},
		In2020: Clause{Holds: true, Value: "AT_TIMESTAMP", Cites: []Cite{{API2020, "CreateEventSourceMapping, request syntax, StartingPosition"}, {Model2020, "EventSourcePosition, enum"}}},
		Now:    Clause{Holds: true, Value: "AT_TIMESTAMP", Cites: []Cite{{SDKToday, "EventSourcePosition, enum values"}}},
	})
	StartEnumClosed = add(Rule{
		ID: "start-enum-closed", Area: "starting-position", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "A StartingPosition other than exactly TRIM_HORIZON, LATEST or AT_TIMESTAMP must be refused as invalid",
		In2020: Clause{Holds: true, Value: []string{"TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"}, Cites: []Cite{{Model2020, "EventSourcePosition, enum"}}},
		Now:    Clause{Holds: true, Value: []string{"TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"}, Cites: []Cite{{SDKToday, "EventSourcePosition, enum values"}}},
	})
	StartRequiredKinesis = add(Rule{
		ID: "start-required-kinesis", Area: "starting-position", Plane: Control, Level: Must, Sources: From(Kinesis),
		Says:   "A CreateEventSourceMapping for a Kinesis stream must be refused when it has no StartingPosition",
		Needs:  []Capability{CanKinesis},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping, StartingPosition"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "CreateEventSourceMappingInput, StartingPosition"}}},
	})
	StartRequiredDynamoDB = add(Rule{
		ID: "start-required-dynamodb", Area: "starting-position", Plane: Control, Level: Must, Sources: From(DynamoDB),
		Says:   "A CreateEventSourceMapping for a DynamoDB stream must be refused when it has no StartingPosition",
		Needs:  []Capability{CanDynamoDB},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping, StartingPosition"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "CreateEventSourceMappingInput, StartingPosition"}}},
	})
	StartRequiredMSK = add(Rule{
		ID: "start-required-msk", Area: "starting-position", Plane: Control, Level: Must, Sources: From(MSK),
		Says:   "A CreateEventSourceMapping for an MSK cluster must be refused when it has no StartingPosition",
		Silent: "The 2020 guide's MSK page has the starting position among the optional settings, against the API reference; today the API text no longer demands it and the MSK parameter page does",
		Needs:  []Capability{CanMSK},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping, StartingPosition"}}},
		Now:    Clause{Value: "API text no longer lists MSK; the MSK parameter page says required", Cites: []Cite{{SDKToday, "CreateEventSourceMappingInput, StartingPosition"}, {DocsToday, "msk-esm-parameters.html, StartingPosition"}}},
	})
	StartNotForSQS = add(Rule{
		ID: "start-not-for-sqs", Area: "starting-position", Plane: Control, Level: Implied, Sources: From(SQS),
		Says:   "A mapping of an SQS queue has no starting position: it is made without StartingPosition, and a value that is sent must not take effect",
		Silent: "Whether a StartingPosition sent for a queue is answered with an error or passed over",
		Needs:  []Capability{CanSQS},
		In2020: Clause{Holds: true, Value: "not applicable", Cites: []Cite{{API2020, "CreateEventSourceMapping, StartingPosition"}}},
		Now:    Clause{Holds: true, Value: "not applicable", Cites: []Cite{{DocsToday, "services-sqs-parameters.html"}}},
	})
	StartAtTimestampKinesisOnly = add(Rule{
		ID: "start-at-timestamp-kinesis-only", Area: "starting-position", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB, MSK),
		Says:   "AT_TIMESTAMP must be accepted for Kinesis streams and refused for every other kind of source",
		In2020: Clause{Holds: true, Value: []string{"kinesis"}, Cites: []Cite{{API2020, "CreateEventSourceMapping, StartingPosition"}}},
		Now:    Clause{Value: []string{"kinesis", "documentdb", "msk", "self-managed-kafka"}, Cites: []Cite{{SDKToday, "CreateEventSourceMappingInput, StartingPosition"}, {SDKHistory, "v1.44.292 (2023-06-28)"}}},
	})
	StartAtTimestampNotDynamoDB = add(Rule{
		ID: "start-at-timestamp-not-dynamodb", Area: "starting-position", Plane: Control, Level: Must, Sources: From(DynamoDB),
		Says:   "A mapping of a DynamoDB stream cannot start by time, so StartingPosition AT_TIMESTAMP must be refused there",
		Needs:  []Capability{CanDynamoDB},
		In2020: Clause{Holds: true, Value: "400", Cites: []Cite{{API2020, "CreateEventSourceMapping, StartingPosition"}, {Guide2020, "with-ddb.md"}}},
		Now:    Clause{Holds: true, Value: "400", Cites: []Cite{{SDKToday, "CreateEventSourceMappingInput, StartingPosition"}, {DocsToday, "services-ddb-params.html"}}},
	})
	StartMSKPositions = add(Rule{
		ID: "start-msk-positions", Area: "starting-position", Plane: Control, Level: Must, Sources: From(MSK),
		Says:   "A mapping of an MSK cluster can start at TRIM_HORIZON or at LATEST, and a start by time must be refused",
		Needs:  []Capability{CanMSK},
		In2020: Clause{Holds: true, Value: []string{"TRIM_HORIZON", "LATEST"}, Cites: []Cite{{Guide2020, "with-msk.md"}}},
		Now:    Clause{Value: []string{"TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"}, Cites: []Cite{{DocsToday, "msk-esm-parameters.html, StartingPosition"}}},
	})
	StartTimestampWithAtTimestamp = add(Rule{
		ID: "start-timestamp-with-at-timestamp", Area: "starting-position", Plane: Data, Level: Must, Sources: From(Kinesis),
		Says:   "A Kinesis mapping with StartingPosition AT_TIMESTAMP must begin at the time in StartingPositionTimestamp and deliver nothing that arrived before it",
		Silent: "On which side a record falls that arrived at exactly that time",
		Needs:  []Capability{CanKinesis},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping, StartingPositionTimestamp"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "CreateEventSourceMappingInput, StartingPositionTimestamp"}}},
	})
	StartTimestampRequired = add(Rule{
		ID: "start-timestamp-required", Area: "starting-position", Plane: Control, Level: Implied, Sources: From(Kinesis, MSK, SelfManagedKafka),
		Says:   "A CreateEventSourceMapping with StartingPosition AT_TIMESTAMP must be refused when it lacks StartingPositionTimestamp",
		Silent: "Spelled out only on today's MSK page; for other sources and for 2020 it is inferred",
		In2020: Clause{Holds: true, Value: "implied", Cites: []Cite{{API2020, "CreateEventSourceMapping, StartingPositionTimestamp"}}},
		Now:    Clause{Holds: true, Value: "required", Cites: []Cite{{DocsToday, "msk-esm-parameters.html, StartingPositionTimestamp"}}},
	})
	StartTimestampOnlyWithAtTimestamp = add(Rule{
		ID: "start-timestamp-only-with-at-timestamp", Area: "starting-position", Plane: Control, Level: Implied, Sources: From(Kinesis, MSK, SelfManagedKafka),
		Says:   "StartingPositionTimestamp must not be accepted beside a StartingPosition other than AT_TIMESTAMP",
		Silent: "In 2020 nothing tells whether a stray timestamp is an error or is passed over",
		In2020: Clause{Holds: true, Value: "implied", Cites: []Cite{{API2020, "CreateEventSourceMapping, StartingPositionTimestamp"}}, Unobservable: "Neither refusing the timestamp nor passing over it is documented, and no answer of that day shows it"},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{DocsToday, "services-kinesis-parameters.html, timestamp"}}, Unobservable: "No text says that the timestamp is refused; passing over it, and showing it, agree with what is written"},
	})
	StartTimestampNotFuture = add(Rule{
		ID: "start-timestamp-not-future", Area: "starting-position", Plane: Control, Level: Must, Sources: From(Kinesis, MSK, SelfManagedKafka, DocumentDB),
		Says:   "A StartingPositionTimestamp later than the present time must be refused",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "CreateEventSourceMappingInput, StartingPositionTimestamp"}}},
	})
	StartTrimHorizonMeaning = add(Rule{
		ID: "start-trim-horizon-meaning", Area: "starting-position", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB, MSK),
		Says:   "A mapping that starts at TRIM_HORIZON must deliver everything its source still retains, from the oldest record on",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-kinesis.md"}, {Guide2020, "with-ddb.md"}, {Guide2020, "with-msk.md"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-kinesis.md"}}},
	})
	StartLatestMeaning = add(Rule{
		ID: "start-latest-meaning", Area: "starting-position", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB, MSK),
		Says:   "A mapping that starts at LATEST must pass over what was in the source before it started and deliver only what is added afterwards",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-kinesis.md"}, {Guide2020, "with-ddb.md"}, {Guide2020, "with-msk.md"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-kinesis.md"}}},
	})
	StartThenNew = add(Rule{
		ID: "start-then-new", Area: "starting-position", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB, MSK),
		Says:   "A mapping that has worked off the records it found at the start must carry on with those that arrive later",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-kinesis.md"}, {Guide2020, "with-ddb.md"}, {Guide2020, "with-msk.md"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-kinesis.md"}}},
	})
	KafkaGroupOverridesStart = add(Rule{
		ID: "kafka-group-overrides-start", Area: "starting-position", Plane: Data, Level: Must, Sources: From(MSK, SelfManagedKafka),
		Says:   "If ConsumerGroupId names a group that Kafka already knows, reading goes on from the offsets of that group, whatever StartingPosition says",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-msk"}, {Guide2022, "with-kafka"}}, Unobservable: "whether a group still exists and what it has committed is known to the broker only; no trace shows it"},
	})
)
