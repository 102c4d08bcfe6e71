package rule

// Rules about event format.
var (
	EventKinesis = add(Rule{
		ID: "event-kinesis", Area: "event-format", Plane: Data, Level: Implied, Sources: From(Kinesis),
		Says:   "Every record of a Kinesis event has the members of the documented example in the documented form, with the eventID made of shard id and sequence number and the data in base64",
		Silent: "Known from the guide's example events alone",
		Needs:  []Capability{CanKinesis, CanDeliver},
		In2020: Clause{Holds: true, Value: map[string]any{"Records[].eventSource": "'aws:kinesis'", "Records[].eventVersion": "'1.0'", "Records[].eventName": "'aws:kinesis:record'", "Records[].eventID": "'<shardId>:<sequenceNumber>'", "Records[].eventSourceARN": "the stream ARN", "Records[].awsRegion": "the Region", "Records[].invokeIdentityArn": "the execution role ARN", "Records[].kinesis.kinesisSchemaVersion": "'1.0'", "Records[].kinesis.partitionKey": "string", "Records[].kinesis.sequenceNumber": "string", "Records[].kinesis.data": "base64 of the record bytes", "Records[].kinesis.approximateArrivalTimestamp": "Unix seconds with fraction"}, Cites: []Cite{{Guide2020, "with-kinesis, example event"}}},
		Now:    Clause{Holds: true, Value: map[string]any{"Records[].eventSource": "'aws:kinesis'", "Records[].eventVersion": "'1.0'", "Records[].eventName": "'aws:kinesis:record'", "Records[].eventID": "'<shardId>:<sequenceNumber>'", "Records[].eventSourceARN": "the stream ARN", "Records[].awsRegion": "the Region", "Records[].invokeIdentityArn": "the execution role ARN", "Records[].kinesis.kinesisSchemaVersion": "'1.0'", "Records[].kinesis.partitionKey": "string", "Records[].kinesis.sequenceNumber": "string", "Records[].kinesis.data": "base64 of the record bytes", "Records[].kinesis.approximateArrivalTimestamp": "Unix seconds with fraction"}, Cites: []Cite{{Guide2022, "with-kinesis, example event"}}},
	})
	EventDynamoDB = add(Rule{
		ID: "event-dynamodb", Area: "event-format", Plane: Data, Level: Implied, Sources: From(DynamoDB),
		Says:   "Every record of a DynamoDB event has the members of the documented example, with the kind of change in eventName and the stream record in dynamodb",
		Silent: "Which eventVersion is sent: 1.0 appears in the example and nowhere else",
		Needs:  []Capability{CanDynamoDB, CanDeliver},
		In2020: Clause{Holds: true, Value: map[string]any{"Records[].eventSource": "'aws:dynamodb'", "Records[].eventVersion": "'1.0' in the example", "Records[].eventName": "INSERT or MODIFY (REMOVE shown from 2020-12)", "Records[].eventID": "string", "Records[].eventSourceARN": "the stream ARN", "Records[].awsRegion": "the Region", "Records[].dynamodb": "Keys, NewImage, OldImage, StreamViewType, SequenceNumber, SizeBytes"}, Cites: []Cite{{Guide2020, "with-ddb, example event"}}},
		Now:    Clause{Holds: true, Value: map[string]any{"Records[].eventSource": "'aws:dynamodb'", "Records[].eventVersion": "'1.0' in the example", "Records[].eventName": "INSERT or MODIFY (REMOVE shown from 2020-12)", "Records[].eventID": "string", "Records[].eventSourceARN": "the stream ARN", "Records[].awsRegion": "the Region", "Records[].dynamodb": "Keys, NewImage, OldImage, StreamViewType, SequenceNumber, SizeBytes"}, Cites: []Cite{{Guide2022, "with-ddb, example event"}}},
	})
	EventSQS = add(Rule{
		ID: "event-sqs", Area: "event-format", Plane: Data, Level: Implied, Sources: From(SQS),
		Says:   "Every record of an SQS event has the members of the documented example: message id, receipt handle, body with its MD5, attributes, message attributes, event source, queue ARN and Region",
		Silent: "Known from the guide's example events alone",
		Needs:  []Capability{CanSQS, CanDeliver},
		In2020: Clause{Holds: true, Value: map[string]any{"Records[].eventSource": "'aws:sqs'", "Records[].messageId": "string", "Records[].receiptHandle": "string", "Records[].body": "the message text", "Records[].attributes": "ApproximateReceiveCount, SentTimestamp, SenderId, ApproximateFirstReceiveTimestamp", "Records[].messageAttributes": "object", "Records[].md5OfBody": "hex MD5", "Records[].eventSourceARN": "the queue ARN", "Records[].awsRegion": "the Region"}, Cites: []Cite{{Guide2020, "with-sqs, example event"}}},
		Now:    Clause{Holds: true, Value: map[string]any{"Records[].eventSource": "'aws:sqs'", "Records[].messageId": "string", "Records[].receiptHandle": "string", "Records[].body": "the message text", "Records[].attributes": "ApproximateReceiveCount, SentTimestamp, SenderId, ApproximateFirstReceiveTimestamp", "Records[].messageAttributes": "object", "Records[].md5OfBody": "hex MD5", "Records[].eventSourceARN": "the queue ARN", "Records[].awsRegion": "the Region"}, Cites: []Cite{{Guide2022, "with-sqs, example event"}}},
	})
	EventMSK = add(Rule{
		ID: "event-msk", Area: "event-format", Plane: Data, Level: Implied, Sources: From(MSK),
		Says:   "An MSK event names aws:kafka as eventSource and the cluster ARN as eventSourceArn, and its records hold topic, partition, offset, timestamp, timestampType and the key and value in base64",
		Silent: "Whether the sample keys and values are base64 of plain text, as their length suggests; bootstrapServers and headers came later",
		Needs:  []Capability{CanMSK, CanDeliver},
		In2020: Clause{Holds: true, Value: map[string]any{"eventSource": "'aws:kafka'", "eventSourceArn": "the cluster ARN", "records": "map '<topic>-<partition>' to a list", "records[].topic/partition/offset/timestamp/timestampType": "scalar fields", "records[].key and value": "base64"}, Cites: []Cite{{Guide2020, "with-msk, example event"}}},
		Now:    Clause{Holds: true, Value: map[string]any{"eventSource": "'aws:kafka'", "eventSourceArn": "the cluster ARN", "records": "map '<topic>-<partition>' to a list", "records[].topic/partition/offset/timestamp/timestampType": "scalar fields", "records[].key and value": "base64"}, Cites: []Cite{{Guide2022, "with-msk, example event"}}},
	})
	EventSQSFIFO = add(Rule{
		ID: "event-sqs-fifo", Area: "event-format", Plane: Data, Level: Implied, Sources: From(SQS),
		Says:   "The attributes of a record from a FIFO queue include SequenceNumber, MessageGroupId and MessageDeduplicationId",
		Needs:  []Capability{CanSQSFIFO, CanDeliver},
		In2020: Clause{Holds: true, Value: []string{"SequenceNumber", "MessageGroupId", "MessageDeduplicationId"}, Cites: []Cite{{Guide2020, "with-sqs, FIFO example event"}}},
		Now:    Clause{Holds: true, Value: []string{"SequenceNumber", "MessageGroupId", "MessageDeduplicationId"}, Cites: []Cite{{Guide2022, "with-sqs, FIFO example event"}}},
	})
	EventMSKExtra = add(Rule{
		ID: "event-msk-extra", Area: "event-format", Plane: Data, Level: Implied, Sources: From(MSK, SelfManagedKafka),
		Says:   "A Kafka event has a bootstrapServers member and each of its records has headers",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{Cites: []Cite{{Guide2020, "with-msk, example event (has neither)"}}},
		Now:    Clause{Holds: true, Value: []string{"bootstrapServers", "records[].headers"}, Cites: []Cite{{Guide2022, "with-msk, example event"}}},
	})
)
