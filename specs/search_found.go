package specs

import (
	"context"
	"fmt"
	"time"

	"github.com/esmconform/esmconform/generators"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/reports"
)

// What becomes of a finding: it is made smaller, and played alone.

// confirmations is how often a least case is played alone.
const confirmations = 5

// newFinding takes in a breach that was not seen before, and has it made smaller by
// whoever has time. dead says that the target does not answer any more.
func (s *Search) newFinding(ctx context.Context, f *sight, index uint64, x *trace.Scenario, dead bool) error {
	found := reports.Found{Rule: f.rule.ID, Level: f.level.String(), Class: f.class, Expected: f.expected, Actual: f.actual,
		First: index, Count: 1, Least: x}
	found.Known = s.Known != nil && s.Known(f.rule, f.class)
	if dead {
		found.Alone = untried
	}
	s.Result.Findings = append(s.Result.Findings, found)
	switch {
	case found.Known:
	case dead && s.Finding != nil:
		return s.Finding(&found)
	case !dead:
		s.later(ctx, found, f.rule)
	}
	return nil
}

// untried is said of a finding that cannot be played again: the target is gone.
const untried = "0/0"

// later has a finding made smaller, when a worker has time.
func (s *Search) later(ctx context.Context, f reports.Found, r *rule.Rule) {
	s.shrinking++
	s.waiting = append(s.waiting, func() {
		s.shrink(ctx, &f, r)
		s.shrunk <- &f
	})
}

// unfinished has those findings made smaller, from the beginning, that the search of before
// was stopped at.
func (s *Search) unfinished(ctx context.Context) {
	for _, f := range s.Result.Findings {
		if f.Known || f.Alone != "" || f.Least == nil {
			continue
		}
		r := rule.Find(f.Rule)
		whole := s.Subject.Drawn(s.Result.Seed, f.First)
		if hit, _ := s.Subject.shows(ctx, whole, r, f.Class); hit != nil { // and none that was kept
			f.Least, f.Level, f.Expected, f.Actual = whole, hit.level.String(), hit.expected, hit.actual
		}
		s.later(ctx, f, r)
	}
}

// shrink makes the scenario of a finding smaller for as long as it shows the same
// rule broken in the same way, and plays the least alone.
func (s *Search) shrink(ctx context.Context, f *reports.Found, r *rule.Rule) {
	until := time.Now().Add(s.Patience)
	shows := func(x *trace.Scenario) bool {
		if s.Patience > 0 && time.Now().After(until) || ctx.Err() != nil {
			return false
		}
		hit, _ := s.Subject.shows(ctx, x, r, f.Class)
		return hit != nil
	}
	f.Least, f.Runs = generators.Shrink(f.Least, shows, s.Runs)
	least := *f.Least
	least.Shows = &trace.Shows{Rule: f.Rule, Class: f.Class, Target: s.Subject.Name}
	f.Least = &least
	hits := 0
	for range confirmations {
		hit, err := s.Subject.shows(ctx, f.Least, r, f.Class)
		if hit != nil {
			hits++
			f.Level, f.Expected, f.Actual = hit.level.String(), hit.expected, hit.actual
		}
		if err != nil {
			break
		}
	}
	if ctx.Err() != nil {
		return // it was told to stop, so nothing was tried
	}
	f.Alone = fmt.Sprintf("%d/%d", hits, confirmations)
}

// settle puts a finding that was made smaller in the place of what it was.
func (s *Search) settle(f *reports.Found) error {
	old := s.Result.Find(f.Rule, f.Class)
	count := old.Count
	*old = *f
	old.Count = count
	if s.Finding == nil {
		return nil
	}
	return s.Finding(old)
}

// keep plays the scenarios that were kept from other searches.
func (s *Search) keep(ctx context.Context) error {
	for _, x := range s.Kept {
		r := s.Subject.play(ctx, x)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		for i := range r.found {
			f := &r.found[i]
			if f.level > s.Level {
				continue
			}
			if old := s.Result.Find(f.rule.ID, f.class); old != nil {
				old.Count++
				continue
			}
			found := reports.Found{Rule: f.rule.ID, Level: f.level.String(), Class: f.class, Expected: f.expected, Actual: f.actual, Count: 1, Least: x}
			found.Known = s.Known != nil && s.Known(f.rule, f.class)
			switch {
			case r.broken != nil:
				found.Alone = untried
			case !found.Known:
				s.shrink(ctx, &found, f.rule)
			}
			s.Result.Findings = append(s.Result.Findings, found)
			if s.Finding != nil && !found.Known {
				if err := s.Finding(&found); err != nil {
					return err
				}
			}
		}
		if r.broken != nil {
			s.Died, s.Result.Broken = x, r.broken.Error()
			return r.broken
		}
	}
	return nil
}
