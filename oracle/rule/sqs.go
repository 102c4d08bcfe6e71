package rule

// Rules about sqs.
var (
	SQSStandardSupported = add(Rule{
		ID: "sqs-standard-supported", Area: "sqs", Plane: Control, Level: Must, Sources: From(SQS),
		Says:   "CreateEventSourceMapping accepts the ARN of a standard SQS queue as EventSourceArn",
		Needs:  []Capability{CanSQS},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-sqs"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-sqs"}}},
	})
	SQSFIFOSupported = add(Rule{
		ID: "sqs-fifo-supported", Area: "sqs", Plane: Control, Level: Must, Sources: From(SQS),
		Says:   "CreateEventSourceMapping accepts the ARN of an SQS FIFO queue as EventSourceArn",
		Needs:  []Capability{CanSQSFIFO},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-sqs"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-sqs"}}},
	})
	SQSDeleteOnSuccess = add(Rule{
		ID: "sqs-delete-on-success", Area: "sqs", Plane: Data, Level: Must, Sources: From(SQS),
		Says:   "Once the function has processed a batch without failure, the messages of that batch are removed from the queue",
		Needs:  []Capability{CanSQS, CanDeliver},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-sqs"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-sqs"}}},
	})
	SQSHiddenWhileProcessing = add(Rule{
		ID: "sqs-hidden-while-processing", Area: "sqs", Plane: Data, Level: Must, Sources: From(SQS),
		Says:   "While the function works on a batch its messages stay in the queue but are hidden from every other receiver until their visibility timeout runs out",
		Needs:  []Capability{CanSQS, CanDeliver},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-sqs"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-sqs"}}},
	})
	SQSErrorReturnsAll = add(Rule{
		ID: "sqs-error-returns-all", Area: "sqs", Plane: Data, Level: Must, Sources: From(SQS),
		Says:   "When an invocation fails, is throttled or never answers, each message of its batch returns to the queue for another receive, save those that a partial batch response, where enabled, names as done",
		Silent: "Whether failed messages are released early or merely left until the visibility timeout lapses; today's word 'dropped' for throttled messages can only be read as given back to the queue",
		Needs:  []Capability{CanSQS, CanDeliver},
		In2020: Clause{Holds: true, Value: "whole batch", Cites: []Cite{{Guide2020, "with-sqs"}}},
		Now:    Clause{Holds: true, Value: "whole batch unless ReportBatchItemFailures is on", Cites: []Cite{{Guide2022, "with-sqs"}, {DocsToday, "services-sqs-errorhandling"}}},
	})
	SQSRegroupOnRetry = add(Rule{
		ID: "sqs-regroup-on-retry", Area: "sqs", Plane: Data, Level: Should, Sources: From(SQS),
		Says:   "Messages that return after a failed batch may be retried in batches of another composition",
		Needs:  []Capability{CanSQS, CanDeliver},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "invocation-eventsourcemapping"}}, Unobservable: "a permission: the same grouping and another one are both right"},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "invocation-eventsourcemapping"}}, Unobservable: "a permission: the same grouping and another one are both right"},
	})
	SQSDLQOnSourceQueue = add(Rule{
		ID: "sqs-dlq-on-source-queue", Area: "sqs", Plane: Data, Level: Must, Sources: From(SQS),
		Says:   "A message that keeps failing ends in the dead-letter queue named by the source queue's redrive policy, and the function's own dead-letter queue has no part in it",
		Needs:  []Capability{CanSQS, CanDeliver},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-sqs, Note"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-sqs, Note"}}},
	})
	SQSVisibility6x = add(Rule{
		ID: "sqs-visibility-6x", Area: "sqs", Plane: Control, Level: Should, Sources: From(SQS),
		Says:   "The visibility timeout of a source queue should be no shorter than the documented multiple of the function timeout, plus the batching window where SQS mappings have one",
		Silent: "Whether Create refuses a queue that hides its messages for less time than the function may run",
		Needs:  []Capability{CanSQS},
		In2020: Clause{Holds: true, Value: "6 × function timeout", Cites: []Cite{{Guide2020, "with-sqs"}}, Unobservable: "a recommendation to the operator; no answer and no delivery depends on it"},
		Now:    Clause{Holds: true, Value: "6 × function timeout + MaximumBatchingWindowInSeconds", Cites: []Cite{{Guide2022, "with-sqs"}}, Unobservable: "a recommendation to the operator; no answer and no delivery depends on it"},
	})
	SQSMaxreceive5 = add(Rule{
		ID: "sqs-maxreceive-5", Area: "sqs", Plane: Control, Level: Should, Sources: From(SQS),
		Says:   "The redrive policy of a source queue should set maxReceiveCount to 5 or more",
		Needs:  []Capability{CanSQS},
		In2020: Clause{Holds: true, Value: 5, Cites: []Cite{{Guide2020, "with-sqs"}}, Unobservable: "a recommendation to the operator; no answer and no delivery depends on it"},
		Now:    Clause{Holds: true, Value: 5, Cites: []Cite{{Guide2022, "with-sqs"}}, Unobservable: "a recommendation to the operator; no answer and no delivery depends on it"},
	})
	SQSReservedConcurrency5 = add(Rule{
		ID: "sqs-reserved-concurrency-5", Area: "sqs", Plane: Control, Level: Should, Sources: From(SQS),
		Says:   "Reserved concurrency, if the function of an SQS mapping has any, should be 5 or more",
		Needs:  []Capability{CanSQS},
		In2020: Clause{Holds: true, Value: 5, Cites: []Cite{{Guide2020, "with-sqs"}}, Unobservable: "a recommendation to the operator; no answer and no delivery depends on it"},
		Now:    Clause{Holds: true, Value: 5, Cites: []Cite{{Guide2022, "with-sqs"}}, Unobservable: "a recommendation to the operator; no answer and no delivery depends on it"},
	})
	SQSLongPoll = add(Rule{
		ID: "sqs-long-poll", Area: "sqs", Plane: Data, Level: Must, Sources: From(SQS),
		Says:   "An idle standard queue is watched with long polling until messages turn up",
		Needs:  []Capability{CanSQS, CanDeliver},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-sqs, Scaling"}}, Unobservable: "how the queue is polled cannot be seen in a trace"},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{DocsToday, "services-sqs-scaling"}}, Unobservable: "how the queue is polled cannot be seen in a trace"},
	})
	SQSInitialFiveBatches = add(Rule{
		ID: "sqs-initial-five-batches", Area: "sqs", Plane: Data, Level: Should, Sources: From(SQS),
		Says:   "On the first messages of a standard queue the mapping should begin with no more than five batches in process at the same time",
		Needs:  []Capability{CanSQS, CanDeliver},
		In2020: Clause{Holds: true, Value: 5, Cites: []Cite{{Guide2020, "with-sqs, Scaling"}}, Unobservable: "how many batches a mapping begins with depends on the timing of its polls, which is not judged"},
		Now:    Clause{Holds: true, Value: 5, Cites: []Cite{{DocsToday, "services-sqs-scaling"}}, Unobservable: "how many batches a mapping begins with depends on the timing of its polls, which is not judged"},
	})
	SQSScaleRate = add(Rule{
		ID: "sqs-scale-rate", Area: "sqs", Plane: Data, Level: Should, Sources: From(SQS),
		Says:   "While a standard queue stays backed up, the number of concurrent invocations of its mapping should rise no faster than the documented step a minute",
		Silent: "When the step was raised; the guide of November 2022 still has the old one",
		Needs:  []Capability{CanSQS, CanDeliver},
		In2020: Clause{Holds: true, Value: "+60/min", Cites: []Cite{{Guide2020, "with-sqs, Scaling"}}, Unobservable: "how fast concurrency rises depends on load and on timing that is not judged; below the limit every rate is right"},
		Now:    Clause{Holds: true, Value: "+300/min", Cites: []Cite{{DocsToday, "services-sqs-scaling"}}, Unobservable: "how fast concurrency rises depends on load and on timing that is not judged; below the limit every rate is right"},
	})
	SQSMaxBatches1000 = add(Rule{
		ID: "sqs-max-batches-1000", Area: "sqs", Plane: Data, Level: Must, Sources: From(SQS),
		Says:   "One mapping on a standard queue has no more than 1,000 batches in process simultaneously",
		Silent: "Whether the edition of today's page that covers provisioned mode keeps the figure: the stored copy ends before it",
		Needs:  []Capability{CanSQS, CanDeliver},
		In2020: Clause{Holds: true, Value: 1000, Cites: []Cite{{Guide2020, "with-sqs, Scaling"}}, Unobservable: "it takes more than 1,000 batches in process at once to show a breach, more than any scenario here brings about"},
		Now:    Clause{Holds: true, Value: 1000, Cites: []Cite{{DocsToday, "services-sqs-scaling"}}, Unobservable: "it takes more than 1,000 batches in process at once to show a breach, more than any scenario here brings about"},
	})
	SQSFIFOOrder = add(Rule{
		ID: "sqs-fifo-order", Area: "sqs", Plane: Data, Level: Must, Sources: From(SQS),
		Says:   "Messages that share a MessageGroupId of a FIFO queue reach the function in the order in which the queue took them",
		Needs:  []Capability{CanSQSFIFO, CanDeliver},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-sqs"}, {Guide2020, "invocation-eventsourcemapping"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{DocsToday, "services-sqs-scaling"}}},
	})
	SQSFIFOOneBatchPerGroup = add(Rule{
		ID: "sqs-fifo-one-batch-per-group", Area: "sqs", Plane: Data, Level: Must, Sources: From(SQS),
		Says:   "While a batch with messages of some FIFO message group is in process, no other batch may hold messages of that group",
		Silent: "Whether one batch may mix message groups: the 2020 guide speaks of sorting messages into groups, which hints at one group a batch, while today's page allows several",
		Needs:  []Capability{CanSQSFIFO, CanDeliver},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-sqs"}}},
		Now:    Clause{Holds: true, Value: "a batch may mix groups; order kept", Cites: []Cite{{DocsToday, "services-sqs-scaling"}}},
	})
	SQSFIFOErrorRetriesFirst = add(Rule{
		ID: "sqs-fifo-error-retries-first", Area: "sqs", Plane: Data, Level: Must, Sources: From(SQS),
		Says:   "When the function fails on messages of a FIFO message group, those are tried again before any later message of the group is handed over",
		Needs:  []Capability{CanSQSFIFO, CanDeliver},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-sqs"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{DocsToday, "services-sqs-scaling"}}},
	})
	SQSFIFOConcurrencyGroups = add(Rule{
		ID: "sqs-fifo-concurrency-groups", Area: "sqs", Plane: Data, Level: Must, Sources: From(SQS),
		Says:   "A mapping on a FIFO queue never runs more concurrent invocations than there are message groups with messages to process",
		Needs:  []Capability{CanSQSFIFO, CanDeliver},
		In2020: Clause{Holds: true, Value: "active groups", Cites: []Cite{{Guide2020, "with-sqs"}, {Guide2020, "invocation-eventsourcemapping"}}},
		Now:    Clause{Holds: true, Value: "active groups", Cites: []Cite{{Guide2022, "with-sqs"}}},
	})
	SQSStandardNoOrder = add(Rule{
		ID: "sqs-standard-no-order", Area: "sqs", Plane: Data, Level: Must, Sources: From(SQS),
		Says:   "Messages of a standard queue may reach the function in any order",
		Needs:  []Capability{CanSQS, CanDeliver},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "invocation-eventsourcemapping"}}, Unobservable: "a permission: every order is right"},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "invocation-eventsourcemapping"}}, Unobservable: "a permission: every order is right"},
	})
	SQSLowTraffic20s = add(Rule{
		ID: "sqs-low-traffic-20s", Area: "sqs", Plane: Data, Level: Should, Sources: From(SQS),
		Says:   "With a batching window on a quiet queue a message should be handed over after 20 seconds at the latest, even when MaximumBatchingWindowInSeconds is shorter than that",
		Needs:  []Capability{CanSQS, CanDeliver},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: "20 s", Cites: []Cite{{Guide2022, "with-sqs, Note"}}, Unobservable: "when a window begins and ends on a quiet queue is not judged"},
	})
	SQSEffectiveVisibility = add(Rule{
		ID: "sqs-effective-visibility", Area: "sqs", Plane: Data, Level: Must, Sources: From(SQS),
		Says:   "If batching window and function timeout together outlast the queue's visibility timeout, received messages stay hidden for the sum of both plus 30 seconds",
		Needs:  []Capability{CanSQS, CanDeliver},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: "window + timeout + 30 s", Cites: []Cite{{Guide2022, "with-sqs, Note"}}, Unobservable: "a trace does not say what the function's timeout is"},
	})
	ScalingSQSOnly = add(Rule{
		ID: "scaling-sqs-only", Area: "sqs", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB, MSK, SelfManagedKafka, MQ, DocumentDB),
		Says:   "ScalingConfig is available for SQS sources alone, and an empty one in an update takes the limit away",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "types, ScalingConfig"}}},
	})
	ProvisionedExcludesScaling = add(Rule{
		ID: "provisioned-excludes-scaling", Area: "sqs", Plane: Control, Level: Must, Sources: From(SQS),
		Says:   "An SQS mapping cannot have both a MaximumConcurrency and provisioned mode",
		Needs:  []Capability{CanSQS},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{DocsToday, "services-sqs-scaling, edition that covers provisioned mode"}}},
	})
)
