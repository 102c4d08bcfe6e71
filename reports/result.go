package reports

import (
	"slices"
	"time"

	"github.com/esmconform/esmconform/oracle/rule"
)

// Format is the number of the form that results.json has.
const Format = 1

// Result is a run: results.json is this type as JSON.
type Result struct {
	Format  int             `json:"format"`
	Suite   string          `json:"suite"` // name and version
	Target  Target          `json:"target"`
	Profile string          `json:"profile"`
	Seed    uint64          `json:"seed"`
	Command string          `json:"command"` // the command line, without credentials
	Started time.Time       `json:"started"`
	Ended   time.Time       `json:"ended,omitzero"` // zero while the run goes, and after a crash
	Gated   []string        `json:"gated"`          // the levels at which a finding fails the run
	Counts  map[Outcome]int `json:"counts"`         // of Rules; outcomes that no rule has are left out
	Rules   []RuleResult    `json:"rules"`          // every selected rule, in the order of the selection
	Broken  string          `json:"broken,omitempty"`
}

// Target says who was tested.
type Target struct {
	Name         string   `json:"name"`
	Version      string   `json:"version"`
	Capabilities []string `json:"capabilities"`
}

// RuleResult is what a run came to for one rule. Class, Detail, Evidence and
// Replay repeat the first finding for readers that want one only; Run fills them.
type RuleResult struct {
	Rule     string    `json:"rule"`
	Level    string    `json:"level"` // the rule's
	Area     string    `json:"area"`
	Outcome  Outcome   `json:"outcome"`
	Class    string    `json:"class,omitempty"`
	Detail   string    `json:"detail,omitempty"`
	Evidence []string  `json:"evidence,omitempty"`
	Replay   string    `json:"replay,omitempty"`
	Seconds  float64   `json:"seconds"`
	Reason   string    `json:"reason,omitempty"`   // why the rule was not decided
	Findings []Finding `json:"findings,omitempty"` // firmest level first
	Says     string    `json:"says"`
	Cites    []string  `json:"cites,omitempty"`
}

// Finding is one way in which a rule was broken.
type Finding struct {
	Rule     string   `json:"rule"`
	Level    string   `json:"level"` // of the violation; may be weaker than the rule's
	Class    string   `json:"class"` // stable text: no ids, times or counts in it
	Expected string   `json:"expected"`
	Actual   string   `json:"actual"`
	Evidence []string `json:"evidence,omitempty"` // files and lines
	Again    string   `json:"again"`              // the command line that shows it again
	Count    int      `json:"count"`              // how often it was seen
}

// Gates reports whether a finding at the level fails the run.
func (r *Result) Gates(level string) bool { return slices.Contains(r.Gated, level) }

// Fails reports whether the rule has a finding at a level that gates.
func (r *Result) Fails(x *RuleResult) bool { return x.Outcome.Finding() && r.Gates(x.FailLevel()) }

// FailLevel is the firmest level among the rule's findings, and the level of
// the rule where there are none.
func (x *RuleResult) FailLevel() string {
	if len(x.Findings) == 0 {
		return x.Level
	}
	return x.Findings[0].Level
}

// Duration is how long the run took, or zero if it did not end.
func (r *Result) Duration() time.Duration {
	if r.Ended.IsZero() {
		return 0
	}
	return r.Ended.Sub(r.Started)
}

func (r *Result) count() {
	r.Counts = map[Outcome]int{}
	for i := range r.Rules {
		r.Counts[r.Rules[i].Outcome]++
	}
}

// failing counts the rules with a finding at levels that gate, and at others.
func (r *Result) failing() (gated, others int) {
	for i := range r.Rules {
		switch x := &r.Rules[i]; {
		case r.Fails(x):
			gated++
		case x.Outcome.Finding():
			others++
		}
	}
	return gated, others
}

// undecided counts the rules that were neither found to hold nor to be broken.
func (r *Result) undecided() (n int) {
	for i := range r.Rules {
		if !r.Rules[i].Outcome.Decided() {
			n++
		}
	}
	return n
}

// firmness is the rank of a level, 0 for the firmest. A level that the catalogue
// does not have comes last.
func firmness(level string) int {
	if l, ok := rule.ParseLevel(level); ok {
		return int(l)
	}
	return len(rule.Levels)
}
