package delivery

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/esmconform/esmconform/oracle/trace"
)

// tweak is a small change to one event of a trace; nil where there is none to make.
type tweak struct {
	name string
	do   func(events []trace.Event, i int) []trace.Event
}

var tweaks = []tweak{
	{"one is dropped", func(events []trace.Event, i int) []trace.Event {
		return slices.Delete(slices.Clone(events), i, i+1)
	}},
	{"one comes twice", func(events []trace.Event, i int) []trace.Event {
		again := events[i]
		again.ID += "-again"
		return slices.Insert(slices.Clone(events), i+1, again)
	}},
	{"two are swapped", func(events []trace.Event, i int) []trace.Event {
		if i+1 == len(events) || events[i].Kind == trace.Header {
			return nil
		}
		all := slices.Clone(events)
		all[i], all[i+1] = all[i+1], all[i]
		all[i].T, all[i+1].T = all[i+1].T, all[i].T
		return all
	}},
	{"one is a millisecond early", on(func(e *trace.Event) bool {
		e.T--
		return e.T >= 0
	})},
	// What clocks may differ by, and what a change may take to act.
	{"one is a second late", moved(1000)},
	{"one is a second early", moved(-1000)},
	{"one is five seconds late", moved(5000)},
	{"one is five seconds early", moved(-5000)},
	{"one begins with the one before", func(events []trace.Event, i int) []trace.Event {
		if i == 0 {
			return nil
		}
		return on(func(e *trace.Event) bool { e.T = events[i-1].T; return true })(events, i)
	}},
	{"one begins when the one before ends", func(events []trace.Event, i int) []trace.Event {
		if i == 0 || events[i-1].End <= events[i-1].T {
			return nil
		}
		return moved(events[i-1].End-events[i].T)(events, i)
	}},
	{"one ends when the next begins", func(events []trace.Event, i int) []trace.Event {
		if i+1 == len(events) {
			return nil
		}
		return on(func(e *trace.Event) bool {
			e.End = events[i+1].T
			return e.Kind == trace.Invoke || e.Kind == trace.Throttle
		})(events, i)
	}},
	{"one ends later", on(func(e *trace.Event) bool {
		e.End += 1000
		return e.Kind == trace.Invoke && e.End > 1000 || e.Kind == trace.Throttle
	})},
	{"one never ends", on(func(e *trace.Event) bool {
		e.End = trace.NotEnded
		return e.Kind == trace.Invoke
	})},
	{"the outcome is another", on(func(e *trace.Event) bool {
		e.Outcome, e.Report, e.HasReport = (e.Outcome+1)%3, nil, false
		return e.Kind == trace.Invoke
	})},
	{"the first record is left out", on(func(e *trace.Event) bool {
		if len(e.Records) < 2 {
			return false
		}
		e.Records = e.Records[1:]
		if len(e.Attempts) > 0 {
			e.Attempts = e.Attempts[1:]
		}
		return true
	})},
	{"the last record is left out", on(func(e *trace.Event) bool {
		if len(e.Records) < 2 {
			return false
		}
		e.Records = e.Records[:len(e.Records)-1]
		if len(e.Attempts) > 0 {
			e.Attempts = e.Attempts[:len(e.Attempts)-1]
		}
		return true
	})},
	{"the first record comes twice", on(func(e *trace.Event) bool {
		if len(e.Records) == 0 {
			return false
		}
		e.Records = append(slices.Clone(e.Records), e.Records[0])
		if len(e.Attempts) > 0 {
			e.Attempts = append(slices.Clone(e.Attempts), e.Attempts[0])
		}
		return true
	})},
	{"a receive counts twice", on(func(e *trace.Event) bool {
		if len(e.Attempts) == 0 {
			return false
		}
		e.Attempts = slices.Clone(e.Attempts)
		e.Attempts[0]++
		return true
	})},
	{"a record has another key", on(func(e *trace.Event) bool {
		e.Key += "x"
		return e.Kind == trace.Put
	})},
	{"a record is large", on(func(e *trace.Event) bool {
		e.Size += 7 << 20
		return e.Kind == trace.Put
	})},
	{"the settings are others", on(func(e *trace.Event) bool {
		if e.Kind != trace.Call || e.Detail == nil || e.Response == nil {
			return false
		}
		d := *e.Detail
		d.Request, d.Response = clone(d.Request), clone(d.Response)
		for _, m := range []map[string]any{d.Request, d.Response} {
			for name, x := range m {
				if n, ok := x.(float64); ok && name != "LastModified" {
					m[name] = n + 1
				}
			}
		}
		e.Detail = &d
		return true
	})},
	{"a message counts more", on(func(e *trace.Event) bool {
		e.Body = clone(e.Body)
		for _, x := range e.Body {
			if m, ok := x.(map[string]any); ok {
				for name, n := range m {
					if n, ok := n.(float64); ok {
						m[name] = n + 1
					}
				}
			}
		}
		return e.Kind == trace.Destination
	})},
	{"a member of a message is missing", leaf(func(e *trace.Event) *map[string]any { return &e.Body }, nil)},
	{"a member of a message is another", leaf(func(e *trace.Event) *map[string]any { return &e.Body }, "another")},
	{"a member of the event is missing", leaf(func(e *trace.Event) *map[string]any { return &e.Event }, nil)},
	{"a member of the event is another", leaf(func(e *trace.Event) *map[string]any { return &e.Event }, "another")},
	{"a member of the event is a number", leaf(func(e *trace.Event) *map[string]any { return &e.Event }, 7.0)},
	{"clocks agree to the millisecond", on(func(e *trace.Event) bool {
		if e.Kind != trace.Header {
			return false
		}
		d := *e.Detail
		d.SkewMS, d.SettleMS = 1, 1
		e.Detail = &d
		return true
	})},
	{"all is allowed twice", on(func(e *trace.Event) bool {
		if e.Kind != trace.Header {
			return false
		}
		d := *e.Detail
		d.Duplicates, d.Complete = 9, false
		e.Detail = &d
		return true
	})},
	{"a look sees less", on(func(e *trace.Event) bool {
		if e.Kind != trace.Queue {
			return false
		}
		d := *e.Detail
		switch {
		case len(d.Visible) > 0:
			d.Visible = d.Visible[1:]
		case len(d.InFlight) > 0:
			d.InFlight = d.InFlight[1:]
		case len(d.Dead) > 0:
			d.Dead = d.Dead[1:]
		}
		e.Detail = &d
		return true
	})},
	{"a look sees dead what is visible", on(func(e *trace.Event) bool {
		if e.Kind != trace.Queue {
			return false
		}
		d := *e.Detail
		d.Visible, d.InFlight, d.Dead = d.InFlight, d.Dead, d.Visible
		e.Detail = &d
		return true
	})},
}

