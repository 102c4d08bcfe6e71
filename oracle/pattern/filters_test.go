package pattern

import (
	"errors"
	"strings"
	"testing"
)

func TestNoFiltersSelectEverything(t *testing.T) {
	for name, c := range map[string]map[string]any{"nil": nil, "empty": {}, "null": {"Filters": nil}, "no filters": {"Filters": []any{}}} {
		f, err := Compile(c)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := f.Match("sqs", nil); got != Matches {
			t.Errorf("%s: %s, want Matches", name, got)
		}
	}
	var none *Filters
	if got := none.Match("kinesis", nil); got != Matches {
		t.Errorf("nil Filters: %s, want Matches", got)
	}
}

func TestFilterWithoutPattern(t *testing.T) {
	f, err := Compile(map[string]any{"Filters": []any{map[string]any{}}})
	if err != nil {
		t.Fatal(err)
	}
	if got := f.Match("sqs", sqsRecord("x")); got != Unknown {
		t.Errorf("%s, want Unknown", got)
	}
}

// Each error says where, and what is wrong.
func TestErrors(t *testing.T) {
	for pattern, want := range map[string]struct{ path, says string }{
		``:                                        {"", "not valid JSON"},
		`{"body":`:                                {"", "not valid JSON"},
		`["a"]`:                                   {"", "an array, expected an object"},
		`{"body":"a"}`:                            {"body", "a string, expected an array"},
		`{"body":{"k":5}}`:                        {"body.k", "a number, expected an array"},
		`{"body":{"k":[["a"]]}}`:                  {"body.k[0]", "array in an array"},
		`{"body":{"k":["a",{"like":1}]}}`:         {"body.k[1]", `unknown operator "like"`},
		`{"a":[{"prefix":"a","suffix":"b"}]}`:     {"a[0]", "expected one operator"},
		`{"a":[{}]}`:                              {"a[0]", "expected one operator"},
		`{"a":[{"prefix":1}]}`:                    {"a[0].prefix", "expected a string"},
		`{"a":[{"equals-ignore-case":["x"]}]}`:    {"a[0].equals-ignore-case", "expected a string"},
		`{"a":[{"exists":"true"}]}`:               {"a[0].exists", "expected true or false"},
		`{"a":[{"numeric":5}]}`:                   {"a[0].numeric", "expected an array"},
		`{"a":[{"numeric":[">"]}]}`:               {"a[0].numeric", "expected 2 or 4"},
		`{"a":[{"numeric":["!=",1]}]}`:            {"a[0].numeric", "no relation"},
		`{"a":[{"numeric":[">","1"]}]}`:           {"a[0].numeric", "expected a number"},
		`{"a":[{"anything-but":[]}]}`:             {"a[0].anything-but", "no value"},
		`{"a":[{"anything-but":[["x"]]}]}`:        {"a[0].anything-but", "an array among the values"},
		`{"$or":{"a":["x"]}}`:                     {"$or", "expected an array"},
		`{"$or":["a","b"]}`:                       {"$or[0]", "expected a pattern"},
		`{"$or":[{"a":["x"]},{"b":[{"no":[]}]}]}`: {"$or[1].b[0]", "unknown operator"},
	} {
		_, err := Compile(criteria(`{"ok":["x"]}`, pattern))
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%s: %v, want an *Error", pattern, err)
			continue
		}
		if e.Filter != 1 || e.Path != want.path || !strings.Contains(err.Error(), want.says) {
			t.Errorf("%s: filter %d at %q: %v; want filter 1 at %q: …%s…", pattern, e.Filter, e.Path, err, want.path, want.says)
		}
	}
}

func TestErrorsOfTheCriteria(t *testing.T) {
	for _, c := range []struct {
		filters any
		want    string
	}{
		{"x", `FilterCriteria: Filters is a string, expected a list of {"Pattern": "JSON"}`},
		{[]any{"x"}, "FilterCriteria.Filters[0].Pattern: the filter is a string, expected an object with a Pattern"},
		{[]any{map[string]any{"Pattern": map[string]any{}}}, "FilterCriteria.Filters[0].Pattern: the pattern is an object, expected a string"},
	} {
		f, err := Compile(map[string]any{"Filters": c.filters})
		if err == nil || !strings.HasPrefix(err.Error(), c.want) || f != nil {
			t.Errorf("%v: %v, %v; want %s", c.filters, f, err, c.want)
		}
	}
}

func TestErrorSaysWhereInThePattern(t *testing.T) {
	const want = "FilterCriteria.Filters[0].Pattern at body.k[1]: wrong"
	if got := (&Error{Path: "body.k[1]", Problem: "wrong"}).Error(); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// A pattern may be 4096 characters long; an error quotes 80 bytes of it.
func TestErrorsQuoteTheBeginningOfAPattern(t *testing.T) {
	long := strings.Repeat("x", 80)
	for pattern, quoted := range map[string]string{long: `"` + long + `"`, long + "y": `"` + long + `…"`} {
		if _, err := Compile(criteria(pattern)); err == nil || !strings.Contains(err.Error(), quoted) {
			t.Errorf("%v, want %s", err, quoted)
		}
	}
}
