package generators

import (
	"errors"
	"flag"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets/mutant"
)

// bound is how many scenarios are drawn for a mutant at the most. With it given,
// every mutant is looked for, and what became of them is told.
var bound = flag.Int("found", 0, "how many scenarios TestFound and TestShrinkFound draw for each mutant; 0: few, for some mutants")

// foundSeed is the seed of the first of them.
var foundSeed = flag.Uint64("found-seed", 1, "the seed of the first scenario that TestFound draws for each mutant")

// TestFound: random scenarios find every mutant of the data plane, under every
// rule that it breaks.
func TestFound(t *testing.T) {
	list, most := lookedFor()
	var tries []int
	var seconds []float64
	for _, m := range list {
		start := time.Now()
		n, missed := find(m, most)
		if len(missed) > 0 {
			t.Errorf("%s (%s) is not found under %v in %d scenarios", m.Name, m.Fault, missed, most)
			continue
		}
		tries, seconds = append(tries, n), append(seconds, time.Since(start).Seconds())
		if *bound > 0 && n > 2_000 {
			t.Logf("%s: %d scenarios, %.2f s", m.Name, n, time.Since(start).Seconds())
		}
	}
	if *bound > 0 {
		t.Logf("%d of %d mutants found; scenarios: %s; seconds: %s", len(tries), len(list), spread(tries), spread(seconds))
	}
}

// lookedFor lists the mutants of the data plane, or a sample of them, and how many
// scenarios are drawn for each.
func lookedFor() (list []*mutant.Mutant, most int) {
	all := slices.DeleteFunc(mutant.All(), func(m *mutant.Mutant) bool { return m.Delivery == nil })
	if *bound > 0 {
		return all, *bound
	}
	for i := 0; i < len(all); i += 12 {
		list = append(list, all[i])
	}
	return list, 3_000
}

// find plays scenarios on a mutant until each of the rules that it breaks was
// reported, or so many were played. What is reported of the reference as well
// does not count.
func find(m *mutant.Mutant, most int) (n int, missed []*rule.Rule) {
	missed = slices.Clone(m.Breaks)
	for n = 1; n <= most; n++ {
		seed := *foundSeed + uint64(n) - 1
		s := DeliveryIn(Seeded(seed), m.Profile())
		var hits []*rule.Rule
		playFaulty(s, seed, m.Faults(), func(v *delivery.Violation) bool {
			if slices.Contains(missed, v.Rule) && !slices.Contains(hits, v.Rule) {
				hits = append(hits, v.Rule)
			}
			return len(hits) == len(missed)
		})
		if len(hits) == 0 {
			continue
		}
		playFaulty(s, seed, delivery.Faults{}, func(v *delivery.Violation) bool {
			hits = slices.DeleteFunc(hits, func(r *rule.Rule) bool { return r == v.Rule })
			return false
		})
		missed = slices.DeleteFunc(missed, func(r *rule.Rule) bool { return slices.Contains(hits, r) })
		if len(missed) == 0 {
			break
		}
	}
	return n, missed
}

var errEnough = errors.New("enough was seen")

// playFaulty plays a scenario with faults and hands on the violations, until
// enough was seen. Every other seed takes the default at every choice.
func playFaulty(s *trace.Scenario, seed uint64, f delivery.Faults, enough func(*delivery.Violation) bool) {
	done := false
	c := delivery.NewChecker(func(v delivery.Violation) { done = done || enough(&v) })
	line := 0
	var choices delivery.Choices = delivery.Default{}
	if seed%2 == 0 {
		choices = delivery.Seeded(seed)
	}
	// A fault may make a play come to nothing; then it shows in another one.
	_ = delivery.PlayFaulty(s, choices, f, func(e *trace.Event) error {
		line++
		e.Line = line
		if err := c.Event(e); err != nil || done {
			return errEnough
		}
		return nil
	})
}

// spread is the median of a list, the 95th of a hundred, and the greatest.
func spread[T int | float64](list []T) string {
	if len(list) == 0 {
		return "none"
	}
	list = slices.Sorted(slices.Values(list))
	return fmt.Sprintf("median %.4g, p95 %.4g, max %.4g", float64(list[len(list)/2]), float64(list[len(list)*95/100]), float64(list[len(list)-1]))
}
