package reports

import (
	"fmt"
	"strings"
)

// terminalLimit is how many bytes of an expectation or an observation fit a
// screen; results.json has the whole.
const terminalLimit = 600

// evidenceLimit is how many places a finding shows.
const evidenceLimit = 5

// field is one labelled part of a finding.
type field struct {
	label  string
	values []string
	wrap   bool // false for what a reader copies
}

// fields lists what there is to say of a finding, with no value longer than
// limit bytes apart from what a reader copies.
func fields(x *RuleResult, f *Finding, limit int) []field {
	list := []field{
		{"says", []string{x.Says, strings.Join(x.Cites, "; ")}, true},
		{"expected", []string{cut(f.Expected, limit)}, true},
		{"actual", []string{cut(f.Actual, limit)}, true},
	}
	if f.Count > 1 {
		list = append(list, field{"seen", []string{fmt.Sprintf("%d times", f.Count)}, true})
	}
	places := f.Evidence
	if more := len(places) - evidenceLimit; more > 0 {
		places = append(places[:evidenceLimit:evidenceLimit], fmt.Sprintf("and %d more", more))
	}
	return append(list, field{"evidence", places, false}, field{"again", []string{f.Again}, false})
}

// block is a finding as a reader sees it, each label in a column of its own.
// width 0 leaves lines as long as they are.
func block(x *RuleResult, f *Finding, head string, width, limit int) string {
	const indent = 12
	var b strings.Builder
	b.WriteString(head + "\n")
	for _, part := range fields(x, f, limit) {
		label := part.label
		for _, value := range part.values {
			value = strings.TrimSpace(visible(value))
			if value == "" {
				continue
			}
			lines := strings.Split(value, "\n")
			if part.wrap && width > 0 {
				lines = wrap(value, max(width-indent, 20))
			}
			if !part.wrap {
				lines = []string{oneLine(value)}
			}
			for _, line := range lines {
				b.WriteString(strings.TrimRight(fmt.Sprintf("  %-10s%s", label, line), " ") + "\n")
				label = ""
			}
		}
	}
	return b.String()
}

// heading is the first line of a finding. Outcomes other than a plain failure
// are named at its end.
func heading(r *Result, x *RuleResult, f *Finding) (word, rest string) {
	word = "NOTE"
	if r.Gates(f.Level) {
		word = "FAIL"
	}
	rest = fmt.Sprintf(" %s  %s  %s", visible(x.Rule), f.Level, r.Profile)
	if x.Outcome != Fail {
		rest += "  " + string(x.Outcome)
	}
	return word, rest
}
