package mutant

import (
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Events: the members that the function is given.

// recordMembers are the members of each record of an event.
var recordMembers = []struct {
	rule  *rule.Rule
	paths []string
	wrong map[string]value // what some of them have besides being left out
}{
	{rule.EventKinesis, []string{"eventSource", "eventVersion", "eventName", "eventID", "eventSourceARN", "awsRegion", "invokeIdentityArn",
		"kinesis", "kinesis.kinesisSchemaVersion", "kinesis.partitionKey", "kinesis.sequenceNumber", "kinesis.data", "kinesis.approximateArrivalTimestamp"},
		map[string]value{
			"eventSource":    {"bare", "is kinesis", "kinesis"},
			"eventVersion":   {"2", "is 2.0", "2.0"},
			"eventSourceARN": {"bare", "is a bare name", "source"},
		}},
	{rule.EventDynamoDB, []string{"eventSource", "eventVersion", "eventName", "eventID", "eventSourceARN", "awsRegion",
		"dynamodb", "dynamodb.Keys", "dynamodb.SequenceNumber", "dynamodb.SizeBytes", "dynamodb.StreamViewType"},
		map[string]value{
			"eventSource":    {"bare", "is dynamodb", "dynamodb"},
			"eventSourceARN": {"of-the-table", "is that of the table", "arn:aws:dynamodb:us-east-1:000000000000:table/source"},
		}},
	{rule.EventSQS, []string{"eventSource", "messageId", "receiptHandle", "body", "md5OfBody", "messageAttributes", "eventSourceARN", "awsRegion",
		"attributes", "attributes.ApproximateReceiveCount", "attributes.SentTimestamp", "attributes.SenderId", "attributes.ApproximateFirstReceiveTimestamp"},
		map[string]value{
			"eventSource":    {"bare", "is sqs", "sqs"},
			"eventSourceARN": {"url", "is the address of the queue", "https://sqs.us-east-1.amazonaws.com/000000000000/source"},
		}},
	{rule.EventSQSFIFO, []string{"attributes.SequenceNumber", "attributes.MessageGroupId", "attributes.MessageDeduplicationId"}, nil},
	{rule.EventMSK, []string{"topic", "partition", "offset", "timestamp", "timestampType"}, nil},
	{rule.EventMSKExtra, []string{"headers"}, nil},
}

// eventMembers are those of a whole event.
var eventMembers = []detail{
	{"eventSource", rule.EventMSK, []value{missing, {"bare", "is kafka", "kafka"}}},
	{"eventSourceArn", rule.EventMSK, []value{missing, {"bare", "is a bare name", "source"}}},
	{"records", rule.EventMSK, []value{missing, {"list", "is a list", []any{}}}},
	{"bootstrapServers", rule.EventMSKExtra, []value{missing, empty}},
	{"Records", rule.EventKinesis, []value{missing, {"none", "is an empty list", []any{}}}},
}

var _ = func() (done struct{}) {
	for _, x := range recordMembers {
		var list []detail
		for _, path := range x.paths {
			m := detail{path, x.rule, []value{missing}}
			if v, ok := x.wrong[path]; ok {
				m.values = append(m.values, v)
			}
			list = append(list, m)
		}
		details(x.rule.ID+"-", "gives the function records", list, trace.Invoke, "", func(e *trace.Event, path string, v any) {
			e.Event = eachRecord(e.Event, path, v)
		})
	}
	for _, m := range eventMembers {
		details(m.breaks.ID+"-", "gives the function an event", []detail{m}, trace.Invoke, "", func(e *trace.Event, path string, v any) {
			e.Event = with(e.Event, path, v)
		})
	}
	return done
}()
