package generators

import (
	"testing"

	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
)

// BenchmarkFind draws scenarios, plays them whole and judges them, as a search for
// faults does.
func BenchmarkFind(b *testing.B) {
	steps := 0
	for n := uint64(0); b.Loop(); n++ {
		s := DeliveryIn(Seeded(n), rule.Profiles[n%2])
		steps += len(s.Steps)
		playFaulty(s, n, delivery.Faults{}, func(*delivery.Violation) bool { return false })
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "scenarios/s")
	b.ReportMetric(float64(steps)/float64(b.N), "steps/scenario")
}
