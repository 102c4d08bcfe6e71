// Command esmconform tells whether an implementation of AWS Lambda event source
// mappings does what the documentation says.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/esmconform/esmconform/reports"
)

// version is the suite's.
const version = "0.1.0"

// exitUsage is the exit code for a wrong command line, configuration or input.
const exitUsage = 2

// exit ends the program with a code, after its message if there is one.
type exit struct {
	code int
	err  error
}

func (e *exit) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func broken(err error) error { return &exit{reports.ExitBroken, err} }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := command()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	var e *exit
	switch {
	case err == nil:
		return reports.ExitConforms
	case errors.As(err, &e):
		if e.err != nil {
			fmt.Fprintln(stderr, "esmconform:", e.err)
		}
		return e.code
	}
	// Whatever cobra itself finds wrong is usage.
	fmt.Fprintln(stderr, "esmconform:", err)
	return exitUsage
}

func command() *cobra.Command {
	root := &cobra.Command{
		Use:   "esmconform",
		Short: "Conformance tests for implementations of AWS Lambda event source mappings",
		Long: `esmconform tells whether an implementation of AWS Lambda event source mappings
does what the documentation says.

Exit codes: 0 nothing found at the judged levels; 1 findings; 2 wrong usage,
configuration or input; 3 the target or the suite broke.`,
		Version:       suite(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetFlagErrorFunc(suggestFlag)
	root.AddCommand(runCommand(), listCommand(), explainCommand(), coverageCommand(), serveCommand(),
		checkCommand(), replayCommand(), selftestCommand(), fuzzCommand(), mergeCommand())
	return root
}

// suite is the suite's version, with the commit it was built from when known.
func suite() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" && len(s.Value) >= 12 {
				return version + " (" + s.Value[:12] + ")"
			}
		}
	}
	return version
}
