package delivery

import (
	"reflect"
	"testing"

	"github.com/esmconform/esmconform/oracle/trace"
)

// TestMachineWithoutFaults: a machine whose decisions are all right, and whose
// events are all seen, is none with a fault.
func TestMachineWithoutFaults(t *testing.T) {
	names := map[string]bool{}
	for _, name := range decisionNames {
		if name == "" || names[name] {
			t.Errorf("a decision has no name, or one that is taken: %q", name)
		}
		names[name] = true
	}
	faultless := Faults{
		Decide: func(d Decision, right int) int {
			if d >= numDecisions {
				t.Errorf("%s is decided", d)
			}
			return right
		},
		Match: func(criteria map[string]any, kind string, record map[string]any) bool {
			return MachineFilter(criteria, kind, record)
		},
		Event: func(e *trace.Event, emit func(*trace.Event) error) error { return emit(e) },
	}
	keep := func(all *[]trace.Event) func(*trace.Event) error {
		return func(e *trace.Event) error {
			kept := *e
			kept.Records, kept.Attempts = append([]string(nil), e.Records...), append([]int(nil), e.Attempts...)
			*all = append(*all, kept)
			return nil
		}
	}
	for seed := range uint64(50) {
		var with, without []trace.Event
		s := machineRandom(seed)
		if err := PlayFaulty(s, Seeded(seed), faultless, keep(&with)); err != nil {
			t.Fatal(err)
		}
		if err := PlayWhole(s, Seeded(seed), keep(&without)); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(with, without) {
			t.Fatalf("seed %d: the traces differ", seed)
		}
	}
}

// TestMachineTires: a fault that never comes to an end is stopped.
func TestMachineTires(t *testing.T) {
	s := machineScenario("kinesis", machinePut(1), machineCreate(map[string]any{}))
	s.EndMS, s.Sources[0].RetentionMS = 1e12, 1e12
	again := Faults{Decide: func(d Decision, right int) int {
		if d == DecisionAnswer {
			return AnswerPartial
		}
		return right
	}}
	if PlayFaulty(s, Default{}, again, func(*trace.Event) error { return nil }) == nil {
		t.Error("it came to an end")
	}
}
