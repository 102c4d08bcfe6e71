package specs

import (
	"slices"

	"github.com/esmconform/esmconform/oracle/trace"
)

// permuted puts events of one instant into another order, where they concern
// different shards. The events of a shard keep their order, and so do the
// invocations by a mapping.
func permuted(t *Trial, _ *trace.Scenario, seen []trace.Event) []trace.Event {
	out := slices.Clone(seen)
	moved := false
	for range 3 {
		for i := range len(out) - 1 {
			if strangers(&out[i], &out[i+1]) && t.below(2) == 0 {
				out[i], out[i+1] = out[i+1], out[i]
				moved = true
			}
		}
	}
	if !moved {
		return nil
	}
	for i := range out {
		out[i].Line = i + 1
	}
	return out
}

// strangers reports whether two events have nothing to do with each other.
func strangers(a, b *trace.Event) bool {
	local := func(e *trace.Event) bool {
		return (e.Kind == trace.Put || e.Kind == trace.Invoke) && e.Shard != ""
	}
	return a.T == b.T && local(a) && local(b) && (a.Shard != b.Shard || a.Source != b.Source) &&
		(a.Kind == trace.Put || b.Kind == trace.Put || a.Mapping != b.Mapping)
}
