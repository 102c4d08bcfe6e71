package reports

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// What a search shows to whoever watches, and what it leaves in its folder.

// ShowFound shows a finding of a search. again is the command that shows it again.
func (t *Terminal) ShowFound(s *Search, f *Found, again string) {
	r := rule.Find(f.Rule)
	x := RuleResult{Rule: r.ID, Level: r.Level.String(), Says: r.Says, Outcome: Fail}
	if p, ok := rule.ParseProfile(s.Profile); ok {
		for _, c := range r.In(p).Cites {
			x.Cites = append(x.Cites, c.String())
		}
	}
	shown := Finding{Rule: f.Rule, Level: f.Level, Class: f.Class, Expected: f.Expected, Actual: f.Actual, Again: again}
	for i, line := range leastLines(f) {
		if i == leastShown {
			shown.Evidence = append(shown.Evidence, "…")
			break
		}
		shown.Evidence = append(shown.Evidence, line)
	}
	t.Show(&Result{Profile: s.Profile, Gated: []string{f.Level}}, &x, &shown)
}

// leastShown is how many operations of a least case a terminal shows.
const leastShown = 10

func leastLines(f *Found) (lines []string) {
	if f.Least == nil {
		return nil
	}
	for i := range f.Least.Calls {
		lines = append(lines, callLine(&f.Least.Calls[i]))
	}
	for i := range f.Least.Steps {
		b, err := json.Marshal(&f.Least.Steps[i])
		if err == nil {
			lines = append(lines, cut(string(b), terminalLimit/2))
		}
	}
	return lines
}

// callLine is a call as a reader sees it.
func callLine(c *trace.CallStep) string {
	words := []string{string(c.Do), c.Mapping, c.UUID}
	for name, v := range c.Query {
		words = append(words, name+"="+v)
	}
	if c.Raw != nil {
		words = append(words, c.Raw.Method, c.Raw.Path, c.Raw.Query, c.Raw.Body)
	}
	if c.Body != nil {
		if b, err := json.Marshal(c.Body); err == nil {
			words = append(words, string(b))
		}
	}
	if c.MS != 0 {
		words = append(words, fmt.Sprintf("%v ms", c.MS))
	}
	return cut(strings.Join(strings.Fields(strings.Join(words, " ")), " "), terminalLimit/2)
}

// ScenarioFile is the name of a finding's scenario, below a report folder.
func (f *Found) ScenarioFile() string {
	return filepath.Join("scenarios", f.Rule+"--"+slug(f.Class)+".json")
}

// slug is a text as part of a file's name.
func slug(s string) string {
	var b strings.Builder
	for _, c := range strings.ToLower(s) {
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.Trim(cutShort(b.String(), 60), "-")
}

func cutShort(s string, n int) string { return s[:min(n, len(s))] }

// Unknown counts the findings that were not known before.
func (s *Search) Unknown() (n int) {
	for i := range s.Findings {
		if !s.Findings[i].Known {
			n++
		}
	}
	return n
}

// Progress is how far a search is, in a line. perSecond are steps.
func (s *Search) Progress(exercised int, perSecond float64) string {
	return fmt.Sprintf("%d sequences, %d steps, %.0f a second, %s simulated, %d states, %d rules exercised, %d findings",
		s.Sequences, s.Steps, perSecond, simulated(s.Simulated), s.States.Count(), exercised, s.Unknown())
}

// Closing is what a search came to, in a few lines. among are the rules that it could have
// exercised.
func (s *Search) Closing(among []*rule.Rule) string {
	var b strings.Builder
	row := func(label, format string, args ...any) {
		fmt.Fprintf(&b, "%-14s%s\n", label, fmt.Sprintf(format, args...))
	}
	took := s.Ended.Sub(s.Started)
	row("sequences", "%d in %s, seed %d: %d steps, %.0f a second", s.Sequences, seconds(took), s.Seed, s.Steps, float64(s.Steps)/max(took.Seconds(), 1e-9))
	row("simulated", "%s", simulated(s.Simulated))
	row("states", "%d", s.States.Count())
	done := map[string]bool{}
	for _, id := range s.Exercised {
		done[id] = true
	}
	var not []string
	for _, r := range among {
		if !done[r.ID] {
			not = append(not, r.ID)
		}
	}
	row("rules", "%d of %d exercised", len(among)-len(not), len(among))
	if len(not) > 0 {
		for i, line := range wrap(few(not), 100) {
			label := ""
			if i == 0 {
				label = "not"
			}
			row(label, "%s", line)
		}
	}
	if n := len(s.Findings) - s.Unknown(); n > 0 {
		row("findings", "%d, and %d known before", s.Unknown(), n)
	} else {
		row("findings", "%d", s.Unknown())
	}
	if s.Stopped != "" {
		row("stopped", "%s", s.Stopped)
	}
	if s.Broken != "" {
		row("incomplete", "%s", s.Broken)
	}
	if len(s.Missing) > 0 {
		row("missing", "%s", missingShards(s.Missing))
	}
	return b.String()
}

// namesShown is how many rules a closing names: what is left of a long search.
const namesShown = 20

func few(names []string) string {
	if n := len(names) - namesShown; n > 0 {
		return fmt.Sprintf("%s and %d others", strings.Join(names[:namesShown], ", "), n)
	}
	return strings.Join(names, ", ")
}

// missingShards names shards, few by few.
func missingShards(list []string) string {
	if len(list) == 1 {
		return "shard " + list[0] + ": what it found is not in here"
	}
	return "shards " + few(list) + ": what they found is not in here"
}

// simulated is a span of simulated time.
func simulated(seconds float64) string {
	switch d := time.Duration(seconds * float64(time.Second)); {
	case seconds >= 48*3600:
		return fmt.Sprintf("%.0f days", seconds/86400)
	case seconds >= 7200:
		return fmt.Sprintf("%.0f hours", seconds/3600)
	default:
		return d.Round(time.Second).String()
	}
}
