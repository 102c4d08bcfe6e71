package delivery

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/esmconform/esmconform/generators"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// corruption is a good trace with one event changed.
type corruption struct {
	kind   string
	member string // of a message: which member was changed
	gone   bool   // and it was taken away
	at     int    // in good: the event that was changed
	good   *corruptTrace
	bad    []trace.Event
}

// corruptTrace is a good trace and what a legal reason wants to know of it.
type corruptTrace struct {
	name   string
	events []trace.Event
	place  map[string]int // of a put, by shard and sequence number
	source *trace.Detail
	arn    string
}

func newCorruptTrace(name string, events []trace.Event) *corruptTrace {
	x := &corruptTrace{name: name, events: events, place: map[string]int{}}
	for i := range events {
		events[i].Line = i + 1
		switch e := &events[i]; e.Kind {
		case trace.Put:
			x.place[corruptName(e.Shard, e.Seq)] = i
		case trace.SourceEvent:
			x.source, x.arn = e.Detail, e.Source
		}
	}
	return x
}

// corruptName is a record's name in a batch or a put, whichever the source.
func corruptName(shard, seq string) string { return shard + "/" + seq }

// put is where a record of an invocation was put, or -1.
func (x *corruptTrace) put(e *trace.Event, record string) int {
	shard := e.Shard
	if x.source.SourceKind == "msk" {
		shard, record = splitOffset(record)
	}
	if strings.HasPrefix(x.source.SourceKind, "sqs") {
		shard = ""
	}
	if i, ok := x.place[corruptName(shard, record)]; ok {
		return i
	}
	return -1
}

// judgeEvents is what the checker says of events in memory; an input error
// counts as one thing said.
func judgeEvents(events []trace.Event) (hard, soft int, first string) {
	c := NewChecker(func(v Violation) {
		if v.Level == rule.Recorded {
			soft++
		} else {
			hard++
		}
		if first == "" {
			first = v.String()
		}
	})
	for i := range events {
		e := events[i]
		e.Line = i + 1
		if err := c.Event(&e); err != nil {
			return hard + 1, soft, err.Error()
		}
	}
	return hard, soft, first
}

// corruptInvocation makes every change to an invocation that keeps the order of
// times.
func (x *corruptTrace) corruptInvocation(i int, each func(corruption)) {
	e := &x.events[i]
	change := func(kind string, f func(*trace.Event)) {
		bad := slices.Clone(x.events)
		bad[i].Records, bad[i].Attempts = slices.Clone(e.Records), slices.Clone(e.Attempts)
		f(&bad[i])
		each(corruption{kind: kind, at: i, good: x, bad: bad})
	}
	each(corruption{kind: dropInvocation, at: i, good: x, bad: slices.Delete(slices.Clone(x.events), i, i+1)})

	again := *e
	again.ID += "-again"
	again.T, again.End = e.End, e.End+e.End-e.T
	if e.End != trace.NotEnded {
		at := i + 1
		for at < len(x.events)-1 && x.events[at].T < again.T {
			at++
		}
		each(corruption{kind: repeatInvocation, at: i, good: x, bad: slices.Insert(slices.Clone(x.events), at, again)})
	}
	change(changeOutcome, func(b *trace.Event) {
		if x.failed(e) {
			b.Outcome = trace.OK
		} else {
			b.Outcome = trace.Error
		}
		b.Report, b.HasReport = nil, false
	})
	for j := i + 1; j < len(x.events); j++ {
		n := &x.events[j]
		if n.Kind != trace.Invoke || n.Mapping != e.Mapping || n.Shard != e.Shard {
			continue
		}
		bad := slices.Clone(x.events)
		a, b := &bad[i], &bad[j]
		a.Records, b.Records = b.Records, a.Records
		a.Attempts, b.Attempts = b.Attempts, a.Attempts
		a.Outcome, b.Outcome = b.Outcome, a.Outcome
		a.Report, b.Report = b.Report, a.Report
		a.HasReport, b.HasReport = b.HasReport, a.HasReport
		if !slices.Equal(a.Records, b.Records) || a.Outcome != b.Outcome {
			each(corruption{kind: swapNeighbours, at: i, good: x, bad: bad})
		}
		break
	}
	if next := x.next(e); next != "" {
		change(shiftBatch, func(b *trace.Event) {
			b.Records = append(b.Records[1:], next)
		})
	}
	if len(e.Records) > 1 {
		for n := range e.Records {
			change(leaveOutRecord, func(b *trace.Event) {
				b.Records = slices.Delete(b.Records, n, n+1)
				if len(b.Attempts) > 0 {
					b.Attempts = slices.Delete(b.Attempts, n, n+1)
				}
			})
		}
	}
}

