package reports

import (
	"fmt"
	"strings"
	"testing"
)

func summary(t *testing.T, r Result) string {
	t.Helper()
	var b strings.Builder
	if err := Summary(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestSummary(t *testing.T) {
	weak := RuleResult{Rule: "page-order", Level: "must", Outcome: Fail, Findings: []Finding{{Level: "recorded", Class: "order", Expected: "by UUID", Actual: "by time"}}}
	lacks := func(what string) RuleResult {
		return RuleResult{Outcome: Unsupported, Level: "implied", Reason: "the target does not offer " + what}
	}
	known := RuleResult{Rule: "old-fault", Outcome: KnownFailing, Reason: "issue 12"}
	s := summary(t, with(bisect(), weak, of(Pass), lacks("mq"), lacks("msk"), lacks("msk"), known))
	for _, want := range []string{
		"# moto 5.1.4, profile 2020-08-11: 1 rule fails; 1 rule fails at a level that does not gate\n",
		"| level | pass | unsupported | known-failing | fail |\n|---|---:|---:|---:|---:|\n| must (gates) | 1 | 0 | 1 | 2 |\n| implied (gates) | 0 | 3 | 0 | 0 |\n| all | 1 | 3 | 1 | 2 |\n",
		"### FAIL bisect-splits-in-two  must  2020-08-11\n\n- says: with",
		"- expected: `after [1 2 3 4] failed: a proper prefix of it`\n- actual: `[1 2 3 4] again at +1.204 s`\n",
		"- again: `esmconform run --target endpoint:http://localhost:4566 --rules bisect-splits-in-two`\n",
		"### NOTE page-order  recorded  2020-08-11\n",
		"- the target does not offer msk (2 rules): rule-4, rule-5\n- the target does not offer mq (1 rule): rule-3\n",
		"## Known to fail\n\n- issue 12 (1 rule): old-fault\n",
	} {
		if want = strings.ReplaceAll(want, "  ", " "); !strings.Contains(strings.ReplaceAll(s, "  ", " "), want) {
			t.Errorf("no\n%s\nin\n%s", want, s)
		}
	}
}

func TestSummaryKeepsItsFormWithAnyText(t *testing.T) {
	x := bisect()
	x.Says, x.Cites = nasty, []string{nasty}
	x.Findings[0].Actual = nasty
	y := of(Inconclusive)
	y.Reason = nasty
	r := with(x, y)
	r.Target.Name, r.Broken = nasty, nasty
	for line := range strings.SplitSeq(summary(t, r), "\n") {
		ok := line == ""
		for _, start := range []string{"# ", "## ", "### ", "| ", "|---", "- says: ", "- expected: ", "- actual: ", "- evidence: ", "- again: ", `- \\x1b`, "esmconform v", "`esmconform run"} {
			ok = ok || strings.HasPrefix(line, start)
		}
		if !ok || strings.Contains(line, "# title") && !strings.Contains(line, `\# title`) && !strings.HasPrefix(line, "- actual: ````") {
			t.Errorf("a target wrote this line: %s", line)
		}
	}
}

func TestSummaryFitsAForge(t *testing.T) {
	var list []RuleResult
	for i := range 900 {
		x := bisect()
		x.Rule = fmt.Sprintf("rule-%d", i)
		x.Findings[0].Actual = strings.Repeat("long ", 4000)
		f := x.Findings[0]
		f.Class = "other"
		x.Findings = append(x.Findings, f)
		list = append(list, x)
	}
	if s := summary(t, with(list...)); len(s) > 1<<20 || !strings.Contains(s, "findings more: see results.json") {
		t.Errorf("%d bytes, ending %q", len(s), s[len(s)-100:])
	}
}
