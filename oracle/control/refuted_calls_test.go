package control

import (
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// mapped maps sources on a stage, one after the other, and returns the last UUID.
func mapped(s *stage, bodies ...object) (id string) {
	for _, with := range bodies {
		body := object{"FunctionName": "fn"}
		maps.Copy(body, with)
		id = s.mustCall(trace.Create, "", body).Answer.V[UUID].Str
		s.mustCall(trace.Get, id, nil)
	}
	return id
}

// with is a JSON object with some members added or changed.
func with(o object, pairs ...any) object {
	all := maps.Clone(o)
	for i := 0; i < len(pairs); i += 2 {
		all[pairs[i].(string)] = pairs[i+1]
	}
	return all
}

var calls = []struct {
	profile rule.Profile
	mapped  []object // what is mapped already
	op      trace.Operation
	path    string // ID stands for the last mapping
	query   string
	body    object
	want    string
}{
	{rule.Today, nil, trace.Get, strangeUUID, "", nil, "get-unknown-404"},
	{rule.Today, nil, trace.Get, strings.ToUpper(strangeUUID), "", nil, "get-unknown-404"},
	{rule.Today, nil, trace.Get, "not-a-uuid", "", nil, "get-unknown-404"},
	{rule.Today, nil, trace.Delete, strangeUUID, "", nil, "delete-unknown-404"},
	{rule.Today, nil, trace.Update, strangeUUID, "", object{"BatchSize": 5}, "err-update-resourcenotfound open"},
	{rule.Today, nil, trace.Update, strangeUUID, "", object{"BatchSize": 0, "FunctionName": "nobody"}, "batch-size-min err-update-resourcenotfound fn-not-found open"},
	{rule.Today, nil, trace.Update, "not-a-uuid", "", object{"BatchSize": 0}, "err-update-resourcenotfound"},
	{rule.Today, nil, trace.Get, "", "", nil, "get-uri"},
	{rule.Today, nil, trace.Update, "", "", nil, "update-uuid-required"},
	{rule.Today, nil, trace.Delete, "", "", nil, "delete-uuid-required"},
	{rule.Today, nil, trace.Create, strangeUUID, "", nil, "create-uri"},
	{rule.Today, nil, trace.List, strangeUUID, "", nil, "list-uri"},
	{rule.Today, []object{plain["sqs"]}, trace.Get, "ID", "", nil, ""},
	{rule.Today, []object{plain["sqs"]}, trace.Delete, "ID", "", nil, ""},

	// Update.
	{rule.Today, []object{plain["sqs"]}, trace.Update, "ID", "", nil, "open"},
	{rule.Today, []object{plain["sqs"]}, trace.Update, "ID", "", object{}, "open"},
	{rule.Today, []object{plain["sqs"]}, trace.Update, "ID", "", object{"Colour": "red"}, "open"},
	{rule.Today, []object{plain["sqs"]}, trace.Update, "ID", "", object{"EventSourceArn": testQueue}, "open"},
	{rule.Today, []object{plain["sqs"]}, trace.Update, "ID", "", object{"FunctionName": "fn-2"}, ""},
	{rule.Today, []object{plain["sqs"]}, trace.Update, "ID", "", object{"FunctionName": "nobody"}, "fn-not-found"},
	{rule.Today, []object{plain["sqs"]}, trace.Update, "ID", "", object{"BatchSize": 0}, "batch-size-update-range"},
	{rule.Today, []object{plain["sqs"]}, trace.Update, "ID", "", object{"BatchSize": 5}, ""},
	{rule.Today, []object{plain["sqs"]}, trace.Update, "ID", "", object{"BatchSize": 11}, "batch-size-over-10-needs-window"},
	{rule.Today, []object{with(plain["sqs"], "MaximumBatchingWindowInSeconds", 1)}, trace.Update, "ID", "", object{"BatchSize": 11}, ""},
	{rule.Today, []object{with(plain["sqs"], "MaximumBatchingWindowInSeconds", 1, "BatchSize", 11)}, trace.Update, "ID", "", object{"MaximumBatchingWindowInSeconds": 0}, "batch-size-over-10-needs-window"},
	{rule.Today, []object{with(plain["sqs"], "ProvisionedPollerConfig", object{"MinimumPollers": 2})}, trace.Update, "ID", "", object{"ScalingConfig": object{"MaximumConcurrency": 2}}, "provisioned-excludes-scaling"},
	{rule.Today, []object{with(plain["sqs"], "ProvisionedPollerConfig", object{"MinimumPollers": 2})}, trace.Update, "ID", "",
		object{"ScalingConfig": object{"MaximumConcurrency": 2}, "ProvisionedPollerConfig": object{}}, ""},
	{rule.Today, []object{plain["msk"]}, trace.Update, "ID", "", object{"Topics": list{}}, "open"},
	{rule.Today, []object{plain["msk"]}, trace.Update, "ID", "", object{"MaximumRetryAttempts": 5}, "open"},
	{rule.Today, []object{with(plain["msk"], "ProvisionedPollerConfig", object{"MinimumPollers": 1})}, trace.Update, "ID", "", object{"MaximumRetryAttempts": 5}, ""},
	{rule.Today, []object{with(plain["kafka"], "SelfManagedKafkaEventSourceConfig", object{"ConsumerGroupId": "g"})}, trace.Update, "ID", "",
		object{"SelfManagedKafkaEventSourceConfig": object{"ConsumerGroupId": "g"}}, ""},
	{rule.Today, []object{with(plain["kafka"], "SelfManagedKafkaEventSourceConfig", object{"ConsumerGroupId": "g"})}, trace.Update, "ID", "",
		object{"SelfManagedKafkaEventSourceConfig": object{"ConsumerGroupId": "h"}}, "kafka-consumer-group-id"},
	{rule.Today, []object{plain["kafka"]}, trace.Update, "ID", "", object{"SelfManagedKafkaEventSourceConfig": object{"ConsumptionMode": "Stream"}}, ""},
	{rule.Today, []object{plain["kafka"]}, trace.Update, "ID", "", object{"SelfManagedKafkaEventSourceConfig": object{"ConsumptionMode": "Queue"}}, "kafka-consumption-mode"},
	{rule.Today, []object{plain["mq"]}, trace.Update, "ID", "", object{"SourceAccessConfigurations": access("VIRTUAL_HOST=/")}, "source-access-virtual-host-create-only"},
	{rule.Today, []object{plain["mq"]}, trace.Update, "ID", "", object{"BatchSize": 5}, ""},
	{rule.P2020, []object{plain["kinesis"]}, trace.Update, "ID", "", object{"ParallelizationFactor": 11}, "parallel-max"},

	// What is mapped already.
	{rule.Today, []object{plain["sqs"]}, trace.Create, "", "", plain["sqs"], "create-duplicate-conflict"},
	{rule.Today, []object{plain["sqs"]}, trace.Create, "", "", with(plain["sqs"], "FunctionName", "fn:1"), "open"},
	{rule.Today, []object{plain["sqs"]}, trace.Create, "", "", with(plain["sqs"], "FunctionName", "fn-2"), ""},
	{rule.Today, []object{plain["sqs"]}, trace.Create, "", "", with(plain["sqs"], "EventSourceArn", testQueue+"-2"), ""},
	{rule.Today, []object{plain["sqs"]}, trace.Create, "", "", plain["fifo"], ""},
	{rule.Today, []object{plain["msk"]}, trace.Create, "", "", plain["msk"], "create-duplicate-conflict"},
	{rule.Today, []object{plain["msk"]}, trace.Create, "", "", with(plain["msk"], "Topics", list{"other"}), "open"},
	{rule.Today, []object{plain["mq"]}, trace.Create, "", "", plain["mq"], "open"},
	{rule.Today, []object{plain["docdb"]}, trace.Create, "", "", plain["docdb"], "open"},
	{rule.Today, []object{plain["kafka"]}, trace.Create, "", "", plain["kafka"], "open"},

	// List.
	{rule.Today, nil, trace.List, "", "", nil, ""},
	{rule.Today, nil, trace.List, "", "EventSourceArn=" + testQueue, nil, ""},
	{rule.Today, nil, trace.List, "", "EventSourceArn=", nil, "open"},
	{rule.Today, nil, trace.List, "", "EventSourceArn=queue", nil, "event-source-arn-pattern"},
	{rule.Today, nil, trace.List, "", "FunctionName=", nil, "open"},
	{rule.Today, nil, trace.List, "", "FunctionName=fn", nil, ""},
	{rule.Today, nil, trace.List, "", "FunctionName=nobody", nil, "open"},
	{rule.Today, nil, trace.List, "", "FunctionName=a+b", nil, "fn-pattern"},
	{rule.Today, nil, trace.List, "", "FunctionName=fn:" + strings.Repeat("1", 253), nil, "open"},
	{rule.Today, nil, trace.List, "", "FunctionName=fn:" + strings.Repeat("1", 254), nil, "fn-max-length"},
	{rule.Today, nil, trace.List, "", "MaxItems=", nil, "open"},
	{rule.Today, nil, trace.List, "", "MaxItems=x", nil, "open"},
	{rule.Today, nil, trace.List, "", "MaxItems=0", nil, "list-maxitems-min"},
	{rule.Today, nil, trace.List, "", "MaxItems=1", nil, ""},
	{rule.Today, nil, trace.List, "", "MaxItems=10000", nil, ""},
	{rule.Today, nil, trace.List, "", "MaxItems=10001", nil, "list-maxitems-max"},
	{rule.Today, nil, trace.List, "", "Marker=", nil, "open"},
	{rule.Today, nil, trace.List, "", "Marker=x", nil, "list-marker-invalid"},
}

// TestRefutedCreate for the other calls, and for what is mapped already.
func TestRefutedCalls(t *testing.T) {
	for _, c := range calls {
		s := newStage(t, c.profile)
		s.judge.World = fullWorld()
		s.server = NewServer(c.profile, fullWorld(), time.Second)
		path := strings.Replace(c.path, "ID", mapped(s, c.mapped...), 1)
		body := c.body
		if c.op == trace.Create {
			body = object{"FunctionName": "fn"}
			maps.Copy(body, c.body)
		}
		if got := refuted(s.judge, c.op, path, c.query, body); got != c.want {
			t.Errorf("%s, %s %s?%s %v:\n got %q\nwant %q", c.profile, c.op, c.path, c.query, c.body, got, c.want)
		}
	}
}
