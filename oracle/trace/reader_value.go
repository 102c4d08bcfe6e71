package trace

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

// decoder turns the members of a line into the values of an event. It keeps the
// first thing that is wrong; what comes after it does not matter.
type decoder struct {
	members
	*texts
	fault string
}

// need says whether an event is unusable without a member.
type need bool

const (
	required need = true
	optional need = false
)

func (d *decoder) wrong(format string, args ...any) {
	if d.fault == "" {
		d.fault = fmt.Sprintf(format, args...)
	}
}

// given returns the member's JSON; nil when it is absent or null, which is
// wrong for a required one.
func (d *decoder) given(id member, n need, expected string) []byte {
	raw := d.raw(id)
	switch {
	case raw == nil && n == required:
		d.wrong("%s is missing; expected %s", id, expected)
	case raw != nil && raw[0] == 'n':
		if n == required {
			d.wrong("%s is null; expected %s", id, expected)
		}
		return nil
	}
	return raw
}

// bytes returns a string member's content; a required one may not be empty.
func (d *decoder) bytes(id member, n need) []byte {
	raw := d.given(id, n, "a string")
	if raw == nil {
		return nil
	}
	if raw[0] != '"' {
		d.wrong("%s is %s; expected a string", id, excerpt(raw))
		return nil
	}
	content := unquote(raw, d.at[id].form)
	if len(content) == 0 && n == required {
		d.wrong("%s is empty; expected a string", id)
	}
	return content
}

// name returns a string that comes often, identifier one that does not.
func (d *decoder) name(id member, n need) string       { return d.texts.name(d.bytes(id, n)) }
func (d *decoder) identifier(id member, n need) string { return d.texts.identifier(d.bytes(id, n)) }

// oneOf returns a string that must be one of a few.
func (d *decoder) oneOf(id member, n need, known ...string) string {
	content := d.bytes(id, n)
	for _, k := range known {
		if k == string(content) {
			return k
		}
	}
	if content != nil {
		d.wrong("%s is %s; expected one of %s", id, excerpt(d.raw(id)), strings.Join(known, ", "))
	}
	return ""
}

// number returns a number, or otherwise when there is none.
func (d *decoder) number(id member, n need, otherwise float64) float64 {
	raw := d.given(id, n, "a number")
	if raw == nil {
		return otherwise
	}
	if !isNumber(raw) {
		d.wrong("%s is %s; expected a number", id, excerpt(raw))
		return otherwise
	}
	f, ok := parseNumber(raw)
	if !ok {
		d.wrong("%s is %s; expected a finite number", id, excerpt(raw))
	}
	return f
}

// time returns a time or a length of time that cannot be negative.
func (d *decoder) time(id member, n need, otherwise float64) float64 {
	f := d.number(id, n, otherwise)
	if f < 0 {
		d.wrong("%s is %s; expected milliseconds, not negative", id, excerpt(d.raw(id)))
	}
	return f
}

// end returns when an event that began at t was over.
func (d *decoder) end(t float64) float64 {
	end := d.time(mEnd, required, t)
	if end < t {
		d.wrong("end is %s, before t, which is %s; expected the time when it was over", d.raw(mEnd), d.raw(mT))
	}
	return end
}

// maxCount bounds what is counted, to what an int holds on every machine.
const maxCount = math.MaxInt32

func (d *decoder) count(id member, n need) int {
	raw := d.given(id, n, "a whole number")
	if raw == nil {
		return 0
	}
	i, ok := parseCount(raw)
	if !ok {
		d.wrong("%s is %s; expected a whole number from 0 to %d", id, excerpt(raw), maxCount)
	}
	return i
}

// parseCount takes 3.0 and 3e0 for 3: JSON has one kind of number.
func parseCount(raw []byte) (int, bool) {
	if !isNumber(raw) {
		return 0, false
	}
	f, ok := parseNumber(raw)
	if !ok || f < 0 || f > maxCount || f != math.Trunc(f) {
		return 0, false
	}
	return int(f), true
}

