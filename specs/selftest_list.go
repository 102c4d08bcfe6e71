package specs

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/targets/mutant"
)

// Mutants reads a selection of mutants: comma-separated names, patterns with *,
// and rule:ID for those that break a rule; the empty selection is all of them. A
// name that names nothing is an error that suggests the nearest one.
func Mutants(selection string) ([]*mutant.Mutant, error) {
	all := mutant.All()
	if strings.TrimSpace(selection) == "" {
		return all, nil
	}
	in := map[*mutant.Mutant]bool{}
	for _, word := range strings.Split(selection, ",") {
		word = strings.TrimSpace(word)
		match, err := mutantsOf(word)
		if err != nil {
			return nil, err
		}
		n := len(in)
		for _, m := range all {
			if match(m) {
				in[m] = true
			}
		}
		if len(in) == n && !slices.ContainsFunc(all, match) {
			return nil, fmt.Errorf("%q selects no mutant: see esmconform selftest --list", word)
		}
	}
	return slices.DeleteFunc(all, func(m *mutant.Mutant) bool { return !in[m] }), nil
}

func mutantsOf(word string) (func(*mutant.Mutant) bool, error) {
	if id, ok := strings.CutPrefix(word, "rule:"); ok {
		r := rule.Find(id)
		if r == nil {
			var known []string
			for _, r := range rule.All() {
				known = append(known, r.ID)
			}
			return nil, unknown("rule", id, known)
		}
		return func(m *mutant.Mutant) bool { return slices.Contains(m.Breaks, r) }, nil
	}
	if strings.ContainsAny(word, "*?[") {
		if _, err := path.Match(word, ""); err != nil {
			return nil, fmt.Errorf("bad pattern %q: %v", word, err)
		}
		return func(m *mutant.Mutant) bool { ok, _ := path.Match(word, m.Name); return ok }, nil
	}
	if _, err := Mutant(word); err != nil {
		return nil, err
	}
	return func(m *mutant.Mutant) bool { return m.Name == word }, nil
}

// Mutant is the mutant of a name; the error about an unknown one suggests the nearest.
func Mutant(name string) (*mutant.Mutant, error) {
	if m := mutant.Find(name); m != nil {
		return m, nil
	}
	var known []string
	for _, m := range mutant.All() {
		known = append(known, m.Name)
	}
	return nil, unknown("mutant", name, known)
}

// Unbroken lists the rules that an implementation can break and that no mutant
// breaks.
func Unbroken() (list []*rule.Rule) {
	for _, r := range rule.All() {
		if breakable(r) && len(mutant.Of(r)) == 0 {
			list = append(list, r)
		}
	}
	return list
}

// Breakable counts the rules that an implementation can break.
func Breakable() (n int) {
	for _, r := range rule.All() {
		if breakable(r) {
			n++
		}
	}
	return n
}

// breakable reports whether a breach of the rule can be seen in some profile.
func breakable(r *rule.Rule) bool {
	return slices.ContainsFunc(rule.Profiles, r.Observable)
}
