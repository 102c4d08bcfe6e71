package delivery

import (
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/trace"
)

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

// start is where the mapping of an event starts to read.
func (x *corruptTrace) start(uuid string) string {
	for i := range x.events {
		if e := &x.events[i]; e.Kind == trace.Call && e.Operation == trace.Create && e.Response["UUID"] == uuid {
			return text(e.Request["StartingPosition"])
		}
	}
	return ""
}

// followsParent reports whether something of a parent of an invocation's shard
// was delivered: then the shard is read from its first record.
func (x *corruptTrace) followsParent(e *trace.Event) bool {
	for _, sh := range x.source.Shards {
		if sh.ID != e.Shard {
			continue
		}
		return slices.ContainsFunc(x.events, func(n trace.Event) bool {
			return n.Kind == trace.Invoke && n.Mapping == e.Mapping && slices.Contains(sh.Parents, n.Shard)
		})
	}
	return false
}
