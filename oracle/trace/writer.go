package trace

import (
	"bufio"
	"fmt"
	"io"
)

// Writer writes a trace as JSON Lines. It reads each line as a Reader would, so
// that what it wrote can be read: an event that would make the trace unusable
// is an error, and is left out.
type Writer struct {
	out     *bufio.Writer
	line    line
	decoder decoder
	order   order
	lines   int
}

// NewWriter returns a Writer to w.
func NewWriter(w io.Writer) *Writer {
	return &Writer{out: bufio.NewWriterSize(w, 64<<10), decoder: decoder{texts: newTexts()}}
}

// Flush writes what Write held back.
func (w *Writer) Flush() error { return w.out.Flush() }

// Write writes the event on a line of its own. The event's Line does not count.
func (w *Writer) Write(e *Event) error {
	if what := w.write(e); what != "" {
		return fmt.Errorf("event %d of the trace cannot be written: %s", w.lines+1, what)
	}
	w.lines++
	_, err := w.out.Write(append(w.line.b, '\n'))
	return err
}

// write makes the line of an event, or says what is wrong with it.
func (w *Writer) write(e *Event) string {
	if e.Kind >= numEventKinds {
		return fmt.Sprintf("its kind is %d; expected one of the kinds", e.Kind)
	}
	l := &w.line
	l.b, l.fault = append(l.b[:0], '{'), ""
	l.event(e)
	l.b = append(l.b, '}')
	switch {
	case l.fault != "":
		return fmt.Sprintf("%s: %s", e.Kind, l.fault)
	case len(l.b) > maxLine:
		return fmt.Sprintf("%s: longer than %d MiB", e.Kind, maxLine>>20)
	}

	d := &w.decoder
	if !d.scan(l.b) {
		return notAnObject(l.b, false)
	}
	d.fault = ""
	again := Event{Kind: d.kind()}
	d.event(&again, nil, nil)
	if d.fault != "" {
		return fmt.Sprintf("%s: %s", e.Kind, d.fault)
	}
	if what := w.order.kind(e.Kind); what != "" {
		return what
	}
	return w.order.event(e, w.lines+1)
}
