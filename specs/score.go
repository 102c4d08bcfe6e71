package specs

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/reports"
)

// score turns the outcomes of variants into results of rules. A rule is decided
// by any of its variants; a violation counts for the rule that it breaks,
// whichever spec came upon it.
type score struct {
	run    *reports.Run
	dir    string
	level  rule.Level // weaker findings are left out
	again  func(*rule.Rule) string
	replay func(string) string // may be nil
	strict bool                // only selected rules are reported

	rules map[*rule.Rule]*tally
	files map[string]*evidenceFile
}

// tally is what is known of one rule while the run goes.
type tally struct {
	left         int // variants to come
	decided      bool
	unsupported  []string
	inconclusive []string
	seconds      float64
}

func newScore(variants []Variant) *score {
	s := &score{rules: map[*rule.Rule]*tally{}, files: map[string]*evidenceFile{}}
	for _, v := range variants {
		t := s.rules[v.Rule]
		if t == nil {
			t = &tally{}
			s.rules[v.Rule] = t
		}
		t.left++
	}
	return s
}

// header is the result of a rule before anything is known.
func header(r *rule.Rule, p rule.Profile) reports.RuleResult {
	x := reports.RuleResult{Rule: r.ID, Level: r.Level.String(), Area: r.Area, Says: r.Says}
	for _, c := range r.In(p).Cites {
		x.Cites = append(x.Cites, c.String())
	}
	return x
}

// take takes in an outcome.
func (s *score) take(out *Outcome, p rule.Profile) error {
	if err := s.report(out, p); err != nil {
		return err
	}
	t := s.rules[out.Rule]
	t.left--
	t.decided = t.decided || out.Decided
	t.seconds += out.Seconds
	kind := ""
	if len(out.Kinds) > 1 {
		kind = out.Kind.String() + ": "
	}
	switch {
	case out.Unsupported != "":
		t.unsupported = append(t.unsupported, kind+out.Unsupported)
	case !out.Decided:
		t.inconclusive = append(t.inconclusive, kind+out.Reason)
	}
	if t.left > 0 || out.Broken != nil {
		return nil
	}
	x := header(out.Rule, p)
	x.Seconds = t.seconds
	switch {
	case t.decided:
		x.Outcome = reports.Pass
	case len(t.inconclusive) > 0:
		x.Outcome, x.Reason = reports.Inconclusive, reasons(t.inconclusive)
	default:
		x.Outcome, x.Reason = reports.Unsupported, reasons(t.unsupported)
	}
	s.run.Rule(x)
	return nil
}

// reasons joins what several variants say, each thing once.
func reasons(list []string) string {
	seen := map[string]bool{}
	var kept []string
	for _, s := range list {
		_, what, ok := strings.Cut(s, ": ")
		if !ok {
			what = s
		}
		if !seen[what] {
			seen[what] = true
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, "; ")
}

// report reports the findings of an outcome under the rules that they break.
func (s *score) report(out *Outcome, p rule.Profile) error {
	for _, f := range out.Findings {
		if f.Level > s.level || s.strict && s.rules[f.Rule] == nil {
			continue
		}
		if f.told {
			continue
		}
		line, again, what := "", "", ""
		var err error
		if f.Played != nil {
			line, again, err = s.traceEvidence(&f)
			what = f.Actual + "  (scenario " + f.Played.Name + ")"
		} else {
			line, err = s.evidence(f.Rule, out, f.Call)
			again, what = s.again(f.Rule), actual(out, &f)
		}
		if err != nil {
			return err
		}
		x := header(f.Rule, p)
		x.Outcome = reports.Fail
		x.Findings = []reports.Finding{{
			Rule: f.Rule.ID, Level: f.Level.String(), Class: f.Class, Expected: f.Expected, Actual: what,
			Evidence: []string{line}, Again: again, Count: 1,
		}}
		s.run.Rule(x)
	}
	return nil
}

// actual says what came, and of which call on which kind of source.
func actual(out *Outcome, f *Finding) string {
	x := out.Calls[f.Call]
	body := x.Request
	if body == "" {
		body = x.Query
	}
	const most = 300
	if len(body) > most {
		body = body[:most] + "…"
	}
	return strings.TrimSpace(fmt.Sprintf("%s  (%s source, %s %s)", f.Actual, out.Kind, x.Operation, body))
}

// traceEvidence writes the trace and the scenario of a finding, and returns where
// its lines stand and the command that plays it again.
func (s *score) traceEvidence(f *Finding) (lines, again string, err error) {
	p := f.Played
	file := filepath.Join(s.dir, "traces", p.Name+".jsonl")
	scenario := filepath.Join(s.dir, "scenarios", p.Name+".json")
	if s.files[file] == nil {
		s.files[file] = &evidenceFile{}
		if err := appendFile(file, p.Trace, true); err != nil {
			return "", "", err
		}
		var text bytes.Buffer
		if err := trace.WriteScenario(&text, p.Scenario); err != nil {
			return "", "", err
		}
		if err := appendFile(scenario, text.Bytes(), true); err != nil {
			return "", "", err
		}
	}
	again = s.again(f.Rule)
	if s.replay != nil {
		again = s.replay(scenario)
	}
	return evidenceLines(file, f.Lines), again, nil
}

// evidenceFile holds the exchanges behind the findings of one rule.
type evidenceFile struct {
	lines int
	first map[any]int // the line at which the calls of an outcome begin, by their first call
}

// maxEvidence is how many outcomes a rule's evidence file holds: enough for
// every source kind.
const maxEvidence = 12

// evidence writes the calls of an outcome to the rule's file and returns where
// the call of the finding stands.
func (s *score) evidence(r *rule.Rule, out *Outcome, call int) (string, error) {
	name := filepath.Join("exchanges", r.ID+".jsonl")
	f := s.files[name]
	if f == nil {
		f = &evidenceFile{first: map[any]int{}}
		s.files[name] = f
	}
	key := any(out.Calls[0])
	if _, ok := f.first[key]; !ok && len(f.first) < maxEvidence {
		content, err := out.Evidence()
		if err != nil {
			return "", err
		}
		if err := appendFile(filepath.Join(s.dir, name), content, f.lines == 0); err != nil {
			return "", err
		}
		f.first[key] = f.lines
		f.lines += len(out.Calls)
	}
	start, ok := f.first[key]
	if !ok {
		return filepath.Join(s.dir, name), nil
	}
	return fmt.Sprintf("%s:%d", filepath.Join(s.dir, name), start+call+1), nil
}

func appendFile(path string, content []byte, fresh bool) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	flags := os.O_CREATE | os.O_WRONLY | os.O_APPEND
	if fresh {
		flags = os.O_CREATE | os.O_WRONLY | os.O_TRUNC
	}
	f, err := os.OpenFile(path, flags, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}

// Levels lists the levels from the firmest down to the given one: what a run
// at that level judges.
func Levels(weakest rule.Level) (names []string) {
	for _, l := range rule.Levels {
		if l <= weakest {
			names = append(names, l.String())
		}
	}
	return names
}

// rulesOf lists the rules of variants, in order, each once.
func rulesOf(variants []Variant) (list []*rule.Rule) {
	for _, v := range variants {
		if !slices.Contains(list, v.Rule) {
			list = append(list, v.Rule)
		}
	}
	return list
}
