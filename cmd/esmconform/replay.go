package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/reports/check"
	"github.com/esmconform/esmconform/specs"
)

func replayCommand() *cobra.Command {
	var (
		f      judgeFlags
		target string
		seed   uint64
		trace  string
	)
	c := &cobra.Command{
		Use:   "replay SCENARIO...",
		Short: "Play scenarios on the reference, in virtual time, and judge their traces",
		Long: `Replay plays scenarios (JSON) on the reference, in virtual time, and judges what
was observed as check does. Where the documentation leaves a choice, the reference always
makes the same one; with --seed it explores the others, the same way for the same seed.

A finding is shown as check shows it; its evidence are lines of the trace, which
--trace writes.

Exit codes: 0 nothing found at the judged levels; 1 findings; 2 a scenario is unusable
(the others are played all the same); 3 stopped, or the suite broke.`,
		Example: `  esmconform replay scenario.json
  esmconform replay scenario.json --seed 7 --trace trace.jsonl.zst
  esmconform replay scenario.json --trace - | esmconform check -`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			faults, err := faultsOf(target)
			if err != nil {
				return err
			}
			out := c.OutOrStdout()
			switch {
			case trace != "" && len(args) > 1:
				return fmt.Errorf("--trace writes the trace of one scenario; %d are given", len(args))
			case trace == check.Stdio && f.asJSON:
				return errors.New("--json and --trace - both write to standard output; expected one of them, or --trace FILE")
			case trace == check.Stdio:
				out = c.ErrOrStderr()
			}
			return f.judge(c, check.Options{Out: out}, args, func(k *check.Check, name string) bool {
				p := check.Play{Name: name, Choices: delivery.Default{}, Faults: faults(), Trace: trace, Stdin: c.InOrStdin(), Stdout: c.OutOrStdout()}
				again := "esmconform replay" + f.again()
				if c.Flags().Changed("target") {
					again += " --target " + target
				}
				if c.Flags().Changed("seed") {
					p.Choices = delivery.Seeded(seed)
					again += fmt.Sprintf(" --seed %d", seed)
				}
				if name != check.Stdio {
					p.Again = again + " " + shellWord(name)
				}
				return k.Scenario(c.Context(), p)
			})
		},
	}
	f.add(c)
	c.Flags().StringVar(&target, "target", "reference", `who plays: "reference", or "mutant:NAME" (the reference with a fault)`)
	c.Flags().Uint64Var(&seed, "seed", 0, "explore what the documentation leaves open, by this seed (default: one fixed choice each)")
	c.Flags().StringVar(&trace, "trace", "", `write the trace to this file, "-" for standard output; packed if the name ends in .gz or .zst`)
	return c
}

// faultsOf are the faults of a target that plays, made anew for each scenario.
func faultsOf(target string) (func() delivery.Faults, error) {
	kind, name, _ := strings.Cut(target, ":")
	switch {
	case target == "reference":
		return func() delivery.Faults { return delivery.Faults{} }, nil
	case kind != "mutant":
		return nil, fmt.Errorf("--target %s: only \"reference\" and mutants of it can play scenarios; an endpoint cannot yet", target)
	}
	m, err := specs.Mutant(name)
	switch {
	case err != nil:
		return nil, err
	case m.Delivery == nil:
		return nil, fmt.Errorf("--target %s: its fault is in the API, which a scenario does not judge: use esmconform run", target)
	}
	return m.Faults, nil
}
