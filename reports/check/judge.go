package check

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// lookEvery is after how many events the context and the progress are looked at.
const lookEvery = 1024

// judging is a trace that is being judged.
type judging struct {
	c        *Check
	name     string // of the input, as the user gave it
	file     string // that holds the trace; empty if none does
	scenario string // that was played, if one was
	again    string // the command that shows it again; may be empty
	share    func() float64

	checker  *delivery.Checker
	profile  rule.Profile
	complete bool
	ended    int // the line of the end event
	events   int
	line     int               // the last one
	calls    []*trace.Exchange // in the place of a trace
}

func (c *Check) begin(j judging) *judging {
	c.files++
	j.c = c
	j.checker = delivery.NewChecker(func(v delivery.Violation) { c.found(&j, &v) })
	return &j
}

// place names lines of the trace.
func (j *judging) place(lines string) string {
	if j.calls != nil {
		return "call " + lines + " of " + j.name
	}
	if j.file == "" {
		return "events " + lines + " of the trace of " + j.name + " (--trace FILE writes it)"
	}
	return j.file + ":" + lines
}

// event takes in the next event.
func (j *judging) event(ctx context.Context, e *trace.Event) (err error) {
	// A mistake of the checker must not cost the findings of other files.
	defer func() {
		if p := recover(); p != nil {
			err = &bug{fmt.Errorf("the checker broke on line %d: %v; this is a fault of esmconform", e.Line, p)}
		}
	}()
	j.events++
	j.c.events++
	j.line = e.Line
	if j.events%lookEvery == 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		j.c.progress.At(j.done(), j.c.soFar)
	}
	switch {
	case j.ended > 0:
		return &trace.InputError{Line: e.Line, What: fmt.Sprintf("an event %s after the end of the observation on line %d; expected nothing after it", e.Kind, j.ended)}
	case e.Kind == trace.Header:
		j.complete = e.Complete
		j.profile, _ = rule.ParseProfile(e.Profile)
	case e.Kind == trace.End:
		j.ended = e.Line
	}
	return j.checker.Event(e)
}

// finish ends a trace that was read to its end, or until err. It reports
// whether to go on with the next one.
func (j *judging) finish(err error) bool {
	c := j.c
	c.decide(j.checker)
	var read *trace.InputError
	var judge *delivery.InputError
	var own *bug
	switch {
	case errors.As(err, &own):
		c.note("%s: %v", j.name, err)
		c.broken = errors.Join(c.broken, fmt.Errorf("%s is not judged to its end", j.name))
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		c.broken = fmt.Errorf("stopped after line %d of %s (%s); %s", j.line, j.name, count(j.events, "event"), c.stoppedAt())
		return false
	case errors.As(err, &read):
		c.Unusable(fmt.Sprintf("%s:%d", j.name, read.Line), errors.New(read.What))
	case errors.As(err, &judge):
		c.Unusable(fmt.Sprintf("%s:%d", j.name, judge.Line), errors.New(judge.What))
	case err != nil:
		c.Unusable(j.name, err)
	case j.ended == 0 && j.complete:
		c.Unusable(fmt.Sprintf("%s:%d", j.name, j.line),
			errors.New(`the trace stops here without an end event, but its first line says "complete":true; expected {"event":"end","t":…} on the last line: is the file cut off?`))
	case j.ended == 0:
		c.note("%s:%d: the trace stops here without an end event, so what must have happened by its end is not judged", j.name, j.line)
	}
	return true
}

// bug is a fault of the suite itself.
type bug struct{ error }

// Trace judges the trace in a file, "-" for stdin. It reports whether to go on:
// false once ctx has ended.
func (c *Check) Trace(ctx context.Context, name string, stdin io.Reader, again string) bool {
	in, err := Open(ctx, name, stdin)
	if err != nil {
		c.files++
		c.Unusable(name, err)
		return true
	}
	defer in.Close()
	j := c.begin(judging{name: name, file: name, again: again, share: in.Share})
	r := trace.NewReader(in)
	for {
		e, err := r.Next()
		if err == io.EOF {
			return j.finish(nil)
		}
		if err == nil {
			err = j.event(ctx, e)
		}
		if err != nil {
			return j.finish(err)
		}
	}
}

// done is the share of all the work that is done, where that can be known.
func (j *judging) done() float64 {
	share := j.share()
	if j.c.o.Files == 0 || share < 0 && j.c.o.Files == 1 {
		return -1
	}
	return (float64(j.c.files-1) + max(share, 0)) / float64(j.c.o.Files)
}

// soFar counts what was done, for the progress.
func (c *Check) soFar() string {
	s := count(c.events, "event") + ", " + count(len(c.seen), "finding")
	if c.o.Files > 1 {
		s = fmt.Sprintf("%d of %s, ", c.files, count(c.o.Files, "file")) + s
	}
	return s
}

func (c *Check) stoppedAt() string {
	return fmt.Sprintf("%d of %s judged", c.files-1, count(c.o.Files, "file"))
}

// took is how long the check has been going.
func (c *Check) took() string { return fmt.Sprintf("%.1f s", time.Since(c.started).Seconds()) }
