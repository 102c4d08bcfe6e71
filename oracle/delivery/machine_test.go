package delivery

import (
	"fmt"
	"strings"
	"testing"

	"github.com/esmconform/esmconform/oracle/trace"
)

const machineDay = 86_400_000

// machineScenario has one source "s" of the kind.
func machineScenario(kind string, steps ...trace.Step) *trace.Scenario {
	return &trace.Scenario{Format: 1, Profile: "today", Sources: []trace.ScenarioSource{{Name: "s", Kind: kind}}, Steps: steps, EndMS: 3_600_000}
}

func machinePut(n int) trace.Step { return trace.Step{Do: trace.DoPut, Source: "s", Count: n} }

func machinePoison(kind string, times int) trace.Step {
	return trace.Step{Do: trace.DoPut, Source: "s", Poison: &trace.Poison{Kind: kind, Times: times}}
}

func machineCreate(config map[string]any) trace.Step {
	if config["StartingPosition"] == nil {
		config["StartingPosition"] = "TRIM_HORIZON"
	}
	return trace.Step{Do: trace.DoCreate, Source: "s", Mapping: "m", Config: config}
}

func machinePlay(t testing.TB, s *trace.Scenario, c Choices) []trace.Event {
	t.Helper()
	all, err := PlayAll(s, c)
	if err != nil {
		t.Fatal(err)
	}
	last := 0.0
	for i := range all {
		if all[i].T < last {
			t.Fatalf("event %d (%v) at %g after one at %g", i, all[i].Kind, all[i].T, last)
		}
		last = all[i].T
	}
	if all[0].Kind != trace.Header || all[len(all)-1].Kind != trace.End {
		t.Fatalf("a trace from %v to %v", all[0].Kind, all[len(all)-1].Kind)
	}
	return all
}

func machineOf(all []trace.Event, kind trace.EventKind) (some []trace.Event) {
	for _, e := range all {
		if e.Kind == kind {
			some = append(some, e)
		}
	}
	return some
}

// machineSketch draws deliveries as the specification does, records from 0:
// "01✗ 0✓ D 1✓". Records are counted in the order in which they were put.
func machineSketch(all []trace.Event) string {
	place := map[string]int{}
	var words []string
	for _, e := range all {
		switch e.Kind {
		case trace.Put:
			label := e.Seq
			if strings.HasPrefix(e.Shard, machineTopic) {
				label = e.Shard + ":" + e.Seq
			}
			place[label] = len(place)
		case trace.Invoke:
			word := ""
			for _, r := range e.Records {
				word += fmt.Sprint(place[r])
			}
			words = append(words, word+map[trace.Outcome]string{trace.OK: "✓", trace.Error: "✗", trace.Timeout: "⏱"}[e.Outcome])
		case trace.Destination:
			words = append(words, "D")
		}
	}
	return strings.Join(words, " ")
}

const machineDLQ = "arn:aws:sqs:us-east-1:000000000000:dlq"

func machineOnFailure() map[string]any {
	return map[string]any{"OnFailure": map[string]any{"Destination": machineDLQ}}
}

