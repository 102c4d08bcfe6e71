package generators

import (
	"slices"

	"github.com/esmconform/esmconform/oracle/trace"
)

// What changes while records are delivered: mappings, shards, the function.

// change draws a change; false: there is none of the kind that was drawn.
func (g *deliveryDraw) change(s *drawnSource) bool {
	var kinds []func(*drawnSource) bool
	for _, x := range []struct {
		feature int
		do      func(*drawnSource) bool
	}{
		{pausing, g.pause}, {updating, g.update}, {deleting, g.remove}, {severalMappings, g.another}, {throttling, g.throttle}, {resharding, g.reshard},
	} {
		if g.has(x.feature) {
			kinds = append(kinds, x.do)
		}
	}
	return len(kinds) > 0 && pick(g.draw, kinds...)(s)
}

// mappingOf picks a mapping of the source that is there.
func (g *deliveryDraw) mappingOf(s *drawnSource) *drawnMapping {
	var list []*drawnMapping
	for _, m := range g.mappings {
		if m.source == s && !m.deleted {
			list = append(list, m)
		}
	}
	if len(list) == 0 {
		return nil
	}
	return pick(g.draw, list...)
}

// pause pauses a mapping, or has it go on.
func (g *deliveryDraw) pause(s *drawnSource) bool {
	m := g.mappingOf(s)
	if m == nil {
		return false
	}
	m.paused = !m.paused
	g.do(trace.Step{Do: trace.DoUpdate, Mapping: m.name, Config: map[string]any{"Enabled": !m.paused}})
	return true
}

// update changes settings of a mapping.
func (g *deliveryDraw) update(s *drawnSource) bool {
	m := g.mappingOf(s)
	if m == nil {
		return false
	}
	g.do(trace.Step{Do: trace.DoUpdate, Mapping: m.name, Config: g.some(g.settings(m))})
	return true
}

// remove deletes a mapping.
func (g *deliveryDraw) remove(s *drawnSource) bool {
	m := g.mappingOf(s)
	if m == nil {
		return false
	}
	m.deleted = true
	g.do(trace.Step{Do: trace.DoDelete, Mapping: m.name})
	return true
}

// another creates a further mapping of the source, or one in the place of one that
// was deleted.
func (g *deliveryDraw) another(s *drawnSource) bool {
	if len(g.mappings) > 3 {
		return false
	}
	g.create(s)
	return true
}

// throttle has the function not be invoked for a time.
func (g *deliveryDraw) throttle(s *drawnSource) bool {
	x := trace.Step{Do: trace.DoThrottle, Until: g.now + pick(g.draw, 100.0, 5_000, 30_000, 90_000, 300_000)}
	if m := g.mappingOf(s); m != nil && g.chance(3) {
		x.Mapping = m.name
	}
	g.do(x)
	return true
}

// reshard splits a shard of a stream, or merges two that stand beside each other.
func (g *deliveryDraw) reshard(s *drawnSource) bool {
	if !s.stream() || s.shards > 8 {
		return false
	}
	var beside []int
	for _, n := range s.open {
		if slices.Contains(s.open, n+1) {
			beside = append(beside, n)
		}
	}
	if len(beside) > 0 && g.chance(2) {
		n := pick(g.draw, beside...)
		s.ends(n, n+1)
		s.begins(1)
		g.do(trace.Step{Do: trace.DoMerge, Source: s.Name, Shard: n})
		return true
	}
	n := pick(g.draw, s.open...)
	s.ends(n)
	s.begins(2)
	g.do(trace.Step{Do: trace.DoSplit, Source: s.Name, Shard: n})
	return true
}

// ends closes shards.
func (s *drawnSource) ends(shards ...int) {
	s.open = slices.DeleteFunc(s.open, func(n int) bool { return slices.Contains(shards, n) })
}

// begins opens so many new ones.
func (s *drawnSource) begins(n int) {
	for range n {
		s.open = append(s.open, s.shards)
		s.shards++
	}
}
