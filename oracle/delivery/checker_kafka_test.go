package delivery

import (
	"slices"
	"strings"
	"testing"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// TestKafkaBatchGivenUp: a batch that is tried once too often, and one whose
// message never arrives.
func TestKafkaBatchGivenUp(t *testing.T) {
	s, err := trace.ReadScenario(strings.NewReader(`{"format":1,"profile":"today","sources":[{"name":"s","kind":"msk"}],"end_ms":7200000,"steps":[
		{"at":0,"do":"create","source":"s","mapping":"m","config":{"StartingPosition":"TRIM_HORIZON","ProvisionedPollerConfig":{"MinimumPollers":1},
			"ProvisionedPollerConfig":{"MinimumPollers":1},"DestinationConfig":{"OnFailure":{"Destination":"kafka://failures"}}}},
		{"at":10000,"do":"put","source":"s","poison":{"kind":"error"}},
		{"at":3600000,"do":"put","source":"s"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	good, err := PlayAll(s, Default{})
	if err != nil {
		t.Fatal(err)
	}
	judge := func(events []trace.Event) (broken []*rule.Rule) {
		c := NewChecker(func(v Violation) { broken = append(broken, v.Rule) })
		for i := range events {
			events[i].Line = i + 1
			if err := c.Event(&events[i]); err != nil {
				t.Fatal(err)
			}
		}
		return broken
	}
	if found := judge(slices.Clone(good)); len(found) > 0 {
		t.Fatalf("good, but %s", found[0].ID)
	}
	last := 0
	for i := range good {
		if good[i].Kind == trace.Invoke && good[i].Outcome == trace.Error {
			last = i
		}
	}
	again := good[last]
	again.T, again.End = again.End, again.End+1
	if found := judge(slices.Insert(slices.Clone(good), last+1, again)); !slices.Contains(found, rule.KafkaRetryCap10) {
		t.Errorf("one attempt too many: %v", found)
	}
	silent := slices.DeleteFunc(slices.Clone(good), func(e trace.Event) bool { return e.Kind == trace.Destination })
	if found := judge(silent); !slices.Contains(found, rule.DestOnfailureKafkaTopic) {
		t.Errorf("no message: %v", found)
	}
}
