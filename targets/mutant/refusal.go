package mutant

import (
	"strings"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Requests that a mutant refuses although it must not.

// refuses adds a mutant that refuses some requests that break no rule.
func refuses(name, fault string, some func(*control.Request) bool, breaks ...*rule.Rule) {
	hooked(name, fault, control.Hooks{Refuse: refusing(some)}, breaks...)
}

func refusing(some func(*control.Request) bool) func(*control.Request) *control.Refusal {
	return func(r *control.Request) *control.Refusal {
		if !some(r) {
			return nil
		}
		return &control.Refusal{Code: control.InvalidParameterValue, Message: "One of the parameters in the request is not valid."}
	}
}

// creates reports whether a request is a Create for which the rest holds.
func creates(rest func(*control.Request) bool) func(*control.Request) bool {
	return func(r *control.Request) bool { return r.Op == trace.Create && rest(r) }
}

// source reports whether a request maps a source with this in its ARN, and not that.
func source(with, without string) func(*control.Request) bool {
	return creates(func(r *control.Request) bool {
		arn := r.V[control.EventSourceArn].Str
		return strings.Contains(arn, with) && (without == "" || !strings.Contains(arn, without))
	})
}

func has(m control.Member) func(*control.Request) bool {
	return func(r *control.Request) bool { return r.Has(m) }
}

func says(m control.Member, text string) func(*control.Request) bool {
	return func(r *control.Request) bool { return r.V[m].Kind == control.String && r.V[m].Str == text }
}

func number(m control.Member, n int64) func(*control.Request) bool {
	return func(r *control.Request) bool { return r.V[m].Kind == control.Int && r.V[m].Int == n }
}

func all(list ...func(*control.Request) bool) func(*control.Request) bool {
	return func(r *control.Request) bool {
		for _, f := range list {
			if !f(r) {
				return false
			}
		}
		return true
	}
}

// functionName reports whether a Create names its function like that.
func functionName(like func(string) bool) func(*control.Request) bool {
	return creates(func(r *control.Request) bool { return like(r.V[control.FunctionName].Str) })
}

// again reports whether a member of a Create has the value of an earlier one.
func again(m control.Member) func() control.Hooks {
	return func() control.Hooks {
		seen := map[string]bool{}
		return control.Hooks{Refuse: refusing(creates(func(r *control.Request) bool {
			text := r.V[m].Str
			was := seen[text]
			seen[text] = true
			return was && text != ""
		}))}
	}
}

func init() {
	for _, x := range []struct {
		name, what string
		some       func(*control.Request) bool
		breaks     *rule.Rule
	}{
		{"kinesis-stream", "Kinesis streams", source(":kinesis:", "/consumer/"), rule.CreateARNKinesisStream},
		{"kinesis-consumer", "consumers of Kinesis streams", source("/consumer/", ""), rule.CreateARNKinesisConsumer},
		{"dynamodb-stream", "DynamoDB streams", source(":dynamodb:", ""), rule.CreateARNDynamoDBStream},
		{"sqs-queue", "SQS queues", source(":sqs:", ""), rule.CreateARNSQSQueue},
		{"standard-queue", "standard queues", source(":sqs:", ".fifo"), rule.SQSStandardSupported},
		{"fifo-queue", "FIFO queues", source(".fifo", ""), rule.SQSFIFOSupported},
		{"msk-cluster", "MSK clusters", source(":kafka:", ""), rule.CreateARNMSKCluster},
		{"mq-broker", "MQ brokers", source(":mq:", ""), rule.CreateARNMQBroker},
		{"documentdb", "DocumentDB clusters", source(":rds:", ""), rule.CreateARNDocumentDB},
		{"tags", "tags", creates(has(control.Tags)), rule.TagsOnCreate},
		{"trim-horizon", "TRIM_HORIZON", says(control.StartingPosition, "TRIM_HORIZON"), rule.StartEnumTrimHorizon},
		{"latest", "LATEST", says(control.StartingPosition, "LATEST"), rule.StartEnumLatest},
		{"at-timestamp", "AT_TIMESTAMP", says(control.StartingPosition, "AT_TIMESTAMP"), rule.StartEnumAtTimestamp},
		{"age-minus-1", "a MaximumRecordAgeInSeconds of -1", number(control.MaximumRecordAgeInSeconds, -1), rule.AgeMinusOneAccepted},
		{"retry-minus-1", "a MaximumRetryAttempts of -1", number(control.MaximumRetryAttempts, -1), rule.RetryMinusOneAccepted},
		{"bisect-on-kinesis", "BisectBatchOnFunctionError on a Kinesis stream", all(source(":kinesis:", "/consumer/"), has(control.BisectBatchOnFunctionError)), rule.StreamOnlyKinesisOk},
		{"bisect-on-dynamodb", "BisectBatchOnFunctionError on a DynamoDB stream", all(source(":dynamodb:", ""), has(control.BisectBatchOnFunctionError)), rule.StreamOnlyDynamoDBOk},
		{"bisect-on-a-consumer", "BisectBatchOnFunctionError on a consumer", all(source("/consumer/", ""), has(control.BisectBatchOnFunctionError)), rule.StreamOnlyKinesisConsumer},
		{"function-by-name", "a function's name", functionName(func(s string) bool { return !strings.Contains(s, ":") }), rule.FnFormName},
		{"function-by-arn", "a function's ARN", functionName(func(s string) bool { return strings.HasPrefix(s, "arn:") && strings.Count(s, ":") == 6 }), rule.FnFormFullARN},
		{"function-by-partial-arn", "a function's partial ARN", functionName(func(s string) bool { return !strings.HasPrefix(s, "arn:") && strings.Contains(s, ":function:") }), rule.FnFormPartialARN},
		{"function-by-name-and-qualifier", "a function's name with a qualifier", functionName(func(s string) bool { return strings.Count(s, ":") == 1 }), rule.FnFormNameWithQualifier},
		{"iam-without-uri", "IAM_OAUTHBEARER_AUTH without a URI", creates(func(r *control.Request) bool {
			return strings.Contains(r.V[control.SourceAccessConfigurations].Text(), "IAM_OAUTHBEARER_AUTH")
		}), rule.OAuthIAMNoURI},
		{"empty-destination", "an empty destination", func(r *control.Request) bool {
			return r.V[control.DestinationConfig].Text() == `{"OnFailure":{"Destination":""}}`
		}, rule.DestinationARNMinLength},
	} {
		refuses("refuses-"+x.name, "refuses "+x.what, x.some, x.breaks)
	}
	Find("refuses-msk-cluster").Sources = map[control.SourceKind]string{control.MSKCluster: "arn:aws:kafka:us-east-1:000000000000:cluster/c/6cc0432b-8618-4f44-bccc-e1fbd8fb7c4d-2"}
	Find("refuses-mq-broker").Sources = map[control.SourceKind]string{control.MQBroker: "arn:aws:mq:us-east-1:000000000000:broker:b:b-9bcfa592-423a-4942-879d-eb284b418fc8"}
	Find("refuses-documentdb").Sources = map[control.SourceKind]string{control.DocumentDBCluster: "arn:aws:rds:us-east-1:000000000000:cluster:docs"}
	because("refuses-sqs-queue", "standard queues are queues")
	because("refuses-standard-queue", "they are the queues that are tried")
	because("refuses-trim-horizon", "the least that maps a stream starts there")
	because("refuses-function-by-name", "the least that maps a source names its function so")
	minded("one-function-a-source", "refuses a second function on a source", again(control.EventSourceArn), rule.CreateManyFunctionsPerSource)
	minded("one-source-a-function", "refuses a second source for a function", again(control.FunctionName), rule.CreateManySourcesPerFunction)
	because("one-source-a-function", "the least that maps each kind of source names the same function")
}
