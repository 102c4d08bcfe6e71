// Command emulators runs the suite against real emulators of AWS: it installs
// each at a pinned version, starts it on a loopback port, runs
// build/esmconform against it and prints one table of the outcomes.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

const (
	exitUsage = 2
	// exitTooFew says that the table compares too few emulators to be one.
	exitTooFew      = 3
	exitInterrupted = 130

	enough = 2
)

func main() {
	// The emulators live in process groups of their own, so a signal from the
	// terminal reaches only this program, which then stops them.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("emulators", flag.ContinueOnError)
	flags.SetOutput(stderr)
	only := flags.String("only", "", "run only these emulators, separated by commas")
	fuzz := flags.Duration("fuzz", 0, "also search each emulator for so long, in each profile (default not)")
	timeout := flags.Duration("timeout", 90*time.Second, "how long an emulator may take to answer after its start")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return exitUsage
	}
	if *fuzz < 0 {
		fmt.Fprintf(stderr, "emulators: -fuzz %s: expected more than nothing\n", *fuzz)
		return exitUsage
	}
	chosen, err := choose(catalogue, *only)
	if err == nil && flags.NArg() > 0 {
		err = fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	if err != nil {
		fmt.Fprintln(stderr, "emulators:", err)
		return exitUsage
	}
	root, err := os.Getwd()
	if err != nil {
		fmt.Fprintln(stderr, "emulators:", err)
		return exitUsage
	}
	s := session{
		suite:        filepath.Join(root, "build", "esmconform"),
		cache:        filepath.Join(root, ".cache", "emulators"),
		output:       filepath.Join(root, "build", "emulators"),
		startTimeout: *timeout,
		fuzz:         *fuzz,
		log:          stderr,
	}
	if _, err := os.Stat(s.suite); err != nil {
		fmt.Fprintln(stderr, "emulators: the suite is not built:", err)
		return exitUsage
	}

	var rows []row
	ran := 0
	for _, e := range chosen {
		if ctx.Err() != nil {
			break
		}
		measured := s.measure(ctx, e)
		if !slices.ContainsFunc(measured, func(r row) bool { return r.problem != "" }) {
			ran++
		}
		rows = append(rows, measured...)
	}

	table := markdown(rows)
	if *fuzz > 0 {
		table += "\n" + searches(rows)
	}
	fmt.Fprint(stdout, table)
	if err := os.WriteFile(filepath.Join(s.output, "table.md"), []byte(table), 0o644); err != nil {
		fmt.Fprintln(stderr, "emulators:", err)
	}
	switch {
	case ctx.Err() != nil:
		return exitInterrupted
	case ran < min(enough, len(chosen)):
		return exitTooFew
	}
	return 0
}

// choose picks the emulators named in a comma-separated list, all for "".
func choose(all []emulator, names string) ([]emulator, error) {
	if names == "" {
		return all, nil
	}
	var chosen []emulator
	for name := range strings.SplitSeq(names, ",") {
		i := slices.IndexFunc(all, func(e emulator) bool { return e.name == strings.TrimSpace(name) })
		if i < 0 {
			return nil, fmt.Errorf("no emulator is called %q", name)
		}
		chosen = append(chosen, all[i])
	}
	return chosen, nil
}
