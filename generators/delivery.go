package generators

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Delivery draws a delivery scenario. Each draws first which features it may
// use, so that some scenarios hold few things in every combination and others
// a little of everything.
func Delivery(s Source) *trace.Scenario {
	g := &deliveryDraw{draw: draw{s}}
	g.profile = pick(g.draw, rule.P2020, rule.Today)
	g.s = &trace.Scenario{Format: 1, Profile: g.profile.String(), DurationMS: pick(g.draw, 0.0, 1, 50, 900)}
	g.features = g.Uint64()
	g.source()
	g.mappings()
	g.records()
	g.changes()
	slices.SortStableFunc(g.s.Steps, func(a, b trace.Step) int {
		switch {
		case a.At < b.At:
			return -1
		case a.At > b.At:
			return 1
		}
		return 0
	})
	g.redirect()
	for _, x := range g.s.Steps {
		g.last = max(g.last, x.At, x.Until)
	}
	g.s.EndMS = g.last + pick(g.draw, 2_000.0, 120_000, 2_000_000)
	return g.s
}

// redirect sends the records of a shard that has been split to its children.
func (g *deliveryDraw) redirect() {
	split := false
	for i := range g.s.Steps {
		x := &g.s.Steps[i]
		switch {
		case x.Do == trace.DoSplit:
			split = true
		case split && x.Do == trace.DoPut && x.Shard == 0:
			x.Shard = g.shards + len(x.Key)%2
		}
	}
}

type deliveryDraw struct {
	draw
	s        *trace.Scenario
	profile  rule.Profile
	features uint64
	kind     string
	shards   int
	names    []string
	last     float64
}

// The features that a scenario may use, as bits.
const (
	poison = iota
	bisecting
	ageing
	parallel
	reporting
	filtering
	throttling
	pausing
	resharding
	severalMappings
	windows
	destinations
	timeouts
	tumbling
)

func (g *deliveryDraw) has(feature int) bool { return g.features>>feature&1 != 0 }

func (g *deliveryDraw) source() {
	g.kind = pick(g.draw, "kinesis", "kinesis", "kinesis", "dynamodb", "dynamodb", "kinesis-consumer", "sqs", "sqs-fifo", "msk")
	src := trace.ScenarioSource{Name: "source", Kind: g.kind}
	switch g.kind {
	case "sqs", "sqs-fifo":
		src.VisibilityMS = pick(g.draw, 0.0, 2_000, 30_000)
		src.MaxReceiveCount = pick(g.draw, 0, 1, 2, 5)
	default:
		g.shards = pick(g.draw, 1, 1, 2, 3)
		src.Shards = g.shards
		src.RetentionMS = pick(g.draw, 0.0, 0, 600_000)
	}
	g.s.Sources = append(g.s.Sources, src)
}

func (g *deliveryDraw) stream() bool { return g.kind == "kinesis" || g.kind == "dynamodb" }

func (g *deliveryDraw) queue() bool { return g.kind == "sqs" || g.kind == "sqs-fifo" }

func (g *deliveryDraw) mappings() {
	n := 1
	if g.has(severalMappings) && !g.queue() {
		n = 2
	}
	for i := range n {
		name := fmt.Sprintf("m%d", i)
		g.names = append(g.names, name)
		at := pick(g.draw, 0.0, 0, 500, 5_000)
		g.s.Steps = append(g.s.Steps, trace.Step{At: at, Do: trace.DoCreate, Mapping: name, Source: "source", Config: g.config(name)})
	}
}

func (g *deliveryDraw) config(name string) map[string]any {
	c := map[string]any{}
	if !g.queue() {
		c["StartingPosition"] = pick(g.draw, "TRIM_HORIZON", "TRIM_HORIZON", "LATEST")
	}
	if g.kind == "msk" {
		c["Topics"] = []any{"topic"}
	}
	if name == "m1" {
		c["FunctionName"] = "g"
	}
	g.settings(c)
	return c
}

// settings draws what both Create and Update may set.
func (g *deliveryDraw) settings(c map[string]any) {
	size := pick(g.draw, 1, 2, 3, 5, 10, 100)
	if g.queue() {
		size = min(size, 10)
	}
	c["BatchSize"] = size
	today := g.profile == rule.Today
	if g.has(windows) && (g.stream() || today && g.kind == "sqs") {
		c["MaximumBatchingWindowInSeconds"] = pick(g.draw, 0, 1, 5)
	}
	if today && g.has(reporting) && g.kind != "msk" {
		c["FunctionResponseTypes"] = []any{"ReportBatchItemFailures"}
	}
	if today && g.has(filtering) {
		c["FilterCriteria"] = map[string]any{"Filters": []any{map[string]any{"Pattern": g.pattern()}}}
	}
	if !g.stream() {
		return
	}
	c["MaximumRetryAttempts"] = pick(g.draw, -1, 0, 1, 2, 3)
	if g.has(bisecting) {
		on := g.chance(2)
		if !on {
			on = g.chance(2) // more often than not
		}
		c["BisectBatchOnFunctionError"] = on
	}
	if g.has(ageing) {
		c["MaximumRecordAgeInSeconds"] = pick(g.draw, -1, 60, 60, 120)
	}
	if today && g.has(tumbling) {
		c["TumblingWindowInSeconds"] = pick(g.draw, 0, 1, 30, 30, 900)
	} else if g.has(parallel) {
		c["ParallelizationFactor"] = pick(g.draw, 1, 2, 3, 10)
	}
	if g.has(destinations) {
		services := []string{"sqs", "sns"}
		arn := "arn:aws:" + pick(g.draw, services...) + ":us-east-1:000000000000:failures"
		if today && g.chance(3) {
			arn = "arn:aws:s3:::failures"
		}
		c["DestinationConfig"] = map[string]any{"OnFailure": map[string]any{"Destination": arn}}
	}
}

