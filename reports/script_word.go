package reports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Words of the shell: what is literal stands in single quotes, where nothing means
// anything, and what a variable stands for in double quotes.

// part is a piece of a word: literal, or what the shell puts there.
type part struct{ literal, shell string }

type word []part

func (w word) String() string {
	var b, literal strings.Builder
	flush := func() {
		if literal.Len() > 0 {
			b.WriteString(quoted(literal.String()))
			literal.Reset()
		}
	}
	for _, p := range w {
		literal.WriteString(p.literal)
		if p.shell != "" {
			flush()
			b.WriteString(`"` + p.shell + `"`)
		}
	}
	flush()
	if b.Len() == 0 {
		return "''"
	}
	return b.String()
}

// plainWord is what means the same without quotes.
var plainWord = regexp.MustCompile(`^[A-Za-z0-9./_-]+$`)

// quoted is a text in single quotes, if it needs them. No argument can hold a NUL.
func quoted(s string) string {
	if plainWord.MatchString(s) {
		return s
	}
	return "'" + strings.NewReplacer("'", `'\''`, "\x00", "").Replace(s) + "'"
}

// parts are the pieces of a text: write makes its literal ones, and splice what stands
// for ${name}.
func (w *scriptWriter) parts(text string, write func(string) string, splice func(name string) string) (list word) {
	for {
		before, rest, ok := strings.Cut(text, "${")
		list = append(list, part{literal: write(before)})
		if !ok {
			return list
		}
		name, after, _ := strings.Cut(rest, "}")
		list = append(list, part{shell: splice(name)})
		text = after
	}
}

// word is a text as it is, with its variables.
func (w *scriptWriter) word(text string, splice func(name string) string) string {
	return w.parts(text, func(s string) string { return s }, splice).String()
}

func (w *scriptWriter) plain(name string) string { return "$" + w.variable(name) }

// escaped is a variable within a URL. A UUID may stand there as it is.
func (w *scriptWriter) escaped(name string) string {
	v := w.variable(name)
	if v == w.names.mappings[name] {
		return "$" + v
	}
	w.need("escaped")
	return `$(escaped "$` + v + `")`
}

// percent leaves only what may stand anywhere in a URL.
func percent(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// json is a JSON value as a word.
func (w *scriptWriter) json(v any) string { return w.value(nil, v).String() }

func (w *scriptWriter) value(to word, v any) word {
	switch v := v.(type) {
	case string:
		if v == "${hour-ago}" || v == "${in-an-hour}" { // a number, where nothing else is in the text
			return append(to, part{shell: w.plain(v[2 : len(v)-1])})
		}
		to = append(to, part{literal: `"`})
		to = append(to, w.parts(v, inJSON, w.plain)...)
		return append(to, part{literal: `"`})
	case []any:
		to = append(to, part{literal: "["})
		for i, x := range v {
			if i > 0 {
				to = append(to, part{literal: ","})
			}
			to = w.value(to, x)
		}
		return append(to, part{literal: "]"})
	case map[string]any:
		to = append(to, part{literal: "{"})
		for i, name := range sortedKeys(v) {
			if i > 0 {
				to = append(to, part{literal: ","})
			}
			to = append(to, part{literal: `"` + inJSON(name) + `":`})
			to = w.value(to, v[name])
		}
		return append(to, part{literal: "}"})
	}
	return append(to, part{literal: jsonText(v)})
}

// inJSON is a text as it stands within a JSON text.
func inJSON(s string) string {
	t := jsonText(s)
	return t[1 : len(t)-1]
}

func jsonText(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return "null"
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// plainJSON is a body in the types that JSON is read into, with its numbers as written.
func plainJSON(body map[string]any) (plain map[string]any) {
	d := json.NewDecoder(strings.NewReader(jsonText(body)))
	d.UseNumber()
	if err := d.Decode(&plain); err != nil {
		return nil
	}
	return plain
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// sourceNamed is the source that the body of a create names, or "".
func sourceNamed(body map[string]any) string {
	arn, _ := body["EventSourceArn"].(string)
	name, ok := strings.CutPrefix(arn, "${")
	if !ok {
		return ""
	}
	name, _, _ = strings.Cut(name, "}")
	return name
}
