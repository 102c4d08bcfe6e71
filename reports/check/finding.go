package check

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/reports"
)

// linesShown is how many lines of evidence a finding names; --json has them all.
const linesShown = 8

// kind is what makes violations one finding.
type kind struct{ rule, class string }

// violation is a violation as --json prints it, with where it was found.
type violation struct {
	File      string `json:"file,omitempty"`
	Scenario  string `json:"scenario,omitempty"`
	Profile   string `json:"profile"`
	Rule      string `json:"rule"`
	Invariant string `json:"invariant,omitempty"` // none for a call
	Level     string `json:"level"`
	Class     string `json:"class"`
	Line      int    `json:"line"`
	Evidence  []int  `json:"evidence"`
	Detail    string `json:"detail"`
}

// found takes in a violation of the trace in hand.
func (c *Check) found(j *judging, v *delivery.Violation) {
	if v.Level > c.o.Level {
		c.below++
		return
	}
	c.gated++
	k := kind{v.Rule.ID, v.Class}
	c.seen[k]++
	c.progress.Clear()
	switch {
	case c.o.JSON:
		c.printJSON(j, v)
	case c.o.Show <= 0 || c.seen[k] <= c.o.Show:
		c.show(j, v)
	default: // what the rule says has been shown
		fmt.Fprintf(c.summary, "FAIL %s  %s  %s  %s  %s: expected %s; got %s  %s\n", v.Rule.ID, v.Level, invariant(v), j.place(strconv.Itoa(v.Line)),
			v.Class, v.Expected, v.Actual, numbers(v.Evidence))
	}
}

func (c *Check) printJSON(j *judging, v *delivery.Violation) {
	e := json.NewEncoder(c.out)
	e.SetEscapeHTML(false)
	_ = e.Encode(&violation{File: j.file, Scenario: j.scenario, Profile: j.profile.String(), // c.out keeps the error
		Rule: v.Rule.ID, Invariant: invariant(v), Level: v.Level.String(), Class: v.Class, Line: v.Line, Evidence: v.Evidence,
		Detail: "expected " + v.Expected + "; actual " + v.Actual})
}

func (c *Check) show(j *judging, v *delivery.Violation) {
	evidence := []string{j.place(numbers(v.Evidence))}
	if j.calls != nil {
		evidence = j.exchanges(v.Evidence)
	}
	var cites []string
	for _, cite := range v.Rule.In(j.profile).Cites {
		cites = append(cites, cite.String())
	}
	c.terminal.Show(&reports.Result{Profile: j.profile.String(), Gated: []string{v.Level.String()}},
		&reports.RuleResult{Rule: v.Rule.ID, Outcome: reports.Fail, Says: v.Rule.Says, Cites: cites},
		&reports.Finding{Level: v.Level.String(), Expected: v.Expected, Actual: v.Actual,
			Evidence: evidence, Again: j.again})
}

// invariant is the invariant behind a violation; calls have none.
func invariant(v *delivery.Violation) string {
	if v.Invariant == nil {
		return ""
	}
	return v.Invariant.ID
}

// numbers lists lines, and says how many it leaves out.
func numbers(lines []int) string {
	var b strings.Builder
	for i, n := range lines {
		if i == linesShown && len(lines) > linesShown+1 {
			fmt.Fprintf(&b, " and %d more", len(lines)-i)
			break
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.Itoa(n))
	}
	return b.String()
}

// Close ends with the summary.
func (c *Check) Close() {
	c.progress.Clear()
	if len(c.decided) == 0 && c.unusable == 0 && c.broken == nil {
		c.note("no rule was decided: nothing in what was given could have broken one")
	}
	fmt.Fprintln(c.summary, c.line())
	if c.broken == nil {
		c.broken = c.out.err
	}
}

// Broken is why the check is not whole, if it is not.
func (c *Check) Broken() error { return c.broken }

// line is the summary.
func (c *Check) line() string {
	s := count(c.files, "file")
	if c.unusable > 0 {
		s += fmt.Sprintf(" (%d unusable)", c.unusable)
	}
	s += fmt.Sprintf(", %s, %s", count(c.events, "event"), count(len(c.seen), "finding"))
	if c.gated > len(c.seen) {
		s += fmt.Sprintf(" (%s)", count(c.gated, "violation"))
	}
	s += fmt.Sprintf(", %s decided, %s", count(len(c.decided), "rule"), c.took())
	if c.below > 0 {
		s += fmt.Sprintf("; %s below level %s not shown: --level %s", count(c.below, "violation"), c.o.Level, rule.Recorded)
	}
	return s
}

func count(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}
