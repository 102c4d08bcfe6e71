package delivery

import "github.com/esmconform/esmconform/oracle/trace"

// Faults give the machine a fault. The zero value leaves it alone.
type Faults struct {
	// Decide is told what the machine is about to decide, and the right decision,
	// and returns the one that is taken.
	Decide func(d Decision, right int) int
	// Event is given each event that is about to be observed, and hands on what
	// is observed instead: nothing, another event, or several. It copies what it
	// keeps.
	Event func(e *trace.Event, emit func(*trace.Event) error) error
}

// Decision is something that the machine decides, where a wrong decision is a
// fault; a Point is where every decision is right.
type Decision uint8
