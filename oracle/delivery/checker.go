package delivery

import (
	"fmt"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Violation is an invariant that a trace breaks.
type Violation struct {
	Rule      *rule.Rule
	Invariant *Invariant
	Level     rule.Level
	Class     string // stable text: no ids, times or counts in it
	Line      int    // the event that broke it; 0 for the end of the trace
	Evidence  []int  // the lines that prove it, Line among them
	Expected  string
	Actual    string
}

// String is the violation in one line.
func (v *Violation) String() string {
	return fmt.Sprintf("line %d: %s (%s, %s): expected %s; got %s", v.Line, v.Rule.ID, v.Invariant.ID, v.Class, v.Expected, v.Actual)
}

// Checker judges a trace, event by event. The zero value is not usable; see
// NewChecker. It is not safe for concurrent use.
//
// It keeps what is unsettled, and some history: the records that no mapping has
// in hand any more are dropped once there are more than historyBound of them,
// and a mapping that is created after that cannot be held to where it starts.
type Checker struct {
	// Report is called with every violation, in order. The violation is the
	// callee's.
	Report func(Violation)

	profile    rule.Profile
	complete   bool
	settle     float64 // milliseconds that a control call may take to act
	skew       float64
	duplicates int // redeliveries that are still allowed

	sources    map[string]*source
	lastSource *source
	mappings   map[string]*mapping
	lastMap    *mapping
	order      []*mapping
	throttles  []span
	touched    rule.Set
	now        float64
	line       int
	ended      bool

	batch   []int64         // the indices of the batch in hand
	inBatch map[string]bool // its keys
}

type span struct{ from, to float64 }

// historyBound is how many settled records of a shard are kept for mappings to come.
const historyBound = 1 << 16

// NewChecker returns a checker that hands its violations to report.
func NewChecker(report func(Violation)) *Checker {
	return &Checker{Report: report, settle: trace.DefaultSettleMS, skew: trace.DefaultSkewMS,
		sources: map[string]*source{}, inBatch: map[string]bool{}, mappings: map[string]*mapping{}, touched: rule.NewSet()}
}

// InputError says that a trace cannot be judged: its line, and why.
type InputError struct {
	Line int
	What string
}

func (e *InputError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.What) }

// Event takes in the next event. An error is an *InputError: the trace is no
// usable one.
func (c *Checker) Event(e *trace.Event) error {
	c.line = e.Line
	switch e.Kind {
	case trace.Put:
		return c.put(e)
	case trace.Invoke:
		c.now = e.T
		return c.invoke(e)
	case trace.Header:
		c.header(e)
		return nil
	case trace.SourceEvent:
		return c.addSource(e)
	}
	c.now = e.T
	switch e.Kind {
	case trace.Mapping:
		c.existing(e)
	case trace.Call:
		c.call(e)
	case trace.Throttle:
		c.throttle(e)
	case trace.Destination:
		c.destination(e)
	case trace.Queue:
		c.look(e)
	case trace.End:
		c.finish()
	}
	return nil
}

// Touched reports whether the rule was decided, one way or the other.
func (c *Checker) Touched(r *rule.Rule) bool {
	return c.touched.Has(r)
}

// Decided is the set of the rules that were. It changes with the next event.
func (c *Checker) Decided() rule.Set { return c.touched }

func (c *Checker) touch(r *rule.Rule) { c.touched.Add(r) }

func (c *Checker) header(e *trace.Event) {
	d := e.Detail
	if d == nil {
		return
	}
	c.profile, _ = rule.ParseProfile(d.Profile)
	c.complete, c.duplicates = d.Complete, d.Duplicates
	c.settle, c.skew = d.SettleMS, d.SkewMS
}

// report reports a breach under the first rule of the invariant that holds, or
// under one that says more exactly what is broken. evidence are lines besides
// the present one.
func (c *Checker) report(x *Invariant, exact *rule.Rule, class, expected, actual string, evidence ...int) {
	r := exact
	if r == nil || !r.Holds(c.profile) {
		for _, r = range x.Rules {
			if r.Holds(c.profile) {
				break
			}
		}
	}
	if r == nil || !r.Holds(c.profile) {
		return
	}
	c.touch(r)
	lines := make([]int, 0, len(evidence)+1)
	for _, l := range evidence {
		if l > 0 && l != c.line {
			lines = append(lines, l)
		}
	}
	lines = append(lines, c.line)
	c.Report(Violation{Rule: r, Invariant: x, Level: max(x.Level, r.Level), Class: class, Line: c.line, Evidence: lines,
		Expected: expected, Actual: actual})
}

// throttledSince reports whether the function could not be invoked at some time
// between from and to.
func (c *Checker) throttledSince(from, to float64) bool {
	for i := len(c.throttles) - 1; i >= 0; i-- {
		if s := c.throttles[i]; s.from <= to && (s.to >= from || s.to == trace.NotEnded) {
			return true
		}
	}
	return false
}