func (d *decoder) boolean(id member) bool {
	raw := d.given(id, optional, "")
	if raw != nil && raw[0] != 't' && raw[0] != 'f' {
		d.wrong("%s is %s; expected true or false", id, excerpt(raw))
	}
	return raw != nil && raw[0] == 't'
}

// elements calls each with the elements of an array, until it returns false.
func (d *decoder) elements(id member, n need, expected string, each func(raw []byte, f form) bool) {
	raw := d.given(id, n, expected)
	if raw == nil {
		return
	}
	if raw[0] != '[' {
		d.wrong("%s is %s; expected %s", id, excerpt(raw), expected)
		return
	}
	for i, n := skipSpace(raw, 1), 0; raw[i] != ']'; n++ {
		end, f := skipValue(raw, i, 1)
		if !each(raw[i:end], f) {
			d.wrong("%s[%d] is %s; expected %s", id, n, excerpt(raw[i:end]), expected)
			return
		}
		if i = skipSpace(raw, end); raw[i] == ',' {
			i = skipSpace(raw, i+1)
		}
	}
}

// identifiers appends an array of strings, none of them empty.
func (d *decoder) identifiers(id member, n need, to []string) []string {
	d.elements(id, n, "an array of strings, none of them empty", func(raw []byte, f form) bool {
		if raw[0] != '"' || len(raw) == len(`""`) {
			return false
		}
		to = append(to, d.texts.identifier(unquote(raw, f)))
		return true
	})
	return to
}

// counts appends an array of counts.
func (d *decoder) counts(id member, to []int) []int {
	d.elements(id, optional, "an array of whole numbers from 0", func(raw []byte, _ form) bool {
		i, ok := parseCount(raw)
		to = append(to, i)
		return ok
	})
	return to
}

// object returns an object as encoding/json decodes it: its numbers are float64,
// hence integers are exact up to 2^53.
func (d *decoder) object(id member, n need) map[string]any {
	raw := d.objectBytes(id, n)
	if raw == nil {
		return nil
	}
	object, _ := d.any(id, raw).(map[string]any)
	return object
}

// any decodes JSON of any kind. Since the syntax was checked, all that can be
// wrong is a number that is too large.
func (d *decoder) any(id member, raw []byte) (v any) {
	if err := json.Unmarshal(raw, &v); err != nil {
		d.wrong("%s holds a number that is not finite: %v", id, err)
	}
	return v
}

// wire returns an object of the control plane. Its numbers are json.Number,
// because there 1 and 1.0 are two things.
func (d *decoder) wire(id member, n need) (object map[string]any) {
	raw := d.objectBytes(id, n)
	if raw == nil {
		return nil
	}
	in := json.NewDecoder(bytes.NewReader(raw))
	in.UseNumber()
	if err := in.Decode(&object); err != nil {
		panic("trace: the scanner let bad JSON pass: " + err.Error())
	}
	if n := tooLarge(object); n != "" {
		d.wrong("%s holds the number %s; expected finite numbers", id, excerpt([]byte(n)))
	}
	return object
}

func (d *decoder) objectBytes(id member, n need) []byte {
	raw := d.given(id, n, "an object")
	if raw != nil && raw[0] != '{' {
		d.wrong("%s is %s; expected an object", id, excerpt(raw))
		return nil
	}
	return raw
}

func isNumber(raw []byte) bool { return raw[0] == '-' || '0' <= raw[0] && raw[0] <= '9' }

// excerpt shows the beginning of some text in a message.
func excerpt(b []byte) string {
	const most = 60
	if len(b) <= most {
		return string(b)
	}
	cut := most
	for cut > 0 && !utf8.RuneStart(b[cut]) {
		cut--
	}
	return string(b[:cut]) + "…"
}
