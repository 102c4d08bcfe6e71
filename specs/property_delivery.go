package specs

import (
	"errors"
	"slices"

	"github.com/esmconform/esmconform/generators"
	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets"
)

// The machine against the checker: what one of them delivers, the other judges.

// deliveries draws the scenarios of delivery in a profile of which fits says that they
// are in the space of a property.
func deliveries(fits func(*trace.Scenario) bool) func(generators.Source, rule.Profile) *trace.Scenario {
	return func(s generators.Source, p rule.Profile) *trace.Scenario {
		for {
			if d := generators.Delivery(s); d.Profile == p.String() && (fits == nil || fits(d)) {
				return d
			}
		}
	}
}

// deliver has the target play a scenario, and returns what was observed.
func (t *Trial) deliver(s *trace.Scenario) (seen []trace.Event) {
	player, ok := t.Runner.Target.(targets.Player)
	if !ok {
		t.Unsupported(noPlayer)
	}
	t.must(player.Play(t.Context, s, func(e *trace.Event) error {
		kept := *e
		kept.Records, kept.Attempts = slices.Clone(e.Records), slices.Clone(e.Attempts)
		if e.Detail != nil {
			detail := *e.Detail
			kept.Detail = &detail
		}
		kept.Line = len(seen) + 1
		seen = append(seen, kept)
		return nil
	}))
	return seen
}

// judged is what the checker says of a trace.
func judged(seen []trace.Event) (found []delivery.Violation, err error) {
	c := delivery.NewChecker(func(v delivery.Violation) { found = append(found, v) })
	for i := range seen {
		e := seen[i]
		if err := c.Event(&e); err != nil {
			return found, err
		}
	}
	return found, nil
}

var _ = hold(Property{
	Name:   "deliveries-conform",
	Says:   "Whatever is delivered of whatever is put, it is something that the documentation allows",
	Trials: 300,
	Draw:   deliveries(nil),
	Holds: func(t *Trial, s *trace.Scenario) {
		seen := t.deliver(s)
		found, err := judged(seen)
		var input *delivery.InputError
		if errors.As(err, &input) {
			t.Falsified("the trace cannot be judged: %v", input)
		}
		for i := range found {
			// Where AWS was only recorded, whoever delivers is free.
			if f := &found[i]; f.Level <= min(t.Level, rule.Should) {
				t.Falsified("%s", f)
			}
		}
		if slices.ContainsFunc(seen, func(e trace.Event) bool { return e.Kind == trace.Invoke }) {
			t.Decided()
		}
	},
})
