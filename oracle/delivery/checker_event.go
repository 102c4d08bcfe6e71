package delivery

import (
	"fmt"
	"strings"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// eventForm is what every record of an event must carry, by source kind: a path
// of members, and the value if the documentation fixes it.
var eventForm = map[string]struct {
	rule   *rule.Rule
	fields [][2]string
}{
	"kinesis": {rule.EventKinesis, [][2]string{{"eventSource", "aws:kinesis"}, {"eventVersion", "1.0"}, {"eventName", "aws:kinesis:record"},
		{"eventID", ""}, {"eventSourceARN", ""}, {"awsRegion", ""}, {"invokeIdentityArn", ""}, {"kinesis.kinesisSchemaVersion", "1.0"},
		{"kinesis.partitionKey", ""}, {"kinesis.sequenceNumber", ""}, {"kinesis.data", "*"}, {"kinesis.approximateArrivalTimestamp", ""}}},
	"dynamodb": {rule.EventDynamoDB, [][2]string{{"eventSource", "aws:dynamodb"}, {"eventVersion", ""}, {"eventName", ""}, {"eventID", ""},
		{"eventSourceARN", ""}, {"awsRegion", ""}, {"dynamodb.Keys", ""}, {"dynamodb.SequenceNumber", ""}, {"dynamodb.SizeBytes", ""},
		{"dynamodb.StreamViewType", ""}}},
	"sqs": {rule.EventSQS, [][2]string{{"eventSource", "aws:sqs"}, {"messageId", ""}, {"receiptHandle", ""}, {"body", "*"},
		{"attributes.ApproximateReceiveCount", ""}, {"attributes.SentTimestamp", ""}, {"attributes.SenderId", ""},
		{"attributes.ApproximateFirstReceiveTimestamp", ""}, {"messageAttributes", ""}, {"md5OfBody", ""}, {"eventSourceARN", ""}, {"awsRegion", ""}}},
}

// checkEvent judges the form of a whole event, when the trace holds it.
func (c *Checker) checkEvent(m *mapping, e *trace.Event) {
	if e.Event == nil {
		return
	}
	if m.src.kafka {
		c.checkKafkaEvent(m, e)
		return
	}
	kind := strings.TrimSuffix(strings.TrimSuffix(m.src.kind, "-consumer"), "-fifo")
	form, ok := eventForm[kind]
	if !ok {
		return
	}
	c.touch(form.rule)
	records, _ := e.Event["Records"].([]any)
	if len(records) != len(e.Records) {
		c.report(evt1, form.rule, "Records", fmt.Sprintf("%d Records", len(e.Records)), fmt.Sprintf("%d", len(records)))
		return
	}
	for _, x := range records {
		r, _ := x.(map[string]any)
		for _, f := range form.fields {
			if !c.hasField(r, f[0], f[1]) {
				c.report(evt1, form.rule, f[0], orAny(f[1]), "another or none")
				return
			}
		}
		if m.src.kind == "sqs-fifo" {
			c.touch(rule.EventSQSFIFO)
			for _, f := range []string{"SequenceNumber", "MessageGroupId", "MessageDeduplicationId"} {
				if !c.hasField(r, "attributes."+f, "") {
					c.report(evt1, rule.EventSQSFIFO, f, "the attribute "+f, "none")
					return
				}
			}
		}
		if source := text(r["eventSourceARN"]); source != m.src.arn {
			c.report(evt1, form.rule, "eventSourceARN", m.src.arn, source)
			return
		}
	}
	c.checkValues(m, e, form.rule, records)
}

func orAny(s string) string {
	if s == "" || s == "*" {
		return "a value"
	}
	return s
}

// hasField reports whether a record has a member; want is its value, "" for any
// that is not empty, "*" for any at all.
func (c *Checker) hasField(r map[string]any, path, want string) bool {
	var x any = r
	for _, name := range strings.Split(path, ".") {
		m, ok := x.(map[string]any)
		if !ok {
			return false
		}
		if x, ok = m[name]; !ok {
			return false
		}
	}
	switch want {
	case "*":
		return x != nil
	case "":
		return x != nil && x != ""
	}
	return x == want
}

func (c *Checker) checkKafkaEvent(m *mapping, e *trace.Event) {
	c.touch(rule.EventMSK)
	if text(e.Event["eventSource"]) != "aws:kafka" || text(e.Event["eventSourceArn"]) != m.src.arn {
		c.report(evt1, rule.EventMSK, "eventSource", "aws:kafka of "+m.src.arn, fmt.Sprint(e.Event["eventSource"]))
		return
	}
	byPartition, ok := e.Event["records"].(map[string]any)
	if !ok {
		c.report(evt1, rule.EventMSK, "records", "records by topic and partition", "none")
		return
	}
	for p, x := range byPartition {
		list, _ := x.([]any)
		c.touch(rule.MSKMultiPartitionBatch)
		for _, y := range list {
			r, _ := y.(map[string]any)
			if key := fmt.Sprintf("%v-%v", r["topic"], r["partition"]); key != p && r["topic"] != nil && r["partition"] != nil {
				c.report(evt1, rule.MSKMultiPartitionBatch, "key of a partition", "records of "+key+" under that key", "under "+p)
				return
			}
			for _, f := range []string{"topic", "partition", "offset", "timestamp", "timestampType"} {
				if !c.hasField(r, f, "*") {
					c.report(evt1, rule.EventMSK, f, "the member "+f, "none in a record of "+p)
					return
				}
			}
			for _, v := range c.kafkaValues(m, e, p, r) {
				if !v.ok {
					c.report(evt1, rule.EventMSK, v.path, v.want, fmt.Sprint(r[v.path]))
					return
				}
			}
			if rule.EventMSKExtra.Holds(c.profile) {
				c.touch(rule.EventMSKExtra)
				if _, list := r["headers"].([]any); !list || text(e.Event["bootstrapServers"]) == "" {
					c.report(evt1, rule.EventMSKExtra, "headers", "headers and bootstrapServers", "none")
					return
				}
			}
		}
	}
}
