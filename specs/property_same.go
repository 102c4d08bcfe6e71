package specs

import (
	"fmt"
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/trace"
)

// What the checker says of a trace must not depend on what is no part of the rules:
// how things are named, how fast the clock runs, and in which order events are written
// down that have nothing to do with each other. It holds of right traces and of wrong ones.

// judge is a judge of traces: of the properties it is the checker.
type judge func([]trace.Event) ([]delivery.Violation, error)

// sameVerdicts is the body of a property: the verdicts on what was seen are those on
// what change makes of it.
func sameVerdicts(of judge, change func(t *Trial, s *trace.Scenario, seen []trace.Event) []trace.Event) func(*Trial, *trace.Scenario) {
	return func(t *Trial, s *trace.Scenario) {
		seen := t.deliver(s)
		changed := change(t, s, seen)
		if changed == nil {
			t.Undecided()
		}
		before, err := verdicts(of, seen)
		if err != nil {
			t.Undecided() // the trace is none
		}
		after, err := verdicts(of, changed)
		if err != nil {
			t.Falsified("the trace cannot be judged any more: %v", err)
		}
		t.Decided()
		if !slices.Equal(before, after) {
			t.Falsified("the verdicts were [%s] and are [%s]", strings.Join(before, ", "), strings.Join(after, ", "))
		}
	}
}

// verdicts are the rules that a trace breaks, with how they are broken.
func verdicts(of judge, seen []trace.Event) (list []string, err error) {
	found, err := of(seen)
	for i := range found {
		list = append(list, fmt.Sprintf("%s (%s)", found[i].Rule, found[i].Class))
	}
	slices.Sort(list)
	return slices.Compact(list), err
}

// repeated is the body of a property: the verdicts are the same each time.
func repeated(of judge) func(*Trial, *trace.Scenario) {
	return func(t *Trial, s *trace.Scenario) {
		seen := t.deliver(s)
		said := func() (all []string) {
			found, err := of(seen)
			for i := range found {
				all = append(all, found[i].String())
			}
			return append(all, fmt.Sprint(err))
		}
		first := said()
		for range 3 {
			t.Decided()
			if again := said(); !slices.Equal(first, again) {
				t.Falsified("the verdicts were\n%s\nand are\n%s", strings.Join(first, "\n"), strings.Join(again, "\n"))
			}
		}
	}
}

// shards is the space of scenarios with several shards.
func shards(s *trace.Scenario) bool { return s.Sources[0].Shards > 1 }

// steady is the space of scenarios in which no documented length of time counts, but
// for those that scaled scales. Left out are queues, whose visibility timeout is a bound on
// what nobody sees; tumbling windows, which begin and end at round numbers of the clock;
// and records that grow too old, for the mapping or for the source, since a mapping that
// lets them is given a margin in minutes.
func steady(s *trace.Scenario) bool {
	x := &s.Sources[0]
	return x.RetentionMS == 0 && !strings.HasPrefix(x.Kind, "sqs") && !slices.ContainsFunc(s.Steps, func(x trace.Step) bool {
		return x.Config["TumblingWindowInSeconds"] != nil || x.Config["MaximumRecordAgeInSeconds"] != nil
	})
}

var (
	_ = hold(Property{
		Name:   "verdicts-without-names",
		Says:   "The checker says the same of a trace in which mappings, functions, sources, shards and records have other names",
		Trials: 100, Draw: deliveries(nil), Holds: sameVerdicts(judged, renamed),
	})
	_ = hold(Property{
		Name:   "verdicts-without-pace",
		Says:   "The checker says the same of a trace of streams in which all times are longer by a factor, the configured ones as well",
		Trials: 100, Draw: deliveries(steady), Holds: sameVerdicts(judged, scaled),
	})
	_ = hold(Property{
		Name:   "verdicts-again",
		Says:   "The checker says the same of a trace each time that it reads it, in the same words and in the same order",
		Trials: 100, Draw: deliveries(nil), Holds: repeated(judged),
	})
	_ = hold(Property{
		Name:   "verdicts-without-coincidence",
		Says:   "The checker says the same of a trace in which events of one instant that concern different shards stand in another order",
		Trials: 100, Draw: deliveries(shards), Holds: sameVerdicts(judged, permuted),
	})
)
