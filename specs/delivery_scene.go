package specs

import (
	"slices"
	"strings"
	"time"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// scene writes a scenario down, step by step. Its source and its mapping are
// called "source" and "mapping"; what is put comes at the present time, which
// only after moves on.
type scene struct {
	trace.Scenario
	now   float64 // ms
	shard int
	key   string // of what is put from now on; "" gives each record its own
	size  int    // of what is put from now on
	late  bool   // needs the profile today
}

// on starts a scene with a source of that kind and one shard.
func on(kind string) *scene {
	s := &scene{}
	s.Format = 1
	s.Sources = []trace.ScenarioSource{{Name: "source", Kind: kind}}
	return s
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func (s *scene) source() *trace.ScenarioSource { return &s.Sources[0] }

// Settings of the source.

func (s *scene) shards(n int) *scene               { s.source().Shards = n; return s }
func (s *scene) retains(d time.Duration) *scene    { s.source().RetentionMS = ms(d); return s }
func (s *scene) visibility(d time.Duration) *scene { s.source().VisibilityMS = ms(d); return s }
func (s *scene) redrive(maxReceiveCount int) *scene {
	s.source().MaxReceiveCount = maxReceiveCount
	return s
}
func (s *scene) functionTakes(d time.Duration) *scene { s.DurationMS = ms(d); return s }
func (s *scene) timesOutIn(d time.Duration) *scene    { s.TimeoutMS = ms(d); return s }
func (s *scene) today() *scene                        { s.late = true; return s }

// Where and when.

func (s *scene) after(d time.Duration) *scene { s.now += ms(d); return s }
func (s *scene) into(shard int) *scene        { s.shard = shard; return s }
func (s *scene) of(key string) *scene         { s.key = key; return s }
func (s *scene) bytes(size int) *scene        { s.size = size; return s }

func (s *scene) do(x trace.Step) *scene {
	x.At = s.now
	s.Steps = append(s.Steps, x)
	return s
}

// Records.

func (s *scene) record(count int, r map[string]any, p *trace.Poison) *scene {
	if count == 0 {
		return s
	}
	return s.do(trace.Step{Do: trace.DoPut, Source: "source", Shard: s.shard, Count: count, Key: s.key, Size: s.size, Record: r, Poison: p})
}

// put puts records that the function takes.
func (s *scene) put(count int) *scene { return s.record(count, nil, nil) }

// bad puts a record that the function fails on, always.
func (s *scene) bad() *scene { return s.failing(0) }

// failing puts a record that the function fails on that many times.
func (s *scene) failing(times int) *scene {
	return s.record(1, nil, &trace.Poison{Kind: "error", Times: times})
}

// slow puts a record that makes the function run into its timeout, that many
// times; 0: always.
func (s *scene) slow(times int) *scene {
	return s.record(1, nil, &trace.Poison{Kind: "timeout", Times: times})
}

// reported puts a record that the function reports as failed, that many times;
// 0: always.
func (s *scene) reported(times int) *scene {
	return s.record(1, nil, &trace.Poison{Kind: "report", Times: times})
}

// returning puts a record with which the function returns what is given, that
// many times.
func (s *scene) returning(times int, what any) *scene {
	return s.record(1, nil, &trace.Poison{Kind: "report", Times: times, Return: what})
}

// Calls.

// create creates the mapping, at TRIM_HORIZON unless told otherwise.
func (s *scene) create(settings ...Fields) *scene { return s.createAs("mapping", settings...) }

// createAs creates a mapping under a name of its own.
func (s *scene) createAs(name string, settings ...Fields) *scene {
	base := Fields{}
	switch kind := s.source().Kind; {
	case kind == "msk":
		base = Fields{"StartingPosition": "TRIM_HORIZON", "Topics": []any{"topic"}}
	case !strings.HasPrefix(kind, "sqs"):
		base = Fields{"StartingPosition": "TRIM_HORIZON"}
	}
	return s.do(trace.Step{Do: trace.DoCreate, Source: "source", Mapping: name, Config: base.with(settings...)})
}

func (s *scene) update(settings ...Fields) *scene {
	return s.do(trace.Step{Do: trace.DoUpdate, Mapping: "mapping", Config: Fields{}.with(settings...)})
}

func (s *scene) pause() *scene  { return s.update(Fields{"Enabled": false}) }
func (s *scene) resume() *scene { return s.update(Fields{"Enabled": true}) }
func (s *scene) remove() *scene { return s.do(trace.Step{Do: trace.DoDelete, Mapping: "mapping"}) }

// What else happens.

func (s *scene) throttled(d time.Duration) *scene {
	return s.do(trace.Step{Do: trace.DoThrottle, Until: s.now + ms(d)})
}
func (s *scene) split(shard int) *scene {
	return s.do(trace.Step{Do: trace.DoSplit, Source: "source", Shard: shard})
}
func (s *scene) merge(shard int) *scene {
	return s.do(trace.Step{Do: trace.DoMerge, Source: "source", Shard: shard})
}
func (s *scene) look() *scene { return s.do(trace.Step{Do: trace.DoLook, Source: "source"}) }

// Settings of a mapping.

var (
	bisecting = Fields{"BisectBatchOnFunctionError": true}
	reporting = Fields{"FunctionResponseTypes": []any{"ReportBatchItemFailures"}}
	latest    = Fields{"StartingPosition": "LATEST"}
)

func batch(n int) Fields    { return Fields{"BatchSize": n} }
func retries(n int) Fields  { return Fields{"MaximumRetryAttempts": n} }
func age(s int) Fields      { return Fields{"MaximumRecordAgeInSeconds": s} }
func parallel(n int) Fields { return Fields{"ParallelizationFactor": n} }
func window(s int) Fields   { return Fields{"MaximumBatchingWindowInSeconds": s} }
func filter(patterns ...any) Fields {
	return Fields{"FilterCriteria": filters(patterns...)}
}

// destinations are where discarded batches are reported, by service.
var destinations = map[string]string{
	"sqs":   "arn:aws:sqs:us-east-1:000000000000:failures",
	"sns":   "arn:aws:sns:us-east-1:000000000000:failures",
	"s3":    "arn:aws:s3:::failures",
	"kafka": "kafka://failures",
}

func failuresTo(service string) Fields {
	return Fields{"DestinationConfig": onFailure(destinations[service])}
}

// from is the first profile in which the scene can be played.
func (s *scene) from() rule.Profile {
	late := s.late || slices.ContainsFunc(s.Steps, func(x trace.Step) bool {
		return x.Config["FunctionResponseTypes"] != nil || x.Config["FilterCriteria"] != nil || x.Config["TumblingWindowInSeconds"] != nil || s.reportsTo(x, "s3") || s.reportsTo(x, "kafka")
	})
	if late {
		return rule.Today
	}
	return rule.P2020
}

func (s *scene) reportsTo(x trace.Step, service string) bool {
	to, _ := x.Config["DestinationConfig"].(map[string]any)
	on, _ := to["OnFailure"].(map[string]any)
	return on != nil && on["Destination"] == destinations[service]
}

// needs lists the capabilities without which the scene cannot be played.
func (s *scene) needs() []rule.Capability {
	need := map[rule.Capability]bool{rule.CanDeliver: true, rule.Capability(s.source().Kind): true}
	if s.source().RetentionMS > 0 {
		need[rule.CanRetention] = true
	}
	for _, x := range s.Steps {
		switch x.Do {
		case trace.DoThrottle:
			need[rule.CanThrottle] = true
		case trace.DoSplit, trace.DoMerge:
			need[rule.CanReshard] = true
		}
		for service, c := range map[string]rule.Capability{"sqs": rule.CanDestinationSQS, "sns": rule.CanDestinationSNS, "s3": rule.CanDestinationS3, "kafka": rule.CanDestinationKafka} {
			if s.reportsTo(x, service) {
				need[c] = true
			}
		}
	}
	var list []rule.Capability
	for c := range need {
		list = append(list, c)
	}
	slices.Sort(list)
	return list
}

// patience is how long a scene is watched after its last step unless it says so.
const patience = 2 * time.Minute

// until sets how long the scene is watched after its last step.
func (s *scene) until(d time.Duration) *scene {
	s.EndMS = ms(d)
	for _, x := range s.Steps {
		s.EndMS = max(s.EndMS, x.At+ms(d), x.Until+ms(d))
	}
	return s
}

// table runs what fills a table, so that it can be a variable declaration.
func table(fill func()) (done struct{}) {
	fill()
	return done
}

// always makes the function fail whenever it gets the record.
var always = &trace.Poison{Kind: "error"}
