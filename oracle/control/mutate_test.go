//go:build mutate

package control_test

import (
	"testing"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/specs"
	"github.com/esmconform/esmconform/targets/mutant"
)

// TestSuite is what make mutate runs besides the package's own tests: the specs
// of this plane on the reference, which must be clean, and on its mutants, which must be
// caught by the rules that they break.
func TestSuite(t *testing.T) {
	mine := func(r *rule.Rule) bool { return r.Plane == rule.Control }
	for _, p := range rule.Profiles {
		if n, err := specs.Findings(t.Context(), p, mine); err != nil || n > 0 {
			t.Fatalf("%s: %d findings, %v", p, n, err)
		}
	}
	var list []*mutant.Mutant
	for _, m := range mutant.All() {
		if mine(m.Breaks[0]) {
			list = append(list, m)
		}
	}
	err := specs.Selftest(t.Context(), list, 2, func(k *specs.Kill) {
		if !k.Caught() {
			t.Fatalf("%s survives", k.Mutant.Name)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}
