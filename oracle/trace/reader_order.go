package trace

import "fmt"

const firstLine = `{"event":"trace","format":1,…} on the first line`

// order checks what the events of one trace must be to each other.
type order struct {
	begun    bool
	last     float64 // the latest time
	lastLine int     // where it stands; 0: nowhere yet
	sources  map[string]int
}

// kind checks that an event of that kind may come next, and says why not.
func (o *order) kind(k EventKind) string {
	switch {
	case !o.begun && k != Header:
		return fmt.Sprintf("the trace begins with the event %s; expected %s", k, firstLine)
	case o.begun && k == Header:
		return "a second trace event; expected it on the first line only, and one trace in a file"
	}
	o.begun = true
	return ""
}

// event checks an event that is complete in itself.
func (o *order) event(e *Event, line int) string {
	switch e.Kind {
	case Header:
	case SourceEvent:
		if first, ok := o.sources[e.Source]; ok {
			return fmt.Sprintf("source: %s was given on line %d already; expected one line for each source", e.Source, first)
		}
		if o.sources == nil {
			o.sources = make(map[string]int)
		}
		o.sources[e.Source] = line
	default:
		if o.lastLine > 0 && e.T < o.last {
			return fmt.Sprintf("%s: t is %s, but %s on line %d; expected the events in the order of t",
				e.Kind, appendNumber(nil, e.T), appendNumber(nil, o.last), o.lastLine)
		}
		o.last, o.lastLine = e.T, line
	}
	return ""
}