// on changes one event, or does not.
func on(change func(*trace.Event) bool) func([]trace.Event, int) []trace.Event {
	return func(events []trace.Event, i int) []trace.Event {
		all := slices.Clone(events)
		if !change(&all[i]) {
			return nil
		}
		return all
	}
}

// moved moves an event in time, and to where it then belongs.
func moved(by float64) func([]trace.Event, int) []trace.Event {
	return func(events []trace.Event, i int) []trace.Event {
		if events[i].Kind == trace.Header || events[i].T+by < 0 {
			return nil
		}
		all := slices.Clone(events)
		all[i].T += by
		if all[i].End > 0 {
			all[i].End += by
		}
		j := i
		for ; j+1 < len(all) && all[j].T > all[j+1].T; j++ {
			all[j], all[j+1] = all[j+1], all[j]
		}
		for ; j > 1 && all[j].T < all[j-1].T; j-- {
			all[j], all[j-1] = all[j-1], all[j]
		}
		return all
	}
}

// clone copies JSON.
func clone(m map[string]any) map[string]any {
	var copied map[string]any
	b, _ := json.Marshal(m)
	_ = json.Unmarshal(b, &copied)
	return copied
}

// leaf changes or takes away one of the innermost members of an object of an
// event: which one depends on where the event stands.
func leaf(of func(*trace.Event) *map[string]any, with any) func([]trace.Event, int) []trace.Event {
	return func(events []trace.Event, i int) []trace.Event {
		all := slices.Clone(events)
		where := of(&all[i])
		if len(*where) == 0 {
			return nil
		}
		*where = clone(*where)
		var leaves []func()
		var walk func(x any)
		walk = func(x any) {
			switch x := x.(type) {
			case map[string]any:
				for _, name := range slices.Sorted(maps.Keys(x)) {
					leaves = append(leaves, func() {
						if x[name] = with; with == nil {
							delete(x, name)
						}
					})
					walk(x[name])
				}
			case []any:
				for _, y := range x {
					walk(y)
				}
			}
		}
		walk(*where)
		leaves[(7*i+len(events))%len(leaves)]()
		return all
	}
}
