package delivery

import (
	"slices"
	"strings"
	"testing"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// update is a call that changes settings.
func update(t, settings string) string {
	return `{"event":"call","t":` + t + `,"end":` + t + `,"operation":"UpdateEventSourceMapping","status":202,"request":{"UUID":"u",` + settings + `},"response":{"UUID":"u"}}`
}

const (
	wantsA = `"FilterCriteria":{"Filters":[{"Pattern":"{\"data\":{\"n\":[1]}}"}]}`
	wantsB = `"FilterCriteria":{"Filters":[{"Pattern":"{\"data\":{\"n\":[2]}}"}]}`
	isB    = `record:{"kinesis":{"data":"eyJuIjoyfQ=="}}` // {"n":2}
)

// TestChangesAreLegal: what is legal because settings change is not reported.
func TestChangesAreLegal(t *testing.T) {
	for name, b := range map[string]breach{
		"filters took a record away before they changed": {config: wantsA, events: []string{`put 10 1 ` + isB, update("20000", wantsB), `end 900000`}},
		"filters take a failed batch away":               {events: []string{`put 10 1 ` + isB, `invoke 100 1 error`, update("20000", wantsA), `end 900000`}},
		"filters take a batch away that fails while they change": {config: breachDestination, events: []string{
			`put 10 1 ` + isB, update("20000", wantsA+`,"MaximumRetryAttempts":-1`), `invoke 20100 1 error`, `end 900000`}},
		"a report counts from some time on": {events: []string{update("20000", `"FunctionResponseTypes":["ReportBatchItemFailures"]`), update("20010", `"BatchSize":9`),
			`put 20100 1`, `put 20200 2`, `invoke 20300 1 ok report:1`, `invoke 20500 2 ok`}},
		"the retries of any setting in between": {config: strings.Replace(breachDestination, ":0", ":-1", 1), events: []string{
			`put 10 1`, update("20000", `"MaximumRetryAttempts":0`), update("20010", `"MaximumRetryAttempts":5`),
			`invoke 20300 1 error`, `message 20500 1 RetryAttemptsExhausted`}},
		"the function of any setting in between": {config: `"FunctionArn":"arn:f"`, events: []string{update("20000", `"FunctionName":"arn:g"`), update("20010", `"FunctionName":"arn:f"`),
			`put 20100 1`, `invoke 20300 1 ok function:arn:g`}},
		"a batch that was cut before its size changed, and throttled": {config: `"BatchSize":1`, events: []string{`put 10 1`, `invoke 100 1 ok`, `put 20000 2`, `throttle 20100 40000`,
			update("20200", `"BatchSize":5,"MaximumBatchingWindowInSeconds":300`), `invoke 41000 2 ok`}},
		"lanes from a time on": {config: `"ParallelizationFactor":2,"StartingPosition":"AT_TIMESTAMP","StartingPositionTimestamp":10`,
			events: []string{`put 9500 1 key:a`, `put 10100 2 key:a`, `invoke 12000 2 ok`}},
		"a full batch, of which the first record is too old": {config: `"BatchSize":2,"MaximumBatchingWindowInSeconds":300,"MaximumRecordAgeInSeconds":60,` + breachDestination,
			events: []string{`put 10 1`, `put 10 2`, `put 10 3`, `invoke 100 1,2 ok`, `put 70000 4`, `message 70010 3 RecordAgeExceeded`, `invoke 70100 4 ok`}},
	} {
		own := ownBreach{rule: rule.AtLeastOnce, breach: b}
		if slices.ContainsFunc(b.events, func(e string) bool { return strings.HasSuffix(e, trace.RecordAgeExceeded) }) {
			own.edits = [][2]string{{`"responseContext":{"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"},`, ""}}
		}
		for _, v := range judgeLines(t, own.lines(t)) {
			t.Errorf("%s: %s", name, &v)
		}
	}
}

// TestMachineFailsWhenVisible: a batch that fails at the very time at which its
// messages are visible again is tried again.
func TestMachineFailsWhenVisible(t *testing.T) {
	s := machineQueueScenario("sqs", 0, machineCreate(map[string]any{}), trace.Step{Do: trace.DoPut, Source: "s", Poison: &trace.Poison{Kind: "error", Times: 1}})
	s.Sources[0].VisibilityMS, s.DurationMS = 5_000, 5_000
	if got := machineSketch(machinePlay(t, s, Default{})); got != "0✗ 0✓" {
		t.Errorf("got %s", got)
	}
}
