package specs

import (
	"context"
	"io"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/extensions/globals"
	"github.com/onsi/ginkgo/v2/formatter"
	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"github.com/esmconform/esmconform/oracle/rule"
)

// Campaign is a set of variants to be played on one target.
type Campaign struct {
	Context  context.Context // ends the campaign; nil for none
	Runner   *Runner
	Variants []Variant
	// Gate says which levels fail a spec.
	Gate func(rule.Level) bool
	// Done hears of every outcome, as soon as there is one. It may be nil.
	Done func(*Outcome)

	broken error
}

// Broken is the error that ended the campaign early, if one did.
func (c *Campaign) Broken() error { return c.broken }

// Mount declares the campaign in the Ginkgo container that is being built: a
// container an area, a spec a variant. It may be called in a suite of somebody
// else's.
func (c *Campaign) Mount() {
	byArea := map[string][]Variant{}
	var areas []string
	for _, v := range c.Variants {
		if byArea[v.Rule.Area] == nil {
			areas = append(areas, v.Rule.Area)
		}
		byArea[v.Rule.Area] = append(byArea[v.Rule.Area], v)
	}
	for _, area := range areas {
		ginkgo.Context(area, ginkgo.Label("area:"+area), func() {
			for _, v := range byArea[area] {
				c.mount(v)
			}
		})
	}
}

func (c *Campaign) mount(v Variant) {
	kind := v.Kind.String()
	if v.Kind == anyKind[0] {
		kind = "any source"
	}
	if v.Scenarios != nil {
		kind = "scenarios"
	}
	labels := ginkgo.Label(v.Rule.ID, "source:"+kind, "level:"+v.Rule.Level.String(), "profile:"+c.Runner.Profile.String())
	ginkgo.It(v.Rule.ID+" ("+kind+"): "+v.Rule.Says, labels, func(spec ginkgo.SpecContext) {
		parent := c.Context
		if parent == nil {
			parent = context.Background()
		}
		ctx, cancel := context.WithCancel(parent)
		defer cancel()
		defer context.AfterFunc(spec, cancel)()
		out := c.Runner.Play(ctx, v)
		if c.Done != nil {
			c.Done(&out)
		}
		switch {
		case out.Broken != nil:
			c.broken = out.Broken
			ginkgo.AbortSuite(out.Broken.Error())
		case out.Unsupported != "":
			ginkgo.Skip(out.Unsupported)
		}
		gomega.Expect(&out).To(conform(c.Gate))
		if !out.Decided {
			ginkgo.Skip("inconclusive: " + out.Reason)
		}
	})
}

// Run plays the campaign as a Ginkgo suite of its own, with Ginkgo's console out
// of sight, and returns the error that ended it early, if one did.
func (c *Campaign) Run() error {
	globals.Reset()
	console := formatter.ColorableStdOut
	formatter.ColorableStdOut = io.Discard
	defer func() { formatter.ColorableStdOut = console }()
	gomega.RegisterFailHandler(ginkgo.Fail)
	// One container holds everything, so that the order is the catalogue's.
	ginkgo.Describe("esmconform", c.Mount)
	suite, reporter := ginkgo.GinkgoConfiguration()
	ginkgo.RunSpecs(silent{}, "esmconform", suite, reporter)
	if c.broken == nil && c.Context != nil {
		return c.Context.Err()
	}
	return c.broken
}

// silent stands where Ginkgo expects a *testing.T: the outcomes have been heard
// through Done.
type silent struct{}

func (silent) Fail() {}

// conform matches an outcome without violations of its own rule at a level that
// gates. Violations of other rules are theirs: they are heard through Done.
func conform(gate func(rule.Level) bool) types.GomegaMatcher { return &conformance{gate: gate} }

type conformance struct {
	gate  func(rule.Level) bool
	first *Finding
}

// Match implements gomega's matcher on *Outcome.
func (m *conformance) Match(actual any) (bool, error) {
	out := actual.(*Outcome)
	for i := range out.Findings {
		f := &out.Findings[i]
		if f.Rule == out.Rule && (m.gate == nil || m.gate(f.Level)) {
			m.first = f
			return false, nil
		}
	}
	return true, nil
}

// FailureMessage is the finding as a reader wants it.
func (m *conformance) FailureMessage(any) string {
	f := m.first
	return f.Rule.ID + ": " + f.Rule.Says + "\n  class     " + f.Class + "\n  expected  " + f.Expected + "\n  actual    " + f.Actual
}

// NegatedFailureMessage is never asked for.
func (m *conformance) NegatedFailureMessage(any) string { return "expected a violation" }
