package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/specs"
)

func explainCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "explain RULE",
		Short: "Say what a rule demands, where it is documented, and how it is checked",
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			r, err := specs.FindRule(args[0])
			if err != nil {
				return err
			}
			if asJSON {
				both := map[string]listed{}
				for _, p := range rule.Profiles {
					both[p.String()] = listedOf(r, p)
				}
				return json.NewEncoder(c.OutOrStdout()).Encode(both)
			}
			explain(c.OutOrStdout(), r)
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON object, by profile")
	return c
}

func explain(w io.Writer, r *rule.Rule) {
	line := func(name, text string) {
		if text != "" {
			fmt.Fprintf(w, "  %-9s %s\n", name, text)
		}
	}
	fmt.Fprintf(w, "%s  %s  %s  %s\n", r.ID, r.Level, r.Plane, r.Area)
	line("says", r.Says)
	line("sources", r.Sources.String())
	line("silent", r.Silent)
	var needs []string
	for _, n := range r.Needs {
		needs = append(needs, string(n))
	}
	line("needs", strings.Join(needs, ", "))
	for _, p := range rule.Profiles {
		fmt.Fprintf(w, "\n  %s\n", p)
		clause := r.In(p)
		if !clause.Holds {
			line("", "does not hold in this profile")
		}
		if clause.Value != nil {
			b, err := json.Marshal(clause.Value)
			if err == nil {
				line("value", string(b))
			}
		}
		for i, cite := range clause.Cites {
			name := "cited"
			if i > 0 {
				name = ""
			}
			fmt.Fprintf(w, "  %-9s %s\n", name, cite)
		}
		if clause.Holds {
			line("check", specs.StatusOf(r, p))
		}
	}
}
