package rule

// Rules about the members of an answer.
var (
	TimestampsEpochSeconds = add(Rule{
		ID: "timestamps-epoch-seconds", Area: "response", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "Every timestamp, sent or returned, must be a JSON number that counts seconds since the Unix epoch and may carry a fraction",
		Silent: "One outdated 2020 model example, for UpdateEventSourceMapping, prints LastModified as an ISO date string; the protocol's default is the number",
		In2020: Clause{Holds: true, Value: "epoch seconds, e.g. 1541139209.351", Cites: []Cite{{Guide2020, "API_CreateEventSourceMapping.md, LastModified"}, {Guide2020, "with-kinesis.md, examples"}}},
		Now:    Clause{Holds: true, Value: "epoch seconds, e.g. 1541139209.351", Cites: []Cite{{SDKToday, "request and response snapshots, StartingPositionTimestamp and LastModified"}}},
	})
	FunctionARNPattern = add(Rule{
		ID: "function-arn-pattern", Area: "response", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "Every FunctionArn returned must be a full Lambda function ARN that fits the published pattern, whichever form of name the request used",
		In2020: Clause{Holds: true, Value: "arn:(aws[a-zA-Z-]*)?:lambda:[a-z]{2}(-gov)?-[a-z]+-\\d{1}:\\d{12}:function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?", Cites: []Cite{{Model2020, "FunctionArn, pattern"}}},
		Now:    Clause{Holds: true, Value: "^arn:(aws[a-zA-Z-]*)?:lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?$", Cites: []Cite{{Smithy2026, "FunctionArn, pattern"}}},
	})
	StreamOnlySQSResponseOmits = add(Rule{
		ID: "stream-only-sqs-response-omits", Area: "response", Plane: Control, Level: Implied, Sources: From(SQS),
		Says:   "A response that describes an SQS mapping must not carry the members that only stream mappings have, such as ParallelizationFactor, MaximumRetryAttempts and DestinationConfig",
		Silent: "Known from printed examples alone, and one of them (GetEventSourceMapping in the 2020 model's examples) does show destination, age and retry members on a queue's mapping; the 2022 example shows the batching window, which is no stream-only member any more",
		Needs:  []Capability{CanSQS},
		In2020: Clause{Holds: true, Value: []string{"MaximumBatchingWindowInSeconds", "ParallelizationFactor", "DestinationConfig", "MaximumRecordAgeInSeconds", "BisectBatchOnFunctionError", "MaximumRetryAttempts", "LastProcessingResult", "Topics"}, Cites: []Cite{{Guide2020, "with-sqs.md, create example"}, {Model2020, "examples-1.json, CreateEventSourceMapping"}}},
		Now:    Clause{Holds: true, Value: []string{"ParallelizationFactor", "DestinationConfig", "MaximumRecordAgeInSeconds", "BisectBatchOnFunctionError", "MaximumRetryAttempts", "LastProcessingResult", "Topics"}, Cites: []Cite{{Guide2022, "with-sqs.md, create example"}}},
	})
	StreamOnlyMSKResponseOmits = add(Rule{
		ID: "stream-only-msk-response-omits", Area: "response", Plane: Control, Level: Implied, Sources: From(MSK),
		Says:   "A response that describes an MSK mapping carries Topics and none of the members that belong to Kinesis and DynamoDB mappings only",
		Silent: "Known from printed examples alone",
		Needs:  []Capability{CanMSK},
		In2020: Clause{Holds: true, Value: []string{"UUID", "BatchSize", "EventSourceArn", "FunctionArn", "LastModified", "State", "StateTransitionReason", "LastProcessingResult", "Topics"}, Cites: []Cite{{Guide2020, "with-msk.md, create and get examples"}}},
		Now:    Clause{Value: "Kafka mappings may now carry error-handling members", Cites: []Cite{{SDKToday, "CreateEventSourceMappingOutput"}}},
	})
	DestDefaultRenderedEmptyObject = add(Rule{
		ID: "dest-default-rendered-empty-object", Area: "response", Plane: Control, Level: Implied, Sources: From(Kinesis, DynamoDB),
		Says:   "A stream mapping made without any destination shows DestinationConfig as {} in responses",
		Silent: "Only printed examples show it; the live service may instead print an empty OnFailure object inside",
		In2020: Clause{Holds: true, Value: map[string]any{}, Cites: []Cite{{Guide2020, "with-kinesis.md, create example"}, {Guide2020, "with-ddb.md, create example"}}},
		Now:    Clause{Holds: true, Value: map[string]any{}, Cites: []Cite{{Guide2022, "with-kinesis.md, create example"}}},
	})
	StartEchoed = add(Rule{
		ID: "start-echoed", Area: "response", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB, MSK, SelfManagedKafka, DocumentDB),
		Says:   "Every response that describes a mapping must repeat the StartingPosition, and where one was given the StartingPositionTimestamp, of its creation",
		In2020: Clause{Cites: []Cite{{API2020, "CreateEventSourceMapping, response syntax"}, {Model2020, "EventSourceMappingConfiguration"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "CreateEventSourceMappingOutput"}, {SDKHistory, "v1.35.32 (2020-11-19)"}}},
	})
	RespUUID = add(Rule{
		ID: "resp-uuid", Area: "response", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "Every configuration returned must have UUID, the identifier by which the mapping is addressed",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping response, UUID"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "types.EventSourceMappingConfiguration, UUID"}}},
	})
	RespBatchsize = add(Rule{
		ID: "resp-batchsize", Area: "response", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "Every configuration returned must have BatchSize, the most items a batch may have",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping response, BatchSize"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "types.EventSourceMappingConfiguration, BatchSize"}}},
	})
	RespMaximumbatchingwindowinseconds = add(Rule{
		ID: "resp-maximumbatchingwindowinseconds", Area: "response", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "The configuration of a stream mapping must have MaximumBatchingWindowInSeconds, the longest time records are gathered before an invocation",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping response, MaximumBatchingWindowInSeconds"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "types.EventSourceMappingConfiguration, MaximumBatchingWindowInSeconds"}}},
	})
	RespParallelizationfactor = add(Rule{
		ID: "resp-parallelizationfactor", Area: "response", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "The configuration of a stream mapping must have ParallelizationFactor, the number of batches of one shard that may be processed at once",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping response, ParallelizationFactor"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "types.EventSourceMappingConfiguration, ParallelizationFactor"}}},
	})
	RespEventsourcearn = add(Rule{
		ID: "resp-eventsourcearn", Area: "response", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "The configuration of a mapping on a source that has an ARN must have EventSourceArn, the ARN of that source",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping response, EventSourceArn"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "types.EventSourceMappingConfiguration, EventSourceArn"}}},
	})
	RespFunctionarn = add(Rule{
		ID: "resp-functionarn", Area: "response", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "Every configuration returned must have FunctionArn, the ARN of the function that is invoked",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping response, FunctionArn"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "types.EventSourceMappingConfiguration, FunctionArn"}}},
	})
	RespLastmodified = add(Rule{
		ID: "resp-lastmodified", Area: "response", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "Every configuration returned must have LastModified, the time of the latest update or change of State",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping response, LastModified"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "types.EventSourceMappingConfiguration, LastModified"}}},
	})
	RespLastprocessingresult = add(Rule{
		ID: "resp-lastprocessingresult", Area: "response", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB, MSK, SelfManagedKafka),
		Says:   "The configuration must have LastProcessingResult, which tells how the mapping's latest processing came out",
		Silent: "In 2020 the member is tied to the latest invocation, today to the latest attempt at processing; the wording changed in 2025",
		In2020: Clause{Holds: true, Value: "result of the last invocation of the function", Cites: []Cite{{API2020, "CreateEventSourceMapping response, LastProcessingResult"}}},
		Now:    Clause{Holds: true, Value: "result of the mapping's last processing attempt", Cites: []Cite{{SDKToday, "types.EventSourceMappingConfiguration, LastProcessingResult"}}},
	})
	RespState = add(Rule{
		ID: "resp-state", Area: "response", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "Every configuration returned must have State, the mapping's present state",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping response, State"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "types.EventSourceMappingConfiguration, State"}}},
	})
	RespStatetransitionreason = add(Rule{
		ID: "resp-statetransitionreason", Area: "response", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "Every configuration returned must have StateTransitionReason, which tells whose doing the latest change was",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping response, StateTransitionReason"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "types.EventSourceMappingConfiguration, StateTransitionReason"}}},
	})
	RespDestinationconfig = add(Rule{
		ID: "resp-destinationconfig", Area: "response", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "The configuration of a stream mapping must have DestinationConfig, which holds its on-failure destination if there is one",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping response, DestinationConfig"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "types.EventSourceMappingConfiguration, DestinationConfig"}}},
	})
	RespTopics = add(Rule{
		ID: "resp-topics", Area: "response", Plane: Control, Level: Must, Sources: From(MSK),
		Says:   "The configuration of an MSK mapping must have Topics, the list that names its Kafka topic",
		Needs:  []Capability{CanMSK},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping response, Topics"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "types.EventSourceMappingConfiguration, Topics"}}},
	})
	RespMaximumrecordageinseconds = add(Rule{
		ID: "resp-maximumrecordageinseconds", Area: "response", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "The configuration of a stream mapping must have MaximumRecordAgeInSeconds, the age up to which records are still sent to the function",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping response, MaximumRecordAgeInSeconds"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "types.EventSourceMappingConfiguration, MaximumRecordAgeInSeconds"}}},
	})
	RespBisectbatchonfunctionerror = add(Rule{
		ID: "resp-bisectbatchonfunctionerror", Area: "response", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "The configuration of a stream mapping must have BisectBatchOnFunctionError, which tells whether a failed batch is halved before the retry",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping response, BisectBatchOnFunctionError"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "types.EventSourceMappingConfiguration, BisectBatchOnFunctionError"}}},
	})
	RespMaximumretryattempts = add(Rule{
		ID: "resp-maximumretryattempts", Area: "response", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "The configuration of a stream mapping must have MaximumRetryAttempts, the number of retries a failed batch is given",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping response, MaximumRetryAttempts"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "types.EventSourceMappingConfiguration, MaximumRetryAttempts"}}},
	})
	RespMembers2020 = add(Rule{
		ID: "resp-members-2020", Area: "response", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "A mapping configuration may have no member beyond those that the profile's EventSourceMappingConfiguration defines",
		Silent: "The model makes every member optional, and which of them a given source shows can be learnt from examples only",
		In2020: Clause{Holds: true, Value: []string{"UUID", "BatchSize", "MaximumBatchingWindowInSeconds", "ParallelizationFactor", "EventSourceArn", "FunctionArn", "LastModified", "LastProcessingResult", "State", "StateTransitionReason", "DestinationConfig", "Topics", "MaximumRecordAgeInSeconds", "BisectBatchOnFunctionError", "MaximumRetryAttempts"}, Cites: []Cite{{API2020, "CreateEventSourceMapping, response syntax"}, {Model2020, "shape EventSourceMappingConfiguration"}}},
		Now:    Clause{Holds: true, Value: []string{"UUID", "StartingPosition", "StartingPositionTimestamp", "BatchSize", "MaximumBatchingWindowInSeconds", "ParallelizationFactor", "EventSourceArn", "FilterCriteria", "FilterCriteriaError", "KMSKeyArn", "MetricsConfig", "LoggingConfig", "ScalingConfig", "FunctionArn", "LastModified", "LastProcessingResult", "State", "StateTransitionReason", "DestinationConfig", "Topics", "Queues", "SourceAccessConfigurations", "SelfManagedEventSource", "MaximumRecordAgeInSeconds", "BisectBatchOnFunctionError", "MaximumRetryAttempts", "TumblingWindowInSeconds", "FunctionResponseTypes", "AmazonManagedKafkaEventSourceConfig", "SelfManagedKafkaEventSourceConfig", "DocumentDBEventSourceConfig", "EventSourceMappingArn", "ProvisionedPollerConfig"}, Cites: []Cite{{SDKToday, "types.EventSourceMappingConfiguration"}}},
	})
	RespNoEnabledMember = add(Rule{
		ID: "resp-no-enabled-member", Area: "response", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "A mapping configuration may not have an Enabled member: State alone tells whether the mapping is active",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping, response syntax (no Enabled)"}, {Model2020, "shape EventSourceMappingConfiguration (no Enabled)"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "types.EventSourceMappingConfiguration (no Enabled)"}}},
	})
	RespFunctionARNResolved = add(Rule{
		ID: "resp-function-arn-resolved", Area: "response", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "FunctionArn must be a complete function ARN even if the mapping was created with a bare name or a partial ARN",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Model2020, "shape FunctionArn, pattern"}, {Guide2020, "with-kinesis, create-event-source-mapping example"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Smithy2026, "shape FunctionArn, pattern"}}},
	})
	RespLastProcessingNone = add(Rule{
		ID: "resp-last-processing-none", Area: "response", Plane: Control, Level: Implied, Sources: From(Kinesis, DynamoDB),
		Says:   "As long as a mapping has processed nothing, a LastProcessingResult it reports must be 'No records processed'",
		Silent: "The examples differ: the Create answers for SQS have no such member, and the one for MSK says 'OK' from the start",
		In2020: Clause{Holds: true, Value: "No records processed", Cites: []Cite{{Guide2020, "with-ddb-example"}, {Guide2020, "with-sqs-example"}, {Guide2020, "with-kinesis, create-event-source-mapping example"}}},
		Now:    Clause{Holds: true, Value: "No records processed", Cites: []Cite{{Guide2022, "with-ddb-example"}}},
	})
	RespLastProcessingOk = add(Rule{
		ID: "resp-last-processing-ok", Area: "response", Plane: Control, Level: Implied, Sources: From(Kinesis, DynamoDB, MSK),
		Says:   "After a batch has been processed successfully, LastProcessingResult must be 'OK'",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{Holds: true, Value: "OK", Cites: []Cite{{Guide2020, "with-ddb-example"}, {Guide2020, "with-sqs-example"}}},
		Now:    Clause{Holds: true, Value: "OK", Cites: []Cite{{Guide2022, "with-ddb-example"}, {Guide2022, "with-msk, passage 'changes to OK'"}}},
	})
	RespLastProcessingProblem = add(Rule{
		ID: "resp-last-processing-problem", Area: "response", Plane: Control, Level: Implied, Sources: From(Kinesis, DynamoDB),
		Says:   "After an invocation that ended in a function error, LastProcessingResult must be a message that reports the problem and not 'OK'",
		Silent: "A single message, 'PROBLEM: Function call failed', is shown; the others are not published",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{Holds: true, Value: "PROBLEM: Function call failed", Cites: []Cite{{Guide2020, "with-kinesis, update and get examples"}, {Guide2020, "with-ddb, update and get examples"}, {Guide2020, "with-ddb-example, passage 'you receive an error message'"}}},
		Now:    Clause{Holds: true, Value: "PROBLEM: Function call failed", Cites: []Cite{{Guide2022, "with-kinesis, update and get examples"}}},
	})
	RespLastModifiedChanges = add(Rule{
		ID: "resp-last-modified-changes", Area: "response", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "LastModified must move forward when a mapping is updated and when its State changes",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping response, LastModified"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "CreateEventSourceMappingOutput, LastModified"}}},
	})
	MappingARNFormat = add(Rule{
		ID: "mapping-arn-format", Area: "response", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "The ARN of a mapping consists of partition, lambda, Region, account, the word event-source-mapping and the mapping's UUID, and answers carry it as EventSourceMappingArn where that member exists",
		Silent: "The sample ARN in the guide cannot be right: its last part is no well-formed UUID",
		In2020: Clause{Holds: true, Value: "documented for IAM only", Cites: []Cite{{Guide2020, "lambda-api-permissions-ref, resource ARNs"}}, Unobservable: "documented for policies only: no operation of that day takes or returns this ARN"},
		Now:    Clause{Holds: true, Value: "EventSourceMappingArn member, 85-120 chars, pattern ^arn:(aws[a-zA-Z-]*)?:lambda:…:event-source-mapping:<8-4-4-4-12 hex>$", Cites: []Cite{{Smithy2026, "EventSourceMappingArn"}, {SDKHistory, "aws-sdk-go-v2 service/lambda v1.60.0 (2024-09-19)"}}},
	})
)
