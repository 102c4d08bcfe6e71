package rule

import (
	"slices"
	"testing"
)

func TestSet(t *testing.T) {
	last := all[len(all)-1]
	a, b := NewSet(), NewSet()
	if a.Has(all[0]) || len(a.Rules()) != 0 {
		t.Error("a new set is not empty")
	}
	a.Add(all[0])
	a.Add(all[63])
	a.Add(all[64])
	b.Add(all[65])
	b.Add(last)
	for _, r := range []*Rule{all[0], all[63], all[64]} {
		if !a.Has(r) || b.Has(r) {
			t.Errorf("%s: in one %v, in the other %v", r, a.Has(r), b.Has(r))
		}
	}
	if a.Has(all[1]) || a.Has(all[65]) || a.Has(last) {
		t.Error("a set has what was not added")
	}
	a.Union(b)
	a.Union(nil)
	if want := []*Rule{all[0], all[63], all[64], all[65], last}; !slices.Equal(a.Rules(), want) {
		t.Errorf("the union is %v, want %v", a.Rules(), want)
	}
	for _, r := range all { // each has a place of its own
		s := NewSet()
		s.Add(r)
		if got := s.Rules(); len(got) != 1 || got[0] != r {
			t.Fatalf("the set of %s is %v", r, got)
		}
	}
}
