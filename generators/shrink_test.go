package generators

import (
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/esmconform/esmconform/oracle/trace"
)

// TestShrinkCalls: of calls only those stay that are needed, and of their bodies
// what is needed.
func TestShrinkCalls(t *testing.T) {
	body := func() map[string]any {
		return map[string]any{"EventSourceArn": "${source}", "FunctionName": "${function}", "BatchSize": 12, "Topics": []any{"a", "long topic", "b"},
			"DestinationConfig": map[string]any{"OnFailure": map[string]any{"Destination": "${destination}"}, "OnSuccess": map[string]any{}}}
	}
	s := &trace.Scenario{Format: 1, Profile: "today", Sources: []trace.ScenarioSource{{Name: "source", Kind: "kinesis"}, {Name: "other", Kind: "sqs"}},
		Calls: []trace.CallStep{
			{Do: trace.CallCreate, Mapping: "m0", Body: body()}, {Do: trace.CallSettle, Mapping: "m0"},
			{Do: trace.CallCreate, Mapping: "m1", Body: body(), About: "batch-size-min"}, {Do: trace.CallList, Query: map[string]string{"MaxItems": "5", "Marker": "x"}},
			{Do: trace.CallPause, MS: 30_000}, {Do: trace.CallUpdate, Mapping: "m1", Body: map[string]any{"Topics": []any{"${m1}", "x"}}},
			{Do: trace.CallGet, Raw: &trace.RawCall{Method: "GET", Path: "/", Query: "a=b&c=d", Body: "long body"}},
		}}
	before, _ := json.Marshal(s)
	least, spent := Shrink(s, func(x *trace.Scenario) bool {
		text, _ := json.Marshal(x)
		has := func(part string) bool { return strings.Contains(string(text), part) }
		return has(`"long t`) && has(`"Destination":"${destination}"`) && has("MaxItems") && has("a=b") && has(`"do":"pause"`)
	}, 500)
	const want = `{"format":1,"profile":"today","sources":[],"calls":[` +
		`{"do":"create","mapping":"m0","body":{"DestinationConfig":{"OnFailure":{"Destination":"${destination}"}},"Topics":["long t"]}},` +
		`{"do":"list","query":{"MaxItems":"5"}},{"do":"pause","ms":1000},{"do":"get","raw":{"method":"GET","path":"/","query":"a=b"}}]}`
	if got, _ := json.Marshal(least); string(got) != want {
		t.Errorf("got %s", got)
	}
	if spent > 150 {
		t.Errorf("it took %d runs", spent)
	}
	if after, _ := json.Marshal(s); string(after) != string(before) {
		t.Errorf("the scenario itself was changed: %s", after)
	}
}

// TestShrinkBounds: it asks no more often than it may, and never about what cannot
// be played or was asked before.
func TestShrinkBounds(t *testing.T) {
	for seed := range uint64(50) {
		s := Delivery(Seeded(seed))
		before, _ := json.Marshal(s)
		asked := 0
		seen := map[string]bool{string(before): true}
		least, spent := Shrink(s, func(x *trace.Scenario) bool {
			asked++
			text, err := json.Marshal(x)
			if err != nil || seen[string(text)] {
				t.Errorf("seed %d: asked again about %s (%v)", seed, text, err)
			}
			seen[string(text)] = true
			if err := trace.WriteScenario(io.Discard, x); err != nil {
				t.Errorf("seed %d: asked about what nobody can play: %v", seed, err)
			}
			return asked%3 == 0
		}, 40)
		if spent != asked || spent > 40 {
			t.Errorf("seed %d: %d runs of 40, and it says %d", seed, asked, spent)
		}
		if text, _ := json.Marshal(least); !seen[string(text)] {
			t.Errorf("seed %d: nobody was asked about the result", seed)
		}
		if after, _ := json.Marshal(s); string(after) != string(before) {
			t.Errorf("seed %d: the scenario itself was changed", seed)
		}
	}
}