// next is the record that was put after the last of a batch, of the same shard.
func (x *corruptTrace) next(e *trace.Event) string {
	last := x.put(e, e.Records[len(e.Records)-1])
	if last < 0 {
		return ""
	}
	for j := last + 1; j < len(x.events) && x.events[j].T <= e.T; j++ {
		if p := &x.events[j]; p.Kind == trace.Put && p.Shard == x.events[last].Shard && p.Source == x.events[last].Source {
			if x.source.SourceKind == "msk" {
				return strings.TrimSuffix(e.Records[len(e.Records)-1], ":"+x.events[last].Seq) + ":" + p.Seq
			}
			return p.Seq
		}
	}
	return ""
}

// corruptMessage drops, repeats and changes a message at a destination.
func (x *corruptTrace) corruptMessage(i int, each func(corruption)) {
	e := &x.events[i]
	each(corruption{kind: dropMessage, at: i, good: x, bad: slices.Delete(slices.Clone(x.events), i, i+1)})
	again := *e
	again.ID += "-again"
	each(corruption{kind: repeatMessage, at: i, good: x, bad: slices.Insert(slices.Clone(x.events), i+1, again)})
	type change func(member string, gone bool, f func(map[string]any), at ...string)
	var walk func(path string, m map[string]any, do change, at ...string)
	walk = func(path string, m map[string]any, do change, at ...string) {
		for _, name := range slices.Sorted(maps.Keys(m)) {
			if inner, ok := m[name].(map[string]any); ok {
				walk(path+name+".", inner, do, append(slices.Clone(at), name)...)
			}
			do(path+name, true, func(m map[string]any) { delete(m, name) }, at...)
			do(path+name, false, func(m map[string]any) { m[name] = corruptValue(m[name]) }, at...)
		}
	}
	walk("", e.Body, func(member string, gone bool, f func(map[string]any), at ...string) {
		bad := slices.Clone(x.events)
		b, _ := json.Marshal(e.Body)
		body := map[string]any{}
		_ = json.Unmarshal(b, &body)
		bad[i].Body = body
		for _, name := range at {
			body = body[name].(map[string]any)
		}
		f(body)
		each(corruption{kind: changeMessage, member: member, gone: gone, at: i, good: x, bad: bad})
	})
}

// corruptValue is another value of the same JSON type.
func corruptValue(v any) any {
	switch y := v.(type) {
	case float64:
		return y + 1
	case string:
		return y + "0"
	case nil:
		return "other"
	case map[string]any:
		return "text"
	}
	return nil
}

func (x *corruptTrace) corruptions(each func(corruption)) {
	for i := range x.events {
		switch e := &x.events[i]; e.Kind {
		case trace.Invoke:
			if len(e.Records) > 0 {
				x.corruptInvocation(i, each)
			}
		case trace.Destination:
			x.corruptMessage(i, each)
		case trace.Put:
			each(corruption{kind: dropPut, at: i, good: x, bad: slices.Delete(slices.Clone(x.events), i, i+1)})
		}
	}
}

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

// legalReason is why a corrupted trace may be a good one.
type legalReason struct {
	says string
	of   []string // the kinds of corruption
	is   func(c *corruption) bool
}

// corrupted is the event that was corrupted.
func (c *corruption) corrupted() *trace.Event { return &c.good.events[c.at] }

// settings are those of a mapping as of a time, without regard to how long a
// change takes.
func (x *corruptTrace) settings(uuid string, t float64) (s settings) {
	s = settings{enabled: true, batch: 100, parallel: 1, retries: -1, age: -1}
	for i := range x.events {
		e := &x.events[i]
		if e.Kind != trace.Call || e.T > t || e.Response["UUID"] != uuid {
			continue
		}
		if e.Operation == trace.Delete {
			s.enabled = false
		}
		s.read(e.Request)
	}
	return s
}

// failed reports whether an invocation settled less than its batch.
func (x *corruptTrace) failed(e *trace.Event) bool {
	if e.Outcome != trace.OK || e.End == trace.NotEnded {
		return true
	}
	if !e.HasReport || !x.settings(e.Mapping, e.T).report {
		return false
	}
	_, verdict := failures(e.Report)
	return verdict != reportEmpty
}

