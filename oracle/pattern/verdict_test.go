package pattern

import "testing"

// Unknown gives way only to a verdict that decides by itself.
func TestVerdicts(t *testing.T) {
	for _, c := range []struct{ v, w, and, or, either Verdict }{
		{Matches, Matches, Matches, Matches, Matches},
		{Matches, Differs, Differs, Matches, Unknown},
		{Matches, Unknown, Unknown, Matches, Unknown},
		{Differs, Differs, Differs, Differs, Differs},
		{Differs, Unknown, Differs, Unknown, Unknown},
		{Unknown, Unknown, Unknown, Unknown, Unknown},
	} {
		for _, p := range [][2]Verdict{{c.v, c.w}, {c.w, c.v}} {
			v, w := p[0], p[1]
			if and, or, either := v.and(w), v.or(w), eitherReading(v, w); and != c.and || or != c.or || either != c.either {
				t.Errorf("%s, %s: and %s, or %s, either reading %s; want %s, %s, %s", v, w, and, or, either, c.and, c.or, c.either)
			}
		}
	}
}

func TestVerdictNames(t *testing.T) {
	for v, want := range []string{"Unknown", "Matches", "Differs", "Verdict?"} {
		if got := Verdict(v).String(); got != want {
			t.Errorf("%d: %s, want %s", v, got, want)
		}
	}
}
