package reports

import (
	"strings"
	"testing"
)

func TestARuleRecordedTwice(t *testing.T) {
	finding := func(class, level string) []Finding {
		return []Finding{{Class: class, Level: level, Expected: "202", Actual: class}}
	}
	for name, c := range map[string]struct {
		first, second RuleResult
		outcome       Outcome
		reason        string
		findings      string // class/level/count
		fresh         int    // findings that the second brought
	}{
		"worse outcome, its reason": {first: RuleResult{Outcome: Unsupported, Reason: "no msk"}, second: RuleResult{Outcome: Inconclusive, Reason: "gave up"}, outcome: Inconclusive, reason: "gave up"},
		"better outcome is no news": {first: RuleResult{Outcome: Inconclusive, Reason: "gave up"}, second: RuleResult{Outcome: Pass}, outcome: Inconclusive, reason: "gave up"},
		"a fail takes no reason from what is better": {first: RuleResult{Outcome: Fail, Findings: finding("a", "must")}, second: RuleResult{Outcome: Unsupported, Reason: "no msk"},
			outcome: Fail, findings: "a/must/1"},
		"same class is one finding": {first: RuleResult{Outcome: Fail, Findings: finding("a", "must")}, second: RuleResult{Outcome: Fail, Findings: finding("a", "must")},
			outcome: Fail, findings: "a/must/2"},
		"other class is another, firmest first": {first: RuleResult{Outcome: Fail, Findings: finding("a", "recorded")}, second: RuleResult{Outcome: Fail, Findings: finding("b", "must")},
			outcome: Fail, findings: "b/must/1 a/recorded/1", fresh: 1},
		"a finding is never a pass": {first: RuleResult{Outcome: Pass}, second: RuleResult{Outcome: Pass, Findings: finding("a", "")},
			outcome: Fail, findings: "a/implied/1", fresh: 1},
		"nor is it lost in a dead end": {first: RuleResult{Outcome: Pass}, second: RuleResult{Outcome: Inconclusive, Reason: "gave up", Findings: finding("a", "")},
			outcome: Fail, reason: "gave up", findings: "a/implied/1", fresh: 1},
		"a baseline may know it": {first: RuleResult{Outcome: Pass}, second: RuleResult{Outcome: KnownFailing, Findings: finding("a", "")},
			outcome: KnownFailing, findings: "a/implied/1", fresh: 1},
	} {
		t.Run(name, func(t *testing.T) {
			x := RuleResult{Rule: "r", Level: "implied"}
			for _, y := range []*RuleResult{&c.first, &c.second} {
				y.Rule, y.Level, y.Seconds = "r", "implied", 2
				y.complete()
			}
			x.merge(c.first)
			fresh := x.merge(c.second)
			var list []string
			for _, f := range x.Findings {
				list = append(list, f.Class+"/"+f.Level+"/"+string(rune('0'+f.Count)))
			}
			if x.Outcome != c.outcome || x.Reason != c.reason || strings.Join(list, " ") != c.findings || len(fresh) != c.fresh || x.Seconds != 4 {
				t.Errorf("got %s, reason %q, findings %v, %d new, %g s; expected %s, %q, [%s], %d new, 4 s",
					x.Outcome, x.Reason, list, len(fresh), x.Seconds, c.outcome, c.reason, c.findings, c.fresh)
			}
			if len(list) > 0 && (x.Class != x.Findings[0].Class || x.Detail != "expected 202; got "+x.Class) {
				t.Errorf("the copy of the first finding says %q, %q", x.Class, x.Detail)
			}
		})
	}
}

func TestRedact(t *testing.T) {
	for in, out := range map[string]string{
		"run --target endpoint:http://AKIA:s3cr%2Ft@localhost:4566 --seed 1": "run --target endpoint:http://***@localhost:4566 --seed 1",
		`Get "https://token@h/p": refused`:                                   `Get "https://***@h/p": refused`,
		"http://localhost:4566/a@b":                                          "http://localhost:4566/a@b",
		"arn:aws:sns:us-east-1:1:t, mail a@b":                                "arn:aws:sns:us-east-1:1:t, mail a@b",
	} {
		if got := redact(in); got != out {
			t.Errorf("redact(%q) = %q", in, got)
		}
	}
}
