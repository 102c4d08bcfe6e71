package delivery

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// tumble is what is known of the tumbling window that a lane is in. It is read
// off whole events; without them nothing is known.
type tumble struct {
	id     string  // its bounds, as the events give them
	seen   float64 // when its first invocation began
	first  float64 // when the first record of that arrived
	open   bool    // an invocation of it succeeded, so a final one is due
	closed bool    // and that succeeded
	early  bool    // before its time
	fresh  bool    // no invocation of it succeeded yet
	state  string  // what the next invocation must get, as JSON; "" is not known
	size   int     // bytes of what the function returned last; -1: not known
	line   int     // of the invocation that returned it

	finals    int // final invocations without records that failed
	finalLine int
	finalEnd  float64
}

const (
	noTumblingState = "{}"
	// A state is surely small below one of these, and surely large above the
	// other: 1 MB is 10^6 or 2^20 bytes, and how they are counted is left open.
	smallState, largeState = 950_000, 1_100_000
	// windowWait is how long Lambda waits at most for more records of a window.
	windowWait = 2 * 60 * 1000
)

// tumbles reports whether the mapping may have tumbling windows at t.
func (m *mapping) tumbles(t float64) bool {
	return m.now.tumbling > 0 || m.changing(t) && m.before.tumbling > 0
}

type stateVerdict uint8

const (
	hasState stateVerdict = iota
	noState
	perhapsState
)

// stateOf reads the state off a function's answer. A response without one is a
// failure, unless it reports failures itself, or may not have been recorded.
func (c *Checker) stateOf(l *lane, e *trace.Event) stateVerdict {
	if l.m.changing(e.T) || !e.HasReport {
		return perhapsState
	}
	object, _ := e.Report.(map[string]any)
	state, there := object["state"]
	switch {
	case state != nil:
		return hasState
	case there || namesFailures(e.Report): // what null amounts to is not documented
		return perhapsState
	}
	return noState
}

// namesFailures reports whether a function's answer says anything of failures.
func namesFailures(report any) bool {
	_, verdict := failures(report)
	return verdict != reportEmpty
}

// window are the members of an event that a tumbling window adds.
type window struct {
	id     string
	length float64 // ms; NaN where the bounds are no times
	final  bool
	early  bool
	state  string
}

func windowOf(event map[string]any) (w window, ok bool) {
	bounds, _ := event["window"].(map[string]any)
	start, end := text(bounds["start"]), text(bounds["end"])
	final, ok1 := event["isFinalInvokeForWindow"].(bool)
	early, ok2 := event["isWindowTerminatedEarly"].(bool)
	state, ok3 := event["state"]
	if start == "" || end == "" || !ok1 || !ok2 || !ok3 {
		return window{}, false
	}
	w = window{id: start + "/" + end, length: math.NaN(), final: final, early: early, state: stateText(state)}
	from, err1 := time.Parse(time.RFC3339, start)
	to, err2 := time.Parse(time.RFC3339, end)
	if err1 == nil && err2 == nil {
		w.length = float64(to.Sub(from).Milliseconds())
	}
	return w, true
}

// stateText is a state as JSON; none at all is an empty one.
func stateText(state any) string {
	if state == nil {
		return noTumblingState
	}
	b, err := json.Marshal(state)
	if err != nil {
		return ""
	}
	return string(b)
}

// checkTumbling judges an invocation against the window that its lane is in.
func (c *Checker) checkTumbling(l *lane, e *trace.Event) {
	m := l.m
	switch {
	case !m.tumbles(e.T):
		return
	case m.changing(e.T) || e.Event == nil || m.now.parallel > 1:
		l.tumble = nil
		return
	}
	w, ok := windowOf(e.Event)
	if !ok {
		c.report(tum1, rule.TumblingFinalInvoke, "window members", "window, state, isFinalInvokeForWindow and isWindowTerminatedEarly", "not all of them")
		l.tumble = nil
		return
	}
	// Where a window ends that is cut short, by its state or its shard, is not documented.
	if w.length != m.now.tumbling && !math.IsNaN(w.length) && !w.final {
		c.report(tum1, rule.TumblingFinalInvoke, "length of the window", fmt.Sprintf("%.0f ms", m.now.tumbling), fmt.Sprintf("%.0f ms", w.length))
	}
	c.enterWindow(l, &w, e)
	c.checkState(l, &w)
	c.leaveWindow(l, &w, e)
}

