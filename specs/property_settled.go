package specs

import (
	"reflect"

	"github.com/esmconform/esmconform/generators"
	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Where every change ends.

var _ = hold(Property{
	Name:   "changes-come-to-rest",
	Says:   "After any calls and a wait, a mapping is Enabled or Disabled as was asked last, or gone if it was deleted",
	Trials: 100,
	Draw:   generators.Calls,
	Holds: func(t *Trial, s *trace.Scenario) {
		for _, r := range t.rest(t.fold(t.calls(s).Calls)) {
			t.Decided()
			enabled, known := r.asked["Enabled"].(bool)
			want := control.Disabled
			if enabled {
				want = control.IsEnabled
			}
			switch {
			case r.deleted && r.status != 404:
				t.Falsified("a deleted mapping still answers %d, State %q", r.status, r.state())
			case r.deleted:
			case r.status != 200:
				t.Falsified("a mapping that nobody deleted answers %d", r.status)
			case !r.atRest():
				t.Falsified("a mapping stays in State %q", r.state())
			case known && r.state() != want:
				t.Falsified("a mapping came to rest in State %q, and was asked to be %s", r.state(), want)
			}
		}
	},
})

var _ = hold(Property{
	Name:   "get-answers-the-same",
	Says:   "A mapping at rest is the same each time that Get is asked, and as it was asked to be",
	Trials: 100,
	Draw:   generators.Calls,
	Holds: func(t *Trial, s *trace.Scenario) {
		list, _ := t.settled(s)
		for _, r := range living(list) {
			t.Decided()
			status, again := t.get(r.noted)
			if status != r.status {
				t.Falsified("Get answered %d and then %d", r.status, status)
			}
			if member := unlike(r.last, again); member != "" {
				t.Falsified("%s was %v and then %v", member, r.last[member], again[member])
			}
			if member := t.differs(r.noted, again); member != "" {
				t.Falsified("%s is %v, and was asked to be %v", member, again[member], r.asked[member])
			}
		}
	},
})

// unlike names a member in which two answers differ, "" when there is none. What
// became of the last batch may change at any time.
func unlike(a, b map[string]any, besides ...string) string {
	skip := map[string]bool{"LastProcessingResult": true}
	for _, name := range besides {
		skip[name] = true
	}
	for _, x := range []map[string]any{a, b} {
		for name := range x {
			if !skip[name] && !reflect.DeepEqual(a[name], b[name]) {
				return name
			}
		}
	}
	return ""
}
