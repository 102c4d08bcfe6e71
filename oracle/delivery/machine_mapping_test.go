package delivery

import (
	"strings"
	"testing"

	"github.com/esmconform/esmconform/oracle/trace"
)

func TestMachineDeleteAndCreateAgain(t *testing.T) {
	at := func(ms float64, st trace.Step) trace.Step { st.At = ms; return st }
	remove := trace.Step{Do: trace.DoDelete, Mapping: "m"}
	s := machineScenario("kinesis", machinePut(2), machineCreate(map[string]any{}), at(5, remove), at(100, machinePut(1)), at(200, remove),
		at(300, machineCreate(map[string]any{})), at(400, machinePut(1)))
	all := machinePlay(t, s, Default{})
	if got := machineSketch(all); got != "01✓ 012✓ 3✓" {
		t.Errorf("got %s", got)
	}
	in, calls := machineOf(all, trace.Invoke), machineOf(all, trace.Call)
	if in[0].Mapping == in[1].Mapping {
		t.Error("the new mapping has the UUID of the old one")
	}
	if calls[2].Status != 404 || calls[2].Code != "ResourceNotFoundException" || calls[1].Status != 202 {
		t.Errorf("deletes are answered with %d and %d %s", calls[1].Status, calls[2].Status, calls[2].Code)
	}
}

func TestMachineMappingsAreIndependent(t *testing.T) {
	slow, fast := machineCreate(map[string]any{"BatchSize": 1, "FunctionName": "g"}), machineCreate(map[string]any{})
	slow.Mapping = "slow"
	seen := map[string][]string{}
	for _, e := range machineOf(machinePlay(t, machineScenario("dynamodb", machinePut(3), slow, fast), Default{}), trace.Invoke) {
		name := e.Function[strings.LastIndex(e.Function, ":")+1:]
		seen[name] = append(seen[name], strings.Join(e.Records, ""))
	}
	if strings.Join(seen["g"], " ") != "1 2 3" || strings.Join(seen["f"], " ") != "123" {
		t.Errorf("delivered %v", seen)
	}
}

func TestMachineExpiry(t *testing.T) {
	late := trace.Step{At: 9000, Do: trace.DoPut, Source: "s"}
	for _, kind := range []string{"kinesis", "msk"} {
		s := machineScenario(kind, machineCreate(map[string]any{}), machinePoison("error", 0), late)
		s.Sources[0].RetentionMS = 10_000
		all := machinePlay(t, s, Default{})
		if got := machineSketch(all); !strings.HasSuffix(got, "0✗ 1✓") {
			t.Errorf("%s: got %s", kind, got)
		}
	}
}

func TestMachineMessagesOfBucketsAndKafka(t *testing.T) {
	bucket := map[string]any{"OnFailure": map[string]any{"Destination": "arn:aws:s3:::b"}}
	config := map[string]any{"MaximumRetryAttempts": 0, "DestinationConfig": bucket, "ProvisionedPollerConfig": map[string]any{"MinimumPollers": 1}}
	for kind, want := range map[string]string{"kinesis": `"sequenceNumber":"1"`, "dynamodb": `"SequenceNumber":"1"`, "msk": `"offset":0`} {
		d := machineOf(machinePlay(t, machineScenario(kind, machinePoison("error", 0), machineCreate(config)), Default{}), trace.Destination)
		if len(d) != 1 {
			t.Fatalf("%s: %d messages", kind, len(d))
		}
		if payload, _ := d[0].Body["payload"].(string); !strings.Contains(payload, want) {
			t.Errorf("%s: payload %q lacks %s", kind, payload, want)
		}
		if info, ok := d[0].Body["KafkaBatchInfo"].(map[string]any); ok != (kind == "msk") || ok && info["batchSize"] != 1.0 {
			t.Errorf("%s: body %v", kind, d[0].Body)
		}
	}
	// Without provisioned pollers, and in 2020, the options mean nothing to MSK.
	delete(config, "ProvisionedPollerConfig")
	if d := machineOf(machinePlay(t, machineScenario("msk", machinePoison("error", 2), machineCreate(config)), Default{}), trace.Destination); len(d) > 0 {
		t.Errorf("messages %v", d)
	}
}

func TestMachineReported(t *testing.T) {
	list := func(entries ...any) any { return map[string]any{"batchItemFailures": entries} }
	id := func(v any) any { return map[string]any{"itemIdentifier": v} }
	for _, c := range []struct {
		name   string
		report any
		failed int
		valid  bool
	}{
		{"null", nil, 0, true}, {"{}", map[string]any{}, 0, true}, {"[]", []any{}, 0, true}, {"empty list", list(), 0, true},
		{"null list", map[string]any{"batchItemFailures": nil}, 0, true}, {"one twice", list(id("b"), id("b")), 1, true},
		{"two", list(id("b"), id("a")), 2, true}, {"empty name", list(id("")), 0, false}, {"null name", list(id(nil)), 0, false},
		{"wrong member", list(map[string]any{"id": "a"}), 0, false}, {"unknown name", list(id("a"), id("z")), 0, false},
		{"no list", map[string]any{"batchItemFailures": "a"}, 0, false}, {"text", "done", 0, false}, {"no object", list("a"), 0, false},
	} {
		failed, valid := machineReported(c.report, []string{"a", "b"})
		if len(failed) != c.failed || valid != c.valid {
			t.Errorf("%s: %v, %v", c.name, failed, valid)
		}
	}
}
