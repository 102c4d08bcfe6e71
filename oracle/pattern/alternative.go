package pattern

import "strconv"

// alternative is one element of an array in a pattern.
type alternative struct {
	exists   existence
	opaque   bool // Lambda's guide does not describe it
	negative bool // it holds for what it does not name
	exact    bool // it is a string
	test     func(scalar any) Verdict
}

// existence is what an alternative demands of a member's presence alone.
type existence uint8

const (
	either existence = iota
	present
	absent
)

func compileAlternatives(path string, list []any) ([]alternative, *Error) {
	out := make([]alternative, 0, len(list))
	for i, v := range list {
		a, err := compileAlternative(path+"["+strconv.Itoa(i)+"]", v)
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}

func compileAlternative(path string, v any) (alternative, *Error) {
	switch v := v.(type) {
	case map[string]any:
		return compileOperator(path, v)
	case []any:
		return alternative{}, problem(path, "an array in an array, expected a value or an operator")
	}
	_, exact := v.(string)
	return alternative{test: equals(v), exact: exact}, nil
}

// equals compares exactly: strings with regard to case, numbers as written.
func equals(want any) func(any) Verdict {
	n, isNumber := numberOf(want)
	return func(v any) Verdict {
		if isNumber {
			m, ok := numberOf(v)
			if !ok {
				return Differs
			}
			return m.asWritten(n)
		}
		if _, ok := numberOf(v); ok {
			return Differs
		}
		return verdictOf(v == want)
	}
}

// anyOf is the verdict on a member for which one alternative is enough. The
// guide does not describe an empty array.
func anyOf(list []alternative, v any) Verdict {
	if len(list) == 0 {
		return Unknown
	}
	result := Differs
	for i := range list {
		result = result.or(list[i].match(v))
	}
	return result
}

func (a *alternative) match(v any) Verdict {
	switch v := v.(type) {
	case undecided:
		return Unknown
	case missing: // all fields of a pattern must be there, unless it asks for their absence
		return verdictOf(a.exists == absent)
	case map[string]any:
		return a.matchObject()
	case []any:
		return a.matchArray(v)
	}
	switch {
	case kindOf(v) == "no JSON value", a.opaque:
		return Unknown
	case a.exists != either:
		return verdictOf(a.exists == present)
	}
	return a.test(v)
}

// matchObject is for a member that is no leaf. Exists looks at leaves only, so
// that such a member counts as absent: {"exists": false} was recorded to match
// one that is there.
func (a *alternative) matchObject() Verdict {
	if a.opaque || a.negative {
		return Unknown
	}
	return verdictOf(a.exists == absent)
}

// matchArray is for an array in a record. EventBridge takes any element that
// matches as enough; Lambda's guide does not say so. That none matches decides
// under either reading.
func (a *alternative) matchArray(elements []any) Verdict {
	if a.opaque || a.negative || a.exists != either {
		return Unknown
	}
	for _, e := range elements {
		if a.match(e) != Differs {
			return Unknown
		}
	}
	return Differs
}
