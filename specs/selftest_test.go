package specs

import (
	"strings"
	"testing"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/targets/mutant"
)

// TestSelftest: every mutant is caught by the rule that it breaks.
func TestSelftest(t *testing.T) {
	err := Selftest(t.Context(), mutant.All(), 2, func(k *Kill) {
		if k.Caught() {
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
