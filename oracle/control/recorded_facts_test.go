package control

import (
	"testing"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// TestFactsAreCounted: the catalogue says how many recorded facts decide a rule.
func TestFactsAreCounted(t *testing.T) {
	count := map[*rule.Rule]int{}
	for _, f := range readFacts(t) {
		if f.Answer == nil && f.Code == "" && f.Operation == trace.Create {
			continue
		}
		s := newStage(t, rule.Today)
		x := s.exchange(&f, s.prepare(&f))
		s.judge.ClearTouched()
		s.judge.Judge(Parse(x))
		for _, r := range rule.All() {
			if s.judge.Touched(r) {
				count[r]++
			}
		}
	}
	for _, r := range rule.All() {
		if r.Plane == rule.Control && count[r] != r.Facts() {
			t.Errorf("the catalogue's line should be %q: %d,", r.ID, count[r])
		}
	}
}
