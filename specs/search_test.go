package specs

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/reports"
	"github.com/esmconform/esmconform/targets"
	"github.com/esmconform/esmconform/targets/mutant"
	"github.com/esmconform/esmconform/targets/reference"
)

func subjectOf(m *mutant.Mutant, p rule.Profile) *Subject {
	f := reference.Faulty{Name: "reference", Faults: func() delivery.Faults { return delivery.Faults{} }}
	name := f.Name
	if m != nil {
		name = "mutant:" + m.Name
	}
	return Fresh(name, p, func() targets.Target {
		if m != nil {
			return reference.NewDirect(p, reference.Faulty{Name: name, Hooks: m.Hooks(), Faults: m.Faults})
		}
		return reference.NewDirect(p, f)
	})
}

// TestSearchIsTheSameOnAnyWorkers: the same seed finds the same, and the same least
// cases, whoever has time for it.
func TestSearchIsTheSameOnAnyWorkers(t *testing.T) {
	m := mutant.Find("batch-size-0")
	if m == nil {
		m = mutant.All()[0]
	}
	var first string
	for _, workers := range []int{1, 2, 7} {
		s := &Search{Subject: subjectOf(m, rule.Today), Sequences: 300, Workers: workers, Level: rule.Recorded, Runs: 300,
			Result: &reports.Search{Format: 1, Seed: 7, Shards: []reports.Shard{{Of: 1}}}}
		if err := s.Run(context.Background()); err != nil {
			t.Fatal(err)
		}
		if len(s.Result.Findings) == 0 {
			t.Fatal("nothing was found")
		}
		b, err := json.MarshalIndent(s.Result.Findings, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%d workers: %d findings, %d steps", workers, len(s.Result.Findings), s.Result.Steps)
		if first == "" {
			first = string(b)
			t.Log(first)
		} else if first != string(b) {
			t.Errorf("%d workers found\n%s\nand one found\n%s", workers, b, first)
		}
	}
}
