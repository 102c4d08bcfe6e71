package delivery

import (
	"slices"
	"strconv"

	"github.com/esmconform/esmconform/oracle/trace"
)

// machineQueue is an SQS queue: what can be received is a list of messages, or
// of groups for a FIFO queue.
type machineQueue struct {
	src      *machineSource
	messages []machineMessage
	ready    []int32 // standard: visible messages, the longest visible first
	next     int     // in ready
	groups   map[string]*machineGroup
	open     []*machineGroup // FIFO: groups that have visible messages
	pollers  []*machinePoller
}

// machineMessage is a message of a queue. It is visible when it is neither gone
// nor dead and its time has come.
type machineMessage struct {
	machineRecord
	order     string
	received  int
	visibleAt float64
	gone      bool // deleted
	dead      bool // in the dead-letter queue
	group     *machineGroup
}

// machineGroup is a message group. While a message of it is hidden none is
// received.
type machineGroup struct {
	messages []int32
	next     int
	listed   bool // in open
	locked   bool
}

func (m *machine) send(q *machineQueue, st *trace.Step, n, size int) {
	for range n {
		src := q.src
		src.last++
		r := machineRecord{label: machineUUID(uint64(src.index)+1, src.last), key: st.Key, arrival: m.now, size: size}
		r.seq = r.label
		msg := machineMessage{visibleAt: m.now}
		if src.kind == "sqs-fifo" {
			msg.order = strconv.FormatUint(src.last, 10)
			if r.key == "" {
				r.key = msg.order
			}
			msg.group = q.groups[r.key]
			if msg.group == nil {
				msg.group = &machineGroup{}
				q.groups[r.key] = msg.group
			}
		}
		r.extra = machineExtraOf(src, "", &r, st)
		msg.machineRecord = r
		q.messages = append(q.messages, msg)
		at := int32(len(q.messages) - 1)
		if msg.group != nil {
			msg.group.messages = append(msg.group.messages, at)
			q.offer(msg.group)
		} else {
			q.ready = append(q.ready, at)
		}
		m.event = trace.Event{Kind: trace.Put, T: m.now, Source: src.arn, Seq: r.seq, Key: r.key, Size: size, Arrival: m.now, Order: msg.order}
		if r.extra != nil {
			m.event.Record = r.extra.record
		}
		m.emit()
	}
	q.poll()
}

// offer lists a group that is not locked.
func (q *machineQueue) offer(g *machineGroup) {
	if !g.listed && !g.locked {
		g.listed = true
		q.open = append(q.open, g)
	}
}

// poll has all mappings look at the queue.
func (q *machineQueue) poll() {
	for _, p := range q.pollers {
		p.poll()
	}
}

// waiting is about how many messages could be received now, up to a bound, and
// since when the first of them.
func (q *machineQueue) waiting(now float64, most int) (n int, bytes int, since float64) {
	count := func(list []int32) {
		for _, at := range list {
			msg := &q.messages[at]
			if n == most {
				return
			}
			if msg.gone || msg.dead || msg.visibleAt > now {
				continue
			}
			if n == 0 {
				since = msg.visibleAt
			}
			n++
			bytes += msg.size
		}
	}
	count(q.ready[q.next:])
	for _, g := range q.open {
		count(g.messages[g.next:])
	}
	return n, bytes, since
}

// receive takes up to n messages that fit into one event. What has been received
// too often goes to the dead-letter queue instead; what the filters refuse is
// deleted.
func (q *machineQueue) receive(m *machine, cfg *machineConfig, n int) (batch []int32) {
	bytes, payload := 0, m.decide(DecisionPayload, machinePayload)
	maxReceives := m.decide(DecisionMaxReceives, q.src.maxReceives)
	visibility := float64(m.decide(DecisionVisibility, int(q.src.visibility)))
	take := func(at int32) bool { // false: the batch is full
		msg := &q.messages[at]
		switch {
		case msg.gone || msg.dead || msg.visibleAt > m.now:
		case m.now-msg.arrival >= q.src.retention:
			msg.gone = true
		case maxReceives > 0 && msg.received >= maxReceives:
			msg.dead = true
		case cfg.criteria != nil && !m.selects(cfg.criteria, q.src.kind, msg.extra):
			msg.gone = m.holds(DecisionUnmatched, true)
			msg.visibleAt = m.now + visibility
		case len(batch) == n || len(batch) > 0 && bytes+msg.size > payload:
			return false
		default:
			bytes += msg.size
			msg.received++
			msg.visibleAt = m.now + visibility
			batch = append(batch, at)
		}
		return true
	}
	for q.next < len(q.ready) && take(q.ready[q.next]) {
		q.next++
	}
	if q.next == len(q.ready) {
		q.ready, q.next = q.ready[:0], 0
	}
	for len(q.open) > 0 && len(batch) < n {
		g := q.open[0]
		taken, full := len(batch), false
		list := g.messages[g.next:]
		if m.holds(DecisionNewestFirst, false) {
			list = slices.Clone(list)
			slices.Reverse(list)
		}
		for i := 0; i < len(list) && !full; i++ {
			full = !take(list[i])
		}
		q.trim(g)
		if full && len(batch) == taken {
			break // the first message does not fit
		}
		g.locked = m.holds(DecisionGroupLocked, len(batch) > taken)
		g.listed = false
		q.open = q.open[1:]
		if !g.locked && len(batch) > taken {
			q.offer(g)
		}
	}
	return batch
}

// trim forgets what has left the front of a group.
func (q *machineQueue) trim(g *machineGroup) {
	for g.next < len(g.messages) {
		if msg := &q.messages[g.messages[g.next]]; !msg.gone && !msg.dead {
			return
		}
		g.next++
	}
	g.messages, g.next = g.messages[:0], 0
}

// restore makes a message visible again after its visibility timeout, unless it
// has left the queue or was received anew.
func (q *machineQueue) restore(m *machine, at int32, received int) {
	msg := &q.messages[at]
	if msg.gone || msg.dead || msg.received != received || msg.visibleAt > m.now {
		return
	}
	if msg.group == nil {
		q.ready = append(q.ready, at)
	} else {
		msg.group.locked = false
		q.offer(msg.group)
	}
}

// look emits the queue as it is.
func (m *machine) look(q *machineQueue) {
	d := &trace.Detail{}
	for i := range q.messages {
		switch msg := &q.messages[i]; {
		case msg.dead:
			d.Dead = append(d.Dead, msg.seq)
		case msg.gone || m.now-msg.arrival >= q.src.retention:
		case msg.visibleAt > m.now:
			d.InFlight = append(d.InFlight, msg.seq)
		default:
			d.Visible = append(d.Visible, msg.seq)
		}
	}
	m.event = trace.Event{Kind: trace.Queue, T: m.now, Source: q.src.arn, Detail: d}
	m.emit()
}