// with lists the invocations that share a record with the one at i, itself
// among them.
func (x *corruptTrace) with(i int) (list []int) {
	e := &x.events[i]
	for j := range x.events {
		if n := &x.events[j]; n.Kind == trace.Invoke && n.Mapping == e.Mapping && n.Shard == e.Shard && x.shareRecord(e, n) {
			list = append(list, j)
		}
	}
	return list
}

func (x *corruptTrace) shareRecord(a, b *trace.Event) bool {
	return slices.ContainsFunc(a.Records, func(r string) bool { return slices.Contains(b.Records, r) })
}

// run lists the invocations of just the batch at i, and says whether anything
// came of its records after them.
func (x *corruptTrace) run(i int) (run []int, after bool) {
	for _, j := range x.with(i) {
		if slices.Equal(x.events[j].Records, x.events[i].Records) {
			run = append(run, j)
			after = false
		} else {
			after = true
		}
	}
	return run, after
}

// spent reports whether a batch was given up for its retries.
func (x *corruptTrace) spent(i int) bool {
	e := &x.events[i]
	run, after := x.run(i)
	last := &x.events[run[len(run)-1]]
	if after || !x.failed(last) {
		return false
	}
	n := x.settings(e.Mapping, last.T).retries
	return n >= 0 && len(run) >= max(n, 1) && x.message(e, trace.RecordAgeExceeded) < 0
}

// message is the place of a message about the first record of a batch, or -1.
func (x *corruptTrace) message(e *trace.Event, condition string) int {
	for i := range x.events {
		d := &x.events[i]
		if d.Kind != trace.Destination || d.Mapping != e.Mapping {
			continue
		}
		q, _ := d.Body["requestContext"].(map[string]any)
		for _, info := range []string{"KinesisBatchInfo", "DDBStreamBatchInfo"} {
			b, ok := d.Body[info].(map[string]any)
			if ok && q["condition"] == condition && b["shardId"] == e.Shard && compareSeq(text(b["startSequenceNumber"]), e.Records[0]) <= 0 &&
				compareSeq(text(b["endSequenceNumber"]), e.Records[0]) >= 0 {
				return i
			}
		}
	}
	return -1
}

// keys are the keys of a batch.
func (x *corruptTrace) keys(e *trace.Event) map[string]bool {
	keys := map[string]bool{}
	for _, r := range e.Records {
		if i := x.put(e, r); i >= 0 {
			keys[x.events[i].Key] = true
		}
	}
	return keys
}

func (x *corruptTrace) disjoint(a, b *trace.Event) bool {
	other := x.keys(b)
	for k := range x.keys(a) {
		if other[k] {
			return false
		}
	}
	return true
}

// end is when the observation ended.
func (x *corruptTrace) end() float64 { return x.events[len(x.events)-1].T }

// nextOf is the next invocation of the shard after i, or nil.
func (x *corruptTrace) nextOf(i int) *trace.Event {
	e := &x.events[i]
	for j := i + 1; j < len(x.events); j++ {
		if n := &x.events[j]; n.Kind == trace.Invoke && n.Mapping == e.Mapping && n.Shard == e.Shard {
			return n
		}
	}
	return nil
}

// nextWithKey is nextOf, or with parallelization the next one that shares a key.
func (x *corruptTrace) nextWithKey(i, parallel int) *trace.Event {
	e := &x.events[i]
	for j := i + 1; j < len(x.events); j++ {
		n := &x.events[j]
		if n.Kind == trace.Invoke && n.Mapping == e.Mapping && n.Shard == e.Shard && (parallel <= 1 || !x.disjoint(e, n)) {
			return n
		}
	}
	return nil
}

func (x *corruptTrace) queue() bool { return strings.HasPrefix(x.source.SourceKind, "sqs") }

// later lists the later invocations that share a record with the one at i.
func (x *corruptTrace) later(i int) (list []int) {
	for _, j := range x.with(i) {
		if j > i {
			list = append(list, j)
		}
	}
	return list
}

// stuck reports whether an invocation failed without any progress.
func (x *corruptTrace) stuck(e *trace.Event) bool {
	if !x.failed(e) || e.Outcome != trace.OK || e.End == trace.NotEnded {
		return x.failed(e)
	}
	ids, verdict := failures(e.Report)
	return verdict == reportBad || slices.Contains(ids, e.Records[0]) || !slices.ContainsFunc(e.Records, func(r string) bool { return slices.Contains(ids, r) })
}

// progressed reports whether the batch at i is what a partial report left.
func (x *corruptTrace) progressed(i int) bool {
	for _, j := range x.with(i) {
		if e := &x.events[j]; j < i && x.failed(e) && !x.stuck(e) {
			return true
		}
	}
	return false
}

