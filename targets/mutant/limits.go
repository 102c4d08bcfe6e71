package mutant

import (
	"fmt"
	"strings"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
)

// Requests that a mutant takes although it must not: what it overlooks.

// takes adds a mutant that takes what the rule forbids; besides are other rules
// that forbid the same.
func takes(name, fault string, r *rule.Rule, besides ...*rule.Rule) {
	takesIf(name, fault, func(*control.Request) bool { return true }, r, besides...)
}

// takesIf is takes for some requests only.
func takesIf(name, fault string, some func(*control.Request) bool, r *rule.Rule, besides ...*rule.Rule) {
	hooked(name, fault, control.Hooks{Overlook: func(q *control.Request, broken *rule.Rule) bool {
		if broken == r {
			return some(q)
		}
		for _, b := range besides {
			if broken == b {
				return some(q)
			}
		}
		return false
	}}, r)
}

// forbidden are the rules that forbid something in a request, with the others
// that forbid the same. Each has a mutant that does not know it.
var forbidden = [][]*rule.Rule{
	{rule.BatchSizeOver10NeedsWindow}, {rule.WindowNotForFIFO}, {rule.RequestBodyJSON}, {rule.CreateFunctionNameRequired},
	{rule.CreateEventSourceARNRequired}, {rule.CreateSupportedServices}, {rule.CreateMQNoCrossAccount},
	{rule.FnNotFound}, {rule.FnMinLength}, {rule.FnMaxLength}, {rule.FnPattern}, {rule.FnBareNameMax64, rule.FnNotFound},
	{rule.FilterNotDocumentDB}, {rule.FilterCountDefault5}, {rule.FilterInvalidJSONRejected}, {rule.FilterPatternMax4096},
	{rule.TopicsExactlyOne}, {rule.TopicsRequiredMSK}, {rule.TopicMinLength}, {rule.TopicMaxLength}, {rule.TopicPattern},
	{rule.SourceAccessTypes}, {rule.SourceAccessCount}, {rule.SourceAccessVirtualHostCreateOnly},
	{rule.KafkaConsumptionMode}, {rule.KafkaQueueModeExclusions}, {rule.KafkaLoggingLevels}, {rule.KafkaSchemaRegistry},
	{rule.KafkaErrorOptionsSameRanges}, {rule.KafkaConsumerGroupID}, {rule.KafkaSelfManagedEndpoints},
	{rule.OAuthScopeRequiresAuth}, {rule.OAuthAudienceRequiresAuth}, {rule.OAuthIAMRequiresAudience}, {rule.SchemaRegistryAuthTypes},
	{rule.EventSourceARNPattern}, {rule.DestinationARNMaxLength}, {rule.DestinationARNPattern}, {rule.KMSKeyPattern},
	{rule.BatchSizeMin}, {rule.BatchSizeMaxSQSFIFO}, {rule.BatchSizeMaxSQSStandard, rule.BatchSizeModelMax}, {rule.BatchSizeMaxKinesis, rule.BatchSizeModelMax},
	{rule.BatchSizeMaxDynamoDB, rule.BatchSizeModelMax}, {rule.BatchSizeMaxMSK, rule.BatchSizeModelMax},
	{rule.BatchSizeMaxNewSources, rule.BatchSizeModelMax},
	{rule.BatchSizeModelMax, rule.BatchSizeMaxKinesis, rule.BatchSizeMaxDynamoDB, rule.BatchSizeMaxMSK, rule.BatchSizeMaxNewSources, rule.BatchSizeMaxSQSStandard, rule.BatchSizeMaxSQSFIFO},
	{rule.BatchSizeUpdateRange}, {rule.WindowMin}, {rule.WindowMax}, {rule.WindowIntegerSeconds}, {rule.ParallelMin}, {rule.ParallelMax},
	{rule.AgeBelowMinusOneRejected}, {rule.AgeMinPositive, rule.Age0To59Rejected}, {rule.Age0To59Rejected}, {rule.AgeMax},
	{rule.RetryBelowMinusOneRejected}, {rule.RetryMax}, {rule.FrtLength}, {rule.FrtEnum}, {rule.TumblingRange},
	{rule.ScalingMaxConcurrencyMin}, {rule.ScalingMaxConcurrencyMax}, {rule.ProvisionedMinPollers}, {rule.ProvisionedMaxPollersKafka},
	{rule.ProvisionedMaxPollersSQS}, {rule.ProvisionedGroupName}, {rule.ProvisionedGroupLimits}, {rule.ProvisionedExcludesScaling},
	{rule.DocdbDatabaseName}, {rule.DocdbCollectionName}, {rule.DocdbFullDocument}, {rule.MetricsConfig}, {rule.MQQueues},
	{rule.StartEnumClosed}, {rule.StartRequiredKinesis}, {rule.StartRequiredDynamoDB}, {rule.StartRequiredMSK},
	{rule.StartAtTimestampNotDynamoDB}, {rule.StartTimestampRequired}, {rule.StartTimestampNotFuture},
	{rule.StartAtTimestampKinesisOnly, rule.StartAtTimestampNotDynamoDB, rule.StartMSKPositions}, {rule.StartMSKPositions, rule.StartAtTimestampKinesisOnly},
}

