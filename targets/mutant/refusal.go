package mutant

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
)

// What is taken although it must be refused, apart from sizes.

const patternless = "that does not match the pattern"

var (
	position   = at(control.StartingPosition)
	timestamp  = at(control.StartingPositionTimestamp)
	window     = at(control.MaximumBatchingWindowInSeconds)
	batchSize  = at(control.BatchSize)
	sourceARN  = at(control.EventSourceArn)
	function   = at(control.FunctionName)
	access     = at(control.SourceAccessConfigurations)
	accessType = access.then(0, "Type")
	logLevel   = at(control.LoggingConfig, "SystemLogLevel")
	age        = at(control.MaximumRecordAgeInSeconds)
	fullDoc    = at(control.DocumentDBEventSourceConfig, "FullDocument")
	mode       = ownConfig.then("ConsumptionMode")
)

// lenient are requests that break a rule and that a program may take as they are.
var lenient = []struct {
	name, fault string
	when        test
	rule        *rule.Rule
	also        []*rule.Rule
}{
	// The function.
	{"function-missing", "takes a Create without FunctionName", allOf(creates, lacks(function)), rule.CreateFunctionNameRequired, nil},
	{"function-null", "takes a Create whose FunctionName is null", allOf(creates, isNull(control.FunctionName)), rule.CreateFunctionNameRequired, nil},
	{"function-with-space", "takes a FunctionName with a space in it", contains(function, " "), rule.FnPattern, noFunction},
	{"function-with-slash", "takes a FunctionName with a slash in it", contains(function, "/"), rule.FnPattern, noFunction},
	{"function-with-two-qualifiers", "takes a FunctionName with two qualifiers", contains(function, ":a:b"), rule.FnPattern, noFunction},
	{"function-with-empty-qualifier", "takes a FunctionName that ends in a colon", ends(function, ":"), rule.FnPattern, noFunction},
	{"function-of-short-account", "takes a function ARN whose account has five digits", contains(function, ":12345:"), rule.FnPattern, noFunction},
	{"function-with-accent", "takes a FunctionName with letters besides those of ASCII", contains(function, "é"), rule.FnPattern, noFunction},
	{"function-unmatched", "takes every FunctionName " + patternless, nil, rule.FnPattern, noFunction},
	{"list-function-too-long", "takes a FunctionName of 257 characters in a List", queries, rule.FnMaxLength, nil},

	// The source.
	{"source-missing", "takes a Create without EventSourceArn", allOf(creates, lacks(sourceARN)), rule.CreateEventSourceARNRequired, nil},
	{"source-null", "takes a Create whose EventSourceArn is null", allOf(creates, isNull(control.EventSourceArn)), rule.CreateEventSourceARNRequired, nil},
	{"source-empty", "takes an empty EventSourceArn", allOf(creates, equals(sourceARN, "")), rule.EventSourceARNPattern, nil},
	{"source-no-arn", "takes an EventSourceArn that is a plain name", allOf(creates, equals(sourceARN, "queue")), rule.EventSourceARNPattern, nil},
	{"source-arn-truncated", "takes an EventSourceArn that ends after the service", allOf(creates, ends(sourceARN, ":sqs")), rule.EventSourceARNPattern, nil},
	{"source-unmatched", "takes every EventSourceArn " + patternless, nil, rule.EventSourceARNPattern, nil},
	{"list-source-no-arn", "lists the mappings of an EventSourceArn that is no ARN", queries, rule.EventSourceARNPattern, nil},
	{"source-s3", "takes an S3 bucket for an event source", contains(sourceARN, ":s3:"), rule.CreateSupportedServices, nil},
	{"source-sns", "takes an SNS topic for an event source", contains(sourceARN, ":sns:"), rule.CreateSupportedServices, nil},
	{"source-lambda", "takes a function for an event source", contains(sourceARN, ":lambda:"), rule.CreateSupportedServices, nil},
	{"source-event-bus", "takes an event bus for an event source", contains(sourceARN, ":events:"), rule.CreateSupportedServices, nil},
	{"source-unsupported", "takes every service for an event source", nil, rule.CreateSupportedServices, nil},
	{"source-broker-of-another-account", "takes an Amazon MQ broker of another account", nil, rule.CreateMQNoCrossAccount, nil},

	// Where a mapping starts.
	{"start-missing-kinesis", "takes a Kinesis stream without StartingPosition", nil, rule.StartRequiredKinesis, nil},
	{"start-missing-dynamodb", "takes a DynamoDB stream without StartingPosition", nil, rule.StartRequiredDynamoDB, nil},
	{"start-missing-msk", "takes an MSK cluster without StartingPosition", nil, rule.StartRequiredMSK, nil},
	{"start-unknown", "takes any StartingPosition", nil, rule.StartEnumClosed, nil},
	{"start-unknown-kinesis", "takes any StartingPosition on a Kinesis stream", from(control.KinesisStream), rule.StartEnumClosed, nil},
	{"start-unknown-dynamodb", "takes any StartingPosition on a DynamoDB stream", from(control.DynamoDBStream), rule.StartEnumClosed, nil},
	{"start-unknown-msk", "takes any StartingPosition on an MSK cluster", from(control.MSKCluster), rule.StartEnumClosed, nil},
	{"start-empty", "takes an empty StartingPosition", equals(position, ""), rule.StartEnumClosed, nil},
	{"start-lower-case", "takes StartingPosition latest in lower case", equals(position, "latest"), rule.StartEnumClosed, nil},
	{"start-earliest", "takes StartingPosition EARLIEST", equals(position, "EARLIEST"), rule.StartEnumClosed, nil},
	{"start-at-timestamp-dynamodb", "takes AT_TIMESTAMP on a DynamoDB stream", nil, rule.StartAtTimestampNotDynamoDB, []*rule.Rule{rule.StartAtTimestampKinesisOnly}},
	{"start-at-timestamp-dynamodb-2020", "takes AT_TIMESTAMP on a DynamoDB stream, as the documents of 2020 forbid twice", from(control.DynamoDBStream),
		rule.StartAtTimestampKinesisOnly, []*rule.Rule{rule.StartAtTimestampNotDynamoDB}},
	{"start-at-timestamp-msk", "takes AT_TIMESTAMP on an MSK cluster", from(control.MSKCluster), rule.StartAtTimestampKinesisOnly, []*rule.Rule{rule.StartMSKPositions}},
	{"start-msk-at-timestamp", "takes AT_TIMESTAMP besides the two positions of an MSK cluster", from(control.MSKCluster), rule.StartMSKPositions,
		[]*rule.Rule{rule.StartAtTimestampKinesisOnly}},
	{"start-timestamp-missing", "takes AT_TIMESTAMP without StartingPositionTimestamp", nil, rule.StartTimestampRequired, nil},
	{"start-timestamp-missing-kinesis", "takes AT_TIMESTAMP without StartingPositionTimestamp on a Kinesis stream", from(control.KinesisStream), rule.StartTimestampRequired, nil},
	{"start-timestamp-missing-msk", "takes AT_TIMESTAMP without StartingPositionTimestamp on an MSK cluster", from(control.MSKCluster), rule.StartTimestampRequired, nil},
	{"start-timestamp-ahead", "takes a StartingPositionTimestamp in the future", nil, rule.StartTimestampNotFuture, nil},

	// Batches and their windows.
	{"window-fraction", "takes a window of one and a half seconds", nil, rule.WindowIntegerSeconds, nil},
	{"window-fraction-kinesis", "takes a window of one and a half seconds on a Kinesis stream", from(control.KinesisStream), rule.WindowIntegerSeconds, nil},
	{"window-fraction-dynamodb", "takes a window of one and a half seconds on a DynamoDB stream", from(control.DynamoDBStream), rule.WindowIntegerSeconds, nil},
	{"batch-size-over-10-alone", "takes a BatchSize above 10 on a queue without a window", nil, rule.BatchSizeOver10NeedsWindow, nil},
	{"batch-size-over-10-without-window", "takes a BatchSize above 10 on a queue when no window is given", allOf(creates, lacks(window)), rule.BatchSizeOver10NeedsWindow, nil},
	{"batch-size-over-10-with-window-0", "takes a BatchSize above 10 on a queue with a window of 0", equals(window, 0), rule.BatchSizeOver10NeedsWindow, nil},
	{"batch-size-over-10-on-update", "takes an Update to a BatchSize above 10 of a queue without a window", updates, rule.BatchSizeOver10NeedsWindow, nil},
	{"window-on-fifo", "takes a batching window on a FIFO queue", nil, rule.WindowNotForFIFO, nil},
	{"age-0", "takes a MaximumRecordAgeInSeconds of 0", equals(age, 0), rule.Age0To59Rejected, nil},
	{"age-1", "takes a MaximumRecordAgeInSeconds of 1", equals(age, 1), rule.Age0To59Rejected, nil},
	{"age-below-60", "takes every MaximumRecordAgeInSeconds from 0 to 59", nil, rule.Age0To59Rejected, ageRules},
	{"age-below-60-kinesis", "takes every MaximumRecordAgeInSeconds from 0 to 59 on a Kinesis stream", from(control.KinesisStream), rule.Age0To59Rejected, ageRules},
	{"age-below-60-dynamodb", "takes every MaximumRecordAgeInSeconds from 0 to 59 on a DynamoDB stream", from(control.DynamoDBStream), rule.Age0To59Rejected, ageRules},

	// Destinations, topics, filters.
	{"destination-no-arn", "takes a Destination that is no ARN", equals(onFailure, "not-an-arn"), rule.DestinationARNPattern, nil},
	{"destination-of-short-account", "takes a Destination whose account has two digits", contains(onFailure, ":12:"), rule.DestinationARNPattern, nil},
	{"destination-unmatched", "takes every Destination " + patternless, nil, rule.DestinationARNPattern, nil},
	{"msk-without-topics", "takes an MSK cluster without Topics", nil, rule.TopicsRequiredMSK, nil},
	{"topic-with-dot-first", "takes a topic name that begins with a dot", begins(firstTopic, "."), rule.TopicPattern, nil},
	{"topic-with-space", "takes a topic name with a space in it", contains(firstTopic, " "), rule.TopicPattern, nil},
	{"topic-unmatched-msk", "takes every topic name of an MSK cluster " + patternless, from(control.MSKCluster), rule.TopicPattern, nil},
	{"topic-unmatched-kafka", "takes every topic name of a self-managed cluster " + patternless, from(control.SelfManagedKafka), rule.TopicPattern, nil},
	{"filter-on-documentdb", "takes filters on a DocumentDB cluster", nil, rule.FilterNotDocumentDB, nil},
	{"filter-no-json", "takes a filter that is no JSON", nil, rule.FilterInvalidJSONRejected, nil},
	{"filter-no-json-on-create", "takes a filter that is no JSON in a Create", creates, rule.FilterInvalidJSONRejected, nil},
	{"filter-no-json-on-update", "takes a filter that is no JSON in an Update", updates, rule.FilterInvalidJSONRejected, nil},
	{"filter-key-no-arn", "takes a KMSKeyArn that is no ARN", nil, rule.KMSKeyPattern, nil},

	// Concurrency of queues, provisioned mode.
	{"concurrency-with-pollers", "takes a MaximumConcurrency beside provisioned mode", nil, rule.ProvisionedExcludesScaling, nil},
	{"poller-group-name-with-space", "takes a PollerGroupName with a space in it", contains(pollerGroup, " "), rule.ProvisionedGroupName, nil},
	{"poller-group-name-unmatched-msk", "takes every PollerGroupName of an MSK cluster", from(control.MSKCluster), rule.ProvisionedGroupName, nil},
	{"poller-group-name-unmatched-kafka", "takes every PollerGroupName of a self-managed cluster", from(control.SelfManagedKafka), rule.ProvisionedGroupName, nil},
	{"min-pollers-of-kafka-on-sqs", "takes one poller for the least of a queue, as for Kafka", allOf(from(control.SQSQueue), equals(leastPollers, 1)), rule.ProvisionedMinPollers, nil},

	// Kafka, Amazon MQ, DocumentDB.
	{"bootstrap-server-without-port", "takes a bootstrap server without a port", contains(bootstrap.then(0), "no-port"), rule.KafkaSelfManagedEndpoints, nil},
	{"bootstrap-servers-unchecked", "takes every list of bootstrap servers", nil, rule.KafkaSelfManagedEndpoints, nil},
	{"msk-consumer-group-id-with-space", "takes a ConsumerGroupId with a space in it on an MSK cluster", contains(mskConfig.then("ConsumerGroupId"), " "), rule.KafkaConsumerGroupID, nil},
	{"kafka-consumer-group-id-with-space", "takes a ConsumerGroupId with a space in it on a self-managed cluster", contains(ownConfig.then("ConsumerGroupId"), " "),
		rule.KafkaConsumerGroupID, nil},
	{"consumer-group-id-changes", "takes another ConsumerGroupId in an Update", updates, rule.KafkaConsumerGroupID, nil},
	{"consumption-mode-unknown", "takes any ConsumptionMode", creates, rule.KafkaConsumptionMode, nil},
	{"consumption-mode-changes", "takes another ConsumptionMode in an Update", updates, rule.KafkaConsumptionMode, nil},
	{"queue-mode-with-position", "takes a StartingPosition in queue mode", has(position), rule.KafkaQueueModeExclusions, nil},
	{"queue-mode-with-window", "takes a batching window in queue mode", has(window), rule.KafkaQueueModeExclusions, nil},
	{"log-level-unknown", "takes any SystemLogLevel", nil, rule.KafkaLoggingLevels, nil},
	{"log-level-unknown-msk", "takes any SystemLogLevel on an MSK cluster", from(control.MSKCluster), rule.KafkaLoggingLevels, nil},
	{"log-level-unknown-kafka", "takes any SystemLogLevel on a self-managed cluster", from(control.SelfManagedKafka), rule.KafkaLoggingLevels, nil},
	{"record-format-unknown", "takes any EventRecordFormat", anyOf(contains(mskConfig, "XML"), contains(ownConfig, "XML")), rule.KafkaSchemaRegistry, nil},
	{"validation-attribute-unknown", "takes any Attribute of a schema validation", anyOf(contains(mskConfig, "HEADER"), contains(ownConfig, "HEADER")), rule.KafkaSchemaRegistry, nil},
	{"schema-registry-unchecked-msk", "takes any SchemaRegistryConfig on an MSK cluster", from(control.MSKCluster), rule.KafkaSchemaRegistry, nil},
	{"schema-registry-unchecked-kafka", "takes any SchemaRegistryConfig on a self-managed cluster", from(control.SelfManagedKafka), rule.KafkaSchemaRegistry, nil},
	{"schema-registry-access-unknown", "takes any Type of access to a schema registry", nil, rule.SchemaRegistryAuthTypes, nil},
	{"source-access-unknown", "takes any Type of a SourceAccessConfiguration", nil, rule.SourceAccessTypes, nil},
	{"source-access-unknown-msk", "takes any Type of a SourceAccessConfiguration on an MSK cluster", from(control.MSKCluster), rule.SourceAccessTypes, nil},
	{"source-access-unknown-kafka", "takes any Type of a SourceAccessConfiguration on a self-managed cluster", from(control.SelfManagedKafka), rule.SourceAccessTypes, nil},
	{"source-access-unknown-mq", "takes any Type of a SourceAccessConfiguration on a broker", from(control.MQBroker), rule.SourceAccessTypes, nil},
	{"virtual-host-changes", "takes a VIRTUAL_HOST in an Update", nil, rule.SourceAccessVirtualHostCreateOnly, nil},
	{"oauth-extras-alone", "takes the extras of OAUTHBEARER without OAUTHBEARER_AUTH", nil, rule.OAuthScopeRequiresAuth, nil},
	{"oauth-scope-alone", "takes OAUTHBEARER_SCOPE without OAUTHBEARER_AUTH", equals(accessType, "OAUTHBEARER_SCOPE"), rule.OAuthScopeRequiresAuth, nil},
	{"oauth-logical-cluster-alone", "takes OAUTHBEARER_LOGICAL_CLUSTER without OAUTHBEARER_AUTH", equals(accessType, "OAUTHBEARER_LOGICAL_CLUSTER"), rule.OAuthScopeRequiresAuth, nil},
	{"oauth-identity-pool-alone", "takes OAUTHBEARER_IDENTITY_POOL without OAUTHBEARER_AUTH", equals(accessType, "OAUTHBEARER_IDENTITY_POOL"), rule.OAuthScopeRequiresAuth, nil},
	{"oauth-audience-alone", "takes OAUTHBEARER_AUDIENCE alone", nil, rule.OAuthAudienceRequiresAuth, nil},
	{"oauth-iam-without-audience", "takes IAM_OAUTHBEARER_AUTH without OAUTHBEARER_AUDIENCE", lacks(access.then(1)), rule.OAuthIAMRequiresAudience, nil},
	{"oauth-iam-with-oauth", "takes IAM_OAUTHBEARER_AUTH beside OAUTHBEARER_AUTH", has(access.then(1)), rule.OAuthIAMRequiresAudience, nil},
	{"docdb-collection-of-system", "takes a CollectionName that begins with system.", begins(collectionName, "system."), rule.DocdbCollectionName, nil},
	{"docdb-database-unmatched", "takes every DatabaseName", nil, rule.DocdbDatabaseName, nil},
	{"docdb-collection-unmatched", "takes every CollectionName", nil, rule.DocdbCollectionName, nil},
	{"docdb-full-document-unknown", "takes any FullDocument", nil, rule.DocdbFullDocument, nil},
	{"mq-queues-unchecked", "takes every list of Queues", nil, rule.MQQueues, nil},
	{"response-type-unknown", "takes any of FunctionResponseTypes", nil, rule.FrtEnum, nil},
	{"metric-unknown", "takes any of Metrics", nil, rule.MetricsConfig, nil},
}