// splitFrom reports whether the batch at i is a part of one that failed.
func (x *corruptTrace) splitFrom(i int) bool {
	return slices.ContainsFunc(x.with(i), func(j int) bool {
		return j < i && x.failed(&x.events[j]) && len(x.events[j].Records) > len(x.events[i].Records)
	})
}

// changing reports whether a change of the mapping may be taking effect at t.
func (x *corruptTrace) changing(uuid string, t float64) bool {
	return slices.ContainsFunc(x.events, func(e trace.Event) bool {
		return e.Kind == trace.Call && e.Operation != trace.Create && e.Response["UUID"] == uuid && e.T <= t && t <= e.End+trace.DefaultSettleMS
	})
}

// told is the settings of the mapping of the event that was corrupted.
func (c *corruption) told() settings { return c.good.settings(c.corrupted().Mapping, c.corrupted().T) }

// last reports whether nothing came after an invocation of what it held.
func (c *corruption) last() bool { return len(c.good.later(c.at)) == 0 }

// condition is that of the message that was corrupted.
func (c *corruption) condition() string {
	q, _ := c.corrupted().Body["requestContext"].(map[string]any)
	return text(q["condition"])
}

// reported is the invocations of a batch that the corrupted message reports.
func (c *corruption) reported() []int {
	d := c.corrupted()
	for i := c.at - 1; i >= 0; i-- {
		if e := &c.good.events[i]; e.Kind == trace.Invoke && e.Mapping == d.Mapping && c.good.message(e, c.condition()) == c.at {
			run, _ := c.good.run(i)
			return run
		}
	}
	return nil
}

// retention is how long the source keeps a record.
func (x *corruptTrace) retention() float64 {
	switch {
	case x.queue():
		return 0
	case x.source.RetentionMS > 0:
		return x.source.RetentionMS
	}
	return defaultRetention
}

// arrived is when the first record of a batch arrived.
func (x *corruptTrace) arrived(e *trace.Event) float64 {
	if i := x.put(e, e.Records[0]); i >= 0 {
		return x.events[i].Arrival
	}
	return e.T
}

// after reports whether the shard that a message is about had an invocation
// after it.
func (c *corruption) after() bool {
	d := c.corrupted()
	for i := c.at + 1; i < len(c.good.events); i++ {
		e := &c.good.events[i]
		for _, info := range []string{"KinesisBatchInfo", "DDBStreamBatchInfo"} {
			if b, ok := d.Body[info].(map[string]any); ok && e.Kind == trace.Invoke && e.Mapping == d.Mapping && b["shardId"] == e.Shard {
				return true
			}
		}
	}
	return false
}

// busy reports whether the mapping was invoked shortly before the end.
func (c *corruption) busy() bool {
	return slices.ContainsFunc(c.good.events, func(e trace.Event) bool {
		return e.Kind == trace.Invoke && e.Mapping == c.corrupted().Mapping && c.good.end()-e.End < 2*idle
	})
}

// final is the last invocation of what the corrupted one held.
func (c *corruption) final() int {
	with := c.good.with(c.at)
	return with[len(with)-1]
}

// stuckPartition reports whether a batch of the mapping had failed, for the
// last time it was seen, when the observation ended.
func (x *corruptTrace) stuckPartition(e *trace.Event) bool {
	for i := range x.events {
		n := &x.events[i]
		if n.Kind == trace.Invoke && n.Mapping == e.Mapping && x.failed(n) {
			with := x.with(i)
			if with[len(with)-1] == i {
				return true
			}
		}
	}
	return false
}

// merged reports whether the corrupted message is about more than one record.
func (c *corruption) merged() bool {
	for _, info := range []string{"KinesisBatchInfo", "DDBStreamBatchInfo"} {
		if b, ok := c.corrupted().Body[info].(map[string]any); ok {
			return b["startSequenceNumber"] != b["endSequenceNumber"]
		}
	}
	return false
}

// throttled is when the last span in which the function could not be invoked
// ended; 0 if there was none.
func (c *corruption) throttled() float64 {
	last := 0.0
	for i := range c.good.events {
		if e := &c.good.events[i]; e.Kind == trace.Throttle {
			last = max(last, e.End)
		}
	}
	return last
}

// start is where the mapping of an event starts to read.
func (x *corruptTrace) start(uuid string) string {
	for i := range x.events {
		if e := &x.events[i]; e.Kind == trace.Call && e.Operation == trace.Create && e.Response["UUID"] == uuid {
			return text(e.Request["StartingPosition"])
		}
	}
	return ""
}

