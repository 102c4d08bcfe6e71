package reports

import "slices"

// Outcome is what a run came to for one rule.
type Outcome string

// The outcomes, best first. They are a lattice: what is learnt of a rule later
// can only make its outcome worse, and nothing that was left undecided is ever
// counted as passed.
const (
	// Pass: the rule was decided and held.
	Pass Outcome = "pass"
	// Unsupported: the target lacks something that the rule needs.
	Unsupported Outcome = "unsupported"
	// NotRun: the rule was selected and its turn never came.
	NotRun Outcome = "not-run"
	// Inconclusive: it was tried, and what was seen decides nothing. That is
	// worse than NotRun, because trying again will not help by itself.
	Inconclusive Outcome = "inconclusive"
	// KnownFailing: the rule is broken, and a baseline says so.
	KnownFailing Outcome = "known-failing"
	// UnexpectedPass: the rule held, and a baseline says that it is broken. It
	// counts as a finding, because a baseline that is wrong hides the next fault.
	UnexpectedPass Outcome = "unexpected-pass"
	// Flaky: the rule was broken, and not each time. It counts as a finding: what
	// was seen once was seen.
	Flaky Outcome = "flaky"
	// Fail: the rule was broken.
	Fail Outcome = "fail"
)

// Outcomes lists every outcome, best first.
var Outcomes = []Outcome{Pass, Unsupported, NotRun, Inconclusive, KnownFailing, UnexpectedPass, Flaky, Fail}

// Worst returns the worse of two outcomes. The empty outcome is better than any.
func Worst(a, b Outcome) Outcome {
	if slices.Index(Outcomes, a) > slices.Index(Outcomes, b) {
		return a
	}
	return b
}

// Decided reports whether the run found out if the rule holds.
func (o Outcome) Decided() bool {
	switch o {
	case Pass, KnownFailing, UnexpectedPass, Flaky, Fail:
		return true
	}
	return false
}

// Finding reports whether the outcome is one that somebody has to act on.
func (o Outcome) Finding() bool { return o == Fail || o == Flaky || o == UnexpectedPass }

// Known reports whether the outcome is one of Outcomes.
func (o Outcome) Known() bool { return slices.Contains(Outcomes, o) }
