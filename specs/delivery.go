package specs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets"
)

// What the data plane does is shown by directed scenarios: a target plays them,
// and the checker judges the trace. Each names the rules that it is for; a rule
// passes only if the checker says of one of its scenarios that it decided it.

// Directed is a scenario that was made to decide certain rules.
type Directed struct {
	Name     string // in kebab case
	Rules    []*rule.Rule
	From     rule.Profile      // the first profile that it can be played in
	Needs    []rule.Capability // without which it cannot be played
	Scenario trace.Scenario    // but for the profile
}

var directed []*Directed

// Scenarios lists the directed scenarios.
func Scenarios() []*Directed { return slices.Clone(directed) }

// In is the scenario in a profile.
func (d *Directed) In(p rule.Profile) *trace.Scenario {
	s := d.Scenario
	s.Name, s.Profile = d.Name, p.String()
	return &s
}

// decide adds a scenario to the table, and to the checks of the rules that it
// is for.
func decide(name string, s *scene, rules ...*rule.Rule) *Directed {
	if s.EndMS == 0 {
		s.until(patience)
	}
	d := &Directed{Name: name, Rules: rules, From: s.from(), Needs: s.needs(), Scenario: s.Scenario}
	directed = append(directed, d)
	for _, r := range rules {
		i := slices.IndexFunc(registry, func(s *Spec) bool { return s.Rule == r && s.Scenarios != nil })
		if i < 0 {
			Verify(r, anyKind, nil)
			i = len(registry) - 1
		}
		registry[i].Scenarios = append(registry[i].Scenarios, d)
	}
	return d
}

// Played is a directed scenario that a target has played.
type Played struct {
	Name     string
	Scenario *trace.Scenario
	Trace    []byte // JSON Lines
	Found    []delivery.Violation

	unsupported string // why the target did not play it
	unusable    string // why the trace cannot be judged
	broken      error
	touched     []bool // rules that were decided, by their index
	told        bool   // the findings are in an outcome
}

// noPlayer is why the data plane of a target is not judged.
const noPlayer = "the target cannot play scenarios yet"

// playScenarios plays what a rule's scenarios have not been played yet, and says
// what they came to for the rule.
func (r *Runner) playScenarios(ctx context.Context, v Variant) (out Outcome) {
	start := time.Now()
	out = Outcome{Variant: v}
	player, ok := r.Target.(targets.Player)
	if !ok {
		out.Unsupported = noPlayer
		return out
	}
	var lacking, unusable []string
	played := 0
	for _, d := range v.Scenarios {
		if r.Profile < d.From {
			continue
		}
		p := r.played[d]
		if p == nil {
			p = r.playOne(ctx, player, d)
			r.played[d] = p
		}
		if p.broken != nil {
			out.Broken = p.broken
			delete(r.played, d)
			break
		}
		switch {
		case p.unsupported != "":
			lacking = append(lacking, p.unsupported)
			continue
		case p.unusable != "":
			unusable = append(unusable, d.Name+": "+p.unusable)
		}
		played++
		if p.unusable == "" {
			out.Decided = out.Decided || p.touched[v.Rule.Index()]
		}
		for i := range p.Found {
			f := &p.Found[i]
			if !p.told || f.Rule == v.Rule {
				out.Findings = append(out.Findings, Finding{Violation: control.Violation{
					Rule: f.Rule, Level: f.Level, Class: f.Class, Expected: f.Expected, Actual: f.Actual},
					Played: p, Lines: f.Evidence, told: p.told})
			}
		}
		p.told = true
	}
	switch {
	case out.Decided || out.Broken != nil:
	case len(unusable) > 0:
		out.Reason = reasons(unusable)
	case played == 0 && len(lacking) > 0:
		out.Unsupported = reasons(lacking)
	case played == 0:
		out.Reason = "no scenario for the rule can be played in this profile"
	default:
		out.Reason = "no scenario brought it about"
	}
	out.Seconds = time.Since(start).Seconds()
	return out
}

// playOne lets the target play a scenario and the checker judge the trace.
func (r *Runner) playOne(ctx context.Context, player targets.Player, d *Directed) *Played {
	p := &Played{Name: d.Name, Scenario: d.In(r.Profile)}
	for _, c := range d.Needs {
		if !slices.Contains(r.Description.Capabilities, c) {
			p.unsupported = "the target does not offer " + string(c)
			return p
		}
	}
	c := delivery.NewChecker(func(v delivery.Violation) { p.Found = append(p.Found, v) })
	var lines bytes.Buffer
	w := trace.NewWriter(&lines)
	line := 0
	err := player.Play(ctx, p.Scenario, func(e *trace.Event) error {
		line++
		e.Line = line
		if err := w.Write(e); err != nil {
			return err
		}
		return c.Event(e)
	})
	err = errors.Join(err, w.Flush())
	var input *delivery.InputError
	if reason, ok := unsupportedErr(err); ok {
		p.unsupported = reason
	} else if errors.As(err, &input) {
		p.unusable = "the trace cannot be judged: " + input.Error()
	} else if err != nil {
		p.broken = fmt.Errorf("scenario %s: %w", d.Name, err)
	}
	p.touched = make([]bool, rule.Count())
	for i, r := range rule.All() {
		p.touched[i] = c.Touched(r)
	}
	if len(p.Found) > 0 {
		p.Trace = lines.Bytes()
	}
	return p
}

// evidenceLines names lines of a file: "FILE:14,19".
func evidenceLines(file string, lines []int) string {
	var at []string
	for _, n := range lines {
		at = append(at, fmt.Sprint(n))
	}
	if len(at) == 0 {
		return file
	}
	return file + ":" + strings.Join(at, ",")
}
