package trace

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/rule"
)

// maxScenarioCount bounds what a scenario counts: records of a step, shards,
// invocations. A million of either is more than any target plays in a day.
const maxScenarioCount = 1_000_000

var actions = []Action{DoPut, DoCreate, DoUpdate, DoDelete, DoThrottle, DoSplit, DoMerge, DoLook}

// calledKinds are the kinds of source whose records no scenario has yet.
var calledKinds = []string{"self-managed-kafka", "mq", "documentdb"}

var poisonKinds = []string{"error", "timeout", "report", "final"}

// check returns what makes the scenario impossible to play, nil if nothing does.
func (s *Scenario) check() error {
	if s.Format != 1 {
		return fmt.Errorf("format is %d; expected 1, the only one that this version reads", s.Format)
	}
	if s.Profile != "" {
		if _, ok := rule.ParseProfile(s.Profile); !ok {
			return fmt.Errorf("profile is %q; expected one of %s", s.Profile, strings.Join(names(rule.Profiles, rule.Profile.String), ", "))
		}
	}
	var f scenarioFault
	sources := make(map[string]*ScenarioSource, len(s.Sources))
	for i := range s.Sources {
		f.at = fmt.Sprintf("sources[%d]", i)
		f.source(&s.Sources[i], sources, len(s.Calls) > 0)
	}
	mappings := make(map[string]bool)
	last := 0.0
	for i := range s.Steps {
		step := &s.Steps[i]
		f.at = fmt.Sprintf("steps[%d]", i)
		f.length("at", step.At)
		if step.At < last {
			f.wrong("at is %v, before the %v of the step above; expected the steps in the order of at", step.At, last)
		}
		last = step.At
		f.step(step, sources, mappings)
	}
	f.calls(s)
	f.at = "the scenario"
	if s.Shows != nil && rule.Find(s.Shows.Rule) == nil {
		f.wrong("shows names the unknown rule %q; expected a rule's id: see esmconform list", s.Shows.Rule)
	}
	f.length("duration_ms", s.DurationMS)
	f.length("timeout_ms", s.TimeoutMS)
	f.length("end_ms", s.EndMS)
	if s.EndMS < last {
		f.wrong("end_ms is %v, before the last step at %v", s.EndMS, last)
	}
	return f.err
}

// scenarioFault is the first thing that is wrong and where.
type scenarioFault struct {
	at  string
	err error
}

func (f *scenarioFault) wrong(format string, args ...any) {
	if f.err == nil {
		f.err = fmt.Errorf("%s: %s", f.at, fmt.Sprintf(format, args...))
	}
}

func (f *scenarioFault) length(name string, ms float64) {
	if !(ms >= 0) || math.IsInf(ms, 0) {
		f.wrong("%s is %v; expected milliseconds, finite and not negative", name, ms)
	}
}

// count checks a number that may be left out.
func (f *scenarioFault) count(name string, n int) {
	if n < 0 || n > maxScenarioCount {
		f.wrong("%s is %d; expected 1 to %d", name, n, maxScenarioCount)
	}
}

func (f *scenarioFault) source(s *ScenarioSource, known map[string]*ScenarioSource, called bool) {
	if s.Name == "" {
		f.wrong("name is missing; expected a name for the steps to use")
	}
	if known[s.Name] != nil {
		f.wrong("a second source %q; expected a name of its own for each", s.Name)
	}
	known[s.Name] = s
	kinds := sourceKinds
	if called {
		kinds = append(slices.Clone(kinds), calledKinds...)
	}
	if !slices.Contains(kinds, s.Kind) {
		f.wrong("kind is %q; expected one of %s", s.Kind, strings.Join(kinds, ", "))
	}
	f.count("shards", s.Shards)
	if s.queue() && s.Shards != 0 {
		f.wrong("shards is %d; expected none for a queue", s.Shards)
	}
	f.length("visibility_timeout_ms", s.VisibilityMS)
	f.count("max_receive_count", s.MaxReceiveCount)
	f.length("retention_ms", s.RetentionMS)
}

func (s *ScenarioSource) queue() bool { return s.Kind == "sqs" || s.Kind == "sqs-fifo" }

func (f *scenarioFault) step(s *Step, sources map[string]*ScenarioSource, mappings map[string]bool) {
	if !slices.Contains(actions, s.Do) {
		f.wrong("do is %q; expected one of %s", s.Do, strings.Join(names(actions, func(a Action) string { return string(a) }), ", "))
	}
	source := sources[s.Source]
	needsSource := s.Do == DoPut || s.Do == DoCreate || s.Do == DoSplit || s.Do == DoMerge || s.Do == DoLook
	if source == nil && (needsSource || s.Source != "") {
		f.wrong("%s names the source %q; expected one of sources: %s", s.Do, s.Source, strings.Join(sortedNames(sources), ", "))
		return
	}
	switch s.Do {
	case DoPut:
		f.put(s, source)
	case DoCreate:
		if s.Mapping == "" {
			f.wrong("create has no mapping; expected a name for later steps to use")
		}
		if mappings[s.Mapping] {
			f.wrong("create gives the name %q to a second mapping; expected a name that is free", s.Mapping)
		}
		mappings[s.Mapping] = true
	case DoUpdate, DoDelete:
		if _, ok := mappings[s.Mapping]; !ok {
			f.wrong("%s names the mapping %q; expected one that a step above creates: %s", s.Do, s.Mapping, strings.Join(sortedNames(mappings), ", "))
		}
		// Once deleted, the name is free; using it for what was deleted is a test too.
		mappings[s.Mapping] = mappings[s.Mapping] && s.Do != DoDelete
	case DoThrottle:
		f.length("until", s.Until)
		if s.Until < s.At {
			f.wrong("until is %v, before at, which is %v; expected when the throttling ends", s.Until, s.At)
		}
	case DoSplit, DoMerge:
		if source.queue() || source.Kind == "msk" {
			f.wrong("%s of %q, which is %s; expected a stream", s.Do, s.Source, source.Kind)
		}
		f.shard(s)
	case DoLook:
		if !source.queue() {
			f.wrong("look at %q, which is %s; expected a queue", s.Source, source.Kind)
		}
	}
}

func (f *scenarioFault) put(s *Step, source *ScenarioSource) {
	f.shard(s)
	if source.queue() && s.Shard != 0 {
		f.wrong("shard is %d; expected none for a queue", s.Shard)
	}
	f.count("count", s.Count)
	if s.Size < 0 || s.Size > maxLine {
		f.wrong("size is %d; expected bytes up to %d", s.Size, maxLine)
	}
	if p := s.Poison; p != nil {
		if !slices.Contains(poisonKinds, p.Kind) {
			f.wrong("poison.kind is %q; expected one of %s", p.Kind, strings.Join(poisonKinds, ", "))
		}
		f.count("poison.times", p.Times)
		if p.Return != nil && p.Kind != "report" {
			f.wrong("poison.return is given for the kind %q; expected it for report only", p.Kind)
		}
	}
}

// shard checks a shard's number. Which there are in the end depends on the
// splits, so the upper bound is a loose one.
func (f *scenarioFault) shard(s *Step) {
	if s.Shard < 0 || s.Shard > maxScenarioCount {
		f.wrong("shard is %d; expected a shard's number, from 0", s.Shard)
	}
}
