package specs

import (
	"context"
	"fmt"
	"time"

	"github.com/esmconform/esmconform/generators"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/reports"
	"github.com/esmconform/esmconform/targets"
)

// Fresh is a subject that has a target of its own for each scenario, made by open.
func Fresh(name string, p rule.Profile, open func() targets.Target) *Subject {
	return &Subject{Name: name, Version: p.String(), Profile: p, Records: true, Fresh: open}
}

// explored is how many sequences the model plays for a target that is slow.
const explored = 200_000

// Explore lists the sequences of a seed that are worth playing first on a slow target. The
// list is the same for the same seed.
func Explore(ctx context.Context, p rule.Profile, seed uint64, progress *reports.Progress) ([]uint64, error) {
	return generators.Plan(ctx, p, explored, func(index uint64) generators.Source { return generators.Seeded(mix(seed, index)) },
		func(done uint64) {
			progress.At(float64(done)/explored, func() string { return fmt.Sprintf("%d sequences explored on the model", done) })
		})
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