func TestMachineWorkedSequences(t *testing.T) {
	for _, c := range []struct {
		name   string
		puts   []trace.Step
		config map[string]any
		want   string
	}{
		{"bisect, one poison", []trace.Step{machinePut(2), machinePoison("error", 0), machinePut(2)},
			map[string]any{"MaximumRetryAttempts": 1, "BisectBatchOnFunctionError": true, "DestinationConfig": machineOnFailure()},
			"01234✗ 01✓ 234✗ 2✗ 2✗ D 34✓"},
		{"bisect, two poisons, no retry", []trace.Step{machinePoison("error", 0), machinePut(2), machinePoison("error", 0)},
			map[string]any{"MaximumRetryAttempts": 0, "BisectBatchOnFunctionError": true, "DestinationConfig": machineOnFailure()},
			"0123✗ 01✗ 0✗ D 1✓ 23✗ 2✓ 3✗ D"},
		{"no bisect", []trace.Step{machinePut(1), machinePoison("timeout", 0), machinePut(1)},
			map[string]any{"MaximumRetryAttempts": 2, "BatchSize": 2, "DestinationConfig": machineOnFailure()},
			"01⏱ 01⏱ 01⏱ D 2✓"},
		{"a poison that passes", []trace.Step{machinePoison("error", 3), machinePut(1)}, map[string]any{}, "01✗ 01✗ 01✗ 01✓"},
		{"progress makes a fresh counter, as recorded", []trace.Step{machinePut(5), machinePoison("report", 0)},
			map[string]any{"MaximumRetryAttempts": 3, "FunctionResponseTypes": []any{"ReportBatchItemFailures"}, "DestinationConfig": machineOnFailure()},
			"012345✓ 5✓ 5✓ 5✓ 5✓ D"},
		{"bisect at the reported record", []trace.Step{machinePut(3), machinePoison("report", 0), machinePut(1)},
			map[string]any{"MaximumRetryAttempts": 0, "BisectBatchOnFunctionError": true, "FunctionResponseTypes": []any{"ReportBatchItemFailures"}, "DestinationConfig": machineOnFailure()},
			"01234✓ 34✓ 3✓ D 4✓"},
		{"a report nobody asked for", []trace.Step{machinePut(1), machinePoison("report", 0)}, map[string]any{}, "01✓"},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := machinePlay(t, machineScenario("kinesis", append(c.puts, machineCreate(c.config))...), Default{})
			if got := machineSketch(all); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestMachineBisectCountsLevels(t *testing.T) {
	for k := 1; k <= 9; k++ {
		for place := range k {
			for _, n := range []int{0, 1, 3} {
				steps := []trace.Step{machinePoison("error", 0)}
				if place > 0 {
					steps = append([]trace.Step{machinePut(place)}, steps...)
				}
				if place < k-1 {
					steps = append(steps, machinePut(k-1-place))
				}
				all := machinePlay(t, machineScenario("dynamodb", append(steps, machineCreate(map[string]any{"MaximumRetryAttempts": n, "BisectBatchOnFunctionError": true}))...), Default{})
				levels := 0
				for size, at := k, place; size > 1; levels++ {
					if half := size / 2; at < half {
						size = half
					} else {
						size, at = size-half, at-half
					}
				}
				failed, delivered := 0, map[string]bool{}
				for _, e := range machineOf(all, trace.Invoke) {
					if e.Outcome != trace.OK {
						failed++
						continue
					}
					for _, r := range e.Records {
						if delivered[r] {
							t.Errorf("k %d, poison at %d, n %d: %s was done twice", k, place, n, r)
						}
						delivered[r] = true
					}
				}
				if failed != levels+n+1 || len(delivered) != k-1 {
					t.Errorf("k %d, poison at %d, n %d: %d failures and %d done, expected %d and %d", k, place, n, failed, len(delivered), levels+n+1, k-1)
				}
			}
		}
	}
}

func TestMachineAgeTakesTheHeadOnly(t *testing.T) {
	config := map[string]any{"MaximumRecordAgeInSeconds": 60, "DestinationConfig": machineOnFailure()}
	late := func(st trace.Step) trace.Step { st.At = 100_000; return st }
	all := machinePlay(t, machineScenario("kinesis", machinePut(2), late(machinePut(2)), late(machineCreate(config))), Default{})
	if got := machineSketch(all); got != "D 23✓" {
		t.Errorf("aged before the first read: got %s", got)
	}
	d := machineOf(all, trace.Destination)[0]
	if d.Body["responseContext"] != nil || d.Body["requestContext"].(map[string]any)["condition"] != "RecordAgeExceeded" ||
		d.Body["KinesisBatchInfo"].(map[string]any)["batchSize"] != 2.0 {
		t.Errorf("message %v", d.Body)
	}

	// Retried without end until it is too old; the record put later is then alone.
	poison := machinePoison("error", 0)
	all = machinePlay(t, machineScenario("kinesis", machineCreate(config), poison, trace.Step{At: 50_000, Do: trace.DoPut, Source: "s"}), Default{})
	got := machineSketch(all)
	if !strings.HasSuffix(got, "0✗ D 1✓") {
		t.Errorf("aged while retried: got %s", got)
	}
	for _, e := range machineOf(all, trace.Invoke) {
		if e.Records[0] == "1" && e.T > 60_000 {
			t.Errorf("a record 60 s old was delivered at %g", e.T)
		}
	}
}

func TestMachineSaysWhatIsWrong(t *testing.T) {
	for want, s := range map[string]*trace.Scenario{
		`steps[1] (put at 0 ms): there is no source "t"`:              machineScenario("sqs", machinePut(1), trace.Step{Do: trace.DoPut, Source: "t"}),
		`steps[0] (update at 0 ms): mapping "m" was never created`:    machineScenario("sqs", trace.Step{Do: trace.DoUpdate, Mapping: "m"}),
		`steps[1] (create at 0 ms): mapping "m" exists already`:       machineScenario("sqs", machineCreate(map[string]any{}), machineCreate(map[string]any{})),
		`steps[0] (split at 0 ms): there is no open shard 1`:          machineScenario("kinesis", trace.Step{Do: trace.DoSplit, Source: "s", Shard: 1}),
		`steps[0] (create at 0 ms): config: BatchSize is 0, expected`: machineScenario("kinesis", machineCreate(map[string]any{"BatchSize": 0})),
		`steps[0] (dance at 0 ms): the action is unknown`:             machineScenario("kinesis", trace.Step{Do: "dance"}),
		`format is 0, expected 1`:                                     {},
	} {
		if err := Play(s, Default{}, func(*trace.Event) error { return nil }); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("got %v, want %s…", err, want)
		}
	}
}
