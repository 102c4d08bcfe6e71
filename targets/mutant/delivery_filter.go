package mutant

import (
	"encoding/json"
	"strings"

	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/pattern"
	"github.com/esmconform/esmconform/oracle/rule"
)

// Filters: what they let through.

// lets says what filters let through.
type lets func(criteria map[string]any, kind string, record map[string]any) bool

// sifts is a mutant with filters of its own.
func sifts(name, fault string, r *rule.Rule, f lets, others string) (done struct{}) {
	add(Mutant{Name: name, Fault: fault, Breaks: []*rule.Rule{r}, Others: others, Delivery: func() delivery.Faults { return delivery.Faults{Match: f} }})
	return done
}

// right is what filters must let through.
func right(criteria map[string]any, kind string, record map[string]any) bool {
	return delivery.MachineFilter(criteria, kind, record)
}

// each lists the filters as criteria of their own.
func each(criteria map[string]any) (list []map[string]any) {
	all, _ := criteria["Filters"].([]any)
	for _, f := range all {
		list = append(list, map[string]any{"Filters": []any{f}})
	}
	return list
}

// read changes the patterns before they are taken, as text.
func read(change func(pattern string) string) lets {
	return func(criteria map[string]any, kind string, record map[string]any) bool {
		var list []any
		for _, one := range each(criteria) {
			f, _ := one["Filters"].([]any)[0].(map[string]any)
			text, _ := f["Pattern"].(string)
			list = append(list, map[string]any{"Pattern": change(text)})
		}
		return right(map[string]any{"Filters": list}, kind, record)
	}
}

// eachValue changes every list of values in a pattern.
func eachValue(change func(list []any) []any) func(string) string {
	var walk func(v any) any
	walk = func(v any) any {
		switch v := v.(type) {
		case map[string]any:
			for name, x := range v {
				v[name] = walk(x)
			}
			return v
		case []any:
			return change(v)
		}
		return v
	}
	return func(pattern string) string {
		var v any
		if json.Unmarshal([]byte(pattern), &v) != nil {
			return pattern
		}
		text, err := json.Marshal(walk(v))
		if err != nil {
			return pattern
		}
		return string(text)
	}
}

// by takes an operator in the place of a comparison with text.
func by(operator string) lets {
	return read(eachValue(func(list []any) []any {
		for i, x := range list {
			if s, ok := x.(string); ok {
				list[i] = map[string]any{operator: s}
			}
		}
		return list
	}))
}

// mismatched lets through what right does, and a record whose payload is not of
// the form that the filters ask for.
func mismatched(criteria map[string]any, kind string, record map[string]any) bool {
	f, err := pattern.Compile(criteria)
	return err != nil || right(criteria, kind, record) || f.Fails(kind, record) == pattern.Format
}

var (
	_ = sifts("filters-ignored", "delivers every record in spite of filters", rule.FilterCriteriaSupported,
		func(map[string]any, string, map[string]any) bool { return true }, "")
	_ = sifts("filters-reversed", "delivers the records that filters do not let through", rule.FilterCriteriaSupported,
		func(criteria map[string]any, kind string, record map[string]any) bool {
			return !right(criteria, kind, record)
		},
		"what a record fails may be one of several demands, and what is let through is lost")
	_ = sifts("filters-first-only", "looks at the first of several filters only", rule.FilterOr,
		func(criteria map[string]any, kind string, record map[string]any) bool {
			return right(each(criteria)[0], kind, record)
		}, "what is left out is not delivered at all, or in another order")
	_ = sifts("filters-last-only", "looks at the last of several filters only", rule.FilterOr,
		func(criteria map[string]any, kind string, record map[string]any) bool {
			list := each(criteria)
			return right(list[len(list)-1], kind, record)
		}, "what is left out is not delivered at all, or in another order")
	_ = sifts("filters-all-needed", "wants a record to match all of several filters", rule.FilterOr,
		func(criteria map[string]any, kind string, record map[string]any) bool {
			for _, one := range each(criteria) {
				if !right(one, kind, record) {
					return false
				}
			}
			return true
		}, "what is left out is not delivered at all, or in another order")
	_ = sifts("filter-of-a-missing-field", "takes a missing field for one that matches", rule.FilterAllFieldsPresent,
		read(eachValue(func(list []any) []any { return append(list, map[string]any{"exists": false}) })), "")
	_ = sifts("filter-ignores-numbers", "does not look at the numbers in a filter", rule.FilterAllFieldsPresent,
		read(eachValue(func(list []any) []any {
			if _, number := list[0].(float64); number {
				return append(list, map[string]any{"exists": true}, map[string]any{"exists": false})
			}
			return list
		})), "")
	_ = sifts("filter-ignores-case", "compares text without regard to case", rule.FilterStringExact, by("equals-ignore-case"), "")
	_ = sifts("filter-by-prefix", "takes text that begins with the value of a filter for the value", rule.FilterStringExact, by("prefix"), "")
	_ = sifts("filter-passes-what-is-no-json", "delivers a record whose data is no JSON though a filter looks into it", rule.FilterNonjsonDataDropped, mismatched, "")
	_ = sifts("filter-passes-another-format", "delivers a message whose body is text to a filter on JSON, or JSON to one on text", rule.FilterSQSFormatMismatch, mismatched, "")
	_ = sifts("filter-compares-json-as-text", "compares a filter on text with a body of JSON", rule.FilterSQSFormatMismatch,
		func(criteria map[string]any, kind string, record map[string]any) bool {
			body, _ := record["body"].(string)
			return right(criteria, kind, record) || strings.HasPrefix(body, "{") && mismatched(criteria, kind, record)
		}, "")
)
