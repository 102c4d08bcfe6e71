package specs

import (
	"context"
	"errors"
	"fmt"
	"math/bits"
	"time"

	"github.com/esmconform/esmconform/generators"
	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/reports"
	"github.com/esmconform/esmconform/targets"
)

// Subject is who drawn scenarios are played on: a target, and whether each
// scenario has one of its own.
type Subject struct {
	Name, Version string
	Profile       rule.Profile
	// Fresh makes a target that nothing was done to. It is called for every scenario,
	// by several goroutines.
	Fresh func() targets.Target
	// Shared is one target for all scenarios; nil where Fresh is set.
	Shared *Runner
	// Records says that it plays scenarios with records.
	Records bool
}

// sight is a breach of a rule that a play showed.
type sight struct {
	rule             *rule.Rule
	level            rule.Level
	class            string
	expected, actual string
	step             int // calls until it showed, or steps of the scenario
}

// round is what came of one scenario.
type round struct {
	found     []sight
	steps     int
	fine      int // calls that were answered with a success, or invocations
	simulated time.Duration
	states    states
	touched   rule.Set
	broken    error // the target stopped answering, or the suite is at fault
}

// runner is what plays the next scenario.
func (s *Subject) runner(ctx context.Context) (*Runner, error) {
	if s.Shared != nil {
		return s.Shared, nil
	}
	t := s.Fresh()
	d, err := t.Describe(ctx)
	if err != nil {
		return nil, err
	}
	run := NewRunner(t, d, s.Profile)
	run.fresh = true
	return run, nil
}

// Calls plays the calls of a scenario and says what they broke: violations, the call
// behind each, and the rules that were decided. The error says that the target does not answer.
func (s *Subject) Calls(ctx context.Context, x *trace.Scenario) (calls []*trace.Exchange, found []control.Violation, at []int, decided rule.Set, err error) {
	run, err := s.runner(ctx)
	if err != nil {
		return nil, nil, nil, nil, err
	}
	out := run.PlayCalls(ctx, x)
	for i := range out.Findings {
		found, at = append(found, out.Findings[i].Violation), append(at, out.Findings[i].Call)
	}
	return out.Calls, found, at, out.decided, out.Broken
}

// play plays a scenario.
func (s *Subject) play(ctx context.Context, x *trace.Scenario) *round {
	run, err := s.runner(ctx)
	if err != nil {
		return &round{broken: err}
	}
	start := run.Target.Now()
	p := &round{}
	switch {
	case len(x.Calls) > 0:
	case len(x.Steps) == 0:
		return p // nothing is left to be done
	default:
		p.deliver(ctx, run, x)
		p.simulated = time.Duration(x.EndMS) * time.Millisecond
		return p
	}
	p.call(ctx, run, x)
	p.simulated = run.Target.Now().Sub(start)
	return p
}

func (p *round) call(ctx context.Context, run *Runner, x *trace.Scenario) {
	if p.unmapped(ctx, run, x) {
		return
	}
	out := run.PlayCalls(ctx, x)
	p.broken = out.Broken
	p.steps = len(out.Calls)
	p.touched = out.decided
	for i := range out.Findings {
		f := &out.Findings[i]
		p.found = append(p.found, sight{f.Rule, f.Level, f.Class, f.Expected, f.Actual, f.Call + 1})
	}
	before := ""
	for _, c := range out.Calls {
		if c.Status/100 == 2 {
			p.fine++
		}
		state := memberIn(c.Response, "State")
		p.states.add(string(c.Operation), before, c.Header["x-amzn-errortype"], state, fmt.Sprint(c.Status), serviceIn(c.Request))
		before = string(c.Operation) + state
	}
}

// unmapped reports whether the target does not map a kind of source that the scenario
// needs, not even by the least: that is one finding, and the scenario would show nothing else.
func (p *round) unmapped(ctx context.Context, run *Runner, x *trace.Scenario) bool {
	if run.fresh {
		return false
	}
	for i := range x.Sources {
		base := run.baseline(ctx, control.KindNamed(x.Sources[i].Kind))
		if base == nil || base.Broken == nil && base.Reason == "" && base.Unsupported == "" {
			continue
		}
		p.broken = base.Broken
		for j := range base.Findings {
			f := &base.Findings[j]
			p.found = append(p.found, sight{f.Rule, f.Level, f.Class, f.Expected, f.Actual, f.Call + 1})
		}
		return true
	}
	return false
}

// serviceIn is the service of the source that a request names.
func serviceIn(request string) string {
	arn := memberIn(request, "EventSourceArn")
	return control.KindOf(arn).String()
}

func (p *round) deliver(ctx context.Context, run *Runner, x *trace.Scenario) {
	player, ok := run.Target.(targets.Player)
	if !ok {
		p.broken = errors.New(noPlayer)
		return
	}
	p.steps = len(x.Steps)
	c := delivery.NewChecker(func(v delivery.Violation) {
		p.found = append(p.found, sight{v.Rule, v.Level, v.Class, v.Expected, v.Actual, len(x.Steps)})
	})
	kind := "" // of the first source
	if len(x.Sources) > 0 {
		kind = x.Sources[0].Kind
	}
	line, before := 0, ""
	err := player.Play(ctx, x, func(e *trace.Event) error {
		line++
		e.Line = line
		if e.Kind == trace.Invoke {
			p.fine++
		}
		here := e.Kind.String() + e.Outcome.String()
		p.states.add(here, before, kind, fmt.Sprint(bits.Len(uint(len(e.Records)))))
		before = here
		return c.Event(e)
	})
	var input *delivery.InputError
	if _, lacks := unsupportedErr(err); err != nil && !lacks && !errors.As(err, &input) {
		p.broken = err
	}
	p.touched = c.Decided()
}

// shows reports whether playing a scenario shows the breach.
func (s *Subject) shows(ctx context.Context, x *trace.Scenario, r *rule.Rule, class string) (*sight, error) {
	p := s.play(ctx, x)
	for i := range p.found {
		if f := &p.found[i]; f.rule == r && f.class == class {
			return f, nil
		}
	}
	return nil, p.broken
}

// Drawn is the scenario of an index, the same for the same seed on every machine: calls,
// and on a subject that plays records, every second time a scenario with records.
func (s *Subject) Drawn(seed, index uint64) *trace.Scenario {
	source := generators.Seeded(mix(seed, index))
	if s.Records && index%2 == 1 {
		return generators.DeliveryIn(source, s.Profile)
	}
	x := generators.Calls(source, s.Profile)
	for i := range x.Calls {
		if c := &x.Calls[i]; s.Shared != nil {
			c.MS = min(c.MS, longestPause)
		}
	}
	return x
}

// longestPause is the longest pause on a target whose time is real, in milliseconds: more than
// LastModified needs to show a change.
const longestPause = 2200

// mix makes one number of two, so that neighbours have nothing in common.
func mix(seed, index uint64) uint64 {
	x := seed*0x9e3779b97f4a7c15 + index + 1
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// states lists abstract states that were come upon, as hashes below numStates.
type states []uint16

const numStates = reports.NumStates

// add notes a state, given by what makes it: an FNV hash of the parts.
func (s *states) add(parts ...string) {
	h := uint64(14695981039346656037)
	for _, part := range parts {
		for i := range len(part) {
			h = (h ^ uint64(part[i])) * 1099511628211
		}
		h = (h ^ 0xff) * 1099511628211
	}
	*s = append(*s, uint16(h^h>>32))
}
