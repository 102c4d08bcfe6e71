package specs

import (
	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
)

// The life of a mapping, from Create to gone, decides most of what holds for
// every answer. It is lived once a kind, and every rule below looks at it.

func life(e *Env) {
	e.Once("life", func(e *Env) {
		m := e.Create()
		e.Settle(m)
		e.Get(m) // at rest nothing moves any more
		e.List(Fields{"FunctionName": e.Function().Name})
		e.Update(m, Fields{"BatchSize": 7})
		e.Settle(m)
		e.Update(m, Fields{"Enabled": false})
		e.Settle(m)
		e.Update(m, Fields{"Enabled": true})
		e.Settle(m)
		e.Delete(m)
		e.Gone(m)
		e.Get(m)
		if m.Source.ARN != "" {
			e.List(Fields{"EventSourceArn": m.Source.ARN})
		}
	})
}

// asked is a mapping that was given a value for every setting of its own, none
// the default: the values that an answer shows are judged by this one.
func asked(e *Env) {
	e.Once("asked", func(e *Env) {
		m := e.Create(settingsOf(e))
		e.Settle(m)
	})
}

// settingsOf has all that createAlone tries, at once.
func settingsOf(e *Env) Fields { return Fields{}.with(createAlone[e.Kind]...) }

var _ = func() bool {
	for _, r := range []*rule.Rule{rule.RespMaximumbatchingwindowinseconds, rule.RespParallelizationfactor,
		rule.RespMaximumrecordageinseconds, rule.RespBisectbatchonfunctionerror, rule.RespMaximumretryattempts} {
		Verify(r, streams, asked)
	}
	Verify(rule.RespBatchsize, common, asked)
	return true
}()

// seen lists the rules that a life decides, with the kinds that they are about.
var seen = []struct {
	kinds []control.SourceKind
	rules []*rule.Rule
}{
	{every, []*rule.Rule{
		rule.RespUUID, rule.RespBatchsize, rule.RespFunctionarn, rule.RespLastmodified, rule.RespState,
		rule.RespStatetransitionreason, rule.RespMembers2020, rule.RespNoEnabledMember, rule.MappingARNFormat,
	}},
	{notOwnKafka, []*rule.Rule{rule.RespEventsourcearn}},
	{append(streams, kafka...), []*rule.Rule{rule.RespLastprocessingresult}},
	{streams, []*rule.Rule{
		rule.RespMaximumbatchingwindowinseconds, rule.RespParallelizationfactor, rule.RespDestinationconfig,
		rule.RespMaximumrecordageinseconds, rule.RespBisectbatchonfunctionerror, rule.RespMaximumretryattempts,
		rule.RespLastProcessingNone, rule.DestDefaultRenderedEmptyObject, rule.ParallelDefault, rule.AgeDefault,
		rule.RetryDefault, rule.BisectDefaultFalse,
	}},
	{msk, []*rule.Rule{rule.RespTopics, rule.BatchSizeDefaultMSK, rule.StreamOnlyMSKResponseOmits}},
	{kinesis, []*rule.Rule{rule.BatchSizeDefaultKinesis, rule.WindowDefaultKinesis}},
	{dynamodb, []*rule.Rule{rule.BatchSizeDefaultDynamoDB, rule.WindowDefaultDynamoDB}},
	{queues, []*rule.Rule{rule.BatchSizeDefaultSQS, rule.StreamOnlySQSResponseOmits}},
	{queue, []*rule.Rule{rule.WindowDefaultSQS}},
	{ownKafka, []*rule.Rule{rule.BatchSizeDefaultSelfManagedKafka}},
	{mq, []*rule.Rule{rule.BatchSizeDefaultMQ}},
	{documents, []*rule.Rule{rule.BatchSizeDefaultDocumentDB}},
	{common, []*rule.Rule{
		rule.CreateStatusCode, rule.GetStatusCode, rule.ListStatusCode, rule.UpdateStatusCode, rule.DeleteStatusCode,
		rule.CreateReturnsConfiguration, rule.GetReturnsConfiguration, rule.UpdateReturnsConfiguration,
		rule.DeleteReturnsConfiguration, rule.ListResponseMembers, rule.ListEntriesAreConfigurations,
		rule.FunctionARNPattern, rule.RespFunctionARNResolved, rule.CreateAssignsUUID, rule.CreateStateCreating,
		rule.UpdateStateUpdating, rule.DeleteStateDeleting, rule.GetTracksState, rule.UpdateAsync, rule.UpdateOmittedUnchanged,
		rule.UpdatePause, rule.UpdateResume, rule.GetAfterDelete404, rule.CreateEnabledDefaultTrue,
		rule.StateCreating, rule.StateEnabling, rule.StateEnabled, rule.StateDisabling, rule.StateDisabled,
		rule.StateUpdating, rule.StateDeleting, rule.StateSetClosed, rule.StateCreatingToEnabled,
		rule.StateUpdatingToEnabled, rule.StateDisablePath, rule.StateEnablePath, rule.StateTransitionReasonOrigin,
		rule.ErrGetResourcenotfound,
	}},
}

var notOwnKafka = []control.SourceKind{control.KinesisStream, control.KinesisConsumer, control.DynamoDBStream, control.SQSQueue,
	control.SQSFIFOQueue, control.MSKCluster, control.MQBroker, control.DocumentDBCluster}

var _ = func() bool {
	for _, row := range seen {
		for _, r := range row.rules {
			Verify(r, row.kinds, life)
		}
	}
	return true
}()
