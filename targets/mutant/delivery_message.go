package mutant

import (
	"fmt"
	"strings"

	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Messages to on-failure destinations: whether there is one, of what, and its
// members.

var _ = deliver(
	faulty{name: "message-missing", fault: "sends no message for a discarded batch", breaks: rule.DestOnRetryExhaustion,
		wrong: decides(delivery.DecisionMessages, 0)},
	faulty{name: "message-twice", fault: "sends two messages for a discarded batch", breaks: rule.DestOnRetryExhaustion,
		wrong: on(delivery.DecisionMessages, func(right int) int { return 2 * right })},
	faulty{name: "message-of-age-missing", fault: "sends no message for records that are too old", breaks: rule.DestOnAge,
		wrong: decides(delivery.DecisionMessages, 0)},
	faulty{name: "message-on-success", fault: "sends a message for every batch that succeeded", breaks: rule.DestNotOnSuccess,
		wrong: decides(delivery.DecisionTellsSuccess, 1)},
)

// ofCondition tells messages by their condition.
func ofCondition(e *trace.Event, condition string) bool {
	q, _ := e.Body["requestContext"].(map[string]any)
	return q["condition"] == condition
}

var _ = observe(
	seen{name: "message-of-spent-batches-missing", fault: "sends messages for records that are too old only", breaks: rule.DestOnRetryExhaustion,
		kind: trace.Destination, change: func(e *trace.Event) bool { return !ofCondition(e, trace.RetryAttemptsExhausted) }},
	seen{name: "message-of-aged-records-missing", fault: "sends messages for batches whose retries are used up only", breaks: rule.DestOnAge,
		kind: trace.Destination, change: func(e *trace.Event) bool { return !ofCondition(e, trace.RecordAgeExceeded) }},
	seen{name: "message-to-a-kafka-topic-missing", fault: "sends no message to a Kafka topic", breaks: rule.DestOnfailureKafkaTopic,
		kind: trace.Destination, change: func(e *trace.Event) bool { return !strings.HasPrefix(e.Source, "kafka://") }},
	seen{name: "message-of-aged-records-says-retries", fault: "says of records that are too old that their retries are used up", breaks: rule.DestOnAge,
		kind: trace.Destination, change: func(e *trace.Event) bool {
			if ofCondition(e, trace.RecordAgeExceeded) {
				e.Body = with(e.Body, "requestContext.condition", trace.RetryAttemptsExhausted)
			}
			return true
		}, others: "a batch whose retries are used up was invoked and answered"},
	seen{name: "message-of-spent-batches-says-age", fault: "says of a batch whose retries are used up that it is too old", breaks: rule.DestOnRetryExhaustion,
		kind: trace.Destination, change: func(e *trace.Event) bool {
			if ofCondition(e, trace.RetryAttemptsExhausted) {
				e.Body = with(e.Body, "requestContext.condition", trace.RecordAgeExceeded)
			}
			return true
		}, others: "what is too old is not young, and nobody answered for it"},
	seen{name: "message-of-another-form", fault: "sends a message whose requestContext is text", breaks: rule.DestRecordJSON,
		kind: trace.Destination, change: func(e *trace.Event) bool { e.Body = with(e.Body, "requestContext", "none"); return true },
		others: "what cannot be read reports nothing"},
	seen{name: "message-as-of-an-asynchronous-invocation", fault: "sends the message that a failed asynchronous invocation has", breaks: rule.DestRecordRequestcontextCondition,
		kind: trace.Destination, change: func(e *trace.Event) bool {
			e.Body = with(with(with(e.Body, "requestContext.condition", "RetriesExhausted"), "KinesisBatchInfo", gone), "DDBStreamBatchInfo", gone)
			return true
		}, others: "such a message does not say which batch it is about"},
	seen{name: "message-with-records", fault: "sends the records along with the message to a queue or a topic", breaks: rule.DestRecordWithoutData,
		kind: trace.Destination, change: func(e *trace.Event) bool {
			if !strings.Contains(e.Source, ":s3:") {
				e.Body = with(e.Body, "Records", []any{map[string]any{"data": "e30="}})
			}
			return true
		}},
	seen{name: "message-with-payload", fault: "sends the payload to a queue or a topic as to a bucket", breaks: rule.DestRecordWithoutData,
		kind: trace.Destination, change: func(e *trace.Event) bool {
			if !strings.Contains(e.Source, ":s3:") {
				e.Body = with(e.Body, "payload", "{}")
			}
			return true
		}},
	seen{name: "message-to-a-bucket-without-payload", fault: "sends a bucket no payload", breaks: rule.DestS3IncludesPayload,
		kind: trace.Destination, change: func(e *trace.Event) bool { e.Body = with(e.Body, "payload", gone); return true }},
	seen{name: "message-to-a-bucket-with-payload-null", fault: "sends a bucket a payload of null", breaks: rule.DestS3IncludesPayload,
		kind: trace.Destination, change: func(e *trace.Event) bool {
			if e.Body["payload"] != nil {
				e.Body = with(e.Body, "payload", nil)
			}
			return true
		}},
	seen{name: "message-to-a-topic-over-256-kb", fault: "sends a topic more than a message may hold", breaks: rule.DestSNS256kb,
		kind: trace.Destination, change: func(e *trace.Event) bool {
			if strings.Contains(e.Source, ":sns:") {
				e.Body = with(e.Body, "padding", strings.Repeat("x", 300_000))
			}
			return true
		}},
	seen{name: "message-count-plus-one", fault: "counts the invocation that never was in approximateInvokeCount", breaks: rule.DestRecordRequestcontextApproximateinvokecount,
		kind: trace.Destination, change: func(e *trace.Event) bool {
			q, _ := e.Body["requestContext"].(map[string]any)
			n, _ := q["approximateInvokeCount"].(float64)
			e.Body = with(e.Body, "requestContext.approximateInvokeCount", n+1)
			return true
		}},
	seen{name: "message-without-response-context", fault: "leaves responseContext out of a message", breaks: rule.DestRecordResponsecontextStatusCode,
		kind: trace.Destination, change: func(e *trace.Event) bool { e.Body = with(e.Body, "responseContext", gone); return true },
		others: "each of its members is missing"},
	seen{name: "message-of-age-with-response-context", fault: "says how the function answered when records are too old", breaks: rule.DestRecordResponsecontextStatusCode,
		kind: trace.Destination, change: func(e *trace.Event) bool {
			if ofCondition(e, trace.RecordAgeExceeded) {
				e.Body = with(e.Body, "responseContext", map[string]any{"statusCode": 200.0, "executedVersion": "$LATEST", "functionError": nil})
			}
			return true
		}},
)

// value is what a member has in the place of the right one.
type value struct {
	name, says string // in kebab case, and after "a message whose member"
	value      any
}

var (
	missing = value{"missing", "is missing", gone}
	null    = value{"null", "is null", nil}
	empty   = value{"empty", "is empty", ""}
)

// detail is a member of a message or event that must be there, and what it may wrongly
// be.
type detail struct {
	path   string
	breaks *rule.Rule
	values []value
}

// name is a path in kebab case.
func (m *detail) name() string { return strings.ToLower(strings.ReplaceAll(m.path, ".", "-")) }

// details adds a mutant for each wrong value of each member. change makes an event
// of the kind have the value at the path.
func details(prefix, what string, list []detail, kind trace.EventKind, others string, change func(e *trace.Event, path string, v any)) {
	for _, m := range list {
		for _, v := range m.values {
			observe(seen{name: prefix + m.name() + "-" + v.name, fault: fmt.Sprintf("%s whose member %s %s", what, m.path, v.says),
				breaks: m.breaks, kind: kind, others: others,
				change: func(e *trace.Event) bool { change(e, m.path, v.value); return true }})
		}
	}
}

var messageMembers = []detail{
	{"requestContext.requestId", rule.DestRecordRequestcontextRequestid, []value{missing, null, empty}},
	{"requestContext.functionArn", rule.DestRecordRequestcontextFunctionarn, []value{missing, null, {"of-another", "is that of another function",
		"arn:aws:lambda:us-east-1:000000000000:function:other"}, {"bare", "is a bare name", "f"}}},
	{"requestContext.approximateInvokeCount", rule.DestRecordRequestcontextApproximateinvokecount, []value{missing, null, {"zero", "is 0", 0.0}}},
	{"responseContext.statusCode", rule.DestRecordResponsecontextStatusCode, []value{missing, null, {"500", "is 500", 500.0}}},
	{"responseContext.executedVersion", rule.DestRecordResponsecontextExecutedversion, []value{missing, null, empty}},
	{"responseContext.functionError", rule.DestRecordResponsecontextFunctionerror, []value{missing}},
	{"version", rule.DestRecordVersion, []value{missing, null, {"2", "is 2.0", "2.0"}}},
	{"timestamp", rule.DestRecordTimestamp, []value{missing, null, {"of-seconds", "has no milliseconds", "2020-08-11T00:00:00Z"}, {"without-zone", "has no zone", "2020-08-11T00:00:00.000"}}},
}

// unconditional are members that say why there is a message.
var unconditional = []detail{
	{"requestContext.condition", rule.DestRecordRequestcontextCondition, []value{missing, null, {"of-an-asynchronous-invocation", "is RetriesExhausted", "RetriesExhausted"}}},
}

// unreadable are members that are there, but of another type.
var unreadable = []detail{
	{"requestContext.approximateInvokeCount", rule.DestRecordJSON, []value{{"text", "is text", "1"}}},
	{"responseContext.statusCode", rule.DestRecordJSON, []value{{"text", "is text", "200"}}},
	{"version", rule.DestRecordJSON, []value{{"number", "is a number", 1.0}}},
	{"timestamp", rule.DestRecordJSON, []value{{"number", "is a number", 1597104000.0}}},
}

// infoBlocks are where a message describes the batch, by the kind of source in
// the identifiers of the rules.
var infoBlocks = map[string]string{"kinesis": "KinesisBatchInfo", "dynamodb": "DDBStreamBatchInfo"}

// infoMembers are the members of both, with the last part of their rule.
var infoMembers = []struct {
	name, others string
	values       []value
}{
	{"shardId", "", []value{missing, null, {"another", "is that of another shard", "shardId-000000000009"}}},
	{"startSequenceNumber", "a message about no record reports none", []value{missing, null, {"another", "is of no record", "99999999"}}},
	{"approximateArrivalOfFirstRecord", "", []value{missing, null, {"later", "is a later time", "2030-01-01T00:00:00.000Z"}}},
	{"approximateArrivalOfLastRecord", "", []value{missing, null, {"later", "is a later time", "2030-01-01T00:00:00.000Z"}}},
	{"batchSize", "", []value{missing, null, {"too-many", "is too high", 9999.0}}},
	{"streamArn", "", []value{missing, null, {"bare", "is a bare name", "source"}}},
}

var _ = func() (done struct{}) {
	put := func(e *trace.Event, path string, v any) { e.Body = with(e.Body, path, v) }
	details("message-", "sends a message", messageMembers, trace.Destination, "", put)
	details("message-", "sends a message", unconditional, trace.Destination, "what a message reports depends on its condition", put)
	details("message-", "sends a message", unreadable, trace.Destination, "what cannot be read reports nothing", put)
	for _, kind := range []string{"kinesis", "dynamodb"} {
		for _, x := range infoMembers {
			m := detail{infoBlocks[kind] + "." + x.name, rule.Find("dest-record-" + kind + "-" + strings.ToLower(x.name)), x.values}
			details("message-", "sends a message", []detail{m}, trace.Destination, x.others, put)
		}
		details("message-", "sends a message", []detail{{infoBlocks[kind], rule.Find("dest-record-" + kind + "-shardid"), []value{missing, null}}},
			trace.Destination, "a message that describes no batch reports none", put)
	}
	return done
}()

// The ends of a batch that a message takes for each other.
var _ = func() (done struct{}) {
	const first, last = "startSequenceNumber", "endSequenceNumber"
	for _, kind := range []string{"kinesis", "dynamodb"} {
		block := infoBlocks[kind]
		for _, x := range []struct{ member, by, says string }{{first, last, "the last"}, {last, first, "the first"}} {
			observe(seen{name: "message-" + strings.ToLower(block+"-"+x.member) + "-of-the-other-end", fault: "sends a message whose " + block + "." + x.member + " is that of " + x.says + " record",
				breaks: rule.Find("dest-record-" + kind + "-" + strings.ToLower(x.member)),
				kind:   trace.Destination, change: func(e *trace.Event) bool {
					if info, ok := e.Body[block].(map[string]any); ok {
						e.Body = with(e.Body, block+"."+x.member, info[x.by])
					}
					return true
				}})
		}
	}
	return done
}()

// A message to nowhere needs an address to be seen at.
var _ = func() (done struct{}) {
	add(Mutant{Name: "message-without-a-destination", Fault: "sends a message though no destination is set", Breaks: []*rule.Rule{rule.DestDefaultNone},
		Delivery: func() delivery.Faults {
			return delivery.Faults{
				Decide: instead(delivery.DecisionMessages, 0, 1)(),
				Event: func(e *trace.Event, emit func(*trace.Event) error) error {
					if e.Kind != trace.Destination || e.Source != "" {
						return emit(e)
					}
					x := *e
					x.Source = "arn:aws:sqs:us-east-1:000000000000:nowhere"
					return emit(&x)
				},
			}
		}})
	return done
}()
