package generators

import (
	"strings"

	"github.com/esmconform/esmconform/oracle/trace"
)

// Records, and how the function takes them.

// mood is how often the function gets a record that it does not take, and why
// it does not.
type mood struct {
	often int // once in so many puts
	kinds []string
}

var moods = []*mood{
	{2, []string{"error"}},
	{2, []string{"report", "report", "error"}},
	{3, []string{"timeout", "error"}},
	{3, []string{"error", "timeout", "report", "malformed"}},
	{2, []string{"malformed"}},
	{8, []string{"error", "report"}},
}

// put puts records into a source.
func (g *deliveryDraw) put(s *drawnSource) {
	p := trace.Step{Do: trace.DoPut, Source: s.Name, Count: pick(g.draw, 1, 1, 1, 2, 3, 4, 7), Key: pick(g.draw, "a", "a", "b", "c", "")}
	if len(s.open) > 0 {
		p.Shard = pick(g.draw, s.open...)
	}
	if g.has(largeRecords) && g.chance(3) {
		p.Size = g.size(s)
		p.Count = pick(g.draw, p.Count, p.Count, 14)
	}
	if g.today && g.has(filtering) || g.has(contents) && g.chance(2) {
		p.Record = g.record(s.Kind)
		p.Count = min(p.Count, 2)
	}
	if g.has(poison) && g.chance(g.mood.often) {
		g.poison(s, p)
		return
	}
	g.do(p)
}

// poison puts a record that the function does not take, often between others.
func (g *deliveryDraw) poison(s *drawnSource, p trace.Step) {
	around := p
	around.Count = pick(g.draw, 1, 2, 3)
	if g.chance(2) {
		g.do(around)
	}
	p.Poison = g.poisoned(s)
	if g.chance(2) {
		p.Count = 1
	}
	g.do(p)
	if g.chance(2) {
		g.do(around)
	}
	if g.has(throttling) && g.chance(3) { // between two attempts
		g.now += pick(g.draw, 5.0, 600)
		g.throttle(s)
	}
}

// size is a size near to what an event may hold.
func (g *deliveryDraw) size(s *drawnSource) int {
	switch {
	case s.queue():
		return pick(g.draw, 100_000, 250_000)
	case s.Kind == "msk":
		return pick(g.draw, 900_000, 3_000_000, 6_000_000, 7<<20, 7<<20)
	}
	return pick(g.draw, 500_000, 900_000, 1_000_000)
}

// poisoned draws what the function does with a record.
func (g *deliveryDraw) poisoned(s *drawnSource) *trace.Poison {
	times := pick(g.draw, 0, 0, 1, 1, 2, 3, 6)
	if g.today && g.has(tumbling) && s.stream() && g.chance(2) {
		return g.window(times)
	}
	switch kind := pick(g.draw, g.mood.kinds...); kind {
	case "malformed":
		return &trace.Poison{Kind: "report", Times: times, Return: pick(g.draw, reports...)}
	default:
		return &trace.Poison{Kind: kind, Times: times}
	}
}

// window draws what the function does in a tumbling window.
func (g *deliveryDraw) window(times int) *trace.Poison {
	if g.has(largeStates) && g.chance(2) {
		return &trace.Poison{Kind: "report", Times: 1, Return: state(pick(g.draw, middlingState, largeState))}
	}
	if g.chance(2) {
		return &trace.Poison{Kind: "final", Times: times}
	}
	return &trace.Poison{Kind: "report", Times: times, Return: pick(g.draw, states...)}
}

// reports are what the function may return in the place of a report.
var reports = []any{
	"", map[string]any{}, items(), map[string]any{"batchItemFailures": nil}, []any{},
	items(""), items(nil), items("no such record"), items("1"), items("1", "1"), items("1", "2"), items("2", "no such record"),
	map[string]any{"batchItemFailures": []any{map[string]any{"item": "1"}}},
	map[string]any{"batchItemFailures": []any{nil}}, map[string]any{"batchItemFailures": "1"}, map[string]any{"batchItemFailures": map[string]any{}},
	"done", 1.0,
}

func items(ids ...any) map[string]any {
	list := []any{}
	for _, id := range ids {
		list = append(list, map[string]any{"itemIdentifier": id})
	}
	return map[string]any{"batchItemFailures": list}
}

// states are what it may return in a tumbling window.
var states = []any{
	map[string]any{}, state("small"), state(map[string]any{"own": 1.0}), state(nil),
	map[string]any{"batchItemFailures": []any{}, "state": map[string]any{"own": 1.0}},
}

func state(v any) map[string]any { return map[string]any{"state": v} }

// Less and more than the state of a tumbling window may be.
var (
	middlingState = strings.Repeat("x", 200_000)
	largeState    = strings.Repeat("x", 1_200_000)
)
