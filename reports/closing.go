package reports

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// closing is what a terminal shows at the end of a run.
func closing(r *Result, dir string, width int) string {
	var b strings.Builder
	row := func(label, text string) {
		for _, line := range wrap(text, max(width-14, 20)) {
			fmt.Fprintf(&b, "%-14s%s\n", label, line)
			label = ""
		}
	}
	b.WriteString("\n")
	var counts []string
	for _, o := range Outcomes {
		if n := r.Counts[o]; n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", n, o))
		}
	}
	row("rules", fmt.Sprintf("%d in %s: %s", len(r.Rules), seconds(r.Duration()), strings.Join(counts, ", ")))
	if levels := r.failureLevels(); levels != "" {
		row("failures", levels)
	}
	for _, o := range []Outcome{Unsupported, Inconclusive, NotRun} {
		label, list := string(o), r.reasons(o)
		for i, x := range list {
			if i == reasonLimit && len(list) > reasonLimit+1 {
				n := 0
				for _, rest := range list[i:] {
					n += len(rest.rules)
				}
				row(label, fmt.Sprintf("%s for %d other reasons: see %s", rules(n), len(list)-i, SummaryFile))
				break
			}
			row(label, fmt.Sprintf("%s: %s", rules(len(x.rules)), cut(x.text, 300)))
			label = ""
		}
	}
	fmt.Fprintf(&b, "%-14s%s, %s, %s\n", "reports", visible(filepath.Join(dir, ResultsFile)), JUnitFile, SummaryFile)
	row("verdict", Verdict(*r))
	return b.String()
}

// failureLevels counts the rules with findings by the level of these.
func (r *Result) failureLevels() string {
	byLevel := map[string]int{}
	for i := range r.Rules {
		if x := &r.Rules[i]; x.Outcome.Finding() {
			byLevel[x.FailLevel()]++
		}
	}
	var list []string
	for _, level := range sortedLevels(byLevel) {
		s := fmt.Sprintf("%d %s", byLevel[level], level)
		if !r.Gates(level) {
			s += " (does not gate)"
		}
		list = append(list, s)
	}
	return strings.Join(list, ", ")
}

// sortedLevels lists the levels that are keys of a map, the firmest first.
func sortedLevels[V any](m map[string]V) []string {
	return slices.SortedStableFunc(maps.Keys(m), func(a, b string) int {
		if d := firmness(a) - firmness(b); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
}
