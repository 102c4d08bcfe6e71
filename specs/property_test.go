package specs

import (
	"context"
	"flag"
	"testing"

	"github.com/onsi/ginkgo/v2"

	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/targets/reference"
)

var (
	propertyTimes = flag.Int("property-times", 1, "how many times as many trials as usual are made of each property")
	propertySeed  = flag.Uint64("property-seed", 1, "the seed that the trials of every property come from")
	propertyAgain = flag.Uint64("property-again", 0, "the seed of the one trial of each property that is made; 0: all of them")
)

// direct opens a reference of its own for each trial.
func direct(p rule.Profile) func(context.Context, uint64) (*Runner, error) {
	return func(ctx context.Context, seed uint64) (*Runner, error) {
		return runnerOn(ctx, p, seed, reference.Faulty{Name: "reference"})
	}
}

// runnerOn is a runner on a reference with a fault, whose choices come from the seed.
func runnerOn(ctx context.Context, p rule.Profile, seed uint64, f reference.Faulty) (*Runner, error) {
	f.Choices = func() delivery.Choices { return delivery.Seeded(seed) }
	if f.Faults == nil {
		f.Faults = func() delivery.Faults { return delivery.Faults{} }
	}
	t := reference.NewDirect(p, f)
	d, err := t.Describe(ctx)
	return NewRunner(t, d, p), err
}

var _ = ginkgo.Describe("the properties of the reference", func() {
	for _, p := range rule.Profiles {
		ginkgo.Context("profile "+p.String(), func() {
			c := &PropertyCampaign{Profile: p, Open: direct(p), Level: rule.Recorded}
			ginkgo.BeforeEach(func() { c.Seed, c.Times, c.Again = *propertySeed, *propertyTimes, *propertyAgain })
			c.Mount()
		})
	}
})

// TestProperties tries every property on the reference, without Ginkgo.
func TestProperties(t *testing.T) {
	for _, p := range rule.Profiles {
		for _, x := range Properties() {
			t.Run(p.String()+"/"+x.Name, func(t *testing.T) {
				c := &PropertyCampaign{Profile: p, Open: direct(p), Level: rule.Recorded, Seed: *propertySeed, Times: *propertyTimes, Again: *propertyAgain}
				out := c.Check(t.Context(), x)
				if out.Counterexample != nil || out.Decided == 0 || out.Doubt != "" || out.Broken != nil {
					t.Error(&out)
				}
				t.Logf("%d drawn, %d decided, %.2f s", out.Drawn, out.Decided, out.Seconds)
			})
		}
	}
}

// TestPropertiesOnOneTarget: the properties hold as well on a target that keeps what
// the trials before have left, and that is behind the SDK.
func TestPropertiesOnOneTarget(t *testing.T) {
	for _, p := range rule.Profiles {
		target, err := reference.NewTarget(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		d, err := target.Describe(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		c := &PropertyCampaign{Profile: p, Open: On(NewRunner(target, d, p)), Level: rule.Recorded, Seed: 2, Times: *propertyTimes}
		for _, x := range Properties() {
			few := *x
			few.Trials = 4
			if out := c.Check(t.Context(), &few); out.Counterexample != nil || out.Doubt != "" || out.Broken != nil {
				t.Error(&out)
			}
		}
		if err := target.Close(t.Context()); err != nil {
			t.Error(err)
		}
	}
}
