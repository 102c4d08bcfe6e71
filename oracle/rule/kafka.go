package rule

// Rules about MSK and self-managed Kafka.
var (
	TopicsExactlyOne = add(Rule{
		ID: "topics-exactly-one", Area: "msk", Plane: Control, Level: Must, Sources: From(MSK, SelfManagedKafka),
		Says:   "A Topics list that is sent must have one entry, no fewer and no more, or the request is refused",
		In2020: Clause{Holds: true, Value: map[string]any{"min": 1, "max": 1}, Cites: []Cite{{Model2020, "Topics, min and max"}}},
		Now:    Clause{Holds: true, Value: map[string]any{"min": 1, "max": 1}, Cites: []Cite{{Smithy2026, "Topics, length"}}},
	})
	TopicsMSKOnly = add(Rule{
		ID: "topics-msk-only", Area: "msk", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB, SQS),
		Says:   "Topics is a setting of Kafka mappings (MSK, and self-managed Kafka where that source exists) and must not be taken up by a mapping of another source",
		Silent: "That other sources turn the member down is nowhere said outright",
		In2020: Clause{Holds: true, Value: []string{"msk"}, Cites: []Cite{{API2020, "CreateEventSourceMapping, Topics"}}},
		Now:    Clause{Holds: true, Value: []string{"msk", "self-managed-kafka"}, Cites: []Cite{{SDKToday, "CreateEventSourceMappingInput, Topics"}}},
	})
	TopicsRequiredMSK = add(Rule{
		ID: "topics-required-msk", Area: "msk", Plane: Control, Level: Implied, Sources: From(MSK),
		Says:   "A CreateEventSourceMapping for an MSK cluster must be refused when it names no topic in Topics",
		Silent: "By shape the member is optional in 2020; that MSK needs it is written down only in later guides",
		Needs:  []Capability{CanMSK},
		In2020: Clause{Holds: true, Value: "implied", Cites: []Cite{{Guide2020, "with-msk.md, topic option and CLI example"}, {API2020, "CreateEventSourceMapping, Topics"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{DocsToday, "msk-esm-parameters.html, Topics"}}},
	})
	MSKReasonEsmConfigNotValid = add(Rule{
		ID: "msk-reason-esm-config-not-valid", Area: "msk", Plane: Control, Level: Must, Sources: From(MSK, SelfManagedKafka, MQ),
		Says:   "A broker mapping stopped because its own configuration is unusable must give ESM_CONFIG_NOT_VALID as StateTransitionReason",
		Silent: "The MSK page of 2022 no longer has these codes and shows LastProcessingResult messages in their place, while the Kafka and MQ pages keep them",
		In2020: Clause{Holds: true, Value: "ESM_CONFIG_NOT_VALID", Cites: []Cite{{Guide2020, "with-msk, Event source mapping errors"}}, Unobservable: "The text names no configuration that Create lets through and that later proves invalid, so the case cannot be provoked"},
		Now:    Clause{Holds: true, Value: "ESM_CONFIG_NOT_VALID", Cites: []Cite{{Guide2022, "with-kafka"}, {Guide2022, "with-mq"}}, Unobservable: "The text names no configuration that Create lets through and that later proves invalid, so the case cannot be provoked"},
	})
	MSKReasonEventSourceAuthnError = add(Rule{
		ID: "msk-reason-event-source-authn-error", Area: "msk", Plane: Control, Level: Must, Sources: From(MSK, SelfManagedKafka, MQ),
		Says:   "A broker mapping stopped because the source refused Lambda's credentials must give EVENT_SOURCE_AUTHN_ERROR as StateTransitionReason",
		Silent: "The MSK page of 2022 no longer has these codes and shows LastProcessingResult messages in their place, while the Kafka and MQ pages keep them",
		In2020: Clause{Holds: true, Value: "EVENT_SOURCE_AUTHN_ERROR", Cites: []Cite{{Guide2020, "with-msk, Event source mapping errors"}}, Unobservable: "A broker that rejects Lambda's credentials cannot be set up by the suite"},
		Now:    Clause{Holds: true, Value: "EVENT_SOURCE_AUTHN_ERROR", Cites: []Cite{{Guide2022, "with-kafka"}, {Guide2022, "with-mq"}}, Unobservable: "A broker that rejects Lambda's credentials cannot be set up by the suite"},
	})
	MSKReasonEventSourceAuthzError = add(Rule{
		ID: "msk-reason-event-source-authz-error", Area: "msk", Plane: Control, Level: Must, Sources: From(MSK, SelfManagedKafka, MQ),
		Says:   "A broker mapping stopped because Lambda lacks rights on the source must give EVENT_SOURCE_AUTHZ_ERROR as StateTransitionReason",
		Silent: "The MSK page of 2022 no longer has these codes and shows LastProcessingResult messages in their place, while the Kafka and MQ pages keep them",
		In2020: Clause{Holds: true, Value: "EVENT_SOURCE_AUTHZ_ERROR", Cites: []Cite{{Guide2020, "with-msk, Event source mapping errors"}}, Unobservable: "Missing permissions cannot be arranged, as the suite sets up neither IAM policies nor broker access rules"},
		Now:    Clause{Holds: true, Value: "EVENT_SOURCE_AUTHZ_ERROR", Cites: []Cite{{Guide2022, "with-kafka"}, {Guide2022, "with-mq"}}, Unobservable: "Missing permissions cannot be arranged, as the suite sets up neither IAM policies nor broker access rules"},
	})
	MSKReasonFunctionConfigNotValid = add(Rule{
		ID: "msk-reason-function-config-not-valid", Area: "msk", Plane: Control, Level: Must, Sources: From(MSK, SelfManagedKafka, MQ),
		Says:   "A broker mapping stopped because its function's configuration is unusable must give FUNCTION_CONFIG_NOT_VALID as StateTransitionReason",
		Silent: "The MSK page of 2022 no longer has these codes and shows LastProcessingResult messages in their place, while the Kafka and MQ pages keep them",
		In2020: Clause{Holds: true, Value: "FUNCTION_CONFIG_NOT_VALID", Cites: []Cite{{Guide2020, "with-msk, Event source mapping errors"}}, Unobservable: "The text does not say which function configurations are meant, so the case cannot be provoked"},
		Now:    Clause{Holds: true, Value: "FUNCTION_CONFIG_NOT_VALID", Cites: []Cite{{Guide2022, "with-kafka"}, {Guide2022, "with-mq"}}, Unobservable: "The text does not say which function configurations are meant, so the case cannot be provoked"},
	})
	MSKConsumerGroupUUID = add(Rule{
		ID: "msk-consumer-group-uuid", Area: "msk", Plane: Data, Level: Must, Sources: From(MSK),
		Says:   "An MSK mapping reads as a Kafka consumer group that bears the mapping's UUID, unless the configuration names a ConsumerGroupId of its own where that member exists",
		Needs:  []Capability{CanMSK},
		In2020: Clause{Holds: true, Value: "UUID", Cites: []Cite{{Guide2020, "with-msk"}}, Unobservable: "consumer group names exist at the broker only; no trace shows them"},
		Now:    Clause{Holds: true, Value: "UUID unless ConsumerGroupId is given", Cites: []Cite{{SDKToday, "AmazonManagedKafkaEventSourceConfig, ConsumerGroupId"}, {DocsToday, "msk-esm-parameters"}}, Unobservable: "consumer group names exist at the broker only; no trace shows them"},
	})
	MSKTimeout14Min = add(Rule{
		ID: "msk-timeout-14-min", Area: "msk", Plane: Control, Level: Must, Sources: From(MSK, SelfManagedKafka, MQ),
		Says:   "A function invoked by a Kafka or Amazon MQ mapping may be configured to run for 14 minutes at most",
		Silent: "Whether Create enforces the bound; a documentation change of September 2026 about function timeouts was not followed up",
		In2020: Clause{Holds: true, Value: "14 min (MSK)", Cites: []Cite{{Guide2020, "with-msk"}}, Unobservable: "the documentation names no call that is refused for it, so either answer of Create is right"},
		Now:    Clause{Holds: true, Value: "14 min (Kafka, MQ)", Cites: []Cite{{Guide2022, "with-msk"}, {Guide2022, "with-kafka"}}, Unobservable: "the documentation names no call that is refused for it, so either answer of Create is right"},
	})
	MSKDropOver6mb = add(Rule{
		ID: "msk-drop-over-6mb", Area: "msk", Plane: Data, Level: Must, Sources: From(MSK, SelfManagedKafka),
		Says:   "A Kafka record that cannot fit into an event of 6 MB never reaches the function, and the mapping goes on behind it",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{Holds: true, Value: "6 MB", Cites: []Cite{{Guide2020, "with-msk"}}},
		Now:    Clause{Holds: true, Value: "6 MB", Cites: []Cite{{Guide2022, "with-kafka"}}},
	})
	MSKNoAuth2020 = add(Rule{
		ID: "msk-no-auth-2020", Area: "msk", Plane: Control, Level: Must, Sources: From(MSK),
		Says:   "An MSK mapping connects without SSL or SASL client authentication, and there is no way to ask for either",
		Needs:  []Capability{CanMSK},
		In2020: Clause{Holds: true, Value: "unsupported", Cites: []Cite{{Guide2020, "with-msk"}}, Unobservable: "the API of that day has no member that asks for client authentication, and the suite brings no cluster that demands it"},
		Now:    Clause{Value: "SASL/SCRAM, IAM and mTLS supported", Cites: []Cite{{Guide2022, "with-msk"}, {SDKToday, "SourceAccessConfiguration, Type"}}},
	})
	MSKPlaintextTlsBrokers = add(Rule{
		ID: "msk-plaintext-tls-brokers", Area: "msk", Plane: Control, Level: Must, Sources: From(MSK),
		Says:   "An MSK mapping works with brokers that speak plaintext and with brokers that speak TLS under a public certificate authority",
		Needs:  []Capability{CanMSK},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-msk"}}, Unobservable: "the connection between mapping and brokers cannot be seen, and the suite sets up no brokers of either kind"},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-msk"}}, Unobservable: "the connection between mapping and brokers cannot be seen, and the suite sets up no brokers of either kind"},
	})
	MSKMultiPartitionBatch = add(Rule{
		ID: "msk-multi-partition-batch", Area: "msk", Plane: Data, Level: Implied, Sources: From(MSK, SelfManagedKafka),
		Says:   "A Kafka event may carry records of several partitions, and its records member lists them under one key for each topic and partition, joined by a hyphen",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-msk, text and example event"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-msk"}}},
	})
	MSKOneConsumerPerPartition = add(Rule{
		ID: "msk-one-consumer-per-partition", Area: "msk", Plane: Data, Level: Must, Sources: From(MSK, SelfManagedKafka),
		Says:   "A Kafka mapping has no more consumers than partitions, so no partition is processed by two invocations at a time",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: "1 per partition", Cites: []Cite{{Guide2022, "with-msk, Auto scaling"}}},
	})
	SourceAccessTypes = add(Rule{
		ID: "source-access-types", Area: "kafka", Plane: Control, Level: Must, Sources: From(MSK, SelfManagedKafka, MQ),
		Says:   "Type of a SourceAccessConfiguration must be one of the values that SourceAccessType lists",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: []string{"BASIC_AUTH", "VPC_SUBNET", "VPC_SECURITY_GROUP", "SASL_SCRAM_512_AUTH", "SASL_SCRAM_256_AUTH", "VIRTUAL_HOST", "CLIENT_CERTIFICATE_TLS_AUTH", "SERVER_ROOT_CA_CERTIFICATE", "OAUTHBEARER_AUTH", "OAUTHBEARER_SCOPE", "OAUTHBEARER_AUDIENCE", "OAUTHBEARER_LOGICAL_CLUSTER", "OAUTHBEARER_IDENTITY_POOL", "IAM_AUTH", "IAM_OAUTHBEARER_AUTH"}, Cites: []Cite{{SDKToday, "SourceAccessType"}}},
	})
	KafkaConsumptionMode = add(Rule{
		ID: "kafka-consumption-mode", Area: "kafka", Plane: Control, Level: Must, Sources: From(SelfManagedKafka),
		Says:   "ConsumptionMode of a self-managed Kafka source must be Stream or Queue, is Stream when not given, and cannot be changed after creation",
		Needs:  []Capability{CanSelfManagedKafka},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: []string{"Stream", "Queue"}, Cites: []Cite{{SDKToday, "SelfManagedKafkaEventSourceConfig, ConsumptionMode"}, {SDKHistory, "aws-sdk-go-v2 service/lambda v1.114.0 (2026-10-30)"}}},
	})
	KafkaQueueModeExclusions = add(Rule{
		ID: "kafka-queue-mode-exclusions", Area: "kafka", Plane: Control, Level: Must, Sources: From(SelfManagedKafka),
		Says:   "A mapping whose ConsumptionMode is Queue cannot have StartingPosition, StartingPositionTimestamp or MaximumBatchingWindowInSeconds",
		Needs:  []Capability{CanSelfManagedKafka},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "SelfManagedKafkaEventSourceConfig, ConsumptionMode"}}},
	})
	KafkaLoggingLevels = add(Rule{
		ID: "kafka-logging-levels", Area: "kafka", Plane: Control, Level: Must, Sources: From(MSK, SelfManagedKafka),
		Says:   "SystemLogLevel in LoggingConfig, a setting for Kafka sources, must be DEBUG, INFO or WARN",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: []string{"DEBUG", "INFO", "WARN"}, Cites: []Cite{{SDKToday, "EventSourceMappingSystemLogLevel"}, {SDKHistory, "aws-sdk-go-v2 service/lambda v1.88.0 (2026-01-28)"}}},
	})
	KafkaSchemaRegistry = add(Rule{
		ID: "kafka-schema-registry", Area: "kafka", Plane: Control, Level: Must, Sources: From(MSK, SelfManagedKafka),
		Says:   "A Kafka mapping may have a SchemaRegistryConfig, whose EventRecordFormat must be JSON or SOURCE, whose validation Attribute must be KEY or VALUE, and whose SchemaRegistryURI must have 1 to 10,000 characters",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: map[string]any{"EventRecordFormat": []string{"JSON", "SOURCE"}, "Attribute": []string{"KEY", "VALUE"}, "SchemaRegistryURI": []int{1, 10000}}, Cites: []Cite{{SDKToday, "KafkaSchemaRegistryConfig"}, {Smithy2026, "SchemaRegistryUri"}, {SDKHistory, "aws-sdk-go-v2 service/lambda v1.72.0 (2025-06-19)"}}},
	})
	KafkaErrorOptionsSameRanges = add(Rule{
		ID: "kafka-error-options-same-ranges", Area: "kafka", Plane: Control, Level: Must, Sources: From(MSK, SelfManagedKafka),
		Says:   "On a Kafka mapping MaximumRetryAttempts and MaximumRecordAgeInSeconds are accepted with the bounds they have on streams: -1 or 0 to 10,000, and -1 or 60 to 604,800",
		In2020: Clause{Cites: []Cite{{API2020, "CreateEventSourceMapping, description (error handling options only for DynamoDB and Kinesis)"}}},
		Now:    Clause{Holds: true, Value: map[string]any{"retry": "-1..10000", "age": "-1 or 60..604800"}, Cites: []Cite{{DocsToday, "kafka-retry-configurations, console steps"}, {SDKToday, "CreateEventSourceMapping, description"}}},
	})
	KafkaErrorOptionsProvisioned = add(Rule{
		ID: "kafka-error-options-provisioned", Area: "kafka", Plane: Control, Level: Implied, Sources: From(MSK, SelfManagedKafka),
		Says:   "Retry, age and destination options of a Kafka mapping are set on a mapping that also has a ProvisionedPollerConfig",
		Silent: "Whether the options are refused without provisioned mode; neither the page nor the API text says so",
		In2020: Clause{Cites: []Cite{{API2020, "CreateEventSourceMapping, description (error handling options only for DynamoDB and Kinesis)"}}},
		Now:    Clause{Holds: true, Value: "provisioned mode", Cites: []Cite{{DocsToday, "kafka-retry-configurations, console steps and CLI example"}}, Unobservable: "shown in examples only and never called a condition, so accepting and refusing the options without provisioned mode are both right"},
	})
	OAuthScopeRequiresAuth = add(Rule{
		ID: "oauth-scope-requires-auth", Area: "kafka", Plane: Control, Level: Must, Sources: From(SelfManagedKafka),
		Says:   "Entries of type OAUTHBEARER_SCOPE, OAUTHBEARER_LOGICAL_CLUSTER or OAUTHBEARER_IDENTITY_POOL are refused in SourceAccessConfigurations without one of type OAUTHBEARER_AUTH",
		Needs:  []Capability{CanSelfManagedKafka},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "SourceAccessConfiguration, Type"}, {SDKHistory, "aws-sdk-go-v2 service/lambda v1.112.0 (2026-10-08)"}}},
	})
	OAuthAudienceRequiresAuth = add(Rule{
		ID: "oauth-audience-requires-auth", Area: "kafka", Plane: Control, Level: Must, Sources: From(SelfManagedKafka),
		Says:   "An OAUTHBEARER_AUDIENCE entry is refused in SourceAccessConfigurations unless OAUTHBEARER_AUTH or IAM_OAUTHBEARER_AUTH accompanies it",
		Needs:  []Capability{CanSelfManagedKafka},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "SourceAccessConfiguration, Type"}}},
	})
	OAuthIAMRequiresAudience = add(Rule{
		ID: "oauth-iam-requires-audience", Area: "kafka", Plane: Control, Level: Must, Sources: From(SelfManagedKafka),
		Says:   "An IAM_OAUTHBEARER_AUTH entry must be accompanied by OAUTHBEARER_AUDIENCE and by no other OAUTHBEARER type",
		Needs:  []Capability{CanSelfManagedKafka},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "SourceAccessConfiguration, Type"}}},
	})
	OAuthIAMNoURI = add(Rule{
		ID: "oauth-iam-no-uri", Area: "kafka", Plane: Control, Level: Must, Sources: From(SelfManagedKafka),
		Says:   "An entry of type IAM_AUTH or IAM_OAUTHBEARER_AUTH in SourceAccessConfigurations is complete without a URI and is not to have one",
		Silent: "Whether an entry that has a URI all the same is refused; the wording may be no more than advice",
		Needs:  []Capability{CanSelfManagedKafka},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "SourceAccessConfiguration, Type"}}},
	})
	SchemaRegistryAuthTypes = add(Rule{
		ID: "schema-registry-auth-types", Area: "kafka", Plane: Control, Level: Must, Sources: From(MSK, SelfManagedKafka),
		Says:   "Type of an access configuration for a schema registry must be BASIC_AUTH, CLIENT_CERTIFICATE_TLS_AUTH, SERVER_ROOT_CA_CERTIFICATE or OAUTHBEARER_AUTH",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: []string{"BASIC_AUTH", "CLIENT_CERTIFICATE_TLS_AUTH", "SERVER_ROOT_CA_CERTIFICATE", "OAUTHBEARER_AUTH"}, Cites: []Cite{{SDKToday, "KafkaSchemaRegistryAuthType"}}},
	})
)
