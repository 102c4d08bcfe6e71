package specs

import (
	"testing"

	"github.com/esmconform/esmconform/oracle/rule"
)

// BenchmarkPlayCalls is what a search does most: sequences of calls, drawn, played on the model and
// judged. calls/s is the figure.
func BenchmarkPlayCalls(b *testing.B) {
	s := subjectOf(nil, rule.Today)
	s.Records = false
	calls, index := 0, uint64(0)
	b.ReportAllocs()
	for b.Loop() {
		index++
		calls += s.play(b.Context(), s.Drawn(1, index)).steps
	}
	b.ReportMetric(float64(calls)/b.Elapsed().Seconds(), "calls/s")
}