// echoed say why a value that is taken and is none breaks more rules.
var echoed = map[*rule.Rule]string{
	rule.CreateFunctionNameRequired: "without a name there is no function to show",
	rule.FnMinLength:                "without a name there is no function to show",
	rule.FnPattern:                  "a name that is none cannot be resolved to an ARN",
	rule.TopicsRequiredMSK:          "without topics there are none to show",
	rule.WindowIntegerSeconds:       "the answer shows what was taken",
	rule.RequestBodyJSON:            "nothing of the request is known, so the answer shows nothing of it",
}

// bound is a limit whose value is a number, for what is one step beyond it.
type bound struct {
	rule    *rule.Rule
	member  control.Member
	beyond  int64
	besides []*rule.Rule
}

func bounds() (list []bound) {
	model := rule.BatchSizeModelMax
	add := func(r *rule.Rule, m control.Member, beyond int64, besides ...*rule.Rule) {
		list = append(list, bound{r, m, beyond, besides})
	}
	p := rule.Today
	add(rule.BatchSizeMin, control.BatchSize, rule.BatchSizeMin.Int(p)-1)
	add(rule.BatchSizeMaxKinesis, control.BatchSize, rule.BatchSizeMaxKinesis.Int(p)+1, model)
	add(rule.BatchSizeMaxDynamoDB, control.BatchSize, rule.BatchSizeMaxDynamoDB.Int(p)+1, model)
	add(rule.BatchSizeMaxMSK, control.BatchSize, rule.BatchSizeMaxMSK.Int(p)+1, model)
	add(rule.BatchSizeMaxSQSStandard, control.BatchSize, rule.BatchSizeMaxSQSStandard.Int(p)+1, model)
	add(rule.BatchSizeMaxSQSFIFO, control.BatchSize, rule.BatchSizeMaxSQSFIFO.Int(p)+1)
	add(rule.WindowMin, control.MaximumBatchingWindowInSeconds, rule.WindowMin.Int(p)-1)
	add(rule.WindowMax, control.MaximumBatchingWindowInSeconds, rule.WindowMax.Int(p)+1)
	add(rule.ParallelMin, control.ParallelizationFactor, rule.ParallelMin.Int(p)-1)
	add(rule.ParallelMax, control.ParallelizationFactor, rule.ParallelMax.Int(p)+1)
	add(rule.AgeMax, control.MaximumRecordAgeInSeconds, rule.AgeMax.Int(p)+1)
	add(rule.AgeMinPositive, control.MaximumRecordAgeInSeconds, rule.AgeMinPositive.Int(p)-1, rule.Age0To59Rejected)
	add(rule.AgeBelowMinusOneRejected, control.MaximumRecordAgeInSeconds, -2)
	add(rule.RetryMax, control.MaximumRetryAttempts, rule.RetryMax.Int(p)+1)
	add(rule.RetryBelowMinusOneRejected, control.MaximumRetryAttempts, -2)
	lo, hi := rule.TumblingRange.Range(p)
	add(rule.TumblingRange, control.TumblingWindowInSeconds, hi+1)
	add(rule.TumblingRange, control.TumblingWindowInSeconds, lo-1)
	return list
}

func init() {
	for _, rules := range forbidden {
		r := rules[0]
		name := r.ID + "-unknown"
		takes(name, "does not know this rule: "+r.Says, r, rules[1:]...)
		Find(name).Others = echoed[r]
	}
	for _, b := range bounds() {
		value := fmt.Sprint(b.beyond)
		takesIf(b.rule.ID+"-takes-"+strings.Replace(value, "-", "minus-", 1), "takes a "+b.member.String()+" of "+value,
			func(r *control.Request) bool { return r.V[b.member].Int == b.beyond }, b.rule, b.besides...)
	}
}
