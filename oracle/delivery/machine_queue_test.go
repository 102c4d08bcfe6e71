package delivery

import (
	"slices"
	"strings"
	"testing"

	"github.com/esmconform/esmconform/oracle/trace"
)

func machineQueueScenario(kind string, receives int, steps ...trace.Step) *trace.Scenario {
	s := machineScenario(kind, steps...)
	s.Sources[0].MaxReceiveCount = receives
	return s
}

func TestMachineRedrive(t *testing.T) {
	look := func(at float64) trace.Step { return trace.Step{At: at, Do: trace.DoLook, Source: "s"} }
	s := machineQueueScenario("sqs", 2, machinePut(1), machinePoison("error", 0), machineCreate(map[string]any{}), look(0), look(5000), look(30_000), look(70_000))
	all := machinePlay(t, s, Default{})
	if got := machineSketch(all); got != "01✗ 01✗" {
		t.Errorf("got %s", got)
	}
	in := machineOf(all, trace.Invoke)
	if in[1].T != 30_000 || !slices.Equal(in[0].Attempts, []int{1, 1}) || !slices.Equal(in[1].Attempts, []int{2, 2}) {
		t.Errorf("at %g, receive counts %v and %v", in[1].T, in[0].Attempts, in[1].Attempts)
	}
	for i, want := range [][3]int{{2, 0, 0}, {0, 2, 0}, {2, 0, 0}, {0, 0, 2}} {
		q := machineOf(all, trace.Queue)[i]
		if got := [3]int{len(q.Visible), len(q.InFlight), len(q.Dead)}; got != want {
			t.Errorf("look %d: visible, in flight, dead %v, want %v", i, got, want)
		}
	}
}

func TestMachinePartialReportsKeepOnlyWhatFailed(t *testing.T) {
	s := machineQueueScenario("sqs", 0, machinePut(1), machinePoison("report", 1), machinePut(1), machineCreate(map[string]any{"FunctionResponseTypes": []any{"ReportBatchItemFailures"}}))
	if got := machineSketch(machinePlay(t, s, Default{})); got != "012✓ 1✓" {
		t.Errorf("got %s", got)
	}
	s.Steps[1].Poison.Return = map[string]any{"batchItemFailures": []any{map[string]any{"itemIdentifier": "nobody"}}}
	if got := machineSketch(machinePlay(t, s, Default{})); got != "012✓ 012✓" {
		t.Errorf("an unknown name: got %s", got)
	}
}

func TestMachineThrottledMessagesStayHidden(t *testing.T) {
	s := machineQueueScenario("sqs", 0, trace.Step{Do: trace.DoThrottle, Until: 10_000}, machinePut(1), machineCreate(map[string]any{}))
	in := machineOf(machinePlay(t, s, Default{}), trace.Invoke)
	if len(in) != 1 || in[0].T != 30_000 || in[0].Attempts[0] != 2 {
		t.Errorf("invocations %v", in)
	}
}

func TestMachineGroupsBlock(t *testing.T) {
	put := func(at float64, group string, p *trace.Poison) trace.Step {
		return trace.Step{At: at, Do: trace.DoPut, Source: "s", Key: group, Poison: p}
	}
	s := machineQueueScenario("sqs-fifo", 0, machineCreate(map[string]any{}), put(0, "a", &trace.Poison{Kind: "error", Times: 2}), put(100, "a", nil), put(100, "b", nil))
	if got := machineSketch(machinePlay(t, s, Default{})); got != "0✗ 2✓ 01✗ 01✓" {
		t.Errorf("got %s", got)
	}

	steps := []trace.Step{machineCreate(map[string]any{"BatchSize": 3, "FunctionResponseTypes": []any{"ReportBatchItemFailures"}})}
	for i := range 40 {
		st := put(float64(i*20), string(rune('a'+i%4)), nil)
		if i%6 == 0 {
			st.Poison = &trace.Poison{Kind: []string{"error", "timeout", "report"}[i/6%3], Times: 1 + i%3}
		}
		steps = append(steps, st)
	}
	for seed := range uint64(40) {
		all := machinePlay(t, machineQueueScenario("sqs-fifo", 0, steps...), Seeded(seed))
		group, order, last, seen := map[string]string{}, map[string]int{}, map[string]int{}, map[string]bool{}
		for i, p := range machineOf(all, trace.Put) {
			group[p.Seq], order[p.Seq] = p.Key, i
		}
		machineBusy(t, all, 5, func(r string) string { return group[r] })
		for _, e := range machineOf(all, trace.Invoke) {
			for _, r := range e.Records {
				if g := group[r]; !seen[r] {
					if order[r] < last[g] {
						t.Errorf("seed %d: message %d of group %s first came after %d", seed, order[r], g, last[g])
					}
					seen[r], last[g] = true, order[r]
				}
			}
		}
		if len(seen) != 40 {
			t.Errorf("seed %d: %d of 40 messages were delivered", seed, len(seen))
		}
	}
}

