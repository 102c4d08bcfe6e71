package delivery

import (
	"encoding/json"
	"math"
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/pattern"
	"github.com/esmconform/esmconform/oracle/trace"
)

// mapping is a mapping as the checker sees it.
type mapping struct {
	uuid     string
	src      *source
	now      settings
	before   settings  // what was in force until the last change
	change   span      // when the last change may take effect
	changes  int       // how many there were
	times    []float64 // when the latest of them were made
	created  float64
	at       float64 // AT_TIMESTAMP: where to start, in milliseconds
	start    string
	deleted  bool
	stopped  float64 // when it was last told to stop; NaN before
	lanes    map[*shardLog]*lane
	last     *lane
	line     int  // the line of its creation
	late     bool // created when history was gone already: its start is not judged
	invoked  bool
	thin     bool               // a batch was delivered that was not full when it was cut
	made     bool               // by a call of the trace
	bisected bool               // whether it did once, before the last change
	due      int                // of Kafka: the line of a batch that was given up and must be reported
	dueAt    float64            // when that was
	heard    bool               // of Kafka: whether a message came
	strays   []stray            // messages elsewhere that are yet to be reported
	former   map[string]float64 // destinations that it had, and until when messages may arrive there
	sifted   float64            // until when filters that it had may have taken records away; 0: it had none
	resifted float64            // when the last change of filters must have taken effect
}

// settings are the settings of a mapping that delivery depends on.
type settings struct {
	enabled     bool
	batch       int
	window      float64 // milliseconds
	parallel    int
	retries     int     // -1: no limit
	least       int     // before several changes at once: the least that retries was
	age         float64 // milliseconds; -1: no limit
	bisect      bool
	report      bool // ReportBatchItemFailures
	either      bool // before several changes at once: it was on and off
	destination string
	provisioned bool // with a ProvisionedPollerConfig, which a Kafka mapping's error handling needs
	function    string
	filters     *pattern.Filters
	pattern     map[string]any // what they were compiled from, of a single one
	several     bool           // several filters
	filtered    bool
	tumbling    float64 // milliseconds; 0: none
}

