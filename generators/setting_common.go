package generators

import (
	"strings"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
)

func takes(f fields, about ...*rule.Rule) setting {
	return setting{fields: f, about: about, take: true, plain: true}
}

// takesAlone is takes for a value that may not go with others.
func takesAlone(f fields, about ...*rule.Rule) setting {
	return setting{fields: f, about: about, take: true}
}

func refuses(f fields, about ...*rule.Rule) setting { return setting{fields: f, about: about} }

func offers(f fields) setting { return setting{fields: f} }

func each[T any](kinds []control.SourceKind, from rule.Profile, values []T, make func(T) setting) (rows []row) {
	for _, v := range values {
		rows = append(rows, row{kinds, from, make(v)})
	}
	return rows
}

func rows(tables ...[]row) (all []row) {
	for _, t := range tables {
		all = append(all, t...)
	}
	return all
}

const (
	functionARN = "arn:${partition}:lambda:${region}:${account}:function:"
	noFunction  = "esmconform-no-such-function"
)

func function(name string) fields { return fields{"FunctionName": name} }

func source(arn any) fields { return fields{"EventSourceArn": arn} }

// nameRows are the members that every request has: function, source, Enabled.
var nameRows = rows(
	[]row{
		{nil, 0, takes(function("${function}"), rule.FnFormName)},
		{nil, 0, takes(function(functionARN+"${function}"), rule.FnFormFullARN)},
		{nil, 0, takes(function("${account}:function:${function}"), rule.FnFormPartialARN)},
		{nil, 0, takes(function(functionARN+"${qualified}:${version}"), rule.FnFormQualifiedARN)},
		{nil, 0, takes(function(functionARN+"${qualified}:${alias}"), rule.FnFormQualifiedARN)},
		{nil, 0, takes(function("${qualified}:${alias}"), rule.FnFormNameWithQualifier)},
		{nil, 0, takes(function(functionARN+"${function}:$LATEST"), rule.FnLatestQualifier)},
		{nil, 0, takes(function("${function}:$LATEST"), rule.FnLatestQualifier)},
		{nil, 0, takes(function("${second}"), rule.CreateManyFunctionsPerSource, rule.UpdateFunction)},
		{nil, 0, takes(function("${own}"), rule.CreateManyFunctionsPerSource, rule.UpdateFunction)},
		{nil, 0, refuses(function("${function}:$LATEST.PUBLISHED"), rule.FnLatestPublishedQualifier)},
		{nil, 0, refuses(function(noFunction), rule.FnNotFound)},
		{nil, 0, refuses(function(strings.Repeat("f", int(rule.FnBareNameMax64.Int(rule.Today))+1)), rule.FnBareNameMax64)},
		{nil, 0, refuses(function(""), rule.FnMinLength)},
		{nil, 0, refuses(function(functionARN+"${function}:"+strings.Repeat("q", int(rule.FnMaxLength.Int(rule.Today)))), rule.FnMaxLength)},
		{nil, 0, refuses(function(tooLong("arn:aws:lambda:us-east-1:000000000000:function:f:", rule.FnMaxLength)), rule.FnMaxLength)},
		{nil, 0, refuses(fields{"FunctionName": gone{}}, rule.CreateFunctionNameRequired)},
		{nil, 0, refuses(fields{"FunctionName": nil}, rule.CreateFunctionNameRequired)},
		{nil, 0, refuses(fields{"EventSourceArn": gone{}}, rule.CreateEventSourceARNRequired)},
		{nil, 0, refuses(fields{"EventSourceArn": nil}, rule.CreateEventSourceARNRequired)},
		{nil, 0, takes(fields{"Enabled": true}, rule.CreateMembers2020, rule.UpdateMembers)},
		{nil, 0, takes(fields{"Enabled": false}, rule.CreateEnabledFalse, rule.UpdateMembers)},
		{dynamoOnly, 0, refuses(source("arn:${partition}:dynamodb:${region}:${account}:table/esmconform"), rule.CreateARNDynamoDBStream)},
		{brokers, rule.Today, refuses(source("arn:aws:mq:us-east-1:210987654321:broker:esmconform:b-0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"), rule.CreateMQNoCrossAccount)},
	},
	each(nil, 0, []string{"${function} x", "a/b", "${function}:a:b", "arn:aws:lambda:us-east-1:12345:function:${function}", "${function}:", "é"},
		func(s string) setting { return refuses(function(s), rule.FnPattern) }),
	each(nil, 0, []string{"arn:aws:s3:::bucket", "arn:aws:sns:us-east-1:000000000000:topic", "arn:aws:lambda:us-east-1:000000000000:function:f",
		"arn:aws:events:us-east-1:000000000000:event-bus/default"}, func(s string) setting {
		return refuses(fields{"EventSourceArn": s, "StartingPosition": gone{}}, rule.CreateSupportedServices)
	}),
	each(nil, 0, []string{"", "queue", "arn:aws:sqs", "arn:aws:sqs:us-east-1:12345:queue", "arn:aws:sqs:moon:000000000000:queue"},
		func(s string) setting { return refuses(source(s), rule.EventSourceARNPattern) }),
	each(positioned, 0, []string{"EARLIEST", "latest", "", "trim_horizon"}, func(s string) setting {
		return refuses(fields{"StartingPosition": s}, rule.StartEnumClosed)
	}),
	[]row{
		{positioned, 0, takes(fields{"StartingPosition": "TRIM_HORIZON"}, rule.StartEnumTrimHorizon, rule.StartMSKPositions)},
		{positioned, 0, takes(fields{"StartingPosition": "LATEST"}, rule.StartEnumLatest, rule.StartMSKPositions)},
		{kinesisOnly, 0, takes(fields{"StartingPosition": "AT_TIMESTAMP", "StartingPositionTimestamp": "${hour-ago}"}, rule.StartEnumAtTimestamp)},
		{kinesisOnly, 0, takes(fields{"StartingPosition": "AT_TIMESTAMP", "StartingPositionTimestamp": 1541139209.351}, rule.TimestampsEpochSeconds)},
		{kinesisOnly, 0, takes(fields{"StartingPosition": "AT_TIMESTAMP", "StartingPositionTimestamp": 1541139209}, rule.TimestampsEpochSeconds)},
		{kinesisOnly, 0, refuses(fields{"StartingPosition": "AT_TIMESTAMP", "StartingPositionTimestamp": "${in-an-hour}"}, rule.StartTimestampNotFuture)},
		{positioned, 0, refuses(fields{"StartingPosition": "AT_TIMESTAMP"}, rule.StartTimestampRequired)},
		{dynamoOnly, 0, refuses(fields{"StartingPosition": "AT_TIMESTAMP", "StartingPositionTimestamp": "${hour-ago}"}, rule.StartAtTimestampNotDynamoDB, rule.StartAtTimestampKinesisOnly)},
		{mskOnly, 0, refuses(fields{"StartingPosition": "AT_TIMESTAMP", "StartingPositionTimestamp": "${hour-ago}"}, rule.StartMSKPositions, rule.StartAtTimestampKinesisOnly)},
		{positioned, 0, refuses(fields{"StartingPosition": gone{}}, rule.StartRequiredKinesis, rule.StartRequiredDynamoDB, rule.StartRequiredMSK)},
		{queues, 0, offers(fields{"StartingPosition": "LATEST"})},
	},
)