func TestMachineQueueLosesNothing(t *testing.T) {
	steps := []trace.Step{machineCreate(map[string]any{"BatchSize": 4, "MaximumBatchingWindowInSeconds": 2})}
	for i := range 60 {
		st := trace.Step{At: float64(i * 30), Do: trace.DoPut, Source: "s"}
		if i%7 == 0 {
			st.Poison = &trace.Poison{Kind: []string{"error", "timeout"}[i%2], Times: i % 6}
		}
		steps = append(steps, st)
	}
	steps = append(steps, trace.Step{At: 3_600_000, Do: trace.DoLook, Source: "s"})
	for seed := range uint64(40) {
		s := machineQueueScenario("sqs", 4, steps...)
		all := machinePlay(t, s, Seeded(seed))
		done, tries := map[string]bool{}, map[string]int{}
		for _, e := range machineOf(all, trace.Invoke) {
			for i, r := range e.Records {
				if done[r] || e.Attempts[i] <= tries[r] || e.Attempts[i] > 4 {
					t.Errorf("seed %d: %s comes for the %d. time after %d, done: %v", seed, r, e.Attempts[i], tries[r], done[r])
				}
				tries[r] = e.Attempts[i]
				done[r] = e.Outcome == trace.OK
			}
		}
		q := machineOf(all, trace.Queue)[0]
		for _, p := range machineOf(all, trace.Put) {
			if done[p.Seq] == slices.Contains(q.Dead, p.Seq) {
				t.Errorf("seed %d: %s is done: %v, and as often dead", seed, p.Seq, done[p.Seq])
			}
		}
		if len(q.Visible)+len(q.InFlight) > 0 {
			t.Errorf("seed %d: %d messages are left", seed, len(q.Visible)+len(q.InFlight))
		}
	}
}

func TestMachinePartitions(t *testing.T) {
	var steps []trace.Step
	steps = append(steps, machineCreate(map[string]any{"BatchSize": 5, "MaximumRetryAttempts": 0}))
	for i := range 30 {
		st := trace.Step{At: float64(i * 5), Do: trace.DoPut, Source: "s", Shard: i % 3}
		if i == 7 {
			st.Poison = &trace.Poison{Kind: "error", Times: 3}
		}
		if i == 10 {
			st.Size = 7_000_000
		}
		steps = append(steps, st)
	}
	spans := false
	for seed := range uint64(40) {
		s := machineScenario("msk", steps...)
		s.Profile = "2020-08-11"
		s.Sources[0].Shards = 3
		all := machinePlay(t, s, Seeded(seed))
		machineBusy(t, all, 3, func(r string) string { p, _, _ := strings.Cut(r, ":"); return p })
		var pending []string
		done := map[string]bool{}
		for _, e := range machineOf(all, trace.Invoke) {
			spans = spans || e.Shard == ""
			if pending != nil && slices.ContainsFunc(e.Records, func(r string) bool { return slices.Contains(pending, r) }) {
				if !slices.Equal(pending, e.Records) {
					t.Errorf("seed %d: %v failed and came again as %v", seed, pending, e.Records)
				}
				pending = nil
			}
			if e.Outcome != trace.OK {
				pending = slices.Clone(e.Records)
				continue
			}
			for _, r := range e.Records {
				done[r] = true
			}
		}
		if len(done) != 29 || done["topic-1:3"] || !done["topic-1:4"] {
			t.Errorf("seed %d: %d of 29 records were done", seed, len(done))
		}
	}
	if !spans {
		t.Error("no batch spans partitions")
	}
}
