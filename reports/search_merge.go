package reports

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/rule"
)

// MergeSearches makes one search of the parts of it. Each part must be of the same
// seed, target, profile and level, and no shard may come twice.
func MergeSearches(parts []*Search) (*Search, error) {
	if len(parts) == 0 {
		return nil, errors.New("nothing to merge")
	}
	all := *parts[0]
	all.Shards, all.Findings, all.Exercised = nil, nil, nil
	all.Sequences, all.Steps, all.Fine, all.Simulated = 0, 0, 0, 0
	all.States = slices.Clone(parts[0].States)
	exercised := map[string]bool{}
	var stopped, broken []string
	for _, p := range parts {
		if err := alike(parts[0], p); err != nil {
			return nil, err
		}
		for _, s := range p.Shards {
			if slices.ContainsFunc(all.Shards, func(o Shard) bool { return o.Index == s.Index && o.Of == s.Of }) {
				return nil, fmt.Errorf("shard %d/%d comes twice; expected the result of each shard once", s.Index, s.Of)
			}
			if s.Of != all.of(s.Of) {
				return nil, fmt.Errorf("shard %d/%d does not go with shards of %d; expected parts of one search", s.Index, s.Of, all.Shards[0].Of)
			}
			all.Shards = append(all.Shards, s)
		}
		all.Sequences += p.Sequences
		all.Steps += p.Steps
		all.Fine += p.Fine
		all.Simulated += p.Simulated
		all.States = union(all.States, p.States)
		for _, r := range p.Exercised {
			exercised[r] = true
		}
		for i := range p.Findings {
			all.found(&p.Findings[i])
		}
		if p.Started.Before(all.Started) {
			all.Started = p.Started
		}
		if p.Ended.After(all.Ended) {
			all.Ended = p.Ended
		}
		stopped, broken = appendText(stopped, p.Stopped), appendText(broken, p.Broken)
	}
	all.Stopped, all.Broken = strings.Join(stopped, "; "), strings.Join(broken, "; ")
	for _, r := range rule.All() {
		if exercised[r.ID] {
			all.Exercised = append(all.Exercised, r.ID)
		}
	}
	slices.SortFunc(all.Shards, func(a, b Shard) int { return int(a.Index) - int(b.Index) })
	all.Sort()
	all.Missing = all.missing()
	return &all, nil
}

// missing are the shards that are not there.
func (s *Search) missing() (list []string) {
	for i := range s.Shards[0].Of {
		if !slices.ContainsFunc(s.Shards, func(h Shard) bool { return h.Index == i }) {
			list = append(list, fmt.Sprintf("%d/%d", i, s.Shards[0].Of))
		}
	}
	return list
}

// of is the number of shards that those taken so far speak of.
func (s *Search) of(mine uint64) uint64 {
	if len(s.Shards) == 0 {
		return mine
	}
	return s.Shards[0].Of
}

func appendText(list []string, text string) []string {
	if text == "" || slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}

func alike(a, b *Search) error {
	for _, x := range []struct{ what, a, b string }{
		{"seed", fmt.Sprint(a.Seed), fmt.Sprint(b.Seed)}, {"target", a.Target.Name, b.Target.Name}, {"version of the target", a.Target.Version, b.Target.Version},
		{"profile", a.Profile, b.Profile}, {"level", a.Level, b.Level}, {"suite", a.Suite, b.Suite},
	} {
		if x.a != x.b {
			return fmt.Errorf("the %s differs: %q and %q; expected parts of one search", x.what, x.a, x.b)
		}
	}
	return nil
}

func union(a, b Bitmap) Bitmap {
	if len(a) < len(b) {
		a, b = slices.Clone(b), a
	}
	for i, x := range b {
		a[i] |= x
	}
	return a
}

// found takes in a finding of a part: the sequence with the lowest index is the
// first, wherever it was played.
func (s *Search) found(f *Found) {
	old := s.Find(f.Rule, f.Class)
	if old == nil {
		s.Findings = append(s.Findings, *f)
		return
	}
	count := old.Count + f.Count
	if f.First < old.First {
		*old = *f
	}
	old.Count = count
}
