package check

import (
	"context"
	"fmt"
	"io"

	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Play is a scenario to play.
type Play struct {
	Name     string           // its file; "-" for standard input
	Scenario *trace.Scenario  // what Read made of it
	Choices  delivery.Choices // what to do where the documentation leaves a choice
	Faults   delivery.Faults  // of the one who plays; none by default
	Again    string           // the command that plays it again; may be empty
	Trace    string           // the file to write the trace to; "" for none, "-" for standard output
	Stdin    io.Reader
	Stdout   io.Writer
}

// Scenario plays a scenario on the reference, in virtual time, and judges the
// trace. It reports whether to go on: false once ctx has ended, or when the
// trace cannot be written.
func (c *Check) Scenario(ctx context.Context, p Play) bool {
	s := p.Scenario
	now := 0.0
	j := c.begin(judging{name: p.Name, file: p.Trace, scenario: p.Name, again: p.Again, share: func() float64 { return now / max(s.EndMS, 1) }})
	to, err := startTrace(p)
	if err != nil {
		c.Unusable("--trace", err)
		return false
	}
	lines := 0
	var fault error // of anything but the scenario
	err = delivery.PlayFaulty(s, p.Choices, p.Faults, func(e *trace.Event) error {
		lines++
		e.Line, now = lines, e.T
		if fault = to.write(e); fault == nil {
			fault = j.event(ctx, e)
		}
		return fault
	})
	if closing := to.close(); fault == nil && closing != nil {
		fault = &bug{fmt.Errorf("writing the trace: %w", closing)}
	}
	switch {
	case fault == nil:
		return j.finish(err)
	case ctx.Err() != nil:
		return j.finish(ctx.Err())
	}
	if _, own := fault.(*bug); !own {
		fault = &bug{fmt.Errorf("the reference made a trace that cannot be judged: %w", fault)}
	}
	return j.finish(fault)
}

// Read reads a scenario from a file, "-" for stdin. It is nil when that cannot be used,
// which is noted; goOn is then false once ctx has ended.
func (c *Check) Read(ctx context.Context, name string, stdin io.Reader) (s *trace.Scenario, goOn bool) {
	s, err := readScenario(ctx, name, stdin)
	switch {
	case err == nil:
		return s, true
	case ctx.Err() != nil:
		c.files++
		c.broken = fmt.Errorf("stopped while reading %s; %s", name, c.stoppedAt())
		return nil, false
	}
	c.files++
	c.Unusable(name, err)
	return nil, true
}

func readScenario(ctx context.Context, name string, stdin io.Reader) (*trace.Scenario, error) {
	in, err := Open(ctx, name, stdin)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return trace.ReadScenario(in)
}

// written is a trace on its way to a file; the zero value writes nothing.
type written struct {
	file io.WriteCloser
	w    *trace.Writer
}

func startTrace(p Play) (t written, err error) {
	if p.Trace == "" {
		return t, nil
	}
	if sameFile(p.Trace, p.Name) {
		return t, fmt.Errorf("%s is the scenario; expected another file", p.Trace)
	}
	t.file, err = Create(p.Trace, p.Stdout)
	if err == nil {
		t.w = trace.NewWriter(t.file)
	}
	return t, err
}

func (t written) write(e *trace.Event) error {
	if t.w == nil {
		return nil
	}
	if err := t.w.Write(e); err != nil {
		return &bug{fmt.Errorf("writing the trace: %w", err)}
	}
	return nil
}

func (t written) close() error {
	if t.w == nil {
		return nil
	}
	err := t.w.Flush()
	if closing := t.file.Close(); err == nil {
		err = closing
	}
	return err
}
