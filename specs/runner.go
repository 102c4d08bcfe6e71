package specs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets"
)

// Runner plays variants on one target and keeps what they share: functions,
// sources, and the exchanges of a whole life of a mapping, which decide many
// rules at once. It plays one variant at a time.
type Runner struct {
	Target      targets.Target
	Profile     rule.Profile
	Description targets.Description

	world     control.World
	functions map[string]targets.Function
	pool      *pool
	shared    map[sharedKey]*shared
	usable    map[control.SourceKind]*Outcome
	extra     map[*rule.Rule]bool // decided by Env.Decided in the current variant
	// destination is a queue for discarded records, kept from being mapped.
	destination *targets.Source
	number      int
	waits       int           // waits that ended at the bound
	slept       time.Duration // in waits, by the clock of this machine
	fresh       bool          // nothing was done to the target before, and nothing will be after
	played      map[*Directed]*Played
}

// NewRunner returns a runner for a target that Describe has answered for.
func NewRunner(t targets.Target, d targets.Description, p rule.Profile) *Runner {
	r := &Runner{Target: t, Profile: p, Description: d,
		world:     control.NewWorld(d.Partition, d.Region, d.Account),
		functions: map[string]targets.Function{}, shared: map[sharedKey]*shared{},
		usable: map[control.SourceKind]*Outcome{}, extra: map[*rule.Rule]bool{}, played: map[*Directed]*Played{}}
	r.pool = newPool(r)
	return r
}

// Outcome is what one variant came to.
type Outcome struct {
	Variant
	Decided     bool   // the rule was decided
	Unsupported string // why it could not be played, when the target lacks something
	Reason      string // why it ended early, or decided nothing
	Findings    []Finding
	Calls       []*trace.Exchange
	Seconds     float64
	decided     rule.Set // every rule that the answers decided
	// Broken says that the target stopped answering, or that the suite is at fault.
	Broken error
}

// Finding is a violation with what shows it: a call, or lines of the trace of a
// scenario.
type Finding struct {
	control.Violation
	Call   int // index into Calls
	Played *Played
	Lines  []int

	told bool // an outcome before had it already
}

// impatience is the bound on a wait once the target has let others run out: a
// target that never gets anywhere must not hold the run for hours.
const impatience = 2 * time.Second

// trust is how many waits may run out before the bound shrinks.
const trust = 2

func (r *Runner) patience() time.Duration {
	if r.waits >= trust {
		return min(impatience, r.Target.Settle())
	}
	return r.Target.Settle()
}

func (r *Runner) disappointed() { r.waits++ }

func (r *Runner) decided(x *rule.Rule) { r.extra[x] = true }

func (r *Runner) serial() string {
	r.number++
	return strconv.Itoa(r.number)
}

// Play plays one variant.
func (r *Runner) Play(ctx context.Context, v Variant) (out Outcome) {
	if v.Scenarios != nil {
		return r.playScenarios(ctx, v)
	}
	if v.Kind == anyKind[0] {
		v.Kind = r.firstUsable(ctx)
	}
	for _, c := range v.needs() {
		if !slices.Contains(r.Description.Capabilities, c) {
			return Outcome{Variant: v, Unsupported: "the target does not offer " + string(c)}
		}
	}
	if base := r.baseline(ctx, v.Kind); base != nil && base.Broken != nil {
		base.Variant = v
		return *base
	} else if base != nil && (base.Reason != "" || base.Unsupported != "") && !founds(v.Rule, v.Kind) {
		return Outcome{Variant: v, Unsupported: base.Unsupported, Reason: base.Reason, Findings: base.Findings, Calls: base.Calls}
	}
	return r.play(ctx, v)
}

func (r *Runner) play(ctx context.Context, v Variant) (out Outcome) {
	out = r.inEnv(ctx, v, v.Body)
	if !out.Decided && out.Reason == "" && out.Unsupported == "" && out.Broken == nil {
		out.Reason = "nothing that the target did decided the rule"
	}
	return out
}

// inEnv gives a body an Env of its own. The variant's rule may be nil.
func (r *Runner) inEnv(ctx context.Context, v Variant, body func(*Env)) (out Outcome) {
	e := &Env{Context: ctx, Profile: r.Profile, Kind: v.Kind, run: r, judge: control.NewJudge(r.Profile, r.world)}
	if v.Spec != nil {
		e.Rule = v.Rule
	}
	start := time.Now()
	clear(r.extra)
	out = Outcome{Variant: v}
	func() {
		defer func() {
			switch s := recover().(type) {
			case nil:
			case stop:
				out.Broken = s.err
				if s.unsupported {
					out.Unsupported = s.reason
				} else {
					out.Reason = s.reason
				}
			default:
				panic(s)
			}
		}()
		body(e)
	}()
	if ctx.Err() != nil && out.Broken == nil {
		out.Broken = ctx.Err()
	}
	r.pool.put(e.source)
	r.pool.bury(e.created)
	out.decided = e.judge.Decided()
	for x := range r.extra {
		out.decided.Add(x)
	}
	out.Decided = e.Rule != nil && (e.judge.Touched(e.Rule) || r.extra[e.Rule])
	out.Calls = e.calls
	for i, f := range e.found {
		out.Findings = append(out.Findings, Finding{Violation: f, Call: e.evidence[i]})
	}
	out.Seconds = time.Since(start).Seconds()
	return out
}

