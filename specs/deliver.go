package specs

import (
	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/targets"
)

// What the control plane shows of delivery.

// processed puts a record and waits until LastProcessingResult is no longer
// what it was.
func processed(e *Env, m *Mapping, payload string) *control.Exchange {
	const none = "No records processed"
	e.must(e.run.Target.Put(e.Context, *m.Source, payload))
	deadline := e.run.Target.Now().Add(e.run.patience())
	for wait := firstPoll; ; wait = min(2*wait, lastPoll) {
		x := e.Get(m)
		if v := &x.Answer.V[control.LastProcessingResult]; v.Kind == control.String && v.Str != none {
			return x
		}
		if !e.run.Target.Now().Before(deadline) {
			e.run.disappointed()
			e.Inconclusive("LastProcessingResult still reads as it did before the record was put")
		}
		e.sleep(wait)
	}
}

func lastResult(payload string) func(*Env) {
	return func(e *Env) {
		m := e.Create(Fields{"MaximumRetryAttempts": 0})
		e.Settle(m)
		x := processed(e, m, payload)
		e.take(e.judge.CheckProcessed(x, payload == targets.FailMarker))
	}
}

var (
	_ = Verify(rule.RespLastProcessingOk, streams, lastResult("{}"))
	_ = Verify(rule.RespLastProcessingProblem, streams, lastResult(targets.FailMarker))
)

var _ = Verify(rule.BisectBatchSizeSettingUnchanged, streams, func(e *Env) {
	m := e.Create(Fields{"BatchSize": 10, "BisectBatchOnFunctionError": true, "MaximumRetryAttempts": 0})
	e.Settle(m)
	batchSizeStays(e, m, processed(e, m, targets.FailMarker))
})

// batchSizeStays decides whether the BatchSize of a mapping is left alone when a batch has failed.
func batchSizeStays(e *Env, m *Mapping, x *control.Exchange) {
	first, size := &m.Answer.Answer.V[control.BatchSize], &x.Answer.V[control.BatchSize]
	e.Decided(size.Equal(first), "changed", "BatchSize "+first.Text()+" after a split", "BatchSize "+size.Text())
}
