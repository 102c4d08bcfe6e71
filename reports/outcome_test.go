package reports

import "testing"

func TestWorstIsALattice(t *testing.T) {
	all := append([]Outcome{""}, Outcomes...)
	for _, a := range all {
		if Worst(a, a) != a {
			t.Errorf("Worst(%q, %q) = %q", a, a, Worst(a, a))
		}
		for _, b := range all {
			if Worst(a, b) != Worst(b, a) {
				t.Errorf("Worst(%q, %q) depends on the order", a, b)
			}
			for _, c := range all {
				if Worst(Worst(a, b), c) != Worst(a, Worst(b, c)) {
					t.Errorf("Worst of %q, %q, %q depends on the grouping", a, b, c)
				}
			}
		}
	}
}

func TestNothingUndecidedHidesBehindAPass(t *testing.T) {
	for _, o := range Outcomes {
		if got := Worst(Pass, o); got != o {
			t.Errorf("pass and %s make %s", o, got)
		}
		if got := Worst(Fail, o); got != Fail {
			t.Errorf("fail and %s make %s", o, got)
		}
		if o.Finding() && !o.Decided() {
			t.Errorf("%s is a finding and decides nothing", o)
		}
	}
}
