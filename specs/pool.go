package specs

import (
	"slices"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets"
)

// pool lends sources to specs. A source that was mapped comes back once its
// mapping is gone, which nobody waits for: mappings are removed on the way.
type pool struct {
	run   *Runner
	free  map[control.SourceKind][]*targets.Source
	dying []leftover
	made  map[control.SourceKind]int
	known map[string]control.SourceKind // the ARNs of all sources made
	taken map[control.SourceKind]bool   // the target maps sources of the kind that do not exist
	fixed map[control.SourceKind]bool   // the target has one source of the kind and no more
	used  map[*targets.Source]bool      // was mapped before
}

// maxSources is how many sources of a kind are made before the pool waits for
// mappings to go: a run needs a few at a time, and AWS has quotas.
const maxSources = 12

func newPool(run *Runner) *pool {
	return &pool{run: run, free: map[control.SourceKind][]*targets.Source{}, made: map[control.SourceKind]int{},
		known: map[string]control.SourceKind{}, taken: map[control.SourceKind]bool{}, fixed: map[control.SourceKind]bool{}, used: map[*targets.Source]bool{}}
}

// take returns a source that no mapping reads.
func (p *pool) take(e *Env, k control.SourceKind) *targets.Source {
	if s := p.pop(k); s != nil {
		return s
	}
	p.reap(e, k)
	if s := p.pop(k); s != nil {
		return s
	}
	if !p.fixed[k] && (p.made[k] < maxSources || !p.owes(k)) {
		if s := p.make(e, k); s != nil {
			return s
		}
	}
	deadline := p.run.Target.Now().Add(p.run.patience())
	for wait := firstPoll; p.run.Target.Now().Before(deadline); wait = min(2*wait, lastPoll) {
		e.sleep(wait)
		p.reap(e, k)
		if s := p.pop(k); s != nil {
			return s
		}
	}
	if !p.fixed[k] {
		if s := p.make(e, k); s != nil {
			return s
		}
	}
	e.Inconclusive("the only %s source is still mapped", k)
	return nil
}

// make asks the target for a source; nil when it has only the one that is lent
// already, because the user brought it along.
func (p *pool) make(e *Env, k control.SourceKind) *targets.Source {
	s, err := p.run.Target.CreateSource(e.Context, k)
	if err != nil {
		if reason, ok := unsupportedErr(err); ok {
			e.Unsupported("%s", reason)
		}
		panic(stop{err: err})
	}
	if _, known := p.known[s.ARN]; known && s.ARN != "" {
		p.fixed[k] = true
		return nil
	}
	p.known[s.ARN] = k
	p.made[k]++
	if s.Real || p.taken[k] {
		p.run.world.AddSource(s.ARN)
	}
	return &s
}

// maps notes that the target maps sources of the kind although they do not
// exist: what it refuses from now on is not refused for that reason.
func (p *pool) maps(k control.SourceKind) {
	p.taken[k] = true
	for arn, kind := range p.known {
		if kind == k {
			p.run.world.AddSource(arn)
		}
	}
}

func (p *pool) pop(k control.SourceKind) *targets.Source {
	list := p.free[k]
	if len(list) == 0 {
		return nil
	}
	s := list[len(list)-1]
	p.free[k] = list[:len(list)-1]
	return s
}

func (p *pool) owes(k control.SourceKind) bool {
	return slices.ContainsFunc(p.dying, func(l leftover) bool { return l.source != nil && l.source.Kind == k })
}

// put gives a source back that was never mapped.
func (p *pool) put(s *targets.Source) {
	if s != nil {
		p.free[s.Kind] = append(p.free[s.Kind], s)
	}
}

// bury takes over what a spec leaves behind.
func (p *pool) bury(list []leftover) { p.dying = append(p.dying, list...) }

// reap moves the dying mappings of a kind one step on: Delete, then Get until
// they are gone. What is never asked for again is left to the target's Close.
// These calls are housekeeping and are not judged: a spec judges the same ones.
func (p *pool) reap(e *Env, k control.SourceKind) {
	var kept []leftover
	var freed []*targets.Source
	for _, l := range p.dying {
		if l.source == nil || l.source.Kind != k {
			kept = append(kept, l)
			continue
		}
		r := targets.Request{Operation: trace.Delete, UUID: l.uuid}
		if l.sent {
			r.Operation = trace.Get
		}
		x, err := p.run.Target.Call(e.Context, r)
		if err != nil {
			panic(stop{err: err})
		}
		switch {
		case x.Status == 404:
			if l.source != nil {
				p.used[l.source] = true
				p.run.world.Bury(l.source.ARN)
			}
			freed = append(freed, l.source)
			continue
		case !l.sent && x.Status >= 200 && x.Status <= 299:
			l.sent = true
		}
		kept = append(kept, l)
	}
	p.dying = kept
	for _, s := range freed {
		// A source that two mappings read is free when both are gone.
		if !slices.ContainsFunc(kept, func(l leftover) bool { return l.source == s }) && !slices.Contains(p.free[k], s) {
			p.put(s)
		}
	}
}
