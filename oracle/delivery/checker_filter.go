package delivery

import (
	"encoding/base64"
	"encoding/json"
	"math"
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/pattern"
	"github.com/esmconform/esmconform/oracle/rule"
)

type filterVerdict uint8

const (
	filterUnknown filterVerdict = iota
	filterMatches
	filterDiffers
)

// judgeFilter says whether the mapping's filters match a record.
func (l *lane) judgeFilter(r *record) filterVerdict {
	switch l.m.now.filters.Match(l.sh.src.kind, r.fields) {
	case pattern.Matches:
		return filterMatches
	case pattern.Differs:
		return filterDiffers
	}
	return filterUnknown
}

// resift notes that the filters of a mapping are others from now on: what they do
// not let through of a batch that has failed may not come again.
func (m *mapping) resift(old *settings) {
	if old.filtered {
		m.sifted = m.change.to
	}
	m.resifted = m.change.to
	for _, l := range m.lanes {
		for _, s := range l.stacks {
			for _, u := range s.units {
				if inFlight := s.flight != nil && s.flight.unit == u; !inFlight && l.loses(u) {
					s.veil(u)
				}
			}
		}
	}
}

// loses reports whether filters may take records of a unit away.
func (l *lane) loses(u *unit) bool {
	return l.m.now.filtered && slices.ContainsFunc(u.r, func(i int64) bool {
		r := l.sh.at(i)
		return r.fields == nil || l.judgeFilter(r) != filterMatches
	})
}

// veil notes that nothing is known of what becomes of a unit.
func (s *stack) veil(u *unit) {
	u.lo, u.hi, u.soft, u.answer = 0, unlimited, true, false
	u.last, u.bisect, u.whole, u.veiled = failed, true, true, true
	s.maydrop = true
}

// filterRule is the rule that a record speaks for, or breaks, that the filters
// of a mapping do not select.
func filterRule(m *mapping, fields map[string]any) *rule.Rule {
	if m.now.filters.Fails(m.src.kind, fields) == pattern.Format {
		if m.src.queue != nil {
			return rule.FilterSQSFormatMismatch
		}
		if m.src.stream {
			return rule.FilterNonjsonDataDropped
		}
	}
	switch p := m.now.pattern; {
	case p == nil || fields == nil:
	case lacksField(p, fields, m.src.kind):
		return rule.FilterAllFieldsPresent
	case m.now.filters.Match(m.src.kind, likeText(fields, texts(p, nil)).(map[string]any)) == pattern.Matches:
		return rule.FilterStringExact
	}
	return rule.FilterCriteriaSupported
}

// onlyPattern is the pattern of a filter that is the only one, or nil.
func onlyPattern(list []any) (p map[string]any) {
	if len(list) == 1 {
		filter, _ := list[0].(map[string]any)
		p, _ = decoded(text(filter["Pattern"])).(map[string]any)
	}
	return p
}

// decoded is the value of a JSON text, with numbers as written; nil for what is none.
func decoded(s string) (v any) {
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	if d.Decode(&v) != nil {
		return nil
	}
	return v
}

// lacksField reports whether a record has not all of the several fields that a
// pattern names.
func lacksField(p, record map[string]any, kind string) bool {
	if strings.HasPrefix(kind, "kinesis") {
		record, _ = record["kinesis"].(map[string]any)
	}
	fields, missing := 0, false
	var walk func(p map[string]any, v any)
	walk = func(p map[string]any, v any) {
		if s, ok := v.(string); ok {
			if b, err := base64.StdEncoding.DecodeString(s); err == nil {
				s = string(b)
			}
			v = decoded(s)
		}
		m, _ := v.(map[string]any)
		for name, want := range p {
			x, ok := m[name]
			if inner, object := want.(map[string]any); object {
				walk(inner, x)
				continue
			}
			fields++
			missing = missing || !ok && name != "$or"
		}
	}
	walk(p, record)
	return fields > 1 && missing
}

// texts are the strings and numbers that a pattern compares with.
func texts(p any, list []any) []any {
	switch p := p.(type) {
	case map[string]any:
		for _, x := range p {
			list = texts(x, list)
		}
	case []any:
		for _, x := range p {
			list = texts(x, list)
		}
	case string, json.Number:
		list = append(list, p)
	}
	return list
}

// likeText is a value in which whatever differs from one of the texts only in
// case, in space around it, or in how a number is written, is that text.
func likeText(v any, texts []any) any {
	switch v := v.(type) {
	case map[string]any:
		m := make(map[string]any, len(v))
		for name, x := range v {
			m[name] = likeText(x, texts)
		}
		return m
	case []any:
		list := make([]any, len(v))
		for i, x := range v {
			list[i] = likeText(x, texts)
		}
		return list
	case json.Number:
		for _, x := range texts {
			if number(v, math.NaN()) == number(x, math.NaN()) {
				return x
			}
		}
	case string:
		for _, x := range texts {
			if s, ok := x.(string); ok && strings.EqualFold(strings.TrimSpace(s), strings.TrimSpace(v)) {
				return s
			}
		}
		if v == "" {
			return v // which is base64 of itself
		}
		// JSON inside, as it is or in base64.
		if b, err := base64.StdEncoding.DecodeString(v); err == nil {
			if inner, ok := likeText(string(b), texts).(string); ok && inner != string(b) {
				return base64.StdEncoding.EncodeToString([]byte(inner))
			}
			return v
		}
		switch inner := decoded(v).(type) {
		case map[string]any, []any:
			if b, err := json.Marshal(likeText(inner, texts)); err == nil {
				return string(b)
			}
		}
	}
	return v
}
