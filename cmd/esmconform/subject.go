package main

import (
	"context"
	"strings"

	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/specs"
	"github.com/esmconform/esmconform/targets"
	"github.com/esmconform/esmconform/targets/reference"
)

// subject is the target as one that drawn scenarios are played on: the reference and its
// mutants are made anew for each, an endpoint is shared by all. The function that comes with it
// removes what was created.
func (f *targetFlags) subject(ctx context.Context, p rule.Profile) (*specs.Subject, func(context.Context) error, error) {
	none := func(context.Context) error { return nil }
	kind, name, _ := strings.Cut(f.target, ":")
	switch {
	case f.target == "reference":
		return specs.Fresh(f.target, p, func() targets.Target {
			return reference.NewDirect(p, reference.Faulty{Name: f.target, Faults: func() delivery.Faults { return delivery.Faults{} }})
		}), none, nil
	case kind == "mutant":
		m, err := findMutant(name)
		if err != nil {
			return nil, nil, err
		}
		return specs.Fresh(f.target, p, func() targets.Target {
			return reference.NewDirect(p, reference.Faulty{Name: f.target, Hooks: m.Hooks(), Faults: m.Faults})
		}), none, nil
	}
	t, err := f.open(ctx, p)
	if err != nil {
		return nil, nil, err
	}
	d, err := t.Describe(ctx)
	if err != nil {
		return nil, nil, broken(err)
	}
	_, records := t.(targets.Player)
	return &specs.Subject{Name: d.Name, Version: d.Version, Profile: p, Shared: specs.NewRunner(t, d, p), Records: records}, t.Close, nil
}
