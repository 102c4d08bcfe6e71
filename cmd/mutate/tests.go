package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// whole is the test that plays the whole suite; it runs only on what the others
// leave alive.
const whole = "TestProven"

// quick is what a test may take to be among those that run first.
const quick = 100 * time.Millisecond

// patience is how many times as long as with no change on the tests may take.
const patience = 5

// tests are the tests of a package, built with its changes switched.
type tests struct {
	binary string
	folder string
	work   string
	least  time.Duration // a run is given no less
	stages []stage       // in the order in which they run
}

// stage is some of the tests of a package.
type stage struct {
	what    string
	args    []string
	timeout time.Duration
	reached map[int]bool // the changes whose place these tests come by
}

// newTests runs the tests in a binary, none of which may fail, and sorts them by
// the time that they take, so that most changes are noticed soon.
func newTests(ctx context.Context, binary, folder, work string, least time.Duration, short bool) (*tests, error) {
	t := &tests{binary: binary, folder: folder, work: work, least: least}
	common := t.common(ctx)
	if short {
		common = append(common, "-test.skip=^"+whole+"$")
	}
	out, err := t.pass(ctx, stage{args: append(slices.Clone(common), "-test.v"), timeout: time.Hour})
	if err != nil {
		return nil, err
	}
	sorted := [3][]string{}
	for _, m := range passed.FindAllSubmatch(out, -1) {
		name := string(m[1])
		took, err := time.ParseDuration(string(m[2]))
		switch {
		case err != nil:
			return nil, err
		case name == whole:
			sorted[2] = append(sorted[2], name)
		case took > quick:
			sorted[1] = append(sorted[1], name)
		default:
			sorted[0] = append(sorted[0], name)
		}
	}
	for i, what := range []string{"quick tests", "other tests", whole} {
		if len(sorted[i]) > 0 {
			run := "-test.run=^(" + strings.Join(sorted[i], "|") + ")$"
			t.stages = append(t.stages, stage{what: what, args: append(slices.Clone(common), run)})
		}
	}
	if len(t.stages) == 0 {
		return nil, fmt.Errorf("%s: no tests", folder)
	}
	for i := range t.stages {
		if err := t.measure(ctx, &t.stages[i]); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// passed is the line about a test that passed, not about a part of one.
var passed = regexp.MustCompile(`(?m)^--- PASS: (\S+) \((\S+)\)$`)

// common are the arguments of every run.
func (t *tests) common(ctx context.Context) []string {
	if out, _ := t.command(ctx, "-help").CombinedOutput(); bytes.Contains(out, []byte("-rapid.nofailfile")) { // -help is an error
		// What fails is not to be kept, nor made small.
		return []string{"-rapid.nofailfile", "-rapid.shrinktime=0s"}
	}
	return nil
}

// measure notes how long a stage takes with no change on, and which it comes by.
func (t *tests) measure(ctx context.Context, s *stage) error {
	s.timeout = time.Hour
	start := time.Now()
	if _, err := t.pass(ctx, *s); err != nil {
		return err
	}
	took := time.Since(start)
	file, err := os.CreateTemp(t.work, "reached")
	if err != nil {
		return err
	}
	file.Close()
	if _, err := t.pass(ctx, *s, "MUTATE_CHANGE=-1", "MUTATE_REACHED="+file.Name()); err != nil {
		return fmt.Errorf("counting: %w", err)
	}
	s.timeout = max(t.least, patience*took)
	text, err := os.ReadFile(file.Name())
	if err != nil {
		return err
	}
	s.reached = map[int]bool{}
	for _, field := range bytes.Fields(text) {
		id, err := strconv.Atoi(string(field))
		if err != nil {
			return err
		}
		s.reached[id] = true
	}
	return nil
}

// pass runs a stage with no change on: it must pass. It returns the output.
func (t *tests) pass(ctx context.Context, s stage, env ...string) ([]byte, error) {
	end, out, err := t.run(ctx, s, env...)
	if err == nil && end != survived {
		err = fmt.Errorf("%s: with no change on, the tests end as %q:\n%s", t.folder, end, out)
	}
	return out, err
}

var failed = regexp.MustCompile(`(?m)^\s*--- FAIL: (\S+)`)

// culprit is the first test that failed, "" if none came to say so.
func culprit(out []byte) string {
	if m := failed.FindSubmatch(out); m != nil {
		return string(m[1])
	}
	return ""
}
