package rule

// Rules about retries and record age.
var (
	AgeMinusOneAccepted = add(Rule{
		ID: "age-minus-one-accepted", Area: "age", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "MaximumRecordAgeInSeconds must be accepted when it is set to -1",
		Silent: "The 2020 guide's API pages give a valid range that leaves out the very default they name",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping, MaximumRecordAgeInSeconds"}, {Model2020, "MaximumRecordAgeInSeconds, min"}, {SDKHistory, "SDK for Go v1.34.1 had a minimum of 60"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Smithy2026, "MaximumRecordAgeInSeconds, range"}, {DocsToday, "services-kinesis-parameters"}}},
	})
	Age0To59Rejected = add(Rule{
		ID: "age-0-to-59-rejected", Area: "age", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "A MaximumRecordAgeInSeconds from 0 to 59 must be refused",
		Silent: "In 2020 this only follows from default and minimum; today it is said outright",
		In2020: Clause{Holds: true, Value: "400", Cites: []Cite{{API2020, "CreateEventSourceMapping, MaximumRecordAgeInSeconds"}}},
		Now:    Clause{Holds: true, Value: "400", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, response MaximumRecordAgeInSeconds"}}},
	})
	AgeDiscard = add(Rule{
		ID: "age-discard", Area: "age", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "A record that has grown older than a finite MaximumRecordAgeInSeconds must be dropped and no longer sent to the function, and its shard must move on",
		Silent: "From what moment the age counts, and whether it is looked at before the first attempt as well as between retries",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping, MaximumRecordAgeInSeconds"}, {Guide2020, "with-kinesis.md, Maximum age of record"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, MaximumRecordAgeInSeconds"}}},
	})
	AgeAppliesToThrottles = add(Rule{
		ID: "age-applies-to-throttles", Area: "age", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "A batch that cannot be invoked because of throttling or service errors must be dropped too when it passes MaximumRecordAgeInSeconds",
		Needs:  []Capability{CanDeliver, CanThrottle},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-kinesis.md, Error handling"}, {Guide2020, "with-ddb.md, Error handling"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{DocsToday, "kinesis-on-failure-destination, before invocation"}}},
	})
	AgeInfiniteUntilExpiry = add(Rule{
		ID: "age-infinite-until-expiry", Area: "age", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "With MaximumRecordAgeInSeconds at -1 no record may be dropped for its age before the stream's retention ends",
		Needs:  []Capability{CanDeliver, CanRetention},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping, introduction and MaximumRecordAgeInSeconds"}, {Guide2020, "with-kinesis.md"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{DocsToday, "services-kinesis-parameters"}}},
	})
	RetryMinusOneAccepted = add(Rule{
		ID: "retry-minus-one-accepted", Area: "retry", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "MaximumRetryAttempts must be accepted when it is set to -1",
		Silent: "Prose of 2020 and one DynamoDB page of today call 0 the minimum although the default lies below it",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping, MaximumRetryAttempts"}, {Model2020, "MaximumRetryAttemptsEventSourceMapping, min"}, {SDKHistory, "SDK for Go v1.34.1 had a minimum of 0"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Smithy2026, "MaximumRetryAttemptsEventSourceMapping, range"}}},
	})
	RetryZeroAccepted = add(Rule{
		ID: "retry-zero-accepted", Area: "retry", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "With MaximumRetryAttempts at 0 a batch that fails must be dropped after its first invocation and not be retried",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{Holds: true, Value: 0, Cites: []Cite{{API2020, "CreateEventSourceMapping, MaximumRetryAttempts"}}},
		Now:    Clause{Holds: true, Value: 0, Cites: []Cite{{Smithy2026, "MaximumRetryAttemptsEventSourceMapping, range"}}},
	})
	RetryFunctionErrorWholeBatch = add(Rule{
		ID: "retry-function-error-whole-batch", Area: "retry", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "When the function fails on a batch from a stream, every record of that batch must be delivered again and none may count as done",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "invocation-eventsourcemapping.md"}, {Guide2020, "invocation-retries.md"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "invocation-eventsourcemapping.md"}, {DocsToday, "services-kinesis-batchfailurereporting"}}},
	})
	RetryLimitDiscard = add(Rule{
		ID: "retry-limit-discard", Area: "retry", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "A batch that failed once and then on each of its MaximumRetryAttempts retries must be dropped, and the shard must go on with later records",
		Silent: "That the first attempt is no retry follows from the word; a page of today says it outright only for Kafka",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping, MaximumRetryAttempts"}, {Guide2020, "with-kinesis.md"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, MaximumRetryAttempts"}, {DocsToday, "kinesis-on-failure-destination"}}},
	})
	RetryInfiniteUntilExpiry = add(Rule{
		ID: "retry-infinite-until-expiry", Area: "retry", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "With MaximumRetryAttempts at -1 a failing batch must be tried again until its records expire in the stream",
		Needs:  []Capability{CanDeliver, CanRetention},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping, introduction and MaximumRetryAttempts"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, MaximumRetryAttempts"}}},
	})
	RetryThrottleNotCounted = add(Rule{
		ID: "retry-throttle-not-counted", Area: "retry", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "An attempt that never reached the function because of throttling or a service error must not use up one of the MaximumRetryAttempts",
		Needs:  []Capability{CanDeliver, CanThrottle},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-kinesis.md, Retry attempts"}, {Guide2020, "with-ddb.md"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-kinesis.md, Retry attempts"}, {DocsToday, "kinesis-on-failure-destination"}}},
	})
	RetryThrottleUntilExpiry = add(Rule{
		ID: "retry-throttle-until-expiry", Area: "retry", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "A batch that throttling or a service error keeps from the function must be tried again until its records expire or pass MaximumRecordAgeInSeconds",
		Needs:  []Capability{CanDeliver, CanThrottle},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-kinesis.md, Error handling"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{DocsToday, "kinesis-on-failure-destination"}}},
	})
	RetryBadRecordBlockKinesis = add(Rule{
		ID: "retry-bad-record-block-kinesis", Area: "retry", Plane: Data, Level: Should, Sources: From(Kinesis),
		Says:   "With the error handling left at its defaults, a Kinesis batch that always fails should hold its shard until its records expire, which is documented as up to a week",
		Silent: "The week fits the earlier default age; with no age limit the real bound is the stream's retention, by default much shorter",
		Needs:  []Capability{CanKinesis, CanDeliver, CanRetention},
		In2020: Clause{Holds: true, Value: "7 days", Cites: []Cite{{Guide2020, "with-kinesis.md, Error handling"}}},
		Now:    Clause{Holds: true, Value: "7 days", Cites: []Cite{{DocsToday, "kinesis-on-failure-destination"}}},
	})
	RetryBadRecordBlockDdb = add(Rule{
		ID: "retry-bad-record-block-ddb", Area: "retry", Plane: Data, Level: Should, Sources: From(DynamoDB),
		Says:   "With the error handling left at its defaults, a DynamoDB batch that always fails should hold its shard until its records expire, which is documented as up to a day",
		Needs:  []Capability{CanDynamoDB, CanDeliver, CanRetention},
		In2020: Clause{Holds: true, Value: "1 day", Cites: []Cite{{Guide2020, "with-ddb.md, Error handling"}}},
		Now:    Clause{Holds: true, Value: "1 day", Cites: []Cite{{Guide2022, "with-ddb.md"}, {DocsToday, "services-dynamodb-errors"}, {DocsToday, "services-ddb-params"}}},
	})
	MSKRetryForever = add(Rule{
		ID: "msk-retry-forever", Area: "retry", Plane: Data, Level: Must, Sources: From(MSK, SelfManagedKafka),
		Says:   "Where no retry or age limit is set, a Kafka batch on which the function fails is tried again until it succeeds or its messages expire in the topic",
		Silent: "The 2020 guide has nothing on retries after a function error; it only has an unrecoverable error stop the consumer",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{Value: "2020 text: an unrecoverable error stops the consumer", Cites: []Cite{{Guide2020, "with-msk, Event source mapping errors"}}},
		Now:    Clause{Holds: true, Value: "default of stream mode", Cites: []Cite{{Guide2022, "with-msk"}, {SDKToday, "CreateEventSourceMappingInput, MaximumRetryAttempts"}}},
	})
	KafkaRetryCap10 = add(Rule{
		ID: "kafka-retry-cap-10", Area: "retry", Plane: Data, Level: Must, Sources: From(MSK, SelfManagedKafka),
		Says:   "With an on-failure destination on a Kafka mapping, a batch is retried ten times at most, even when MaximumRetryAttempts is unlimited",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: 10, Cites: []Cite{{SDKToday, "CreateEventSourceMappingInput, MaximumRetryAttempts"}, {DocsToday, "kafka-retry-configurations"}}},
	})
)
