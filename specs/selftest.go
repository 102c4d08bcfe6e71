package specs

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets"
	"github.com/esmconform/esmconform/targets/mutant"
	"github.com/esmconform/esmconform/targets/reference"
)

// The selftest plays the specs on mutants of the reference: each must be caught
// by the rule that it breaks.

// Kill is what the suite makes of one mutant, playing the specs of the rules
// that the mutant breaks.
type Kill struct {
	Mutant  *mutant.Mutant
	Profile rule.Profile
	Missed  []*rule.Rule // rules that it breaks and that were not reported
	Others  []*rule.Rule // rules that were reported besides
	Steps   int          // calls, or steps of the scenario, until the first report of the first rule; 0: none
	Minimal *Minimal     // the least that shows it; nil: it was not caught
	Seconds float64
	Broken  error // the mutant stopped answering, or the suite is at fault
}

// Caught reports whether every rule that the mutant breaks was reported, and
// nothing else without a reason.
func (k *Kill) Caught() bool {
	return k.Broken == nil && len(k.Missed) == 0 && (len(k.Others) == 0 || k.Mutant.Others != "")
}

// Selftest plays the specs on each mutant, several at a time, and hands on what
// became of it, in the order of the list. It ends early with the context's error.
func Selftest(ctx context.Context, list []*mutant.Mutant, workers int, each func(*Kill)) error {
	kills := make([]chan *Kill, len(list))
	for i := range kills {
		kills[i] = make(chan *Kill, 1)
	}
	next := make(chan int)
	var group sync.WaitGroup
	defer group.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // before the wait, however this ends
	for range max(1, workers) {
		group.Go(func() {
			for i := range next {
				kills[i] <- KillOf(ctx, list[i])
			}
		})
	}
	group.Go(func() {
		defer close(next)
		for i := range list {
			select {
			case next <- i:
			case <-ctx.Done():
				return
			}
		}
	})
	for i := range list {
		select {
		case k := <-kills[i]:
			if k.Broken != nil && ctx.Err() != nil {
				return ctx.Err() // it was not played to its end
			}
			each(k)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// KillOf plays the specs of the rules that a mutant breaks on it.
func KillOf(ctx context.Context, m *mutant.Mutant) *Kill {
	k := &Kill{Mutant: m, Profile: m.Profile()}
	start := time.Now()
	found, err := playAll(ctx, func() (targets.Target, error) { return m.Target(ctx, k.Profile) }, k.Profile,
		func(r *rule.Rule) bool { return slices.Contains(m.Breaks, r) })
	k.Broken = err
	for _, r := range m.Breaks {
		if !slices.ContainsFunc(found, func(f sighting) bool { return f.rule == r }) {
			k.Missed = append(k.Missed, r)
		}
	}
	var first *sighting
	for i := range found {
		f := &found[i]
		switch {
		case !slices.Contains(m.Breaks, f.rule):
			if !slices.Contains(k.Others, f.rule) {
				k.Others = append(k.Others, f.rule)
			}
		case f.rule == m.Breaks[0] && (first == nil || f.steps < first.steps):
			first = f
		}
	}
	if first != nil {
		k.Steps = first.steps
		k.Minimal = leastOf(m, k.Profile, first)
	}
	k.Seconds = time.Since(start).Seconds()
	return k
}

// sighting is a rule that was reported: after how many steps, and in what.
type sighting struct {
	rule     *rule.Rule
	steps    int
	calls    []*trace.Exchange // up to the one that showed it
	scenario *trace.Scenario
	run      *Runner
}

// playAll plays the specs of the selected rules and lists what is reported.
func playAll(ctx context.Context, open func() (targets.Target, error), p rule.Profile, selected func(*rule.Rule) bool) (found []sighting, err error) {
	target, err := open()
	if err != nil {
		return nil, err
	}
	defer func() {
		if e := target.Close(context.WithoutCancel(ctx)); err == nil {
			err = e
		}
	}()
	d, err := target.Describe(ctx)
	if err != nil {
		return nil, err
	}
	runner := NewRunner(target, d, p)
	for _, v := range Variants(p, selected) {
		out := runner.Play(ctx, v)
		if out.Broken != nil {
			return found, fmt.Errorf("%s: %w", v.Rule.ID, out.Broken)
		}
		for i := range out.Findings {
			f := &out.Findings[i]
			s := sighting{rule: f.Rule, run: runner}
			if f.Played != nil {
				s.scenario = f.Played.Scenario
				s.steps = len(s.scenario.Steps)
			} else {
				s.calls = out.Calls[:f.Call+1]
				s.steps = len(s.calls)
			}
			found = append(found, s)
		}
	}
	return found, nil
}

// Findings plays the specs of the selected rules on the unmutated reference and
// counts what is reported: a suite that cries about what is right proves nothing.
func Findings(ctx context.Context, p rule.Profile, selected func(*rule.Rule) bool) (int, error) {
	found, err := playAll(ctx, func() (targets.Target, error) { return reference.NewTarget(ctx, p) }, p, selected)
	return len(found), err
}

// Every selects every rule.
func Every(*rule.Rule) bool { return true }

// Prove is the whole of it for one plane: its specs on the reference, which must
// be free of findings, and on its mutants, which must be caught. The error is the first that is not so.
func Prove(ctx context.Context, plane rule.Plane) error {
	mine := func(r *rule.Rule) bool { return r.Plane == plane }
	for _, p := range rule.Profiles {
		switch n, err := Findings(ctx, p, mine); {
		case err != nil:
			return err
		case n > 0:
			return fmt.Errorf("the reference in %s has %d findings", p, n)
		}
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	list := slices.DeleteFunc(mutant.All(), func(m *mutant.Mutant) bool { return !mine(m.Breaks[0]) })
	err := Selftest(ctx, list, 2, func(k *Kill) {
		if !k.Caught() {
			stop(fmt.Errorf("the mutant %s survives", k.Mutant.Name))
		}
	})
	if why := context.Cause(ctx); why != nil {
		return why
	}
	return err
}
