package generators

import (
	"maps"
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/trace"
)

// lessCalls is one round over a scenario with calls. What they are about stays as
// it is, unless nothing else can be done.
func (r *shrinker) lessCalls() {
	before := r.least
	r.drop(half, func(x *trace.Scenario) int { return len(x.Calls) }, func(x *trace.Scenario, from, to int) {
		x.Calls = slices.Delete(x.Calls, from, to)
	})
	r.sameMapping()
	r.withoutSources()
	simplify(r, queries, func(x *trace.Scenario, at query) {
		c := &x.Calls[at.call]
		c.Query = maps.Clone(c.Query)
		delete(c.Query, at.name)
	})
	r.lessBodies()
	r.lessRaw()
	for i := range r.least.Calls {
		r.span(func(x *trace.Scenario) float64 { return x.Calls[i].MS }, func(x *trace.Scenario, ms float64) { x.Calls[i].MS = ms })
	}
	if r.least == before {
		r.change(func(x *trace.Scenario) {
			for i := range x.Calls {
				x.Calls[i].About, x.Calls[i].Accept = "", false
			}
		})
	}
}

// query is a member of the query of a call.
type query struct {
	call int
	name string
}

func queries(x *trace.Scenario) (list []query) {
	for i := range x.Calls {
		for _, name := range slices.Sorted(maps.Keys(x.Calls[i].Query)) {
			list = append(list, query{i, name})
		}
	}
	return list
}

// sameMapping takes the first mapping for the others.
func (r *shrinker) sameMapping() {
	var names []string
	for i := range r.least.Calls {
		if m := r.least.Calls[i].Mapping; m != "" && !slices.Contains(names, m) {
			names = append(names, m)
		}
	}
	for _, name := range slices.Backward(names) {
		if name == names[0] {
			break
		}
		r.change(func(x *trace.Scenario) {
			rename := strings.NewReplacer("${"+name+"}", "${"+names[0]+"}")
			for i := range x.Calls {
				c := &x.Calls[i]
				if c.Mapping == name {
					c.Mapping = names[0]
				}
				renamed(c, rename)
			}
		})
	}
}

// renamed replaces what stands in the texts of a call.
func renamed(c *trace.CallStep, r *strings.Replacer) {
	c.UUID = r.Replace(c.UUID)
	if c.Query != nil {
		c.Query = maps.Clone(c.Query)
		for name, v := range c.Query {
			c.Query[name] = r.Replace(v)
		}
	}
	if c.Raw != nil {
		raw := *c.Raw
		raw.Path, raw.Query, raw.Body = r.Replace(raw.Path), r.Replace(raw.Query), r.Replace(raw.Body)
		c.Raw = &raw
	}
	if c.Body != nil {
		c.Body = eachText(c.Body, r.Replace).(map[string]any)
	}
}

// eachText is a value with other texts in it.
func eachText(v any, of func(string) string) any {
	switch v := v.(type) {
	case string:
		return of(v)
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = eachText(v[i], of)
		}
		return list
	case map[string]any:
		m := make(map[string]any, len(v))
		for name, x := range v {
			m[name] = eachText(x, of)
		}
		return m
	}
	return v
}

// lessRaw leaves out what requests as they are sent can do without.
func (r *shrinker) lessRaw() {
	for i := range r.least.Calls {
		for _, part := range []func(*trace.RawCall) *string{
			func(raw *trace.RawCall) *string { return &raw.Query },
			func(raw *trace.RawCall) *string { return &raw.Body },
		} {
			r.shorten(
				func(x *trace.Scenario) string {
					if x.Calls[i].Raw == nil {
						return ""
					}
					return *part(x.Calls[i].Raw)
				},
				func(x *trace.Scenario, text string) {
					raw := *x.Calls[i].Raw
					*part(&raw) = text
					x.Calls[i].Raw = &raw
				})
		}
	}
}

// shorten leaves out a text, or what it can of it from the end.
func (r *shrinker) shorten(is func(x *trace.Scenario) string, set func(x *trace.Scenario, text string)) {
	for keep := 0; keep < len(is(r.least)); {
		text := strings.ToValidUTF8(is(r.least)[:keep], "")
		if r.change(func(x *trace.Scenario) { set(x, text) }) {
			return // no less is enough
		}
		rest := len(is(r.least)) - keep
		keep += (rest + 1) / 2
	}
}