// beforeFirst reports whether a record that the corruption takes away arrived
// before the first delivery of its shard, by a mapping with LATEST.
func (c *corruption) beforeFirst() bool {
	x, e := c.good, c.corrupted()
	if x.start(e.Mapping) != "LATEST" {
		return false
	}
	for i := range x.events {
		if f := &x.events[i]; f.Kind == trace.Invoke && f.Mapping == e.Mapping && f.Shard == e.Shard {
			return x.events[x.put(e, e.Records[0])].Arrival <= f.T+2*trace.DefaultSkewMS
		}
	}
	return false
}

// latestStart reports whether a mapping with LATEST first delivered from the
// shard what the corruption takes away.
func (x *corruptTrace) latestStart(c *corruption) bool {
	e := c.corrupted()
	for i := range x.events {
		n := &x.events[i]
		if n.Kind != trace.Call || n.Operation != trace.Create || n.Request["StartingPosition"] != "LATEST" {
			continue
		}
		uuid := text(n.Response["UUID"])
		for j := range x.events {
			f := &x.events[j]
			if f.Kind != trace.Invoke || f.Mapping != uuid || f.Shard != e.Shard && x.source.SourceKind != "msk" {
				continue
			}
			if e.Kind == trace.Put {
				return x.put(f, f.Records[0]) > c.at
			}
			return e.Mapping == uuid && j == c.at && (c.kind == dropInvocation || c.bad[c.at].Records[0] != e.Records[0])
		}
	}
	return false
}

const (
	dropInvocation   = "drop an invocation"
	repeatInvocation = "repeat an invocation"
	changeOutcome    = "change the outcome"
	swapNeighbours   = "swap neighbours"
	shiftBatch       = "shift a batch"
	leaveOutRecord   = "leave out a record"
	dropMessage      = "drop a message"
	repeatMessage    = "repeat a message"
	changeMessage    = "change a message"
	dropPut          = "drop a put"
)

