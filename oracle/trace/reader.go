package trace

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// InputError says why a trace cannot be used. It is no verdict on a target.
type InputError struct {
	Line int    // from 1
	What string // what is wrong and what was expected
}

// Error is "line N: what".
func (e *InputError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.What) }

// Reader reads a trace from JSON Lines. Blank lines are skipped; a line may be
// up to 64 MiB long. A member that is not required may be null, which is the same as
// leaving it out, except for report. Numbers are float64, so integers are exact
// up to 2^53; in the JSON of the control plane (Request, Response, Config) they are
// json.Number.
type Reader struct {
	lines   lines
	decoder decoder
	order   order
	event   Event
	// The lists that invocations use one after the other.
	records  []string
	attempts []int
	err      error
}

// NewReader returns a Reader of r, which it reads in large pieces.
func NewReader(r io.Reader) *Reader {
	return &Reader{lines: lines{in: r}, decoder: decoder{texts: newTexts()}}
}

// Next returns the next event, io.EOF after the last one, an *InputError when
// the trace is unusable, or the error of the stream. After an error it returns
// the same error again. The event, its Records and its Attempts are used again by the next
// call; all else may be kept.
func (r *Reader) Next() (*Event, error) {
	if r.err == nil {
		r.err = r.next()
	}
	if r.err != nil {
		return nil, r.err
	}
	return &r.event, nil
}

func (r *Reader) next() error {
	for {
		line, last, err := r.lines.next()
		switch {
		case err == io.EOF && !r.order.begun:
			return &InputError{Line: max(r.lines.n, 1), What: "the trace is empty; expected " + firstLine}
		case err != nil:
			return err
		case skipSpace(line, 0) == len(line):
			continue
		}
		if what := r.read(line, last); what != "" {
			return &InputError{Line: r.lines.n, What: what}
		}
		return nil
	}
}

// read makes the event of a line, or says what is wrong with it.
func (r *Reader) read(line []byte, last bool) string {
	d := &r.decoder
	if !d.scan(line) {
		return notAnObject(line, last)
	}
	d.fault = ""
	r.event = Event{}
	r.event.Kind, r.event.Line = d.kind(), r.lines.n
	if d.fault != "" {
		return d.fault
	}
	if what := r.order.kind(r.event.Kind); what != "" {
		return what
	}
	r.records, r.attempts = d.event(&r.event, r.records, r.attempts)
	if d.fault != "" {
		return fmt.Sprintf("%s: %s", r.event.Kind, d.fault)
	}
	return r.order.event(&r.event, r.lines.n)
}

// notAnObject says why a line cannot be taken apart.
func notAnObject(line []byte, last bool) string {
	const expected = "; expected one JSON object a line"
	var any json.RawMessage
	err := json.Unmarshal(line, &any)
	var syntax *json.SyntaxError
	switch {
	case err == nil:
		return "not an object but " + excerpt(any) + expected
	case !errors.As(err, &syntax):
		return "not JSON: " + err.Error() + expected
	case syntax.Offset < int64(len(line)) || syntax.Error() != cutOff:
		return fmt.Sprintf("not JSON: %v (byte %d)%s", err, syntax.Offset, expected)
	case last:
		return "the last line is cut off" + expected
	}
	return "the line is cut off" + expected
}

// cutOff is what encoding/json says of JSON that ends too early.
const cutOff = "unexpected end of JSON input"
