package trace

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func sameNumber(t interface{ Errorf(string, ...any) }, text string) {
	want, err := strconv.ParseFloat(text, 64)
	got, ok := parseNumber([]byte(text))
	if ok != (err == nil) || math.Float64bits(got) != math.Float64bits(want) {
		t.Errorf("%s: got %v %v, want %v %v", text, got, ok, want, err)
	}
}

func TestParseNumberRoundsAsStrconv(t *testing.T) {
	for _, text := range []string{"0", "-0", "-0.0", "1597104000000.125", "9007199254740991", "9007199254740992", "9007199254740993",
		"900719925474099.25", "900719925474099.5", "0.1", "-12.50", "0.0000000000000000000001", "0.00000000000000000000001", "0." + strings.Repeat("0", 400) + "1",
		"1e22", "1E-5", "5e-324", "1.7976931348623157e308", "1e309", "-1e309", "18446744073709551617", "123456789012345678901234567890.5"} {
		sameNumber(t, text)
	}
	rapid.Check(t, func(t *rapid.T) {
		sameNumber(t, rapid.StringMatching(`-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,24})?([eE][+-]?[0-9]{1,3})?`).Draw(t, "number"))
	})
}

func TestAppendNumberReadsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.Float64().Draw(t, "number")
		if got, ok := parseNumber(appendNumber(nil, f)); !ok || math.Float64bits(got) != math.Float64bits(f) {
			t.Errorf("%v is written %s and read %v", f, appendNumber(nil, f), got)
		}
	})
}

// Numbers are written as people write them, unless that takes many zeros.
func TestAppendNumberIsShort(t *testing.T) {
	for f, want := range map[float64]string{0: "0", -5: "-5", 1597104000000.125: "1597104000000.125", 0.000001: "0.000001", -0.0000009: "-9e-07",
		123456789012345680000: "123456789012345680000", 1e21: "1e+21"} {
		if got := string(appendNumber(nil, f)); got != want {
			t.Errorf("%v is written %s, want %s", f, got, want)
		}
	}
}
