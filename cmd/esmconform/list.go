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

func listCommand() *cobra.Command {
	var (
		profile profileFlag
		rules   string
		asJSON  bool
	)
	c := &cobra.Command{
		Use:   "list",
		Short: "List the rules of a profile",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			selected, err := specs.Selector(rules)
			if err != nil {
				return err
			}
			var list []*rule.Rule
			for _, r := range rule.All() {
				if r.Holds(profile.Profile) && (selected == nil || selected(r)) {
					list = append(list, r)
				}
			}
			if len(list) == 0 {
				return specs.ErrNothing
			}
			if asJSON {
				return writeJSONLines(c.OutOrStdout(), list, profile.Profile)
			}
			w := tabwriter.NewWriter(c.OutOrStdout(), 0, 0, 2, ' ', 0)
			for _, r := range list {
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", r.ID, r.Level, r.Plane, r.Area, specs.StatusOf(r, profile.Profile))
			}
			return w.Flush()
		},
	}
	addProfile(c, &profile)
	c.Flags().StringVar(&rules, "rules", "", "which rules, as for run")
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return c
}

// listed is a rule as list and explain print it in JSON.
type listed struct {
	Rule    string   `json:"rule"`
	Level   string   `json:"level"`
	Plane   string   `json:"plane"`
	Area    string   `json:"area"`
	Sources string   `json:"sources"`
	Says    string   `json:"says"`
	Value   any      `json:"value,omitempty"`
	Cites   []string `json:"cites,omitempty"`
	Silent  string   `json:"silent,omitempty"`
	Needs   []string `json:"needs,omitempty"`
	Status  string   `json:"status"`
}

func listedOf(r *rule.Rule, p rule.Profile) listed {
	clause := r.In(p)
	x := listed{Rule: r.ID, Level: r.Level.String(), Plane: r.Plane.String(), Area: r.Area, Sources: r.Sources.String(),
		Says: r.Says, Value: clause.Value, Silent: r.Silent, Status: specs.StatusOf(r, p)}
	for _, cite := range clause.Cites {
		x.Cites = append(x.Cites, cite.String())
	}
	for _, n := range r.Needs {
		x.Needs = append(x.Needs, string(n))
	}
	return x
}

func writeJSONLines(w io.Writer, list []*rule.Rule, p rule.Profile) error {
	e := json.NewEncoder(w)
	for _, r := range list {
		if err := e.Encode(listedOf(r, p)); err != nil {
			return broken(err)
		}
	}
	return nil
}
