package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// The exit codes that a result leads to. 2 (usage, configuration, unusable
// input) is for the caller: then there is no result.
const (
	ExitConforms = 0
	ExitFindings = 1
	ExitBroken   = 3
)

// ExitCode is how a program that made the result should end.
//
// A run that broke or never ended is 3 whatever it found, because its list of findings is not the
// whole list. So is a run with a selected rule that never ran (Close calls that
// broken), and one that decided no rule at all: a gate that lets those through
// would stay open for ever. Rules that are unsupported or inconclusive beside
// others that were decided change nothing; the verdict counts them.
func ExitCode(r Result) int {
	gated, _ := r.failing()
	switch {
	case r.Broken != "" || r.Ended.IsZero():
		return ExitBroken
	case gated > 0:
		return ExitFindings
	case r.undecided() == len(r.Rules):
		return ExitBroken
	}
	return ExitConforms
}

// Verdict is the result in words, in one line.
func Verdict(r Result) string {
	gated, others := r.failing()
	undecided := r.undecided()
	var s string
	switch {
	case r.Broken != "" || r.Ended.IsZero():
		s = "the run broke"
		if r.Broken != "" {
			s += ": " + oneLine(r.Broken)
		}
		if gated > 0 {
			s += "; " + fail(gated) + " so far"
		}
	case gated > 0:
		s = fail(gated)
	case undecided == len(r.Rules):
		return "nothing was decided: no rule was seen to hold or to be broken"
	default:
		s = "conforms at " + and(r.Gated)
		if len(r.Gated) == 0 {
			s = "no level gates"
		}
		if undecided > 0 {
			s += fmt.Sprintf(", with %s undecided", rules(undecided))
		}
	}
	if others > 0 {
		s += fmt.Sprintf("; %s at a level that does not gate", fail(others))
	}
	return s
}

func rules(n int) string {
	if n == 1 {
		return "1 rule"
	}
	return fmt.Sprintf("%d rules", n)
}

func fail(n int) string {
	if n == 1 {
		return "1 rule fails"
	}
	return fmt.Sprintf("%d rules fail", n)
}

func and(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	last := len(list) - 1
	return strings.Join(list[:last], ", ") + " and " + list[last]
}

// reason is why some rules have an outcome.
type reason struct {
	outcome Outcome
	text    string
	rules   []string
}

// reasons groups the rules of some outcomes by outcome and by reason, the reason of
// most rules first.
func (r *Result) reasons(outcomes ...Outcome) (list []reason) {
	for _, o := range outcomes {
		at, first := map[string]int{}, len(list)
		for i := range r.Rules {
			x := &r.Rules[i]
			if x.Outcome != o {
				continue
			}
			text := oneLine(cmp.Or(x.Reason, x.Class, "no reason given"))
			k, ok := at[text]
			if !ok {
				k = len(list)
				at[text] = k
				list = append(list, reason{outcome: o, text: text})
			}
			list[k].rules = append(list[k].rules, x.Rule)
		}
		slices.SortStableFunc(list[first:], func(a, b reason) int { return len(b.rules) - len(a.rules) })
	}
	return list
}
