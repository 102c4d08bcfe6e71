package specs

import (
	"fmt"

	"github.com/esmconform/esmconform/generators"
	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets"
)

// What may be done again, and what changes nothing.

var _ = hold(Property{
	Name:   "update-with-what-is-in-force",
	Says:   "An Update that asks for settings that are in force changes neither these nor others",
	Trials: 60,
	Draw:   generators.Calls,
	Holds: func(t *Trial, s *trace.Scenario) {
		list, _ := t.settled(s)
		alive := living(list)
		if len(alive) == 0 {
			t.Undecided()
		}
		r := alive[t.below(len(alive))]
		body := map[string]any{"Enabled": r.state() == control.IsEnabled}
		for _, m := range t.shown(r.noted) {
			if v, ok := r.last[m.String()]; ok && control.UpdateMembers(t.Profile).Has(m) && t.below(2) == 0 {
				body[m.String()] = v
			}
		}
		if x := t.call(targets.Request{Operation: trace.Update, UUID: r.uuid, Body: body}); x.Status/100 == 2 {
			t.Decided()
		}
		again := t.rest([]*noted{r.noted})[0]
		if member := unlike(r.last, again.last, "LastModified", "StateTransitionReason"); again.status != 200 || member != "" {
			t.Falsified("%s was %v and is %v after an Update with %v", member, r.last[member], again.last[member], body)
		}
	},
})

// invalid are settings that no mapping may have; what stands beside them is good.
var invalid = []map[string]any{
	{"BatchSize": 0}, {"BatchSize": -1}, {"BatchSize": 10001}, {"BatchSize": 0, "Enabled": false}, {"BatchSize": 0, "Enabled": true},
	{"FunctionName": "a b", "BatchSize": 9}, {"FunctionName": "", "BatchSize": 8}, {"FunctionName": "esmconform-no-such-function", "Enabled": false},
	{"FunctionName": "esmconform-no-such-function", "BatchSize": 6}, {"BatchSize": 10001, "MaximumBatchingWindowInSeconds": 4},
	{"MaximumBatchingWindowInSeconds": 301, "BatchSize": 5}, {"MaximumRetryAttempts": 10001, "BatchSize": 4}, {"ParallelizationFactor": 11, "Enabled": false},
}

var _ = hold(Property{
	Name:   "refusals-change-nothing",
	Says:   "A request that is refused changes nothing that List shows",
	Trials: 60,
	Draw:   generators.Calls,
	Holds: func(t *Trial, s *trace.Scenario) {
		list, out := t.settled(s)
		if len(list) == 0 {
			t.Undecided()
		}
		before := t.listed(map[string]string{})
		for range 4 {
			r := targets.Request{Operation: trace.Update, UUID: list[t.below(len(list))].uuid, Body: invalid[t.below(len(invalid))]}
			if t.below(3) == 0 {
				r = t.brokenCreate(out.Calls, r.Body)
			}
			x := t.call(r)
			if x.Status/100 != 4 {
				t.Undecided() // that it was taken is for others to say
			}
			t.Decided()
			t.unchanged(before, fmt.Sprintf("%s with %v answered %d", r.Operation, r.Body, x.Status))
		}
	},
})

// brokenCreate is a Create that was taken before, with settings that are invalid.
func (t *Trial) brokenCreate(calls []*trace.Exchange, broken map[string]any) targets.Request {
	var bodies []map[string]any
	for _, x := range calls {
		if o := object(x.Request); x.Operation == trace.Create && x.Status/100 == 2 && o != nil {
			bodies = append(bodies, o)
		}
	}
	body := bodies[t.below(len(bodies))]
	for name, v := range broken {
		body[name] = v
	}
	return targets.Request{Operation: trace.Create, Body: body}
}

// unchanged compares the list with what it was.
func (t *Trial) unchanged(before map[string]map[string]any, after string) {
	now := t.listed(map[string]string{})
	for id, entry := range before {
		if now[id] == nil {
			t.Falsified("a mapping was listed, and is not after %s", after)
		}
		if member := unlike(entry, now[id]); member != "" {
			t.Falsified("%s was %v and is %v after %s", member, entry[member], now[id][member], after)
		}
	}
	if len(now) != len(before) {
		t.Falsified("%d mappings were listed, and %d are after %s", len(before), len(now), after)
	}
}

var _ = hold(Property{
	Name:   "unknown-stays-unknown",
	Says:   "Get, Update and Delete of a mapping that does not exist, or not any more, answer 404 each time",
	Trials: 60,
	Draw:   generators.Calls,
	Holds: func(t *Trial, s *trace.Scenario) {
		list, _ := t.settled(s)
		ids := []string{fmt.Sprintf("%08x-4b5a-4978-8796-%012x", uint32(t.Uint64()), t.Uint64()>>16)}
		for _, r := range list {
			if r.status == 404 {
				ids = append(ids, r.uuid)
			}
		}
		t.Decided()
		for range 6 {
			r := targets.Request{Operation: pickOf(t, trace.Delete, trace.Delete, trace.Get, trace.Update), UUID: pickOf(t, ids...)}
			if r.Operation == trace.Update {
				r.Body = map[string]any{"Enabled": false}
			}
			if x := t.call(r); x.Status != 404 {
				t.Falsified("%s of a mapping that does not exist answered %d", r.Operation, x.Status)
			}
		}
	},
})

func pickOf[T any](t *Trial, list ...T) T { return list[t.below(len(list))] }
