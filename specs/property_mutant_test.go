package specs

import (
	"context"
	"testing"

	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets/mutant"
	"github.com/esmconform/esmconform/targets/reference"
)

// onMutant is a campaign on a mutant.
func onMutant(m *mutant.Mutant, times int) *PropertyCampaign {
	p := m.Profile()
	return &PropertyCampaign{Profile: p, Seed: *propertySeed, Times: times, Level: rule.Recorded, Open: func(ctx context.Context, seed uint64) (*Runner, error) {
		return runnerOn(ctx, p, seed, reference.Faulty{Name: m.Name, Hooks: m.Hooks(), Faults: m.Faults})
	}}
}

// TestVerdictsOnMutants: of wrong traces too the checker says the same however things
// are named, paced and ordered.
func TestVerdictsOnMutants(t *testing.T) {
	wrong := 0
	for i, m := range mutant.All() {
		if m.Delivery == nil || raced && i%7 != 0 {
			continue
		}
		of := func(seen []trace.Event) ([]delivery.Violation, error) {
			found, err := judged(seen)
			wrong += min(1, len(found))
			return found, err
		}
		for name, holds := range map[string]func(*Trial, *trace.Scenario){
			"verdicts-without-names": sameVerdicts(of, renamed), "verdicts-without-pace": sameVerdicts(of, scaled),
			"verdicts-without-coincidence": sameVerdicts(of, permuted), "verdicts-again": repeated(of),
		} {
			p := *FindProperty(name)
			p.Trials, p.Holds = 3*(*propertyTimes), holds
			if out := onMutant(m, 1).Check(t.Context(), &p); out.Counterexample != nil || out.Broken != nil {
				t.Errorf("on %s: %s", m.Name, &out)
			}
		}
	}
	t.Logf("%d wrong traces", wrong)
	if wrong < 100 {
		t.Errorf("only %d wrong traces", wrong)
	}
}
