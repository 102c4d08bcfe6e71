package delivery

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"github.com/esmconform/esmconform/oracle/trace"
)

func TestMachineMessage(t *testing.T) {
	for kind, want := range map[string]map[string]any{
		"kinesis": {"KinesisBatchInfo": map[string]any{"shardId": "shardId-000000000000", "startSequenceNumber": "1", "endSequenceNumber": "3",
			"approximateArrivalOfFirstRecord": "1970-01-01T00:00:01.500Z", "approximateArrivalOfLastRecord": "1970-01-01T00:00:01.750Z", "batchSize": 3.0,
			"streamArn": "arn:aws:kinesis:us-east-1:000000000000:stream/s"}},
		"dynamodb": {"DDBStreamBatchInfo": map[string]any{"shardId": "shardId-000000000000", "startSequenceNumber": "1", "endSequenceNumber": "3",
			"approximateArrivalOfFirstRecord": "1970-01-01T00:00:01Z", "approximateArrivalOfLastRecord": "1970-01-01T00:00:01Z", "batchSize": 3.0,
			"streamArn": "arn:aws:dynamodb:us-east-1:000000000000:table/s/stream/1970-01-01T00:00:00.000"}},
	} {
		first, poison := machinePut(2), machinePoison("error", 0)
		first.At, poison.At = 1500, 1750
		create := machineCreate(map[string]any{"MaximumRetryAttempts": 1, "DestinationConfig": machineOnFailure(), "FunctionName": "g:live"})
		create.At = 2000
		all := machinePlay(t, machineScenario(kind, first, poison, create), Default{})
		calls := machineOf(all, trace.Invoke)
		want["version"] = "1.0"
		want["timestamp"] = "1970-01-01T00:00:02.520Z" // two runs of 10 ms, 500 ms between them
		want["requestContext"] = map[string]any{"requestId": calls[1].ID, "functionArn": "arn:aws:lambda:us-east-1:000000000000:function:g:live",
			"condition": "RetryAttemptsExhausted", "approximateInvokeCount": 2.0}
		want["responseContext"] = map[string]any{"statusCode": 200.0, "executedVersion": "$LATEST", "functionError": "Unhandled"}
		d := machineOf(all, trace.Destination)
		if len(d) != 1 || d[0].Source != machineDLQ || !reflect.DeepEqual(d[0].Body, want) {
			t.Errorf("%s: got %v\nwant %v", kind, d, want)
		}
	}
}

// machineBusy fails when two invocations in flight share a name, or more than
// most are in flight.
func machineBusy(t *testing.T, all []trace.Event, most int, name func(record string) string) (peak int) {
	t.Helper()
	type flight struct {
		end   float64
		names map[string]bool
	}
	var now []flight
	for _, e := range machineOf(all, trace.Invoke) {
		now = slices.DeleteFunc(now, func(f flight) bool { return f.end <= e.T })
		names := map[string]bool{}
		for _, r := range e.Records {
			names[name(r)] = true
		}
		for _, f := range now {
			for n := range names {
				if f.names[n] {
					t.Errorf("%s is in two invocations at %g", n, e.T)
				}
			}
		}
		end := e.End
		if end == trace.NotEnded {
			end = machineDay * 100
		}
		now = append(now, flight{end, names})
		peak = max(peak, len(now))
	}
	if peak > most {
		t.Errorf("%d invocations at once, at most %d expected", peak, most)
	}
	return peak
}

