package generators

import (
	"slices"

	"github.com/esmconform/esmconform/oracle/trace"
)

// mend makes a scenario of which something was left out playable again: records
// go to shards that are there, and the steps of sources and mappings that are not
// there go too.
func mend(x *trace.Scenario) {
	w := &mended{open: map[string][]int{}, shards: map[string]int{}, mappings: map[string]bool{}}
	for i := range x.Sources {
		s := &x.Sources[i]
		w.begins(s.Name, max(1, s.Shards))
	}
	kept := x.Steps[:0]
	for _, st := range x.Steps {
		if w.takes(&st) {
			kept = append(kept, st)
		}
	}
	x.Steps = kept
}

// mended is what is there at a step.
type mended struct {
	open     map[string][]int // the open shards of each source
	shards   map[string]int   // how many there ever were
	mappings map[string]bool  // false: deleted
}

func (w *mended) begins(source string, n int) {
	for range n {
		w.open[source] = append(w.open[source], w.shards[source])
		w.shards[source]++
	}
}

// takes reports whether a step can be done, and does it.
func (w *mended) takes(st *trace.Step) bool {
	open, ok := w.open[st.Source]
	if !ok && st.Source != "" {
		return false
	}
	live, created := w.mappings[st.Mapping]
	switch st.Do {
	case trace.DoPut:
		if !slices.Contains(open, st.Shard) {
			st.Shard = open[0]
		}
	case trace.DoSplit:
		return w.reshard(st.Source, 2, st.Shard)
	case trace.DoMerge:
		return w.reshard(st.Source, 1, st.Shard, st.Shard+1)
	case trace.DoCreate:
		w.mappings[st.Mapping] = true
		return !live
	case trace.DoUpdate:
		return created
	case trace.DoDelete:
		if created {
			w.mappings[st.Mapping] = false
		}
		return created
	case trace.DoThrottle:
		return created || st.Mapping == ""
	}
	return true
}

// reshard ends shards that are open and begins others.
func (w *mended) reshard(source string, born int, ends ...int) bool {
	for _, n := range ends {
		if !slices.Contains(w.open[source], n) {
			return false
		}
	}
	w.open[source] = slices.DeleteFunc(w.open[source], func(n int) bool { return slices.Contains(ends, n) })
	w.begins(source, born)
	return true
}
