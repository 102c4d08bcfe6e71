package main

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/specs"
)

func coverageCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "coverage",
		Short: "Say which rules are checked, and why the others are not",
		Long: `Coverage counts the rules of each profile, by plane, level and area: those that
hold; those of which a breach can be seen from outside; those of them that a spec checks; and
those that a mutant of the reference breaks, that an invariant of delivery enforces, and that
something decides which AWS was recorded doing. What is not checked, what no mutant breaks and what
cannot be observed is listed, with the reason.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			coverage := specs.CoverageOf()
			if asJSON {
				return json.NewEncoder(c.OutOrStdout()).Encode(coverage)
			}
			return printCoverage(c.OutOrStdout(), coverage)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON object")
	return c
}

func printCoverage(w io.Writer, list []specs.Coverage) error {
	for _, c := range list {
		fmt.Fprintf(w, "%s\n", c.Profile)
		t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintf(t, "\trules\tobservable\tchecked\t\tmutant\tinvariant\trecorded\t\n")
		for _, row := range c.Rows {
			fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%s\t%d\t%d\t%d\t\n", row.Name, row.Rules, row.Observable, row.Checked, percent(row), row.Mutants, row.Invariants, row.Facts)
		}
		if err := t.Flush(); err != nil {
			return broken(err)
		}
		for _, u := range []struct {
			title string
			rules []specs.Unchecked
		}{{"observable, not checked yet", c.NotChecked}, {"observable, broken by no mutant", c.NoMutant}, {"cannot be observed from outside", c.Unobservable}} {
			if len(u.rules) > 0 {
				fmt.Fprintf(w, "\n  %s\n", u.title)
			}
			for _, x := range u.rules {
				if x.Why == "" {
					fmt.Fprintf(w, "    %s\n", x.Rule)
				} else {
					fmt.Fprintf(w, "    %s: %s\n", x.Rule, x.Why)
				}
			}
		}
		if c.Profile != rule.Today.String() {
			fmt.Fprintln(w)
		}
	}
	return nil
}

func percent(r specs.CoverageRow) string {
	if r.Observable == 0 {
		return ""
	}
	return fmt.Sprintf("%d %%", 100*r.Checked/r.Observable)
}