// streamRows are the settings of 2020 that are no plain range.
var streamRows = rows(
	[]row{
		{streamsOnly, 0, takes(fields{"MaximumBatchingWindowInSeconds": 1}, rule.WindowIntegerSeconds)},
		{streamsOnly, 0, refuses(fields{"MaximumBatchingWindowInSeconds": 1.5}, rule.WindowIntegerSeconds)},
		{streamsOnly, 0, takes(fields{"MaximumRecordAgeInSeconds": -1}, rule.AgeMinusOneAccepted)},
		{streamsOnly, 0, takes(fields{"MaximumRetryAttempts": -1}, rule.RetryMinusOneAccepted)},
		{streamsOnly, 0, takes(fields{"BisectBatchOnFunctionError": true}, rule.CreateMembers2020, rule.UpdateMembers, rule.UpdateAllOptional, rule.UpdateAsync)},
		{streamsOnly, 0, takes(fields{"BisectBatchOnFunctionError": false}, rule.CreateMembers2020, rule.UpdateMembers)},
		{streamsOnly, 0, takes(fields{"MaximumBatchingWindowInSeconds": 3}, rule.CreateMembers2020, rule.UpdateMembers, rule.UpdateAllOptional, rule.UpdateAsync)},
		{streamsOnly, 0, takes(fields{"ParallelizationFactor": 2}, rule.CreateMembers2020, rule.UpdateMembers, rule.UpdateAllOptional, rule.UpdateAsync)},
		{streamsOnly, 0, takes(fields{"MaximumRecordAgeInSeconds": 77}, rule.CreateMembers2020, rule.UpdateMembers, rule.UpdateAllOptional, rule.UpdateAsync)},
		{streamsOnly, 0, takes(fields{"MaximumRetryAttempts": 5}, rule.CreateMembers2020, rule.UpdateMembers, rule.UpdateAllOptional, rule.UpdateAsync)},
		{streamsOnly, 0, takes(fields{"StartingPosition": "LATEST"}, rule.CreateMembers2020)},
		{streamsOnly, 0, takes(toDestination("${destination}"), rule.DestinationARNMaxLength, rule.DestUpdateAsync)},
		{streamsOnly, 0, takes(toDestination(""), rule.DestinationARNMinLength)},
		{streamsOnly, 0, refuses(toDestination("${destination}"+strings.Repeat("q", int(rule.DestinationARNMaxLength.Int(rule.Today)))), rule.DestinationARNMaxLength)},
		{streamsOnly, 0, refuses(toDestination(tooLong("arn:aws:sqs:us-east-1:000000000000:", rule.DestinationARNMaxLength)), rule.DestinationARNMaxLength)},
		{streamsOnly, 0, refuses(toDestination("not-an-arn"), rule.DestinationARNPattern)},
		{streamsOnly, 0, refuses(toDestination("arn:aws:sqs:us-east-1:12:queue"), rule.DestinationARNPattern)},
		{kinesisOnly, 0, takes(allFive, rule.StreamOnlyKinesisOk)},
		{dynamoOnly, 0, takes(allFive, rule.StreamOnlyDynamoDBOk)},
		{consumers, 0, takes(allFive, rule.StreamOnlyKinesisConsumer)},
		{commonKinds, 0, takes(fields{"BatchSize": 3}, rule.CreateMembers2020, rule.UpdateMembers, rule.UpdateAllOptional, rule.UpdateAsync)},
		{commonKinds, 0, takes(fields{"BatchSize": 7}, rule.CreateMembers2020, rule.UpdateMembers, rule.UpdateAllOptional, rule.UpdateAsync)},
		{streamsOnly, 0, takes(fields{"BatchSize": 17}, rule.CreateMembers2020, rule.UpdateMembers, rule.UpdateAllOptional, rule.UpdateAsync)},
		{commonKinds, 0, takes(fields{"BatchSize": 1}, rule.BatchSizeUpdateRange)},
		{commonKinds, 0, refuses(fields{"BatchSize": 0}, rule.BatchSizeUpdateRange)},
		{commonKinds, 0, refuses(fields{"BatchSize": rule.BatchSizeModelMax.Int(rule.Today) + 1}, rule.BatchSizeUpdateRange)},
		{commonKinds, 0, refuses(fields{"BatchSize": 0, "Enabled": false}, rule.ErrValidationBeforeEffects)},
		{queueOnly, 0, refuses(fields{"BatchSize": 11}, rule.BatchSizeOver10NeedsWindow)},
		{queueOnly, 0, refuses(fields{"BatchSize": 11, "MaximumBatchingWindowInSeconds": 0}, rule.BatchSizeOver10NeedsWindow)},
		{queueOnly, rule.Today, takes(fields{"BatchSize": 11, "MaximumBatchingWindowInSeconds": 1}, rule.BatchSizeOver10NeedsWindow)},
		{fifoOnly, rule.Today, refuses(fields{"MaximumBatchingWindowInSeconds": 5}, rule.WindowNotForFIFO)},
		{queues, 0, offers(fields{"MaximumBatchingWindowInSeconds": 2})},
	},
)

