package reports

import (
	"slices"
	"testing"
	"time"
)

func TestExitCodeAndVerdict(t *testing.T) {
	weak := RuleResult{Outcome: Fail, Level: "must", Findings: []Finding{{Level: "recorded", Class: "c"}}}
	mixed := RuleResult{Outcome: Fail, Level: "must", Findings: []Finding{{Level: "recorded", Class: "c"}, {Level: "implied", Class: "d"}}}
	broke := func(r Result) Result { r.Broken = "the target went away"; return r }
	for name, c := range map[string]struct {
		r       Result
		code    int
		verdict string
	}{
		"all pass":              {with(of(Pass), of(Pass)), 0, "conforms at must and implied"},
		"some undecided":        {with(of(Pass), of(Unsupported), of(Inconclusive)), 0, "conforms at must and implied, with 2 rules undecided"},
		"one fails":             {with(of(Pass), of(Fail)), 1, "1 rule fails"},
		"seventeen fail":        {with(slices.Repeat([]RuleResult{of(Fail)}, 17)...), 1, "17 rules fail"},
		"flaky":                 {with(of(Pass), of(Flaky)), 1, "1 rule fails"},
		"baseline is wrong":     {with(of(Pass), of(UnexpectedPass)), 1, "1 rule fails"},
		"baseline knows":        {with(of(Pass), of(KnownFailing)), 0, "conforms at must and implied"},
		"should does not gate":  {with(of(Pass), at("should", Fail)), 0, "conforms at must and implied; 1 rule fails at a level that does not gate"},
		"weak violation":        {with(of(Pass), weak), 0, "conforms at must and implied; 1 rule fails at a level that does not gate"},
		"weak and firm":         {with(of(Pass), mixed), 1, "1 rule fails"},
		"nothing decided":       {with(of(Unsupported), of(Inconclusive)), 3, "nothing was decided: no rule was seen to hold or to be broken"},
		"no rules":              {with(), 3, "nothing was decided: no rule was seen to hold or to be broken"},
		"broken":                {broke(with(of(Pass), of(NotRun))), 3, "the run broke: the target went away"},
		"broken after findings": {broke(with(of(Fail), of(NotRun))), 3, "the run broke: the target went away; 1 rule fails so far"},
	} {
		t.Run(name, func(t *testing.T) {
			if code := ExitCode(c.r); code != c.code {
				t.Errorf("exit code %d; expected %d", code, c.code)
			}
			if v := Verdict(c.r); v != c.verdict {
				t.Errorf("verdict %q; expected %q", v, c.verdict)
			}
		})
	}
	crashed := with(of(Pass))
	crashed.Ended = time.Time{}
	if ExitCode(crashed) != ExitBroken || Verdict(crashed) != "the run broke" {
		t.Errorf("a run that never ended: %d, %q", ExitCode(crashed), Verdict(crashed))
	}
	every := with(at("recorded", Fail))
	every.Gated = []string{"must", "implied", "should", "recorded"}
	if ExitCode(every) != ExitFindings {
		t.Error("recorded was asked to gate and does not")
	}
}
