package generators

import (
	"fmt"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Delivery draws a delivery scenario. Each draws first which features it may
// use, so that some scenarios hold few things in every combination and others
// a little of everything.
func Delivery(s Source) *trace.Scenario {
	return DeliveryIn(s, pick(draw{s}, rule.P2020, rule.Today))
}

// DeliveryIn draws a delivery scenario in a profile.
func DeliveryIn(s Source, p rule.Profile) *trace.Scenario {
	g := &deliveryDraw{draw: draw{s}, today: p == rule.Today}
	g.s = &trace.Scenario{Format: 1, Profile: p.String(), DurationMS: pick(g.draw, 0.0, 0, 1, 50, 900, 5_000)}
	g.character()
	g.source("source")
	if g.has(severalSources) {
		g.source("other")
	}
	g.steps()
	g.s.EndMS = g.last + g.patience()
	return g.s
}

// deliveryDraw is a scenario that is being drawn, step by step, with what is
// there at the present step.
type deliveryDraw struct {
	draw
	s        *trace.Scenario
	today    bool
	features uint64
	hurry    int // how many of the pauses between steps are in use, from the shortest
	mood     *mood
	sources  []*drawnSource
	mappings []*drawnMapping
	now      float64 // ms
	last     float64 // when the last thing is over
}

// drawnSource is a source with its open shards.
type drawnSource struct {
	trace.ScenarioSource
	open   []int // by their numbers
	shards int   // that ever were
}

func (s *drawnSource) queue() bool { return s.Kind == "sqs" || s.Kind == "sqs-fifo" }

func (s *drawnSource) stream() bool {
	return s.Kind == "kinesis" || s.Kind == "kinesis-consumer" || s.Kind == "dynamodb"
}

// drawnMapping is a mapping that was created.
type drawnMapping struct {
	name    string
	source  *drawnSource
	tumbles bool // has tumbling windows, or may have lanes
	paused  bool
	deleted bool
}

// The features that a scenario may use, as bits.
const (
	poison = iota
	bisecting
	ageing
	parallel
	reporting
	filtering
	contents
	throttling
	pausing
	updating
	deleting
	resharding
	severalMappings
	severalSources
	windows
	destinations
	tumbling
	largeStates
	largeRecords
	idling
	retrying
	positions
	functions
	numFeatures
)

func (g *deliveryDraw) has(feature int) bool { return g.features>>feature&1 != 0 }

// character draws what a scenario is like: its features, its tempo and how the
// function takes what it gets. One in five has every feature.
func (g *deliveryDraw) character() {
	g.features = g.Uint64()
	switch g.below(5) {
	case 0:
		g.features = 1<<numFeatures - 1
	case 1:
		g.features &= g.Uint64() // few
	}
	g.hurry = pick(g.draw, 4, 6, 9, 9, 11, 12)
	if g.has(idling) && g.chance(3) {
		g.hurry = len(pauses)
	}
	g.mood = pick(g.draw, moods...)
}

// pauses are what may lie between two steps, in milliseconds.
var pauses = []float64{0, 0, 0, 1, 10, 250, 1_000, 2_500, 6_000, 20_000, 45_000, 120_000, 1_800_000, 4_000_000, 22_000_000}

// patience is how long a scenario is watched in the end.
func (g *deliveryDraw) patience() float64 {
	if g.has(idling) && g.chance(6) {
		return pick(g.draw, 600_000.0, 2_000_000, 7_200_000)
	}
	return pick(g.draw, 2_000.0, 120_000, 120_000, 400_000)
}

// source adds a source.
func (g *deliveryDraw) source(name string) {
	kind := pick(g.draw, "kinesis", "kinesis", "kinesis", "dynamodb", "dynamodb", "kinesis-consumer", "sqs", "sqs-fifo", "msk")
	s := &drawnSource{ScenarioSource: trace.ScenarioSource{Name: name, Kind: kind}}
	switch kind {
	case "sqs", "sqs-fifo":
		s.VisibilityMS = pick(g.draw, 0.0, 2_000, 5_000, 30_000)
		s.MaxReceiveCount = pick(g.draw, 0, 0, 1, 2, 3)
	default:
		s.Shards = pick(g.draw, 0, 0, 1, 2, 3)
		s.begins(max(1, s.Shards))
		s.RetentionMS = pick(g.draw, 0.0, 0, 0, 600_000, 3_600_000)
	}
	g.s.Sources = append(g.s.Sources, s.ScenarioSource)
	g.sources = append(g.sources, s)
}

// steps draws the steps: some records, a mapping of each source, and what else may
// come.
func (g *deliveryDraw) steps() {
	n := pick(g.draw, 1, 2, 3, 3, 4, 5, 6, 8, 12)
	before := pick(g.draw, 0, 0, 1, 1, 2, 3)
	for range before {
		g.put(pick(g.draw, g.sources...))
		g.wait()
	}
	for _, s := range g.sources {
		g.create(s)
	}
	for range n {
		g.wait()
		g.step()
	}
}

// wait lets time pass.
func (g *deliveryDraw) wait() {
	g.now += pauses[g.below(g.hurry)]
	g.last = max(g.last, g.now)
}

// do adds a step.
func (g *deliveryDraw) do(x trace.Step) {
	x.At = g.now
	g.s.Steps = append(g.s.Steps, x)
	g.last = max(g.last, x.At, x.Until)
}

// step draws one step: mostly records.
func (g *deliveryDraw) step() {
	s := pick(g.draw, g.sources...)
	switch g.below(10) {
	case 0, 1:
		if s.queue() {
			g.do(trace.Step{Do: trace.DoLook, Source: s.Name})
			return
		}
	case 2, 3, 4:
		if g.change(s) {
			return
		}
	}
	g.put(s)
}

// create adds a mapping of a source.
func (g *deliveryDraw) create(s *drawnSource) {
	m := &drawnMapping{name: fmt.Sprintf("m%d", len(g.mappings)), source: s}
	m.tumbles = g.today && g.has(tumbling) && s.stream() && g.chance(2)
	g.mappings = append(g.mappings, m)
	c := g.settings(m)
	if !s.queue() {
		g.position(s, c)
	}
	if s.Kind == "msk" {
		c["Topics"] = []any{"topic"}
	}
	if g.has(pausing) && g.chance(4) {
		c["Enabled"], m.paused = false, true
	}
	g.do(trace.Step{Do: trace.DoCreate, Mapping: m.name, Source: s.Name, Config: c})
}
