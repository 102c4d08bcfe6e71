package generators

import (
	"flag"
	"io"
	"slices"
	"testing"

	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// traces is how many traces TestSound draws; make sound asks for a million.
var traces = flag.Int("sound", 20_000, "how many traces TestSound draws")

// first is the seed of the first of them.
var first = flag.Uint64("sound-seed", 1, "the seed of the first trace of TestSound")

// TestSound: whatever legal choices the machine makes, the checker accepts. A
// violation is a false alarm of ours, or a fault of the machine.
func TestSound(t *testing.T) {
	invocations, bad := 0, 0
	for seed := *first; seed < *first+uint64(*traces); seed++ {
		s := Delivery(Seeded(seed))
		c := delivery.NewChecker(func(v delivery.Violation) {
			if v.Level == rule.Recorded {
				return // the machine is free where AWS was only recorded
			}
			if bad++; bad <= 10 {
				t.Errorf("seed %d: %s", seed, &v)
			}
		})
		line := 0
		play := delivery.Play
		if tumbles(s) {
			play = delivery.PlayWhole // windows show in whole events only
		}
		err := play(s, delivery.Seeded(seed), func(e *trace.Event) error {
			line++
			e.Line = line
			if e.Kind == trace.Invoke {
				invocations++
			}
			return c.Event(e)
		})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if bad > 10 {
			t.Fatal("too many")
		}
	}
	if invocations < *traces {
		t.Errorf("only %d invocations in %d traces", invocations, *traces)
	}
}

func tumbles(s *trace.Scenario) bool {
	return slices.ContainsFunc(s.Steps, func(x trace.Step) bool { return x.Config["TumblingWindowInSeconds"] != nil })
}

// fixed is a source that gives the same bits for ever.
type fixed uint64

func (f fixed) Uint64() uint64 { return uint64(f) }

// TestTotal: any bits make a scenario that can be written down and played.
func TestTotal(t *testing.T) {
	for n := range uint64(200) {
		for _, source := range []Source{fixed(n), fixed(^n), fixed(n << 32), Seeded(n)} {
			for _, p := range rule.Profiles {
				s := DeliveryIn(source, p)
				err := trace.WriteScenario(io.Discard, s)
				if err == nil {
					err = delivery.Play(s, delivery.Default{}, func(*trace.Event) error { return nil })
				}
				if err != nil || s.Profile != p.String() {
					t.Fatalf("%v of %d: %v", source, n, err)
				}
			}
		}
	}
}
