package pattern

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// operators are the content filters by name. Each is given its operand.
var operators = map[string]func(path string, operand any) (alternative, *Error){
	"prefix":             onText(strings.HasPrefix),
	"suffix":             onText(strings.HasSuffix),
	"equals-ignore-case": ignoreCase,
	"anything-but":       anythingBut,
	"numeric":            numeric,
	"exists":             exists,
	// EventBridge has these; Lambda's guide does not offer them.
	"cidr":     opaque,
	"wildcard": opaque,
}

func compileOperator(path string, source map[string]any) (alternative, *Error) {
	if len(source) != 1 {
		return alternative{}, problem(path, "an object with %d members, expected one operator: write an object for each", len(source))
	}
	for name, operand := range source {
		if compile, ok := operators[name]; ok {
			return compile(join(path, name), operand)
		}
		known := strings.Join(slices.Sorted(maps.Keys(operators)), ", ")
		return alternative{}, problem(path, "unknown operator %q, expected one of %s", name, known)
	}
	return alternative{}, nil
}

func opaque(string, any) (alternative, *Error) { return alternative{opaque: true}, nil }

// onText is for an operator that compares a string with its operand.
func onText(holds func(value, operand string) bool) func(string, any) (alternative, *Error) {
	return func(path string, operand any) (alternative, *Error) {
		want, ok := operand.(string)
		if !ok {
			return notText(path, operand)
		}
		return alternative{test: func(v any) Verdict {
			s, ok := v.(string)
			return verdictOf(ok && holds(s, want))
		}}, nil
	}
}

// notText lets an object pass as an operand, which EventBridge knows for prefix
// and suffix and Lambda's guide does not describe.
func notText(path string, operand any) (alternative, *Error) {
	if _, ok := operand.(map[string]any); ok {
		return opaque(path, operand)
	}
	return alternative{}, problem(path, "the operand is %s, expected a string", kindOf(operand))
}

func ignoreCase(path string, operand any) (alternative, *Error) {
	want, ok := operand.(string)
	if !ok {
		return alternative{}, problem(path, "the operand is %s, expected a string", kindOf(operand))
	}
	return alternative{test: func(v any) Verdict {
		s, ok := v.(string)
		switch {
		case !ok:
			return Differs
		case s == want:
			return Matches
		case !ascii(s) || !ascii(want):
			return Unknown // which letters are one letter outside ASCII is not written
		}
		return verdictOf(strings.EqualFold(s, want))
	}}, nil
}

func ascii(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

func anythingBut(path string, operand any) (alternative, *Error) {
	list, isList := operand.([]any)
	if !isList {
		list = []any{operand}
	}
	if len(list) == 0 {
		return alternative{}, problem(path, "no value, expected one or more strings or numbers")
	}
	a := alternative{negative: true}
	var not []any
	for _, v := range list {
		_, isNumber := numberOf(v)
		_, isString := v.(string)
		_, isObject := v.(map[string]any)
		switch {
		case isNumber || isString:
			not = append(not, v)
		case isObject && !isList, v == nil, v == true, v == false:
			a.opaque = true // a nested operator, a boolean, null: not in Lambda's guide
		default:
			return alternative{}, problem(path, "%s among the values, expected strings or numbers", kindOf(v))
		}
	}
	a.test = func(v any) Verdict {
		result := Matches
		for _, n := range not {
			result = result.and(isNot(v, n))
		}
		return result
	}
	return a, nil
}

// isNot is the reverse of equals, but for numbers that are one value in two
// spellings: the note on spelling speaks of equality.
func isNot(v, not any) Verdict {
	m, isNumber := numberOf(v)
	if n, ok := numberOf(not); ok {
		switch {
		case !isNumber:
			return Matches
		case m.text != "" && m.text == n.text:
			return Differs
		case m.value == n.value:
			return Unknown
		}
		return Matches
	}
	return verdictOf(isNumber || v != not)
}

func exists(path string, operand any) (alternative, *Error) {
	switch operand {
	case true:
		return alternative{exists: present}, nil
	case false:
		return alternative{exists: absent}, nil
	}
	return alternative{}, problem(path, "the operand is %s, expected true or false", kindOf(operand))
}
