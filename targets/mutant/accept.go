package mutant

import (
	"strings"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
)

// What is refused although it must be taken, apart from sizes.

// sourceRules are the rules that a kind of source can be mapped.
var sourceRules = []struct {
	kind  control.SourceKind
	rules []*rule.Rule
}{
	{control.KinesisStream, []*rule.Rule{rule.CreateARNKinesisStream}},
	{control.KinesisConsumer, []*rule.Rule{rule.CreateARNKinesisConsumer}},
	{control.DynamoDBStream, []*rule.Rule{rule.CreateARNDynamoDBStream}},
	{control.SQSQueue, []*rule.Rule{rule.SQSStandardSupported, rule.CreateARNSQSQueue}},
	{control.SQSFIFOQueue, []*rule.Rule{rule.SQSFIFOSupported}},
}

var (
	bisect       = at(control.BisectBatchOnFunctionError)
	retries      = at(control.MaximumRetryAttempts)
	parallel     = at(control.ParallelizationFactor)
	destinations = at(control.DestinationConfig)
	responses    = at(control.FunctionResponseTypes)
)

// errorOptions are the five that a stream takes together.
var errorOptions = []place{bisect, destinations, age, retries, parallel}

// strict are requests that are right and that a program may refuse.
var strict = []struct {
	name, fault string
	when        test
	rule        *rule.Rule
}{
	// The forms of a function's name.
	{"function-name", "refuses a plain FunctionName in a Create", allOf(creates, not(contains(function, ":"))), rule.FnFormName},
	{"function-name-on-update", "refuses a plain FunctionName in an Update", allOf(updates, has(function), not(contains(function, ":"))), rule.FnFormName},
	{"function-name-on-list", "refuses a plain FunctionName in a List", filters(func(s string) bool { return !strings.Contains(s, ":") }), rule.FnFormName},
	{"function-arn", "refuses the ARN of a function", allOf(begins(function, "arn:"), qualifiers(0)), rule.FnFormFullARN},
	{"function-arn-on-update", "refuses the ARN of a function in an Update", allOf(updates, begins(function, "arn:")), rule.FnFormFullARN},
	{"function-arn-on-list", "refuses the ARN of a function in a List", filters(func(s string) bool { return strings.HasPrefix(s, "arn:") }), rule.FnFormFullARN},
	{"function-arn-qualified", "refuses the ARN of a function with a qualifier", allOf(begins(function, "arn:"), qualifiers(1)), rule.FnFormQualifiedARN},
	{"function-arn-with-version", "refuses the ARN of a version", allOf(begins(function, "arn:"), qualifiers(1), ends(function, ":1")), rule.FnFormQualifiedARN},
	{"function-arn-with-alias", "refuses the ARN of an alias", allOf(begins(function, "arn:"), qualifiers(1), not(ends(function, ":1"))), rule.FnFormQualifiedARN},
	{"function-partial-arn", "refuses the partial ARN of a function", contains(function, ":function:"), rule.FnFormPartialARN},
	{"function-partial-arn-on-update", "refuses the partial ARN of a function in an Update", allOf(updates, contains(function, ":function:")), rule.FnFormPartialARN},
	{"function-partial-arn-on-list", "refuses the partial ARN of a function in a List",
		filters(func(s string) bool { return !strings.HasPrefix(s, "arn:") && strings.Contains(s, ":") }), rule.FnFormPartialARN},
	{"function-name-qualified", "refuses a function's name with a qualifier", nameWithQualifier, rule.FnFormNameWithQualifier},
	{"function-name-with-latest", "refuses a function's name with the qualifier $LATEST", allOf(nameWithQualifier, ends(function, "$LATEST")), rule.FnLatestQualifier},
	{"function-arn-with-latest", "refuses a function's ARN with the qualifier $LATEST", allOf(begins(function, "arn:"), ends(function, "$LATEST")), rule.FnLatestQualifier},
	{"function-with-latest", "refuses the qualifier $LATEST", ends(function, "$LATEST"), rule.FnLatestQualifier},

	// Where a mapping starts.
	{"start-trim-horizon-unknown", "refuses StartingPosition TRIM_HORIZON", equals(position, "TRIM_HORIZON"), rule.StartEnumTrimHorizon},
	{"start-trim-horizon-unknown-kinesis", "refuses StartingPosition TRIM_HORIZON on a Kinesis stream", allOf(from(control.KinesisStream), equals(position, "TRIM_HORIZON")),
		rule.StartEnumTrimHorizon},
	{"start-trim-horizon-unknown-dynamodb", "refuses StartingPosition TRIM_HORIZON on a DynamoDB stream",
		allOf(from(control.DynamoDBStream), equals(position, "TRIM_HORIZON")), rule.StartEnumTrimHorizon},
	{"start-latest-unknown", "refuses StartingPosition LATEST", equals(position, "LATEST"), rule.StartEnumLatest},
	{"start-latest-unknown-kinesis", "refuses StartingPosition LATEST on a Kinesis stream", allOf(from(control.KinesisStream), equals(position, "LATEST")), rule.StartEnumLatest},
	{"start-latest-unknown-dynamodb", "refuses StartingPosition LATEST on a DynamoDB stream", allOf(from(control.DynamoDBStream), equals(position, "LATEST")), rule.StartEnumLatest},
	{"start-latest-unknown-msk", "refuses StartingPosition LATEST on an MSK cluster", allOf(from(control.MSKCluster), equals(position, "LATEST")), rule.StartEnumLatest},
	{"start-msk-latest-unknown", "refuses StartingPosition LATEST on an MSK cluster of 2020", allOf(from(control.MSKCluster), equals(position, "LATEST")), rule.StartMSKPositions},
	{"start-at-timestamp-unknown", "refuses StartingPosition AT_TIMESTAMP", equals(position, "AT_TIMESTAMP"), rule.StartEnumAtTimestamp},

	// Special values.
	{"age-minus-one", "refuses a MaximumRecordAgeInSeconds of -1", equals(age, -1), rule.AgeMinusOneAccepted},
	{"age-minus-one-kinesis", "refuses a MaximumRecordAgeInSeconds of -1 on a Kinesis stream", allOf(from(control.KinesisStream), equals(age, -1)), rule.AgeMinusOneAccepted},
	{"age-minus-one-dynamodb", "refuses a MaximumRecordAgeInSeconds of -1 on a DynamoDB stream", allOf(from(control.DynamoDBStream), equals(age, -1)), rule.AgeMinusOneAccepted},
	{"retries-minus-one", "refuses a MaximumRetryAttempts of -1", equals(retries, -1), rule.RetryMinusOneAccepted},
	{"retries-minus-one-kinesis", "refuses a MaximumRetryAttempts of -1 on a Kinesis stream", allOf(from(control.KinesisStream), equals(retries, -1)), rule.RetryMinusOneAccepted},
	{"retries-minus-one-dynamodb", "refuses a MaximumRetryAttempts of -1 on a DynamoDB stream", allOf(from(control.DynamoDBStream), equals(retries, -1)), rule.RetryMinusOneAccepted},
	{"window-1", "refuses a window of one second on a stream", allOf(from(streamKinds...), equals(window, 1)), rule.WindowIntegerSeconds},
	{"batch-size-over-10-with-window", "refuses a BatchSize above 10 on a queue even with a window", allOf(over(batchSize, 10), over(window, 0)), rule.BatchSizeOver10NeedsWindow},
	{"destination-empty", "refuses an empty Destination", equals(onFailure, ""), rule.DestinationARNMinLength},
	{"destination-on-create", "refuses the ARN of a queue for a Destination", contains(onFailure, "arn:"), rule.DestinationARNMaxLength},
	{"topics-one", "refuses a topic by the name of topic-a", equals(firstTopic, "topic-a"), rule.TopicsExactlyOne},
	{"topic-with-dot", "refuses a topic name with a dot in it", equals(firstTopic, "a.b-c_d"), rule.TopicPattern},
	{"tags", "refuses Tags in a Create", has(at(control.Tags)), rule.TagsOnCreate},

	// Filters, response types, metrics.
	{"filters-five", "refuses five filters", has(filterList.then(4)), rule.FilterCountDefault5},
	{"filters-over-one", "refuses more than one filter", has(filterList.then(1)), rule.FilterCountDefault5},
	{"response-type-refused", "refuses ReportBatchItemFailures", contains(responses, "ReportBatchItemFailures"), rule.FrtEnum},
	{"response-type-refused-on-sqs", "refuses ReportBatchItemFailures on a queue", allOf(from(control.SQSQueue), contains(responses, "ReportBatchItemFailures")), rule.FrtEnum},
	{"response-type-refused-on-streams", "refuses ReportBatchItemFailures on a stream", allOf(from(streamKinds...), contains(responses, "ReportBatchItemFailures")), rule.FrtEnum},
	{"response-types-empty", "refuses an empty list of FunctionResponseTypes", allOf(has(responses), lacks(responses.then(0))), rule.FrtLength},
	{"metrics-refused", "refuses MetricsConfig", has(metricList), rule.MetricsConfig},
	{"metric-event-count", "refuses the metric EventCount on a queue", allOf(from(control.SQSQueue), contains(metricList, "EventCount")), rule.MetricsConfig},

	// Provisioned mode, Kafka, Amazon MQ, DocumentDB.
	{"poller-group-name-refused", "refuses a PollerGroupName with an underscore", contains(pollerGroup, "_"), rule.ProvisionedGroupName},
	{"poller-group-of-2000", "refuses a poller group of 2,000 pollers", allOf(has(pollerGroup), equals(mostPollers, 2000)), rule.ProvisionedGroupLimits},
	{"consumer-group-id-with-signs", "refuses a ConsumerGroupId with signs other than letters, digits and hyphens",
		anyOf(contains(mskConfig.then("ConsumerGroupId"), "*"), contains(ownConfig.then("ConsumerGroupId"), "*")), rule.KafkaConsumerGroupID},
	{"consumer-group-id-over-100", "refuses a ConsumerGroupId of more than 100 characters",
		anyOf(contains(mskConfig.then("ConsumerGroupId"), "ggg"), contains(ownConfig.then("ConsumerGroupId"), "ggg")), rule.KafkaConsumerGroupID},
	{"consumption-mode-stream", "refuses ConsumptionMode Stream", equals(mode, "Stream"), rule.KafkaConsumptionMode},
	{"log-level-debug", "refuses SystemLogLevel DEBUG", equals(logLevel, "DEBUG"), rule.KafkaLoggingLevels},
	{"log-level-info", "refuses SystemLogLevel INFO", equals(logLevel, "INFO"), rule.KafkaLoggingLevels},
	{"log-level-warn", "refuses SystemLogLevel WARN", equals(logLevel, "WARN"), rule.KafkaLoggingLevels},
	{"schema-registry", "refuses a SchemaRegistryConfig", anyOf(contains(mskConfig, "SchemaRegistryConfig"), contains(ownConfig, "SchemaRegistryConfig")), rule.KafkaSchemaRegistry},
	{"record-format-source", "refuses EventRecordFormat SOURCE", anyOf(contains(mskConfig, "SOURCE"), contains(ownConfig, "SOURCE")), rule.KafkaSchemaRegistry},
	{"kafka-age-refused", "refuses MaximumRecordAgeInSeconds on a Kafka cluster", allOf(from(kafkaKinds...), has(age)), rule.KafkaErrorOptionsSameRanges},
	{"kafka-retries-refused", "refuses MaximumRetryAttempts on a Kafka cluster", allOf(from(kafkaKinds...), has(retries)), rule.KafkaErrorOptionsSameRanges},
	{"oauth-iam-without-uri", "refuses IAM_OAUTHBEARER_AUTH without a URI", equals(accessType, "IAM_OAUTHBEARER_AUTH"), rule.OAuthIAMNoURI},
	{"docdb-full-document-update-lookup", "refuses FullDocument UpdateLookup", equals(fullDoc, "UpdateLookup"), rule.DocdbFullDocument},
	{"docdb-full-document-default", "refuses FullDocument Default", equals(fullDoc, "Default"), rule.DocdbFullDocument},
}

