package delivery

import (
	"math"
	"slices"

	"github.com/esmconform/esmconform/oracle/trace"
)

// machinePoller reads a queue for a mapping.
type machinePoller struct {
	mp        *machineMapping
	q         *machineQueue
	inFlight  int
	limit     int // batches at once
	idle      float64
	notBefore float64
	throttles int
	wake      float64
}

// begin starts the poller, or starts it again with new settings.
func (p *machinePoller) begin() {
	p.limit = p.mp.m.decide(DecisionBatches, 1+p.mp.m.c.Choose(PointConcurrency, 5))
	p.idle, p.wake = p.mp.m.now, math.Inf(1)
	p.poll()
}

func (p *machinePoller) poll() {
	if p.mp.live() {
		p.wakeAt(p.mp.m.now + p.mp.m.pollDelay())
	}
}

func (p *machinePoller) wakeAt(t float64) {
	m := p.mp.m
	if t < p.wake {
		p.wake = t
		m.at(t, func() {
			if p.wake <= m.now {
				p.wake = math.Inf(1)
				p.dispatch()
			}
		})
	}
}

// dispatch receives and invokes as long as it may.
func (p *machinePoller) dispatch() {
	m := p.mp.m
	for p.mp.live() && p.inFlight < p.limit {
		if m.now < p.notBefore {
			p.wakeAt(p.notBefore)
			return
		}
		cfg := p.mp.cfg
		size, window := m.decide(DecisionBatchSize, cfg.batchSize), float64(m.decide(DecisionWindow, int(cfg.window)))
		n, bytes, since := p.q.waiting(m.now, size)
		if n == 0 {
			return
		}
		opened := p.idle
		if window > 0 && m.c.Choose(PointWindow, 2) == 0 {
			opened = max(opened, since)
		}
		over := opened + window
		if m.now < over && n < size && bytes <= machinePayload {
			p.wakeAt(over)
			return
		}
		most := size
		if m.now >= over {
			most -= size - n + m.c.Choose(PointCut, n)
		}
		batch := p.q.receive(m, cfg, most)
		if len(batch) > 0 {
			p.invoke(batch)
		}
	}
}

func (p *machinePoller) invoke(batch []int32) {
	m, q, cfg := p.mp.m, p.q, p.mp.cfg
	if m.throttled(cfg.function) {
		p.notBefore = m.now + max(1, m.backOff(p.throttles))
		p.throttles++
		p.leave(batch)
		return
	}
	p.throttles = 0
	m.batch, m.tries = m.batch[:0], m.tries[:0]
	call := &machineInvocation{}
	tries := make([]int, len(batch))
	for i, at := range batch {
		msg := &q.messages[at]
		m.batch = append(m.batch, msg.label)
		m.tries = append(m.tries, msg.received)
		tries[i] = msg.received
		if msg.extra != nil && msg.extra.poison != nil {
			call.meets(&msg.machineRecord)
		}
	}
	answer := call.answer(m, cfg.reports, m.batch)
	p.inFlight++
	end := m.started(call, func() { p.done(batch, tries, answer) })
	if hidden := q.messages[batch[0]].visibleAt; q.src.kind == "sqs" && (end == trace.NotEnded || end >= hidden) {
		p.leave(batch) // visible again no later than the function is done
	}
	m.event = trace.Event{Kind: trace.Invoke, T: m.now, End: end, Mapping: p.mp.uuid, ID: m.id(), Function: cfg.function,
		Source: q.src.arn, Records: m.batch, Attempts: m.tries, Outcome: call.outcome, Report: call.report, HasReport: call.reported}
	if m.whole {
		m.event.Event = q.event(batch)
	}
	m.emit()
}

// leave lets messages alone until they are visible again.
func (p *machinePoller) leave(batch []int32) {
	m, q := p.mp.m, p.q
	if len(batch) == 0 {
		return
	}
	tries := make([]int, len(batch))
	for i, at := range batch {
		tries[i] = q.messages[at].received
	}
	m.at(q.messages[batch[0]].visibleAt, func() {
		for i, at := range batch {
			q.restore(m, at, tries[i])
		}
		q.poll()
	})
}

// done deletes what the function is done with and leaves the rest.
func (p *machinePoller) done(batch []int32, tries []int, answer machineAnswer) {
	m, q := p.mp.m, p.q
	p.inFlight--
	p.idle = m.now
	answer.kind = m.decide(DecisionAnswer, answer.kind)
	var failed []int32
	for i, at := range batch {
		msg := &q.messages[at]
		bad := answer.failed() || answer.kind == AnswerInvalid || answer.kind >= AnswerStuck && slices.Contains(answer.some, i)
		switch {
		case m.holds(DecisionDeletes, !bad):
			msg.gone = true
		case msg.received == tries[i] && (msg.visibleAt > m.now || msg.group != nil):
			failed = append(failed, at)
		}
	}
	p.leave(failed)
	for _, at := range batch {
		g := q.messages[at].group
		if g != nil && m.holds(DecisionGroupFree, !slices.ContainsFunc(failed, func(f int32) bool { return q.messages[f].group == g })) {
			g.locked = false
			q.trim(g)
			if g.next < len(g.messages) {
				q.offer(g)
			}
		}
	}
	if p.mp.live() {
		p.wakeAt(m.now + m.pollDelay())
	}
	q.poll()
}
