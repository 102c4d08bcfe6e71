package reports

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

const (
	// summaryLimit bounds the findings in summary.md, in bytes: a forge shows a
	// job summary of at most 1 MiB.
	summaryLimit = 900 << 10
	// summaryNames is how many rules are named beside a shared reason.
	summaryNames = 20
)

// Summary writes the result as Markdown for a person: the verdict, the counts,
// each finding, and what was not decided.
func Summary(w io.Writer, r Result) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# %s, profile %s: %s\n\n", prose(targetName(&r)), prose(r.Profile), prose(Verdict(r)))
	fmt.Fprintf(&b, "%s, %s in %s, seed %d, begun %s\n\n", prose(r.Suite), rules(len(r.Rules)), seconds(r.Duration()), r.Seed,
		r.Started.UTC().Format("2006-01-02 15:04:05 UTC"))
	if r.Command != "" {
		fmt.Fprintf(&b, "%s\n\n", code(r.Command))
	}
	r.countTable(&b)
	r.findingList(&b)
	for _, x := range []struct {
		title string
		o     Outcome
	}{{"Known to fail", KnownFailing}, {"Unsupported", Unsupported}, {"Inconclusive", Inconclusive}, {"Not run", NotRun}} {
		r.reasonList(&b, x.title, x.o)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// countTable has a row for each level of the rules and a column for each outcome
// that some rule has.
func (r *Result) countTable(b *bytes.Buffer) {
	byLevel := map[string]map[Outcome]int{}
	for i := range r.Rules {
		x := &r.Rules[i]
		if byLevel[x.Level] == nil {
			byLevel[x.Level] = map[Outcome]int{}
		}
		byLevel[x.Level][x.Outcome]++
	}
	var met []Outcome
	for _, o := range Outcomes {
		if r.Counts[o] > 0 {
			met = append(met, o)
		}
	}
	b.WriteString("| level |")
	for _, o := range met {
		fmt.Fprintf(b, " %s |", o)
	}
	b.WriteString("\n|---|" + strings.Repeat("---:|", len(met)) + "\n")
	row := func(name string, counts map[Outcome]int) {
		fmt.Fprintf(b, "| %s |", name)
		for _, o := range met {
			fmt.Fprintf(b, " %d |", counts[o])
		}
		b.WriteString("\n")
	}
	for _, level := range sortedLevels(byLevel) {
		name := prose(level)
		if r.Gates(level) {
			name += " (gates)"
		}
		row(name, byLevel[level])
	}
	row("all", r.Counts)
}

func (r *Result) findingList(b *bytes.Buffer) {
	titled, left := false, 0
	for i := range r.Rules {
		x := &r.Rules[i]
		if !x.Outcome.Finding() {
			continue
		}
		shown := x.shown()
		for k := range shown {
			if b.Len() > summaryLimit {
				left++
				continue
			}
			if !titled {
				b.WriteString("\n## Findings\n")
				titled = true
			}
			f := &shown[k]
			word, rest := heading(r, x, f)
			fmt.Fprintf(b, "\n### %s\n\n", prose(word+rest))
			for _, part := range fields(x, f, terminalLimit) {
				r.item(b, part)
			}
		}
	}
	if left > 0 {
		fmt.Fprintf(b, "\n%s more: see %s\n", findings(left), ResultsFile)
	}
}

func (r *Result) item(b *bytes.Buffer, part field) {
	var texts []string
	for _, v := range part.values {
		switch {
		case strings.TrimSpace(v) == "":
		case part.label == "says" || part.label == "seen":
			texts = append(texts, prose(v))
		default:
			// What a target answered could be a link or a mention: as code it is neither.
			texts = append(texts, code(v))
		}
	}
	if len(texts) > 0 {
		fmt.Fprintf(b, "- %s: %s\n", part.label, strings.Join(texts, "; "))
	}
}

func (r *Result) reasonList(b *bytes.Buffer, title string, o Outcome) {
	list := r.reasons(o)
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(b, "\n## %s\n\n", title)
	for _, x := range list {
		names := x.rules
		more := ""
		if len(names) > summaryNames {
			more = fmt.Sprintf(" and %d more", len(names)-summaryNames)
			names = names[:summaryNames]
		}
		fmt.Fprintf(b, "- %s (%s): %s%s\n", prose(cut(x.text, terminalLimit)), rules(len(x.rules)), prose(strings.Join(names, ", ")), more)
	}
}
