package delivery

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/esmconform/esmconform/oracle/trace"
)

// machineRandom is any scenario of a stream with all that can happen to it.
func machineRandom(seed uint64) *trace.Scenario {
	r := rand.New(rand.NewPCG(seed, 7))
	config := func() map[string]any {
		c := map[string]any{"BatchSize": 1 + r.IntN(8)}
		maybe := func(name string, v any) {
			if r.IntN(2) == 0 {
				c[name] = v
			}
		}
		maybe("MaximumRetryAttempts", r.IntN(4))
		maybe("MaximumRecordAgeInSeconds", 60+r.IntN(60))
		maybe("BisectBatchOnFunctionError", r.IntN(2) == 0)
		maybe("ParallelizationFactor", 1+r.IntN(4))
		maybe("MaximumBatchingWindowInSeconds", r.IntN(4))
		maybe("DestinationConfig", machineOnFailure())
		maybe("FunctionResponseTypes", []any{"ReportBatchItemFailures"})
		return c
	}
	s := machineScenario([]string{"kinesis", "dynamodb", "msk"}[r.IntN(3)])
	create := machineCreate(config())
	if s.Sources[0].Kind == "msk" {
		create.Config["ParallelizationFactor"] = 1
	}
	shards := 1 + r.IntN(3)
	s.Sources[0].Shards = shards
	s.Steps = append(s.Steps, create)
	at := 0.0
	for range 60 {
		at += float64(r.IntN(4000))
		st := trace.Step{At: at, Do: trace.DoPut, Source: "s", Shard: r.IntN(shards), Count: 1 + r.IntN(5), Key: string(rune('a' + r.IntN(5)))}
		switch r.IntN(10) {
		case 0, 1, 2:
			st.Poison = &trace.Poison{Kind: []string{"error", "timeout", "report"}[r.IntN(3)], Times: r.IntN(6)}
		case 3:
			st = trace.Step{At: at, Do: trace.DoUpdate, Mapping: "m", Config: config()}
			st.Config["Enabled"] = r.IntN(3) > 0
			if s.Sources[0].Kind == "msk" {
				delete(st.Config, "ParallelizationFactor")
			}
		case 4:
			st = trace.Step{At: at, Do: trace.DoThrottle, Until: at + float64(r.IntN(20_000))}
		}
		s.Steps = append(s.Steps, st)
	}
	s.Steps = append(s.Steps, trace.Step{At: at, Do: trace.DoUpdate, Mapping: "m", Config: map[string]any{"Enabled": true, "MaximumRetryAttempts": 1}})
	return s
}

// machineNoLoss wraps choices so that what a mapping need not notice is noticed.
type machineNoLoss struct{ Choices }

func (c machineNoLoss) Choose(p Point, n int) int {
	if p == PointAck {
		return 0
	}
	return c.Choices.Choose(p, n)
}

func TestMachineSettlesEveryRecordOnce(t *testing.T) {
	for seed := range uint64(1500) {
		s := machineRandom(seed)
		all := machinePlay(t, s, machineNoLoss{Seeded(seed)})
		if seed%50 == 0 && !reflect.DeepEqual(all, machinePlay(t, s, machineNoLoss{Seeded(seed)})) {
			t.Fatalf("seed %d gave two traces", seed)
		}
		done := map[string]bool{}
		for _, e := range machineOf(all, trace.Invoke) {
			if len(e.Records) == 0 {
				t.Fatalf("seed %d: an empty batch", seed)
			}
			for _, r := range e.Records {
				if done[r] {
					t.Errorf("seed %d: %s was done before %g", seed, r, e.T)
				}
				done[r] = e.Outcome == trace.OK && !e.HasReport
			}
		}
		named := 0
		for _, d := range machineOf(all, trace.Destination) {
			for _, info := range []string{"KinesisBatchInfo", "DDBStreamBatchInfo"} {
				if b, ok := d.Body[info].(map[string]any); ok {
					named += int(b["batchSize"].(float64))
				}
			}
		}
		if puts := len(machineOf(all, trace.Put)); named > puts {
			t.Errorf("seed %d: messages count %d records of %d", seed, named, puts)
		}
	}
}

