package check

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Called is what came of the calls of a scenario.
type Called struct {
	Name     string // the scenario's file
	Again    string // the command that plays it again; may be empty
	Trace    string // the file to write the exchanges to, JSON Lines; "" for none, "-" for standard output
	Stdout   io.Writer
	Profile  rule.Profile
	Calls    []*trace.Exchange
	Found    []control.Violation
	Evidence []int    // the call behind each violation
	Decided  rule.Set // may be nil
	Broken   error    // the target did not answer any more
}

// Calls takes in what a target made of the calls of a scenario. It reports whether to
// go on: false once ctx has ended, when the target is gone, or when the exchanges cannot be written.
func (c *Check) Calls(ctx context.Context, x Called) bool {
	c.files++
	j := &judging{c: c, name: x.Name, profile: x.Profile, again: x.Again, calls: x.Calls}
	c.events += len(x.Calls)
	for i, v := range x.Found {
		c.found(j, &delivery.Violation{Rule: v.Rule, Level: v.Level, Class: v.Class, Expected: v.Expected, Actual: v.Actual,
			Line: x.Evidence[i] + 1, Evidence: []int{x.Evidence[i] + 1}})
	}
	if x.Decided != nil {
		for _, r := range x.Decided.Rules() {
			c.decided[r] = true
		}
	}
	if err := x.write(); err != nil {
		c.Unusable("--trace", err)
		return false
	}
	switch {
	case ctx.Err() != nil:
		c.broken = fmt.Errorf("stopped after %s of %s; %s", count(len(x.Calls), "call"), x.Name, c.stoppedAt())
	case x.Broken != nil:
		c.broken = fmt.Errorf("%s: %w", x.Name, x.Broken)
	}
	return c.broken == nil
}

// write writes the exchanges.
func (x *Called) write() error {
	if x.Trace == "" {
		return nil
	}
	if sameFile(x.Trace, x.Name) {
		return fmt.Errorf("%s is the scenario; expected another file", x.Trace)
	}
	file, err := Create(x.Trace, x.Stdout)
	if err != nil {
		return err
	}
	e := json.NewEncoder(file)
	e.SetEscapeHTML(false)
	for _, call := range x.Calls {
		if err = e.Encode(call); err != nil {
			break
		}
	}
	if closing := file.Close(); err == nil {
		err = closing
	}
	return err
}

// exchanges shows calls as a reader sees them.
func (j *judging) exchanges(numbers []int) (list []string) {
	for _, n := range numbers {
		x := j.calls[n-1]
		path := x.Path
		if x.Query != "" {
			path += "?" + x.Query
		}
		list = append(list, fmt.Sprintf("call %d: %s %s %s", n, x.Method, path, x.Request), fmt.Sprintf("answer: %d %s", x.Status, x.Response))
	}
	return list
}