func TestMachineKeysOfParallelBatchesNeverOverlap(t *testing.T) {
	peaks := 0
	for seed := range uint64(40) {
		var steps []trace.Step
		for i := range 120 {
			st := trace.Step{At: float64(i * 3), Do: trace.DoPut, Source: "s", Key: "k" + strconv.Itoa(i*7%11)}
			if i%13 == 0 {
				st.Poison = &trace.Poison{Kind: "error", Times: i % 5}
			}
			steps = append(steps, st)
		}
		create := machineCreate(map[string]any{"ParallelizationFactor": 3, "BatchSize": 4, "MaximumRetryAttempts": 2})
		s := machineScenario("kinesis", append([]trace.Step{create}, steps...)...)
		var c Choices = Default{}
		if seed > 0 {
			c = Seeded(seed)
		}
		all := machinePlay(t, s, c)
		key, last, seen := map[string]string{}, map[string]int{}, map[string]bool{}
		for _, p := range machineOf(all, trace.Put) {
			key[p.Seq] = p.Key
		}
		peaks = max(peaks, machineBusy(t, all, 3, func(r string) string { return key[r] }))
		for _, e := range machineOf(all, trace.Invoke) {
			for _, r := range e.Records {
				if n, _ := strconv.Atoi(r); !seen[r] {
					if n < last[key[r]] {
						t.Errorf("seed %d: %s of %s first came after %d", seed, r, key[r], last[key[r]])
					}
					seen[r], last[key[r]] = true, n
				}
			}
		}
		if len(seen) != 120 {
			t.Errorf("seed %d: %d of 120 records were delivered", seed, len(seen))
		}
	}
	if peaks != 3 {
		t.Errorf("at most %d invocations at once, 3 are allowed", peaks)
	}
}

func TestMachinePauseAndResume(t *testing.T) {
	set := func(at float64, on bool) trace.Step {
		return trace.Step{At: at, Do: trace.DoUpdate, Mapping: "m", Config: map[string]any{"Enabled": on}}
	}
	s := machineScenario("kinesis", machinePut(2), machineCreate(map[string]any{}), set(100, false),
		trace.Step{At: 200, Do: trace.DoPut, Source: "s", Count: 3}, set(5000, true))
	all := machinePlay(t, s, Default{})
	if got := machineSketch(all); got != "01✓ 234✓" {
		t.Errorf("got %s", got)
	}
	if in := machineOf(all, trace.Invoke); in[1].T < 5000 {
		t.Errorf("delivered at %g while paused", in[1].T)
	}
	states := ""
	for _, c := range machineOf(all, trace.Call) {
		states += fmt.Sprint(c.Response["State"], " ")
	}
	if states != "Creating Disabling Enabling " {
		t.Errorf("states %s", states)
	}

	// What was in flight ends and counts; a smaller BatchSize cuts its retry anew.
	poison := machinePoison("error", 1)
	s = machineScenario("kinesis", poison, machinePut(3), machineCreate(map[string]any{}),
		trace.Step{At: 5, Do: trace.DoUpdate, Mapping: "m", Config: map[string]any{"BatchSize": 3}})
	if got := machineSketch(machinePlay(t, s, Default{})); got != "0123✗ 012✓ 3✓" {
		t.Errorf("got %s", got)
	}
}

func TestMachineStartingPosition(t *testing.T) {
	put := func(at float64) trace.Step { return trace.Step{At: at, Do: trace.DoPut, Source: "s"} }
	for _, c := range []struct {
		config map[string]any
		want   string
	}{
		{map[string]any{"StartingPosition": "TRIM_HORIZON"}, "01✓ 2✓"},
		{map[string]any{"StartingPosition": "LATEST"}, "2✓"},
		{map[string]any{"StartingPosition": "AT_TIMESTAMP", "StartingPositionTimestamp": 2}, "1✓ 2✓"},
	} {
		create := machineCreate(c.config)
		create.At = 3000
		if got := machineSketch(machinePlay(t, machineScenario("kinesis", put(1000), put(2000), create, put(4000)), Default{})); got != c.want {
			t.Errorf("%v: got %s, want %s", c.config, got, c.want)
		}
	}
}

