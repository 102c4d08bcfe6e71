package check

import (
	"fmt"
	"io"
	"time"

	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/reports"
)

// ExitUnusable is the exit code for input that cannot be judged.
const ExitUnusable = 2

// Options say how to judge and where to say what was found.
type Options struct {
	Level rule.Level // the weakest that is judged
	Show  int        // how many violations of one rule and class are shown at length; 0: all
	JSON  bool       // one JSON object a violation on Out, all of them, and the rest on Log
	Out   io.Writer  // violations, and the summary
	Log   io.Writer  // unusable input, notes, progress
	Files int        // how many there will be, for the progress; 0: not known
}

// Check judges one input after the other. One that is unusable does not keep
// the others from being judged. It is not safe for concurrent use.
type Check struct {
	o        Options
	out      *output
	terminal *reports.Terminal
	progress *reports.Progress
	started  time.Time
	summary  *output

	files, unusable, events int
	decided                 map[*rule.Rule]bool
	seen                    map[kind]int
	gated, below            int // violations
	broken                  error
}

// New returns a Check that has judged nothing yet.
func New(o Options) *Check {
	c := &Check{o: o, out: &output{w: o.Out}, progress: reports.NewProgress(o.Log), started: time.Now(),
		decided: map[*rule.Rule]bool{}, seen: map[kind]int{}}
	c.summary = c.out
	if o.JSON {
		c.summary = &output{w: o.Log}
	}
	// The terminal is asked for its width and colours, so it needs the writer itself.
	c.terminal = reports.NewTerminal(o.Out)
	return c
}

// ExitCode is how a program that made the check should end. What was stopped or
// broke is 3 whatever was found, because the list of findings is not the whole list.
func (c *Check) ExitCode() int {
	switch {
	case c.broken != nil:
		return reports.ExitBroken
	case c.unusable > 0:
		return ExitUnusable
	case c.gated > 0:
		return reports.ExitFindings
	}
	return reports.ExitConforms
}

// Unusable notes that an input cannot be judged. place is its file, and its line
// if there is one.
func (c *Check) Unusable(place string, err error) {
	c.unusable++
	c.note("%s: %v", place, err)
}

// note says something beside the findings.
func (c *Check) note(format string, args ...any) {
	c.progress.Clear()
	_, _ = fmt.Fprintf(c.o.Log, "esmconform: "+format+"\n", args...)
}

// decide notes which rules a checker has decided.
func (c *Check) decide(checker *delivery.Checker) {
	for _, r := range rule.All() {
		if checker.Touched(r) {
			c.decided[r] = true
		}
	}
}

// output is a writer that keeps its first error.
type output struct {
	w   io.Writer
	err error
}

func (o *output) Write(b []byte) (int, error) {
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.w.Write(b)
	o.err = err
	return n, err
}
