package specs

import (
	"fmt"
	"slices"

	"github.com/esmconform/esmconform/generators"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Properties say what holds of whatever is drawn, where specs say what must come of
// what was written down. A property has two halves: what a trial plays, which
// is a scenario and so can be kept, played again and made smaller; and what must hold
// of it on a target. Like specs they are plain data, and are mounted any number
// of times.

// Property is something that holds of every scenario of a space.
type Property struct {
	Name  string            // in kebab case; permanent
	Says  string            // what holds, in one sentence without a full stop
	Needs []rule.Capability // of the target, besides what a drawn scenario needs
	// Trials is how many scenarios are drawn, unless a run asks for more.
	Trials int
	// Draw draws what a trial plays.
	Draw func(generators.Source, rule.Profile) *trace.Scenario
	// Holds plays it, and says so if the property does not hold. A trial that says
	// nothing at all has decided nothing.
	Holds func(*Trial, *trace.Scenario)
}

var properties []*Property

// hold adds a property to the registry. It panics on an entry that is not whole or
// whose name is taken, which are mistakes in this program.
func hold(p Property) *Property {
	if p.Name == "" || p.Says == "" || p.Trials <= 0 || p.Draw == nil || p.Holds == nil || FindProperty(p.Name) != nil {
		panic(fmt.Sprintf("specs: the property %q is not whole, or its name is taken", p.Name))
	}
	properties = append(properties, &p)
	return &p
}

// Properties lists the properties by their names, so that the order does not depend on
// which file was read first.
func Properties() []*Property {
	return slices.SortedFunc(slices.Values(properties), func(a, b *Property) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
}

// FindProperty returns the property of that name, or nil.
func FindProperty(name string) *Property {
	for _, p := range properties {
		if p.Name == name {
			return p
		}
	}
	return nil
}

// PropertyOutcome is what a property came to on a target.
type PropertyOutcome struct {
	*Property
	Profile rule.Profile
	Drawn   int // how many scenarios were drawn
	Decided int // how many of them decided something
	// Counterexample is a scenario that the property does not hold of; nil: there was none.
	Counterexample *Counterexample
	// Unsupported is why nothing could be decided, when the target lacks something.
	Unsupported string
	// Doubt is why nobody can say whether it holds. It is no fault of the target's, and
	// it is not to be passed over.
	Doubt   string
	Broken  error // the target stopped answering, or the suite is at fault
	Seconds float64
}

// Counterexample is a scenario that a property does not hold of.
type Counterexample struct {
	Seed     uint64 // of the trial, which shows it again
	Scenario *trace.Scenario
	What     string // what was seen
}
