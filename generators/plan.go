package generators

import (
	"context"
	"slices"

	"github.com/esmconform/esmconform/oracle/rule"
)

// planLook is after how many sequences the context is looked at.
const planLook = 4096

// cost is what a sequence costs a target that is slow: its operations, and a pause is as
// long as many.
func (q *Sequence) cost() int {
	n := len(q.Ops)
	for i := range q.Ops {
		if q.Ops[i].do == opPause {
			n += 20
		}
	}
	return n
}

// Plan explores n sequences on the model and lists those that are worth playing first on
// a target a thousand times as slow: the shortest that reach each abstract state, the shortest of
// all first, without those that reach nothing that a shorter one does not. source gives the bits
// of a sequence; each is told now and then how many were explored.
func Plan(ctx context.Context, p rule.Profile, n uint64, source func(index uint64) Source, each func(done uint64)) ([]uint64, error) {
	type reached struct {
		index uint64
		ops   int
	}
	e := NewExplorer(p)
	var q Sequence
	shortest := map[uint32]reached{}
	for index := range n {
		if index%planLook == 0 {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			each(index)
		}
		q.Draw(source(index), p)
		for _, s := range e.Play(&q) {
			if old, ok := shortest[s]; !ok || q.cost() < old.ops {
				shortest[s] = reached{index, q.cost()}
			}
		}
	}
	ops := map[uint64]int{}
	for _, x := range shortest {
		ops[x.index] = x.ops
	}
	var plan []uint64
	for index := range ops {
		plan = append(plan, index)
	}
	slices.SortFunc(plan, func(a, b uint64) int {
		if ops[a] != ops[b] {
			return ops[a] - ops[b]
		}
		return int(a) - int(b)
	})
	seen := map[uint32]bool{}
	return slices.DeleteFunc(plan, func(index uint64) bool {
		q.Draw(source(index), p)
		fresh := false
		for _, s := range e.Play(&q) {
			fresh = fresh || !seen[s]
			seen[s] = true
		}
		return !fresh
	}), nil
}
