package trace

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
)

// maxScenario bounds a scenario's file, as maxLine does a trace's line.
const maxScenario = 64 << 20

// ReadScenario reads a scenario and checks it, so that whoever plays it finds
// every source and mapping that a step names. A member that no scenario has is
// an error, since a misspelt one would silently change what is tested. Numbers in a
// step's Config are json.Number, as in a trace; in Record and Return they are float64.
func ReadScenario(r io.Reader) (*Scenario, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxScenario+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("reading the scenario: %w", err)
	case len(b) > maxScenario:
		return nil, fmt.Errorf("the scenario is longer than %d MiB", maxScenario>>20)
	case len(bytes.TrimSpace(b)) == 0:
		return nil, errors.New("the scenario is empty; expected a JSON object with format 1")
	}
	var members any
	if err := json.Unmarshal(b, &members); err != nil {
		return nil, scenarioError(b, err)
	}
	if err := onlyKnown("", members, reflect.TypeFor[Scenario]()); err != nil {
		return nil, err
	}
	s := new(Scenario)
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if err := d.Decode(s); err != nil {
		return nil, scenarioError(b, err)
	}
	for i := range s.Steps {
		step := &s.Steps[i]
		for name, v := range step.Record {
			floats(&v)
			step.Record[name] = v
		}
		if step.Poison != nil {
			floats(&step.Poison.Return)
		}
	}
	if err := s.check(); err != nil {
		return nil, err
	}
	return s, nil
}

// WriteScenario writes a scenario, indented, the same bytes each time. It refuses
// what ReadScenario would.
func WriteScenario(w io.Writer, s *Scenario) error {
	if err := s.check(); err != nil {
		return fmt.Errorf("the scenario cannot be written: %w", err)
	}
	listed := *s
	if listed.Sources == nil {
		listed.Sources = []ScenarioSource{}
	}
	if listed.Steps == nil && listed.Calls == nil {
		listed.Steps = []Step{}
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(&listed); err != nil {
		return fmt.Errorf("the scenario cannot be written: %w", err)
	}
	_, err := w.Write(out.Bytes())
	return err
}

// scenarioError says where in the file decoding failed.
func scenarioError(b []byte, err error) error {
	at := func(offset int64) int { return 1 + bytes.Count(b[:min(int(offset), len(b))], []byte("\n")) }
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Errorf("line %d: not JSON: %w; expected one JSON object", at(e.Offset), err)
	}
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		if e.Type.Kind() == reflect.Float64 && strings.HasPrefix(e.Value, "number") {
			return fmt.Errorf("line %d: %s; expected a finite number", at(e.Offset), e.Value)
		}
		if e.Field == "" {
			return fmt.Errorf("line %d: a scenario is an object, this is %s", at(e.Offset), e.Value)
		}
		return fmt.Errorf("line %d: %s is %s; expected %s", at(e.Offset), e.Field, e.Value, e.Type)
	}
	return fmt.Errorf("not a scenario: %w", err)
}

// onlyKnown names a member of v that the type does not have. It is stricter than
// encoding/json, which takes "AT" for "at", and says where the member is.
func onlyKnown(path string, v any, t reflect.Type) error {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch v := v.(type) {
	case []any:
		if t.Kind() != reflect.Slice {
			return nil // a wrong type, which decoding reports
		}
		for i, e := range v {
			if err := onlyKnown(fmt.Sprintf("%s[%d]", path, i), e, t.Elem()); err != nil {
				return err
			}
		}
	case map[string]any:
		if t.Kind() != reflect.Struct {
			return nil
		}
		known := make(map[string]reflect.Type, t.NumField())
		for i := range t.NumField() {
			name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
			known[name] = t.Field(i).Type
		}
		if path != "" {
			path += "."
		}
		for _, name := range sortedNames(v) {
			field, ok := known[name]
			if !ok {
				return fmt.Errorf("%s%s is no member of a scenario; expected one of %s",
					path, name, strings.Join(sortedNames(known), ", "))
			}
			if err := onlyKnown(path+name, v[name], field); err != nil {
				return err
			}
		}
	}
	return nil
}

func sortedNames[V any](m map[string]V) []string {
	list := make([]string, 0, len(m))
	for name := range m {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

// floats turns every json.Number in a value into a float64. All were found to
// be finite.
func floats(v *any) {
	switch x := (*v).(type) {
	case json.Number:
		*v, _ = x.Float64()
	case []any:
		for i := range x {
			floats(&x[i])
		}
	case map[string]any:
		for name, e := range x {
			floats(&e)
			x[name] = e
		}
	}
}
