package generators

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/esmconform/esmconform/oracle/trace"
)

// setting is a member of the settings of a step.
type setting struct {
	step int
	name string
}

// lessConfig leaves out settings, and brings those that are left to simple values.
func (r *shrinker) lessConfig() {
	simplify(r, settings(func(name string, _ any) bool { return name != "Topics" && name != "StartingPosition" }),
		func(x *trace.Scenario, at setting) { set(x, at, nil) })
	simplify(r, settings(func(name string, v any) bool { return name == "StartingPosition" && v != "TRIM_HORIZON" }),
		func(x *trace.Scenario, at setting) {
			set(x, at, "TRIM_HORIZON")
			set(x, setting{at.step, "StartingPositionTimestamp"}, nil)
		})
	for _, at := range settings(func(_ string, v any) bool { return whole(v) > 1 })(r.least) {
		r.number(at)
	}
	r.fewerFilters()
}

// settings finds members of the settings of steps.
func settings(which func(name string, v any) bool) spots[setting] {
	return func(x *trace.Scenario) (list []setting) {
		for i := range x.Steps {
			for _, name := range slices.Sorted(maps.Keys(x.Steps[i].Config)) {
				if which(name, x.Steps[i].Config[name]) {
					list = append(list, setting{i, name})
				}
			}
		}
		return list
	}
}

// set gives a member of the settings of a step another value; nil: it is left out.
func set(x *trace.Scenario, at setting, v any) {
	st := &x.Steps[at.step]
	st.Config = maps.Clone(st.Config)
	if v == nil {
		delete(st.Config, at.name)
		return
	}
	st.Config[at.name] = v
}

// number brings a number to the smallest one that shows the same, or near it.
func (r *shrinker) number(at setting) {
	for _, n := range []int{1, 2, 5, 60} {
		if n < whole(r.least.Steps[at.step].Config[at.name]) && r.change(func(x *trace.Scenario) { set(x, at, n) }) {
			return
		}
	}
}

// whole is a value as a whole number; 0 if it is none.
func whole(v any) int {
	switch v := v.(type) {
	case int:
		return v
	case float64:
		if n := int(v); float64(n) == v {
			return n
		}
	case json.Number:
		n, _ := v.Int64()
		return int(n)
	}
	return 0
}

// fewerFilters leaves out filters of several.
func (r *shrinker) fewerFilters() {
	list := func(x *trace.Scenario, step int) []any {
		c, _ := x.Steps[step].Config["FilterCriteria"].(map[string]any)
		l, _ := c["Filters"].([]any)
		return l
	}
	for i := range r.least.Steps {
		// One stays: a mapping without any has no FilterCriteria.
		r.drop(half, func(x *trace.Scenario) int { return len(list(x, i)) }, func(x *trace.Scenario, from, to int) {
			if to-from == len(list(x, i)) {
				return
			}
			set(x, setting{i, "FilterCriteria"}, map[string]any{"Filters": slices.Delete(slices.Clone(list(x, i)), from, to)})
		})
	}
}
