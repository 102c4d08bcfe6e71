package delivery

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

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
