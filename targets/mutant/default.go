package mutant

import (
	"fmt"
	"strings"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Defaults: what a mutant puts in the place of what a Create leaves out.

// defaulted adds a mutant that gives a member another default on some sources.
func defaulted(name, fault string, some func(*control.Request) bool, m control.Member, value any, breaks *rule.Rule) {
	hooked(name, fault, control.Hooks{Request: func(r *control.Request) {
		if some(r) && r.V[m].Missing() {
			r.V[m] = control.ValueOf(value)
		}
	}}, breaks)
}

// taken adds a mutant that shows a member which its source does not have, having
// taken it from the request.
func taken(name, fault string, some func(*control.Request) bool, m control.Member, breaks *rule.Rule) {
	hooked(name, fault, control.Hooks{}, breaks)
	Find(name).Control = func() control.Hooks {
		kept := map[string]any{} // by UUID
		var offered any
		return control.Hooks{
			Request: func(r *control.Request) {
				if offered = nil; some(r) && !r.V[m].Missing() {
					offered = r.V[m].Interface()
					r.V[m] = control.Value{}
				}
			},
			Answer: func(r *control.Request, a *control.Reply) {
				shown(func(c configuration) {
					id, _ := c["UUID"].(string)
					if offered != nil {
						kept[id] = offered
					}
					if v, ok := kept[id]; ok {
						c[m.String()] = v
					}
				})(r, a)
			},
		}
	}
}

func init() {
	for _, x := range []struct {
		what   string
		some   func(*control.Request) bool
		member control.Member
		rule   *rule.Rule
		values []any
	}{
		{"on a Kinesis stream", source(":kinesis:", "/consumer/"), control.BatchSize, rule.BatchSizeDefaultKinesis, []any{10, 1000}},
		{"on a DynamoDB stream", source(":dynamodb:", ""), control.BatchSize, rule.BatchSizeDefaultDynamoDB, []any{10, 1000}},
		{"on an MSK cluster", source(":kafka:", ""), control.BatchSize, rule.BatchSizeDefaultMSK, []any{10, 1000}},
		{"on an SQS queue", source(":sqs:", ""), control.BatchSize, rule.BatchSizeDefaultSQS, []any{1, 5}},
		{"on self-managed Kafka", creates(has(control.SelfManagedEventSource)), control.BatchSize, rule.BatchSizeDefaultSelfManagedKafka, []any{10}},
		{"on an MQ broker", source(":mq:", ""), control.BatchSize, rule.BatchSizeDefaultMQ, []any{10}},
		{"on a DocumentDB cluster", source(":rds:", ""), control.BatchSize, rule.BatchSizeDefaultDocumentDB, []any{10}},
		{"on a Kinesis stream", source(":kinesis:", "/consumer/"), control.MaximumBatchingWindowInSeconds, rule.WindowDefaultKinesis, []any{1, 300}},
		{"on a DynamoDB stream", source(":dynamodb:", ""), control.MaximumBatchingWindowInSeconds, rule.WindowDefaultDynamoDB, []any{1, 300}},
		{"on an SQS queue", source(":sqs:", ".fifo"), control.MaximumBatchingWindowInSeconds, rule.WindowDefaultSQS, []any{1, 300}},
		{"on a stream", source(":stream/", "/consumer/"), control.ParallelizationFactor, rule.ParallelDefault, []any{2, 10}},
		{"on a stream", source(":stream/", "/consumer/"), control.MaximumRecordAgeInSeconds, rule.AgeDefault, []any{60, 604800}},
		{"on a stream", source(":stream/", "/consumer/"), control.MaximumRetryAttempts, rule.RetryDefault, []any{0, 3, 10000}},
		{"on a stream", source(":stream/", "/consumer/"), control.BisectBatchOnFunctionError, rule.BisectDefaultFalse, []any{true}},
		{"in queue mode", creates(has(control.SelfManagedKafkaEventSourceConfig)), control.MaximumRetryAttempts, rule.KafkaQueueModeRetryDefault, []any{1}},
	} {
		for _, v := range x.values {
			defaulted(fmt.Sprintf("%s-is-%v", x.rule.ID, v), fmt.Sprintf("gives %s the default %v %s", x.member, v, x.what), x.some, x.member, v, x.rule)
		}
	}
	show("provisioned-default-min-is-9", "shows 9 for MinimumPollers that were not given", func(c configuration) {
		if p, ok := c["ProvisionedPollerConfig"].(map[string]any); ok {
			p["MinimumPollers"] = 9
		}
	}, []trace.Operation{trace.Create}, rule.ProvisionedDefaultMin)

	for _, x := range []struct {
		name   string
		what   string
		some   func(*control.Request) bool
		member control.Member
		rule   *rule.Rule
	}{
		{"bisect-on-sqs", "an SQS queue", onQueue, control.BisectBatchOnFunctionError, rule.StreamOnlyBisectRejectedForSQS},
		{"bisect-on-msk", "an MSK cluster", onMSK, control.BisectBatchOnFunctionError, rule.StreamOnlyBisectRejectedForMSK},
		{"destination-on-sqs", "an SQS queue", onQueue, control.DestinationConfig, rule.StreamOnlyDestinationRejectedForSQS},
		{"destination-on-msk", "an MSK cluster", onMSK, control.DestinationConfig, rule.StreamOnlyDestinationRejectedForMSK},
		{"age-on-sqs", "an SQS queue", onQueue, control.MaximumRecordAgeInSeconds, rule.StreamOnlyAgeRejectedForSQS},
		{"age-on-msk", "an MSK cluster", onMSK, control.MaximumRecordAgeInSeconds, rule.StreamOnlyAgeRejectedForMSK},
		{"retries-on-sqs", "an SQS queue", onQueue, control.MaximumRetryAttempts, rule.StreamOnlyRetryRejectedForSQS},
		{"retries-on-msk", "an MSK cluster", onMSK, control.MaximumRetryAttempts, rule.StreamOnlyRetryRejectedForMSK},
		{"parallelization-on-sqs", "an SQS queue", onQueue, control.ParallelizationFactor, rule.StreamOnlyParallelRejectedForSQS},
		{"parallelization-on-msk", "an MSK cluster", onMSK, control.ParallelizationFactor, rule.StreamOnlyParallelRejectedForMSK},
		{"window-on-sqs", "an SQS queue", onQueue, control.MaximumBatchingWindowInSeconds, rule.WindowStreamsOnly2020},
		{"topics-on-a-stream", "a Kinesis stream", source(":kinesis:", ""), control.Topics, rule.TopicsMSKOnly},
		{"concurrency-on-a-stream", "a Kinesis stream", source(":kinesis:", ""), control.ScalingConfig, rule.ScalingSQSOnly},
		{"position-on-sqs", "an SQS queue", onQueue, control.StartingPosition, rule.StartNotForSQS},
	} {
		taken("takes-"+x.name, "takes "+x.member.String()+" for "+x.what+" and shows it", x.some, x.member, x.rule)
	}
}

func onQueue(r *control.Request) bool {
	return r.Op == trace.Create && strings.Contains(r.V[control.EventSourceArn].Str, ":sqs:")
}

func onMSK(r *control.Request) bool {
	return r.Op == trace.Create && strings.Contains(r.V[control.EventSourceArn].Str, ":kafka:")
}
