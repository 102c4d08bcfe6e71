package specs

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/esmconform/esmconform/generators"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Check tries a property. It may be called without Ginkgo.
func (c *PropertyCampaign) Check(ctx context.Context, p *Property) (out PropertyOutcome) {
	start := time.Now()
	out = PropertyOutcome{Property: p, Profile: c.Profile}
	defer func() { out.Seconds = time.Since(start).Seconds() }()
	if lacks := c.lacks(ctx, p); lacks.err != nil || lacks.unsupported != "" {
		out.Broken, out.Unsupported = lacks.err, lacks.unsupported
		return out
	}
	if c.Again != 0 {
		c.once(ctx, p, c.Again, &out)
	} else {
		falsified := false // what is to be said has been said: rapid asks again, and the target is spared
		rapidly(p.Name, p.Trials*max(1, c.Times), seedOf(p, c.Seed), func(t *rapid.T) {
			if seed := seeds.Draw(t, "seed"); !falsified {
				falsified = !c.once(ctx, p, seed, &out)
			}
			if falsified {
				// The one place where a property fails, with always the same words: rapid
				// takes anything else for another failure.
				t.Fatalf("the property %s does not hold", p.Name)
			}
		})
	}
	if out.Decided > 0 {
		out.Unsupported = ""
	}
	if x := out.Counterexample; x != nil {
		x.Scenario = c.least(ctx, p, x)
	}
	return out
}

// once makes the trial of a seed, and reports whether to go on.
func (c *PropertyCampaign) once(ctx context.Context, p *Property, seed uint64, out *PropertyOutcome) bool {
	s := p.Draw(generators.Seeded(seed), c.Profile)
	out.Drawn++
	v, decided := c.try(ctx, p, seed, s)
	if decided || v.falsified != "" {
		out.Decided++
	}
	switch {
	case v.err != nil:
		out.Broken = v.err
	case v.doubt != "":
		out.Doubt = v.doubt
	case v.falsified != "":
		out.Counterexample = &Counterexample{Seed: seed, Scenario: s, What: v.falsified}
	default:
		out.Unsupported = v.unsupported
		return true
	}
	return false
}

// lacks says what the property needs and the target does not offer.
func (c *PropertyCampaign) lacks(ctx context.Context, p *Property) (v verdict) {
	if len(p.Needs) == 0 {
		return v
	}
	runner, err := c.Open(ctx, 1)
	if err != nil {
		return verdict{err: err}
	}
	for _, x := range p.Needs {
		if !slices.Contains(runner.Description.Capabilities, x) {
			v.unsupported = "the target does not offer " + string(x)
		}
	}
	return v
}

// seedOf is where the draws of a property start. It depends on nothing but the run's
// seed and the property, so that the others may be left out.
func seedOf(p *Property, run uint64) uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d %s", run, p.Name)
	return max(1, h.Sum64()) // to rapid, 0 is another one each time
}

// shrink looks for the least scenario that still shows a counterexample. Tests replace it.
var shrink = generators.Shrink

// shrinkRuns is how many scenarios it may play.
const shrinkRuns = 500

// least is the least scenario that is found to show a counterexample, by the same seed.
func (c *PropertyCampaign) least(ctx context.Context, p *Property, x *Counterexample) *trace.Scenario {
	least, _ := shrink(x.Scenario, func(s *trace.Scenario) bool {
		v, _ := c.try(ctx, p, x.Seed, s)
		if v.falsified != "" {
			x.What = v.falsified
		}
		return v.falsified != ""
	}, shrinkRuns)
	return least
}
