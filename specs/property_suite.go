package specs

import (
	"context"
	"fmt"
	"strings"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// PropertyCampaign is a set of properties to be tried on one kind of target.
type PropertyCampaign struct {
	Context context.Context // ends the campaign; nil for none
	Profile rule.Profile
	// Open gives the runner that a trial is played on: one of its own, or always the
	// same. Whatever the target is free to choose it may draw from the seed.
	Open       func(ctx context.Context, seed uint64) (*Runner, error)
	Properties []*Property // nil: every one
	Seed       uint64      // of the run
	Times      int         // how many times as many trials as each property has; 0: once
	Again      uint64      // the seed of the one trial that is made, unless 0
	Level      rule.Level  // the weakest level that is judged
	// Done hears of every outcome, as soon as there is one. It may be nil.
	Done func(*PropertyOutcome)
}

// On is the Open of a campaign on one runner.
func On(r *Runner) func(context.Context, uint64) (*Runner, error) {
	return func(context.Context, uint64) (*Runner, error) { return r, nil }
}

// Mount declares the campaign in the Ginkgo container that is being built, a spec a
// property. It may be called in a suite of somebody else's.
func (c *PropertyCampaign) Mount() {
	list := c.Properties
	if list == nil {
		list = Properties()
	}
	for _, p := range list {
		ginkgo.It(p.Name+": "+p.Says, ginkgo.Label("property", p.Name, "profile:"+c.Profile.String()), func(spec ginkgo.SpecContext) {
			parent := c.Context
			if parent == nil {
				parent = context.Background()
			}
			ctx, cancel := context.WithCancel(parent)
			defer cancel()
			defer context.AfterFunc(spec, cancel)()
			out := c.Check(ctx, p)
			if c.Done != nil {
				c.Done(&out)
			}
			switch {
			case out.Broken != nil:
				ginkgo.AbortSuite(out.Broken.Error())
			case out.Doubt != "":
				ginkgo.Fail("inconclusive, which is no fault of the target's: " + out.Doubt)
			case out.Unsupported != "":
				ginkgo.Skip(out.Unsupported)
			}
			gomega.Expect(&out).To(holdAlways())
			if out.Decided == 0 {
				ginkgo.Skip("inconclusive: nothing that was drawn decided it")
			}
		})
	}
}

// holdAlways matches an outcome without a counterexample.
func holdAlways() types.GomegaMatcher { return holds{} }

type holds struct{}

// Match implements gomega's matcher on *PropertyOutcome.
func (holds) Match(actual any) (bool, error) {
	return actual.(*PropertyOutcome).Counterexample == nil, nil
}

// FailureMessage is the counterexample as a reader wants it.
func (holds) FailureMessage(actual any) string { return actual.(*PropertyOutcome).String() }

// NegatedFailureMessage is never asked for.
func (holds) NegatedFailureMessage(any) string { return "expected a counterexample" }

// String is the outcome, with the scenario of a counterexample as JSON.
func (o *PropertyOutcome) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n  drawn     %d in %s, of which %d decided something", o.Name, o.Says, o.Drawn, o.Profile, o.Decided)
	switch x := o.Counterexample; {
	case x != nil:
		fmt.Fprintf(&b, "\n  seen      %s\n  seed      %d\n  scenario  ", x.What, x.Seed)
		if err := trace.WriteScenario(&b, x.Scenario); err != nil {
			b.WriteString(err.Error())
		}
	case o.Doubt != "":
		fmt.Fprintf(&b, "\n  doubt     %s", o.Doubt)
	case o.Unsupported != "":
		fmt.Fprintf(&b, "\n  lacks     %s", o.Unsupported)
	case o.Broken != nil:
		fmt.Fprintf(&b, "\n  broken    %v", o.Broken)
	}
	return b.String()
}