// blind are sources that are not looked at: what is mapped is not there.
var blind = []struct {
	name, fault string
	when        test
	rule        *rule.Rule
}{
	{"source-table", "takes the ARN of a DynamoDB table for that of its stream", allOf(contains(sourceARN, ":table/"), not(contains(sourceARN, "/stream/"))),
		rule.CreateARNDynamoDBStream},
	{"source-of-short-account", "takes an EventSourceArn whose account has five digits", contains(sourceARN, ":12345:"), rule.EventSourceARNPattern},
	{"source-of-no-region", "takes an EventSourceArn whose Region is none", contains(sourceARN, ":moon:"), rule.EventSourceARNPattern},
}

// misnamed are refusals with the wrong error, of requests that may be refused
// with one of several.
var misnamed = []struct {
	name, fault string
	when        test
	rule        *rule.Rule
}{
	{"function-with-space", "a FunctionName with a space in it", contains(function, " "), rule.FnPattern},
	{"function-of-short-account", "a function ARN whose account has five digits", contains(function, ":12345:"), rule.FnPattern},
	{"function-bare-name-max", "a plain FunctionName of more than 64 characters", contains(function, strings.Repeat("f", 65)), rule.FnBareNameMax64},
}

// wrongNames are the errors in their place.
var wrongNames = []struct {
	status int
	code   string
}{{403, "AccessDeniedException"}, {409, control.ResourceConflict}, {422, "UnprocessableEntityException"}}

