package mutant

import (
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Lists: filters, pages, and the form of what is listed.

// entries changes what a page holds.
func entries(change func(r *control.Request, list []any) []any) answering {
	return func(r *control.Request, a *control.Reply) {
		if succeeded(r, a, trace.List) {
			a.Body["EventSourceMappings"] = change(r, a.Body["EventSourceMappings"].([]any))
		}
	}
}

func keep(list []any, ok func(configuration) bool) []any {
	kept := []any{}
	for _, e := range list {
		if ok(e.(configuration)) {
			kept = append(kept, e)
		}
	}
	return kept
}

func hasSuffix(x any, suffix string) bool {
	s, _ := x.(string)
	return strings.HasSuffix(s, suffix)
}

// asks changes a List before it is looked at.
func asks(name, fault string, change func(r *control.Request, source, function, marker, max *control.Value), breaks ...*rule.Rule) {
	hooked(name, fault, control.Hooks{Request: func(r *control.Request) {
		if r.Op == trace.List {
			q := &r.Query
			change(r, &q[control.QuerySource], &q[control.QueryFunction], &q[control.QueryMarker], &q[control.QueryMaxItems])
		}
	}}, breaks...)
}

func holds(name, fault string, change func(r *control.Request, list []any) []any, breaks ...*rule.Rule) {
	hooked(name, fault, control.Hooks{Answer: entries(change)}, breaks...)
}

func filtered(r *control.Request) bool {
	return r.Query[control.QuerySource].Str != "" || r.Query[control.QueryFunction].Str != ""
}

func both(r *control.Request) bool {
	return r.Query[control.QuerySource].Str != "" && r.Query[control.QueryFunction].Str != ""
}

// pages adds a mutant that changes a page and what it says of the next; last is
// the last entry of the page before.
func pages(name, fault string, change func(r *control.Request, body configuration, last any), breaks ...*rule.Rule) {
	minded(name, fault, func() control.Hooks {
		last := map[string]any{}
		return control.Hooks{Answer: func(r *control.Request, a *control.Reply) {
			if !succeeded(r, a, trace.List) {
				return
			}
			list := a.Body["EventSourceMappings"].([]any)
			if next, ok := a.Body["NextMarker"].(string); ok && len(list) > 0 {
				last[next] = list[len(list)-1]
			}
			change(r, a.Body, last[r.Query[control.QueryMarker].Str])
		}}
	}, breaks...)
}

func init() {
	none := control.Value{}

	// Filters.
	asks("list-ignores-source", "ignores the filter EventSourceArn", func(_ *control.Request, source, _, _, _ *control.Value) { *source = none }, rule.ListFilterEventSource)
	asks("list-ignores-function", "ignores the filter FunctionName", func(_ *control.Request, _, function, _, _ *control.Value) { *function = none }, rule.ListFilterFunction)
	asks("list-ignores-function-arn", "ignores a FunctionName that is an ARN", func(_ *control.Request, _, function, _, _ *control.Value) {
		if strings.HasPrefix(function.Str, "arn:") {
			*function = none
		}
	}, rule.ListFilterFunctionForms)
	for _, v := range []struct {
		name, fault string
		is          func(string) bool
	}{
		{"arn", "finds nothing by a function's ARN", func(s string) bool { return strings.HasPrefix(s, "arn:") }},
		{"partial", "finds nothing by a partial ARN", func(s string) bool { return strings.Contains(s, ":") && !strings.HasPrefix(s, "arn:") }},
	} {
		holds("list-not-by-"+v.name, v.fault, func(r *control.Request, list []any) []any {
			if v.is(r.Query[control.QueryFunction].Str) {
				return []any{}
			}
			return list
		}, rule.ListFilterFunctionForms)
	}
	asks("list-function-before-source", "ignores EventSourceArn beside FunctionName", func(r *control.Request, source, _, _, _ *control.Value) {
		if both(r) {
			*source = none
		}
	}, rule.ListFiltersCombine)
	asks("list-source-before-function", "ignores FunctionName beside EventSourceArn", func(r *control.Request, _, function, _, _ *control.Value) {
		if both(r) {
			*function = none
		}
	}, rule.ListFiltersCombine)
	asks("list-both-is-none", "ignores both filters when both are given", func(r *control.Request, source, function, _, _ *control.Value) {
		if both(r) {
			*source, *function = none, none
		}
	}, rule.ListFiltersCombine)
	holds("list-both-finds-nothing", "finds nothing by two filters", func(r *control.Request, list []any) []any {
		if both(r) {
			return []any{}
		}
		return list
	}, rule.ListFiltersCombine)
	one := func(name, fault string, r *rule.Rule, when func(*control.Request) bool) {
		holds(name+"-first-only", fault+" only the first match", func(r *control.Request, list []any) []any {
			if when(r) {
				return list[:min(1, len(list))]
			}
			return list
		}, r)
		holds(name+"-not-first", fault+" all but the first match", func(r *control.Request, list []any) []any {
			if when(r) && len(list) > 0 {
				return list[1:]
			}
			return list
		}, r)
		holds(name+"-nothing", fault+" nothing", func(r *control.Request, list []any) []any {
			if when(r) {
				return []any{}
			}
			return list
		}, r)
	}
	one("list-source", "lists of a source", rule.ListFilterEventSource, func(r *control.Request) bool { return r.Query[control.QuerySource].Str != "" })
	one("list-function", "lists of a function", rule.ListFilterFunction, func(r *control.Request) bool { return r.Query[control.QueryFunction].Str != "" })
	one("list-all", "lists without a filter", rule.ListNoFilter, func(r *control.Request) bool { return !filtered(r) })
	holds("list-last-function", "lists without a filter the mappings of the last function only", func(r *control.Request, list []any) []any {
		if filtered(r) || len(list) == 0 {
			return list
		}
		last := list[len(list)-1].(configuration)["FunctionArn"]
		return keep(list, func(c configuration) bool { return c["FunctionArn"] == last })
	}, rule.ListNoFilter)
	asks("list-unknown-function-is-all", "lists all mappings for a function that is not there", func(_ *control.Request, _, function, _, _ *control.Value) {
		if strings.Contains(function.Str, "no-such") {
			*function = none
		}
	}, rule.ListUnknownFunction)
	hooked("list-query-names", "reads the query of a List under names of its own", control.Hooks{Wire: func(w *control.Wire) {
		if w.Method == "GET" {
			w.Query = ""
		}
	}}, rule.ListQueryNames)

	// The form of a list.
	for _, to := range []string{"eventSourceMappings", "Mappings", "Items", "EventSourceMappingsList"} {
		body("list-as-"+kebab(to), "lists under the name "+to, func(b configuration) {
			b[to] = b["EventSourceMappings"]
			delete(b, "EventSourceMappings")
		}, rule.ListResponseMembers)
	}
	body("list-empty-null", "writes an empty list as null", func(b configuration) {
		if len(b["EventSourceMappings"].([]any)) == 0 {
			b["EventSourceMappings"] = nil
		}
	}, rule.ListResponseMembers)
	body("list-empty-missing", "leaves an empty list out", func(b configuration) {
		if len(b["EventSourceMappings"].([]any)) == 0 {
			delete(b, "EventSourceMappings")
		}
	}, rule.ListResponseMembers)
	body("list-single", "writes a list of one as the one", func(b configuration) {
		if list := b["EventSourceMappings"].([]any); len(list) == 1 {
			b["EventSourceMappings"] = list[0]
		}
	}, rule.ListResponseMembers)
	body("list-by-uuid", "writes a list as an object with the UUIDs for names", func(b configuration) {
		named := configuration{}
		for _, e := range b["EventSourceMappings"].([]any) {
			named[e.(configuration)["UUID"].(string)] = e
		}
		b["EventSourceMappings"] = named
	}, rule.ListResponseMembers)
	for _, next := range []shownMember{{"number", 2}, {"object", configuration{"UUID": "x"}}, {"false", false}, {"array", []any{}}} {
		body("next-marker-"+next.name, "writes the last NextMarker as "+control.JSON(next.value), func(b configuration) {
			if b["NextMarker"] == nil {
				b["NextMarker"] = next.value
			}
		}, rule.ListResponseMembers)
	}
	show("list-default-batch-size", "lists the default BatchSize whatever it is", func(c configuration) { c["BatchSize"] = 17 },
		[]trace.Operation{trace.List}, rule.ListEntriesAreConfigurations)
	holds("list-bare-entries", "lists UUID, source and function of a mapping only", func(r *control.Request, list []any) []any {
		for i, e := range list {
			c := e.(configuration)
			list[i] = configuration{"UUID": c["UUID"], "EventSourceArn": c["EventSourceArn"], "FunctionArn": c["FunctionArn"]}
		}
		return list
	}, rule.RespState)
	because("list-bare-entries", "every other member is missing just so")
	minded("list-stale", "lists settings as they were when the mapping was created", func() control.Hooks {
		first := map[any]configuration{}
		return control.Hooks{Answer: func(r *control.Request, a *control.Reply) {
			shown(func(c configuration) {
				if first[c["UUID"]] == nil {
					first[c["UUID"]] = configuration{"BatchSize": int64(2) + c["BatchSize"].(int64)}
				}
				if r.Op == trace.List {
					c["BatchSize"] = first[c["UUID"]]["BatchSize"]
				}
			})(r, a)
		}}
	}, rule.ListEntriesAreConfigurations)

	// Pages.
	asks("list-ignores-max-items", "ignores MaxItems", func(_ *control.Request, _, _, _, most *control.Value) { *most = none }, rule.ListMaxitemsBoundsPage)
	asks("list-one-more", "lists one mapping more than MaxItems", func(_ *control.Request, _, _, _, most *control.Value) {
		if most.Str == "2" {
			most.Str = "3"
		}
	}, rule.ListMaxitemsBoundsPage)
	asks("list-least-ten", "lists ten mappings at least", func(_ *control.Request, _, _, _, most *control.Value) {
		if len(most.Str) == 1 && most.Str != "0" {
			most.Str = "10"
		}
	}, rule.ListMaxitemsBoundsPage)
	hooked("list-page-of-1000", "lists as many mappings on a page as MaxItems asks for", control.Hooks{
		Overlook: func(_ *control.Request, heeded *rule.Rule) bool { return heeded == rule.ListPageCap100 }}, rule.ListPageCap100)
	hooked("list-takes-max-items-0", "takes a MaxItems of 0", control.Hooks{
		Overlook: func(_ *control.Request, heeded *rule.Rule) bool { return heeded == rule.ListMaxitemsMin }}, rule.ListMaxitemsMin)
	hooked("list-takes-max-items-10001", "takes a MaxItems above 10,000", control.Hooks{
		Overlook: func(_ *control.Request, heeded *rule.Rule) bool { return heeded == rule.ListMaxitemsMax }}, rule.ListMaxitemsMax)
	hooked("list-takes-any-marker", "begins anew after a marker that it never gave", control.Hooks{
		Overlook: func(_ *control.Request, heeded *rule.Rule) bool { return heeded == rule.ListMarkerInvalid }}, rule.ListMarkerInvalid)
	minded("list-empty-after-strange-marker", "lists nothing after a marker that it never gave", func() control.Hooks {
		strange := false
		return control.Hooks{Overlook: func(_ *control.Request, heeded *rule.Rule) bool {
			strange = heeded == rule.ListMarkerInvalid
			return strange
		}, Answer: entries(func(_ *control.Request, list []any) []any {
			if strange {
				list, strange = []any{}, false
			}
			return list
		})}
	}, rule.ListMarkerInvalid)
	body("list-no-next-marker", "gives no NextMarker", func(b configuration) { delete(b, "NextMarker") }, rule.ListNextmarkerWhenMore)
	body("list-next-marker-null", "gives null for a NextMarker", func(b configuration) { b["NextMarker"] = nil }, rule.ListNextmarkerWhenMore)
	body("list-next-marker-empty", "gives an empty NextMarker", func(b configuration) { b["NextMarker"] = "" }, rule.ListNextmarkerWhenMore)
	body("list-next-token", "gives a NextToken in place of NextMarker", func(b configuration) {
		if next := b["NextMarker"]; next != nil {
			b["NextToken"] = next
			delete(b, "NextMarker")
		}
	}, rule.ListNextmarkerWhenMore)
	pages("list-repeats-last", "begins a page with the last entry of the one before", func(_ *control.Request, b configuration, last any) {
		if list := b["EventSourceMappings"].([]any); last != nil && len(list) == 2 {
			b["EventSourceMappings"] = []any{last, list[0]}
		} else if last != nil {
			b["EventSourceMappings"] = append([]any{last}, list...)
		}
	}, rule.ListMarkerContinues)
	pages("list-skips-one", "skips an entry between two pages", func(_ *control.Request, b configuration, last any) {
		if list := b["EventSourceMappings"].([]any); last != nil && len(list) > 0 {
			b["EventSourceMappings"] = list[1:]
		}
	}, rule.ListMarkerContinues)
	pages("list-last-page-empty", "lists nothing on the last page", func(_ *control.Request, b configuration, last any) {
		if last != nil && b["NextMarker"] == nil {
			b["EventSourceMappings"] = []any{}
		}
	}, rule.ListMarkerContinues)
	pages("list-two-pages-only", "ends a list after the second page", func(_ *control.Request, b configuration, last any) {
		if last != nil {
			delete(b, "NextMarker")
		}
	}, rule.ListMarkerContinues)
	pages("list-same-page", "repeats the last page", func(r *control.Request, b configuration, last any) {
		if list := b["EventSourceMappings"].([]any); last != nil && b["NextMarker"] == nil {
			b["EventSourceMappings"] = slices.Concat([]any{last}, list)
		}
	}, rule.ListMarkerContinues)
	minded("list-starts-over", "begins anew after the first marker", func() control.Hooks {
		over := false
		return control.Hooks{Request: func(r *control.Request) {
			if marker := &r.Query[control.QueryMarker]; r.Op == trace.List && marker.Str != "" && !over {
				*marker, over = none, true
			}
		}}
	}, rule.ListMarkerContinues)
}

// body adds a mutant that changes the body of a List.
func body(name, fault string, change func(configuration), breaks ...*rule.Rule) {
	hooked(name, fault, control.Hooks{Answer: func(r *control.Request, a *control.Reply) {
		// Whoever gets no list at all takes the target for no Lambda, and stops.
		if succeeded(r, a, trace.List) && (filtered(r) || r.Query[control.QueryMarker].Str != "") {
			change(a.Body)
		}
	}}, breaks...)
}
