//go:build mutate

package delivery_test

import (
	"slices"
	"testing"

	"github.com/esmconform/esmconform/generators"
	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/specs"
)

// TestProven is what make mutate runs besides the package's own tests.
func TestProven(t *testing.T) {
	if err := specs.Prove(t.Context(), rule.Data); err != nil {
		t.Fatal(err)
	}
}

// TestNoFalseAlarm is TestSound of the generators, which is where a checker that
// asks for too much is noticed.
func TestNoFalseAlarm(t *testing.T) {
	for seed := range uint64(5_000) {
		s := generators.Delivery(generators.Seeded(seed))
		c := delivery.NewChecker(func(v delivery.Violation) {
			if v.Level != rule.Recorded {
				t.Fatalf("seed %d: %s", seed, &v)
			}
		})
		play := delivery.Play
		if slices.ContainsFunc(s.Steps, func(x trace.Step) bool { return x.Config["TumblingWindowInSeconds"] != nil }) {
			play = delivery.PlayWhole // windows show in whole events only
		}
		line := 0
		err := play(s, delivery.Seeded(seed), func(e *trace.Event) error {
			line++
			e.Line = line
			return c.Event(e)
		})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
	}
}
