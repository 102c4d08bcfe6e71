package delivery

import (
	"cmp"
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/trace"
)

// corruptScenarios are scenarios by name, one feature or two each. Everything
// happens long after the mapping was created, so that all is settled.
func corruptScenarios() map[string]*trace.Scenario {
	all := map[string]*trace.Scenario{}
	add := func(name, kind string, config map[string]any, steps ...trace.Step) {
		s := machineScenario(kind, machineCreate(config))
		if strings.HasPrefix(kind, "sqs") {
			delete(config, "StartingPosition")
			s.Sources[0].MaxReceiveCount = 3
		}
		for _, x := range steps {
			x.At += 20_000
			if x.Until > 0 {
				x.Until += 20_000
			}
			s.Steps = append(s.Steps, x)
		}
		all[kind+" "+name] = s
	}
	key := func(k string, x trace.Step) trace.Step { x.Key = k; return x }
	at := func(t float64, x trace.Step) trace.Step { x.At = t; return x }
	config := func(pairs ...any) map[string]any {
		m := map[string]any{}
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i].(string)] = pairs[i+1]
		}
		return m
	}
	frt := []any{"ReportBatchItemFailures"}
	mixed := []trace.Step{machinePut(2), machinePoison("error", 0), machinePut(2), machinePoison("timeout", 1), machinePut(2)}
	for _, kind := range []string{"kinesis", "dynamodb"} {
		add("ok", kind, config("BatchSize", 3), machinePut(7))
		add("retry", kind, config("MaximumRetryAttempts", 2, "BatchSize", 3, "DestinationConfig", machineOnFailure()), mixed...)
		add("retry without a destination", kind, config("MaximumRetryAttempts", 1, "BatchSize", 3), mixed...)
		add("retry for ever", kind, config("BatchSize", 3), machinePut(2), machinePoison("error", 4), machinePut(5))
		add("bisect", kind, config("MaximumRetryAttempts", 1, "BisectBatchOnFunctionError", true, "DestinationConfig", machineOnFailure()), mixed...)
		add("age", kind, config("MaximumRecordAgeInSeconds", 60, "BatchSize", 2, "DestinationConfig", machineOnFailure()),
			machinePut(2), machinePoison("error", 0), machinePut(1), at(50_000, machinePut(3)))
		add("report", kind, config("MaximumRetryAttempts", 2, "BatchSize", 4, "FunctionResponseTypes", frt, "DestinationConfig", machineOnFailure()),
			machinePut(2), machinePoison("report", 0), machinePut(2), machinePoison("report", 1), machinePut(1))
		add("parallel", kind, config("ParallelizationFactor", 2, "MaximumRetryAttempts", 1, "BatchSize", 2, "DestinationConfig", machineOnFailure()),
			key("a", machinePut(2)), key("b", machinePoison("error", 0)), key("a", machinePut(1)), key("b", machinePut(2)), key("c", machinePut(2)))
		add("throttle", kind, config("MaximumRetryAttempts", 1, "BatchSize", 3), machinePut(1), machinePoison("error", 1), machinePut(3),
			trace.Step{At: 100, Do: trace.DoThrottle, Until: 90_000}, at(95_000, machinePut(2)))
		add("window", kind, config("MaximumBatchingWindowInSeconds", 5, "BatchSize", 4), machinePut(2), at(2_000, machinePut(1)), at(9_000, machinePut(5)))
		add("pause", kind, config("BatchSize", 2, "MaximumRetryAttempts", 1), machinePut(3), machinePoison("error", 0),
			trace.Step{At: 20_000, Do: trace.DoUpdate, Mapping: "m", Config: map[string]any{"Enabled": false}}, at(40_000, machinePut(3)),
			trace.Step{At: 60_000, Do: trace.DoUpdate, Mapping: "m", Config: map[string]any{"Enabled": true}}, at(80_000, machinePut(2)))
	}
	add("ok", "kinesis-consumer", config("BatchSize", 3), machinePut(7))
	for _, kind := range []string{"sqs", "sqs-fifo"} {
		add("ok", kind, config("BatchSize", 3), key("g", machinePut(7)))
		add("errors", kind, config("BatchSize", 2), key("g", machinePut(1)), key("h", machinePoison("error", 1)), key("h", machinePut(2)), key("g", machinePoison("error", 0)),
			at(200_000, trace.Step{Do: trace.DoLook, Source: "s"}))
		add("report", kind, config("BatchSize", 4, "FunctionResponseTypes", frt), key("g", machinePut(1)), key("g", machinePoison("report", 1)), key("h", machinePut(3)),
			at(200_000, trace.Step{Do: trace.DoLook, Source: "s"}))
	}
	add("ok", "msk", config("BatchSize", 3), machinePut(7))
	add("errors", "msk", config("BatchSize", 3), machinePut(2), machinePoison("error", 3), machinePut(4))
	return all
}

// corruptSpread makes a scenario one that is judged closely: all happens long
// after the mappings were created, and the observation lasts.
func corruptSpread(s *trace.Scenario) {
	for i := range s.Steps {
		x := &s.Steps[i]
		if x.Do == trace.DoCreate {
			x.At = 0
			continue
		}
		x.At += 20_000
		if x.Until > 0 {
			x.Until += 20_000
		}
	}
	slices.SortStableFunc(s.Steps, func(a, b trace.Step) int { return cmp.Compare(a.At, b.At) })
	s.EndMS += 20_000 + 1_000_000
}

// corruptPlain reports whether it is known of a scenario what each event of it
// comes to. Tumbling windows have a test of their own: of what a function returned,
// and so of what became of a batch, less is known with them.
func corruptPlain(s *trace.Scenario) bool {
	mappings := 0
	for i := range s.Steps {
		x := &s.Steps[i]
		window, _ := x.Config["MaximumBatchingWindowInSeconds"].(int)
		switch {
		case x.Do == trace.DoUpdate || x.Do == trace.DoDelete || x.Config["TumblingWindowInSeconds"] != nil:
			return false
		case x.Do == trace.DoCreate:
			mappings++
		}
		if x.Config["Enabled"] != nil || x.Config["StartingPosition"] == "AT_TIMESTAMP" || window > 5 {
			return false
		}
		if x.Config["FilterCriteria"] != nil && s.Sources[0].Kind == "dynamodb" { // records without keys
			return false
		}
		if s.Sources[0].Kind == "msk" && (x.Config["FilterCriteria"] != nil || x.Config["DestinationConfig"] != nil) {
			return false
		}
	}
	queue := strings.HasPrefix(s.Sources[0].Kind, "sqs")
	const hours = 1_800_000 + 1_000_000 // after which records expire
	return len(s.Sources) == 1 && s.EndMS < hours && (mappings == 1 || mappings == 2 && !queue)
}
