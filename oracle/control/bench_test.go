package control

import (
	"testing"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// benchmarkJudge measures the judging of one parsed exchange by a judge that
// holds a mapping.
func benchmarkJudge(b *testing.B, op trace.Operation, body map[string]any) {
	s := newStage(&testing.T{}, rule.Today)
	create := map[string]any{"FunctionName": "fn", "EventSourceArn": testStream, "StartingPosition": "LATEST"}
	x := s.mustCall(trace.Create, "", create)
	id := x.Answer.V[UUID].Str
	if op != trace.Create {
		s.mustCall(trace.Get, id, nil)
		x, _ = s.call(op, id, body, "")
	}
	b.ReportAllocs()
	for b.Loop() {
		if op == trace.Create {
			clear(s.judge.mappings)
		}
		if v := s.judge.Judge(x); len(v) > 0 {
			b.Fatal(&v[0])
		}
	}
}

func BenchmarkJudgeGet(b *testing.B)    { benchmarkJudge(b, trace.Get, nil) }
func BenchmarkJudgeCreate(b *testing.B) { benchmarkJudge(b, trace.Create, nil) }
func BenchmarkJudgeUpdate(b *testing.B) {
	benchmarkJudge(b, trace.Update, map[string]any{"BatchSize": 100})
}
func BenchmarkJudgeRefusal(b *testing.B) {
	benchmarkJudge(b, trace.Update, map[string]any{"BatchSize": 0})
}
func BenchmarkJudgeDelete(b *testing.B) { benchmarkJudge(b, trace.Delete, nil) }
func BenchmarkJudgeList(b *testing.B)   { benchmarkJudge(b, trace.List, nil) }
