package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
)

// report lists the changes that nobody noticed and the score of each package.
// It returns the score of all.
func report(out io.Writer, list []*result) float64 {
	slices.SortStableFunc(list, func(a, b *result) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	for _, what := range []outcome{survived, unreached} {
		for _, r := range list {
			if r.Outcome == what {
				fmt.Fprintf(out, "%s: %s\n", what, &r.change)
			}
		}
	}
	var packages []string
	counts, total := map[string]tally{}, tally{}
	for _, r := range list {
		if counts[r.Package] == nil {
			counts[r.Package] = tally{}
			packages = append(packages, r.Package)
		}
		counts[r.Package][r.Outcome]++
		total[r.Outcome]++
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "package\tchanges\t")
	for _, o := range outcomes {
		fmt.Fprintf(w, "%s\t", o)
	}
	fmt.Fprintln(w, "score\t")
	row := func(name string, t tally) {
		fmt.Fprintf(w, "%s\t%d\t", name, t.all())
		for _, o := range outcomes {
			fmt.Fprintf(w, "%d\t", t[o])
		}
		fmt.Fprintf(w, "%.1f %%\t\n", 100*t.score())
	}
	for _, name := range packages {
		row(name, counts[name])
	}
	row("total", total)
	w.Flush()
	return total.score()
}