// forbidden are the characters that a DatabaseName may not have.
var forbidden = []struct{ name, char string }{{"space", " "}, {"slash", "/"}, {"dot", "."}, {"dollar", "$"}, {"quote", `"`}}

// charitable are changes that make a right request of a wrong one, where the
// answer has to be a refusal.
var charitable = []struct {
	name, fault string
	when        test
	change      func(*control.Request)
	rule        *rule.Rule
}{
	{"start-any-case", "takes a StartingPosition in lower case for that in capitals", has(position), edits(position, strings.ToUpper), rule.StartEnumClosed},
	{"start-unknown-as-latest", "takes an unknown StartingPosition for LATEST", not(among(position, "TRIM_HORIZON", "LATEST", "AT_TIMESTAMP")), puts(position, "LATEST"),
		rule.StartEnumClosed},
	{"start-empty-as-trim-horizon", "takes an empty StartingPosition for TRIM_HORIZON", equals(position, ""), puts(position, "TRIM_HORIZON"), rule.StartEnumClosed},
	{"start-latest-by-default-kinesis", "starts a Kinesis stream without StartingPosition at LATEST", allOf(creates, from(control.KinesisStream), lacks(position)),
		puts(position, "LATEST"), rule.StartRequiredKinesis},
	{"start-trim-horizon-by-default-kinesis", "starts a Kinesis stream without StartingPosition at TRIM_HORIZON", allOf(creates, from(control.KinesisStream), lacks(position)),
		puts(position, "TRIM_HORIZON"), rule.StartRequiredKinesis},
	{"start-latest-by-default-dynamodb", "starts a DynamoDB stream without StartingPosition at LATEST", allOf(creates, from(control.DynamoDBStream), lacks(position)),
		puts(position, "LATEST"), rule.StartRequiredDynamoDB},
	{"start-trim-horizon-by-default-dynamodb", "starts a DynamoDB stream without StartingPosition at TRIM_HORIZON",
		allOf(creates, from(control.DynamoDBStream), lacks(position)), puts(position, "TRIM_HORIZON"), rule.StartRequiredDynamoDB},
	{"start-trim-horizon-by-default-msk", "starts an MSK cluster without StartingPosition at TRIM_HORIZON", allOf(creates, from(control.MSKCluster), lacks(position)),
		puts(position, "TRIM_HORIZON"), rule.StartRequiredMSK},
	{"start-at-timestamp-as-trim-horizon-dynamodb", "takes AT_TIMESTAMP on a DynamoDB stream for TRIM_HORIZON",
		allOf(from(control.DynamoDBStream), equals(position, "AT_TIMESTAMP")), puts(position, "TRIM_HORIZON"), rule.StartAtTimestampNotDynamoDB},
	{"start-timestamp-missing-as-1970", "takes AT_TIMESTAMP without StartingPositionTimestamp for the start of 1970",
		allOf(equals(position, "AT_TIMESTAMP"), lacks(timestamp)), puts(timestamp, 0), rule.StartTimestampRequired},
	{"start-timestamp-ahead-as-latest", "takes a StartingPositionTimestamp for LATEST when it is not before 2026",
		func(r *control.Request) bool { v := timestamp.in(r); return v.Int >= 1767225600 }, puts(position, "LATEST"), rule.StartTimestampNotFuture},
	{"window-rounded-down", "takes a window of one and a half seconds for one", fractional(window), puts(window, 1), rule.WindowIntegerSeconds},
	{"window-rounded-up", "takes a window of one and a half seconds for two", fractional(window), puts(window, 2), rule.WindowIntegerSeconds},
	{"window-fraction-as-none", "passes over a window of one and a half seconds", fractional(window), puts(window, nil), rule.WindowIntegerSeconds},
	{"window-on-fifo-as-none", "passes over a batching window on a FIFO queue", from(control.SQSFIFOQueue), puts(window, nil), rule.WindowNotForFIFO},
	{"batch-size-over-10-gets-window", "gives a queue with a BatchSize above 10 and no window one of a second",
		allOf(creates, from(control.SQSQueue), over(batchSize, 10), not(over(window, 0))), puts(window, 1), rule.BatchSizeOver10NeedsWindow},
	{"batch-size-over-10-as-10", "makes 10 of a BatchSize above 10 on a queue without a window",
		allOf(creates, from(control.SQSQueue), over(batchSize, 10), not(over(window, 0))), puts(batchSize, 10), rule.BatchSizeOver10NeedsWindow},
	{"age-0-as-none", "takes a MaximumRecordAgeInSeconds of 0 for no limit", equals(age, 0), puts(age, -1), rule.Age0To59Rejected},
	{"age-59-as-60", "makes 60 of a MaximumRecordAgeInSeconds from 1 to 59", allOf(over(age, 0), not(over(age, 59))), puts(age, 60), rule.Age0To59Rejected},
	{"destination-no-arn-as-none", "passes over a Destination that is no ARN", equals(onFailure, "not-an-arn"), puts(onFailure, ""), rule.DestinationARNPattern},
	{"topic-trimmed-of-dot", "passes over a dot in front of a topic name", begins(firstTopic, "."), edits(firstTopic, strip(".")), rule.TopicPattern},
	{"topic-without-spaces", "passes over the spaces in a topic name", contains(firstTopic, " "), edits(firstTopic, strip(" ")), rule.TopicPattern},
	{"filters-on-documentdb-as-none", "passes over filters on a DocumentDB cluster", from(control.DocumentDBCluster), puts(at(control.FilterCriteria), nil), rule.FilterNotDocumentDB},
	{"filter-no-json-as-none", "passes over filters that are no JSON", anyOf(ends(filterList.then(0, "Pattern"), ":"), begins(filterList.then(0, "Pattern"), "not")),
		puts(at(control.FilterCriteria), nil), rule.FilterInvalidJSONRejected},
	{"filter-key-no-arn-as-none", "passes over a KMSKeyArn that is no ARN", has(at(control.KMSKeyArn)), puts(at(control.KMSKeyArn), nil), rule.KMSKeyPattern},
	{"concurrency-with-pollers-as-pollers", "passes over a MaximumConcurrency beside provisioned mode", allOf(has(concurrency), has(leastPollers)),
		puts(at(control.ScalingConfig), nil), rule.ProvisionedExcludesScaling},
	{"pollers-with-concurrency-as-concurrency", "passes over provisioned mode beside a MaximumConcurrency", allOf(has(concurrency), has(leastPollers)),
		puts(at(control.ProvisionedPollerConfig), nil), rule.ProvisionedExcludesScaling},
	{"poller-group-name-without-spaces", "passes over the spaces in a PollerGroupName", contains(pollerGroup, " "), edits(pollerGroup, strip(" ")), rule.ProvisionedGroupName},
	{"bootstrap-server-with-default-port", "takes port 9092 for a bootstrap server that names none", contains(bootstrap.then(0), "no-port"),
		edits(bootstrap.then(0), func(s string) string { return s + ":9092" }), rule.KafkaSelfManagedEndpoints},
	{"consumer-group-id-change-passed-over", "passes over another ConsumerGroupId in an Update of a self-managed cluster", updates,
		puts(at(control.SelfManagedKafkaEventSourceConfig), nil), rule.KafkaConsumerGroupID},
	{"consumption-mode-unknown-as-stream", "takes an unknown ConsumptionMode for Stream", allOf(has(mode), not(among(mode, "Stream", "Queue"))), puts(mode, "Stream"), rule.KafkaConsumptionMode},
	{"consumption-mode-change-passed-over", "passes over another ConsumptionMode in an Update", updates, puts(mode, nil), rule.KafkaConsumptionMode},
	{"queue-mode-position-passed-over", "passes over a StartingPosition in queue mode", equals(mode, "Queue"), puts(position, nil), rule.KafkaQueueModeExclusions},
	{"queue-mode-window-passed-over", "passes over a batching window in queue mode", equals(mode, "Queue"), puts(window, nil), rule.KafkaQueueModeExclusions},
	{"log-level-error-as-warn", "takes SystemLogLevel ERROR for WARN", equals(logLevel, "ERROR"), puts(logLevel, "WARN"), rule.KafkaLoggingLevels},
	{"source-access-unknown-passed-over", "passes over a SourceAccessConfiguration of an unknown Type", equals(accessType, "MAGIC_AUTH"),
		puts(accessType, "BASIC_AUTH"), rule.SourceAccessTypes},
	{"virtual-host-passed-over", "passes over the SourceAccessConfigurations of an Update", updates, puts(access, nil), rule.SourceAccessVirtualHostCreateOnly},
	{"oauth-scope-as-auth", "takes OAUTHBEARER_SCOPE for OAUTHBEARER_AUTH", equals(accessType, "OAUTHBEARER_SCOPE"), puts(accessType, "OAUTHBEARER_AUTH"), rule.OAuthScopeRequiresAuth},
	{"docdb-full-document-unknown-as-default", "takes an unknown FullDocument for Default", allOf(has(fullDoc), not(among(fullDoc, "UpdateLookup", "Default"))),
		puts(fullDoc, "Default"), rule.DocdbFullDocument},
	{"response-type-unknown-passed-over", "passes over an unknown response type", contains(at(control.FunctionResponseTypes), "ReportEverything"),
		puts(at(control.FunctionResponseTypes), nil), rule.FrtEnum},
	{"metric-unknown-passed-over", "passes over an unknown metric", contains(metricList, "Colour"), puts(at(control.MetricsConfig), nil), rule.MetricsConfig},
	{"function-without-spaces", "passes over a space in a FunctionName and what follows it", contains(function, " "), edits(function, before(" ")), rule.FnPattern},
	{"function-without-second-qualifier", "passes over the second of two qualifiers", contains(function, ":a:b"), edits(function, before(":")), rule.FnPattern},
	{"function-without-empty-qualifier", "passes over a colon at the end of a FunctionName", ends(function, ":"), edits(function, before(":")), rule.FnPattern},
	{"function-max-length-trimmed", "cuts the qualifier off a FunctionName that is too long", allOf(contains(function, ":"), contains(function, "qqqq")),
		edits(function, func(s string) string { return s[:strings.LastIndex(s, ":")] }), rule.FnMaxLength},
}

