package rule

// Rules about update.
var (
	UpdateHTTPMethod = add(Rule{
		ID: "update-http-method", Area: "update", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "UpdateEventSourceMapping must be served under the PUT method",
		In2020: Clause{Holds: true, Value: "PUT", Cites: []Cite{{Model2020, "UpdateEventSourceMapping, http method"}}},
		Now:    Clause{Holds: true, Value: "PUT", Cites: []Cite{{SDKToday, "UpdateEventSourceMapping, http trait in the operation schema"}}},
	})
	UpdateURI = add(Rule{
		ID: "update-uri", Area: "update", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "UpdateEventSourceMapping must take the mapping's UUID from the last segment of its path, which lies below the 2015-03-31 collection",
		In2020: Clause{Holds: true, Value: "/2015-03-31/event-source-mappings/{UUID}", Cites: []Cite{{Model2020, "UpdateEventSourceMapping, http requestUri"}}},
		Now:    Clause{Holds: true, Value: "/2015-03-31/event-source-mappings/{UUID}", Cites: []Cite{{SDKToday, "UpdateEventSourceMapping, http trait in the operation schema"}, {SDKToday, "request snapshot UpdateEventSourceMapping"}}},
	})
	UpdateStatusCode = add(Rule{
		ID: "update-status-code", Area: "update", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "An UpdateEventSourceMapping that succeeds must carry HTTP status 202 and no other success code",
		In2020: Clause{Holds: true, Value: 202, Cites: []Cite{{Model2020, "UpdateEventSourceMapping, http responseCode"}}},
		Now:    Clause{Holds: true, Value: 202, Cites: []Cite{{SDKToday, "UpdateEventSourceMapping, http trait in the operation schema"}}},
	})
	BatchSizeUpdateRange = add(Rule{
		ID: "batch-size-update-range", Area: "update", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "UpdateEventSourceMapping must hold BatchSize to the bounds that CreateEventSourceMapping sets, and a refused value must leave the mapping as it was",
		Silent: "The Update text speaks of defaults but does not say that a member left out stays as it is",
		In2020: Clause{Holds: true, Value: "same as Create", Cites: []Cite{{API2020, "UpdateEventSourceMapping, BatchSize"}}},
		Now:    Clause{Holds: true, Value: "same as Create", Cites: []Cite{{SDKToday, "UpdateEventSourceMapping, BatchSize"}}},
	})
	Window500msNotRestorable = add(Rule{
		ID: "window-500ms-not-restorable", Area: "update", Plane: Control, Level: Must, Sources: From(MSK, SelfManagedKafka, MQ, DocumentDB),
		Says:   "Once MaximumBatchingWindowInSeconds was set on a Kafka, Amazon MQ or DocumentDB mapping, no UpdateEventSourceMapping may bring the 500 ms default back",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, MaximumBatchingWindowInSeconds"}}, Unobservable: "No request can ask for 500 ms, and how a response would show it is not documented, so a mapping gone back to the default cannot be told apart from one that was not"},
	})
	StartImmutable = add(Rule{
		ID: "start-immutable", Area: "update", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "UpdateEventSourceMapping must not move a mapping's StartingPosition, which is fixed when the mapping is created",
		Silent: "How an Update is answered that carries a member it does not define",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Model2020, "UpdateEventSourceMappingRequest (no StartingPosition)"}}, Unobservable: "no answer of 2020 shows StartingPosition, and refusing the member and passing over it are both allowed, so a control-plane call cannot tell"},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "UpdateEventSourceMappingInput (no StartingPosition)"}, {DocsToday, "msk-esm-parameters.html, StartingPosition"}}},
	})
	TopicsImmutable = add(Rule{
		ID: "topics-immutable", Area: "update", Plane: Control, Level: Must, Sources: From(MSK, SelfManagedKafka),
		Says:   "UpdateEventSourceMapping must leave a mapping's Topics as they were set on creation",
		Silent: "The 2020 reference marks Topics as new for Update, but the member stands in its response only; if an Update that sends it fails is not told",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "UpdateEventSourceMapping, request syntax (no Topics)"}, {Model2020, "UpdateEventSourceMappingRequest (no Topics)"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "UpdateEventSourceMappingInput (no Topics)"}, {DocsToday, "msk-esm-parameters.html, Topics"}}},
	})
	UpdateUUIDRequired = add(Rule{
		ID: "update-uuid-required", Area: "update", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "UpdateEventSourceMapping must be told by UUID, as part of the path, which mapping to change, and a call without one is a client error",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "UpdateEventSourceMapping, UUID"}, {Model2020, "UpdateEventSourceMappingRequest, required"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "UpdateEventSourceMappingInput, UUID"}}},
	})
	UpdateMembers = add(Rule{
		ID: "update-members", Area: "update", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "UpdateEventSourceMapping must take exactly the members that the profile's Update request lists, and each of them must take effect when it is sent alone",
		In2020: Clause{Holds: true, Value: []string{"UUID", "FunctionName", "Enabled", "BatchSize", "MaximumBatchingWindowInSeconds", "DestinationConfig", "MaximumRecordAgeInSeconds", "BisectBatchOnFunctionError", "MaximumRetryAttempts", "ParallelizationFactor"}, Cites: []Cite{{API2020, "UpdateEventSourceMapping, request syntax"}, {Model2020, "shape UpdateEventSourceMappingRequest"}}},
		Now:    Clause{Holds: true, Value: []string{"AmazonManagedKafkaEventSourceConfig", "BatchSize", "BisectBatchOnFunctionError", "DestinationConfig", "DocumentDBEventSourceConfig", "Enabled", "FilterCriteria", "FunctionName", "FunctionResponseTypes", "KMSKeyArn", "LoggingConfig", "MaximumBatchingWindowInSeconds", "MaximumRecordAgeInSeconds", "MaximumRetryAttempts", "MetricsConfig", "ParallelizationFactor", "ProvisionedPollerConfig", "ScalingConfig", "SelfManagedKafkaEventSourceConfig", "SourceAccessConfigurations", "TumblingWindowInSeconds", "UUID"}, Cites: []Cite{{SDKToday, "UpdateEventSourceMappingInput"}}},
	})
	UpdateAllOptional = add(Rule{
		ID: "update-all-optional", Area: "update", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "UpdateEventSourceMapping must be satisfied with the UUID in the path and may not insist on any other member",
		Silent: "It is not said that an empty body is a valid update, nor which State it would lead through",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Model2020, "shape UpdateEventSourceMappingRequest, required"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "UpdateEventSourceMappingInput, required members"}}},
	})
	UpdateOmittedUnchanged = add(Rule{
		ID: "update-omitted-unchanged", Area: "update", Plane: Control, Level: Implied, Sources: AllSources,
		Says:   "An update may change only the members it names; every setting it leaves out must read as before",
		Silent: "Shown by the examples only; no sentence promises it",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-kinesis, update-event-source-mapping example"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-kinesis, update-event-source-mapping example"}}},
	})
	UpdateFunction = add(Rule{
		ID: "update-function", Area: "update", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "UpdateEventSourceMapping with a FunctionName must rebind the mapping to that function, so that FunctionArn names it afterwards",
		Silent: "Which of the two functions gets the retries of a batch that was running at the change",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "UpdateEventSourceMapping, introduction"}, {API2020, "UpdateEventSourceMapping, FunctionName"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "UpdateEventSourceMapping, introduction"}}},
	})
	UpdatePause = add(Rule{
		ID: "update-pause", Area: "update", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "After UpdateEventSourceMapping with Enabled false has taken effect, the mapping must read nothing more and invoke nothing more",
		Silent: "What becomes of an invocation that is running when the pause begins",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "UpdateEventSourceMapping, introduction"}, {API2020, "UpdateEventSourceMapping, Enabled"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "UpdateEventSourceMappingInput, Enabled"}}},
	})
	UpdateResume = add(Rule{
		ID: "update-resume", Area: "update", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "UpdateEventSourceMapping with Enabled true must let a paused mapping go on at the place where it had stopped, so that records written meanwhile are not lost",
		Silent: "How the time spent paused counts against MaximumRecordAgeInSeconds; records past the source's retention are gone in any case",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "UpdateEventSourceMapping, introduction"}, {API2020, "UpdateEventSourceMapping, Enabled"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "UpdateEventSourceMapping, introduction"}}},
	})
	UpdateEventSourceImmutable = add(Rule{
		ID: "update-event-source-immutable", Area: "update", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "UpdateEventSourceMapping must offer no way to move a mapping to another event source: EventSourceArn stays what Create set",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "UpdateEventSourceMapping, request syntax (no EventSourceArn)"}, {Model2020, "shape UpdateEventSourceMappingRequest (no EventSourceArn)"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "UpdateEventSourceMappingInput (no EventSourceArn)"}, {DocsToday, "msk-esm-parameters page, 'Can set only on Create'"}}},
	})
	UpdateAsync = add(Rule{
		ID: "update-async", Area: "update", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "UpdateEventSourceMapping may answer before the change is made, with the old values in its body, but Get must show the new values once the change is done",
		Silent: "One example (Amazon MQ, 2022) has the new BatchSize in the answer already, so both old and new values are fine there",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-kinesis, update-event-source-mapping example"}, {Guide2020, "with-ddb, update-event-source-mapping example"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-kinesis, update-event-source-mapping example"}, {Guide2022, "with-mq, update example"}}},
	})
	UpdateReturnsConfiguration = add(Rule{
		ID: "update-returns-configuration", Area: "update", Plane: Control, Level: Must, Sources: AllSources,
		Says:   "A successful UpdateEventSourceMapping must carry the mapping's EventSourceMappingConfiguration as its body",
		In2020: Clause{Holds: true, Value: "EventSourceMappingConfiguration", Cites: []Cite{{API2020, "UpdateEventSourceMapping, response structure"}, {Model2020, "operation UpdateEventSourceMapping, output"}}},
		Now:    Clause{Holds: true, Value: "EventSourceMappingConfiguration", Cites: []Cite{{SDKToday, "UpdateEventSourceMappingOutput"}}},
	})
	SourceAccessVirtualHostCreateOnly = add(Rule{
		ID: "source-access-virtual-host-create-only", Area: "update", Plane: Control, Level: Must, Sources: From(MQ),
		Says:   "VIRTUAL_HOST may be given when a mapping is created, and UpdateEventSourceMapping refuses it",
		Needs:  []Capability{CanMQ},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "SourceAccessConfiguration, Type"}}},
	})
)
