package specs_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/specs"
	"github.com/esmconform/esmconform/targets"
	"github.com/esmconform/esmconform/targets/reference"
)

// play plays a scenario on the reference, and returns what the checker found
// and whether it decided a rule.
func play(t *testing.T, s *trace.Scenario, player targets.Player) (found []delivery.Violation, touched func(*rule.Rule) bool) {
	t.Helper()
	c := delivery.NewChecker(func(v delivery.Violation) { found = append(found, v) })
	line := 0
	err := player.Play(t.Context(), s, func(e *trace.Event) error {
		line++
		e.Line = line
		return c.Event(e)
	})
	if err != nil {
		t.Fatalf("%s: %v", s.Name, err)
	}
	return found, c.Touched
}

func player(t *testing.T, p rule.Profile) targets.Player {
	t.Helper()
	target, err := reference.NewTarget(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	return target.(targets.Player)
}

// TestScenarios: the reference does what every scenario is for, the checker has
// nothing against it at any level, and each scenario decides a rule of its own.
func TestScenarios(t *testing.T) {
	names := map[string]bool{}
	for _, d := range specs.Scenarios() {
		if names[d.Name] {
			t.Errorf("two scenarios are called %s", d.Name)
		}
		names[d.Name] = true
	}
	for _, p := range rule.Profiles {
		reference := player(t, p)
		decided := map[*rule.Rule]bool{}
		asked := map[*rule.Rule]bool{}
		for _, d := range specs.Scenarios() {
			if p < d.From {
				continue
			}
			s := d.In(p)
			var text strings.Builder
			if err := trace.WriteScenario(&text, s); err != nil {
				t.Errorf("%s: %v", d.Name, err)
			}
			found, touched := play(t, s, reference)
			for i := range found {
				t.Errorf("%s in %s: %s", d.Name, p, &found[i])
			}
			for _, r := range d.Rules {
				asked[r] = true
				decided[r] = decided[r] || touched(r)
			}
			judged := slices.DeleteFunc(slices.Clone(d.Rules), func(r *rule.Rule) bool { return !r.Observable(p) || !specs.Checked(r) })
			if len(judged) > 0 && !slices.ContainsFunc(judged, touched) {
				t.Errorf("%s in %s decides nothing that it is for: %v", d.Name, p, d.Rules)
			}
		}
		for _, r := range rule.All() {
			switch {
			case r.Plane != rule.Data || !r.Observable(p):
			case specs.Checked(r) && asked[r] && !decided[r]:
				t.Errorf("%s in %s is decided by none of its scenarios", r, p)
			case !specs.Checked(r):
				t.Errorf("%s in %s has no check", r, p)
			}
		}
	}
}