// legal are the reasons. Each is as narrow as it can be put in a line or two.
var legal = []legalReason{
	{"one attempt fewer, of a batch that was not given up for its retries", []string{dropInvocation}, func(c *corruption) bool {
		run, _ := c.good.run(c.at)
		return !c.good.queue() && c.good.stuck(c.corrupted()) && len(run) > 1 && !c.good.spent(c.at)
	}},
	{"after a partial report the counter may run on: one attempt fewer", []string{dropInvocation}, func(c *corruption) bool {
		run, _ := c.good.run(c.at)
		return c.good.stuck(c.corrupted()) && c.good.progressed(run[0]) && len(run)-1 == max(1, c.told().retries)
	}},
	{"a part of a split batch may count its first run as a retry: one attempt fewer", []string{dropInvocation, shiftBatch}, func(c *corruption) bool {
		run, _ := c.good.run(c.at)
		return c.told().bisect && c.good.stuck(c.corrupted()) && c.good.splitFrom(run[0]) && len(run) > 1 && len(run)-1 >= c.told().retries
	}},
	{"an error and a time-out are failures alike", []string{swapNeighbours}, func(c *corruption) bool {
		e, n := c.corrupted(), c.good.nextOf(c.at)
		return slices.Equal(e.Records, n.Records) && c.good.failed(e) && c.good.failed(n)
	}},
	{"one attempt more, of a batch that had some left", []string{repeatInvocation}, func(c *corruption) bool {
		run, _ := c.good.run(c.at)
		n := c.told().retries
		return !c.good.queue() && c.good.stuck(c.corrupted()) && (n < 0 || len(run) <= n)
	}},
	{"the first cut may have been as small as the part that followed", []string{dropInvocation}, func(c *corruption) bool {
		e, n := c.corrupted(), c.good.nextOf(c.at)
		return c.good.failed(e) && c.told().bisect && c.good.with(c.at)[0] == c.at && n != nil &&
			len(n.Records) < len(e.Records) && slices.Equal(n.Records, e.Records[:len(n.Records)])
	}},
	{"after a partial report a new batch may be cut", []string{leaveOutRecord}, func(c *corruption) bool {
		e, b := c.corrupted(), &c.bad[c.at]
		return !c.good.queue() && c.good.failed(e) && !c.good.stuck(e) && len(b.Records) > 0 && slices.Equal(b.Records, e.Records[:len(b.Records)]) &&
			len(c.good.later(c.at)) > 0
	}},
	{"without a destination nothing tells a batch given up after its last attempt from one processed", []string{changeOutcome}, func(c *corruption) bool {
		x := c.told()
		run, _ := c.good.run(c.at)
		return !c.good.queue() && x.destination == "" && x.retries >= 0 && c.last() && len(run) >= max(1, x.retries)
	}},
	{"while a change takes effect the last batch may come again", []string{repeatInvocation}, func(c *corruption) bool {
		e, n := c.corrupted(), c.good.nextOf(c.at)
		return c.good.changing(e.Mapping, e.T) && (n == nil || n.T >= e.End)
	}},
	{"batches without a key in common may come in any order", []string{swapNeighbours}, func(c *corruption) bool {
		return c.told().parallel > 1 && c.good.disjoint(c.corrupted(), c.good.nextOf(c.at))
	}},
	{"messages of a standard queue, and of other groups, may come in any order", []string{swapNeighbours}, func(c *corruption) bool {
		e, n := c.corrupted(), c.good.nextOf(c.at)
		return c.good.queue() && !c.good.shareRecord(e, n) && (c.good.source.SourceKind == "sqs" || c.good.disjoint(e, n))
	}},
	{"a receive that nobody saw counts as well", []string{dropInvocation, leaveOutRecord}, func(c *corruption) bool {
		return c.good.queue() && c.good.failed(c.corrupted()) && len(c.good.later(c.at)) > 0
	}},
	{"with LATEST the first record is free", []string{dropInvocation, leaveOutRecord, dropPut}, func(c *corruption) bool {
		return c.good.latestStart(c)
	}},
	{"it may have left the source before the next batch, or the end", []string{dropInvocation, changeOutcome, leaveOutRecord}, func(c *corruption) bool {
		until := c.good.end()
		if n := c.good.nextOf(c.final()); n != nil {
			until = n.T
		}
		return c.good.retention() > 0 && until-c.good.arrived(c.corrupted()) >= c.good.retention()-trace.DefaultSkewMS
	}},
	{"under bisect a report without progress may be answered by the whole batch again, uncounted", []string{repeatInvocation}, func(c *corruption) bool {
		e := c.corrupted()
		return c.told().bisect && e.Outcome == trace.OK && c.good.stuck(e) && len(e.Records) > 1
	}},
	{"a batch may be split elsewhere: of what was left out nothing was seen later", []string{leaveOutRecord}, func(c *corruption) bool {
		e, b := c.corrupted(), &c.bad[c.at]
		return c.told().bisect && c.good.failed(e) && slices.Equal(b.Records, e.Records[:len(b.Records)]) &&
			!slices.ContainsFunc(c.good.later(c.at), func(i int) bool { return slices.Contains(c.good.events[i].Records, e.Records[len(e.Records)-1]) })
	}},
	{"a message may count what was filtered out, or merged with it, between its first and last record", []string{changeMessage}, func(c *corruption) bool {
		return strings.HasSuffix(c.member, ".batchSize") && !c.gone && (c.told().filtered || c.told().bisect || c.told().parallel > 1) && c.merged()
	}},
	{"in 2020 no document says how a Kafka batch is tried again", []string{dropInvocation, leaveOutRecord, shiftBatch}, func(c *corruption) bool {
		return c.good.source.SourceKind == "msk" && c.good.events[0].Profile == rule.P2020.String() && (c.good.failed(c.corrupted()) || len(c.good.with(c.at)) > 1)
	}},
	{"without a destination it may have aged unseen before the next batch, or the end", []string{dropInvocation, changeOutcome, leaveOutRecord}, func(c *corruption) bool {
		e, x := c.corrupted(), c.told()
		until := c.good.end()
		if n := c.good.nextWithKey(c.final(), x.parallel); n != nil {
			until = n.T
		}
		return !c.good.queue() && x.destination == "" && x.age >= 0 && until-c.good.arrived(e) >= x.age-trace.DefaultSkewMS
	}},
	{"nothing came after it: the last attempt may have gone well", []string{changeOutcome}, func(c *corruption) bool {
		e := c.corrupted()
		return c.good.failed(e) && c.last() && c.good.message(e, trace.RetryAttemptsExhausted) < 0 && c.good.message(e, trace.RecordAgeExceeded) < 0 &&
			(c.good.nextOf(c.at) == nil || c.good.settings(e.Mapping, e.T).parallel > 1)
	}},
	{"another partition is stuck, and one consumer may read both", []string{dropInvocation, leaveOutRecord}, func(c *corruption) bool {
		return c.good.source.SourceKind == "msk" && c.good.stuckPartition(c.corrupted())
	}},
	{"messages about the parts of a split batch may be merged, whatever their counts", []string{changeMessage}, func(c *corruption) bool {
		return c.member == "requestContext.approximateInvokeCount" && !c.gone && c.told().bisect && c.merged()
	}},
	{"which status of the 200 range, and which kind of error, is not documented", []string{changeMessage}, func(c *corruption) bool {
		return !c.gone && (c.member == "responseContext.statusCode" || c.member == "responseContext.functionError")
	}},
	{"it was never delivered", []string{dropPut}, func(c *corruption) bool {
		return !slices.ContainsFunc(c.good.events, func(e trace.Event) bool {
			return e.Kind == trace.Invoke && slices.ContainsFunc(e.Records, func(r string) bool { return c.good.put(&e, r) == c.at })
		})
	}},
	{"a message that was visible again while it was processed may be anywhere", []string{changeOutcome}, func(c *corruption) bool {
		e := c.corrupted()
		return c.good.queue() && e.End-e.T >= c.good.source.VisibilityMS-trace.DefaultSkewMS
	}},
	{"a message may be in the dead-letter queue once its receives are used up", []string{changeOutcome}, func(c *corruption) bool {
		e := c.corrupted()
		most := c.good.source.MaxReceiveCount
		return c.good.queue() && most > 0 && c.last() && !slices.ContainsFunc(e.Attempts, func(n int) bool { return n < most })
	}},
	{"the number of attempts at a record that aged may be any", []string{changeMessage}, func(c *corruption) bool {
		return c.member == "requestContext.approximateInvokeCount" && !c.gone && c.condition() == trace.RecordAgeExceeded
	}},
	{"which request and which version a message names is not in the trace", []string{changeMessage}, func(c *corruption) bool {
		return !c.gone && (c.member == "requestContext.requestId" || c.member == "responseContext.executedVersion")
	}},
}

