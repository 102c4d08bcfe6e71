package trace

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
)

// line is an object under construction, and the first thing that is wrong with it.
type line struct {
	b     []byte
	fault string
}

func (l *line) wrong(what string) {
	if l.fault == "" {
		l.fault = what
	}
}

// name begins a member.
func (l *line) name(id member) {
	if len(l.b) > 1 {
		l.b = append(l.b, ',')
	}
	l.b = append(l.b, '"')
	l.b = append(l.b, id.String()...)
	l.b = append(l.b, `":`...)
}

func (l *line) text(id member, s string) {
	l.name(id)
	l.quote(s)
}

// optional writes a string unless it is empty.
func (l *line) optional(id member, s string) {
	if s != "" {
		l.text(id, s)
	}
}

func (l *line) number(id member, f float64) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		l.wrong(fmt.Sprintf("%s is %v; expected a finite number", id, f))
		return
	}
	l.name(id)
	l.b = appendNumber(l.b, f)
}

// positive writes a number unless it is 0.
func (l *line) positive(id member, f float64) {
	if f != 0 {
		l.number(id, f)
	}
}

// list writes an array of strings unless it is empty.
func (l *line) list(id member, list []string) {
	if len(list) > 0 {
		l.name(id)
		l.texts(list)
	}
}

// object writes an object unless it is nil.
func (l *line) object(id member, object map[string]any) {
	if object != nil {
		l.json(id, object)
	}
}

// json writes any value. The members of objects are in the order of their names.
func (l *line) json(id member, v any) {
	l.name(id)
	b, err := plainJSON(v)
	if err != nil {
		l.wrong(fmt.Sprintf("%s cannot be JSON: %v", id, err))
	}
	l.b = append(l.b, b...)
}

// texts writes the array itself.
func (l *line) texts(list []string) {
	l.b = append(l.b, '[')
	for i, s := range list {
		if i > 0 {
			l.b = append(l.b, ',')
		}
		l.quote(s)
	}
	l.b = append(l.b, ']')
}

func (l *line) quote(s string) {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7f || c == '"' || c == '\\' {
			b, _ := plainJSON(s) // a string is always JSON
			l.b = append(l.b, b...)
			return
		}
	}
	l.b = append(l.b, '"')
	l.b = append(l.b, s...)
	l.b = append(l.b, '"')
}

// plainJSON leaves <, > and & as they are: a trace is read by people, not browsers.
func plainJSON(v any) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), err
}
