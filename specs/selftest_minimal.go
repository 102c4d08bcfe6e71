package specs

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/esmconform/esmconform/generators"
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
		least, _ := generators.Shrink(s.scenario, shows, mostTries)
		return &Minimal{Scenario: least}
	}
	w := s.run.world
	for _, about := range []about{{}, {s.rule, true}, {s.rule, false}} {
		shows := func(calls []*trace.Exchange) bool {
			return callsShow(m.Hooks(), p, w, calls, s.rule, about) && !callsShow(control.Hooks{}, p, w, calls, s.rule, about)
		}
		if shows(s.calls) {
			return &Minimal{Calls: without(s.calls, shows)}
		}
	}
	return &Minimal{Calls: s.calls} // it takes more than calls
}

// about is what a spec tells the judge that it is about.
type about struct {
	rule   *rule.Rule
	accept bool
}

// without leaves out of a list what it can, while ok: halves first, then less
// and less, until nothing can go any more, or enough was tried.
func without[T any](list []T, ok func([]T) bool) []T {
	tries := 0
	for size := (len(list) + 1) / 2; size > 0; {
		gone := false
		for at := len(list) - size; at >= 0; at-- {
			if tries++; tries > mostTries {
				return list
			}
			less := slices.Delete(slices.Clone(list), at, at+size)
			if ok(less) {
				list, gone = less, true
				at = min(at, len(list)-size+1)
			}
		}
		if !gone || size > len(list) {
			size /= 2
		}
	}
	return list
}

// mostTries bounds how often a case is made smaller: one that needs a hundred
// calls is not worth a thousand tries.
const mostTries = 150

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

// callsShow reports whether a server with these hooks that gets the calls breaks
// the rule, in an answer or by what it never comes to. What the calls speak of exists from the start; the
// mappings that they make get identifiers of their own, under which later calls find them.
func callsShow(h control.Hooks, p rule.Profile, w control.World, calls []*trace.Exchange, r *rule.Rule, a about) bool {
	server := control.NewServer(p, w, reference.DefaultSettle)
	server.Hooks = h
	judge := control.NewJudge(p, w)
	if a.rule != nil {
		judge.About(a.rule, a.accept)
	}
	var names []string // old and new ones
	var now time.Time
	last := ""
	for _, x := range calls {
		// A call is made when it was made.
		if x.Start.After(now) {
			now = x.Start
		}
		y, rename := *x, strings.NewReplacer(names...)
		y.Path, y.Query = rename.Replace(y.Path), rename.Replace(y.Query)
		y.Start, y.End = now, now
		status, code, response := server.Answer(now, y.Method, y.Path, y.Query, y.Request)
		y.Status, y.Response, y.Header = status, response, map[string]string{"content-type": "application/json"}
		if code != "" {
			y.Header["x-amzn-errortype"] = code
		}
		for _, member := range []string{"UUID", "NextMarker"} {
			old, name := url.QueryEscape(memberIn(x.Response, member)), url.QueryEscape(memberIn(response, member))
			if old != "" && name != "" && old != name && (member != "UUID" || x.Operation == trace.Create) {
				names = append(names, old, name)
			}
		}
		parsed := control.Parse(&y)
		if parsed.UUID != "" {
			last = parsed.UUID
		}
		if breaks(judge.Judge(parsed), r) {
			return true
		}
	}
	return last != "" && slices.Contains(judge.Mappings(), last) && breaks(judge.Overdue(last), r)
}

func breaks(found []control.Violation, r *rule.Rule) bool {
	return slices.ContainsFunc(found, func(v control.Violation) bool { return v.Rule == r })
}

// memberIn is the first text of a member in an answer, or "".
func memberIn(response, name string) string {
	_, rest, ok := strings.Cut(response, `"`+name+`":"`)
	if !ok {
		return ""
	}
	text, _, _ := strings.Cut(rest, `"`)
	return text
}
