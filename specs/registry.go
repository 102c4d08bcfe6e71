// Package specs holds what must hold: for every rule that can be observed, what
// to do to a target so that the rule is decided.
//
// On the control plane a spec makes calls; the judge (oracle/control) says of
// each exchange which rules it breaks and which it decides. So a spec names a
// rule, the source kinds it is tried on, and a body; it asserts nothing by itself,
// and it passes only if its rule was decided. A spec that decides nothing is
// inconclusive. On the data plane a spec is a list of scenarios that the target
// plays, and the judge is the checker (oracle/delivery).
//
// The registry is plain data, filled when the program starts. Mount puts it
// into a Ginkgo suite, any number of times; Run plays it without one.
package specs

import (
	"slices"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
)

// Spec is one check: how to get a rule decided.
type Spec struct {
	Rule  *rule.Rule
	Kinds []control.SourceKind // the kinds it is tried on, one variant each
	Needs []rule.Capability    // beyond what the rule and the kind need
	From  rule.Profile         // the first profile that it is tried in
	Body  func(*Env)
	// Scenarios are what is played, instead of Body, for a rule of the data plane.
	Scenarios []*Directed
}

var registry []*Spec

// Verify adds a spec to the registry. It is called from variable declarations,
// so that a file of specs reads as a table.
func Verify(r *rule.Rule, kinds []control.SourceKind, body func(*Env), needs ...rule.Capability) *Spec {
	s := &Spec{Rule: r, Kinds: kinds, Needs: needs, Body: body}
	registry = append(registry, s)
	return s
}

// VerifyToday is Verify for what can be tried in the profile of today only,
// although the rule is older.
func VerifyToday(r *rule.Rule, kinds []control.SourceKind, body func(*Env), needs ...rule.Capability) *Spec {
	s := Verify(r, kinds, body, needs...)
	s.From = rule.Today
	return s
}

// All returns the specs in the order of the catalogue.
func All() []*Spec {
	list := slices.Clone(registry)
	slices.SortStableFunc(list, func(a, b *Spec) int { return a.Rule.Index() - b.Rule.Index() })
	return list
}

// Checked reports whether some spec gets the rule decided.
func Checked(r *rule.Rule) bool {
	return slices.ContainsFunc(registry, func(s *Spec) bool { return s.Rule == r })
}

// Variant is a spec on one source kind.
type Variant struct {
	*Spec
	Kind control.SourceKind
}

// Variants lists what a profile asks of the selected rules.
func Variants(p rule.Profile, selected func(*rule.Rule) bool) (list []Variant) {
	known := control.Kinds(p)
	for _, s := range All() {
		if !s.Rule.Observable(p) || !selected(s.Rule) || p < s.From {
			continue
		}
		for _, k := range s.Kinds {
			if k == anyKind[0] || slices.Contains(known, k) {
				list = append(list, Variant{s, k})
			}
		}
	}
	return list
}

// needs lists the capabilities without which the variant cannot be played.
func (v *Variant) needs() []rule.Capability {
	return slices.Concat([]rule.Capability{v.Kind.Capability()}, v.Rule.Needs, v.Needs)
}
