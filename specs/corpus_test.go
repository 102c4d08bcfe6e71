package specs

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// TestCorpus replays the scenarios that searches have found and that were kept: each shows
// the breach that it is kept for, on whom it was found, and the reference shows none.
func TestCorpus(t *testing.T) {
	dir := filepath.Join("..", "generators", "corpus")
	kept, err := LoadCorpus(dir)
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string]bool{}
	for _, x := range kept {
		p, _ := rule.ParseProfile(x.Profile)
		if x.Shows != nil {
			shown[x.Shows.Rule] = true
			showsAgain(t, x, p)
		}
		for _, f := range subjectOf(nil, p).play(t.Context(), x).found {
			if f.level < rule.Recorded || len(x.Calls) > 0 { // the machine is free where AWS was only recorded
				t.Errorf("%s: the reference breaks %s (%s): expected %s; got %s", nameOf(x), f.rule.ID, f.class, f.expected, f.actual)
			}
		}
	}
	missing := 0
	for _, r := range rule.All() {
		if breakable(r) && !shown[r.ID] {
			missing++
			t.Logf("no scenario is kept for %s", r.ID)
		}
	}
	if missing*20 > Breakable() {
		t.Errorf("%d of %d rules have no scenario in %s", missing, Breakable(), dir)
	}
}

// showsAgain plays a kept scenario on the mutant that it was found on.
func showsAgain(t *testing.T, x *trace.Scenario, p rule.Profile) {
	t.Helper()
	name, ok := strings.CutPrefix(x.Shows.Target, "mutant:")
	if !ok {
		return // found on somebody who is not at hand
	}
	m, err := Mutant(name)
	if err != nil {
		t.Errorf("%s: %v", nameOf(x), err)
		return
	}
	hit, err := subjectOf(m, p).shows(t.Context(), x, rule.Find(x.Shows.Rule), x.Shows.Class)
	if err != nil || hit == nil {
		t.Errorf("%s: not shown any more on %s: %v", nameOf(x), x.Shows.Target, err)
	}
}

func nameOf(x *trace.Scenario) string {
	if x.Shows != nil {
		return x.Shows.Rule + " (" + x.Shows.Class + ")"
	}
	return x.Name
}