// missed are corruptions that no document allows and the checker does not
// report. They are to become fewer.
var missed = []legalReason{
	{"not judged yet: a message about age for records that were processed", []string{changeOutcome}, func(c *corruption) bool {
		e := c.corrupted()
		return c.good.failed(e) && c.last() && c.good.message(e, trace.RecordAgeExceeded) > c.at
	}},
	{"not judged yet: no message for the last batch of a shard", []string{dropInvocation, changeOutcome, leaveOutRecord}, func(c *corruption) bool {
		x := c.told()
		run, _ := c.good.run(c.at)
		return !c.good.failed(c.corrupted()) && x.destination != "" && c.good.nextOf(c.at) == nil && (x.age >= 0 || x.retries >= 0 && len(run) >= x.retries)
	}},
	{"not judged yet: no message for the last batch of a shard", []string{dropMessage}, func(c *corruption) bool {
		return !c.after()
	}},
	{"not judged yet: what nothing comes of, since there was a throttle long ago", []string{dropInvocation, changeOutcome, leaveOutRecord}, func(c *corruption) bool {
		at := c.throttled()
		return c.last() && at > 0 && c.good.end()-at > 600_000
	}},
	{"not judged yet: the payload in a bucket", []string{changeMessage}, func(c *corruption) bool { return c.member == "payload" && !c.gone }},
	{"not judged yet: with ParallelizationFactor above 1, no message for what was given up", []string{dropMessage}, func(c *corruption) bool {
		return c.told().parallel > 1
	}},
	{"not judged yet: with ParallelizationFactor above 1, what nothing comes of", []string{dropInvocation, changeOutcome, leaveOutRecord}, func(c *corruption) bool {
		return c.told().parallel > 1 && !c.good.failed(c.corrupted()) && c.last()
	}},
	{"not judged yet: with LATEST, a record left out that arrived before the first delivery", []string{dropInvocation, leaveOutRecord, shiftBatch}, func(c *corruption) bool {
		return c.beforeFirst()
	}},
	{"not judged yet: with ParallelizationFactor above 1, a batch given up too early", []string{dropInvocation, shiftBatch, leaveOutRecord}, func(c *corruption) bool {
		return c.told().parallel > 1 && c.good.failed(c.corrupted())
	}},
	{"not judged yet: with several partitions, the last batch of one", []string{dropInvocation, changeOutcome, leaveOutRecord}, func(c *corruption) bool {
		return c.good.source.SourceKind == "msk" && len(c.good.source.Shards) > 1 && c.last()
	}},
	{"not judged yet: a message that is never delivered while another fails again and again", []string{dropInvocation, changeOutcome, leaveOutRecord}, func(c *corruption) bool {
		return c.good.queue() && c.busy()
	}},
	{"not judged yet: the count of a batch that a partial report left", []string{changeMessage}, func(c *corruption) bool {
		run := c.reported()
		return c.member == "requestContext.approximateInvokeCount" && !c.gone && run != nil && c.good.progressed(run[0])
	}},
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

// corruptSeeds is how many generated scenarios are played besides those written
// by hand. Those that change a mapping are left to the latter: for some seconds
// after a change two sets of rules hold.
var corruptSeeds = flag.Uint64("corrupt", 150, "how many generated scenarios TestCorrupt plays")

// TestCorrupt: nothing is missed. Every change of one event of a good trace is
// reported, or leaves a trace that is good too, for a reason that is told.
func TestCorrupt(t *testing.T) {
	counts := map[string]map[string]int{}
	unexplained, traces := 0, 0
	try := func(name string, s *trace.Scenario, choices Choices) {
		all, err := PlayAll(s, choices)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		x := newCorruptTrace(name, all)
		hard, soft, first := judgeEvents(x.events)
		if hard > 0 {
			t.Errorf("%s: not good to begin with: %s", name, first)
			return
		}
		if traces++; len(all) > 250 {
			return
		}
		x.corruptions(func(c corruption) {
			if counts[c.kind] == nil {
				counts[c.kind] = map[string]int{}
			}
			why := c.explain(soft)
			if counts[c.kind][why]++; why != "" {
				return
			}
			if unexplained++; unexplained <= 20 {
				e := c.corrupted()
				t.Errorf("%s: %s %s at line %d (%v of %v, %v): neither reported nor legal", name, c.kind, c.member, c.at+1, e.Kind, e.Records, e.Outcome)
			}
		})
	}
	scenarios := corruptScenarios()
	for _, name := range slices.Sorted(maps.Keys(scenarios)) {
		try(name, scenarios[name], Default{})
		for seed := range uint64(3) {
			try(fmt.Sprintf("%s, seed %d", name, seed), scenarios[name], Seeded(seed))
		}
	}
	for seed := range *corruptSeeds {
		s := generators.Delivery(generators.Seeded(seed))
		changes := slices.ContainsFunc(s.Steps, func(x trace.Step) bool { return x.Do == trace.DoUpdate || x.Do == trace.DoDelete })
		if corruptSpread(s); !changes && len(s.Steps) < 14 {
			try(fmt.Sprintf("generated scenario %d", seed), s, Seeded(seed))
		}
	}
	t.Logf("%d traces", traces)
	corruptReport(t, counts)
}

// explain is "reported", or the reason why it need not or cannot be; "" if
// there is none. soft is how many deviations from what AWS was recorded doing the
// good trace has.
func (c *corruption) explain(soft int) string {
	if h, s, _ := judgeEvents(c.bad); h > 0 || s > soft {
		return "reported"
	}
	for _, table := range [][]legalReason{legal, missed} {
		for i := range table {
			if slices.Contains(table[i].of, c.kind) && table[i].is(c) {
				return table[i].says
			}
		}
	}
	return ""
}

// corruptReport prints what became of each kind of corruption, and requires
// that most were reported and, with -corrupt 1000, that no reason is idle.
func corruptReport(t *testing.T, counts map[string]map[string]int) {
	used := map[string]bool{}
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		total, bad := 0, 0
		for why, n := range counts[kind] {
			total += n
			if !slices.ContainsFunc(legal, func(x legalReason) bool { return x.says == why }) {
				bad += n
			}
		}
		share := 100 * counts[kind]["reported"] / max(1, bad)
		t.Logf("%-20s %6d, of which %6d are not legal, of which %d%% are reported", kind, total, bad, share)
		for _, why := range slices.Sorted(maps.Keys(counts[kind])) {
			used[why] = true
			if why != "reported" {
				t.Logf("    %6d  %s", counts[kind][why], why)
			}
		}
		if share < 60 || bad < total/2 {
			t.Errorf("%s: of %d only %d are not legal, and of these only %d%% are reported", kind, total, bad, share)
		}
	}
	if *corruptSeeds < 1000 {
		return // too few to need every reason
	}
	for _, x := range legal {
		if !used[x.says] {
			t.Errorf("no corruption is legal because: %s", x.says)
		}
	}
	for _, x := range missed {
		if !used[x.says] {
			t.Errorf("nothing is missed any more of: %s; delete it from the table", strings.TrimPrefix(x.says, "not judged yet: "))
		}
	}
}