func number(v any, otherwise float64) float64 {
	switch n := v.(type) {
	case float64:
		return n
	case int:
		return float64(n)
	case int64:
		return float64(n)
	case json.Number:
		if f, err := n.Float64(); err == nil {
			return f
		}
	}
	return otherwise
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

// defaults are the settings of a source kind before anything is set.
func (s *source) defaults() settings {
	d := settings{enabled: true, batch: 100, parallel: 1, retries: -1, age: -1}
	if s.queue != nil {
		d.batch = 10
	}
	return d
}

// read lays the members of a wire configuration over the settings.
func (x *settings) read(m map[string]any) {
	if v, ok := m["Enabled"].(bool); ok {
		x.enabled = v
	}
	if v, ok := m["BatchSize"]; ok {
		x.batch = int(number(v, float64(x.batch)))
	}
	if v, ok := m["MaximumBatchingWindowInSeconds"]; ok {
		x.window = 1000 * number(v, x.window/1000)
	}
	if v, ok := m["ParallelizationFactor"]; ok {
		x.parallel = max(1, int(number(v, float64(x.parallel))))
	}
	if v, ok := m["MaximumRetryAttempts"]; ok {
		x.retries = int(number(v, float64(x.retries)))
	}
	if v, ok := m["MaximumRecordAgeInSeconds"]; ok {
		if x.age = number(v, -1); x.age >= 0 {
			x.age *= 1000
		}
	}
	if v, ok := m["BisectBatchOnFunctionError"].(bool); ok {
		x.bisect = v
	}
	if v, ok := m["TumblingWindowInSeconds"]; ok {
		x.tumbling = 1000 * number(v, 0)
	}
	if v, ok := m["FunctionResponseTypes"].([]any); ok {
		x.report = false
		for _, s := range v {
			x.report = x.report || s == "ReportBatchItemFailures"
		}
	}
	if v, ok := m["ProvisionedPollerConfig"]; ok {
		x.provisioned = v != nil
	}
	if v, ok := m["DestinationConfig"].(map[string]any); ok {
		on, _ := v["OnFailure"].(map[string]any)
		x.destination = text(on["Destination"])
	}
	if v := text(m["FunctionArn"]); v != "" {
		x.function = v
	} else if v := text(m["FunctionName"]); strings.HasPrefix(v, "arn:") {
		x.function = v
	}
	if v, ok := m["FilterCriteria"].(map[string]any); ok {
		f, err := pattern.Compile(v)
		list, _ := v["Filters"].([]any)
		// A criteria that cannot be read is not judged.
		x.filters, x.filtered, x.several, x.pattern = f, err == nil && len(list) > 0, len(list) > 1, onlyPattern(list)
	}
}

// existing takes in a mapping from before the trace.
func (c *Checker) existing(e *trace.Event) {
	m := c.newMapping(e.Mapping, e.Detail.Config, e.T)
	if m == nil {
		return
	}
	switch text(e.Detail.Config["State"]) {
	case "Disabled", "Disabling":
		m.now.enabled = false
	}
	m.before = m.now
	if q := m.src.queue; q != nil {
		c.occupy(q, e.T, e.T)
		q.since = q.idle
	}
}

func (c *Checker) newMapping(uuid string, config map[string]any, t float64) *mapping {
	arn := text(config["EventSourceArn"])
	s := c.source(arn)
	if s == nil || uuid == "" {
		return nil // of a source that nobody watches
	}
	m := &mapping{uuid: uuid, src: s, now: s.defaults(), created: t, stopped: math.NaN(), lanes: map[*shardLog]*lane{}, line: c.line}
	m.now.read(config)
	m.before = m.now
	m.start = text(config["StartingPosition"])
	m.at = 1000 * number(config["StartingPositionTimestamp"], 0)
	for _, sh := range s.order {
		m.late = m.late || sh.base > 0
	}
	c.mappings[uuid] = m
	c.order = append(c.order, m)
	s.readers = append(s.readers, m)
	return m
}

// call takes in a control-plane call that succeeded.
func (c *Checker) call(e *trace.Event) {
	d := e.Detail
	if d.Status < 200 || d.Status > 299 {
		return
	}
	uuid := text(d.Response["UUID"])
	if uuid == "" {
		uuid = text(d.Request["UUID"])
	}
	m := c.mappings[uuid]
	switch d.Operation {
	case trace.Create:
		if m != nil {
			return
		}
		config := map[string]any{}
		for k, v := range d.Response {
			config[k] = v
		}
		for k, v := range d.Request {
			config[k] = v
		}
		if m = c.newMapping(uuid, config, e.T); m != nil {
			m.change, m.made = span{e.T, e.End + c.settle}, true
			c.interrupt(m)
		}
	case trace.Update:
		if m != nil {
			c.change(m, e, func(x *settings) {
				x.read(d.Request)
				if fn := text(d.Response["FunctionArn"]); fn != "" && d.Request["FunctionName"] != nil {
					x.function = fn
				}
			})
		}
	case trace.Delete:
		if m != nil {
			c.change(m, e, func(x *settings) { x.enabled = false })
			m.deleted = true
		}
	}
}

// change notes that settings change some time from now on. While a change is
// under way both settings are in force, and for as long counters and split
// batches may be forgotten.
func (c *Checker) change(m *mapping, e *trace.Event, apply func(*settings)) {
	// What had ended before ended under the settings of the time; what ends in this very
	// instant, under either.
	for _, l := range m.lanes {
		c.settleEnded(l, math.Nextafter(e.T, math.Inf(-1)))
	}
	m.bisected = m.bisected || m.now.bisect
	m.now.least = m.now.retries
	if e.T > m.change.to {
		m.before = m.now
	} else {
		// Two changes at once: what is allowed is what either allows.
		m.before = widest(m.before, m.now)
	}
	c.reportStrays(m, e.T)
	was, old := m.now.enabled, m.now
	apply(&m.now)
	m.strays = slices.DeleteFunc(m.strays, func(s stray) bool { return s.dest == m.now.destination })
	if old.age >= 0 && old.age != m.now.age {
		// What was too old by the old limit may have been given up by it.
		for _, sh := range m.src.order {
			m.lane(sh).outdated(old.age-c.skew, max(e.End, e.T)+c.settle)
		}
	}
	m.change = span{e.T, max(e.End, e.T) + c.settle}
	m.changes++
	if old.filters != m.now.filters {
		m.resift(&old)
	}
	if old.destination != "" && old.destination != m.now.destination {
		if m.former == nil {
			m.former = map[string]float64{}
		}
		m.former[old.destination] = m.change.to + idle // what was given up before may take its time
	}
	if len(m.times) == maxTimes {
		m.times = append(m.times[:0], m.times[1:]...)
	}
	m.times = append(m.times, e.T)
	if was && !m.now.enabled {
		m.stopped = e.T
	}
	for _, l := range m.lanes {
		l.tumble = nil
		l.rekey()
	}
	c.interrupt(m)
}

// interrupt notes that a queue is left alone while a change takes effect.
func (c *Checker) interrupt(m *mapping) {
	if q := m.src.queue; q != nil {
		c.occupy(q, m.change.from, m.change.to)
		q.since = q.idle
	}
}

// widest is a setting that allows what either of two allows.
func widest(a, b settings) settings {
	a.enabled = a.enabled || b.enabled
	a.batch = max(a.batch, b.batch)
	a.parallel = max(a.parallel, b.parallel)
	a.bisect = a.bisect || b.bisect
	if a.retries < 0 || b.retries < 0 {
		a.retries = -1
	} else {
		a.retries = max(a.retries, b.retries)
	}
	if a.least < 0 || b.least >= 0 && b.least < a.least {
		a.least = b.least
	}
	a.either = a.either || a.report != b.report
	a.report = a.report || b.report
	a.filtered = a.filtered || b.filtered
	a.tumbling = max(a.tumbling, b.tumbling)
	if a.age < 0 || b.age >= 0 && b.age < a.age {
		a.age = b.age
	}
	if a.function != b.function {
		a.function = "" // any
	}
	return a
}

// maxTimes is how many changes are remembered by their times.
const maxTimes = 64

// changing reports whether a change may be taking effect at t. A mapping that is
// new has nothing to change from.
func (m *mapping) changing(t float64) bool { return m.changes > 0 && t <= m.change.to }

// reports says whether reports of failed items count at t, and whether that is sure.
func (m *mapping) reports(t float64) (on, sure bool) {
	if !m.changing(t) {
		return m.now.report, true
	}
	return m.now.report || m.before.report, m.now.report == m.before.report && !m.before.either
}

// formerly reports whether filters that the mapping had before may have taken away
// a record that came at t.
func (m *mapping) formerly(t float64) bool { return m.sifted > 0 && t <= m.sifted }

// lane returns the mapping's place in a shard.
func (m *mapping) lane(sh *shardLog) *lane {
	if m.last != nil && m.last.sh == sh {
		return m.last
	}
	for _, l := range sh.lanes {
		if l.m == m {
			m.last = l
			return l
		}
	}
	l := newLane(m, sh)
	m.lanes[sh] = l
	sh.lanes = append(sh.lanes, l)
	m.last = l
	return l
}

func (c *Checker) mapping(uuid string) *mapping {
	if c.lastMap == nil || c.lastMap.uuid != uuid {
		c.lastMap = c.mappings[uuid]
	}
	return c.lastMap
}
