package specs

import (
	"time"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets"
)

// What Update changes, what it cannot change, and when.

var updateAlone = map[control.SourceKind][]Fields{
	control.SQSQueue: {{"BatchSize": 4}},
	control.KinesisStream: {
		{"BatchSize": 44}, {"MaximumBatchingWindowInSeconds": 4}, {"ParallelizationFactor": 3},
		{"MaximumRecordAgeInSeconds": 99}, {"BisectBatchOnFunctionError": true}, {"MaximumRetryAttempts": 4},
	},
	control.DynamoDBStream: {
		{"BatchSize": 44}, {"MaximumBatchingWindowInSeconds": 4}, {"ParallelizationFactor": 3},
		{"MaximumRecordAgeInSeconds": 99}, {"BisectBatchOnFunctionError": true}, {"MaximumRetryAttempts": 4},
	},
}

func eachMember(e *Env) {
	m := e.Create()
	e.Settle(m)
	for _, f := range updateAlone[e.Kind] {
		e.AcceptsUpdate(m, f)
	}
}

var (
	_ = Verify(rule.UpdateMembers, common, eachMember)
	_ = Verify(rule.UpdateAllOptional, common, eachMember)
	_ = Verify(rule.UpdateAsync, common, eachMember)
)

var _ = Verify(rule.BatchSizeUpdateRange, common, func(e *Env) {
	m := e.Create()
	e.Settle(m)
	e.AcceptsUpdate(m, Fields{"BatchSize": 1})
	for _, n := range []int{0, int(rule.BatchSizeModelMax.Int(e.Profile)) + 1} {
		e.RefusesUpdate(m, Fields{"BatchSize": n}.with(windowToday(e)))
	}
	e.Get(m)
})

// What an Update leaves out stays as it was given, and a paused mapping stays paused.
var _ = Verify(rule.UpdateOmittedUnchanged, common, func(e *Env) {
	m := e.Create(settingsOf(e), Fields{"Enabled": false})
	e.Settle(m)
	e.Update(m, Fields{"BatchSize": 8})
	e.Settle(m)
	if e.Kind != control.SQSQueue {
		e.Update(m, Fields{"ParallelizationFactor": 4})
		e.Settle(m)
	}
})

var _ = Verify(rule.UpdateFunction, common, func(e *Env) {
	m := e.Create()
	e.Settle(m)
	e.AcceptsUpdate(m, Fields{"FunctionName": e.SecondFunction().Name})
})

var _ = Verify(rule.DestUpdateAsync, streams, func(e *Env) {
	m := e.Create()
	e.Settle(m)
	e.AcceptsUpdate(m, Fields{"DestinationConfig": onFailure(e.Destination())})
})

// fixed members: Update does not define them, so it may refuse or ignore them,
// but they must stay as they were.
func fixedMember(change func(*Env) Fields) func(*Env) {
	return func(e *Env) {
		m := e.Create()
		e.Settle(m)
		x := e.Update(m, change(e).with(Fields{"BatchSize": 6}))
		if x.Status < 300 {
			e.Settle(m)
		}
		e.Get(m)
		e.Kept(m)
	}
}

var (
	_ = Verify(rule.StartImmutable, []control.SourceKind{control.KinesisStream, control.DynamoDBStream, control.MSKCluster},
		fixedMember(func(*Env) Fields { return Fields{"StartingPosition": "LATEST"} }))
	_ = Verify(rule.TopicsImmutable, kafka, fixedMember(func(*Env) Fields { return Fields{"Topics": []any{"another-topic"}} }))
	_ = Verify(rule.UpdateEventSourceImmutable, common, fixedMember(func(e *Env) Fields {
		return Fields{"EventSourceArn": e.Source().ARN}
	}))
)

// lastModifiedSpacing is more than the two seconds that LastModified, which may
// count in whole seconds, needs to show a change.
const lastModifiedSpacing = 2200 * time.Millisecond

var _ = Verify(rule.RespLastModifiedChanges, anyKind, func(e *Env) {
	m := e.Create()
	e.Settle(m)
	e.Pause(lastModifiedSpacing)
	e.Update(m, Fields{"BatchSize": 6})
	e.Settle(m)
})

var _ = Verify(rule.ErrValidationBeforeEffects, common, func(e *Env) {
	m := e.Create()
	e.Settle(m)
	e.Update(m, Fields{"BatchSize": 0, "Enabled": false})
	e.Get(m)
	e.Kept(m)
	e.create(e.Minimal(Fields{"BatchSize": 0}))
	e.List(nil)
})

// Acting on a mapping in the middle of a change: which states block is not
// documented, but the error is. A target without such states decides nothing.

func updateWhileCreating(e *Env) {
	m := e.Create()
	e.Update(m, Fields{"BatchSize": 2})
	e.Settle(m)
}

func deleteWhileUpdating(e *Env) {
	m := e.Create()
	e.Settle(m)
	e.Update(m, Fields{"BatchSize": 2})
	e.Delete(m)
}

var (
	_ = Verify(rule.UpdateWhileCreatingInUse, anyKind, updateWhileCreating)
	_ = Verify(rule.ErrUpdateResourceinuse, anyKind, updateWhileCreating)
	_ = Verify(rule.ErrBodyResourceinuse, anyKind, updateWhileCreating)
	_ = Verify(rule.DeleteWhileUpdatingInUse, anyKind, deleteWhileUpdating)
	_ = Verify(rule.ErrDeleteResourceinuse, anyKind, deleteWhileUpdating)
)

// What happens when the mapping, or its function, is not there.

const strangeUUID = "0f1e2d3c-4b5a-4978-8796-a5b4c3d2e1f0"

func stranger(op trace.Operation, body Fields) func(*Env) {
	return func(e *Env) {
		r := targets.Request{Operation: op, UUID: strangeUUID}
		if body != nil {
			r.Body = body
		}
		e.call(r)
	}
}

var (
	_ = Verify(rule.GetUnknown404, anyKind, stranger(trace.Get, nil))
	_ = Verify(rule.ErrBodyResourcenotfound, anyKind, stranger(trace.Get, nil))
	_ = Verify(rule.DeleteUnknown404, anyKind, stranger(trace.Delete, nil))
	_ = Verify(rule.ErrDeleteResourcenotfound, anyKind, stranger(trace.Delete, nil))
	_ = Verify(rule.ErrUpdateResourcenotfound, anyKind, stranger(trace.Update, Fields{"Enabled": false}))
)

// What is gone is in nobody's way.
var _ = Verify(rule.GetAfterDelete404, anyKind, func(e *Env) {
	m := e.Create()
	e.Settle(m)
	e.Delete(m)
	e.Gone(m)
	defer e.about(true)()
	e.createOn(m.Source, minimal(e.Kind, *m.Source, e.Function().Name, e.run.serial()))
})

var _ = Verify(rule.DeleteFunctionKeepsMappings, anyKind, func(e *Env) {
	f := e.OwnFunction()
	m := e.Create(Fields{"FunctionName": f.Name})
	e.Settle(m)
	e.must(e.run.Target.DeleteFunction(e.Context, f))
	e.judge.FunctionDeleted(f.Name)
	e.Get(m)
	e.ListAll(nil)
	e.Kept(m)
})
