package reports

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// writePause is the least time between two writes of results.json while a run
// goes: short enough that a crash costs nothing worth having, and long enough
// that a fast target spends its time on rules.
const writePause = 250 * time.Millisecond

// Run is a run that goes on. Its methods are safe for concurrent use.
type Run struct {
	dir      string
	terminal *Terminal

	mu     sync.Mutex
	result Result
	index  map[string]int
	done   []bool // rules that Rule was called for
	closed bool

	dirty chan struct{} // holds one token when results.json is behind
	stop  chan struct{}
	wait  sync.WaitGroup

	once  sync.Once // Close happens once; later calls get what it returned
	final Result
	err   error
}

// Open starts a run that reports to the folder dir, which it makes if need be.
// header.Rules lists the selected rules; all of them start as not-run, whatever
// else header says of them. Reports of an earlier run in dir go. terminal may be
// nil, for silence.
func Open(dir string, header Result, terminal *Terminal) (*Run, error) {
	r := &Run{dir: dir, terminal: terminal, result: header, index: map[string]int{},
		done: make([]bool, len(header.Rules)), dirty: make(chan struct{}, 1), stop: make(chan struct{})}
	x := &r.result
	x.Format, x.Command, x.Broken = Format, redact(x.Command), ""
	if x.Started.IsZero() {
		x.Started = time.Now()
	}
	x.Started, x.Ended = x.Started.UTC().Truncate(time.Millisecond), time.Time{}
	if x.Gated == nil {
		x.Gated = []string{"must", "implied"}
	}
	if x.Target.Capabilities == nil {
		x.Target.Capabilities = []string{}
	}
	x.Rules = []RuleResult{}
	for i, h := range header.Rules {
		if _, twice := r.index[h.Rule]; twice {
			return nil, fmt.Errorf("rule %s is selected twice: expected each rule once", h.Rule)
		}
		r.index[h.Rule] = i
		x.Rules = append(x.Rules, RuleResult{Rule: h.Rule, Level: h.Level, Area: h.Area, Outcome: NotRun, Says: h.Says, Cites: h.Cites})
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("cannot make the report folder: %w", err)
	}
	for _, name := range []string{JUnitFile, SummaryFile} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("cannot remove an earlier report: %w", err)
		}
	}
	if err := r.write(false); err != nil {
		return nil, fmt.Errorf("cannot write to the report folder: %w", err)
	}
	terminal.start(x)
	r.wait.Go(r.keepWriting)
	return r, nil
}

// Rule records what was learnt of a rule. Called again for the same rule, the
// outcome is the worse one, findings of the same class count as one, and seconds
// add up; so a caller leaves out what should not make a rule worse (that one of
// several source kinds is unsupported, say). Anything with a finding is at least
// a fail. A rule that was not selected is added. After Close nothing is recorded.
func (r *Run) Rule(x RuleResult) {
	x.complete()
	r.mu.Lock()
	if r.closed {
		r.mu.Unlock()
		return
	}
	i, ok := r.index[x.Rule]
	if !ok {
		i = len(r.result.Rules)
		r.index[x.Rule] = i
		r.result.Rules = append(r.result.Rules, RuleResult{Rule: x.Rule})
		r.done = append(r.done, false)
	}
	slot, first := &r.result.Rules[i], !r.done[i]
	if first {
		r.done[i] = true
		slot.Outcome = "" // not-run was true until now and is no part of what was learnt
	}
	before := slot.Outcome
	found := slot.merge(x)
	if len(found) == 0 && slot.Outcome.Finding() && !before.Finding() {
		found = slot.shown()
	}
	now, total := *slot, len(r.result.Rules)
	r.mu.Unlock()

	select {
	case r.dirty <- struct{}{}:
	default:
	}
	// Not under the lock: a terminal that is held up must not hold up the file.
	r.terminal.rule(now, found, first, total)
}

// Close ends the run and writes results.json, junit.xml and summary.md. broken
// says why the run ended early, if it did. A selected rule that nobody recorded
// in a run that got to its end means that the suite lost it, so the run counts
// as broken then too. The error is about writing the reports.
func (r *Run) Close(broken error) (Result, error) {
	r.once.Do(func() { r.final, r.err = r.close(broken) })
	return r.final, r.err
}

func (r *Run) close(broken error) (Result, error) {
	close(r.stop)
	r.wait.Wait()

	r.mu.Lock()
	r.closed = true
	x := &r.result
	x.Ended = time.Now().UTC().Truncate(time.Millisecond)
	x.count()
	switch n := x.Counts[NotRun]; {
	case broken != nil:
		x.Broken = redact(broken.Error())
	case n > 0:
		x.Broken = fmt.Sprintf("the run got to its end with %s not run", rules(n))
	}
	result := r.snapshot()
	r.mu.Unlock()

	err := errors.Join(r.write(true),
		r.report(JUnitFile, func(w io.Writer) error { return JUnit(w, result) }),
		r.report(SummaryFile, func(w io.Writer) error { return Summary(w, result) }))
	r.terminal.end(&result, r.dir)
	return result, err
}

func (r *Run) report(name string, make func(io.Writer) error) error {
	var b bytes.Buffer
	if err := make(&b); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return replace(filepath.Join(r.dir, name), b.Bytes(), true)
}

// keepWriting writes results.json whenever it is behind, and not too often.
// An error here is not final: Close writes once more and reports its own.
func (r *Run) keepWriting() {
	for {
		select {
		case <-r.stop:
			return
		case <-r.dirty:
		}
		_ = r.write(false)
		select {
		case <-r.stop:
			return
		case <-time.After(writePause):
		}
	}
}

func (r *Run) write(final bool) error {
	r.mu.Lock()
	result := r.snapshot()
	r.mu.Unlock()
	content, err := encode(&result)
	if err != nil {
		return err
	}
	return replace(filepath.Join(r.dir, ResultsFile), content, final)
}

// snapshot is a copy that later calls of Rule do not touch: merge replaces the
// slices within a RuleResult and never writes into them.
func (r *Run) snapshot() Result {
	c := r.result
	c.Rules = slices.Clone(c.Rules)
	c.count()
	return c
}
