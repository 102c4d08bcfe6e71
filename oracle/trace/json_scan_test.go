package trace

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// The pieces of a value, called where they begin: the index after them, or -1.
func TestSkipPieces(t *testing.T) {
	escape := func(b []byte) int { return skipEscape(b, 1) }
	name := func(b []byte) int { end, _ := skipName(b, 0); return end }
	for _, c := range []struct {
		piece string
		skip  func([]byte) int
		texts map[string]int
	}{
		{"value", func(b []byte) int { end, _ := skipValue(b, 0, 0); return end }, map[string]int{``: -1, `x`: -1, `1x`: 1, `nulx`: -1, `"x`: -1}},
		{"escape", escape, map[string]int{`\`: -1, `\"`: 2, `\\`: 2, `\/`: 2, `\b`: 2, `\f`: 2, `\n`: 2, `\r`: 2, `\t`: 2, `\a`: -1, `\U0041`: -1,
			`\u09af`: 6, `\uAF90`: 6, `\u09a`: -1, `\u`: -1, `\u/000`: -1, `\u000:`: -1, `\u0@00`: -1, `\u00G0`: -1, "\\u`000": -1, `\u000g`: -1}},
		{"name", name, map[string]int{``: -1, `a:`: -1, `"a`: -1, `"a"`: -1, `"a" `: -1, `"a" 1`: -1, `"a":`: 4, `"a" : 1`: 6, `"a":1`: 4}},
		{"array", func(b []byte) int { return skipArray(b, 1, maxDepth) }, map[string]int{`[]`: 2, `[1]`: 3, `[[]]`: -1}},
		{"array too deep", func(b []byte) int { return skipArray(b, 1, maxDepth+1) }, map[string]int{`[]`: -1}},
		{"object", func(b []byte) int { return skipObject(b, 1, maxDepth) }, map[string]int{`{}`: 2, `{"a":1}`: 7, `{"a":{}}`: -1}},
		{"object too deep", func(b []byte) int { return skipObject(b, 1, maxDepth+1) }, map[string]int{`{}`: -1}},
	} {
		for text, want := range c.texts {
			buffer := []byte(text + "0000") // what follows in the buffer does not count
			if got := c.skip(buffer[:len(text)]); got != want {
				t.Errorf("%s %s: %d, want %d", c.piece, text, got, want)
			}
		}
	}
}

// skipsAs holds skipValue against encoding/json: on where a value ends, or that
// there is none.
func skipsAs(t *testing.T, text string) (end int, f form) {
	t.Helper()
	want := -1
	d := json.NewDecoder(strings.NewReader(text))
	if err := d.Decode(new(json.RawMessage)); err == nil {
		want = int(d.InputOffset())
	}
	b := []byte(text)
	end, f = skipValue(b, skipSpace(b, 0), 0)
	if end != want {
		t.Errorf("%.100q: %d, want %d", text, end, want)
	}
	return end, f
}

func TestSkipValueAgreesWithEncodingJSON(t *testing.T) {
	tokens := []string{"", "{", "}", "[", "]", ",", ":", " ", "\t", "\v", `"a"`, `"`, `\`, "true", "false", "null", "nul", "x",
		"-", "+", "0", "9", "3.5", ".", "e", "E", "9e", "é"}
	for _, before := range []string{"", "[", "{", `{"a":`, `{"a":1,`, "[1,", `"`} {
		for _, first := range tokens {
			for _, second := range tokens {
				for _, third := range tokens {
					skipsAs(t, before+first+second+third)
				}
			}
		}
	}
	for _, n := range []int{maxDepth, maxDepth + 1} {
		skipsAs(t, strings.Repeat("[", n)+strings.Repeat("]", n))
		skipsAs(t, strings.Repeat(`{"a":`, n)+"1"+strings.Repeat("}", n))
		skipsAs(t, strings.Repeat(`[{"a":`, n/2)+"["+strings.Repeat(`}]`, n/2))
	}
}

// Strings are read eight bytes at a time, so any byte has to be tried anywhere.
func TestSkipStringAtEveryPlace(t *testing.T) {
	for _, filler := range []byte(" !#[]a\x7f") {
		for c := range 256 {
			for place := range 17 {
				text := bytes.Repeat([]byte{filler}, 18)
				text[place] = byte(c)
				text = append(append([]byte{'"'}, text...), '"')
				end, got := skipsAs(t, string(text))
				want := plain
				if c >= 0x80 {
					want = wide
				} else if c == '\\' {
					want = escaped
				}
				if end >= 0 && got != want {
					t.Errorf("%q has the form %d, want %d", text, got, want)
				}
			}
		}
	}
	if _, got := skipsAs(t, `"é\n"`); got != wide|escaped {
		t.Errorf("a wide string with an escape has the form %d", got)
	}
}

func TestScanTakesOneObject(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, " ": false, "{": false, "{ ": false, "{}": true, " { } ": true, "{}}": false, "[]": false, "{,}": false,
		`{"t"`: false, `{"t":`: false, `{"t":1`: false, `{"t":1 `: false, `{"t":1}`: true, ` {"t" : 1 , "u":2 } `: true,
		`{"t":1}}`: false, `{"t":1,}`: false, `{"t":1;"u":2}`: false, `{"t":1] `: false,
	} {
		var m members
		if got := m.scan([]byte(text)); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
