package generators

import (
	"maps"
	"slices"
)

// What a mapping is set to.

// settings draws what both Create and Update may set.
func (g *deliveryDraw) settings(m *drawnMapping) map[string]any {
	c := map[string]any{}
	g.batches(m, c)
	s := m.source
	if g.today && g.has(reporting) && s.Kind != "msk" && !g.chance(4) {
		c["FunctionResponseTypes"] = []any{"ReportBatchItemFailures"}
	}
	if g.today && g.has(filtering) {
		c["FilterCriteria"] = g.criteria(s.Kind)
	}
	if g.has(functions) {
		if f := pick(g.draw, "", "g", "f:live", "f"); f != "" {
			c["FunctionName"] = f
		}
	}
	switch {
	case s.stream():
		g.failures(c)
	case s.Kind == "msk" && g.today && g.has(destinations):
		c["ProvisionedPollerConfig"] = map[string]any{"MinimumPollers": 1}
		c["DestinationConfig"] = onFailure("kafka://failures")
		if g.has(retrying) {
			c["MaximumRetryAttempts"] = pick(g.draw, -1, 1, 3, 50)
		}
	}
	return c
}

// batches draws how large batches are, and how long they wait.
func (g *deliveryDraw) batches(m *drawnMapping, c map[string]any) {
	s := m.source
	size := pick(g.draw, 0, 1, 2, 2, 3, 3, 4, 5, 10, 100, 10_000)
	if s.queue() {
		size = min(size, 10)
	}
	if size > 0 {
		c["BatchSize"] = size
	}
	if g.has(windows) && (s.stream() || g.today && s.Kind == "sqs") {
		c["MaximumBatchingWindowInSeconds"] = pick(g.draw, 0, 1, 5, 60, 300)
	}
	switch {
	case !s.stream():
	case m.tumbles:
		c["TumblingWindowInSeconds"] = pick(g.draw, 0, 1, 30, 30, 900)
	case g.has(parallel):
		c["ParallelizationFactor"] = pick(g.draw, 1, 2, 2, 3, 10)
	}
}

// failures draws what happens to the failed batches of a stream.
func (g *deliveryDraw) failures(c map[string]any) {
	if g.has(retrying) {
		c["MaximumRetryAttempts"] = pick(g.draw, -1, 0, 0, 1, 1, 2, 3, 5, 10_000)
	}
	if g.has(bisecting) {
		c["BisectBatchOnFunctionError"] = !g.chance(4)
	}
	if g.has(ageing) {
		c["MaximumRecordAgeInSeconds"] = pick(g.draw, -1, 60, 60, 120, 600, 604_800)
	}
	if g.has(destinations) {
		services := []string{"arn:aws:sqs:us-east-1:000000000000:failures", "arn:aws:sns:us-east-1:000000000000:failures", "arn:aws:s3:::failures"}
		if !g.today {
			services = services[:2]
		}
		c["DestinationConfig"] = onFailure(pick(g.draw, services...))
	}
}

func onFailure(arn string) map[string]any {
	return map[string]any{"OnFailure": map[string]any{"Destination": arn}}
}

// position draws where a mapping starts.
func (g *deliveryDraw) position(s *drawnSource, c map[string]any) {
	c["StartingPosition"] = "TRIM_HORIZON"
	if !g.has(positions) {
		return
	}
	list := []string{"TRIM_HORIZON", "LATEST", "LATEST"}
	if s.Kind == "kinesis" || s.Kind == "kinesis-consumer" {
		list = append(list, "AT_TIMESTAMP")
	}
	c["StartingPosition"] = pick(g.draw, list...)
	if c["StartingPosition"] == "AT_TIMESTAMP" {
		c["StartingPositionTimestamp"] = g.moment() / 1000
	}
}

// moment is when one of the steps so far was done, or a little later.
func (g *deliveryDraw) moment() float64 {
	if len(g.s.Steps) == 0 {
		return g.now
	}
	return min(g.now, pick(g.draw, g.s.Steps...).At+pick(g.draw, 0.0, 0, 1, 500))
}

// some keeps a few members of the settings.
func (g *deliveryDraw) some(c map[string]any) map[string]any {
	few := g.between(1, 3)
	for _, name := range slices.Sorted(maps.Keys(c)) {
		if len(c) > few && g.chance(2) {
			delete(c, name)
		}
	}
	return c
}
