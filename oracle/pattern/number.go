package pattern

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// number is a JSON number.
type number struct {
	text  string // as written; "" when that is lost
	value float64
	sure  bool // value orders it exactly, within what EventBridge says it compares
}

func numberOf(v any) (number, bool) {
	switch v := v.(type) {
	case json.Number:
		value, err := strconv.ParseFloat(v.String(), 64)
		if err != nil && !math.IsInf(value, 0) {
			return number{}, false
		}
		return number{v.String(), value, comparable15(v.String(), value)}, true
	case float64:
		return number{"", v, comparable15(strconv.FormatFloat(v, 'g', -1, 64), v)}, true
	case int:
		return numberOf(json.Number(strconv.Itoa(v)))
	case int64:
		return numberOf(json.Number(strconv.FormatInt(v, 10)))
	}
	return number{}, false
}

// comparable15 says whether a number lies in what EventBridge documents for
// numeric matching: -5.0e9 to 5.0e9 with 15 digits. A float64 orders those as
// they are; what is done beyond is nowhere written.
func comparable15(text string, value float64) bool {
	const largest, smallest = 5e9, 1e-300
	mantissa, _, _ := strings.Cut(strings.ToLower(text), "e")
	digits := strings.Trim(strings.TrimLeft(strings.Replace(mantissa, ".", "", 1), "-0"), "0")
	if digits == "" {
		return value == 0
	}
	size := math.Abs(value)
	return len(digits) <= 15 && size >= smallest && size <= largest
}

// asWritten compares as the guide's note demands: 300 and 3.0e2 differ.
func (n number) asWritten(want number) Verdict {
	if n.text != "" && want.text != "" {
		return verdictOf(n.text == want.text)
	}
	if n.value != want.value {
		return Differs
	}
	return Unknown
}