// onceOnly are limits that nobody documents: what may be mapped once only. Of
// sources that the suite cannot make, a target may refuse all; not the second of
// them when it took the first.
var onceOnly = []struct {
	name, fault string
	key         func(*control.Request) string
	rule        *rule.Rule
}{
	{"one-function-per-source", "maps a source to one function only",
		func(r *control.Request) string { return r.V[control.EventSourceArn].Str }, rule.CreateManyFunctionsPerSource},
	{"one-source-per-function", "maps one source of a kind to a function only",
		func(r *control.Request) string { return kindOf(r).String() + r.V[control.FunctionName].Str }, rule.CreateManySourcesPerFunction},
	{"one-cluster", "maps one MSK cluster only", kindIf(control.MSKCluster), rule.CreateARNMSKCluster},
	{"one-broker", "maps one Amazon MQ broker only", kindIf(control.MQBroker), rule.CreateARNMQBroker},
	{"one-documentdb", "maps one DocumentDB cluster only", kindIf(control.DocumentDBCluster), rule.CreateARNDocumentDB},
}

// kindIf is one key for all sources of a kind, and "" for the others.
func kindIf(k control.SourceKind) func(*control.Request) string {
	return func(r *control.Request) string {
		if kindOf(r) != k {
			return ""
		}
		return k.String()
	}
}