// baseline finds out, once a kind, whether the target maps it at all: with that
// settled, a refusal in a spec is about what the spec adds.
func (r *Runner) baseline(ctx context.Context, k control.SourceKind) *Outcome {
	if out, ok := r.usable[k]; ok {
		return out
	}
	r.usable[k] = nil
	s := &Spec{Rule: acceptRule(k), Body: func(e *Env) {
		defer e.about(true)()
		e.Create()
	}}
	out := r.play(ctx, Variant{s, k})
	r.usable[k] = &out
	if out.Broken == nil && out.Unsupported == "" && out.Reason == "" {
		r.pool.maps(k)
	}
	if out.Reason != "" {
		out.Reason = fmt.Sprintf("the least that maps a %s source was refused: %s", k, out.Reason)
	}
	return &out
}

// firstUsable is the kind that stands for any: the first common one that the
// target maps.
func (r *Runner) firstUsable(ctx context.Context) control.SourceKind {
	for _, k := range common {
		if !slices.Contains(r.Description.Capabilities, k.Capability()) {
			continue
		}
		if base := r.baseline(ctx, k); base.Broken != nil || base.Reason == "" && base.Unsupported == "" {
			return k
		}
	}
	return common[0]
}

// founds reports whether a rule says that the baseline itself must be accepted,
// so that it is no condition for trying the rule.
func founds(r *rule.Rule, k control.SourceKind) bool {
	switch r {
	case acceptRule(k), rule.FnFormName:
		return true
	case rule.CreateARNSQSQueue:
		return k == control.SQSQueue
	}
	return r == rule.StartEnumTrimHorizon
}

func acceptRule(k control.SourceKind) *rule.Rule { return control.AcceptRule(k) }

// function returns the function of that name, making it first when need be; an
// empty name makes one that nobody else uses.
func (r *Runner) function(e *Env, name string, spec targets.FunctionSpec) targets.Function {
	if f, ok := r.functions[name]; ok && name != "" {
		return f
	}
	f, err := r.Target.CreateFunction(e.Context, spec)
	if err != nil {
		if reason, ok := unsupportedErr(err); ok {
			e.Unsupported("%s", reason)
		}
		panic(stop{err: err})
	}
	r.world.AddFunction(f.Name, qualifiers(f)...)
	if name != "" {
		r.functions[name] = f
	}
	return f
}

func qualifiers(f targets.Function) (list []string) {
	for _, q := range []string{f.Version, f.Alias} {
		if q != "" {
			list = append(list, q)
		}
	}
	return list
}

type sharedKey struct {
	name string
	kind control.SourceKind
}

// shared is a body that was played once for many rules.
type shared struct {
	judge *control.Judge
	calls []*trace.Exchange
	found []control.Violation
	calln []int
	stop  *stop
}

// Once plays body the first time that a spec of this kind asks for it by this
// name, and lets every spec that asks share what was found.
func (e *Env) Once(name string, body func(*Env)) {
	key := sharedKey{name, e.Kind}
	s := e.run.shared[key]
	if s == nil {
		s = &shared{}
		func() {
			defer func() {
				switch x := recover().(type) {
				case nil:
				case stop:
					s.stop = &x
				default:
					panic(x)
				}
			}()
			body(e)
		}()
		s.judge, s.calls, s.found, s.calln = e.judge, e.calls, e.found, e.evidence
		if s.stop == nil || s.stop.err == nil {
			e.run.shared[key] = s
		}
	} else {
		e.judge, e.calls, e.found, e.evidence = s.judge, s.calls, s.found, s.calln
	}
	if s.stop != nil {
		panic(*s.stop)
	}
}

// Evidence writes the calls of an outcome, one JSON object a line.
func (o *Outcome) Evidence() ([]byte, error) {
	var out []byte
	for _, x := range o.Calls {
		line, err := json.Marshal(x)
		if err != nil {
			return nil, err
		}
		out = append(append(out, line...), '\n')
	}
	return out, nil
}

// Interrupted reports whether an outcome is broken only because the run was
// told to stop.
func (o *Outcome) Interrupted() bool { return errors.Is(o.Broken, context.Canceled) }