func TestMachineChildrenWaitForParents(t *testing.T) {
	put := func(at float64, shard, n int) trace.Step {
		return trace.Step{At: at, Do: trace.DoPut, Source: "s", Shard: shard, Count: n}
	}
	poison := machinePoison("error", 4)
	poison.At = 5000 // a call has acted by then
	split := trace.Step{At: 5010, Do: trace.DoSplit, Source: "s"}
	merge := trace.Step{At: 5020, Do: trace.DoMerge, Source: "s", Shard: 1}
	s := machineScenario("kinesis", machineCreate(map[string]any{"StartingPosition": "LATEST"}), poison, split, put(5011, 1, 2), put(5012, 2, 1), merge, put(5021, 3, 2))
	for seed := range uint64(30) {
		all := machinePlay(t, s, Seeded(seed))
		shards := machineOf(all, trace.SourceEvent)[0].Shards
		if len(shards) != 4 || !reflect.DeepEqual(shards[3].Parents, []string{shards[1].ID, shards[2].ID}) {
			t.Fatalf("shards %v", shards)
		}
		left := map[string]int{}
		for _, p := range machineOf(all, trace.Put) {
			left[p.Shard]++
		}
		parents := map[string][]string{}
		for _, sh := range shards {
			parents[sh.ID] = sh.Parents
		}
		done := map[string]bool{}
		for _, e := range machineOf(all, trace.Invoke) {
			for _, p := range parents[e.Shard] {
				if left[p] > 0 {
					t.Errorf("seed %d: %s before its parent %s was done", seed, e.Shard, p)
				}
			}
			if e.Outcome == trace.OK {
				for _, r := range e.Records {
					if !done[r] {
						done[r] = true
						left[e.Shard]--
					}
				}
			}
		}
		if len(done) != 6 {
			t.Errorf("seed %d: %d of 6 records were done", seed, len(done))
		}
	}
}

func TestMachineThrottleDoesNotCount(t *testing.T) {
	throttle := trace.Step{At: 5, Do: trace.DoThrottle, Until: 600_000}
	all := machinePlay(t, machineScenario("kinesis", machinePoison("error", 0), machineCreate(map[string]any{"MaximumRetryAttempts": 1}), throttle), Default{})
	in := machineOf(all, trace.Invoke)
	if len(in) != 2 || in[1].T < 600_000 {
		t.Errorf("invocations %v", in)
	}
}

func TestMachineSeedDecides(t *testing.T) {
	s := machineScenario("kinesis", machineCreate(map[string]any{"MaximumRetryAttempts": 2, "BisectBatchOnFunctionError": true, "BatchSize": 5, "DestinationConfig": machineOnFailure()}),
		machinePut(3), machinePoison("error", 0), machinePut(7), machinePoison("timeout", 0), machinePut(2))
	traces := map[string]bool{}
	for seed := range uint64(50) {
		a, b := machinePlay(t, s, Seeded(seed)), machinePlay(t, s, Seeded(seed))
		if !reflect.DeepEqual(a, b) {
			t.Fatalf("seed %d gave two traces", seed)
		}
		traces[machineSketch(a)] = true
	}
	if len(traces) < 20 {
		t.Errorf("50 seeds explore %d traces", len(traces))
	}
}

func BenchmarkMachine(b *testing.B) {
	const each, steps = 1000, 200
	s := machineScenario("kinesis", machineCreate(map[string]any{"BatchSize": 100}))
	for i := range steps {
		s.Steps = append(s.Steps, trace.Step{At: float64(i * 100), Do: trace.DoPut, Source: "s", Count: each})
	}
	records := 0
	b.ReportAllocs()
	for b.Loop() {
		if err := Play(s, Default{}, func(e *trace.Event) error { records += len(e.Records); return nil }); err != nil {
			b.Fatal(err)
		}
	}
	if records != b.N*each*steps {
		b.Fatalf("%d records were delivered, %d put", records, b.N*each*steps)
	}
	b.ReportMetric(float64(records)/b.Elapsed().Seconds(), "records/s")
}
