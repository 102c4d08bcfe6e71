package trace

import (
	"encoding/json"
	"math"
	"strconv"
)

// tens holds the powers of ten that a float64 holds exactly.
var tens = [...]float64{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

// maxExact is the largest number up to which a float64 holds every integer. It
// is enough for milliseconds since 1970 with three decimals.
const maxExact = 1 << 53

// parseNumber returns the value of a JSON number, rounded as strconv does; ok is
// false when it is too large for a float64.
func parseNumber(raw []byte) (f float64, ok bool) {
	// A quotient of two exact numbers is rounded once, hence correctly.
	point, mantissa := len(raw), uint64(0)
	for i, c := range raw {
		switch {
		case '0' <= c && c <= '9' && mantissa < maxExact/10:
			mantissa = mantissa*10 + uint64(c-'0')
		case c == '.':
			point = i + 1
		case c == '-' && i == 0:
		default:
			f, err := strconv.ParseFloat(string(raw), 64)
			return f, err == nil
		}
	}
	f = float64(mantissa)
	if decimals := len(raw) - point; decimals >= len(tens) {
		f, err := strconv.ParseFloat(string(raw), 64)
		return f, err == nil
	} else if decimals > 0 {
		f /= tens[decimals]
	}
	if raw[0] == '-' {
		f = -f
	}
	return f, true
}

// appendNumber writes a finite number in the shortest way that reads the same.
func appendNumber(b []byte, f float64) []byte {
	if abs := math.Abs(f); abs != 0 && (abs < 1e-6 || abs >= 1e21) {
		return strconv.AppendFloat(b, f, 'e', -1, 64)
	}
	return strconv.AppendFloat(b, f, 'f', -1, 64)
}

// tooLarge returns a number in the value that no float64 can hold, "" if none.
func tooLarge(v any) string {
	switch v := v.(type) {
	case json.Number:
		if _, err := v.Float64(); err != nil {
			return string(v)
		}
	case []any:
		for _, e := range v {
			if n := tooLarge(e); n != "" {
				return n
			}
		}
	case map[string]any:
		for _, e := range v {
			if n := tooLarge(e); n != "" {
				return n
			}
		}
	}
	return ""
}
