package specs

import (
	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/targets/mutant"
)

// Coverage is what the suite checks of one profile.
type Coverage struct {
	Profile      string        `json:"profile"`
	Rows         []CoverageRow `json:"rows"` // by plane, then by level, then by area
	NotChecked   []Unchecked   `json:"not_checked"`
	NoMutant     []Unchecked   `json:"no_mutant"`
	Unobservable []Unchecked   `json:"unobservable"`
}

// CoverageRow counts the rules of one plane, level or area that hold.
type CoverageRow struct {
	Name       string `json:"name"`
	Rules      int    `json:"rules"`
	Observable int    `json:"observable"`
	Checked    int    `json:"checked"`    // of the observable: by a spec
	Mutants    int    `json:"mutants"`    // by a mutant that breaks it
	Invariants int    `json:"invariants"` // by an invariant of delivery
	Facts      int    `json:"facts"`      // by something that AWS was recorded doing
}

// Unchecked is a rule without a check.
type Unchecked struct {
	Rule string `json:"rule"`
	Why  string `json:"why,omitempty"`
}

// StatusOf says in a few words how a rule is checked in a profile.
func StatusOf(r *rule.Rule, p rule.Profile) string {
	switch clause := r.In(p); {
	case !clause.Holds:
		return "does not hold"
	case clause.Unobservable != "":
		return "cannot be observed: " + clause.Unobservable
	case Checked(r):
		return "checked"
	}
	return "not checked yet"
}

// CoverageOf counts, for each profile, what holds, what can be observed and
// what is checked.
func CoverageOf() (list []Coverage) {
	enforced := map[*rule.Rule]bool{}
	for _, x := range delivery.Invariants() {
		for _, r := range x.Rules {
			enforced[r] = true
		}
	}
	for _, p := range rule.Profiles {
		c := Coverage{Profile: p.String()}
		rows := map[string]*CoverageRow{}
		var order []string
		count := func(name string, r *rule.Rule) {
			row := rows[name]
			if row == nil {
				row = &CoverageRow{Name: name}
				rows[name] = row
				order = append(order, name)
			}
			row.Rules++
			if r.Observable(p) {
				row.Observable++
				for _, x := range []struct {
					n  *int
					is bool
				}{{&row.Checked, Checked(r)}, {&row.Mutants, len(mutant.Of(r)) > 0}, {&row.Invariants, enforced[r]}, {&row.Facts, r.Facts() > 0}} {
					if x.is {
						*x.n++
					}
				}
			}
		}
		// Three passes, so that the rows come plane by plane, then levels, then areas.
		names := []func(*rule.Rule) string{
			func(r *rule.Rule) string { return r.Plane.String() + " plane" },
			func(r *rule.Rule) string { return r.Plane.String() + " " + r.Level.String() },
			func(r *rule.Rule) string { return "area " + r.Area },
		}
		for _, name := range names {
			for _, r := range rule.All() {
				if r.Holds(p) {
					count(name(r), r)
				}
			}
		}
		for _, r := range rule.All() {
			switch {
			case !r.Holds(p):
			case !r.Observable(p):
				c.Unobservable = append(c.Unobservable, Unchecked{r.ID, r.In(p).Unobservable})
			case !Checked(r):
				c.NotChecked = append(c.NotChecked, Unchecked{Rule: r.ID})
			}
			if r.Observable(p) && len(mutant.Of(r)) == 0 {
				c.NoMutant = append(c.NoMutant, Unchecked{Rule: r.ID})
			}
		}
		for _, name := range order {
			c.Rows = append(c.Rows, *rows[name])
		}
		list = append(list, c)
	}
	return list
}
