package specs

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/reports"
)

// Search plays drawn scenarios, one after the other, for as long as they show
// something new. The scenario of an index depends on the seed alone, what it shows is taken in
// in the order of the indices, and what is found is made smaller by a fixed number of tries: so
// the same seed finds the same on any number of workers.
type Search struct {
	Subject    *Subject
	Sequences  uint64        // how many are played, over all shards; 0: until For is over
	For        time.Duration // how long it takes; 0: until Sequences are played
	Workers    int
	Level      rule.Level                            // the weakest that is a finding
	Known      func(r *rule.Rule, class string) bool // what was known before is counted and not made smaller
	Kept       []*trace.Scenario                     // played before everything else
	Plan       []uint64                              // indices to play first; the others follow
	Runs       int                                   // how often something smaller is tried, a finding
	Patience   time.Duration                         // for how long; 0: no limit
	Each       func(*Search)                         // told now and then how far it is
	Finding    func(*reports.Found) error            // told of each new finding, once it is small
	Checkpoint func(*reports.Search) error           // keeps the result, now and then
	Result     *reports.Search                       // what came of it so far, to go on from
	Died       *trace.Scenario                       // the one in which the target died

	started   time.Time
	before    uint64 // steps of the searches that this one goes on from
	lastNew   uint64 // how many were played when something new came last
	exercised rule.Set
	pending   map[uint64]*round
	shrunk    chan *reports.Found
	waiting   []func() // findings to be made smaller, when a worker has time
	shrinking int      // these, and those that a worker has
}

// dryAfter is how many sequences must have shown nothing new before a search that
// was given time stops early; and at least as many as showed something.
const dryAfter = 20_000

// checkpointEvery is how often the result is kept.
const checkpointEvery = 30 * time.Second

// Run searches. The error is the context's when it was told to stop, and the
// target's when that died; what was found until then is in Result all the same.
func (s *Search) Run(ctx context.Context) error {
	s.started = time.Now()
	s.exercised = rule.NewSet()
	for _, id := range s.Result.Exercised {
		s.exercised.Add(rule.Find(id))
	}
	s.lastNew, s.before = s.Result.Sequences, s.Result.Steps
	if s.Result.States == nil {
		s.Result.States = reports.NewBitmap(numStates)
	}
	played, stop := context.WithCancel(ctx)
	defer stop()
	if s.For > 0 {
		played, stop = context.WithTimeout(played, s.For)
		defer stop()
	}
	err := s.keep(ctx)
	if err == nil {
		s.unfinished(ctx)
		err = s.rounds(ctx, played)
	}
	s.Result.Ended = time.Now()
	*s.Result = *s.snapshot()
	return err
}

// numbered is what came of the sequence that is played as number n.
type numbered struct {
	n     uint64
	round *round
}

// rounds plays sequences on the workers and takes in what they come to, in order.
func (s *Search) rounds(ctx, played context.Context) error {
	workers := max(1, s.Workers)
	numbers, done := make(chan uint64), make(chan numbered)
	jobs := make(chan func())
	s.shrunk = make(chan *reports.Found)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for {
				select {
				case job, ok := <-jobs:
					if !ok {
						return
					}
					job()
				case n := <-numbers:
					_, x := s.drawn(n)
					done <- numbered{n, s.Subject.play(ctx, x)}
				}
			}
		})
	}
	err := s.collect(ctx, played, numbers, jobs, done, uint64(4*workers))
	close(jobs)
	group.Wait()
	return err
}

// shard is the part of the search that is played.
func (s *Search) shard() *reports.Shard { return &s.Result.Shards[0] }

// drawn is the scenario that is played as number n, and its index.
func (s *Search) drawn(n uint64) (index uint64, x *trace.Scenario) {
	sh := s.shard()
	index = sh.Index + n*sh.Of
	if index < uint64(len(s.Plan)) {
		index = s.Plan[index]
	}
	return index, s.Subject.Drawn(s.Result.Seed, index)
}

