package control

import (
	"encoding/json"
	"math"
	"reflect"
	"testing"
)

func TestValues(t *testing.T) {
	for _, x := range []any{nil, false, true, 0, -1, 1.5, json.Number("1e3"), "", "1", []any{}, []any{1, "a"}, map[string]any{}, map[string]any{"a": 1}} {
		v := ValueOf(x)
		want, err := json.Marshal(x)
		if err != nil {
			t.Fatal(err)
		}
		if v.Text() != string(want) {
			t.Errorf("%#v reads %s, want %s", x, v.Text(), want)
		}
	}
	none, odd := Value{}, Value{Kind: Array, Raw: []any{math.Inf(1)}}
	if none.Text() != "absent" || odd.Text() != "unprintable" {
		t.Errorf("read %s and %s", none.Text(), odd.Text())
	}
	if v := ValueOf(7.0); v.Kind != Int || v.Int != 7 {
		t.Errorf("7.0 is %+v", v)
	}
	if v := ValueOf([]string{"a"}); !reflect.DeepEqual(v.Raw, []any{"a"}) {
		t.Errorf("a list of strings is %+v", v)
	}
}

func TestValuesAreEqual(t *testing.T) {
	object := func(pairs ...any) map[string]any {
		m := map[string]any{}
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i].(string)] = pairs[i+1]
		}
		return m
	}
	for _, c := range []struct {
		a, b any
		want bool
	}{
		{nil, nil, true}, {nil, false, false}, {false, false, true}, {false, true, false}, {true, 1, false},
		{1, 1, true}, {1, 2, false}, {1, json.Number("1.0"), true}, {1, json.Number("1.5"), false}, {json.Number("1e1"), json.Number("10.0"), true},
		{json.Number("x"), json.Number("x"), false}, {"a", "a", true}, {"a", "b", false}, {"1", 1, false}, {0, "", false},
		{[]any{}, []any{}, true}, {[]any{1}, []any{1.0}, true}, {[]any{1}, []any{2}, false}, {[]any{1}, []any{1, 1}, false}, {[]any{}, object(), false},
		{object(), []any{}, false}, {object("a", 1), object("a", 1), true}, {object("a", 1), object("a", 2), false}, {object("a", 1), object(), false},
		{object(), object("a", 1), false}, {object("a", nil), object(), true}, {object(), object("a", nil), true}, {object("a", nil), object("a", 1), false},
		{object("a", object("b", 1)), object("a", object("b", 1, "c", nil)), true},
	} {
		a, b := ValueOf(c.a), ValueOf(c.b)
		if a.Equal(&b) != c.want || b.Equal(&a) != c.want {
			t.Errorf("%v equals %v: %v and %v, want %v", c.a, c.b, a.Equal(&b), b.Equal(&a), c.want)
		}
	}
}

func TestConfigIsAnObject(t *testing.T) {
	in := map[string]any{"UUID": "u", "BatchSize": int64(5), "State": nil, "Colour": "red", "Shade": nil}
	c := ConfigOf(in)
	if len(c.Other) != 1 || c.Other[0] != "Colour" {
		t.Errorf("others %v", c.Other)
	}
	want := map[string]any{"UUID": "u", "BatchSize": int64(5), "State": nil}
	if got := c.Object(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// A setting of the wrong type is not one that an Update can be held to.
func TestWellTyped(t *testing.T) {
	for _, c := range []struct {
		m    Member
		v    any
		want bool
	}{
		{BatchSize, 1, true}, {BatchSize, 1.5, true}, {BatchSize, "1", false}, {BisectBatchOnFunctionError, true, true}, {BisectBatchOnFunctionError, 1, false},
		{BisectBatchOnFunctionError, 1.5, false}, {Topics, []any{}, true}, {Topics, "t", false}, {Tags, map[string]any{}, true}, {KMSKeyArn, map[string]any{}, false},
		{KMSKeyArn, "k", true}, {KMSKeyArn, 1.5, false},
	} {
		if v := ValueOf(c.v); wellTyped(c.m, &v) != c.want {
			t.Errorf("%s %v is well typed: %v", c.m, c.v, !c.want)
		}
	}
}
