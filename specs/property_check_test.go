package specs

import (
	"context"
	"errors"
	"flag"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/esmconform/esmconform/generators"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// made is a property that is in no registry, whose trials do what holds says.
func made(name string, holds func(*Trial, *trace.Scenario)) *Property {
	return &Property{Name: name, Says: "It holds", Trials: 50, Holds: holds, Draw: func(s generators.Source, p rule.Profile) *trace.Scenario {
		return &trace.Scenario{Format: 1, Profile: p.String(), EndMS: float64(s.Uint64() % 1000)}
	}}
}

func campaign() *PropertyCampaign {
	return &PropertyCampaign{Profile: rule.Today, Open: direct(rule.Today), Seed: 1}
}

func TestPropertyFailsOnce(t *testing.T) {
	trials := 0
	p := made("fails-at-the-tenth", func(t *Trial, s *trace.Scenario) {
		if trials++; trials >= 10 {
			t.Falsified("it is the tenth")
		}
	})
	out := campaign().Check(t.Context(), p)
	if trials != 10 || out.Drawn != 10 || out.Counterexample == nil || out.Counterexample.What != "it is the tenth" {
		t.Errorf("%d trials: %s", trials, &out)
	}
	text := out.String()
	for _, want := range []string{"fails-at-the-tenth: It holds", "it is the tenth", `"end_ms"`, "seed"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}

func TestPropertyEnds(t *testing.T) {
	gone := errors.New("gone")
	for name, test := range map[string]struct {
		holds func(*Trial, *trace.Scenario)
		right func(*PropertyOutcome) bool
	}{
		"decided":     {func(t *Trial, _ *trace.Scenario) { t.Decided() }, func(o *PropertyOutcome) bool { return o.Decided == 50 && o.Drawn == 50 }},
		"undecided":   {func(t *Trial, _ *trace.Scenario) { t.Undecided() }, func(o *PropertyOutcome) bool { return o.Decided == 0 && o.Drawn == 50 }},
		"unsupported": {func(t *Trial, _ *trace.Scenario) { t.Unsupported("queues") }, func(o *PropertyOutcome) bool { return o.Unsupported == "queues" && o.Drawn == 50 }},
		"doubtful":    {func(t *Trial, _ *trace.Scenario) { t.Doubtful("who knows") }, func(o *PropertyOutcome) bool { return o.Doubt == "who knows" && o.Drawn == 1 }},
		"broken":      {func(t *Trial, _ *trace.Scenario) { t.must(gone) }, func(o *PropertyOutcome) bool { return errors.Is(o.Broken, gone) && o.Drawn == 1 }},
	} {
		if out := campaign().Check(t.Context(), made(name, test.holds)); !test.right(&out) || out.Counterexample != nil {
			t.Errorf("%s: %s", name, &out)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	p := made("cancelled", func(*Trial, *trace.Scenario) { cancel() })
	if out := campaign().Check(ctx, p); !errors.Is(out.Broken, context.Canceled) || out.Drawn != 1 {
		t.Error(&out)
	}
	lacking := made("lacking", func(*Trial, *trace.Scenario) {})
	lacking.Needs = []rule.Capability{"magic"}
	if out := campaign().Check(t.Context(), lacking); out.Unsupported == "" || out.Drawn != 0 {
		t.Error(&out)
	}
}

// TestPropertySeeds: what is drawn depends on the run's seed and the property alone.
func TestPropertySeeds(t *testing.T) {
	drawn := func(name string, seed uint64) (list []float64) {
		c := campaign()
		c.Seed = seed
		c.Check(t.Context(), made(name, func(_ *Trial, s *trace.Scenario) { list = append(list, s.EndMS) }))
		return list
	}
	first := drawn("a", 1)
	if drawn("b", 1); !slices.Equal(first, drawn("a", 1)) {
		t.Error("it drew something else after another property")
	}
	if slices.Equal(first, drawn("b", 1)) || slices.Equal(first, drawn("a", 2)) {
		t.Error("it drew the same as another property, or by another seed")
	}
}

// TestPropertyShrinks: once there is a search for the least scenario, it is used.
func TestPropertyShrinks(t *testing.T) {
	defer func(before func(*trace.Scenario, func(*trace.Scenario) bool, int) (*trace.Scenario, int)) {
		shrink = before
	}(shrink)
	shrink = func(s *trace.Scenario, shows func(*trace.Scenario) bool, runs int) (*trace.Scenario, int) {
		less := *s
		for less.EndMS > 0 && shows(&less) {
			s, less.EndMS = &trace.Scenario{EndMS: less.EndMS}, less.EndMS-1
		}
		return s, runs
	}
	out := campaign().Check(t.Context(), made("too-long", func(t *Trial, s *trace.Scenario) {
		if s.EndMS > 100 {
			t.Falsified("it is %v long", s.EndMS)
		}
	}))
	if x := out.Counterexample; x == nil || x.Scenario.EndMS != 101 || x.What != "it is 101 long" {
		t.Error(&out)
	}
}

func TestRapidSeeds(t *testing.T) {
	before := flag.Lookup("rapid.checks").Value.String()
	seen := map[uint64]bool{}
	const n = 2000
	rapidly("seeds", n, 1, func(t *rapid.T) { seen[Rapid(t).Uint64()] = true })
	if len(seen) < n*98/100 {
		t.Errorf("%d of %d seeds are different", len(seen), n)
	}
	if after := flag.Lookup("rapid.checks").Value.String(); after != before {
		t.Errorf("rapid.checks was %s and is %s", before, after)
	}
}
