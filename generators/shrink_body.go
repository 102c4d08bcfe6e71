package generators

import (
	"maps"
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/trace"
)

// place is a value in the body of a call: the names and indices that lead to it.
type place struct {
	call int
	path []any
}

// lessBodies leaves out members and elements of bodies, and brings what is left to
// simple values.
func (r *shrinker) lessBodies() {
	simplify(r, func(x *trace.Scenario) []place {
		return places(x, func(p place, _ any) bool { return len(p.path) == 1 })
	}, remove)
	simplify(r, func(x *trace.Scenario) []place {
		return places(x, func(p place, _ any) bool { return len(p.path) > 1 })
	}, remove)
	for _, p := range places(r.least, func(_ place, v any) bool { return whole(v) > 1 || whole(v) < 0 }) {
		for _, n := range []int{0, 1} {
			if r.change(func(x *trace.Scenario) { put(x, p, n) }) {
				break
			}
		}
	}
	texts := places(r.least, func(_ place, v any) bool {
		s, ok := v.(string)
		return ok && s != "" && !strings.Contains(s, "${")
	})
	for _, p := range texts {
		r.shorten(
			func(x *trace.Scenario) string { s, _ := valueAt(x.Calls[p.call].Body, p.path).(string); return s },
			func(x *trace.Scenario, text string) { put(x, p, text) })
	}
}

// places lists what stands in the bodies of calls, the outer before the inner.
func places(x *trace.Scenario, which func(p place, v any) bool) (list []place) {
	for i := range x.Calls {
		var walk func(path []any, v any)
		walk = func(path []any, v any) {
			if p := (place{i, slices.Clone(path)}); len(path) > 0 && which(p, v) {
				list = append(list, p)
			}
			switch v := v.(type) {
			case map[string]any:
				for _, name := range slices.Sorted(maps.Keys(v)) {
					walk(append(slices.Clone(path), name), v[name])
				}
			case []any:
				for n := range v {
					walk(append(slices.Clone(path), n), v[n])
				}
			}
		}
		walk(nil, x.Calls[i].Body)
	}
	return list
}

func valueAt(v any, path []any) any {
	for _, p := range path {
		switch in := v.(type) {
		case map[string]any:
			name, _ := p.(string)
			v = in[name]
		case []any:
			n, _ := p.(int)
			if n >= len(in) {
				return nil
			}
			v = in[n]
		default:
			return nil
		}
	}
	return v
}

// remove leaves a value out, and put gives a place another value.
func remove(x *trace.Scenario, p place) { edit(x, p, nil, true) }

func put(x *trace.Scenario, p place, v any) { edit(x, p, v, false) }

func edit(x *trace.Scenario, p place, to any, out bool) {
	c := &x.Calls[p.call]
	c.Body, _ = edited(c.Body, p.path, to, out).(map[string]any)
}

// edited is a value with another one at a path, or with none. What is not on the
// path is shared.
func edited(v any, path []any, to any, out bool) any {
	last := len(path) == 1
	switch v := v.(type) {
	case map[string]any:
		name, _ := path[0].(string)
		v = maps.Clone(v)
		switch {
		case last && out:
			delete(v, name)
		case last:
			v[name] = to
		default:
			v[name] = edited(v[name], path[1:], to, out)
		}
		return v
	case []any:
		n, _ := path[0].(int)
		v = slices.Clone(v)
		switch {
		case n >= len(v):
		case last && out:
			v = slices.Delete(v, n, n+1)
		case last:
			v[n] = to
		default:
			v[n] = edited(v[n], path[1:], to, out)
		}
		return v
	}
	return v
}
