package delivery

import (
	"bytes"
	"io"
	"testing"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// TestFactsAreCounted: the catalogue says how many recorded facts decide a rule.
func TestFactsAreCounted(t *testing.T) {
	count := map[*rule.Rule]int{}
	for _, x := range readRecorded(t) {
		c := NewChecker(func(Violation) {})
		for r := trace.NewReader(bytes.NewReader(x.lines(t, x.Events))); ; {
			e, err := r.Next()
			if err == io.EOF {
				break
			}
			if err == nil {
				err = c.Event(e)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		for _, r := range rule.All() {
			if c.Touched(r) {
				count[r]++
			}
		}
	}
	for _, r := range rule.All() {
		if r.Plane == rule.Data && count[r] != r.Facts() {
			t.Errorf("the catalogue's line should be %q: %d,", r.ID, count[r])
		}
	}
}
