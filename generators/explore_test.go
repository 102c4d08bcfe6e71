package generators

import (
	"slices"
	"testing"

	"github.com/esmconform/esmconform/oracle/rule"
)

// BenchmarkExplore is generation with a step of the model: ops/s is the figure.
func BenchmarkExplore(b *testing.B) {
	e, s := NewExplorer(rule.Today), Seeded(1)
	var q Sequence
	ops := 0
	b.ReportAllocs()
	for b.Loop() {
		q.Draw(s, rule.Today)
		e.Play(&q)
		ops += len(q.Ops)
	}
	b.ReportMetric(float64(ops)/b.Elapsed().Seconds(), "ops/s")
}

// TestPlan: what is worth playing first is a small part, and the same each time.
func TestPlan(t *testing.T) {
	plan := func() []uint64 {
		list, err := Plan(t.Context(), rule.Today, 5000, func(i uint64) Source { return Seeded(i) }, func(uint64) {})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	first := plan()
	if len(first) < 100 || len(first) > 4000 {
		t.Errorf("%d of 5000 sequences are worth playing", len(first))
	}
	if !slices.Equal(first, plan()) {
		t.Error("another plan the second time")
	}
}

// TestStepAllocatesNothing: exploring is as fast as it is because of it.
func TestStepAllocatesNothing(t *testing.T) {
	e, s := NewExplorer(rule.Today), Seeded(1)
	var q Sequence
	for range 2000 { // every name has been resolved by then
		q.Draw(s, rule.Today)
		e.Play(&q)
	}
	if n := testing.AllocsPerRun(500, func() { e.Play(&q) }); n > 0 {
		t.Errorf("%v allocations a sequence of %d operations", n, len(q.Ops))
	}
}
