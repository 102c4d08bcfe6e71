package rule

// Rules about stream only.
var (
	WindowStreamsOnly2020 = add(Rule{
		ID: "window-streams-only-2020", Area: "stream-only", Plane: Control, Level: Should, Sources: From(SQS),
		Says:   "A batching window is offered for stream sources alone, so MaximumBatchingWindowInSeconds on any other source should be refused",
		Silent: "The member is marked as for streams but missing from the list of options that only streams have; whether MSK counts as a stream and what error follows is open",
		In2020: Clause{Holds: true, Value: "Kinesis and DynamoDB (marked '(Streams)')", Cites: []Cite{{API2020, "CreateEventSourceMapping, MaximumBatchingWindowInSeconds"}}},
		Now:    Clause{Value: "all sources except FIFO queues and Kafka queue mode", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, MaximumBatchingWindowInSeconds (now for most sources)"}, {SDKHistory, "SDK for Go v1.36.9 (2020-12-15)"}}},
	})
	StreamOnlyBisectRejectedForSQS = add(Rule{
		ID: "stream-only-bisect-rejected-for-sqs", Area: "stream-only", Plane: Control, Level: Must, Sources: From(SQS),
		Says:   "A queue has no shard batch to bisect, so BisectBatchOnFunctionError sent for an SQS mapping must not be taken as a setting of it",
		Silent: "The text stops at saying which sources have the option: it does not tell if a request is turned down or the member dropped, and 400 InvalidParameterValueException is taken as meant",
		Needs:  []Capability{CanSQS},
		In2020: Clause{Holds: true, Value: "not available", Cites: []Cite{{API2020, "CreateEventSourceMapping, introduction, list of error handling options for stream sources, BisectBatchOnFunctionError"}, {API2020, "UpdateEventSourceMapping, introduction, list of error handling options for stream sources, BisectBatchOnFunctionError"}}},
		Now:    Clause{Holds: true, Value: "not available", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, description, lists of error handling options"}}},
	})
	StreamOnlyBisectRejectedForMSK = add(Rule{
		ID: "stream-only-bisect-rejected-for-msk", Area: "stream-only", Plane: Control, Level: Must, Sources: From(MSK),
		Says:   "An MSK mapping must not take BisectBatchOnFunctionError as a setting, because only Kinesis and DynamoDB mappings have that option",
		Silent: "The text does not tell if the request is turned down or the member dropped; the same text counts MSK among the streams when it speaks of StartingPosition",
		Needs:  []Capability{CanMSK},
		In2020: Clause{Holds: true, Value: "not available", Cites: []Cite{{API2020, "CreateEventSourceMapping, introduction, list of error handling options for stream sources, BisectBatchOnFunctionError"}, {API2020, "UpdateEventSourceMapping, introduction, list of error handling options for stream sources, BisectBatchOnFunctionError"}}},
		Now:    Clause{Value: "available (Kafka, since SDK v2 v1.83.0, 2025-11-21)", Cites: []Cite{{SDKToday, "CreateEventSourceMappingInput, BisectBatchOnFunctionError"}, {SDKHistory, "v1.83.0 (2025-11-21)"}}},
	})
	StreamOnlyDestinationRejectedForSQS = add(Rule{
		ID: "stream-only-destination-rejected-for-sqs", Area: "stream-only", Plane: Control, Level: Must, Sources: From(SQS),
		Says:   "An SQS mapping has no on-failure destination, so DestinationConfig sent for one must not be taken as a setting of it",
		Silent: "The text stops at saying which sources have the option: it does not tell if a request is turned down or the member dropped, and 400 InvalidParameterValueException is taken as meant",
		Needs:  []Capability{CanSQS},
		In2020: Clause{Holds: true, Value: "not available", Cites: []Cite{{API2020, "CreateEventSourceMapping, introduction, list of error handling options for stream sources, DestinationConfig"}, {API2020, "UpdateEventSourceMapping, introduction, list of error handling options for stream sources, DestinationConfig"}}},
		Now:    Clause{Holds: true, Value: "not available", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, description, lists of error handling options"}}},
	})
	StreamOnlyDestinationRejectedForMSK = add(Rule{
		ID: "stream-only-destination-rejected-for-msk", Area: "stream-only", Plane: Control, Level: Must, Sources: From(MSK),
		Says:   "An MSK mapping must not take DestinationConfig as a setting, because only Kinesis and DynamoDB mappings can name an on-failure destination",
		Silent: "The text does not tell if the request is turned down or the member dropped; the same text counts MSK among the streams when it speaks of StartingPosition",
		Needs:  []Capability{CanMSK},
		In2020: Clause{Holds: true, Value: "not available", Cites: []Cite{{API2020, "CreateEventSourceMapping, introduction, list of error handling options for stream sources, DestinationConfig"}, {API2020, "UpdateEventSourceMapping, introduction, list of error handling options for stream sources, DestinationConfig"}}},
		Now:    Clause{Value: "available (Kafka, since SDK v2 v1.83.0, 2025-11-21; destinations for Kafka already by SDK v1.50.22, 2024-02-20)", Cites: []Cite{{SDKToday, "CreateEventSourceMappingInput, DestinationConfig"}, {SDKHistory, "v1.83.0 (2025-11-21)"}, {SDKHistory, "v1.50.22 (2024-02-20)"}}},
	})
	StreamOnlyAgeRejectedForSQS = add(Rule{
		ID: "stream-only-age-rejected-for-sqs", Area: "stream-only", Plane: Control, Level: Must, Sources: From(SQS),
		Says:   "How old a message may get is not a setting of an SQS mapping, so MaximumRecordAgeInSeconds sent for one must not be taken up",
		Silent: "The text stops at saying which sources have the option: it does not tell if a request is turned down or the member dropped, and 400 InvalidParameterValueException is taken as meant",
		Needs:  []Capability{CanSQS},
		In2020: Clause{Holds: true, Value: "not available", Cites: []Cite{{API2020, "CreateEventSourceMapping, introduction, list of error handling options for stream sources, MaximumRecordAgeInSeconds"}, {API2020, "UpdateEventSourceMapping, introduction, list of error handling options for stream sources, MaximumRecordAgeInSeconds"}}},
		Now:    Clause{Holds: true, Value: "not available", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, description, lists of error handling options"}}},
	})
	StreamOnlyAgeRejectedForMSK = add(Rule{
		ID: "stream-only-age-rejected-for-msk", Area: "stream-only", Plane: Control, Level: Must, Sources: From(MSK),
		Says:   "An MSK mapping must not take MaximumRecordAgeInSeconds as a setting, because only Kinesis and DynamoDB mappings discard records by age",
		Silent: "The text does not tell if the request is turned down or the member dropped; the same text counts MSK among the streams when it speaks of StartingPosition",
		Needs:  []Capability{CanMSK},
		In2020: Clause{Holds: true, Value: "not available", Cites: []Cite{{API2020, "CreateEventSourceMapping, introduction, list of error handling options for stream sources, MaximumRecordAgeInSeconds"}, {API2020, "UpdateEventSourceMapping, introduction, list of error handling options for stream sources, MaximumRecordAgeInSeconds"}}},
		Now:    Clause{Value: "available (Kafka, since SDK v2 v1.83.0, 2025-11-21)", Cites: []Cite{{SDKToday, "CreateEventSourceMappingInput, MaximumRecordAgeInSeconds"}, {SDKHistory, "v1.83.0 (2025-11-21)"}}},
	})
	StreamOnlyRetryRejectedForSQS = add(Rule{
		ID: "stream-only-retry-rejected-for-sqs", Area: "stream-only", Plane: Control, Level: Must, Sources: From(SQS),
		Says:   "The number of retries is not a setting of an SQS mapping, so MaximumRetryAttempts sent for one must not be taken up",
		Silent: "The text stops at saying which sources have the option: it does not tell if a request is turned down or the member dropped, and 400 InvalidParameterValueException is taken as meant",
		Needs:  []Capability{CanSQS},
		In2020: Clause{Holds: true, Value: "not available", Cites: []Cite{{API2020, "CreateEventSourceMapping, introduction, list of error handling options for stream sources, MaximumRetryAttempts"}, {API2020, "UpdateEventSourceMapping, introduction, list of error handling options for stream sources, MaximumRetryAttempts"}}},
		Now:    Clause{Holds: true, Value: "not available", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, description, lists of error handling options"}}},
	})
	StreamOnlyRetryRejectedForMSK = add(Rule{
		ID: "stream-only-retry-rejected-for-msk", Area: "stream-only", Plane: Control, Level: Must, Sources: From(MSK),
		Says:   "An MSK mapping must not take MaximumRetryAttempts as a setting, because only Kinesis and DynamoDB mappings can limit their retries",
		Silent: "The text does not tell if the request is turned down or the member dropped; the same text counts MSK among the streams when it speaks of StartingPosition",
		Needs:  []Capability{CanMSK},
		In2020: Clause{Holds: true, Value: "not available", Cites: []Cite{{API2020, "CreateEventSourceMapping, introduction, list of error handling options for stream sources, MaximumRetryAttempts"}, {API2020, "UpdateEventSourceMapping, introduction, list of error handling options for stream sources, MaximumRetryAttempts"}}},
		Now:    Clause{Value: "available (Kafka, since SDK v2 v1.83.0, 2025-11-21)", Cites: []Cite{{SDKToday, "CreateEventSourceMappingInput, MaximumRetryAttempts"}, {SDKHistory, "v1.83.0 (2025-11-21)"}}},
	})
	StreamOnlyParallelRejectedForSQS = add(Rule{
		ID: "stream-only-parallel-rejected-for-sqs", Area: "stream-only", Plane: Control, Level: Must, Sources: From(SQS),
		Says:   "A queue has no shards to read in parallel, so ParallelizationFactor sent for an SQS mapping must not be taken as a setting of it",
		Silent: "The text stops at saying which sources have the option: it does not tell if a request is turned down or the member dropped, and 400 InvalidParameterValueException is taken as meant",
		Needs:  []Capability{CanSQS},
		In2020: Clause{Holds: true, Value: "not available", Cites: []Cite{{API2020, "CreateEventSourceMapping, introduction, list of error handling options for stream sources, ParallelizationFactor"}, {API2020, "UpdateEventSourceMapping, introduction, list of error handling options for stream sources, ParallelizationFactor"}}},
		Now:    Clause{Holds: true, Value: "not available", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, description, lists of error handling options"}}},
	})
	StreamOnlyParallelRejectedForMSK = add(Rule{
		ID: "stream-only-parallel-rejected-for-msk", Area: "stream-only", Plane: Control, Level: Must, Sources: From(MSK),
		Says:   "ParallelizationFactor is for Kinesis and DynamoDB mappings alone, so an MSK mapping must not take it as a setting",
		Silent: "The text does not tell if the request is turned down or the member dropped; the same text counts MSK among the streams when it speaks of StartingPosition",
		Needs:  []Capability{CanMSK},
		In2020: Clause{Holds: true, Value: "not available", Cites: []Cite{{API2020, "CreateEventSourceMapping, introduction, list of error handling options for stream sources, ParallelizationFactor"}, {API2020, "UpdateEventSourceMapping, introduction, list of error handling options for stream sources, ParallelizationFactor"}}},
		Now:    Clause{Holds: true, Value: "not available", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, description, lists of error handling options"}}},
	})
	StreamOnlyKinesisOk = add(Rule{
		ID: "stream-only-kinesis-ok", Area: "stream-only", Plane: Control, Level: Must, Sources: From(Kinesis),
		Says:   "A Kinesis mapping must accept and report BisectBatchOnFunctionError, DestinationConfig, MaximumRecordAgeInSeconds, MaximumRetryAttempts and ParallelizationFactor together",
		Needs:  []Capability{CanKinesis},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping, introduction, list of error handling options for stream sources"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, description, lists of error handling options"}}},
	})
	StreamOnlyDynamoDBOk = add(Rule{
		ID: "stream-only-dynamodb-ok", Area: "stream-only", Plane: Control, Level: Must, Sources: From(DynamoDB),
		Says:   "A mapping of a DynamoDB stream must accept and report BisectBatchOnFunctionError, DestinationConfig, MaximumRecordAgeInSeconds, MaximumRetryAttempts and ParallelizationFactor together",
		Needs:  []Capability{CanDynamoDB},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping, introduction, list of error handling options for stream sources"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, description, lists of error handling options"}}},
	})
	StreamOnlyKinesisConsumer = add(Rule{
		ID: "stream-only-kinesis-consumer", Area: "stream-only", Plane: Control, Level: Should, Sources: From(Kinesis),
		Says:   "A mapping whose EventSourceArn is a stream consumer should accept the error handling options (retries, record age, bisecting, on-failure destination) just as a mapping of the stream itself does",
		Silent: "The 2020 guide speaks both ways: its release list of July 2020 offers the options to consumers, its Kinesis page withholds error handling from them, so in 2020 a refusal has a text behind it too",
		Needs:  []Capability{CanKinesisConsumer},
		In2020: Clause{Holds: true, Value: "conflicting", Cites: []Cite{{Guide2020, "lambda-releases.md, entry of 2020-07-07"}, {Guide2020, "with-kinesis.md, note on HTTP/2 consumers (says the opposite)"}}, Unobservable: "Two pages of the guide of that day contradict each other, so every answer is right"},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-kinesis.md"}}},
	})
)