var allFive = fields{"BisectBatchOnFunctionError": true, "DestinationConfig": toDestination("${destination}")["DestinationConfig"],
	"MaximumRecordAgeInSeconds": 120, "MaximumRetryAttempts": 3, "ParallelizationFactor": 2}

func toDestination(arn any) fields {
	return fields{"DestinationConfig": map[string]any{"OnFailure": map[string]any{"Destination": arn}}}
}

// foreign is one good value of each setting that only some kinds have.
var foreign = fields{
	"BisectBatchOnFunctionError": true, "DestinationConfig": toDestination("${destination}")["DestinationConfig"],
	"MaximumRecordAgeInSeconds": 120, "MaximumRetryAttempts": 3, "ParallelizationFactor": 2, "Topics": []any{"topic-a"},
	"Queues": []any{"queue-a"}, "TumblingWindowInSeconds": 30, "ScalingConfig": map[string]any{"MaximumConcurrency": 5},
	"DocumentDBEventSourceConfig": map[string]any{"DatabaseName": "esmconform"}, "FilterCriteria": filterCriteria(anyFilter)["FilterCriteria"],
}

// oddRows are values that many an implementation does not expect. Any answer but
// a 5xx is right to most of them.
var oddRows = rows(
	each(nil, 0, []fields{
		{"BatchSize": "ten"}, {"BatchSize": 1e30}, {"BatchSize": []any{}}, {"BatchSize": nil}, {"BatchSize": 20000}, {"BatchSize": 2.5},
		{"FunctionName": 7}, {"FunctionName": map[string]any{}}, {"EventSourceArn": 7}, {"EventSourceArn": []any{"a"}},
		{"EventSourceArn": "arn:aws:sqs:us-east-1:000000000000:"}, {"EventSourceArn": "arn:aws:kinesis:us-east-1:000000000000:stream/"},
		{"Enabled": "yes"}, {"Enabled": nil}, {"StartingPosition": 3}, {"StartingPositionTimestamp": "yesterday"},
		{"DestinationConfig": "x"}, {"DestinationConfig": map[string]any{"OnFailure": "x"}}, {"Topics": "x"}, {"Topics": []any{nil}},
		{"MaximumRecordAgeInSeconds": true}, {"ParallelizationFactor": -1}, {"Colour": "red"}, {"FilterCriteria": 5},
		{"MaximumRetryAttempts": "3"}, {"BisectBatchOnFunctionError": 1}, {"Tags": "x"}, {"FunctionResponseTypes": "x"},
		{"SourceAccessConfigurations": map[string]any{}}, {"MaximumBatchingWindowInSeconds": "1"},
	}, offers),
)
