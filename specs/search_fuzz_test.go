package specs

import (
	"testing"

	"github.com/esmconform/esmconform/generators"
	"github.com/esmconform/esmconform/oracle/rule"
)

// FuzzReference: whatever bytes a fuzzer makes sequences of, the reference breaks no rule.
func FuzzReference(f *testing.F) {
	for _, seed := range []string{"", "\x01\x02\x03", "the bytes of a sequence, more or less at random 0123456789"} {
		f.Add([]byte(seed), true, true)
		f.Add([]byte(seed), false, false)
	}
	f.Fuzz(func(t *testing.T, b []byte, today, records bool) {
		p := rule.P2020
		if today {
			p = rule.Today
		}
		s := generators.Calls(generators.Bytes(b), p)
		if records {
			s = generators.DeliveryIn(generators.Bytes(b), p)
		}
		r := subjectOf(nil, p).play(t.Context(), s)
		if r.broken != nil {
			t.Fatal(r.broken)
		}
		for _, x := range r.found {
			if x.level < rule.Recorded {
				t.Errorf("%s (%s): expected %s; got %s", x.rule.ID, x.class, x.expected, x.actual)
			}
		}
	})
}
