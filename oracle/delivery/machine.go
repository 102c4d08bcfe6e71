package delivery

import (
	"fmt"
	"math"
	"slices"

	"github.com/esmconform/esmconform/oracle/trace"
)

// MachineFilter says whether a record matches the FilterCriteria of a mapping
// on a source of the kind. While it is nil everything matches.
var MachineFilter func(criteria map[string]any, kind string, record map[string]any) bool

// machine plays one scenario in virtual time.
type machine struct {
	s     *trace.Scenario
	c     Choices
	f     Faults
	out   func(*trace.Event) error
	err   error // the first error of out, or of a step
	now   float64
	today bool
	soon  machineHeap

	sources  []*machineSource
	named    map[string]*machineSource
	mappings map[string]*machineMapping // the last one of each name of the scenario
	all      []*machineMapping
	throttle []machineThrottle
	step     int // the step that is done, or was done last
	ids      uint64
	turns    int  // of a play with a fault
	whole    bool // invocations carry their events

	event trace.Event // used again for every event
	batch []string    // its Records
	tries []int       // its Attempts
}

// machineThrottle is a span in which a function cannot be invoked.
type machineThrottle struct {
	function string // empty: every function
	from, to float64
}

// Play plays a scenario with the choices given and hands each event to emit, in
// order of T, ending with the End event. The Event and its slices are used again
// for the next one: emit copies what it keeps. Play returns the first error
// of emit, or an error that names what is wrong in the scenario and where. The
// same scenario and choices give the same events.
func Play(s *trace.Scenario, c Choices, emit func(*trace.Event) error) error {
	return machinePlays(s, c, Faults{}, emit, false)
}

// PlayWhole is Play with the whole event of each invocation, as the function
// gets it.
func PlayWhole(s *trace.Scenario, c Choices, emit func(*trace.Event) error) error {
	return machinePlays(s, c, Faults{}, emit, true)
}

// PlayFaulty is PlayWhole by a machine with a fault.
func PlayFaulty(s *trace.Scenario, c Choices, f Faults, emit func(*trace.Event) error) error {
	return machinePlays(s, c, f, emit, true)
}

func machinePlays(s *trace.Scenario, c Choices, f Faults, emit func(*trace.Event) error, whole bool) error {
	if err := machineCheck(s); err != nil {
		return err
	}
	m := &machine{s: s, c: c, f: f, out: emit, today: s.Profile == "today", whole: whole, named: map[string]*machineSource{}, mappings: map[string]*machineMapping{}}
	if err := m.begin(); err != nil {
		return err
	}
	// Steps come before what happens at the same time, so that records put at one
	// time by several steps are all there when the mapping looks.
	for m.err == nil {
		next := math.Inf(1)
		if len(m.soon.items) > 0 {
			next = m.soon.items[0].t
		}
		switch {
		case m.step < len(s.Steps) && s.Steps[m.step].At <= next:
			m.now = s.Steps[m.step].At
			m.do(&s.Steps[m.step])
			m.step++
		case next <= s.EndMS:
			h := m.soon.pop()
			m.now = h.t
			h.do()
			m.tire()
		default:
			m.now = s.EndMS
			for _, mp := range m.all {
				for _, r := range mp.readers {
					for _, l := range r.lanes {
						l.flush()
					}
				}
			}
			m.event = trace.Event{Kind: trace.End, T: m.now, End: m.now}
			m.emit()
			return m.err
		}
	}
	return m.err
}

// PlayAll is Play into memory.
func PlayAll(s *trace.Scenario, c Choices) ([]trace.Event, error) {
	var all []trace.Event
	err := Play(s, c, func(e *trace.Event) error {
		kept := *e
		kept.Records, kept.Attempts = slices.Clone(e.Records), slices.Clone(e.Attempts)
		all = append(all, kept)
		return nil
	})
	return all, err
}

func (m *machine) emit() {
	switch {
	case m.err != nil:
	case m.f.Event != nil:
		m.err = m.f.Event(&m.event, m.out)
	default:
		m.err = m.out(&m.event)
	}
}

// decide is what the machine decides, unless a fault has it otherwise.
func (m *machine) decide(d Decision, right int) int {
	if m.f.Decide == nil {
		return right
	}
	return m.f.Decide(d, right)
}

