// Package mutant is the reference with one deliberate fault at a time. A suite is
// worth what it catches, so for every rule that an implementation can break there
// is a mutant here that breaks it, and the selftest demands that this very rule
// is the one that is reported.
//
// A mutant is a table entry: a name, the fault in a sentence, the rules it breaks,
// and the hook that it turns. The tables are in files by what is broken; entries
// for limits and defaults are derived from the catalogue.
package mutant

import (
	"context"
	"fmt"
	"slices"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/targets"
	"github.com/esmconform/esmconform/targets/reference"
)

// Mutant is the reference with one fault.
type Mutant struct {
	Name   string       // in kebab case; permanent
	Fault  string       // what it does wrong, in one sentence without a full stop
	Breaks []*rule.Rule // each of them must be reported
	// Others says why rules besides those are reported as well; while it is empty
	// none may be.
	Others string

	// What carries the fault: hooks of the control plane, or of the data plane,
	// made anew for each target and for each play, so that they may remember.
	Control  func() control.Hooks
	Delivery func() delivery.Faults
}

var mutants []*Mutant

// add puts a mutant into the table. It panics on a name that is taken or on an
// entry that is not whole, which are mistakes in this program.
func add(m Mutant) {
	if m.Name == "" || m.Fault == "" || len(m.Breaks) == 0 || slices.Contains(m.Breaks, nil) || Find(m.Name) != nil {
		panic(fmt.Sprintf("mutant: the entry %q is not whole, or its name is taken", m.Name))
	}
	mutants = append(mutants, &m)
}

// All returns every mutant, in the order of the tables.
func All() []*Mutant { return slices.Clone(mutants) }

// Find returns the mutant of that name, or nil.
func Find(name string) *Mutant {
	for _, m := range mutants {
		if m.Name == name {
			return m
		}
	}
	return nil
}

// Of lists the mutants that break a rule.
func Of(r *rule.Rule) (list []*Mutant) {
	for _, m := range mutants {
		if slices.Contains(m.Breaks, r) {
			list = append(list, m)
		}
	}
	return list
}

// Hooks are the faults of the control plane; there may be none.
func (m *Mutant) Hooks() control.Hooks {
	if m.Control == nil {
		return control.Hooks{}
	}
	return m.Control()
}

// Faults are those of the data plane; there may be none.
func (m *Mutant) Faults() delivery.Faults {
	if m.Delivery == nil {
		return delivery.Faults{}
	}
	return m.Delivery()
}

// Target is the mutant as a target, in this process and in virtual time.
func (m *Mutant) Target(ctx context.Context, p rule.Profile) (targets.Target, error) {
	return reference.NewFaulty(ctx, p, reference.Faulty{Name: "mutant " + m.Name, Hooks: m.Hooks(), Faults: m.Faults})
}

// Profile is the one that a mutant is tested in: the latest in which all that
// it breaks can be observed.
func (m *Mutant) Profile() rule.Profile {
	for _, p := range slices.Backward(rule.Profiles) {
		if !slices.ContainsFunc(m.Breaks, func(r *rule.Rule) bool { return !r.Observable(p) }) {
			return p
		}
	}
	return rule.Today
}