func (g *deliveryDraw) pattern() string {
	switch g.kind {
	case "sqs", "sqs-fifo":
		return `{"body":{"keep":["yes"]}}`
	case "dynamodb":
		return `{"eventName":["INSERT"]}`
	case "msk":
		return `{"value":{"keep":["yes"]}}`
	}
	return `{"data":{"keep":["yes"]}}`
}

func (g *deliveryDraw) records() {
	at := 0.0
	for range g.between(1, 14) {
		at += pick(g.draw, 0.0, 1, 10, 300, 2_500, 30_000)
		p := trace.Step{At: at, Do: trace.DoPut, Source: "source", Count: pick(g.draw, 1, 1, 2, 3, 7), Key: pick(g.draw, "a", "b", "c", "")}
		if g.shards > 1 {
			p.Shard = g.below(g.shards)
		}
		if g.chance(12) {
			p.Size = pick(g.draw, 900_000, 5_000_000)
		}
		if g.has(filtering) && g.profile == rule.Today {
			p.Record = g.record(pick(g.draw, "yes", "yes", "no"))
		}
		if g.profile == rule.Today && g.has(tumbling) && g.stream() && g.chance(4) {
			state := any("small")
			if g.chance(8) {
				state = largeState
			}
			p.Poison = pick(g.draw, &trace.Poison{Kind: "final", Times: 2}, &trace.Poison{Kind: "final"},
				&trace.Poison{Kind: "report", Times: 2, Return: map[string]any{}},
				&trace.Poison{Kind: "report", Times: 1, Return: map[string]any{"state": state}},
				&trace.Poison{Kind: "report", Times: 2, Return: map[string]any{"batchItemFailures": []any{}, "state": map[string]any{"own": 1.0}}})
		} else if g.has(poison) && g.chance(3) {
			p.Poison = &trace.Poison{Kind: "error", Times: pick(g.draw, 0, 0, 1, 2, 5)}
			if g.has(timeouts) && g.chance(2) {
				p.Poison.Kind = "timeout"
			}
			if g.has(reporting) && g.chance(2) {
				p.Poison.Kind = "report"
				if g.chance(5) {
					p.Poison.Return = pick[any](g.draw, map[string]any{"batchItemFailures": []any{map[string]any{"itemIdentifier": ""}}},
						map[string]any{"batchItemFailures": []any{map[string]any{"wrong": "x"}}}, map[string]any{"batchItemFailures": []any{}})
				}
			}
		}
		g.s.Steps = append(g.s.Steps, p)
	}
	g.last = at
}

// record is a record that the scenario's pattern matches if keep is "yes".
func (g *deliveryDraw) record(keep string) map[string]any {
	body := `{"keep":"` + keep + `"}`
	encoded := base64.StdEncoding.EncodeToString([]byte(body))
	switch g.kind {
	case "sqs", "sqs-fifo":
		return map[string]any{"body": body}
	case "dynamodb":
		return map[string]any{"eventName": map[string]string{"yes": "INSERT", "no": "REMOVE"}[keep]}
	case "msk":
		return map[string]any{"value": encoded}
	}
	return map[string]any{"kinesis": map[string]any{"data": encoded}}
}

func (g *deliveryDraw) changes() {
	span := g.last + 90_000
	at := func() float64 { return float64(g.below(int(span))) }
	if g.has(throttling) && g.chance(2) {
		from := at()
		g.s.Steps = append(g.s.Steps, trace.Step{At: from, Do: trace.DoThrottle, Until: from + pick(g.draw, 1_000.0, 30_000, 90_000)})
		g.last = max(g.last, from+90_000)
	}
	if g.has(pausing) {
		for range g.between(1, 2) {
			name, from := pick(g.draw, g.names...), 10_000+at()
			to := from + pick(g.draw, 7_000.0, 20_000, 100_000)
			g.s.Steps = append(g.s.Steps,
				trace.Step{At: from, Do: trace.DoUpdate, Mapping: name, Config: map[string]any{"Enabled": false}},
				trace.Step{At: to, Do: trace.DoUpdate, Mapping: name, Config: map[string]any{"Enabled": true}})
			g.last = max(g.last, to)
		}
		if g.chance(3) {
			c := map[string]any{}
			g.settings(c)
			from := 10_000 + at()
			g.s.Steps = append(g.s.Steps, trace.Step{At: from, Do: trace.DoUpdate, Mapping: g.names[0], Config: c})
			g.last = max(g.last, from)
		}
		if g.chance(4) {
			from := 10_000 + at()
			g.s.Steps = append(g.s.Steps, trace.Step{At: from, Do: trace.DoDelete, Mapping: g.names[len(g.names)-1]})
			g.last = max(g.last, from)
		}
	}
	if g.has(resharding) && g.stream() && g.chance(2) {
		g.s.Steps = append(g.s.Steps, trace.Step{At: at(), Do: trace.DoSplit, Source: "source", Shard: 0})
	}
	if g.queue() {
		for range g.between(0, 3) {
			from := at()
			g.s.Steps = append(g.s.Steps, trace.Step{At: from, Do: trace.DoLook, Source: "source"})
			g.last = max(g.last, from)
		}
	}
}

// largeState is more than the state of a tumbling window may be.
var largeState = strings.Repeat("x", 1_200_000)
