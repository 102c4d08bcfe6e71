package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/reports"
	"github.com/esmconform/esmconform/specs"
)

func mergeCommand() *cobra.Command {
	var (
		report string
		asJSON bool
	)
	c := &cobra.Command{
		Use:   "merge RESULT...",
		Short: "Make one result of the shards of a search",
		Long: `Merge reads the fuzz.json of each shard of one search (or the folders they are in),
and writes what one process would have found that plays the same sequences.
What there is of a search with a shard missing is merged all the same.

Exit codes: 0 no shard found anything; 1 findings; 2 a result is unusable, or the
results are not of one search; 3 a shard is missing or was stopped, or its target died.`,
		Example: `  esmconform merge shard-0 shard-1 shard-2 shard-3 --report build/fuzz`,
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			var parts []*reports.Search
			for _, name := range args {
				s, err := reports.LoadSearch(name)
				if err != nil {
					return err
				}
				parts = append(parts, s)
			}
			all, err := reports.MergeSearches(parts)
			if err != nil {
				return err
			}
			all.Command = "esmconform merge"
			for i := range all.Findings {
				x := &all.Findings[i]
				if x.Least == nil || x.Known {
					continue
				}
				if err := writeCase(filepath.Join(report, x.ScenarioFile()), x.Least); err != nil {
					return fmt.Errorf("--report %s: %w", report, err)
				}
			}
			if err := all.Write(filepath.Join(report, reports.SearchFile)); err != nil {
				return fmt.Errorf("--report %s: %w", report, err)
			}
			out := c.OutOrStdout()
			if asJSON {
				out = c.ErrOrStderr()
			}
			terminal := reports.NewTerminal(out)
			for i := range all.Findings {
				if x := &all.Findings[i]; !x.Known {
					terminal.ShowFound(all, x, all.Replay+" "+shellWord(filepath.Join(report, x.ScenarioFile())))
				}
			}
			p, _ := rule.ParseProfile(all.Profile)
			fmt.Fprintf(out, "\n%sreport        %s\n", all.Closing(specs.Reachable(p, true)), filepath.Join(report, reports.SearchFile))
			if asJSON {
				if err := json.NewEncoder(c.OutOrStdout()).Encode(all); err != nil {
					return broken(err)
				}
			}
			switch {
			case all.Broken != "":
				return broken(fmt.Errorf("a shard was not done: %s", all.Broken))
			case len(all.Missing) > 0:
				return broken(fmt.Errorf("%d of %d shards are missing, among them %s; expected the result of each", len(all.Missing), all.Shards[0].Of, all.Missing[0]))
			case all.Unknown() > 0:
				return &exit{code: reports.ExitFindings}
			}
			return nil
		},
	}
	c.Flags().StringVar(&report, "report", "build/fuzz", "the folder for the merged fuzz.json and the least cases")
	c.Flags().BoolVar(&asJSON, "json", false, "print the merged fuzz.json on standard output, and the rest on standard error")
	return c
}
