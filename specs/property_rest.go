package specs

import (
	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets"
)

// Waiting for mappings to come to rest, by looking at State and nothing else.

// resting is what a mapping was when nobody waited any longer.
type resting struct {
	*noted
	status int
	last   map[string]any // the answer of Get
}

func (r *resting) state() string {
	s, _ := r.last["State"].(string)
	return s
}

// atRest reports whether the mapping may stay as it is.
func (r *resting) atRest() bool {
	return r.status == 404 || r.status == 200 && (r.state() == control.IsEnabled || r.state() == control.Disabled)
}

func (t *Trial) get(m *noted) (status int, answer map[string]any) {
	x := t.call(targets.Request{Operation: trace.Get, UUID: m.uuid})
	return x.Status, object(x.Response)
}

// rest waits for the mappings, all at once, as long as the target may take. A
// deleted one rests when it is gone.
func (t *Trial) rest(list []*noted) []*resting {
	rested := make([]*resting, len(list))
	deadline := t.Runner.Target.Now().Add(t.Runner.Target.Settle())
	for wait := firstPoll; ; wait = min(2*wait, lastPoll) {
		all := true
		for i, m := range list {
			if r := rested[i]; r != nil && r.atRest() && (!m.deleted || r.status == 404) {
				continue
			}
			r := &resting{noted: m}
			r.status, r.last = t.get(m)
			rested[i] = r
			all = all && r.atRest() && (!m.deleted || r.status == 404)
		}
		if all || !t.Runner.Target.Now().Before(deadline) {
			return rested
		}
		t.must(t.Runner.Target.Sleep(t.Context, wait))
	}
}

// settled plays the calls and waits until the mappings rest. A trial in which they
// do not, or in which one is gone that nobody deleted, is about that and nothing
// else, which another property says.
func (t *Trial) settled(s *trace.Scenario) (list []*resting, out Outcome) {
	out = t.calls(s)
	list = t.rest(t.fold(out.Calls))
	for _, r := range list {
		if !r.atRest() || (r.status == 404) != r.deleted {
			t.Undecided()
		}
	}
	return list, out
}

// living are those that are not gone.
func living(list []*resting) (alive []*resting) {
	for _, r := range list {
		if r.status == 200 {
			alive = append(alive, r)
		}
	}
	return alive
}
