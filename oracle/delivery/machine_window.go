package delivery

import (
	"encoding/json"
	"math"
	"time"

	"github.com/esmconform/esmconform/oracle/trace"
)

// machineStateBound is how many bytes of JSON the state of a tumbling window
// may have: above both readings of 1 MB.
const machineStateBound = 1 << 20

// machineWindow is the tumbling window that a lane is in. A record belongs to
// the window that it arrived in.
type machineWindow struct {
	length  float64 // ms; 0: no window has begun
	start   float64
	grace   float64 // how long after its end the last records are waited for
	open    bool    // the function has taken some of it, so a final invocation is due
	large   bool    // the state outgrew its bound, which ends the window early
	state   any     // what the function returned last
	records int     // that it has taken
	spoiled []*machineRecord
	tries   int // final invocations that failed
}

// windowOf is where the tumbling window of a record starts.
func (l *machineLane) windowOf(ref machineRef) float64 {
	w := l.r.mp.cfg.tumbling
	return math.Floor(l.r.record(ref).arrival/w) * w
}

// enter makes the window of a batch the present one.
func (l *machineLane) enter(first machineRef) {
	start, length := l.windowOf(first), l.r.mp.cfg.tumbling
	if w := &l.window; w.length != length || w.start != start {
		m := l.r.mp.m
		*w = machineWindow{length: length, start: start, state: map[string]any{}, grace: [...]float64{0, 100, 2_000, 120_000}[m.c.Choose(PointGrace, 4)]}
	}
}

// due says whether the present window has yet to be closed.
func (l *machineLane) due() bool { return l.window.open && l.window.length == l.r.mp.cfg.tumbling }

// windowOver says whether the present window wants its final invocation now.
// Where only time has to pass, the lane is woken then.
func (l *machineLane) windowOver() bool {
	r, w := l.r, &l.window
	m, cfg := r.mp.m, r.mp.cfg
	if !l.due() {
		return false
	}
	if w.large {
		return true
	}
	r.feed(l, 1)
	if l.head < len(l.queue) {
		return l.windowOf(l.queue[l.head]) != w.start
	}
	if over := w.start + cfg.tumbling + w.grace; m.now < over && !r.shards[0].closed {
		l.wakeAt(over)
		return false
	}
	return true
}

// lastOfWindow says whether nothing of the present window can come after the
// top unit.
func (l *machineLane) lastOfWindow() bool {
	cfg, w := l.r.mp.cfg, &l.window
	if len(l.units) > 1 || w.large {
		return false
	}
	l.r.feed(l, 1)
	if l.head < len(l.queue) {
		return l.windowOf(l.queue[l.head]) != w.start
	}
	return l.r.shards[0].closed || l.r.mp.m.now >= w.start+cfg.tumbling
}

// returns makes the function return the state of the window along with what else
// it returns. Without a state the invocation has failed.
func (l *machineLane) returns(call *machineInvocation, records int) {
	l.returned = nil
	if call.outcome != trace.OK {
		return
	}
	if !call.instead {
		report, _ := call.report.(map[string]any)
		if report == nil {
			report = map[string]any{}
		}
		report["state"] = map[string]any{"records": float64(l.window.records + records)}
		call.report, call.reported = report, true
	}
	report, _ := call.report.(map[string]any)
	if l.returned = report["state"]; l.returned == nil && l.r.mp.m.holds(DecisionStateNeeded, true) {
		l.answer = machineAnswer{kind: AnswerError}
	}
}

// taken notes that the function has taken records of the window.
func (l *machineLane) taken(refs []machineRef) {
	w := &l.window
	if w.length != l.r.mp.cfg.tumbling {
		return
	}
	w.open = true
	w.records += len(refs)
	for _, ref := range refs {
		if rec := l.r.record(ref); rec.extra != nil && rec.extra.poison != nil && rec.extra.poison.Kind == "final" {
			w.spoiled = append(w.spoiled, rec)
		}
	}
	if text, err := json.Marshal(l.returned); err != nil || len(text) > l.r.mp.m.decide(DecisionStateBound, machineStateBound) {
		w.large = true
		return
	}
	w.state = l.returned
}

// spoil makes the final invocation of a window fail for the records in it that
// want that.
func (w *machineWindow) spoil(call *machineInvocation) {
	for _, rec := range w.spoiled {
		call.spoils(rec)
	}
}

// final gives the function the end of a window that has no records left.
func (l *machineLane) final() {
	r := l.r
	m, cfg := r.mp.m, r.mp.cfg
	call := machineInvocation{}
	l.window.spoil(&call)
	id := m.id()
	l.answer = call.answer(m, cfg.reports, nil)
	l.returns(&call, 0)
	l.last = machineLast{id, cfg.function}
	l.busy, l.closing = true, true
	r.inFlight++
	end := m.started(&call, l.doneFn)
	m.event = trace.Event{Kind: trace.Invoke, T: m.now, End: end, Mapping: r.mp.uuid, ID: id, Function: cfg.function,
		Source: r.mp.src.arn, Shard: r.shards[0].id, Records: []string{}, Outcome: call.outcome, Report: call.report, HasReport: call.reported}
	if m.whole {
		m.event.Event = r.event(nil)
		l.tell(m.event.Event, true)
	}
	m.emit()
}

// settleFinal takes the answer to a final invocation: the window is over, or
// nothing goes on before another one has succeeded.
func (l *machineLane) settleFinal() {
	m := l.r.mp.m
	if m.decide(DecisionFinalAnswer, l.answer.kind) <= AnswerEmpty {
		l.window = machineWindow{}
		l.notBefore = m.now + m.pollDelay()
		return
	}
	l.notBefore = m.now + m.backOff(l.window.tries)
	l.window.tries++
}

// tell adds to an event what belongs to the window.
func (l *machineLane) tell(event map[string]any, final bool) {
	w := &l.window
	event["window"] = map[string]any{"start": machineTime(w.start, time.RFC3339), "end": machineTime(w.start+w.length, time.RFC3339)}
	event["state"] = w.state
	event["shardId"] = l.r.shards[0].id
	event["eventSourceARN"] = l.r.mp.src.arn
	event["isFinalInvokeForWindow"] = final
	event["isWindowTerminatedEarly"] = w.large
}
