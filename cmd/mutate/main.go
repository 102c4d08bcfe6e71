// Command mutate tests the tests: it changes packages in small ways, one at a
// time, and counts how many of the changes their tests notice.
//
// Every place that can be changed gets a switch, so that a package is compiled
// once and not once for each change; an environment variable says which one is
// on. The working tree is not touched. The build tag mutate is set: under it a
// package may have more tests, and the one called TestProven runs only on what
// the others do not notice.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"
)

const (
	// exitBelow says that the tests notice too little.
	exitBelow = 1
	exitUsage = 2
	// exitBroken says that there is no measurement, not a bad one.
	exitBroken      = 3
	exitInterrupted = 130
)

// measured are the packages that are measured when none is named.
var measured = []string{"./oracle/rule", "./oracle/pattern", "./oracle/trace", "./oracle/control", "./oracle/delivery"}

func main() {
	// The tests live in process groups of their own, so a signal from the
	// terminal reaches only this program, which then stops them.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// options are the flags.
type options struct {
	workers, sample, line int
	file, results         string
	resume, again         bool
	short, list           bool
	least                 time.Duration
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var o options
	flags := flag.NewFlagSet("mutate", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.IntVar(&o.workers, "workers", runtime.NumCPU(), "how many changes to judge at a time")
	flags.IntVar(&o.sample, "sample", 0, "judge only so many changes of each package, always the same")
	flags.StringVar(&o.file, "file", "", "judge only the changes in this file")
	flags.IntVar(&o.line, "line", 0, "judge only the changes in this line")
	flags.StringVar(&o.results, "results", "build/mutate.jsonl", "the file of results, written as they come")
	flags.BoolVar(&o.resume, "resume", false, "keep the results that are there, of files that are the same")
	flags.BoolVar(&o.again, "again", false, "as -resume, but judge again what was not noticed: after tests were added")
	flags.BoolVar(&o.short, "short", false, "leave TestProven out: the score is at least what is printed then, and -again does the rest")
	flags.BoolVar(&o.list, "list", false, "list the changes, judge none")
	flags.DurationVar(&o.least, "least", 10*time.Second, "what a run of tests is given at least")
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: mutate [flags] [packages]")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return exitUsage
	}
	patterns := flags.Args()
	if len(patterns) == 0 {
		patterns = measured
	}
	score, err := o.run(ctx, patterns, stdout, stderr)
	switch {
	case ctx.Err() != nil:
		return exitInterrupted
	case err != nil:
		fmt.Fprintln(stderr, "mutate:", err)
		return exitBroken
	case score < target:
		return exitBelow
	}
	return 0
}

// run judges the changes to packages and returns the score.
func (o *options) run(ctx context.Context, patterns []string, stdout, stderr io.Writer) (float64, error) {
	root, err := os.Getwd()
	if err != nil {
		return 0, err
	}
	subjects, err := load(root, patterns)
	if err != nil {
		return 0, err
	}
	all := 0
	for _, p := range subjects {
		p.narrow(o.file, o.line)
		all += len(p.changes)
	}
	if all == 0 {
		return 0, errors.New("nothing to change")
	}
	if o.list {
		for _, p := range subjects {
			for _, c := range sample(p.changes, o.sample) {
				fmt.Fprintln(stdout, c)
			}
		}
		return 1, nil
	}
	work, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(work)
	s := &session{root: root, work: work, workers: max(1, o.workers), sample: o.sample, least: o.least, short: o.short, log: stderr}
	path := o.results
	if o.file != "" || o.line > 0 {
		path = "" // a look at a few must not cost the results of all
	}
	if s.results, err = openResults(path, o.resume, o.again); err != nil {
		return 0, err
	}
	defer s.results.close()
	for _, p := range subjects {
		if err = s.measure(ctx, p); err != nil {
			break
		}
	}
	score := report(stdout, s.done)
	if o.sample > 0 {
		fmt.Fprintf(stdout, "a sample of %d changes a package\n", o.sample)
	}
	if o.short {
		fmt.Fprintln(stdout, "without "+whole)
	}
	if err != nil {
		fmt.Fprintln(stdout, "not all: the run did not come to its end")
	}
	return score, err
}
