package delivery

import (
	"slices"
	"strings"
	"testing"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// tumblingScenarios are plays with tumbling windows of 30 seconds, two records
// a batch.
func tumblingScenarios() map[string]*trace.Scenario {
	all := map[string]*trace.Scenario{}
	add := func(name string, steps ...trace.Step) {
		s := machineScenario("kinesis", machineCreate(map[string]any{"BatchSize": 2, "TumblingWindowInSeconds": 30}))
		for _, x := range steps {
			x.At += 30_000
			s.Steps = append(s.Steps, x)
		}
		s.EndMS = 900_000
		all[name] = s
	}
	at := func(t float64, x trace.Step) trace.Step { x.At = t; return x }
	answer := func(times int, state any) trace.Step {
		p := machinePut(1)
		p.Poison = &trace.Poison{Kind: "report", Times: times, Return: state}
		return p
	}
	add("plain", machinePut(5), at(40_000, machinePut(3)))
	add("no state", machinePut(1), answer(1, map[string]any{}), machinePut(2))
	add("large state", answer(1, map[string]any{"state": strings.Repeat("x", 1_500_000)}), machinePut(4))
	add("failing end", machinePut(1), machinePoison("final", 3), at(40_000, machinePut(3)))
	split := trace.Step{Do: trace.DoSplit, Source: "s"}
	child := machinePut(2)
	child.Shard = 1
	add("split", machinePut(3), split, child)
	return all
}

// tumblingBreaks change a play so that it breaks a rule. change returns false for
// an event that is dropped.
var tumblingBreaks = []struct {
	of     string
	breaks *rule.Rule
	class  string
	change func(n int, e *trace.Event) bool // n counts invocations, from 0
}{
	{"plain", rule.TumblingFinalInvoke, "no final invocation", func(_ int, e *trace.Event) bool { return !tumblingFinal(e) }},
	{"plain", rule.TumblingFinalInvoke, "after the final invocation", func(n int, e *trace.Event) bool { e.Event["isFinalInvokeForWindow"] = true; return true }},
	{"plain", rule.TumblingFinalInvoke, "window members", func(_ int, e *trace.Event) bool { delete(e.Event, "window"); return true }},
	{"plain", rule.TumblingFinalInvoke, "length of the window", func(_ int, e *trace.Event) bool {
		e.Event["window"].(map[string]any)["end"] = "1970-01-01T02:00:00Z"
		return true
	}},
	{"plain", rule.TumblingFinalInvoke, "a window that does not end", func(_ int, e *trace.Event) bool {
		e.Event["window"] = map[string]any{"start": "1970-01-01T00:00:30Z", "end": "1970-01-01T00:01:00Z"}
		return !tumblingFinal(e)
	}},
	{"plain", rule.TumblingStateHandedOn, "not the state that was returned", func(n int, e *trace.Event) bool {
		if n == 1 {
			e.Event["state"] = map[string]any{}
		}
		return true
	}},
	{"plain", rule.TumblingStateHandedOn, "a state from before", func(n int, e *trace.Event) bool {
		if n == 4 {
			e.Event["state"] = map[string]any{"records": 5.0}
		}
		return true
	}},
	{"plain", rule.TumblingState1mb, "ended early", func(_ int, e *trace.Event) bool {
		e.Event["isWindowTerminatedEarly"] = tumblingFinal(e)
		return true
	}},
	{"no state", rule.TumblingStateRequired, "a response without state taken for a success", func(n int, _ *trace.Event) bool { return n != 1 }},
	{"large state", rule.TumblingState1mb, "goes on with a state over 1 MB", func(_ int, e *trace.Event) bool { return !tumblingFinal(e) }},
	{"failing end", rule.TumblingFinalFailureBlocks, "past a failed final invocation", func(n int, e *trace.Event) bool { return !tumblingFinal(e) || n == 1 }},
	{"failing end", rule.TumblingFinalInvoke, "final invocation not tried again", func(n int, e *trace.Event) bool { return n <= 1 }},
	{"split", rule.TumblingReshard, "a state from before", func(n int, e *trace.Event) bool {
		if e.Shard != "shardId-000000000000" {
			e.Event["state"] = map[string]any{"records": 3.0}
		}
		return true
	}},
	{"split", rule.TumblingReshard, "no final invocation", func(_ int, e *trace.Event) bool {
		return !tumblingFinal(e) || e.Shard != "shardId-000000000000"
	}},
}

func tumblingFinal(e *trace.Event) bool { return e.Event["isFinalInvokeForWindow"] == true }

// tumblingFound is what the checker says of a play with a change.
func tumblingFound(t *testing.T, s *trace.Scenario, change func(int, *trace.Event) bool) (found []Violation) {
	t.Helper()
	c := NewChecker(func(v Violation) { found = append(found, v) })
	line, n := 0, -1
	err := PlayWhole(s, Default{}, func(e *trace.Event) error {
		if e.Kind == trace.Invoke {
			if n++; !change(n, e) {
				return nil
			}
		}
		line++
		e.Line = line
		return c.Event(e)
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestTumblingWindows(t *testing.T) {
	plays := tumblingScenarios()
	for name, s := range plays {
		for _, v := range tumblingFound(t, s, func(int, *trace.Event) bool { return true }) {
			t.Errorf("%s: %s", name, &v)
		}
	}
	for _, b := range tumblingBreaks {
		found := tumblingFound(t, plays[b.of], b.change)
		if !slices.ContainsFunc(found, func(v Violation) bool { return v.Rule == b.breaks && v.Class == b.class }) {
			t.Errorf("%s, with %s: %s is not reported", b.of, b.class, b.breaks)
			for _, v := range found {
				t.Logf("  %s", &v)
			}
		}
	}
}
