package control

import (
	"encoding/json"
	"reflect"
	"strconv"
)

// Kind is the JSON kind of a value.
type Kind uint8

// The kinds. Absent and Null differ on the wire; the API treats them alike.
const (
	Absent Kind = iota
	Null
	Bool
	Int      // a number written without fraction or exponent
	Fraction // any other number
	String
	Array
	Object
)

// Value is one JSON value, ready to be compared without allocation.
type Value struct {
	Kind Kind
	Int  int64  // Int; Bool as 0 or 1
	Str  string // String; the text of a Fraction
	Raw  any    // Array ([]any), Object (map[string]any)
}

// Missing reports whether the value is absent or null.
func (v *Value) Missing() bool { return v.Kind <= Null }

// Number returns the value of an Int or Fraction.
func (v *Value) Number() (f float64, ok bool) {
	switch v.Kind {
	case Int:
		return float64(v.Int), true
	case Fraction:
		f, err := strconv.ParseFloat(v.Str, 64)
		return f, err == nil
	}
	return 0, false
}

// ValueOf converts what encoding/json decodes (with UseNumber), and the plain
// Go values that programs write: bool, int, int64, float64, string, slices, maps.
func ValueOf(whole any) Value {
	switch x := whole.(type) {
	case nil:
		return Value{Kind: Null}
	case bool:
		v := Value{Kind: Bool}
		if x {
			v.Int = 1
		}
		return v
	case int:
		return Value{Kind: Int, Int: int64(x)}
	case int64:
		return Value{Kind: Int, Int: x}
	case float64:
		return numberValue(strconv.FormatFloat(x, 'f', -1, 64))
	case json.Number:
		return numberValue(string(x))
	case string:
		return Value{Kind: String, Str: x}
	case []any:
		return Value{Kind: Array, Raw: whole} // as it came, so that it is not boxed anew
	case []string:
		list := make([]any, len(x))
		for i, s := range x {
			list[i] = s
		}
		return Value{Kind: Array, Raw: list}
	case map[string]any:
		return Value{Kind: Object, Raw: x}
	}
	panic("control: no JSON value in a " + reflect.TypeOf(whole).String())
}

func numberValue(text string) Value {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return Value{Kind: Int, Int: n}
	}
	return Value{Kind: Fraction, Str: text}
}

// Interface is the value in the form that encoding/json writes.
func (v *Value) Interface() any {
	switch v.Kind {
	case Bool:
		return v.Int != 0
	case Int:
		return v.Int
	case Fraction:
		return json.Number(v.Str)
	case String:
		return v.Str
	case Array, Object:
		return v.Raw
	}
	return nil
}

// Text is the value as JSON, or "absent".
func (v *Value) Text() string {
	if v.Kind == Absent {
		return "absent"
	}
	b, err := json.Marshal(v.Interface())
	if err != nil {
		return "unprintable"
	}
	return string(b)
}

// Equal compares two values; numbers by value, so 1 equals 1.0.
func (v *Value) Equal(w *Value) bool {
	if v.Missing() && w.Missing() {
		return true
	}
	if v.Kind == w.Kind {
		switch v.Kind {
		case Bool, Int:
			return v.Int == w.Int
		case String:
			return v.Str == w.Str
		case Array, Object:
			return equalJSON(v.Raw, w.Raw)
		}
	}
	a, ok1 := v.Number()
	b, ok2 := w.Number()
	return ok1 && ok2 && a == b
}

func equalJSON(a, b any) bool {
	switch x := a.(type) {
	case []any:
		y, ok := b.([]any)
		if !ok || len(x) != len(y) {
			return false
		}
		for i := range x {
			if !equalJSON(x[i], y[i]) {
				return false
			}
		}
		return true
	case map[string]any:
		y, ok := b.(map[string]any)
		if !ok {
			return false
		}
		// A null member counts as absent, on either side.
		for k, v := range x {
			if v != nil && !equalJSON(v, y[k]) {
				return false
			}
		}
		for k, v := range y {
			if v != nil && x[k] == nil {
				return false
			}
		}
		return true
	}
	v, w := ValueOf(a), ValueOf(b)
	return v.Equal(&w)
}

// list returns the elements of an array of strings; ok is false when the value
// is not one.
func (v *Value) list() (items []any, ok bool) {
	items, ok = v.Raw.([]any)
	return items, ok && v.Kind == Array
}

// member returns a member of an object, Absent when there is none.
func (v *Value) member(name string) Value {
	m, ok := v.Raw.(map[string]any)
	if !ok {
		return Value{}
	}
	x, ok := m[name]
	if !ok {
		return Value{}
	}
	return ValueOf(x)
}

// holdsOnly reports whether an object has no members but these, each named once.
func (v *Value) holdsOnly(names ...string) bool {
	object, _ := v.Raw.(map[string]any)
	known := 0
	for _, name := range names {
		if _, ok := object[name]; ok {
			known++
		}
	}
	return known == len(object)
}

// Config is a JSON object with its known members in fixed places.
type Config struct {
	V     [numMembers]Value
	Other []string // names that no profile knows, null ones left out
}

// ConfigOf sorts the members of an object into places.
func ConfigOf(object map[string]any) (c Config) {
	for name, x := range object {
		m, ok := memberByName[name]
		if !ok {
			if x != nil {
				c.Other = append(c.Other, name)
			}
			continue
		}
		c.V[m] = ValueOf(x)
	}
	return c
}

// Has reports whether the member is there and not null.
func (c *Config) Has(m Member) bool { return !c.V[m].Missing() }

// present picks from a set the members that are there and not null.
func (c *Config) present(set Members) (s Members) {
	for m := range set.each {
		if c.Has(m) {
			s |= 1 << m
		}
	}
	return s
}

// Object is the configuration in the form that encoding/json writes, absent
// members left out.
func (c *Config) Object() map[string]any {
	o := map[string]any{}
	for m := range numMembers {
		if c.V[m].Kind != Absent {
			o[m.String()] = c.V[m].Interface()
		}
	}
	return o
}
