package reports

import (
	"fmt"
	"time"

	"github.com/esmconform/esmconform/oracle/rule"
)

// header is a run of the whole catalogue that has yet to begin.
func header() Result {
	h := Result{Suite: "esmconform v0.1.0", Target: Target{Name: "moto", Version: "5.1.4", Capabilities: []string{"kinesis", "sqs"}},
		Profile: "2020-08-11", Seed: 18446744073709551615, Command: "esmconform run --target endpoint:http://localhost:4566"}
	for _, r := range rule.All() {
		x := RuleResult{Rule: r.ID, Level: r.Level.String(), Area: r.Area, Says: r.Says}
		for _, c := range r.In(rule.P2020).Cites {
			x.Cites = append(x.Cites, c.String())
		}
		h.Rules = append(h.Rules, x)
	}
	return h
}

// with is a finished run of the rules given.
func with(list ...RuleResult) Result {
	h := header()
	h.Format, h.Gated, h.Rules = Format, []string{"must", "implied"}, list
	h.Started = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	h.Ended = h.Started.Add(63 * time.Second)
	for i := range h.Rules {
		x := &h.Rules[i]
		if x.Rule == "" {
			x.Rule = fmt.Sprintf("rule-%d", i)
		}
		if x.Level == "" {
			x.Level = "must"
		}
		x.complete()
	}
	h.count()
	return h
}

func of(o Outcome) RuleResult { return RuleResult{Outcome: o, Area: "errors", Reason: "because"} }

func at(level string, o Outcome) RuleResult { return RuleResult{Outcome: o, Level: level} }

// bisect is the finding of the design.
func bisect() RuleResult {
	return RuleResult{Rule: "bisect-splits-in-two", Level: "must", Area: "bisect", Outcome: Fail, Seconds: 1.5,
		Says:  "with BisectBatchOnFunctionError a failed batch is split in two before it is retried",
		Cites: []string{"API reference of 2020-08-11, CreateEventSourceMapping, BisectBatchOnFunctionError"},
		Findings: []Finding{{Class: "batch-not-split", Expected: "after [1 2 3 4] failed: a proper prefix of it",
			Actual: "[1 2 3 4] again at +1.204 s", Evidence: []string{"build/report/exchanges/bisect-splits-in-two.jsonl:14,19"},
			Again: "esmconform run --target endpoint:http://localhost:4566 --rules bisect-splits-in-two"}}}
}

// nasty is what a hostile or broken target may answer.
const nasty = "\x1b[2J\x00\xff]]></failure>&amp; `code` ``` [link](http://x) | @team <img src=x> \u202e\ufffe \r\n# title\n* item"