// qualifiers picks the ARNs of functions by how many qualifiers they have.
func qualifiers(n int) test {
	return func(r *control.Request) bool { return strings.Count(r.V[control.FunctionName].Str, ":") == 6+n }
}

func nameWithQualifier(r *control.Request) bool {
	return strings.Count(r.V[control.FunctionName].Str, ":") == 1
}

// filters picks the Lists by the function that they ask for.
func filters(is func(string) bool) test {
	const byFunction = 1
	return func(r *control.Request) bool {
		v := &r.Query[byFunction]
		return queries(r) && v.Kind == control.String && is(v.Str)
	}
}

func init() {
	for _, x := range sourceRules {
		name := "source-" + x.kind.String()
		denies(name+"-refused", "refuses "+says(x.kind), from(x.kind), x.rules...)
		refuses(name+"-not-found", "says that "+says(x.kind)+" is not there", control.ResourceNotFound, func() test { return from(x.kind) }, x.rules...)
	}
	for _, x := range strict {
		denies(x.name+"-refused", x.fault, x.when, x.rule)
	}
	for _, x := range []struct {
		kind control.SourceKind
		rule *rule.Rule
	}{{control.KinesisStream, rule.StreamOnlyKinesisOk}, {control.DynamoDBStream, rule.StreamOnlyDynamoDBOk}, {control.KinesisConsumer, rule.StreamOnlyKinesisConsumer}} {
		for _, p := range errorOptions {
			denies("option-"+strings.ToLower(p.name())+"-refused-"+x.kind.String(), "refuses "+p.name()+" on "+says(x.kind), allOf(from(x.kind), has(p)), x.rule)
		}
	}
	for _, x := range onceOnly {
		refuses(x.name, x.fault, control.InvalidParameterValue, func() test {
			seen := map[string]bool{}
			return func(r *control.Request) bool {
				if !creates(r) {
					return false
				}
				k := x.key(r)
				again := seen[k] && k != ""
				seen[k] = true
				return again
			}
		}, x.rule)
	}
}
