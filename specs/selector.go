package specs

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"github.com/esmconform/esmconform/oracle/rule"
)

// Selector reads a selection of rules: comma-separated ids, patterns with *,
// area:NAME, level:NAME, plane:NAME; with ! before one, what it names is left
// out. The empty selection is nil: every rule. A name that names nothing is an
// error that suggests the nearest one.
func Selector(s string) (func(*rule.Rule) bool, error) {
	if strings.TrimSpace(s) == "" {
		return nil, nil
	}
	type term struct {
		exclude bool
		match   func(*rule.Rule) bool
	}
	var terms []term
	including := false
	for _, word := range strings.Split(s, ",") {
		word = strings.TrimSpace(word)
		name, exclude := strings.CutPrefix(word, "!")
		match, err := selects(name)
		if err != nil {
			return nil, err
		}
		including = including || !exclude
		terms = append(terms, term{exclude, match})
	}
	return func(r *rule.Rule) bool {
		in := !including
		for _, t := range terms {
			if t.match(r) {
				in = !t.exclude
			}
		}
		return in
	}, nil
}

func selects(name string) (func(*rule.Rule) bool, error) {
	key, value, keyed := strings.Cut(name, ":")
	switch {
	case keyed:
		field, ok := map[string]func(*rule.Rule) string{
			"area":  func(r *rule.Rule) string { return r.Area },
			"level": func(r *rule.Rule) string { return r.Level.String() },
			"plane": func(r *rule.Rule) string { return r.Plane.String() },
		}[key]
		if !ok {
			return nil, fmt.Errorf("unknown selector %q: expected area:NAME, level:NAME or plane:NAME", key+":")
		}
		var known []string
		for _, r := range rule.All() {
			known = append(known, field(r))
		}
		if !slices.Contains(known, value) {
			return nil, unknown(key, value, known)
		}
		return func(r *rule.Rule) bool { return field(r) == value }, nil
	case strings.ContainsAny(name, "*?["):
		match := func(r *rule.Rule) bool {
			ok, _ := path.Match(name, r.ID)
			return ok
		}
		if _, err := path.Match(name, ""); err != nil {
			return nil, fmt.Errorf("bad pattern %q: %v", name, err)
		}
		if !slices.ContainsFunc(rule.All(), match) {
			return nil, fmt.Errorf("the pattern %q matches no rule: see esmconform list", name)
		}
		return match, nil
	}
	r, err := FindRule(name)
	if err != nil {
		return nil, err
	}
	return func(x *rule.Rule) bool { return x == r }, nil
}

// FindRule returns the rule of that id, or an error that suggests the nearest.
func FindRule(id string) (*rule.Rule, error) {
	if r := rule.Find(id); r != nil {
		return r, nil
	}
	var ids []string
	for _, r := range rule.All() {
		ids = append(ids, r.ID)
	}
	return nil, unknown("rule", id, ids)
}

// unknown is the error for a name that is not known, with the nearest that is.
func unknown(what, name string, known []string) error {
	return fmt.Errorf("unknown %s %q: did you mean %q?", what, name, Nearest(name, known))
}

// Nearest returns the known name that is closest to the one given.
func Nearest(name string, known []string) string {
	return slices.MinFunc(known, func(a, b string) int {
		return levenshtein.ComputeDistance(name, a) - levenshtein.ComputeDistance(name, b)
	})
}
