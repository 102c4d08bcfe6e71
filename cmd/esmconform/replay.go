package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/reports/check"
	"github.com/esmconform/esmconform/specs"
)

func replayCommand() *cobra.Command {
	var (
		f      judgeFlags
		target targetFlags
		seed   uint64
		file   string
	)
	c := &cobra.Command{
		Use:   "replay SCENARIO...",
		Short: "Play scenarios and judge what came of them",
		Long: `Replay plays scenarios (JSON). A scenario that holds calls is played on any target, and
the answers are judged. One that holds records is played on the reference, or a mutant of
it, in virtual time, and its trace is judged as check does. Where the documentation leaves a
choice, the reference always makes the same one; with --seed it explores the others, the
same way for the same seed.

A finding is shown as check shows it; its evidence are calls, or lines of the trace, which
--trace writes.

Exit codes: 0 nothing found at the judged levels; 1 findings; 2 a scenario is unusable
(the others are played all the same); 3 stopped, or the target or the suite broke.`,
		Example: `  esmconform replay scenario.json
  esmconform replay scenario.json --seed 7 --trace trace.jsonl.zst
  esmconform replay --target endpoint:http://127.0.0.1:4566 build/fuzz/scenarios/*.json
  esmconform replay scenario.json --trace - | esmconform check -`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			out := c.OutOrStdout()
			switch {
			case file != "" && len(args) > 1:
				return fmt.Errorf("--trace writes the trace of one scenario; %d are given", len(args))
			case file == check.Stdio && f.asJSON:
				return errors.New("--json and --trace - both write to standard output; expected one of them, or --trace FILE")
			case file == check.Stdio:
				out = c.ErrOrStderr()
			}
			faults, recordless := faultsOf(target.target)
			if recordless != nil && !errors.Is(recordless, errCallsOnly) {
				return recordless
			}
			callers := &callers{target: &target}
			defer callers.close(c)
			again := "esmconform replay" + f.again()
			if c.Flags().Changed("target") {
				again += " --target " + target.target
			}
			if c.Flags().Changed("seed") {
				again += fmt.Sprintf(" --seed %d", seed)
			}
			return f.judge(c, check.Options{Out: out}, args, func(k *check.Check, name string) bool {
				s, goOn := k.Read(c.Context(), name, c.InOrStdin())
				if s == nil {
					return goOn
				}
				once := ""
				if name != check.Stdio {
					once = again + " " + shellWord(name)
				}
				if len(s.Calls) > 0 {
					return callers.play(c, k, s, check.Called{Name: name, Again: once, Trace: file, Stdout: c.OutOrStdout()})
				}
				if recordless != nil {
					k.Unusable(name, recordless)
					return true
				}
				p := check.Play{Name: name, Scenario: s, Choices: delivery.Default{}, Faults: faults(), Trace: file, Stdout: c.OutOrStdout(), Again: once}
				if c.Flags().Changed("seed") {
					p.Choices = delivery.Seeded(seed)
				}
				return k.Scenario(c.Context(), p)
			})
		},
	}
	f.add(c)
	target.add(c)
	c.Flags().Uint64Var(&seed, "seed", 0, "explore what the documentation leaves open, by this seed (default: one fixed choice each)")
	c.Flags().StringVar(&file, "trace", "", `write the trace, or the exchanges, to this file, "-" for standard output; packed if the name ends in .gz or .zst`)
	return c
}

// errCallsOnly says that a target can play scenarios of calls only.
var errCallsOnly = errors.New("its steps deliver records")

// faultsOf are the faults of a target that plays records, made anew for each scenario.
func faultsOf(target string) (func() delivery.Faults, error) {
	kind, name, _ := strings.Cut(target, ":")
	switch {
	case target == "reference":
		return func() delivery.Faults { return delivery.Faults{} }, nil
	case kind != "mutant":
		return nil, fmt.Errorf("%w, which an endpoint cannot yet play: expected calls, or --target \"reference\" or a mutant of it", errCallsOnly)
	}
	m, err := findMutant(name)
	switch {
	case err != nil:
		return nil, err
	case m.Delivery == nil:
		return nil, fmt.Errorf("%w, and the fault of --target %s is in the API, which they do not show: use esmconform run", errCallsOnly, target)
	}
	return m.Faults, nil
}

// callers play calls on a target, in the profile of each scenario.
type callers struct {
	target   *targetFlags
	subjects map[rule.Profile]*specs.Subject
	remove   []func(context.Context) error
}

func (x *callers) play(c *cobra.Command, k *check.Check, s *trace.Scenario, called check.Called) bool {
	called.Profile, _ = rule.ParseProfile(s.Profile)
	subject := x.subjects[called.Profile]
	if subject == nil {
		made, remove, err := x.target.subject(c.Context(), called.Profile)
		if err != nil {
			called.Broken = err
			return k.Calls(c.Context(), called)
		}
		if x.subjects == nil {
			x.subjects = map[rule.Profile]*specs.Subject{}
		}
		subject, x.subjects[called.Profile] = made, made
		x.remove = append(x.remove, remove)
	}
	called.Calls, called.Found, called.Evidence, called.Decided, called.Broken = subject.Calls(c.Context(), s)
	return k.Calls(c.Context(), called)
}

func (x *callers) close(c *cobra.Command) {
	clean, cancel := context.WithTimeout(context.WithoutCancel(c.Context()), specs.Removal)
	defer cancel()
	for _, remove := range x.remove {
		if err := remove(clean); err != nil {
			fmt.Fprintln(c.ErrOrStderr(), "esmconform: left behind:", err)
		}
	}
}