// enterWindow judges whether an invocation of the window may come now.
func (c *Checker) enterWindow(l *lane, w *window, e *trace.Event) {
	t := l.tumble
	first := math.NaN()
	if len(c.batch) > 0 {
		first = l.sh.at(c.batch[0]).arrival
	}
	next := &tumble{id: w.id, seen: e.T, first: first, size: -1}
	if t == nil {
		if !l.started && l.m.change.to > 0 {
			next.fresh, next.state, next.size = true, noTumblingState, 0
		}
		l.tumble = next
		return
	}
	if e.T < t.finalEnd {
		c.report(con1, rule.ParallelOneByDefault, "beside a final invocation", "one invocation of a shard at a time", "two", t.finalLine)
	}
	if t.finals > 0 && !t.closed && !c.finalSpent(l, t, e.T) {
		c.touch(rule.TumblingFinalFailureBlocks)
		if t.id != w.id || !w.final {
			c.report(tum1, rule.TumblingFinalFailureBlocks, "past a failed final invocation", "the final invocation of "+t.id+" again", w.say(), t.finalLine)
			t.open, t.finals = false, 0
		}
	}
	switch {
	case t.id != w.id:
		if t.open && !t.closed && t.finals == 0 {
			exact := c.closingRule(l)
			if t.size > largeState {
				exact = rule.TumblingState1mb
			}
			c.report(tum1, exact, "no final invocation", "a final invocation of "+t.id, w.say(), t.line)
		}
		next.fresh, next.state, next.size = true, noTumblingState, 0
		l.tumble = next
	case t.closed:
		if !t.early {
			c.report(tum1, rule.TumblingFinalInvoke, "after the final invocation", "no more of "+t.id, w.say(), t.line)
		}
		l.tumble = next
	case !math.IsNaN(first):
		last := l.sh.at(c.batch[len(c.batch)-1]).arrival
		if most := l.m.now.tumbling + c.skew; last > t.first+most && e.T > t.seen+most {
			c.report(tum1, rule.TumblingFinalInvoke, "a window that does not end", fmt.Sprintf("a window of %.0f ms", l.m.now.tumbling),
				fmt.Sprintf("records %.0f ms apart in it", last-t.first), t.line)
			l.tumble = next
		}
	}
}

// say names an invocation of a window for a reader.
func (w *window) say() string {
	if w.final {
		return "the final invocation of " + w.id
	}
	return "another invocation of " + w.id
}

// closingRule is the rule that the lane's window must be closed.
func (c *Checker) closingRule(l *lane) *rule.Rule {
	for _, sh := range l.sh.src.order {
		if slices.Contains(sh.parents, l.sh.id) {
			return rule.TumblingReshard
		}
	}
	return rule.TumblingFinalInvoke
}

// finalSpent reports whether a final invocation that failed may have been given
// up: whether the limits to retries hold for it, the documents leave open.
func (c *Checker) finalSpent(l *lane, t *tumble, now float64) bool {
	return t.finals > c.leastLimit(l, now) || l.m.now.age >= 0 && now >= t.seen+l.m.now.age-c.skew
}

// checkState judges the state that an invocation got.
func (c *Checker) checkState(l *lane, w *window) {
	t := l.tumble
	exact := rule.TumblingStateHandedOn
	if t.state != "" {
		if t.fresh && len(l.sh.parents) > 0 {
			c.touch(rule.TumblingReshard)
			exact = rule.TumblingReshard
		}
		c.touch(exact)
		if w.state != t.state {
			class := "not the state that was returned"
			if t.fresh {
				class = "a state from before"
			}
			c.report(tum1, exact, class, "the state "+short(t.state), short(w.state), t.line)
		}
	}
	switch {
	case t.size > largeState:
		c.touch(rule.TumblingState1mb)
		if !w.final || !w.early {
			c.report(tum1, rule.TumblingState1mb, "goes on with a state over 1 MB", "the window to end early", w.say(), t.line)
		}
	case w.early && t.size >= 0 && t.size < smallState:
		c.report(tum1, rule.TumblingState1mb, "ended early", "the whole window: its state is small", fmt.Sprintf("its end with a state of %d bytes", t.size), t.line)
	}
}

func short(s string) string {
	if len(s) > 60 {
		return fmt.Sprintf("%s… (%d bytes)", s[:60], len(s))
	}
	return s
}

// leaveWindow notes what an invocation made of its window.
func (c *Checker) leaveWindow(l *lane, w *window, e *trace.Event) {
	t := l.tumble
	empty := len(e.Records) == 0
	if w.final && empty {
		t.finalEnd = e.End
		l.lastEnd, l.failed = math.Max(l.lastEnd, e.End), e.Outcome != trace.OK
	}
	verdict := noState
	if e.Outcome == trace.OK {
		verdict = c.stateOf(l, e)
	}
	switch {
	case e.End == trace.NotEnded || verdict == perhapsState:
		l.tumble = nil
		return
	case verdict == noState:
		if w.final && empty {
			t.finals++
			t.finalLine = e.Line
		}
		return
	}
	if l.m.now.report && namesFailures(e.Report) {
		// What of the batch was taken, and what of the state, is left open.
		t.state, t.size, t.fresh = "", -1, false
		return
	}
	t.fresh, t.line = false, e.Line
	if w.final {
		c.touch(rule.TumblingFinalInvoke)
		t.closed, t.early, t.finals = true, w.early, 0
		return
	}
	t.open = true
	object, _ := e.Report.(map[string]any)
	t.state = stateText(object["state"])
	if t.size = len(t.state); t.size >= smallState {
		t.state = ""
	}
}

// finishTumbling judges whether the last window of a lane was closed.
func (c *Checker) finishTumbling(l *lane) {
	t, m := l.tumble, l.m
	if t == nil || !t.open || t.closed || !c.complete || m.deleted || !m.now.enabled || m.change.to > c.now-idle || len(l.stacks) > 0 {
		return
	}
	class, expected, wait := "no final invocation", "a final invocation of "+t.id, m.now.tumbling+m.now.window+windowWait+idle
	if t.finals > 0 {
		if c.finalSpent(l, t, c.now) {
			return
		}
		class, expected, wait = "final invocation not tried again", "the final invocation of "+t.id+" again", 2*backoffMost
	}
	if quiet := c.now - math.Max(l.lastEnd, t.finalEnd); quiet > wait && !c.throttledSince(c.now-backoffMost-idle, c.now) {
		c.report(tum1, c.closingRule(l), class, expected, fmt.Sprintf("nothing for %.0f ms", quiet), t.line, t.finalLine)
	}
}
