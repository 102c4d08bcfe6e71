package specs

import (
	"github.com/esmconform/esmconform/oracle/rule"
)

// Coverage is what the suite checks of one profile.
type Coverage struct {
	Profile      string        `json:"profile"`
	Rows         []CoverageRow `json:"rows"` // by plane, then by level, then by area
	NotChecked   []Unchecked   `json:"not_checked"`
	Unobservable []Unchecked   `json:"unobservable"`
}

// CoverageRow counts the rules of one plane, level or area that hold.
type CoverageRow struct {
	Name       string `json:"name"`
	Rules      int    `json:"rules"`
	Observable int    `json:"observable"`
	Checked    int    `json:"checked"`
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
				if Checked(r) {
					row.Checked++
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
		}
		for _, name := range order {
			c.Rows = append(c.Rows, *rows[name])
		}
		list = append(list, c)
	}
	return list
}