// holds is decide for what either holds or does not.
func (m *machine) holds(d Decision, right bool) bool {
	if m.f.Decide == nil {
		return right
	}
	return m.holdsFaulty(d, right)
}

// holdsFaulty stands apart so that holds, which is asked for every record, costs
// no call.
//
//go:noinline
func (m *machine) holdsFaulty(d Decision, right bool) bool {
	n := 0
	if right {
		n = 1
	}
	return m.f.Decide(d, n) != 0
}

// selects says whether the filters of a mapping let a record through.
func (m *machine) selects(criteria map[string]any, kind string, x *machineExtra) bool {
	match := MachineFilter
	if m.f.Match != nil {
		match = m.f.Match
	}
	return criteria == nil || match == nil || x == nil || match(criteria, kind, x.record)
}

// tire stops a play with a fault that has no end.
func (m *machine) tire() {
	if m.f.Decide == nil {
		return
	}
	const most = 1 << 20
	if m.turns++; m.turns > most && m.err == nil {
		m.err = fmt.Errorf("the fault has made more than %d things happen", most)
	}
}

// at plans something.
func (m *machine) at(t float64, do func()) { m.soon.push(max(t, m.now), do) }

// fail stops the play for something that is wrong in the step that is done.
func (m *machine) fail(format string, args ...any) {
	if m.err == nil {
		m.err = machineStepError(m.s, m.step, fmt.Sprintf(format, args...))
	}
}

func machineStepError(s *trace.Scenario, i int, what string) error {
	return fmt.Errorf("steps[%d] (%s at %g ms): %s", i, s.Steps[i].Do, s.Steps[i].At, what)
}

// begin emits the first line and the sources.
func (m *machine) begin() error {
	m.event = trace.Event{Kind: trace.Header, Detail: &trace.Detail{Format: 1, Profile: m.s.Profile, Target: "machine", Complete: true,
		SettleMS: trace.DefaultSettleMS, SkewMS: trace.DefaultSkewMS}}
	m.emit()
	for i := range m.s.Sources {
		src := machineNewSource(i, &m.s.Sources[i])
		m.sources = append(m.sources, src)
		m.named[src.name] = src
	}
	if err := m.lineage(); err != nil {
		return err
	}
	for _, src := range m.sources {
		d := &trace.Detail{SourceKind: src.kind, VisibilityMS: src.visibility, MaxReceiveCount: src.maxReceives, RetentionMS: src.retention}
		for _, sh := range src.shards {
			one := trace.Shard{ID: sh.id}
			for _, p := range sh.parents {
				one.Parents = append(one.Parents, p.id)
			}
			d.Shards = append(d.Shards, one)
		}
		m.event = trace.Event{Kind: trace.SourceEvent, Source: src.arn, Detail: d}
		m.emit()
		src.shards = src.shards[:src.given]
	}
	return m.err
}

// duration is how long an invocation takes that does not time out.
func (m *machine) duration() float64 {
	d := m.s.DurationMS
	if d == 0 {
		d = 10
	}
	return d * [...]float64{1, 2, 5}[m.c.Choose(PointDuration, 3)]
}

func (m *machine) timeout() float64 {
	if m.s.TimeoutMS == 0 {
		return 3000
	}
	return m.s.TimeoutMS
}

// pollDelay is how long it takes a mapping to look for records.
func (m *machine) pollDelay() float64 {
	return [...]float64{0, 20, 200, 1000}[m.c.Choose(PointDelay, 4)]
}

// backOff is the wait after the failure or throttle number a, from 0.
func (m *machine) backOff(a int) float64 {
	wait := 60_000.0
	if a < 7 {
		wait = min(wait, 500*float64(int(1)<<a))
	}
	return wait * [...]float64{1, 0, 0.1, 2}[m.c.Choose(PointDelay, 4)]
}

// throttled says whether a function cannot be invoked now.
func (m *machine) throttled(function string) bool {
	return slices.ContainsFunc(m.throttle, func(t machineThrottle) bool {
		return t.from <= m.now && m.now < t.to && (t.function == "" || t.function == function)
	})
}

// id makes an identifier: the same ones in every play.
func (m *machine) id() string {
	m.ids++
	return machineUUID(0, m.ids)
}
