package rule

// Rules about limits.
var (
	EventSourceARNPattern = add(Rule{
		ID: "event-source-arn-pattern", Area: "limits", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "An EventSourceArn that does not have the general form of an ARN must be refused by CreateEventSourceMapping and ListEventSourceMappings, and none may be returned",
		Silent: "In 2020 the pattern has no anchors; pages of today outside the Lambda model give other length and region limits",
		In2020: Clause{Holds: true, Value: "arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}(-gov)?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)", Cites: []Cite{{Model2020, "Arn, pattern"}}},
		Now:    Clause{Holds: true, Value: "^arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}(-gov)?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)$", Cites: []Cite{{Smithy2026, "Arn, pattern"}}},
	})
	DestinationARNMaxLength = add(Rule{
		ID: "destination-arn-max-length", Area: "limits", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB, MSK, SelfManagedKafka),
		Says:   "A Destination of more than 350 characters must be refused",
		In2020: Clause{Holds: true, Value: 350, Cites: []Cite{{Model2020, "DestinationArn, max"}}},
		Now:    Clause{Holds: true, Value: 350, Cites: []Cite{{Smithy2026, "DestinationArn, length"}}},
	})
	DestinationARNMinLength = add(Rule{
		ID: "destination-arn-min-length", Area: "limits", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB, MSK, SelfManagedKafka),
		Says:   "A Destination that is the empty string must be accepted",
		Silent: "What an empty destination means; taking the destination away is the likeliest reading",
		In2020: Clause{Holds: true, Value: 0, Cites: []Cite{{Model2020, "DestinationArn, min and pattern"}}},
		Now:    Clause{Holds: true, Value: 0, Cites: []Cite{{Smithy2026, "DestinationArn, length and pattern"}}},
	})
	DestinationARNPattern = add(Rule{
		ID: "destination-arn-pattern", Area: "limits", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB, MSK, SelfManagedKafka),
		Says:   "A Destination that is not empty and fits no form in the destination pattern of the profile must be refused",
		Silent: "As written, the start and end anchors bind only the outer alternatives of the pattern",
		In2020: Clause{Holds: true, Value: "^$|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}(-gov)?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)", Cites: []Cite{{Model2020, "DestinationArn, pattern"}}},
		Now:    Clause{Holds: true, Value: "^$|kafka://([^.]([a-zA-Z0-9\\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)$", Cites: []Cite{{Smithy2026, "DestinationArn, pattern"}}},
	})
	BatchSizeMin = add(Rule{
		ID: "batch-size-min", Area: "limits", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "A BatchSize below 1 must be refused",
		In2020: Clause{Holds: true, Value: 1, Cites: []Cite{{Model2020, "BatchSize, min"}}},
		Now:    Clause{Holds: true, Value: 1, Cites: []Cite{{Smithy2026, "BatchSize, range"}}},
	})
	BatchSizeModelMax = add(Rule{
		ID: "batch-size-model-max", Area: "limits", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "A BatchSize above 10,000, the bound of the BatchSize shape, must be refused for any source",
		Silent: "Narrower maxima for single sources are found in prose only, not in the model",
		In2020: Clause{Holds: true, Value: 10000, Cites: []Cite{{Model2020, "BatchSize, max"}}},
		Now:    Clause{Holds: true, Value: 10000, Cites: []Cite{{Smithy2026, "BatchSize, range"}}},
	})
	BatchSizeMaxKinesis = add(Rule{
		ID: "batch-size-max-kinesis", Area: "limits", Plane: Control, Level: Must, Sources: From(Kinesis),
		Says:   "On a Kinesis stream BatchSize may go up to the maximum documented for Kinesis and no further",
		Needs:  []Capability{CanKinesis},
		In2020: Clause{Holds: true, Value: 10000, Cites: []Cite{{API2020, "CreateEventSourceMapping, BatchSize"}}},
		Now:    Clause{Holds: true, Value: 10000, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, BatchSize"}}},
	})
	BatchSizeMaxDynamoDB = add(Rule{
		ID: "batch-size-max-dynamodb", Area: "limits", Plane: Control, Level: Must, Sources: From(DynamoDB),
		Says:   "On a DynamoDB stream BatchSize may go up to the maximum that the profile documents for DynamoDB and no further",
		Silent: "The prose of 2020 is stricter than the model of that day, and one page of today still prints the old figure",
		Needs:  []Capability{CanDynamoDB},
		In2020: Clause{Holds: true, Value: 1000, Cites: []Cite{{API2020, "CreateEventSourceMapping, BatchSize"}, {Guide2020, "with-ddb.md"}}},
		Now:    Clause{Holds: true, Value: 10000, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, BatchSize"}, {SDKHistory, "SDK for Go, between v1.43.25 (2022-03-24) and v1.44.79 (2022-08-17)"}}},
	})
	BatchSizeMaxMSK = add(Rule{
		ID: "batch-size-max-msk", Area: "limits", Plane: Control, Level: Must, Sources: From(MSK),
		Says:   "On an MSK cluster BatchSize may go up to the maximum documented for MSK and no further",
		Needs:  []Capability{CanMSK},
		In2020: Clause{Holds: true, Value: 10000, Cites: []Cite{{API2020, "CreateEventSourceMapping, BatchSize"}}},
		Now:    Clause{Holds: true, Value: 10000, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, BatchSize"}}},
	})
	BatchSizeMaxSQSStandard = add(Rule{
		ID: "batch-size-max-sqs-standard", Area: "limits", Plane: Control, Level: Must, Sources: From(SQS),
		Says:   "On a standard SQS queue BatchSize may go up to the maximum that the profile documents for such queues and no further",
		Silent: "An example in the 2020 model shows an SQS mapping with a BatchSize far over the maximum that the reference of the same day gives",
		Needs:  []Capability{CanSQS},
		In2020: Clause{Holds: true, Value: 10, Cites: []Cite{{API2020, "CreateEventSourceMapping, BatchSize"}, {Guide2020, "with-sqs.md, Batch size"}}},
		Now:    Clause{Holds: true, Value: 10000, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, BatchSize"}, {SDKHistory, "SDK for Go v1.36.9 (2020-12-15)"}}},
	})
	BatchSizeMaxSQSFIFO = add(Rule{
		ID: "batch-size-max-sqs-fifo", Area: "limits", Plane: Control, Level: Must, Sources: From(SQS),
		Says:   "On a FIFO queue a BatchSize above 10 must be refused",
		Needs:  []Capability{CanSQSFIFO},
		In2020: Clause{Holds: true, Value: 10, Cites: []Cite{{API2020, "CreateEventSourceMapping, BatchSize (same for all queues)"}}},
		Now:    Clause{Holds: true, Value: 10, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, BatchSize"}}},
	})
	BatchSizeMaxNewSources = add(Rule{
		ID: "batch-size-max-new-sources", Area: "limits", Plane: Control, Level: Must, Sources: From(SelfManagedKafka, MQ, DocumentDB),
		Says:   "A BatchSize above 10,000 must be refused for self-managed Kafka, Amazon MQ and DocumentDB",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: 10000, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, BatchSize"}}},
	})
	WindowMin = add(Rule{
		ID: "window-min", Area: "limits", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "A negative MaximumBatchingWindowInSeconds must be refused",
		In2020: Clause{Holds: true, Value: 0, Cites: []Cite{{Model2020, "MaximumBatchingWindowInSeconds, min"}}},
		Now:    Clause{Holds: true, Value: 0, Cites: []Cite{{Smithy2026, "MaximumBatchingWindowInSeconds, range"}}},
	})
	WindowMax = add(Rule{
		ID: "window-max", Area: "limits", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "A MaximumBatchingWindowInSeconds above 300 must be refused",
		In2020: Clause{Holds: true, Value: 300, Cites: []Cite{{Model2020, "MaximumBatchingWindowInSeconds, max"}, {Guide2020, "with-kinesis.md"}}},
		Now:    Clause{Holds: true, Value: 300, Cites: []Cite{{Smithy2026, "MaximumBatchingWindowInSeconds, range"}}},
	})
	WindowIntegerSeconds = add(Rule{
		ID: "window-integer-seconds", Area: "limits", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "MaximumBatchingWindowInSeconds must be an integer number of seconds, so a value with a fraction must be refused",
		In2020: Clause{Holds: true, Value: "integer", Cites: []Cite{{Model2020, "MaximumBatchingWindowInSeconds, type"}}},
		Now:    Clause{Holds: true, Value: "integer", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, MaximumBatchingWindowInSeconds"}}},
	})
	ParallelMin = add(Rule{
		ID: "parallel-min", Area: "limits", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "A ParallelizationFactor below 1 must be refused",
		In2020: Clause{Holds: true, Value: 1, Cites: []Cite{{Model2020, "ParallelizationFactor, min"}}},
		Now:    Clause{Holds: true, Value: 1, Cites: []Cite{{Smithy2026, "ParallelizationFactor, range"}}},
	})
	ParallelMax = add(Rule{
		ID: "parallel-max", Area: "limits", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "A ParallelizationFactor above 10 must be refused",
		In2020: Clause{Holds: true, Value: 10, Cites: []Cite{{Model2020, "ParallelizationFactor, max"}, {Guide2020, "with-kinesis.md"}}},
		Now:    Clause{Holds: true, Value: 10, Cites: []Cite{{Smithy2026, "ParallelizationFactor, range"}}},
	})
	AgeMinPositive = add(Rule{
		ID: "age-min-positive", Area: "limits", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "The smallest finite MaximumRecordAgeInSeconds that is accepted must be 60",
		Silent: "The model alone would let through what lies between the default and the stated minimum; the prose does not",
		In2020: Clause{Holds: true, Value: 60, Cites: []Cite{{API2020, "CreateEventSourceMapping, MaximumRecordAgeInSeconds"}, {Guide2020, "API_CreateEventSourceMapping.md, MaximumRecordAgeInSeconds"}}},
		Now:    Clause{Holds: true, Value: 60, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, response MaximumRecordAgeInSeconds"}}},
	})
	AgeBelowMinusOneRejected = add(Rule{
		ID: "age-below-minus-one-rejected", Area: "limits", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "A MaximumRecordAgeInSeconds below -1 must be refused",
		In2020: Clause{Holds: true, Value: -1, Cites: []Cite{{Model2020, "MaximumRecordAgeInSeconds, min"}}},
		Now:    Clause{Holds: true, Value: -1, Cites: []Cite{{Smithy2026, "MaximumRecordAgeInSeconds, range"}}},
	})
	AgeMax = add(Rule{
		ID: "age-max", Area: "limits", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "A MaximumRecordAgeInSeconds above 604,800, that is seven days, must be refused",
		In2020: Clause{Holds: true, Value: 604800, Cites: []Cite{{API2020, "CreateEventSourceMapping, MaximumRecordAgeInSeconds"}, {Model2020, "MaximumRecordAgeInSeconds, max"}}},
		Now:    Clause{Holds: true, Value: 604800, Cites: []Cite{{Smithy2026, "MaximumRecordAgeInSeconds, range"}}},
	})
	RetryBelowMinusOneRejected = add(Rule{
		ID: "retry-below-minus-one-rejected", Area: "limits", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "A MaximumRetryAttempts below -1 must be refused",
		In2020: Clause{Holds: true, Value: -1, Cites: []Cite{{Model2020, "MaximumRetryAttemptsEventSourceMapping, min"}}},
		Now:    Clause{Holds: true, Value: -1, Cites: []Cite{{Smithy2026, "MaximumRetryAttemptsEventSourceMapping, range"}}},
	})
	RetryMax = add(Rule{
		ID: "retry-max", Area: "limits", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "A MaximumRetryAttempts above 10,000 must be refused",
		Silent: "The DynamoDB page of the 2022 guide prints the maximum age in this place, most likely a slip",
		In2020: Clause{Holds: true, Value: 10000, Cites: []Cite{{API2020, "CreateEventSourceMapping, MaximumRetryAttempts"}, {Model2020, "MaximumRetryAttemptsEventSourceMapping, max"}}},
		Now:    Clause{Holds: true, Value: 10000, Cites: []Cite{{Smithy2026, "MaximumRetryAttemptsEventSourceMapping, range"}}},
	})
	TopicMinLength = add(Rule{
		ID: "topic-min-length", Area: "limits", Plane: Control, Level: Must, Sources: From(MSK, SelfManagedKafka),
		Says:   "An empty string as a topic name in Topics must be refused",
		Silent: "A name of one character is long enough by this rule, yet the pattern asks for two",
		In2020: Clause{Holds: true, Value: 1, Cites: []Cite{{Model2020, "Topic, min"}}},
		Now:    Clause{Holds: true, Value: 1, Cites: []Cite{{Smithy2026, "Topic, length"}}},
	})
	TopicMaxLength = add(Rule{
		ID: "topic-max-length", Area: "limits", Plane: Control, Level: Must, Sources: From(MSK, SelfManagedKafka),
		Says:   "A topic name in Topics that is longer than 249 characters must be refused, and one of just that length accepted",
		In2020: Clause{Holds: true, Value: 249, Cites: []Cite{{Model2020, "Topic, max"}}},
		Now:    Clause{Holds: true, Value: 249, Cites: []Cite{{Smithy2026, "Topic, length"}}},
	})
	TopicPattern = add(Rule{
		ID: "topic-pattern", Area: "limits", Plane: Control, Level: Must, Sources: From(MSK, SelfManagedKafka),
		Says:   "A topic name in Topics must match the documented pattern, that is, it may begin with anything but a dot and goes on with letters, digits, hyphens, underscores and dots",
		Silent: "In 2020 the pattern has no end anchor, so taken literally it lets bad characters through at the end; and its first character may be nearly anything",
		In2020: Clause{Holds: true, Value: "^[^.]([a-zA-Z0-9\\-_.]+)", Cites: []Cite{{Model2020, "Topic, pattern"}}},
		Now:    Clause{Holds: true, Value: "^[^.]([a-zA-Z0-9\\-_.]+)$", Cites: []Cite{{Smithy2026, "Topic, pattern"}}},
	})
	LimitControlPlane15rps = add(Rule{
		ID: "limit-control-plane-15rps", Area: "limits", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "Calls of the control plane, the mapping operations included, share a documented limit on requests per second, beyond which they are throttled",
		Silent: "How bursts are treated; the quota belongs to the real service and is common to all control operations",
		In2020: Clause{Holds: true, Value: 15, Cites: []Cite{{Guide2020, "gettingstarted-limits"}}, Unobservable: "Reaching the limit would mean exceeding the account's quota on purpose, and throttling cannot be provoked otherwise"},
		Now:    Clause{Holds: true, Value: 15, Cites: []Cite{{Guide2022, "gettingstarted-limits"}}, Unobservable: "Reaching the limit would mean exceeding the account's quota on purpose, and throttling cannot be provoked otherwise"},
	})
	FilterPatternMax4096 = add(Rule{
		ID: "filter-pattern-max-4096", Area: "limits", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB, SQS, MSK, SelfManagedKafka, MQ),
		Says:   "Pattern of a filter may not exceed 4,096 characters",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: 4096, Cites: []Cite{{Smithy2026, "Pattern, length"}}},
	})
	KMSKeyPattern = add(Rule{
		ID: "kms-key-pattern", Area: "limits", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB, SQS, MSK, SelfManagedKafka, MQ),
		Says:   "KMSKeyArn must have the form of an ARN or be empty",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: "^(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()$", Cites: []Cite{{Smithy2026, "KMSKeyArn, pattern"}}},
	})
	FrtLength = add(Rule{
		ID: "frt-length", Area: "limits", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB, SQS, MSK, SelfManagedKafka),
		Says:   "FunctionResponseTypes may be empty or have a single entry, and a longer list is refused",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: map[string]any{"min": 0, "max": 1}, Cites: []Cite{{Smithy2026, "FunctionResponseTypeList, length"}}},
	})
	TumblingRange = add(Rule{
		ID: "tumbling-range", Area: "limits", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "TumblingWindowInSeconds must be from 0 to 900, where 0 stands for no window",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: map[string]any{"min": 0, "max": 900}, Cites: []Cite{{Smithy2026, "TumblingWindowInSeconds, range"}, {SDKToday, "CreateEventSourceMappingInput, TumblingWindowInSeconds"}, {SDKHistory, "aws-sdk-go v1.36.9 (2020-12-15)"}}},
	})
	ScalingMaxConcurrencyMin = add(Rule{
		ID: "scaling-max-concurrency-min", Area: "limits", Plane: Control, Level: Must, Sources: From(SQS),
		Says:   "MaximumConcurrency in ScalingConfig may not be below 2",
		Needs:  []Capability{CanSQS},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: 2, Cites: []Cite{{Smithy2026, "MaximumConcurrency, range"}, {SDKHistory, "aws-sdk-go v1.44.179 (2023-01-12)"}}},
	})
	ScalingMaxConcurrencyMax = add(Rule{
		ID: "scaling-max-concurrency-max", Area: "limits", Plane: Control, Level: Must, Sources: From(SQS),
		Says:   "MaximumConcurrency in ScalingConfig may not be above 1,000",
		Needs:  []Capability{CanSQS},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: 1000, Cites: []Cite{{Smithy2026, "MaximumConcurrency, range"}}},
	})
	ProvisionedMinPollers = add(Rule{
		ID: "provisioned-min-pollers", Area: "limits", Plane: Control, Level: Must, Sources: From(SQS, MSK, SelfManagedKafka),
		Says:   "MinimumPollers in ProvisionedPollerConfig must be from 1 to 200, and for an SQS source not below 2",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: map[string]any{"kafka": []int{1, 200}, "sqs": []int{2, 200}}, Cites: []Cite{{Smithy2026, "MinimumNumberOfPollers, range"}, {SDKToday, "ProvisionedPollerConfig, MinimumPollers"}}},
	})
	ProvisionedMaxPollersKafka = add(Rule{
		ID: "provisioned-max-pollers-kafka", Area: "limits", Plane: Control, Level: Must, Sources: From(MSK, SelfManagedKafka),
		Says:   "MaximumPollers in the ProvisionedPollerConfig of a Kafka source must be from 1 to 2,000 and is 200 when not given",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: map[string]any{"min": 1, "max": 2000, "default": 200}, Cites: []Cite{{SDKToday, "ProvisionedPollerConfig, MaximumPollers"}, {SDKHistory, "aws-sdk-go-v2 service/lambda v1.69.0 (2024-11-22)"}}},
	})
	ProvisionedMaxPollersSQS = add(Rule{
		ID: "provisioned-max-pollers-sqs", Area: "limits", Plane: Control, Level: Must, Sources: From(SQS),
		Says:   "MaximumPollers in the ProvisionedPollerConfig of an SQS source must be from 2 to 10,000 and is 200 when not given",
		Silent: "Sources disagree on the upper bound: the April 2026 model and the stored SQS page have 2,000, the current SDK and one API page 10,000",
		Needs:  []Capability{CanSQS},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: map[string]any{"min": 2, "max": 10000, "default": 200}, Cites: []Cite{{SDKToday, "ProvisionedPollerConfig, MaximumPollers"}, {SDKHistory, "aws-sdk-go-v2 service/lambda v1.82.0 (2025-11-19)"}, {SDKHistory, "aws-sdk-go-v2 service/lambda v1.107.0 (2026-09-04)"}}},
	})
	ProvisionedGroupName = add(Rule{
		ID: "provisioned-group-name", Area: "limits", Plane: Control, Level: Must, Sources: From(MSK, SelfManagedKafka),
		Says:   "PollerGroupName may have up to 128 characters, each a letter, a digit, a hyphen or an underscore",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: map[string]any{"max": 128, "pattern": "^[a-zA-Z0-9-_]*$"}, Cites: []Cite{{Smithy2026, "ProvisionedPollerGroupName"}, {SDKHistory, "aws-sdk-go-v2 service/lambda v1.83.0 (2025-11-21)"}}},
	})
	ProvisionedGroupLimits = add(Rule{
		ID: "provisioned-group-limits", Area: "limits", Plane: Control, Level: Must, Sources: From(MSK, SelfManagedKafka),
		Says:   "Mappings that share a PollerGroupName may number 100 at most, and their MaximumPollers may add up to 2,000 at most",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: map[string]any{"mappings": 100, "pollers": 2000}, Cites: []Cite{{SDKToday, "ProvisionedPollerConfig, PollerGroupName"}}},
	})
	KafkaConsumerGroupID = add(Rule{
		ID: "kafka-consumer-group-id", Area: "limits", Plane: Control, Level: Must, Sources: From(MSK, SelfManagedKafka),
		Says:   "ConsumerGroupId must have 1 to 200 characters of the documented alphabet, must differ from that of every other Kafka source, and cannot be changed once the mapping exists",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: map[string]any{"min": 1, "max": 200, "pattern": "^[a-zA-Z0-9-\\/*:_+=.@-]*$"}, Cites: []Cite{{Smithy2026, "URI"}, {SDKToday, "AmazonManagedKafkaEventSourceConfig, ConsumerGroupId"}, {SDKHistory, "aws-sdk-go v1.44.79 (2022-08-17)"}}},
	})
	KafkaSelfManagedEndpoints = add(Rule{
		ID: "kafka-self-managed-endpoints", Area: "limits", Plane: Control, Level: Must, Sources: From(SelfManagedKafka),
		Says:   "Endpoints of a SelfManagedEventSource must list under KAFKA_BOOTSTRAP_SERVERS from 1 to 10 servers, each written as host and port in no more than 300 characters",
		Needs:  []Capability{CanSelfManagedKafka},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: map[string]any{"map": []int{1, 2}, "list": []int{1, 10}, "max": 300}, Cites: []Cite{{Smithy2026, "Endpoints"}, {Smithy2026, "EndpointLists"}, {Smithy2026, "Endpoint"}, {SDKHistory, "aws-sdk-go v1.36.9 (2020-12-15)"}}},
	})
	SourceAccessCount = add(Rule{
		ID: "source-access-count", Area: "limits", Plane: Control, Level: Must, Sources: From(MSK, SelfManagedKafka, MQ, DocumentDB),
		Says:   "SourceAccessConfigurations may not have more than 22 entries, and may be empty",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: map[string]any{"min": 0, "max": 22}, Cites: []Cite{{Smithy2026, "SourceAccessConfigurations, length"}}},
	})
	DocdbDatabaseName = add(Rule{
		ID: "docdb-database-name", Area: "limits", Plane: Control, Level: Must, Sources: From(DocumentDB),
		Says:   "DatabaseName of a DocumentDB source must have 1 to 63 characters, none of them a space, slash, dot, dollar sign or double quote",
		Silent: "Whether the name has to be given: the service model leaves it optional, the SAM page demands it",
		Needs:  []Capability{CanDocumentDB},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: map[string]any{"min": 1, "max": 63, "pattern": "^[^ /\\.$\\x22]*$"}, Cites: []Cite{{Smithy2026, "DatabaseName"}, {SDKHistory, "aws-sdk-go v1.44.210 (2023-02-27)"}}},
	})
	DocdbCollectionName = add(Rule{
		ID: "docdb-collection-name", Area: "limits", Plane: Control, Level: Must, Sources: From(DocumentDB),
		Says:   "CollectionName of a DocumentDB source must have 1 to 57 characters and not begin with system., and a mapping without it reads every collection of the database",
		Needs:  []Capability{CanDocumentDB},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: map[string]any{"min": 1, "max": 57}, Cites: []Cite{{Smithy2026, "CollectionName"}, {SDKToday, "DocumentDBEventSourceConfig, CollectionName"}}},
	})
)
