package pattern

// comparisons are the relations of the operator numeric.
var comparisons = map[string]func(value, bound float64) bool{
	"=":  func(v, b float64) bool { return v == b },
	"<":  func(v, b float64) bool { return v < b },
	"<=": func(v, b float64) bool { return v <= b },
	">":  func(v, b float64) bool { return v > b },
	">=": func(v, b float64) bool { return v >= b },
}

// numeric compiles [relation, number] and the range [lower, number, upper,
// number]. It holds for numbers only: a string of digits, as DynamoDB has them,
// was recorded to differ.
func numeric(path string, operand any) (alternative, *Error) {
	list, ok := operand.([]any)
	if !ok {
		return alternative{}, problem(path, "the operand is %s, expected an array such as [\">\", 0, \"<=\", 5]", kindOf(operand))
	}
	if len(list) != 2 && len(list) != 4 {
		return alternative{}, problem(path, "%d elements, expected 2 or 4: one or two pairs of relation and number", len(list))
	}
	var relations []string
	var bounds []number
	for i := 0; i < len(list); i += 2 {
		relation, _ := list[i].(string)
		if _, ok := comparisons[relation]; !ok {
			return alternative{}, problem(path, "%v is no relation, expected one of =, <, <=, >, >=", list[i])
		}
		bound, ok := numberOf(list[i+1])
		if !ok {
			return alternative{}, problem(path, "%s after %q, expected a number", kindOf(list[i+1]), relation)
		}
		relations, bounds = append(relations, relation), append(bounds, bound)
	}
	if !describedRange(relations, bounds) {
		return alternative{opaque: true}, nil
	}
	return alternative{test: func(v any) Verdict {
		n, ok := numberOf(v)
		if !ok {
			return Differs
		}
		result := Matches
		for i, relation := range relations {
			one := Unknown
			if n.sure && bounds[i].sure {
				one = verdictOf(comparisons[relation](n.value, bounds[i].value))
			}
			result = result.and(one)
		}
		return result
	}}, nil
}

// describedRange says whether the guide describes such a comparison: a range
// goes from a lower bound to a higher one.
func describedRange(relations []string, bounds []number) bool {
	if len(relations) < 2 {
		return true
	}
	return relations[0][0] == '>' && relations[1][0] == '<' && bounds[0].value < bounds[1].value
}
