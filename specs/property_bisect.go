package specs

import (
	"fmt"

	"github.com/esmconform/esmconform/generators"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// What becomes of each record of a stream whose function fails on some of them
// and splits failed batches: counted from what was put and what was seen, without the checker.

// bisected draws a stream whose only trouble is poison, with so many retries.
func bisected(retries ...int) func(generators.Source, rule.Profile) *trace.Scenario {
	return func(s generators.Source, p rule.Profile) *trace.Scenario {
		below := func(n int) int { return int(s.Uint64() % uint64(n)) }
		kind := []string{"kinesis", "dynamodb"}[below(2)]
		shards := 1 + below(3)
		d := &trace.Scenario{Format: 1, Profile: p.String(), DurationMS: []float64{1, 10, 900}[below(3)],
			Sources: []trace.ScenarioSource{{Name: "source", Kind: kind, Shards: shards}}}
		d.Steps = append(d.Steps, trace.Step{Do: trace.DoCreate, Mapping: "m", Source: "source", Config: map[string]any{
			"StartingPosition": "TRIM_HORIZON", "BatchSize": []int{1, 2, 3, 5, 10, 100}[below(6)], "BisectBatchOnFunctionError": true,
			"MaximumRetryAttempts": retries[below(len(retries))], "ParallelizationFactor": []int{1, 1, 2, 3}[below(4)],
			"DestinationConfig": map[string]any{"OnFailure": map[string]any{"Destination": "arn:aws:" +
				[]string{"sqs", "sns"}[below(2)] + ":us-east-1:000000000000:failures"}}}})
		at := 0.0
		for range 1 + below(12) {
			at += []float64{0, 0, 1, 300, 2_500}[below(5)]
			put := trace.Step{At: at, Do: trace.DoPut, Source: "source", Shard: below(shards), Count: 1 + below(4), Key: []string{"a", "b", "c", ""}[below(4)]}
			if below(3) == 0 {
				put.Count, put.Poison = 1, &trace.Poison{Kind: "error"}
			}
			d.Steps = append(d.Steps, put)
		}
		d.EndMS = at + 4_000_000
		return d
	}
}

// fate is what became of a record.
type fate struct {
	put                *trace.Event
	poison             bool
	tried, done, alone int // invocations with it; those that succeeded; those with nothing else
	told               int // messages to the destination that speak of it
}

// fates are what became of all the records of a scenario with one put a step.
func (t *Trial) fates(s *trace.Scenario) (list []*fate) {
	byName, byShard := map[string]*fate{}, map[string][]*fate{}
	var poison []bool
	for i := range s.Steps {
		for range s.Steps[i].Count {
			poison = append(poison, s.Steps[i].Poison != nil)
		}
	}
	seen := t.deliver(s)
	for i := range seen {
		switch e := &seen[i]; e.Kind {
		case trace.Put:
			f := &fate{put: e, poison: len(list) < len(poison) && poison[len(list)]}
			list = append(list, f)
			byName[e.Shard+" "+e.Seq], byShard[e.Shard] = f, append(byShard[e.Shard], f)
		case trace.Invoke:
			for _, seq := range e.Records {
				f := byName[e.Shard+" "+seq]
				if f == nil {
					t.Falsified("the function was given a record that nobody put")
				}
				f.tried++
				if e.Outcome == trace.OK && e.End != trace.NotEnded {
					f.done++
				}
				if len(e.Records) == 1 {
					f.alone++
				}
			}
		case trace.Destination:
			shard, first, last := told(e.Body)
			within, why := false, false
			for _, f := range byShard[shard] {
				within = within || f.put.Seq == first
				if within {
					f.told++
					why = why || f.poison
				}
				within = within && f.put.Seq != last
			}
			if !why {
				t.Falsified("good records alone were sent to the destination")
			}
		}
	}
	if len(list) != len(poison) {
		t.Undecided() // not everything was put
	}
	return list
}

// told is the range of records that a message to a destination speaks of.
func told(body map[string]any) (shard, first, last string) {
	for _, name := range []string{"KinesisBatchInfo", "DDBStreamBatchInfo"} {
		if info, ok := body[name].(map[string]any); ok {
			return fmt.Sprint(info["shardId"]), fmt.Sprint(info["startSequenceNumber"]), fmt.Sprint(info["endSequenceNumber"])
		}
	}
	return "", "", ""
}

var _ = hold(Property{
	Name:   "bisect-accounts-for-every-record",
	Says:   "Where retries are bounded, a poison record ends at the destination, and any other is delivered and succeeds, or goes there in a batch with one",
	Trials: 150,
	Needs:  []rule.Capability{rule.CanDestinationSQS, rule.CanDestinationSNS},
	Draw:   bisected(0, 1, 2, 3),
	Holds: func(t *Trial, s *trace.Scenario) {
		for _, f := range t.fates(s) {
			switch {
			case f.tried == 0:
				t.Falsified("a record was never delivered")
			case f.poison && f.done > 0:
				t.Falsified("a function succeeded that fails on a record of the batch")
			case f.poison && f.told == 0:
				t.Falsified("a poison record was neither delivered for good nor sent to the destination")
			case !f.poison && f.done == 0 && f.told == 0:
				t.Falsified("a good record was in no batch that succeeded, and was not sent to the destination")
			case f.poison:
				t.Decided()
			}
		}
	},
})

var _ = hold(Property{
	Name:   "bisect-ends-with-the-poison-alone",
	Says:   "Where retries are not bounded, splitting ends with a poison record alone, and what is before it in the shard has succeeded",
	Trials: 75,
	Needs:  []rule.Capability{rule.CanDestinationSQS, rule.CanDestinationSNS},
	Draw:   bisected(-1),
	Holds: func(t *Trial, s *trace.Scenario) {
		stuck := map[string]bool{} // shards; if a shard has several lanes, others may go on
		for _, f := range t.fates(s) {
			switch {
			case f.told > 0:
				t.Falsified("a record was given up although it may be tried for ever")
			case f.poison && f.done > 0:
				t.Falsified("a function succeeded that fails on a record of the batch")
			case stuck[f.put.Shard]: // it may be held up
			case f.poison && f.alone == 0:
				t.Falsified("a poison record was never delivered alone")
			case f.poison:
				stuck[f.put.Shard] = true
				t.Decided()
			case f.done == 0:
				t.Falsified("a good record before any poison did not succeed")
			}
		}
	},
})
