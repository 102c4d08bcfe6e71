package pattern

import "fmt"

// Filters are the compiled FilterCriteria of a mapping. The zero value, and nil,
// select every record. They may be used by several goroutines at a time.
type Filters struct {
	filters []*object
}

// Compile reads the member FilterCriteria as it is on the wire:
// {"Filters": [{"Pattern": "JSON"}]}. Criteria that are nil or without filters
// select every record. It fails with an *Error at what no pattern may hold, an
// operator that neither Lambda nor EventBridge knows among it; what they know
// but Lambda's guide does not describe compiles, and is Unknown when matched.
//
// Encrypted criteria are shown as null by ListEventSourceMappings: there nil
// means that the filters are not known, and the caller must not compile it.
func Compile(criteria map[string]any) (*Filters, error) {
	list, ok := criteria["Filters"]
	if !ok || list == nil {
		return &Filters{}, nil
	}
	members, ok := list.([]any)
	if !ok {
		return nil, &Error{Filter: -1, Problem: fmt.Sprintf("Filters is %s, expected a list of {\"Pattern\": \"JSON\"}", kindOf(list))}
	}
	f := &Filters{}
	for i, member := range members {
		o, err := compileFilter(member)
		if err != nil {
			err.Filter = i
			return nil, err
		}
		f.filters = append(f.filters, o)
	}
	return f, nil
}

func compileFilter(member any) (*object, *Error) {
	filter, ok := member.(map[string]any)
	if !ok {
		return nil, problem("", "the filter is %s, expected an object with a Pattern", kindOf(member))
	}
	p, ok := filter["Pattern"]
	if !ok || p == nil {
		return &object{}, nil // the model allows a filter without a pattern, the guide does not say what it selects
	}
	text, ok := p.(string)
	if !ok {
		return nil, problem("", "the pattern is %s, expected a string that holds JSON: encode the pattern as text", kindOf(p))
	}
	decoded, valid := decode(text)
	if !valid {
		return nil, problem("", "%q is not valid JSON, expected one JSON object", shorten(text))
	}
	root, ok := decoded.(map[string]any)
	if !ok {
		return nil, problem("", "the pattern is %s, expected an object", kindOf(decoded))
	}
	return compileObject("", root)
}

// shorten keeps an error readable when a pattern is as long as it may be.
func shorten(s string) string {
	const most = 80
	if len(s) <= most {
		return s
	}
	return s[:most] + "…"
}

// Match says whether the filters select a record. The kind is that of its
// source in a trace: kinesis, kinesis-consumer, dynamodb, sqs, sqs-fifo or msk;
// of another kind nothing is known. The record is its JSON as a function would
// see it; numbers should be json.Number, because they are compared as written
// and a float64 has lost that (what then depends on it is Unknown).
func (f *Filters) Match(kind string, record map[string]any) Verdict {
	if f == nil || len(f.filters) == 0 {
		return Matches
	}
	s, ok := sources[kind]
	if !ok || record == nil {
		return Unknown
	}
	v := s.view(record)
	result := Differs
	for _, o := range f.filters {
		result = result.or(o.match(v.match))
	}
	// A wrong format is said to discard the record, and one filter that matches to
	// be enough: of a record to which both apply the guide says nothing.
	if result == Matches && v.mismatch {
		return Unknown
	}
	return result
}
