package pattern

import (
	"encoding/json"
	"io"
	"strings"
)

// decode reads one JSON value and nothing after it, with numbers as written.
func decode(text string) (any, bool) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, false
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, false
	}
	return v, true
}

// Values that stand where a record has none.
type (
	// missing is where a record has no such member.
	missing struct{}
	// undecided is where the guide does not say what a pattern would be given.
	undecided struct{}
)

// member is what a pattern finds under a name.
func member(v any, name string) any {
	switch v := v.(type) {
	case map[string]any:
		if m, ok := v[name]; ok {
			return m
		}
	case []any, undecided: // the guide does not say how patterns go through arrays
		return undecided{}
	}
	return missing{}
}

// kindOf names a JSON value's type for an error.
func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case string:
		return "a string"
	case bool:
		return "a boolean"
	case map[string]any:
		return "an object"
	case []any:
		return "an array"
	}
	if _, ok := numberOf(v); ok {
		return "a number"
	}
	return "no JSON value"
}
