package generators

import (
	"encoding/json"
	"flag"
	"testing"
	"time"

	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets/mutant"
)

var showLeast = flag.Bool("found-least", false, "TestShrinkFound prints the least scenario of each mutant")

// TestShrinkFound: what shows a mutant is made small, in few runs.
func TestShrinkFound(t *testing.T) {
	list, most := lookedFor()
	var runs, sizes []int
	var seconds []float64
	large := 0
	for _, m := range list {
		s, class, n := firstOf(m, m.Breaks[0], most)
		if s == nil {
			continue // which TestFound says
		}
		start := time.Now()
		least, spent := Shrink(s, func(x *trace.Scenario) (shown bool) {
			playFaulty(x, n, m.Faults(), func(v *delivery.Violation) bool {
				shown = shown || v.Rule == m.Breaks[0] && v.Class == class
				return shown
			})
			return shown
		}, 1_000)
		runs, sizes, seconds = append(runs, spent), append(sizes, len(least.Steps)), append(seconds, time.Since(start).Seconds())
		if len(least.Steps) > 10 {
			large++
		}
		if *showLeast {
			text, _ := json.Marshal(least)
			t.Logf("%s: %d steps of %d, %d runs: %s", m.Name, len(least.Steps), len(s.Steps), spent, text)
		}
	}
	if *bound > 0 {
		t.Logf("%d shrunk; runs: %s; steps: %s; seconds: %s", len(runs), spread(runs), spread(sizes), spread(seconds))
	}
	if large > len(list)/20 {
		t.Errorf("%d of %d have more than 10 steps", large, len(list))
	}
	for _, n := range runs {
		if n > 300 {
			t.Errorf("one took %d runs", n)
		}
	}
}

// firstOf is the first scenario in which a mutant is reported under a rule, its
// seed, and the class.
func firstOf(m *mutant.Mutant, r *rule.Rule, most int) (s *trace.Scenario, class string, seed uint64) {
	for seed = 1; seed <= uint64(most); seed++ {
		s = DeliveryIn(Seeded(seed), m.Profile())
		playFaulty(s, seed, m.Faults(), func(v *delivery.Violation) bool {
			if v.Rule == r {
				class = v.Class
			}
			return v.Rule == r
		})
		if class != "" {
			return s, class, seed
		}
	}
	return nil, "", 0
}
