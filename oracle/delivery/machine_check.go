package delivery

import (
	"fmt"
	"math"
	"slices"

	"github.com/esmconform/esmconform/oracle/trace"
)

var machineKinds = []string{"kinesis", "kinesis-consumer", "dynamodb", "sqs", "sqs-fifo", "msk"}

// machineCheck finds what is wrong with a scenario before it is played.
func machineCheck(s *trace.Scenario) error {
	switch {
	case s.Format != 1:
		return fmt.Errorf("format is %d, expected 1", s.Format)
	case s.Profile != "2020-08-11" && s.Profile != "today":
		return fmt.Errorf("profile is %q, expected 2020-08-11 or today", s.Profile)
	case !machineFinite(s.DurationMS) || !machineFinite(s.TimeoutMS) || !machineFinite(s.EndMS):
		return fmt.Errorf("duration_ms, timeout_ms or end_ms is negative or no number")
	}
	names := map[string]bool{}
	for i, src := range s.Sources {
		var what string
		switch {
		case src.Name == "" || names[src.Name]:
			what = fmt.Sprintf("the name %q is empty or taken", src.Name)
		case !slices.Contains(machineKinds, src.Kind):
			what = fmt.Sprintf("kind is %q, expected one of %v", src.Kind, machineKinds)
		case src.Shards < 0 || src.Shards > 10_000 || src.MaxReceiveCount < 0:
			what = "shards or max_receive_count is out of range"
		case !machineFinite(src.VisibilityMS) || !machineFinite(src.RetentionMS):
			what = "visibility_timeout_ms or retention_ms is negative or no number"
		}
		if what != "" {
			return fmt.Errorf("sources[%d]: %s", i, what)
		}
		names[src.Name] = true
	}
	last := 0.0
	for i, st := range s.Steps {
		var what string
		switch {
		case !machineFinite(st.At) || st.At < last:
			what = fmt.Sprintf("at runs backwards from %g ms, or is no number", last)
		case st.At > s.EndMS:
			what = fmt.Sprintf("at is after end_ms %g", s.EndMS)
		case st.Count < 0 || st.Count > 1e6 || st.Size < 0:
			what = "count or size is out of range"
		case machineNeedsSource(st.Do) && !names[st.Source]:
			what = fmt.Sprintf("there is no source %q", st.Source)
		case st.Poison != nil && (st.Poison.Times < 0 || !slices.Contains([]string{"error", "timeout", "report", "final"}, st.Poison.Kind)):
			what = fmt.Sprintf("poison is %q %d times, expected error, timeout, report or final", st.Poison.Kind, st.Poison.Times)
		case st.Do == trace.DoThrottle && (!machineFinite(st.Until) || st.Until < st.At):
			what = "until is before at, or no number"
		}
		if what != "" {
			return machineStepError(s, i, what)
		}
		last = st.At
	}
	return nil
}

func machineNeedsSource(a trace.Action) bool {
	switch a {
	case trace.DoPut, trace.DoCreate, trace.DoSplit, trace.DoMerge, trace.DoLook:
		return true
	}
	return false
}

func machineFinite(x float64) bool { return x >= 0 && !math.IsInf(x, 1) }

// lineage makes the shards that the steps will make, because a trace names all
// shards of a source at its start. begin takes them away again.
func (m *machine) lineage() error {
	for i := range m.s.Steps {
		st := &m.s.Steps[i]
		if st.Do == trace.DoCreate || st.Do == trace.DoUpdate {
			if _, ok := st.Config["FilterCriteria"]; ok {
				for _, src := range m.sources { // which of them, an update does not say
					src.filtered = true
				}
			}
		}
		if st.Do == trace.DoPut {
			m.named[st.Source].puts[st.Shard] += max(st.Count, 1)
		}
		if st.Do != trace.DoSplit && st.Do != trace.DoMerge {
			continue
		}
		src := m.named[st.Source]
		if src.kind != "kinesis" && src.kind != "kinesis-consumer" && src.kind != "dynamodb" {
			return machineStepError(m.s, i, "only the shards of a stream can be split or merged, not a source of kind "+src.kind)
		}
		ending, born := []int{st.Shard}, 2
		if st.Do == trace.DoMerge {
			ending, born = []int{st.Shard, st.Shard + 1}, 1
		}
		var parents []*machineShard
		for _, n := range ending {
			if n < 0 || n >= len(src.shards) || src.shards[n].closed {
				return machineStepError(m.s, i, fmt.Sprintf("there is no open shard %d", n))
			}
			src.shards[n].closed = true
			parents = append(parents, src.shards[n])
		}
		for range born {
			src.addShard(i, parents...)
		}
	}
	for _, src := range m.sources {
		for _, sh := range src.shards {
			sh.closed = false
		}
	}
	return nil
}
