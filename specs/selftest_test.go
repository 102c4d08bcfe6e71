package specs

import (
	"strings"
	"testing"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/targets/mutant"
)

// TestSelftest: every mutant is caught by the rule that it breaks, and every rule
// that can be broken has one. With the race detector on it plays one in ten: what races
// in one races in all, and make selftest plays all.
func TestSelftest(t *testing.T) {
	for _, r := range Unbroken() {
		t.Errorf("no mutant breaks %s", r)
	}
	list := mutant.All()
	if raced {
		var some []*mutant.Mutant
		for i := 0; i < len(list); i += 10 {
			some = append(some, list[i])
		}
		list = some
	}
	err := Selftest(t.Context(), list, 2, func(k *Kill) {
		switch {
		case k.Caught() && k.Mutant.Others != "" && len(k.Others) == 0:
			t.Errorf("%s gives a reason for other rules, and none is reported", k.Mutant.Name)
			return
		case k.Caught():
			return
		}
		t.Errorf("%s (%s, %s): missed %v, others %v, broken %v", k.Mutant.Name, k.Mutant.Fault, k.Profile, ids(k.Missed), ids(k.Others), k.Broken)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func ids(list []*rule.Rule) string {
	var all []string
	for _, r := range list {
		all = append(all, r.ID)
	}
	return strings.Join(all, " ")
}
