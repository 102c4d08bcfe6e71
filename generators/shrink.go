package generators

import (
	"hash/fnv"
	"slices"

	"github.com/esmconform/esmconform/oracle/trace"
)

// Shrink makes a scenario smaller for as long as shows says that it still shows
// the same: it leaves out steps, settings and sources, and brings what is left to
// the simplest values. It calls shows so many times at the most, and returns the
// smallest scenario that it found, and how often it did. What no target could play
// is not tried. The same scenario and answers give the same result.
func Shrink(s *trace.Scenario, shows func(*trace.Scenario) bool, runs int) (least *trace.Scenario, spent int) {
	r := &shrinker{least: s, shows: shows, runs: runs, seen: map[uint64]bool{}}
	r.fresh(s)
	for before := (*trace.Scenario)(nil); before != r.least && r.spent < r.runs; {
		before = r.least
		if len(s.Calls) > 0 {
			r.lessCalls()
		} else {
			r.lessSteps()
		}
	}
	return r.least, r.spent
}

// shrinker is a scenario that is being made smaller.
type shrinker struct {
	least       *trace.Scenario
	shows       func(*trace.Scenario) bool
	runs, spent int
	seen        map[uint64]bool // what was tried, by a hash
}

// fresh reports whether a scenario can be played and was not tried before.
func (r *shrinker) fresh(x *trace.Scenario) bool {
	h := fnv.New64a()
	if trace.WriteScenario(h, x) != nil || r.seen[h.Sum64()] {
		return false
	}
	r.seen[h.Sum64()] = true
	return true
}

// change tries the scenario with a change, and keeps it if it shows the same. The
// change is made to a copy, in which what steps point to is shared still.
func (r *shrinker) change(how func(x *trace.Scenario)) bool {
	if r.spent >= r.runs {
		return false
	}
	x := *r.least
	x.Sources, x.Steps, x.Calls = slices.Clone(x.Sources), slices.Clone(x.Steps), slices.Clone(x.Calls)
	how(&x)
	mend(&x)
	if !r.fresh(&x) {
		return false
	}
	r.spent++
	if !r.shows(&x) {
		return false
	}
	r.least = &x
	return true
}

// drop leaves out what it can of the things that count counts: from as many at
// once as are given by first, by halves, down to one by one, from the last to the first.
func (r *shrinker) drop(first func(n int) int, count func(*trace.Scenario) int, drop func(x *trace.Scenario, from, to int)) {
	for size := first(count(r.least)); size > 0; size /= 2 {
		for to := count(r.least); to > 0; to = min(to-size, count(r.least)) {
			r.change(func(x *trace.Scenario) { drop(x, max(0, to-size), to) })
		}
	}
}

// all and half are how many things drop begins with.
func all(n int) int  { return n }
func half(n int) int { return (n + 1) / 2 }

// spots finds the places of a scenario that something can be done to.
type spots[P any] func(x *trace.Scenario) []P

// simplify does something to as many of the places as it can, the last first. Done
// to a place it is no longer one of them.
func simplify[P any](r *shrinker, find spots[P], do func(x *trace.Scenario, at P)) {
	r.drop(all, func(x *trace.Scenario) int { return len(find(x)) }, func(x *trace.Scenario, from, to int) {
		for _, at := range slices.Backward(find(x)[from:to]) {
			do(x, at)
		}
	})
}
