package generators

import (
	"slices"

	"github.com/esmconform/esmconform/oracle/trace"
)

// lessSteps is one round over a scenario with steps.
func (r *shrinker) lessSteps() {
	r.truncate()
	r.withoutSources()
	r.withoutMappings()
	r.drop(half, func(x *trace.Scenario) int { return len(x.Steps) }, func(x *trace.Scenario, from, to int) {
		x.Steps = slices.Delete(x.Steps, from, to)
	})
	r.plainRecords()
	r.lessConfig()
	r.plainSources()
	r.shorterTimes()
}

// truncate cuts off the steps after those that are needed, by bisection.
func (r *shrinker) truncate() {
	needed := 0
	for n := len(r.least.Steps) / 2; needed < n && n < len(r.least.Steps); n = (needed + len(r.least.Steps)) / 2 {
		if !r.change(func(x *trace.Scenario) { x.Steps = x.Steps[:n] }) {
			needed = n
		}
	}
}

// withoutSources leaves out sources, with their steps.
func (r *shrinker) withoutSources() {
	for i := len(r.least.Sources) - 1; i >= 0 && (len(r.least.Sources) > 1 || len(r.least.Calls) > 0); i-- {
		r.change(func(x *trace.Scenario) { x.Sources = slices.Delete(x.Sources, i, i+1) })
	}
	if len(r.least.Calls) == 0 && len(r.least.Sources) == 1 && r.least.Sources[0].Name != "source" {
		r.change(func(x *trace.Scenario) {
			for i := range x.Steps {
				if x.Steps[i].Source != "" {
					x.Steps[i].Source = "source"
				}
			}
			x.Sources[0].Name = "source"
		})
	}
}

// withoutMappings leaves out mappings, with their steps, and gives the last one that
// is left the first name.
func (r *shrinker) withoutMappings() {
	names := mappingNames(r.least)
	for _, name := range slices.Backward(names) {
		if len(names) > 1 {
			r.change(func(x *trace.Scenario) {
				x.Steps = slices.DeleteFunc(x.Steps, func(st trace.Step) bool { return st.Mapping == name })
			})
		}
	}
	if names = mappingNames(r.least); len(names) == 1 && names[0] != "m0" {
		r.change(func(x *trace.Scenario) {
			for i := range x.Steps {
				if x.Steps[i].Mapping != "" {
					x.Steps[i].Mapping = "m0"
				}
			}
		})
	}
}

func mappingNames(x *trace.Scenario) (names []string) {
	for i := range x.Steps {
		if m := x.Steps[i].Mapping; m != "" && !slices.Contains(names, m) {
			names = append(names, m)
		}
	}
	return names
}

// ofSteps finds the steps for which something holds.
func ofSteps(holds func(st *trace.Step) bool) spots[int] {
	return func(x *trace.Scenario) (at []int) {
		for i := range x.Steps {
			if holds(&x.Steps[i]) {
				at = append(at, i)
			}
		}
		return at
	}
}

// plainRecords brings records to the simplest ones: their poison, their size and
// content, their number, their key and shard.
func (r *shrinker) plainRecords() {
	for _, k := range []struct {
		is func(*trace.Step) bool
		do func(*trace.Step)
	}{
		{func(st *trace.Step) bool { return st.Poison != nil }, func(st *trace.Step) { st.Poison = nil }},
		{func(st *trace.Step) bool { return st.Count > 1 }, func(st *trace.Step) { st.Count = 1 }},
		{func(st *trace.Step) bool { return st.Record != nil }, func(st *trace.Step) { st.Record = nil }},
		{func(st *trace.Step) bool { return st.Size > 0 }, func(st *trace.Step) { st.Size = 0 }},
		{func(st *trace.Step) bool { return st.Key != "a" && st.Do == trace.DoPut }, func(st *trace.Step) { st.Key = "a" }},
		{func(st *trace.Step) bool { return st.Shard > 0 }, func(st *trace.Step) { st.Shard = 0 }},
		{func(st *trace.Step) bool { return st.Do == trace.DoThrottle && st.Mapping != "" }, func(st *trace.Step) { st.Mapping = "" }},
		{func(st *trace.Step) bool { return st.Poison != nil && st.Poison.Kind != "error" }, func(st *trace.Step) {
			st.Poison = &trace.Poison{Kind: "error", Times: st.Poison.Times}
		}},
		{func(st *trace.Step) bool { return st.Poison != nil && st.Poison.Return != nil }, func(st *trace.Step) {
			st.Poison = &trace.Poison{Kind: st.Poison.Kind, Times: st.Poison.Times}
		}},
		{func(st *trace.Step) bool { return st.Poison != nil && st.Poison.Times > 1 }, func(st *trace.Step) {
			p := *st.Poison
			p.Times = 1
			st.Poison = &p
		}},
		{func(st *trace.Step) bool { return st.Count > 2 }, func(st *trace.Step) { st.Count = 2 }},
	} {
		simplify(r, ofSteps(k.is), func(x *trace.Scenario, at int) { k.do(&x.Steps[at]) })
	}
	for i := range r.least.Steps {
		r.smaller(i, func(st *trace.Step) *int { return &st.Count })
	}
}

// smaller halves a number of a step while that shows the same.
func (r *shrinker) smaller(i int, of func(*trace.Step) *int) {
	for n := *of(&r.least.Steps[i]); n > 3; n = (n + 1) / 2 {
		half := (n + 1) / 2
		if !r.change(func(x *trace.Scenario) { *of(&x.Steps[i]) = half }) {
			return
		}
	}
}

// plainSources takes the settings of sources away, and how long the function
// takes.
func (r *shrinker) plainSources() {
	find := func(x *trace.Scenario) (list []func(x *trace.Scenario)) {
		for i := range x.Sources {
			s := &x.Sources[i]
			if s.Shards > 0 {
				list = append(list, func(x *trace.Scenario) { x.Sources[i].Shards = 0 })
			}
			if s.VisibilityMS > 0 {
				list = append(list, func(x *trace.Scenario) { x.Sources[i].VisibilityMS = 0 })
			}
			if s.MaxReceiveCount > 0 {
				list = append(list, func(x *trace.Scenario) { x.Sources[i].MaxReceiveCount = 0 })
			}
			if s.RetentionMS > 0 {
				list = append(list, func(x *trace.Scenario) { x.Sources[i].RetentionMS = 0 })
			}
		}
		if x.DurationMS > 0 {
			list = append(list, func(x *trace.Scenario) { x.DurationMS = 0 })
		}
		if x.TimeoutMS > 0 {
			list = append(list, func(x *trace.Scenario) { x.TimeoutMS = 0 })
		}
		return list
	}
	simplify(r, find, func(x *trace.Scenario, do func(*trace.Scenario)) { do(x) })
	for i := range r.least.Sources {
		for r.least.Sources[i].Shards > 2 && r.change(func(x *trace.Scenario) { x.Sources[i].Shards-- }) {
		}
	}
}
