package mutant

import (
	"maps"
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// What the mutants of the data plane are made of: decisions that are wrong, and
// events that are seen otherwise than they were.

// wrong makes the wrong decisions of one play. It may remember.
type wrong func() func(d delivery.Decision, right int) int

// faulty is a mutant of the data plane.
type faulty struct {
	name, fault string
	breaks      *rule.Rule
	wrong       wrong
	others      string
}

// deliver adds mutants that decide something wrongly.
func deliver(list ...faulty) (done struct{}) {
	for _, x := range list {
		add(Mutant{Name: x.name, Fault: x.fault, Breaks: []*rule.Rule{x.breaks}, Others: x.others, Delivery: func() delivery.Faults {
			return delivery.Faults{Decide: x.wrong()}
		}})
	}
	return done
}

// on is a wrong decision of one kind.
func on(d delivery.Decision, take func(right int) int) wrong {
	return func() func(delivery.Decision, int) int {
		return func(asked delivery.Decision, right int) int {
			if asked == d {
				return take(right)
			}
			return right
		}
	}
}

// decides makes it decide the same.
func decides(d delivery.Decision, n int) wrong { return on(d, func(int) int { return n }) }

// plus is off by so much.
func plus(d delivery.Decision, n int) wrong { return on(d, func(right int) int { return right + n }) }

// instead takes one thing for another.
func instead(d delivery.Decision, of, n int) wrong {
	return on(d, func(right int) int {
		if right == of {
			return n
		}
		return right
	})
}

// second takes one thing for another every other time.
func second(d delivery.Decision, of, n int) wrong {
	return func() func(delivery.Decision, int) int {
		times := 0
		return on(d, func(right int) int {
			if right == of {
				if times++; times%2 == 1 {
					return n
				}
			}
			return right
		})()
	}
}

// several takes several wrong decisions, each on top of those before.
func several(list ...wrong) wrong {
	return func() func(delivery.Decision, int) int {
		var all []func(delivery.Decision, int) int
		for _, w := range list {
			all = append(all, w())
		}
		return func(d delivery.Decision, right int) int {
			for _, w := range all {
				right = w(d, right)
			}
			return right
		}
	}
}

// after decides n of d once the decision before of another kind was, or is to
// be, a certain one.
func after(before delivery.Decision, was func(right int) bool, d delivery.Decision, n int) wrong {
	return func() func(delivery.Decision, int) int {
		on := false
		return func(asked delivery.Decision, right int) int {
			switch {
			case asked == before:
				on = was(right)
			case asked == d && on:
				return n
			}
			return right
		}
	}
}

func is(n int) func(int) bool { return func(right int) bool { return right == n } }

// far is farther than any position.
const far = 1 << 40

// seen is a mutant whose events of one kind are seen otherwise.
type seen struct {
	name, fault string
	breaks      *rule.Rule
	kind        trace.EventKind
	change      func(e *trace.Event) bool // false: it is not seen at all
	others      string
}

// observe adds mutants of which something else is seen than what they did. The
// changes remember nothing.
func observe(list ...seen) (done struct{}) {
	for _, x := range list {
		add(Mutant{Name: x.name, Fault: x.fault, Breaks: []*rule.Rule{x.breaks}, Others: x.others, Delivery: func() delivery.Faults {
			return delivery.Faults{Event: func(e *trace.Event, emit func(*trace.Event) error) error {
				if e.Kind != x.kind {
					return emit(e)
				}
				y := *e
				if !x.change(&y) {
					return nil
				}
				return emit(&y)
			}}
		}})
	}
	return done
}

// gone is the value of a member that is not there.
var gone = new(int)

// with is an object with another value at a path of members, as "a.b". The object
// is left as it is.
func with(object map[string]any, path string, value any) map[string]any {
	name, rest, deeper := strings.Cut(path, ".")
	object = maps.Clone(object)
	if object == nil {
		object = map[string]any{}
	}
	switch {
	case deeper:
		inner, ok := object[name].(map[string]any)
		if !ok {
			return object // nothing to change
		}
		object[name] = with(inner, rest, value)
	case value == any(gone):
		delete(object, name)
	default:
		object[name] = value
	}
	return object
}

// eachRecord is an event with another value in each of its records.
func eachRecord(event map[string]any, path string, value any) map[string]any {
	change := func(list any) any {
		records, _ := list.([]any)
		records = slices.Clone(records)
		for i := range records {
			if r, ok := records[i].(map[string]any); ok {
				records[i] = with(r, path, value)
			}
		}
		return records
	}
	event = maps.Clone(event)
	if byPartition, ok := event["records"].(map[string]any); ok {
		byPartition = maps.Clone(byPartition)
		for p, list := range byPartition {
			byPartition[p] = change(list)
		}
		event["records"] = byPartition
		return event
	}
	event["Records"] = change(event["Records"])
	return event
}
