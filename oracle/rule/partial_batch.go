package rule

// Rules about partial batch.
var (
	FrtEnum = add(Rule{
		ID: "frt-enum", Area: "partial-batch", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB, SQS, MSK, SelfManagedKafka),
		Says:   "The one value that FunctionResponseTypes accepts is ReportBatchItemFailures",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: "ReportBatchItemFailures", Cites: []Cite{{SDKToday, "FunctionResponseType"}, {SDKHistory, "aws-sdk-go v1.36.9 (2020-12-15)"}}},
	})
	FrtOptIn = add(Rule{
		ID: "frt-opt-in", Area: "partial-batch", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB, SQS, MSK, SelfManagedKafka),
		Says:   "Without ReportBatchItemFailures in FunctionResponseTypes, a batchItemFailures list that the function returns has no effect and the batch counts as processed",
		Silent: "For 2020 this is concluded: no text of that day attaches a meaning to what the function returns",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{Holds: true, Value: "always ignored (feature absent)", Cites: []Cite{{Model2020, "CreateEventSourceMappingRequest (has no FunctionResponseTypes)"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{DocsToday, "services-kinesis-batchfailurereporting, Note"}}},
	})
	FrtStreamLowestSequence = add(Rule{
		ID: "frt-stream-lowest-sequence", Area: "partial-batch", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "On a stream with ReportBatchItemFailures, the lowest sequence number in batchItemFailures is taken as the checkpoint, and the retry covers the batch from that record on",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{DocsToday, "services-kinesis-batchfailurereporting"}}},
	})
	FrtSuccessValues = add(Rule{
		ID: "frt-success-values", Area: "partial-batch", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB, SQS, MSK, SelfManagedKafka),
		Says:   "With ReportBatchItemFailures, a batch counts as fully processed when the function returns nothing, null or an empty object, or a batchItemFailures that is empty or null",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: []string{"[]", "null list", "{}", "null"}, Cites: []Cite{{DocsToday, "services-kinesis-batchfailurereporting"}, {Guide2022, "with-sqs"}}},
	})
	FrtFailureValues = add(Rule{
		ID: "frt-failure-values", Area: "partial-batch", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB, SQS, MSK, SelfManagedKafka),
		Says:   "With ReportBatchItemFailures, a batch counts as failed as a whole when an itemIdentifier is empty, null or under a wrong key, and for SQS also when it names no message of the batch or the response is not valid JSON",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: []string{"''", "null", "bad key name", "SQS: unknown id or invalid JSON"}, Cites: []Cite{{DocsToday, "services-kinesis-batchfailurereporting"}, {Guide2022, "with-sqs"}}},
	})
	FrtSQSOnlyFailed = add(Rule{
		ID: "frt-sqs-only-failed", Area: "partial-batch", Plane: Data, Level: Must, Sources: From(SQS),
		Says:   "With ReportBatchItemFailures on an SQS mapping, the messages that the function lists return to the queue and the rest of the batch is deleted",
		Needs:  []Capability{CanSQS, CanDeliver},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{DocsToday, "services-sqs-errorhandling"}}},
	})
	FrtSQSExceptionAll = add(Rule{
		ID: "frt-sqs-exception-all", Area: "partial-batch", Plane: Data, Level: Must, Sources: From(SQS),
		Says:   "An invocation that ends in an exception fails its entire SQS batch, ReportBatchItemFailures or not",
		Needs:  []Capability{CanSQS, CanDeliver},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{DocsToday, "services-sqs-errorhandling"}}},
	})
)