// limit is how many sequences of the shard are below the limit.
func (s *Search) limit() uint64 {
	if s.Sequences == 0 {
		return 1 << 62
	}
	sh := s.shard()
	if s.Sequences <= sh.Index {
		return 0
	}
	return (s.Sequences - sh.Index + sh.Of - 1) / sh.Of
}

func (s *Search) collect(ctx, played context.Context, numbers chan<- uint64, jobs chan<- func(), done <-chan numbered, ahead uint64) error {
	s.pending = map[uint64]*round{}
	sh := s.shard()
	next, limit := sh.Next, s.limit()
	flying := 0
	saved := time.Now()
	var broken error
	for {
		more := numbers
		if next >= limit || next >= sh.Next+ahead || played.Err() != nil || broken != nil || s.Result.Stopped != "" {
			more = nil
		}
		if more == nil && flying == 0 && s.shrinking == 0 {
			break
		}
		var job func()
		offer := jobs
		if len(s.waiting) > 0 {
			job = s.waiting[0]
		} else {
			offer = nil
		}
		select {
		case offer <- job:
			s.waiting = s.waiting[1:]
		case more <- next:
			next++
			flying++
		case x := <-done:
			flying--
			s.pending[x.n] = x.round
			for r := s.pending[sh.Next]; r != nil && broken == nil; r = s.pending[sh.Next] {
				delete(s.pending, sh.Next)
				if ctx.Err() != nil && r.broken != nil {
					continue // it was not played to its end
				}
				broken = s.take(ctx, sh.Next, r)
				sh.Next++
			}
		case f := <-s.shrunk:
			s.shrinking--
			if err := s.settle(f); err != nil && broken == nil {
				broken = err
			}
		}
		if s.Each != nil {
			s.Each(s)
		}
		if s.Checkpoint != nil && time.Since(saved) > checkpointEvery {
			saved = time.Now()
			if err := s.Checkpoint(s.snapshot()); err != nil {
				broken = err
			}
		}
	}
	if broken != nil {
		s.Result.Broken = broken.Error()
		return broken
	}
	return ctx.Err()
}

// snapshot is the result with all that is only filled in at the end.
func (s *Search) snapshot() *reports.Search {
	r := *s.Result
	r.Exercised = nil
	for _, x := range s.exercised.Rules() {
		r.Exercised = append(r.Exercised, x.ID)
	}
	r.Findings = append([]reports.Found(nil), r.Findings...)
	r.Sort()
	return &r
}

// take takes in what came of a sequence.
func (s *Search) take(ctx context.Context, n uint64, r *round) error {
	res := s.Result
	res.Sequences++
	res.Steps += uint64(r.steps)
	res.Fine += uint64(r.fine)
	res.Simulated += r.simulated.Seconds()
	fresh := false
	for _, h := range r.states {
		fresh = res.States.Add(h) || fresh
	}
	if r.touched != nil {
		before := len(s.exercised.Rules())
		s.exercised.Union(r.touched)
		fresh = fresh || len(s.exercised.Rules()) > before
	}
	index, x := uint64(0), (*trace.Scenario)(nil)
	seen := map[string]bool{}
	for i := range r.found {
		f := &r.found[i]
		key := f.rule.ID + "\x00" + f.class
		if f.level > s.Level || seen[key] {
			continue
		}
		seen[key] = true
		if old := res.Find(f.rule.ID, f.class); old != nil {
			old.Count++
			continue
		}
		if x == nil {
			index, x = s.drawn(n)
		}
		fresh = true
		if err := s.newFinding(ctx, f, index, x, r.broken != nil); err != nil {
			return err
		}
	}
	if fresh {
		s.lastNew = res.Sequences
	}
	if dry := res.Sequences - s.lastNew; s.Sequences == 0 && dry > dryAfter && dry > s.lastNew {
		res.Stopped = fmt.Sprintf("nothing new in the last %d sequences", dry)
	}
	if r.broken != nil {
		_, s.Died = s.drawn(n)
	}
	return r.broken
}
