package rule

// Rules about destination.
var (
	DestOnfailureSQS = add(Rule{
		ID: "dest-onfailure-sqs", Area: "destination", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "DestinationConfig.OnFailure must work with the ARN of an SQS queue: the record of a discarded batch arrives there as a message",
		Needs:  []Capability{CanDestinationSQS},
		In2020: Clause{Holds: true, Value: "SQS queue", Cites: []Cite{{API2020, "CreateEventSourceMapping, DestinationConfig"}}},
		Now:    Clause{Holds: true, Value: "SQS queue", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, description, OnFailure"}}},
	})
	DestOnfailureSNS = add(Rule{
		ID: "dest-onfailure-sns", Area: "destination", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "DestinationConfig.OnFailure must work with the ARN of an SNS topic: the record of a discarded batch is published there",
		Needs:  []Capability{CanDestinationSNS},
		In2020: Clause{Holds: true, Value: "SNS topic", Cites: []Cite{{API2020, "CreateEventSourceMapping, DestinationConfig"}}},
		Now:    Clause{Holds: true, Value: "SNS topic", Cites: []Cite{{SDKToday, "CreateEventSourceMapping, description, OnFailure"}}},
	})
	DestOnfailureS3 = add(Rule{
		ID: "dest-onfailure-s3", Area: "destination", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB, MSK, SelfManagedKafka),
		Says:   "DestinationConfig.OnFailure must work with the ARN of an S3 bucket: the record of a discarded batch is written there as an object",
		Silent: "Today's parameter pages for Kinesis and DynamoDB still know only queues and topics as destinations",
		Needs:  []Capability{CanDestinationS3},
		In2020: Clause{Cites: []Cite{{API2020, "CreateEventSourceMapping, DestinationConfig"}}},
		Now:    Clause{Holds: true, Value: "S3 bucket", Cites: []Cite{{SDKToday, "OnFailure, Destination"}, {SDKHistory, "v1.69.0 (2024-11-22)"}, {SDKHistory, "v1.50.22 (2024-02-20)"}}},
	})
	DestOnfailureKafkaTopic = add(Rule{
		ID: "dest-onfailure-kafka-topic", Area: "destination", Plane: Data, Level: Must, Sources: From(MSK, SelfManagedKafka),
		Says:   "A Kafka mapping must accept an on-failure destination of the form kafka:// followed by a topic name and write the record of a discarded batch to that topic",
		Silent: "The general text offers a Kafka topic as destination without tying it to Kafka sources, and some Kinesis pages offer it too",
		Needs:  []Capability{CanDestinationKafka},
		In2020: Clause{Cites: []Cite{{API2020, "CreateEventSourceMapping, DestinationConfig"}}},
		Now:    Clause{Holds: true, Value: "kafka://<topic>", Cites: []Cite{{Smithy2026, "DestinationArn, pattern"}, {SDKToday, "OnFailure, Destination"}, {SDKHistory, "v1.83.0 (2025-11-21)"}}},
	})
	DestSQSSNSStandardOnly = add(Rule{
		ID: "dest-sqs-sns-standard-only", Area: "destination", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "An on-failure destination must be a standard queue or topic: a FIFO one is not usable, so nothing may be delivered to it",
		Silent: "If a FIFO ARN is turned down when the mapping is made or changed, or only the later delivery fails",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: "standard only", Cites: []Cite{{DocsToday, "services-ddb-params.html"}, {SDKHistory, "v1.44.292 (2023-06-28)"}}, Unobservable: "Refusing the queue at once and failing to deliver to it later are both right"},
	})
	DestOnsuccessMember = add(Rule{
		ID: "dest-onsuccess-member", Area: "destination", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "DestinationConfig has, by its shape, an OnSuccess structure beside OnFailure, and a request that carries it is well formed",
		Silent: "What OnSuccess would do for a stream in 2020, where the prose speaks of discarded records only; today it is called unsupported, without saying if it is refused or ignored",
		In2020: Clause{Holds: true, Value: "accepted by shape", Cites: []Cite{{API2020, "CreateEventSourceMapping, request syntax"}, {API2020, "CreateEventSourceMapping, DestinationConfig, OnSuccess"}, {Model2020, "DestinationConfig, OnSuccess"}}, Unobservable: "What it does on a stream is not documented, so taking it and refusing it are both right"},
		Now:    Clause{Holds: true, Value: "member exists but 'Not supported in CreateEventSourceMapping or UpdateEventSourceMapping'", Cites: []Cite{{SDKToday, "DestinationConfig, OnSuccess"}, {SDKHistory, "v1.72.0 (2025-06-19)"}}, Unobservable: "today's text calls the member unsupported for mappings, which a refusal and a silent drop both satisfy, so knowing the member and not knowing it look alike"},
	})
	DestOnRetryExhaustion = add(Rule{
		ID: "dest-on-retry-exhaustion", Area: "destination", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "A batch that is discarded because MaximumRetryAttempts is used up must bring one invocation record to the on-failure destination",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping, introduction, list of error handling options for stream sources, DestinationConfig"}, {Guide2020, "with-kinesis.md, On-failure destination"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, description, OnFailure"}, {DocsToday, "kinesis-on-failure-destination.md"}}},
	})
	DestOnAge = add(Rule{
		ID: "dest-on-age", Area: "destination", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "Records that are discarded for being older than MaximumRecordAgeInSeconds must be reported to the on-failure destination by an invocation record",
		Silent: "Which text requestContext.condition bears when age is the cause; only the one for used-up retries is printed",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-kinesis.md"}, {Guide2020, "with-ddb.md"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-kinesis.md"}}},
	})
	DestNotOnSuccess = add(Rule{
		ID: "dest-not-on-success", Area: "destination", Plane: Data, Level: Implied, Sources: From(Kinesis, DynamoDB),
		Says:   "A batch that succeeds, be it at first or only on a retry, must send nothing to the on-failure destination",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping, introduction, list of error handling options for stream sources, DestinationConfig"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "OnFailure"}}},
	})
	DestRecordJSON = add(Rule{
		ID: "dest-record-json", Area: "destination", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "What arrives at the on-failure destination for a discarded batch must parse as one JSON document",
		In2020: Clause{Holds: true, Value: "JSON", Cites: []Cite{{Guide2020, "invocation-eventsourcemapping.md"}}},
		Now:    Clause{Holds: true, Value: "JSON", Cites: []Cite{{DocsToday, "kinesis-on-failure-destination.md"}}},
	})
	DestRecordRequestcontextRequestid = add(Rule{
		ID: "dest-record-requestcontext-requestid", Area: "destination", Plane: Data, Level: Implied, Sources: From(Kinesis, DynamoDB),
		Says:   "The invocation record must name the failed invocation by its request id, as a string in requestContext.requestId",
		Silent: "No text defines the member; a printed example is all there is",
		In2020: Clause{Holds: true, Value: "string", Cites: []Cite{{Guide2020, "with-kinesis.md, example invocation record"}, {Guide2020, "with-ddb.md, example invocation record"}, {Guide2020, "invocation-eventsourcemapping.md, example invocation record"}}},
		Now:    Clause{Holds: true, Value: "string", Cites: []Cite{{Guide2022, "with-kinesis.md, example invocation record"}}},
	})
	DestRecordRequestcontextFunctionarn = add(Rule{
		ID: "dest-record-requestcontext-functionarn", Area: "destination", Plane: Data, Level: Implied, Sources: From(Kinesis, DynamoDB),
		Says:   "The invocation record must give the ARN of the function the batch was sent to, as a string in requestContext.functionArn",
		Silent: "No text defines the member; a printed example is all there is",
		In2020: Clause{Holds: true, Value: "string", Cites: []Cite{{Guide2020, "with-kinesis.md, example invocation record"}, {Guide2020, "with-ddb.md, example invocation record"}, {Guide2020, "invocation-eventsourcemapping.md, example invocation record"}}},
		Now:    Clause{Holds: true, Value: "string", Cites: []Cite{{Guide2022, "with-kinesis.md, example invocation record"}}},
	})
	DestRecordRequestcontextCondition = add(Rule{
		ID: "dest-record-requestcontext-condition", Area: "destination", Plane: Data, Level: Implied, Sources: From(Kinesis, DynamoDB),
		Says:   "The invocation record must say in the string requestContext.condition for what reason the batch was given up, RetryAttemptsExhausted when retries ran out",
		Silent: "The values for other reasons, record age above all, are printed nowhere",
		In2020: Clause{Holds: true, Value: "string, e.g. RetryAttemptsExhausted", Cites: []Cite{{Guide2020, "with-kinesis.md, example invocation record"}, {Guide2020, "with-ddb.md, example invocation record"}, {Guide2020, "invocation-eventsourcemapping.md, example invocation record"}}},
		Now:    Clause{Holds: true, Value: "string, e.g. RetryAttemptsExhausted", Cites: []Cite{{Guide2022, "with-kinesis.md, example invocation record"}}},
	})
	DestRecordRequestcontextApproximateinvokecount = add(Rule{
		ID: "dest-record-requestcontext-approximateinvokecount", Area: "destination", Plane: Data, Level: Implied, Sources: From(Kinesis, DynamoDB),
		Says:   "The invocation record must tell in the integer requestContext.approximateInvokeCount about how many times the batch was invoked",
		Silent: "Whether the first try is part of the count: each printed record has 1 beside RetryAttemptsExhausted",
		In2020: Clause{Holds: true, Value: "integer", Cites: []Cite{{Guide2020, "with-kinesis.md, example invocation record"}, {Guide2020, "with-ddb.md, example invocation record"}, {Guide2020, "invocation-eventsourcemapping.md, example invocation record"}}},
		Now:    Clause{Holds: true, Value: "integer", Cites: []Cite{{Guide2022, "with-kinesis.md, example invocation record"}}},
	})
	DestRecordResponsecontextStatusCode = add(Rule{
		ID: "dest-record-responsecontext-statuscode", Area: "destination", Plane: Data, Level: Implied, Sources: From(Kinesis, DynamoDB),
		Says:   "The invocation record must give the HTTP status of the last invocation as an integer in responseContext.statusCode",
		Silent: "No text defines the member; a printed example is all there is",
		In2020: Clause{Holds: true, Value: "integer, e.g. 200", Cites: []Cite{{Guide2020, "with-kinesis.md, example invocation record"}, {Guide2020, "with-ddb.md, example invocation record"}, {Guide2020, "invocation-eventsourcemapping.md, example invocation record"}}},
		Now:    Clause{Holds: true, Value: "integer, e.g. 200", Cites: []Cite{{Guide2022, "with-kinesis.md, example invocation record"}}},
	})
	DestRecordResponsecontextExecutedversion = add(Rule{
		ID: "dest-record-responsecontext-executedversion", Area: "destination", Plane: Data, Level: Implied, Sources: From(Kinesis, DynamoDB),
		Says:   "The invocation record must name the function version that was executed, $LATEST included, as a string in responseContext.executedVersion",
		Silent: "No text defines the member; a printed example is all there is",
		In2020: Clause{Holds: true, Value: "string, e.g. $LATEST", Cites: []Cite{{Guide2020, "with-kinesis.md, example invocation record"}, {Guide2020, "with-ddb.md, example invocation record"}, {Guide2020, "invocation-eventsourcemapping.md, example invocation record"}}},
		Now:    Clause{Holds: true, Value: "string, e.g. $LATEST", Cites: []Cite{{Guide2022, "with-kinesis.md, example invocation record"}}},
	})
	DestRecordResponsecontextFunctionerror = add(Rule{
		ID: "dest-record-responsecontext-functionerror", Area: "destination", Plane: Data, Level: Implied, Sources: From(Kinesis, DynamoDB),
		Says:   "The invocation record of a batch the function failed on must classify the error (Unhandled, for one) in the string responseContext.functionError",
		Silent: "Whether a record has responseContext at all when no invocation got through, say when throttled records grew too old",
		In2020: Clause{Holds: true, Value: "string, e.g. Unhandled", Cites: []Cite{{Guide2020, "with-kinesis.md, example invocation record"}, {Guide2020, "with-ddb.md, example invocation record"}, {Guide2020, "invocation-eventsourcemapping.md, example invocation record"}}},
		Now:    Clause{Holds: true, Value: "string, e.g. Unhandled", Cites: []Cite{{Guide2022, "with-kinesis.md, example invocation record"}}},
	})
	DestRecordVersion = add(Rule{
		ID: "dest-record-version", Area: "destination", Plane: Data, Level: Implied, Sources: From(Kinesis, DynamoDB),
		Says:   "The invocation record must bear the version of its own format, the string 1.0, in its member version",
		Silent: "No text defines the member; a printed example is all there is",
		In2020: Clause{Holds: true, Value: "\"1.0\"", Cites: []Cite{{Guide2020, "with-kinesis.md, example invocation record"}, {Guide2020, "with-ddb.md, example invocation record"}, {Guide2020, "invocation-eventsourcemapping.md, example invocation record"}}},
		Now:    Clause{Holds: true, Value: "\"1.0\"", Cites: []Cite{{Guide2022, "with-kinesis.md, example invocation record"}}},
	})
	DestRecordTimestamp = add(Rule{
		ID: "dest-record-timestamp", Area: "destination", Plane: Data, Level: Implied, Sources: From(Kinesis, DynamoDB),
		Says:   "The invocation record must bear the time it was made in its member timestamp, an ISO 8601 string in UTC with milliseconds",
		Silent: "No text defines the member; a printed example is all there is",
		In2020: Clause{Holds: true, Value: "ISO-8601 UTC with milliseconds", Cites: []Cite{{Guide2020, "with-kinesis.md, example invocation record"}, {Guide2020, "with-ddb.md, example invocation record"}, {Guide2020, "invocation-eventsourcemapping.md, example invocation record"}}},
		Now:    Clause{Holds: true, Value: "ISO-8601 UTC with milliseconds", Cites: []Cite{{Guide2022, "with-kinesis.md, example invocation record"}}},
	})
	DestRecordKinesisShardid = add(Rule{
		ID: "dest-record-kinesis-shardid", Area: "destination", Plane: Data, Level: Implied, Sources: From(Kinesis),
		Says:   "The record of a discarded Kinesis batch must name the shard the batch was read from in KinesisBatchInfo.shardId",
		Needs:  []Capability{CanKinesis},
		In2020: Clause{Holds: true, Value: "string", Cites: []Cite{{Guide2020, "with-kinesis.md, example invocation record"}}},
		Now:    Clause{Holds: true, Value: "string", Cites: []Cite{{Guide2022, "with-kinesis.md, example invocation record"}}},
	})
	DestRecordKinesisStartsequencenumber = add(Rule{
		ID: "dest-record-kinesis-startsequencenumber", Area: "destination", Plane: Data, Level: Implied, Sources: From(Kinesis),
		Says:   "The record of a discarded Kinesis batch must give the sequence number of the batch's first record in KinesisBatchInfo.startSequenceNumber",
		Needs:  []Capability{CanKinesis},
		In2020: Clause{Holds: true, Value: "string", Cites: []Cite{{Guide2020, "with-kinesis.md, example invocation record"}}},
		Now:    Clause{Holds: true, Value: "string", Cites: []Cite{{Guide2022, "with-kinesis.md, example invocation record"}}},
	})
	DestRecordKinesisEndsequencenumber = add(Rule{
		ID: "dest-record-kinesis-endsequencenumber", Area: "destination", Plane: Data, Level: Implied, Sources: From(Kinesis),
		Says:   "The record of a discarded Kinesis batch must give the sequence number of the batch's last record in KinesisBatchInfo.endSequenceNumber",
		Needs:  []Capability{CanKinesis},
		In2020: Clause{Holds: true, Value: "string", Cites: []Cite{{Guide2020, "with-kinesis.md, example invocation record"}}},
		Now:    Clause{Holds: true, Value: "string", Cites: []Cite{{Guide2022, "with-kinesis.md, example invocation record"}}},
	})
	DestRecordKinesisApproximatearrivaloffirstrecord = add(Rule{
		ID: "dest-record-kinesis-approximatearrivaloffirstrecord", Area: "destination", Plane: Data, Level: Implied, Sources: From(Kinesis),
		Says:   "The record of a discarded Kinesis batch must tell when the first of its records reached the stream, as an ISO 8601 time in KinesisBatchInfo.approximateArrivalOfFirstRecord",
		Silent: "Fractions of a second: the record printed for Kinesis has milliseconds in its arrival times, the one for DynamoDB has none",
		Needs:  []Capability{CanKinesis},
		In2020: Clause{Holds: true, Value: "ISO-8601 timestamp", Cites: []Cite{{Guide2020, "with-kinesis.md, example invocation record"}}},
		Now:    Clause{Holds: true, Value: "ISO-8601 timestamp", Cites: []Cite{{Guide2022, "with-kinesis.md, example invocation record"}}},
	})
	DestRecordKinesisApproximatearrivaloflastrecord = add(Rule{
		ID: "dest-record-kinesis-approximatearrivaloflastrecord", Area: "destination", Plane: Data, Level: Implied, Sources: From(Kinesis),
		Says:   "The record of a discarded Kinesis batch must tell when the last of its records reached the stream, as an ISO 8601 time in KinesisBatchInfo.approximateArrivalOfLastRecord",
		Silent: "Fractions of a second: the record printed for Kinesis has milliseconds in its arrival times, the one for DynamoDB has none",
		Needs:  []Capability{CanKinesis},
		In2020: Clause{Holds: true, Value: "ISO-8601 timestamp", Cites: []Cite{{Guide2020, "with-kinesis.md, example invocation record"}}},
		Now:    Clause{Holds: true, Value: "ISO-8601 timestamp", Cites: []Cite{{Guide2022, "with-kinesis.md, example invocation record"}}},
	})
	DestRecordKinesisBatchsize = add(Rule{
		ID: "dest-record-kinesis-batchsize", Area: "destination", Plane: Data, Level: Implied, Sources: From(Kinesis),
		Says:   "The record of a discarded Kinesis batch must give, as an integer in KinesisBatchInfo.batchSize, how many records were discarded with it",
		Silent: "Presumably it counts the records really discarded, after any split, and is not the mapping's BatchSize, but no sentence says so",
		Needs:  []Capability{CanKinesis},
		In2020: Clause{Holds: true, Value: "integer: records in the discarded batch", Cites: []Cite{{Guide2020, "with-kinesis.md, example invocation record"}}},
		Now:    Clause{Holds: true, Value: "integer: records in the discarded batch", Cites: []Cite{{Guide2022, "with-kinesis.md, example invocation record"}}},
	})
	DestRecordKinesisStreamarn = add(Rule{
		ID: "dest-record-kinesis-streamarn", Area: "destination", Plane: Data, Level: Implied, Sources: From(Kinesis),
		Says:   "The record of a discarded Kinesis batch must give the ARN of the stream in KinesisBatchInfo.streamArn",
		Needs:  []Capability{CanKinesis},
		In2020: Clause{Holds: true, Value: "string", Cites: []Cite{{Guide2020, "with-kinesis.md, example invocation record"}}},
		Now:    Clause{Holds: true, Value: "string", Cites: []Cite{{Guide2022, "with-kinesis.md, example invocation record"}}},
	})
	DestRecordDynamoDBShardid = add(Rule{
		ID: "dest-record-dynamodb-shardid", Area: "destination", Plane: Data, Level: Implied, Sources: From(DynamoDB),
		Says:   "The record of a discarded DynamoDB batch must name the stream shard the batch was read from in DDBStreamBatchInfo.shardId",
		Needs:  []Capability{CanDynamoDB},
		In2020: Clause{Holds: true, Value: "string", Cites: []Cite{{Guide2020, "with-ddb.md, example invocation record"}}},
		Now:    Clause{Holds: true, Value: "string", Cites: []Cite{{Guide2022, "with-ddb.md, example invocation record"}}},
	})
	DestRecordDynamoDBStartsequencenumber = add(Rule{
		ID: "dest-record-dynamodb-startsequencenumber", Area: "destination", Plane: Data, Level: Implied, Sources: From(DynamoDB),
		Says:   "The record of a discarded DynamoDB batch must give the sequence number of the batch's first record in DDBStreamBatchInfo.startSequenceNumber",
		Needs:  []Capability{CanDynamoDB},
		In2020: Clause{Holds: true, Value: "string", Cites: []Cite{{Guide2020, "with-ddb.md, example invocation record"}}},
		Now:    Clause{Holds: true, Value: "string", Cites: []Cite{{Guide2022, "with-ddb.md, example invocation record"}}},
	})
	DestRecordDynamoDBEndsequencenumber = add(Rule{
		ID: "dest-record-dynamodb-endsequencenumber", Area: "destination", Plane: Data, Level: Implied, Sources: From(DynamoDB),
		Says:   "The record of a discarded DynamoDB batch must give the sequence number of the batch's last record in DDBStreamBatchInfo.endSequenceNumber",
		Needs:  []Capability{CanDynamoDB},
		In2020: Clause{Holds: true, Value: "string", Cites: []Cite{{Guide2020, "with-ddb.md, example invocation record"}}},
		Now:    Clause{Holds: true, Value: "string", Cites: []Cite{{Guide2022, "with-ddb.md, example invocation record"}}},
	})
	DestRecordDynamoDBApproximatearrivaloffirstrecord = add(Rule{
		ID: "dest-record-dynamodb-approximatearrivaloffirstrecord", Area: "destination", Plane: Data, Level: Implied, Sources: From(DynamoDB),
		Says:   "The record of a discarded DynamoDB batch must tell when the first of its records entered the stream, as an ISO 8601 time in DDBStreamBatchInfo.approximateArrivalOfFirstRecord",
		Silent: "Fractions of a second: the record printed for Kinesis has milliseconds in its arrival times, the one for DynamoDB has none",
		Needs:  []Capability{CanDynamoDB},
		In2020: Clause{Holds: true, Value: "ISO-8601 timestamp", Cites: []Cite{{Guide2020, "with-ddb.md, example invocation record"}}},
		Now:    Clause{Holds: true, Value: "ISO-8601 timestamp", Cites: []Cite{{Guide2022, "with-ddb.md, example invocation record"}}},
	})
	DestRecordDynamoDBApproximatearrivaloflastrecord = add(Rule{
		ID: "dest-record-dynamodb-approximatearrivaloflastrecord", Area: "destination", Plane: Data, Level: Implied, Sources: From(DynamoDB),
		Says:   "The record of a discarded DynamoDB batch must tell when the last of its records entered the stream, as an ISO 8601 time in DDBStreamBatchInfo.approximateArrivalOfLastRecord",
		Silent: "Fractions of a second: the record printed for Kinesis has milliseconds in its arrival times, the one for DynamoDB has none",
		Needs:  []Capability{CanDynamoDB},
		In2020: Clause{Holds: true, Value: "ISO-8601 timestamp", Cites: []Cite{{Guide2020, "with-ddb.md, example invocation record"}}},
		Now:    Clause{Holds: true, Value: "ISO-8601 timestamp", Cites: []Cite{{Guide2022, "with-ddb.md, example invocation record"}}},
	})
	DestRecordDynamoDBBatchsize = add(Rule{
		ID: "dest-record-dynamodb-batchsize", Area: "destination", Plane: Data, Level: Implied, Sources: From(DynamoDB),
		Says:   "The record of a discarded DynamoDB batch must give, as an integer in DDBStreamBatchInfo.batchSize, how many records were discarded with it",
		Silent: "Presumably it counts the records really discarded, after any split, and is not the mapping's BatchSize, but no sentence says so",
		Needs:  []Capability{CanDynamoDB},
		In2020: Clause{Holds: true, Value: "integer: records in the discarded batch", Cites: []Cite{{Guide2020, "with-ddb.md, example invocation record"}}},
		Now:    Clause{Holds: true, Value: "integer: records in the discarded batch", Cites: []Cite{{Guide2022, "with-ddb.md, example invocation record"}}},
	})
	DestRecordDynamoDBStreamarn = add(Rule{
		ID: "dest-record-dynamodb-streamarn", Area: "destination", Plane: Data, Level: Implied, Sources: From(DynamoDB),
		Says:   "The record of a discarded DynamoDB batch must give the ARN of the table's stream in DDBStreamBatchInfo.streamArn",
		Needs:  []Capability{CanDynamoDB},
		In2020: Clause{Holds: true, Value: "string", Cites: []Cite{{Guide2020, "with-ddb.md, example invocation record"}}},
		Now:    Clause{Holds: true, Value: "string", Cites: []Cite{{Guide2022, "with-ddb.md, example invocation record"}}},
	})
	DestRecordWithoutData = add(Rule{
		ID: "dest-record-without-data", Area: "destination", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "An invocation record that goes to a queue or a topic describes the discarded batch but must not contain the data of its records",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-kinesis.md"}, {Guide2020, "with-ddb.md"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{DocsToday, "kinesis-on-failure-destination.md"}, {DocsToday, "services-dynamodb-errors.html"}}},
	})
	DestS3IncludesPayload = add(Rule{
		ID: "dest-s3-includes-payload", Area: "destination", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB, MSK, SelfManagedKafka),
		Says:   "An object written to an S3 on-failure destination must hold the whole discarded batch next to the description of it",
		Silent: "How the object is named and which member holds the batch",
		Needs:  []Capability{CanDestinationS3},
		In2020: Clause{Cites: []Cite{{API2020, "CreateEventSourceMapping, DestinationConfig"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{DocsToday, "kinesis-on-failure-destination.md"}, {DocsToday, "services-dynamodb-errors.html"}, {DocsToday, "kafka-on-failure.html"}}},
	})
	DestSNS256kb = add(Rule{
		ID: "dest-sns-256kb", Area: "destination", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB, MSK, SelfManagedKafka),
		Says:   "A message to an SNS on-failure destination must stay within the topic's size limit, which means the payload is left out when the whole would be larger",
		Needs:  []Capability{CanDestinationSNS},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: "256 KB", Cites: []Cite{{SDKToday, "OnFailure, Destination"}}},
	})
	DestUpdateAsync = add(Rule{
		ID: "dest-update-async", Area: "destination", Plane: Control, Level: Implied, Sources: From(Kinesis, DynamoDB),
		Says:   "The answer to an UpdateEventSourceMapping that sets DestinationConfig still shows the old value with State Updating, and the new one appears once the update has been carried through",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-kinesis.md, update example"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-kinesis.md, update example"}}},
	})
)