func TestMachineMergesNeighboursOnly(t *testing.T) {
	merged := false
	for seed := range uint64(200) {
		s := machineScenario("kinesis", machinePut(1), machinePoison("error", 0), machinePoison("error", 0), machinePut(1), machinePoison("error", 0),
			machineCreate(map[string]any{"BisectBatchOnFunctionError": true, "MaximumRetryAttempts": 0, "DestinationConfig": machineOnFailure()}))
		covered := map[string]int{}
		for _, d := range machineOf(machinePlay(t, s, Seeded(seed)), trace.Destination) {
			b := d.Body["KinesisBatchInfo"].(map[string]any)
			from, to := b["startSequenceNumber"].(string), b["endSequenceNumber"].(string)
			merged = merged || from != to
			for _, r := range []string{"1", "2", "3", "4", "5"} {
				if from <= r && r <= to {
					covered[r]++
				}
			}
		}
		if !reflect.DeepEqual(covered, map[string]int{"2": 1, "3": 1, "5": 1}) {
			t.Errorf("seed %d: messages cover %v", seed, covered)
		}
	}
	if !merged {
		t.Error("no two messages were merged")
	}
}

func TestMachineWindowAndPayload(t *testing.T) {
	put := func(at float64, size int) trace.Step {
		return trace.Step{At: at, Do: trace.DoPut, Source: "s", Size: size}
	}
	create := machineCreate(map[string]any{"MaximumBatchingWindowInSeconds": 5, "BatchSize": 3})
	all := machinePlay(t, machineScenario("kinesis", create, put(1000, 0), put(2000, 0), put(7000, 0), put(7000, 0), put(7500, 0)), Default{})
	in := machineOf(all, trace.Invoke)
	if got := machineSketch(all); got != "01✓ 234✓" || in[0].T != 6000 || in[1].T != 7500 {
		t.Errorf("got %s, at %g and %g; expected them at the end of the window and when full", got, in[0].T, in[1].T)
	}
	all = machinePlay(t, machineScenario("kinesis", put(0, 4_000_000), put(0, 1_000_000), put(0, 4_000_000), put(0, 9_000_000), create), Default{})
	if got := machineSketch(all); got != "01✓ 2✓ 3✓" {
		t.Errorf("got %s", got)
	}
}

func TestMachineFilters(t *testing.T) {
	defer func(old func(map[string]any, string, map[string]any) bool) { MachineFilter = old }(MachineFilter)
	MachineFilter = func(_ map[string]any, _ string, record map[string]any) bool { return record["keep"] == true }
	put := func(keep bool) trace.Step {
		return trace.Step{Do: trace.DoPut, Source: "s", Record: map[string]any{"keep": keep}}
	}
	config := map[string]any{"FilterCriteria": map[string]any{"Filters": []any{map[string]any{"Pattern": `{"keep":[true]}`}}}}
	look := trace.Step{At: 1000, Do: trace.DoLook, Source: "s"}
	for _, kind := range []string{"kinesis", "sqs", "sqs-fifo", "msk"} {
		s := machineScenario(kind, put(true), put(false), put(false), put(true), machineCreate(config))
		if s.Sources[0].Kind[:3] == "sqs" {
			s.Steps = append(s.Steps, look)
		}
		all := machinePlay(t, s, Default{})
		if got := machineSketch(all); got != "03✓" {
			t.Errorf("%s: got %s", kind, got)
		}
		for _, q := range machineOf(all, trace.Queue) {
			if len(q.Visible)+len(q.InFlight) > 0 {
				t.Errorf("%s: filtered messages are left: %v %v", kind, q.Visible, q.InFlight)
			}
		}
	}
}
