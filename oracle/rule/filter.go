package rule

// Rules about filter.
var (
	FilterCriteriaSupported = add(Rule{
		ID: "filter-criteria-supported", Area: "filter", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB, SQS, MSK, SelfManagedKafka, MQ),
		Says:   "When a mapping has FilterCriteria, the function is given only records that they select",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "CreateEventSourceMappingInput, FilterCriteria"}, {SDKHistory, "aws-sdk-go v1.42.11 (2021-11-23)"}}},
	})
	FilterNotDocumentDB = add(Rule{
		ID: "filter-not-documentdb", Area: "filter", Plane: Control, Level: Must, Sources: From(DocumentDB),
		Says:   "FilterCriteria are not available for a DocumentDB source",
		Silent: "The stored SAM pages contradict it: they list FilterCriteria for DocumentDB",
		Needs:  []Capability{CanDocumentDB},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: "unsupported", Cites: []Cite{{DocsToday, "invocation-eventfiltering"}}},
	})
	FilterCountDefault5 = add(Rule{
		ID: "filter-count-default-5", Area: "filter", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB, SQS, MSK, SelfManagedKafka, MQ),
		Says:   "Filters in FilterCriteria may not outnumber the quota of the account, which is five unless raised and ten at the most",
		Silent: "The service model sets no length for the list, so the limit rests on the guide alone",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: map[string]any{"default": 5, "quota": 10}, Cites: []Cite{{DocsToday, "invocation-eventfiltering"}}},
	})
	FilterOr = add(Rule{
		ID: "filter-or", Area: "filter", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB, SQS, MSK, SelfManagedKafka, MQ),
		Says:   "A record reaches the function as soon as one of the mapping's filters matches it",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: "OR", Cites: []Cite{{DocsToday, "invocation-eventfiltering"}}},
	})
	FilterUnmatchedDiscarded = add(Rule{
		ID: "filter-unmatched-discarded", Area: "filter", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB, SQS, MSK, SelfManagedKafka, MQ),
		Says:   "A record that no filter matches is done with: an SQS message is deleted, and a stream is read on past it",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "invocation-eventfiltering"}}},
	})
	FilterInvalidJSONRejected = add(Rule{
		ID: "filter-invalid-json-rejected", Area: "filter", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "For a Kinesis or DynamoDB source, Create and Update refuse a filter whose pattern for the data is not valid JSON",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: "exception at create/update", Cites: []Cite{{Guide2022, "invocation-eventfiltering, table of data formats"}}},
	})
	FilterNonjsonDataDropped = add(Rule{
		ID: "filter-nonjson-data-dropped", Area: "filter", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "When a filter looks into the data of a Kinesis record and that data is not JSON, the record is discarded",
		Needs:  []Capability{CanKinesis, CanDeliver},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "invocation-eventfiltering, table of data formats"}}},
	})
	FilterSQSFormatMismatch = add(Rule{
		ID: "filter-sqs-format-mismatch", Area: "filter", Plane: Data, Level: Must, Sources: From(SQS),
		Says:   "An SQS message is discarded when its body is JSON and the filter's body pattern is plain text, or the reverse",
		Needs:  []Capability{CanSQS, CanDeliver},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "invocation-eventfiltering, table of data formats"}}},
	})
	FilterClearByEmpty = add(Rule{
		ID: "filter-clear-by-empty", Area: "filter", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB, SQS, MSK, SelfManagedKafka, MQ),
		Says:   "UpdateEventSourceMapping with FilterCriteria as an empty object leaves the mapping without filters",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: map[string]any{}, Cites: []Cite{{Guide2022, "invocation-eventfiltering"}}},
	})
	FilterEncryptedNullInList = add(Rule{
		ID: "filter-encrypted-null-in-list", Area: "filter", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB, SQS, MSK, SelfManagedKafka, MQ),
		Says:   "On a mapping with a KMSKeyArn, ListEventSourceMappings shows FilterCriteria as null, while Get and Delete show them to a caller who may decrypt with the key",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "CreateEventSourceMappingOutput, FilterCriteria"}, {SDKHistory, "aws-sdk-go-v2 service/lambda v1.58.0 (2024-08-21)"}}, Unobservable: "The suite makes no KMS keys and grants none, so encrypted filters cannot be set up"},
	})
	FilterCriteriaError = add(Rule{
		ID: "filter-criteria-error", Area: "filter", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB, SQS, MSK, SelfManagedKafka, MQ),
		Says:   "When filters cannot be encrypted or decrypted, the answer says so in FilterCriteriaError, with an ErrorCode of 10 to 50 characters that ends in Exception and a Message of 10 to 2,048 characters",
		Needs:  []Capability{CanKMS},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: map[string]any{"ErrorCode": "^[A-Za-z]+Exception$"}, Cites: []Cite{{Smithy2026, "FilterCriteriaErrorCode"}, {Smithy2026, "FilterCriteriaErrorMessage"}}, Unobservable: "a failure of KMS cannot be brought about by the suite"},
	})
	FilterAllFieldsPresent = add(Rule{
		ID: "filter-all-fields-present", Area: "filter", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB, SQS, MSK, SelfManagedKafka, MQ),
		Says:   "A pattern that names several fields matches only a record in which all of them are present",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "invocation-eventfiltering"}}},
	})
	FilterStringExact = add(Rule{
		ID: "filter-string-exact", Area: "filter", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB, SQS, MSK, SelfManagedKafka, MQ),
		Says:   "Filters compare strings character by character with regard to case, and numbers in the form in which they are written, so 300 and 3.0e2 differ",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "invocation-eventfiltering, Note"}}},
	})
	FilterPollerDelay = add(Rule{
		ID: "filter-poller-delay", Area: "filter", Plane: Data, Level: Should, Sources: From(MSK, SelfManagedKafka, MQ),
		Says:   "Changed FilterCriteria on a Kafka or Amazon MQ mapping should be in force after 15 minutes at the latest",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: "15 min", Cites: []Cite{{Guide2022, "invocation-eventfiltering"}}, Unobservable: "no run waits for 15 minutes, and how long a change may take is a setting of the trace"},
	})
)
