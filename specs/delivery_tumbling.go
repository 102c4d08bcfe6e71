package specs

import (
	"strings"
	"time"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

func tumbling(s int) Fields { return Fields{"TumblingWindowInSeconds": s} }

// stateOf is what a function returns as the state of that many bytes.
func stateOf(bytes int) map[string]any {
	return map[string]any{"state": map[string]any{"text": strings.Repeat("x", bytes)}}
}

// spoiling puts a record that makes the final invocation of its tumbling window
// fail, that many times; 0: always.
func (s *scene) spoiling(times int) *scene {
	return s.record(1, nil, &trace.Poison{Kind: "final", Times: times})
}

var _ = table(func() {
	for _, kind := range []string{"kinesis", "dynamodb"} {
		s := func() *scene { return on(kind).create(batch(2), tumbling(30)).after(settled) }
		decide(kind+"-tumbling", s().put(5).after(40*time.Second).put(3).after(40*time.Second).put(1).until(5*time.Minute),
			rule.TumblingFinalInvoke, rule.TumblingStateHandedOn)
		decide(kind+"-tumbling-alone", s().put(1).until(5*time.Minute), rule.TumblingFinalInvoke)
		decide(kind+"-tumbling-and-failures", s().put(2).failing(2).put(3).until(5*time.Minute), rule.TumblingStateHandedOn)
		decide(kind+"-tumbling-and-bisect", on(kind).create(batch(4), tumbling(30), bisecting, retries(1), failuresTo("sqs")).after(settled).
			put(2).bad().put(3).until(5*time.Minute), rule.TumblingStateHandedOn, rule.BisectSplitsInTwo)
		decide(kind+"-tumbling-without-state", s().put(2).returning(2, map[string]any{}).put(3).until(5*time.Minute), rule.TumblingStateRequired)
		decide(kind+"-tumbling-without-state-spent", on(kind).create(batch(2), tumbling(30), retries(1), failuresTo("sqs")).after(settled).
			put(2).returning(0, map[string]any{}).put(3).until(5*time.Minute), rule.TumblingStateRequired, rule.DestOnRetryExhaustion)
		decide(kind+"-tumbling-large-state", s().put(2).returning(1, stateOf(1_500_000)).put(5).until(5*time.Minute), rule.TumblingState1mb, rule.TumblingFinalInvoke)
		decide(kind+"-tumbling-state-of-900-kb", s().put(2).returning(1, stateOf(900_000)).put(5).until(5*time.Minute), rule.TumblingStateHandedOn, rule.TumblingState1mb)
		decide(kind+"-tumbling-failing-end", s().put(2).spoiling(3).after(40*time.Second).put(3).until(5*time.Minute), rule.TumblingFinalFailureBlocks)
		decide(kind+"-tumbling-end-that-fails-for-ever", s().spoiling(0).after(40*time.Second).put(3).until(5*time.Minute), rule.TumblingFinalFailureBlocks)
		decide(kind+"-tumbling-split-shard", s().put(3).split(0).into(1).put(2).into(2).put(1).after(40*time.Second).put(1).until(5*time.Minute),
			rule.TumblingReshard, rule.TumblingFinalInvoke)
	}
})
