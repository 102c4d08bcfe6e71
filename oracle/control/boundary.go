package control

import "github.com/esmconform/esmconform/oracle/rule"

// Boundary is a whole number at an end of a documented range, or just beyond it.
type Boundary struct {
	Member Member
	Value  int64
	Rule   *rule.Rule // draws the line
	Accept bool       // a request with the value must be taken; or else refused
}

// Boundaries lists the ends of all ranges that the profile documents for the
// settings of a source kind.
func Boundaries(p rule.Profile, k SourceKind) (list []Boundary) {
	for m := range numMembers {
		o := optionOf(p, k, m)
		if !o.ranged || o.availability != available {
			continue
		}
		add := func(n int64, r *rule.Rule, accept bool) { list = append(list, Boundary{m, n, r, accept}) }
		low := o.below
		if o.lowEdge != nil {
			low = o.lowEdge
		}
		add(o.lo, low, true)
		add(o.hi, o.above, true)
		add(o.hi+1, o.above, false)
		if o.alsoAbove != nil && o.alsoAbove != o.above {
			add(o.alsoAboveAt+1, o.alsoAbove, false)
		}
		switch {
		case o.gap != nil:
			for _, n := range []int64{0, 1, o.lo - 1} {
				add(n, o.gap, false)
			}
			if o.lowEdge != nil {
				add(o.lo-1, o.lowEdge, false)
			}
			add(-2, o.below, false)
		default:
			add(o.lo-1, o.below, false)
			add(o.lo-2, o.below, false)
		}
	}
	return list
}

// Takes reports whether the profile documents the setting for the source kind.
func Takes(p rule.Profile, k SourceKind, m Member) bool {
	return optionOf(p, k, m).availability == available
}
