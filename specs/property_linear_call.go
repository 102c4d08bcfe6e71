package specs

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/anishathalye/porcupine"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets"
)

// One call of one client, and what it leaves in the history of its slot.

// slotCall is a call on a slot.
type slotCall struct {
	do      trace.CallAction // settle: the mapping is made and at rest; gone: a last look
	uuid    string
	batch   int
	enabled any // a bool, when given
}

// slotAnswer is what an answer shows of the mapping.
type slotAnswer struct {
	status            int
	code, uuid, state string
	batch             int
}

func answerOf(status int, o map[string]any) slotAnswer {
	a := slotAnswer{status: status}
	a.uuid, _ = o["UUID"].(string)
	a.state, _ = o["State"].(string)
	n, _ := o["BatchSize"].(float64)
	a.batch = int(n)
	return a
}

// do makes a call. It runs on the goroutine of a client.
func (r *race) do(who int, c *trace.CallStep) {
	if c.Do == trace.CallPause {
		r.failed(r.Runner.Target.Sleep(r.Context, time.Duration(c.MS*float64(time.Millisecond))))
		return
	}
	x := r.slots[c.Mapping]
	if x == nil {
		return // nobody made it
	}
	in := slotCall{do: c.Do, uuid: x.uuid.Load().(string), enabled: c.Body["Enabled"]}
	request := targets.Request{Operation: trace.Get, UUID: in.uuid, Body: c.Body}
	switch c.Do {
	case trace.CallCreate:
		in.uuid, request.Body = "", x.body
		request.Operation, request.UUID = trace.Create, ""
	case trace.CallUpdate:
		request.Operation = trace.Update
		fmt.Sscan(fmt.Sprint(c.Body["BatchSize"]), &in.batch)
	case trace.CallDelete:
		request.Operation = trace.Delete
	}
	from := time.Since(r.start)
	answer, err := r.Runner.Target.Call(r.Context, request)
	to := time.Since(r.start)
	if err != nil {
		r.failed(err)
		return
	}
	out := answerOf(answer.Status, object(answer.Response))
	out.code = control.Parse(answer).Code
	r.mu.Lock()
	defer r.mu.Unlock()
	if c.Do == trace.CallCreate && out.uuid != "" {
		x.uuid.Store(out.uuid)
		r.Runner.pool.bury([]leftover{{uuid: out.uuid, source: x.source}})
	}
	r.ops[c.Mapping] = append(r.ops[c.Mapping], porcupine.Operation{ClientId: who, Input: in, Output: out, Call: int64(from), Return: int64(to)})
}

func (r *race) failed(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err == nil {
		r.err = err
	}
}

// histories are the calls by slots, since what happens in one says nothing of another.
func (r *race) histories() (list [][]porcupine.Operation) {
	for _, name := range slices.Sorted(maps.Keys(r.ops)) {
		list = append(list, r.ops[name])
	}
	return list
}

// historyText is a history for a reader: who called what from when to when, and was
// answered what.
func historyText(history []porcupine.Operation) string {
	history = slices.Clone(history)
	slices.SortStableFunc(history, func(a, b porcupine.Operation) int { return cmp.Compare(a.Call, b.Call) })
	var b strings.Builder
	for _, o := range history {
		in, out := o.Input.(slotCall), o.Output.(slotAnswer)
		fmt.Fprintf(&b, "\n            client %d, %d to %d: %s %.8s", o.ClientId, o.Call, o.Return, in.do, in.uuid)
		if in.do == trace.CallUpdate {
			fmt.Fprintf(&b, " BatchSize %d", in.batch)
		}
		if in.enabled != nil {
			fmt.Fprintf(&b, " Enabled %v", in.enabled)
		}
		fmt.Fprintf(&b, " -> %d %s%s %.8s BatchSize %d", out.status, out.code, out.state, out.uuid, out.batch)
	}
	return b.String()
}
