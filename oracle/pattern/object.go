package pattern

import (
	"maps"
	"slices"
	"strconv"
)

// object is a pattern, or a part of one: every field and every $or must hold.
// Without any of them it is Unknown: the guide does not describe it.
type object struct {
	fields []*field
	ors    [][]*object
	opaque bool // it holds something that the guide does not describe
}

// field is what a pattern demands of one member: either of what is in it, or of
// the member itself.
type field struct {
	name         string
	inside       *object
	alternatives []alternative
}

func compileObject(path string, source map[string]any) (*object, *Error) {
	o := &object{}
	for _, name := range slices.Sorted(maps.Keys(source)) {
		at := join(path, name)
		if name == "$or" {
			if err := o.compileOr(at, source[name]); err != nil {
				return nil, err
			}
			continue
		}
		f := &field{name: name}
		var err *Error
		switch v := source[name].(type) {
		case map[string]any:
			f.inside, err = compileObject(at, v)
		case []any:
			f.alternatives, err = compileAlternatives(at, v)
		default:
			err = problem(at, "the value is %s, expected an array of alternatives or an object: write [value]", kindOf(v))
		}
		if err != nil {
			return nil, err
		}
		o.fields = append(o.fields, f)
	}
	return o, nil
}

func (o *object) compileOr(path string, v any) *Error {
	list, ok := v.([]any)
	if !ok {
		return problem(path, "$or is %s, expected an array of patterns", kindOf(v))
	}
	var or []*object
	for i, v := range list {
		at := path + "[" + strconv.Itoa(i) + "]"
		source, ok := v.(map[string]any)
		if !ok {
			return problem(at, "%s, expected a pattern: $or takes objects such as {\"field\": [\"value\"]}", kindOf(v))
		}
		alternative, err := compileObject(at, source)
		if err != nil {
			return err
		}
		or = append(or, alternative)
	}
	if len(or) < 2 { // EventBridge wants two; the guide shows no fewer
		o.opaque = true
	}
	o.ors = append(o.ors, or)
	return nil
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// match is the verdict on all that the object demands, of which at judges one
// field. Everything is looked at, so that a wrong format is always noticed.
func (o *object) match(at func(*field) Verdict) Verdict {
	result := Matches
	if o.opaque || len(o.fields)+len(o.ors) == 0 {
		result = Unknown
	}
	for _, f := range o.fields {
		result = result.and(at(f))
	}
	for _, or := range o.ors {
		one := Differs
		if len(or) == 0 {
			one = Unknown
		}
		for _, alternative := range or {
			one = one.or(alternative.match(at))
		}
		result = result.and(one)
	}
	return result
}

// within is the verdict on a value, an object as a rule.
func (o *object) within(v any) Verdict {
	return o.match(func(f *field) Verdict { return f.match(member(v, f.name)) })
}

func (f *field) match(v any) Verdict {
	if f.inside != nil {
		return f.inside.within(v)
	}
	return anyOf(f.alternatives, v)
}
