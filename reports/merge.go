package reports

import (
	"cmp"
	"fmt"
	"slices"
)

// complete fills what follows from the rest: defaults, the order of findings,
// the copy of the first one, and an outcome that its findings allow.
func (x *RuleResult) complete() {
	x.Findings = slices.Clone(x.Findings)
	for i := range x.Findings {
		f := &x.Findings[i]
		f.Rule = cmp.Or(f.Rule, x.Rule)
		f.Level = cmp.Or(f.Level, x.Level)
		f.Count = max(f.Count, 1)
		f.Again = redact(f.Again)
	}
	slices.SortStableFunc(x.Findings, func(a, b Finding) int { return firmness(a.Level) - firmness(b.Level) })
	x.Outcome = cmp.Or(x.Outcome, NotRun)
	x.Reason, x.Detail, x.Replay = redact(x.Reason), redact(x.Detail), redact(x.Replay)
	if len(x.Findings) == 0 {
		return
	}
	// What was seen was seen, even if the attempt then led nowhere.
	if Worst(x.Outcome, Inconclusive) == Inconclusive {
		x.Outcome = Fail
	}
	f := x.Findings[0]
	x.Class, x.Evidence, x.Replay = f.Class, f.Evidence, f.Again
	x.Detail = fmt.Sprintf("expected %s; got %s", f.Expected, f.Actual)
}

// merge adds what was learnt of the rule later and returns the findings that
// are new. Findings of one class are one finding.
func (x *RuleResult) merge(y RuleResult) (found []Finding) {
	if worst := Worst(x.Outcome, y.Outcome); worst != x.Outcome || worst == y.Outcome && x.Reason == "" {
		x.Outcome, x.Reason = worst, y.Reason
	}
	x.Seconds += y.Seconds
	x.Says, x.Area, x.Level = cmp.Or(x.Says, y.Says), cmp.Or(x.Area, y.Area), cmp.Or(x.Level, y.Level)
	if len(x.Cites) == 0 {
		x.Cites = y.Cites
	}
	all := slices.Clone(x.Findings)
	for _, f := range y.Findings {
		i := slices.IndexFunc(all, func(g Finding) bool { return g.Class == f.Class && g.Level == f.Level })
		if i >= 0 {
			all[i].Count += f.Count
			continue
		}
		all = append(all, f)
		found = append(found, f)
	}
	x.Findings = all
	x.complete()
	return found
}

// shown lists what a report says of a rule that somebody has to act on: its
// findings, or one made of its outcome where a finding has no place.
func (x *RuleResult) shown() []Finding {
	switch {
	case len(x.Findings) > 0:
		return x.Findings
	case x.Outcome == UnexpectedPass:
		return []Finding{{Rule: x.Rule, Level: x.Level, Class: string(x.Outcome),
			Expected: "the rule to fail, as the baseline says",
			Actual:   cmp.Or(x.Reason, x.Detail, "the rule holds: delete its line from the baseline"),
			Evidence: x.Evidence, Again: x.Replay}}
	case x.Outcome.Finding():
		return []Finding{{Rule: x.Rule, Level: x.Level, Class: cmp.Or(x.Class, string(x.Outcome)),
			Expected: "the rule to hold", Actual: cmp.Or(x.Detail, x.Reason, "it was broken"),
			Evidence: x.Evidence, Again: x.Replay}}
	}
	return nil
}
