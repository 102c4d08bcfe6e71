package main

import (
	"encoding/json"
	"errors"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/reports"
	"github.com/esmconform/esmconform/specs"
)

func runCommand() *cobra.Command {
	var (
		target  targetFlags
		profile profileFlag
		level   = levelFlag{rule.Implied}
		rules   string
		report  string
		seed    uint64
		asJSON  bool
	)
	c := &cobra.Command{
		Use:   "run",
		Short: "Run the checks against a target and write the reports",
		Example: `  esmconform run
  esmconform run --target endpoint:http://127.0.0.1:4566 --profile today
  esmconform run --rules 'batch-size-*,!area:defaults'`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			selected, err := specs.Selector(rules)
			if err != nil {
				return err
			}
			t, err := target.open(c.Context(), profile.Profile)
			if err != nil {
				return err
			}
			out := c.OutOrStdout()
			if asJSON {
				out = c.ErrOrStderr()
			}
			result, err := specs.Run(c.Context(), specs.Options{
				Target: t, Profile: profile.Profile, Select: selected, Level: level.Level, Seed: seed,
				Suite: "esmconform " + suite(), Command: "esmconform " + strings.Join(os.Args[1:], " "),
				Again: func(r *rule.Rule) string {
					return again(target.target, profile.Profile, level.Level, r)
				},
				Replay: func(file string) string {
					return "esmconform replay --target " + target.target + " " + file
				},
				Report: report, Terminal: reports.NewTerminal(out),
			})
			if errors.Is(err, specs.ErrNothing) {
				return err
			}
			if asJSON {
				if err := json.NewEncoder(c.OutOrStdout()).Encode(result); err != nil {
					return broken(err)
				}
			}
			if err != nil {
				return broken(err)
			}
			if code := reports.ExitCode(result); code != 0 {
				return &exit{code: code}
			}
			return nil
		},
	}
	target.add(c)
	addProfile(c, &profile)
	c.Flags().Var(&level, "level", `the weakest level that is judged: "must", "implied", "should" or "recorded"`)
	c.Flags().StringVar(&rules, "rules", "", "which rules: ids, patterns with *, area:NAME, level:NAME, comma-separated; ! leaves out (default all)")
	c.Flags().StringVar(&report, "report", "build/report", "the folder for results.json, junit.xml, summary.md and the exchanges behind findings")
	c.Flags().Uint64Var(&seed, "seed", 1, "the seed of whatever is drawn at random")
	c.Flags().BoolVar(&asJSON, "json", false, "print results.json on standard output, and the rest on standard error")
	return c
}

// again is the command line that shows a rule's finding again.
func again(target string, p rule.Profile, l rule.Level, r *rule.Rule) string {
	s := "esmconform run --target " + target + " --profile " + p.String()
	if l != rule.Implied {
		s += " --level " + l.String()
	}
	return s + " --rules " + r.ID
}