func init() {
	for _, x := range lenient {
		passes(x.name, x.fault, x.when, x.rule, x.also...)
	}
	for _, x := range blind {
		add(Mutant{Name: x.name, Fault: x.fault, Breaks: []*rule.Rule{x.rule}, Control: func() control.Hooks { return unseen(x.when) }})
	}
	for _, x := range misnamed {
		for _, e := range wrongNames {
			add(Mutant{Name: fmt.Sprintf("%s-as-%d", x.name, e.status), Fault: fmt.Sprintf("refuses %s with %d %s", x.fault, e.status, e.code),
				Breaks: []*rule.Rule{x.rule}, Control: func() control.Hooks {
					return control.Hooks{Answer: func(r *control.Request, a *control.Reply) {
						if a.Code != "" && creates(r) && x.when.is(r) {
							a.Status, a.Code = e.status, e.code
						}
					}}
				}})
		}
	}
	for _, c := range forbidden {
		passes("docdb-database-with-"+c.name, "takes a DatabaseName with "+strconv.Quote(c.char)+" in it", contains(databaseName, c.char), rule.DocdbDatabaseName)
	}
	for _, x := range charitable {
		rewrites(x.name, x.fault, x.when, x.change, x.rule)
	}
}

// unseen maps the sources of some Creates without looking at them.
func unseen(when test) control.Hooks {
	const stand = "arn:aws:none:::none"
	given := ""
	return control.Hooks{
		Request: func(r *control.Request) {
			if creates(r) && when.is(r) {
				given = sourceARN.in(r).Str
				sourceARN.put(r, stand)
			}
		},
		Overlook: func(r *control.Request, _ *rule.Rule) bool { return equals(sourceARN, stand)(r) },
		Answer: func(r *control.Request, a *control.Reply) {
			if creates(r) && equals(sourceARN, stand)(r) {
				a.Body[sourceARN.name()] = given
				if strings.Contains(given, ":dynamodb:") {
					a.Body[control.StateTransitionReason.String()] = "User action" // as a stream shows it
				}
			}
		},
	}
}
