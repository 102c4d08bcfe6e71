package specs

import (
	"slices"
	"strings"
	"time"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets/mutant"
	"github.com/esmconform/esmconform/targets/reference"
)

// Minimal is the least that shows the fault of a mutant: calls, or a scenario.
type Minimal struct {
	Calls    []*trace.Exchange
	Scenario *trace.Scenario
}

// Size is how many operations it has.
func (m *Minimal) Size() int {
	if m.Scenario != nil {
		return len(m.Scenario.Steps)
	}
	return len(m.Calls)
}

// leastOf takes away from what showed a fault whatever it can do without.
func leastOf(m *mutant.Mutant, p rule.Profile, s *sighting) *Minimal {
	if s.scenario != nil {
		shows := func(x *trace.Scenario) bool { return playShows(m, x, s.rule) }
		return &Minimal{Scenario: lessScenario(s.scenario, shows)}
	}
	shows := func(calls []*trace.Exchange) bool { return callsShow(m, p, s.run.world, calls, s.rule) }
	if !shows(s.calls) {
		return &Minimal{Calls: s.calls} // it takes more than calls
	}
	return &Minimal{Calls: without(s.calls, func(calls []*trace.Exchange) bool { return shows(calls) })}
}

// without leaves out of a list what it can, while ok: halves first, then less
// and less, until nothing can go any more.
func without[T any](list []T, ok func([]T) bool) []T {
	for size := (len(list) + 1) / 2; size > 0; {
		gone := false
		for at := len(list) - size; at >= 0; at-- {
			less := slices.Delete(slices.Clone(list), at, at+size)
			if ok(less) {
				list, gone = less, true
				at = min(at, len(list)-size+1)
			}
		}
		switch {
		case !gone || size > len(list):
			size /= 2
		}
	}
	return list
}

// lessScenario makes a scenario smaller while it shows the same: steps, records,
// settings, shards.
func lessScenario(s *trace.Scenario, shows func(*trace.Scenario) bool) *trace.Scenario {
	with := func(steps []trace.Step) *trace.Scenario {
		x := *s
		x.Steps = steps
		return &x
	}
	x := with(without(s.Steps, func(steps []trace.Step) bool { return shows(with(steps)) }))
	try := func(i int, change func(*trace.Step)) {
		steps := slices.Clone(x.Steps)
		change(&steps[i])
		if y := with(steps); shows(y) {
			x = y
		}
	}
	for i := range x.Steps {
		if n := x.Steps[i].Count; n > 1 {
			for _, fewer := range []int{1, 2, n / 2, n - 1} {
				if fewer < x.Steps[i].Count {
					try(i, func(st *trace.Step) { st.Count = fewer })
				}
			}
		}
		for name := range x.Steps[i].Config {
			try(i, func(st *trace.Step) {
				config := map[string]any{}
				for k, v := range st.Config {
					if k != name {
						config[k] = v
					}
				}
				st.Config = config
			})
		}
	}
	return x
}

// playShows reports whether a mutant that plays the scenario breaks the rule.
func playShows(m *mutant.Mutant, s *trace.Scenario, r *rule.Rule) (shown bool) {
	c := delivery.NewChecker(func(v delivery.Violation) { shown = shown || v.Rule == r })
	line := 0
	err := delivery.PlayFaulty(s, delivery.Default{}, m.Faults(), func(e *trace.Event) error {
		line++
		e.Line = line
		return c.Event(e)
	})
	return err == nil && shown
}

// callsShow reports whether a mutant that gets the calls breaks the rule. What
// the calls speak of exists from the start; the mappings that they make get
// identifiers of their own, under which later calls find them.
func callsShow(m *mutant.Mutant, p rule.Profile, w control.World, calls []*trace.Exchange, r *rule.Rule) bool {
	server := control.NewServer(p, w, reference.DefaultSettle)
	server.Hooks = m.Hooks()
	judge := control.NewJudge(p, w)
	names := map[string]string{}
	var now time.Time
	for _, x := range calls {
		// A call takes the time that it took, but none is made before the last one ended.
		if x.Start.After(now) {
			now = x.Start
		}
		y := *x
		for old, name := range names {
			y.Path = strings.ReplaceAll(y.Path, old, name)
		}
		y.Start, y.End = now, now
		status, code, response := server.Answer(now, y.Method, y.Path, y.Query, y.Request)
		y.Status, y.Response, y.Header = status, response, map[string]string{"content-type": "application/json"}
		if code != "" {
			y.Header["x-amzn-errortype"] = code
		}
		if x.Operation == trace.Create && x.Status/100 == 2 && status/100 == 2 {
			if old, name := uuidIn(x.Response), uuidIn(response); old != "" && name != "" {
				names[old] = name
			}
		}
		for _, v := range judge.Judge(control.Parse(&y)) {
			if v.Rule == r {
				return true
			}
		}
	}
	return false
}

// uuidIn is the UUID in an answer, or "".
func uuidIn(response string) string {
	_, rest, ok := strings.Cut(response, `"UUID":"`)
	if !ok {
		return ""
	}
	id, _, _ := strings.Cut(rest, `"`)
	return id
}
