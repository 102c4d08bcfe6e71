package specs

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/reports"
	"github.com/esmconform/esmconform/targets"
	"github.com/esmconform/esmconform/targets/reference"
)

// Fresh is a subject that has a target of its own for each scenario, made by open.
func Fresh(name string, p rule.Profile, open func() targets.Target) *Subject {
	return &Subject{Name: name, Version: p.String(), Profile: p, Records: true, Fresh: open}
}

// explored is how many sequences the model plays for a target that is slow.
const explored = 20_000

// Explore plays sequences of a seed on the model, and lists the indices of those that are
// worth playing first on a target a thousand times as slow: for each abstract state the shortest
// that reaches it, the shortest of all first. The list is the same for the same seed.
func Explore(ctx context.Context, p rule.Profile, seed uint64, workers int, progress *reports.Progress) ([]uint64, error) {
	model := Fresh("model", p, func() targets.Target {
		return reference.NewDirect(p, reference.Faulty{Name: "model", Faults: func() delivery.Faults { return delivery.Faults{} }})
	})
	model.Records = false
	type reached struct {
		index uint64
		cost  int
	}
	shortest := map[uint16]reached{}
	s := &Search{Subject: model, Sequences: explored, Workers: workers, Level: rule.Must,
		Result: &reports.Search{Seed: seed, Shards: []reports.Shard{{Of: 1}}},
		Each: func(s *Search) {
			progress.At(s.Share(), func() string { return fmt.Sprintf("%d sequences explored on the model", s.Result.Sequences) })
		},
		heard: func(index uint64, r *round) {
			cost := r.steps + int(r.simulated/time.Second) // a target that is slow waits for as long
			for _, h := range r.states {
				if old, ok := shortest[h]; !ok || cost < old.cost {
					shortest[h] = reached{index, cost}
				}
			}
		}}
	if err := s.Run(ctx); err != nil {
		return nil, err
	}
	costs := map[uint64]int{}
	for _, x := range shortest {
		costs[x.index] = x.cost
	}
	var plan []uint64
	for index := range costs {
		plan = append(plan, index)
	}
	slices.SortFunc(plan, func(a, b uint64) int {
		if costs[a] != costs[b] {
			return costs[a] - costs[b]
		}
		return int(a) - int(b)
	})
	return plan, nil
}

// Share is how much of the search is done, by the time or the sequences that it was given.
func (s *Search) Share() float64 {
	share := 0.0
	if limit := s.limit(); s.Sequences > 0 && limit > 0 {
		share = float64(s.shard().Next) / float64(limit)
	}
	if s.For > 0 {
		share = max(share, float64(time.Since(s.started))/float64(s.For))
	}
	return min(share, 1)
}

// Progress is how far it is, in a line.
func (s *Search) Progress() string {
	perSecond := float64(s.Result.Steps-s.before) / max(time.Since(s.started).Seconds(), 1e-9)
	line := s.Result.Progress(len(s.exercised.Rules()), perSecond)
	if s.shrinking > 0 {
		line += fmt.Sprintf(", %d being made smaller", s.shrinking)
	}
	return line
}

// Reachable are the rules that a search on the subject can exercise.
func (s *Search) Reachable() []*rule.Rule { return Reachable(s.Subject.Profile, s.Subject.Records) }

// Reachable are the rules that a search can exercise: those that can be observed, and of
// the data plane only where scenarios with records are played.
func Reachable(p rule.Profile, records bool) (list []*rule.Rule) {
	for _, r := range rule.All() {
		if r.Observable(p) && (records || r.Plane == rule.Control) {
			list = append(list, r)
		}
	}
	return list
}

// TooLittle says why what was done proves nothing, or is "".
func (s *Search) TooLittle() string {
	r := s.Result
	switch {
	case r.Sequences == 0 && len(s.Kept) == 0 && s.limit() > 0:
		return "not one sequence was played; give it more time: --for"
	case r.Steps > 0 && float64(r.Fine) < leastFine*float64(r.Steps):
		return fmt.Sprintf("only %d of %d steps succeeded, so that little was tried; what does the target refuse? See esmconform run", r.Fine, r.Steps)
	}
	return ""
}

// leastFine is the share of steps that must succeed for a search to say anything.
const leastFine = 0.05
