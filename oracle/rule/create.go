package rule

// Rules about create.
var (
	CreateHTTPMethod = add(Rule{
		ID: "create-http-method", Area: "create", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "CreateEventSourceMapping must be served under the POST method",
		In2020: Clause{Holds: true, Value: "POST", Cites: []Cite{{Model2020, "CreateEventSourceMapping, http method"}}},
		Now:    Clause{Holds: true, Value: "POST", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, http trait in the operation schema"}}},
	})
	CreateURI = add(Rule{
		ID: "create-uri", Area: "create", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "CreateEventSourceMapping must be reachable at the event-source-mappings collection under the API version prefix 2015-03-31",
		Silent: "Older texts put a slash at the end of the collection path and newer ones drop it; neither says what the other form gets, so both should work",
		In2020: Clause{Holds: true, Value: "/2015-03-31/event-source-mappings/", Cites: []Cite{{Model2020, "CreateEventSourceMapping, http requestUri"}}},
		Now:    Clause{Holds: true, Value: "/2015-03-31/event-source-mappings", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, http trait in the operation schema"}, {SDKToday, "request snapshot CreateEventSourceMapping"}, {SDKHistory, "SDK for Go v1.55.8 still has the slash at the end, v2 service/lambda v1.51.0 does not"}}},
	})
	CreateStatusCode = add(Rule{
		ID: "create-status-code", Area: "create", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "A CreateEventSourceMapping that succeeds must carry HTTP status 202 and no other success code",
		In2020: Clause{Holds: true, Value: 202, Cites: []Cite{{Model2020, "CreateEventSourceMapping, http responseCode"}}},
		Now:    Clause{Holds: true, Value: 202, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, http trait in the operation schema"}}},
	})
	RequestBodyJSON = add(Rule{
		ID: "request-body-json", Area: "create", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "CreateEventSourceMapping and UpdateEventSourceMapping must read every parameter but the UUID from one JSON object sent as the request body",
		In2020: Clause{Holds: true, Value: "application/json", Cites: []Cite{{Guide2020, "API_CreateEventSourceMapping.md, Request Syntax"}}},
		Now:    Clause{Holds: true, Value: "application/json", Cites: []Cite{{SDKToday, "request snapshot CreateEventSourceMapping, Content-Type"}}},
	})
	CreateFunctionNameRequired = add(Rule{
		ID: "create-function-name-required", Area: "create", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "CreateEventSourceMapping must refuse a request that lacks FunctionName",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping, FunctionName"}, {Model2020, "CreateEventSourceMappingRequest, required"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, FunctionName (input validator)"}}},
	})
	CreateEventSourceARNRequired = add(Rule{
		ID: "create-event-source-arn-required", Area: "create", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB, SQS, MSK),
		Says:   "CreateEventSourceMapping must refuse a request that lacks EventSourceArn",
		Silent: "Which error follows when a request of today names neither an ARN nor a self-managed source",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping, EventSourceArn"}, {Model2020, "CreateEventSourceMappingRequest, required"}}},
		Now:    Clause{Value: false, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, EventSourceArn (no longer a required member)"}, {SDKHistory, "SDK for Go v1.36.9 (2020-12-15)"}}},
	})
	CreateMembers2020 = add(Rule{
		ID: "create-members-2020", Area: "create", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "CreateEventSourceMapping must understand each request member that the API of its profile documents and act on it",
		Silent: "Whether a member the API does not know is skipped or refused",
		In2020: Clause{Holds: true, Value: []string{"EventSourceArn", "FunctionName", "Enabled", "BatchSize", "MaximumBatchingWindowInSeconds", "ParallelizationFactor", "StartingPosition", "StartingPositionTimestamp", "DestinationConfig", "MaximumRecordAgeInSeconds", "BisectBatchOnFunctionError", "MaximumRetryAttempts", "Topics"}, Cites: []Cite{{API2020, "CreateEventSourceMapping, Request Syntax"}, {Model2020, "CreateEventSourceMappingRequest"}}},
		Now:    Clause{Holds: true, Value: []string{"AmazonManagedKafkaEventSourceConfig", "BatchSize", "BisectBatchOnFunctionError", "DestinationConfig", "DocumentDBEventSourceConfig", "Enabled", "EventSourceArn", "FilterCriteria", "FunctionName", "FunctionResponseTypes", "KMSKeyArn", "LoggingConfig", "MaximumBatchingWindowInSeconds", "MaximumRecordAgeInSeconds", "MaximumRetryAttempts", "MetricsConfig", "ParallelizationFactor", "ProvisionedPollerConfig", "Queues", "ScalingConfig", "SelfManagedEventSource", "SelfManagedKafkaEventSourceConfig", "SourceAccessConfigurations", "StartingPosition", "StartingPositionTimestamp", "Tags", "Topics", "TumblingWindowInSeconds"}, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, input members"}}},
	})
	CreateARNKinesisStream = add(Rule{
		ID: "create-arn-kinesis-stream", Area: "create", Plane: Control, Level: Must, Sources: From(Kinesis),
		Says:   "CreateEventSourceMapping must accept the ARN of a Kinesis data stream as EventSourceArn",
		Needs:  []Capability{CanKinesis},
		In2020: Clause{Holds: true, Value: "arn:aws:kinesis:...:stream/NAME", Cites: []Cite{{API2020, "CreateEventSourceMapping, EventSourceArn"}}},
		Now:    Clause{Holds: true, Value: "arn:aws:kinesis:...:stream/NAME", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, EventSourceArn"}}},
	})
	CreateARNKinesisConsumer = add(Rule{
		ID: "create-arn-kinesis-consumer", Area: "create", Plane: Control, Level: Must, Sources: From(Kinesis),
		Says:   "CreateEventSourceMapping must accept the ARN of a registered Kinesis stream consumer as EventSourceArn and keep it as given",
		Needs:  []Capability{CanKinesisConsumer},
		In2020: Clause{Holds: true, Value: "arn:aws:kinesis:...:stream/NAME/consumer/CNAME:TS", Cites: []Cite{{API2020, "CreateEventSourceMapping, EventSourceArn"}, {Guide2020, "with-kinesis.md, using a stream consumer"}}},
		Now:    Clause{Holds: true, Value: "arn:aws:kinesis:...:stream/NAME/consumer/CNAME:TS", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, EventSourceArn"}}},
	})
	CreateARNDynamoDBStream = add(Rule{
		ID: "create-arn-dynamodb-stream", Area: "create", Plane: Control, Level: Must, Sources: From(DynamoDB),
		Says:   "For DynamoDB, EventSourceArn must be the ARN of a table's stream, and the ARN of the table alone will not do",
		Silent: "What error a table ARN without a stream label gets",
		Needs:  []Capability{CanDynamoDB},
		In2020: Clause{Holds: true, Value: "arn:aws:dynamodb:...:table/T/stream/LABEL", Cites: []Cite{{API2020, "CreateEventSourceMapping, EventSourceArn"}}},
		Now:    Clause{Holds: true, Value: "arn:aws:dynamodb:...:table/T/stream/LABEL", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, EventSourceArn"}}},
	})
	CreateARNSQSQueue = add(Rule{
		ID: "create-arn-sqs-queue", Area: "create", Plane: Control, Level: Must, Sources: From(SQS),
		Says:   "CreateEventSourceMapping must accept the ARN of an SQS queue as EventSourceArn",
		Needs:  []Capability{CanSQS},
		In2020: Clause{Holds: true, Value: "arn:aws:sqs:...:NAME", Cites: []Cite{{API2020, "CreateEventSourceMapping, EventSourceArn"}}},
		Now:    Clause{Holds: true, Value: "arn:aws:sqs:...:NAME", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, EventSourceArn"}}},
	})
	CreateARNMSKCluster = add(Rule{
		ID: "create-arn-msk-cluster", Area: "create", Plane: Control, Level: Must, Sources: From(MSK),
		Says:   "CreateEventSourceMapping must accept the ARN of an MSK cluster as EventSourceArn",
		Needs:  []Capability{CanMSK},
		In2020: Clause{Holds: true, Value: "arn:aws:kafka:...:cluster/NAME/UUID", Cites: []Cite{{API2020, "CreateEventSourceMapping, EventSourceArn"}}},
		Now:    Clause{Holds: true, Value: "arn:aws:kafka:...:cluster/NAME/UUID", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, EventSourceArn"}}},
	})
	CreateARNMSKVpcConnection = add(Rule{
		ID: "create-arn-msk-vpc-connection", Area: "create", Plane: Control, Level: Must, Sources: From(MSK),
		Says:   "For an MSK cluster of another account, EventSourceArn may be the ARN of a managed VPC connection instead of the cluster's",
		Needs:  []Capability{CanMSK},
		In2020: Clause{Cites: []Cite{{API2020, "CreateEventSourceMapping, EventSourceArn (knows only the cluster)"}}},
		Now:    Clause{Holds: true, Value: "VPC connection ARN", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, EventSourceArn"}, {SDKHistory, "SDK for Go v1.50.22 (2024-02-20)"}}, Unobservable: "A managed VPC connection leads to a cluster in a second account, which the suite cannot set up"},
	})
	CreateARNMQBroker = add(Rule{
		ID: "create-arn-mq-broker", Area: "create", Plane: Control, Level: Must, Sources: From(MQ),
		Says:   "CreateEventSourceMapping must accept the ARN of an Amazon MQ broker as EventSourceArn",
		Needs:  []Capability{CanMQ},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: "arn:aws:mq:...:broker:...", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, EventSourceArn"}}},
	})
	CreateARNDocumentDB = add(Rule{
		ID: "create-arn-documentdb", Area: "create", Plane: Control, Level: Must, Sources: From(DocumentDB),
		Says:   "CreateEventSourceMapping must accept, as EventSourceArn, the ARN of the DocumentDB cluster whose change stream is to be read",
		Silent: "The API calls the value a change stream's ARN, another page of today calls the same value the cluster's ARN",
		Needs:  []Capability{CanDocumentDB},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: "DocumentDB change-stream ARN", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, EventSourceArn"}}},
	})
	CreateSupportedServices = add(Rule{
		ID: "create-supported-services", Area: "create", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "CreateEventSourceMapping must refuse an EventSourceArn of a service that its profile does not list as an event source",
		Silent: "No text names the error for a foreign service, and one outdated 2020 model example shows an S3 ARN on a mapping",
		In2020: Clause{Holds: true, Value: []string{"kinesis", "dynamodb", "sqs", "msk"}, Cites: []Cite{{API2020, "CreateEventSourceMapping, EventSourceArn"}, {Guide2020, "invocation-eventsourcemapping.md, list of services"}}},
		Now:    Clause{Holds: true, Value: []string{"kinesis", "dynamodb", "sqs", "msk", "self-managed-kafka", "mq", "documentdb"}, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, EventSourceArn"}, {SDKToday, "CreateEventSourceMapping, SelfManagedEventSource"}}},
	})
	CreateReturnsConfiguration = add(Rule{
		ID: "create-returns-configuration", Area: "create", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "The answer of CreateEventSourceMapping must be the whole configuration of the mapping it made, as GetEventSourceMapping would show it",
		In2020: Clause{Holds: true, Value: "EventSourceMappingConfiguration", Cites: []Cite{{API2020, "CreateEventSourceMapping, Response Structure"}, {Model2020, "CreateEventSourceMapping, output"}}},
		Now:    Clause{Holds: true, Value: "EventSourceMappingConfiguration", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, output"}}},
	})
	CreateAssignsUUID = add(Rule{
		ID: "create-assigns-uuid", Area: "create", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "The service itself must give each new mapping a UUID of its own, with no way for the caller to pick it",
		Silent: "In 2020 the UUID is just a string and its usual grouped hexadecimal form is known only from examples, one of which breaks it; today the form follows from the pattern of EventSourceMappingArn",
		In2020: Clause{Holds: true, Value: "service-generated", Cites: []Cite{{API2020, "CreateEventSourceMapping, response UUID"}, {Model2020, "CreateEventSourceMappingRequest (has no UUID)"}}},
		Now:    Clause{Holds: true, Value: "service-generated", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, input members (no UUID among them)"}}},
	})
	CreateStartsPolling = add(Rule{
		ID: "create-starts-polling", Area: "create", Plane: Data, Level: Implied, Sources: AllSources,
		Says:   "A new mapping that is enabled must begin to read its source by itself, with no other call after the create",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-ddb-example.md"}, {Guide2020, "with-sqs-example.md"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-ddb-example.md"}}},
	})
	CreateEnabledFalse = add(Rule{
		ID: "create-enabled-false", Area: "create", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "A mapping created with Enabled false must settle as Disabled and invoke nothing",
		Silent: "Through which States such a mapping passes on its way to Disabled",
		In2020: Clause{Holds: true, Value: false, Cites: []Cite{{API2020, "CreateEventSourceMapping, Enabled"}}},
		Now:    Clause{Holds: true, Value: false, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, Enabled"}}},
	})
	CreateManyFunctionsPerSource = add(Rule{
		ID: "create-many-functions-per-source", Area: "create", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB, MSK),
		Says:   "CreateEventSourceMapping must allow one stream or topic to be mapped to several different functions at once",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-kinesis.md, configuring a stream as an event source"}, {Guide2020, "with-msk.md"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-kinesis.md"}}},
	})
	CreateManySourcesPerFunction = add(Rule{
		ID: "create-many-sources-per-function", Area: "create", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "CreateEventSourceMapping must allow one function to be the target of mappings on several different sources",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-kinesis.md"}, {Guide2020, "with-sqs.md"}, {Guide2020, "with-msk.md"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-kinesis.md"}, {Guide2022, "with-sqs.md"}}},
	})
	TagsOnCreate = add(Rule{
		ID: "tags-on-create", Area: "create", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "CreateEventSourceMapping takes Tags and the new mapping bears them",
		Silent: "Tags cannot be changed through Update, which lacks the member; later changes go through TagResource",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "CreateEventSourceMappingInput, Tags"}, {SDKHistory, "aws-sdk-go-v2 service/lambda v1.60.0 (2024-09-19)"}}},
	})
	CreateKinesisCrossAccount = add(Rule{
		ID: "create-kinesis-cross-account", Area: "create", Plane: Control, Level: Must, Sources: From(Kinesis),
		Says:   "A Kinesis stream that belongs to a different account can be the source of a mapping",
		Needs:  []Capability{CanKinesis},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{DocsToday, "services-kinesis-create"}}, Unobservable: "takes a second account, which the suite does not have"},
	})
	CreateMQNoCrossAccount = add(Rule{
		ID: "create-mq-no-cross-account", Area: "create", Plane: Control, Level: Must, Sources: From(MQ),
		Says:   "CreateEventSourceMapping refuses an Amazon MQ broker that belongs to a different account",
		Needs:  []Capability{CanMQ},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-mq"}}},
	})
)
