package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// markdown renders the rows as a table with one column for each outcome met.
func markdown(rows []row) string {
	outcomes := outcomes(rows)
	header := slices.Concat([]string{"emulator", "version", "profile"}, outcomes, []string{"fail by level", "problem"})
	rule := make([]string, len(header))
	for i := range rule {
		rule[i] = "---"
	}

	var b strings.Builder
	line := func(cells []string) { fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | ")) }
	line(header)
	line(rule)
	for _, r := range rows {
		cells := []string{r.emulator, r.version, r.profile}
		for _, outcome := range outcomes {
			if r.problem != "" {
				cells = append(cells, "-")
				continue
			}
			cells = append(cells, fmt.Sprint(r.results.Counts[outcome]))
		}
		line(append(cells, levels(r.results.failures()), cell(r.problem)))
	}
	return b.String()
}

// outcomes lists the outcomes of all rows: pass and fail, which a reader looks
// for first, then the others by name.
func outcomes(rows []row) []string {
	others := map[string]bool{}
	for _, r := range rows {
		for outcome := range r.results.Counts {
			if outcome != "pass" && outcome != "fail" {
				others[outcome] = true
			}
		}
	}
	return append([]string{"pass", "fail"}, slices.Sorted(maps.Keys(others))...)
}

func levels(counts map[string]int) string {
	var parts []string
	for _, level := range slices.Sorted(maps.Keys(counts)) {
		parts = append(parts, fmt.Sprintf("%s %d", level, counts[level]))
	}
	return strings.Join(parts, ", ")
}

// cell keeps a text within one cell of the table.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ").Replace(text)
}
