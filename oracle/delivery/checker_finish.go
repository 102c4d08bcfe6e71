package delivery

import (
	"fmt"
	"math"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// idle is how long a record may wait in an idle lane before it counts as
// forgotten: far more than any documented poll interval.
const idle = 60 * 1000

// finish judges what must have happened by the end of the observation.
func (c *Checker) finish() {
	if c.ended {
		return
	}
	c.ended = true
	for _, m := range c.order {
		for _, l := range m.lanes {
			c.settleEnded(l, c.now)
		}
	}
	for _, m := range c.order {
		c.reportStrays(m, math.Inf(1))
		if m.deleted && c.now > m.change.to {
			c.touch(rule.DeleteStopsProcessing)
		}
		switch {
		case m.src.queue != nil:
			c.finishQueue(m)
			continue
		case m.start != "LATEST":
			for _, sh := range m.src.order {
				m.lane(sh)
			}
		}
		for _, sh := range m.src.order {
			if l := m.lanes[sh]; l != nil {
				c.settleEnded(l, c.now)
				c.finishLane(l)
			}
		}
		if m.src.kafka {
			c.finishKafka(m)
		}
	}
}

func (c *Checker) finishLane(l *lane) {
	m := l.m
	t := c.now
	for n := 0; n < len(l.stacks); {
		s := l.stacks[n]
		ok, condition := c.justified(l, s.top(), t)
		if !ok || s.flight != nil && s.flight.unit != nil || s.top().hi >= unlimited {
			if l.keys == nil {
				break
			}
			n++
			continue
		}
		u, sure, kept := s.top(), c.surelyGone(l, s.top(), t), len(l.ledger)
		l.unsure = l.unsure || !sure
		at := u.end
		if !c.usedUp(l, u, t) {
			at = t - backoffMost // it aged long ago
		}
		c.abandon(l, s, condition, t)
		if len(l.ledger) > kept {
			if d := &l.ledger[kept]; sure && m.now.enabled && !m.deleted && m.change.to < at {
				d.at = at
			} else {
				d.dest = ""
			}
		}
	}
	c.finishLedger(l)
	c.finishTumbling(l)
	if !c.complete || m.deleted || !m.now.enabled || m.change.to > t-idle || m.late || l.unsure {
		return
	}
	if len(l.stacks) > 0 {
		s := l.stacks[0]
		u := s.top()
		if s.flight != nil && s.flight.unit != nil || u.hi >= unlimited {
			return // going on, or nothing known
		}
		if l.keys != nil && len(l.stacks) > m.now.parallel {
			return // it may wait for the others
		}
		if ok, _ := c.justified(l, u, t); ok || l.sh.src.kafka && c.anotherFailed(m, l) {
			return
		}
		wait := 2*backoffMost + m.now.window
		since := u.end
		if u.last == fresh && u.inv == 0 {
			since = l.lastEnd
		}
		if t-since > wait && !c.throttledSince(t-backoffMost-idle, t) && !math.IsInf(since, 0) {
			x, class := liv2, "not tried again"
			exact := rule.RetryFunctionErrorWholeBatch
			if u.last == fresh {
				x, class, exact = liv1, "never delivered", rule.AtLeastOnce
			}
			if l.sh.src.kafka {
				exact = rule.MSKRetryForever
				if !exact.Holds(c.profile) {
					exact = rule.AtLeastOnce
				}
			}
			c.report(x, exact, class, c.say(l, u.r)+" again", fmt.Sprintf("nothing for %.0f ms", t-since), u.line)
		}
		return // what comes after it is held up
	}
	if !l.started && m.start != "TRIM_HORIZON" && m.start != "" || !l.parentsDone(c, t) {
		return
	}
	if l.sh.src.kafka && c.anotherFailed(m, l) {
		return // one consumer may read several partitions
	}
	if m.now.tumbling > 0 && (l.tumble == nil || l.tumble.finals > 0) {
		return // the end of a window may be in the way
	}
	patience := float64(idle)
	if l.keys != nil {
		patience *= 2 // a key may wait for another, and then for a poll
	}
	waited := t - math.Max(m.change.to, m.created)
	for i := l.next; i < l.sh.end(); i++ {
		r := l.sh.at(i)
		if !l.untaken(i) || l.maybe[i] {
			continue
		}
		if c.passable(l, r, t) {
			if c.overdue(l, r, t) {
				c.report(dlq2, rule.DestOnAge, "neither delivered nor reported", "record "+r.seq+" delivered, or a message at "+m.now.destination, "neither", int(r.line))
				return
			}
			continue
		}
		if wait := patience + m.now.window; t-r.arrival > wait && waited > wait && t-l.lastEndOr(r.arrival) > wait && !c.throttledSince(t-backoffMost-idle, t) {
			c.report(liv1, c.forgotten(l, i), "never delivered", "record "+r.seq+" delivered", fmt.Sprintf("nothing for %.0f ms", t-r.arrival), int(r.line))
		}
		return
	}
	c.touch(rule.AtLeastOnce)
	if l.started {
		c.touch(rule.CheckpointOnSuccess)
		if len(m.src.readers) > 1 {
			c.touch(rule.CheckpointPerMapping)
		}
		if c.anotherFailed(m, l) {
			c.touch(rule.RetryOtherShardsUnaffected)
		}
		if m.changes > 1 {
			c.touch(rule.CheckpointResumeAfterPause)
		}
	}
}

// usedUp reports whether a unit must have used up its retries by t.
func (c *Checker) usedUp(l *lane, u *unit, t float64) bool {
	return u.last != fresh && !u.bisect && u.lo > c.limit(l, t)
}

// surelyGone reports whether a unit must have been given up by t.
func (c *Checker) surelyGone(l *lane, u *unit, t float64) bool {
	if c.usedUp(l, u, t) {
		return true
	}
	for _, i := range u.r {
		if _, surely := c.aged(l, l.sh.at(i), t-backoffMost-idle); !surely {
			return false
		}
	}
	return true
}

// overdue reports whether a record that was never delivered became too old so
// long ago that it must have been reported.
func (c *Checker) overdue(l *lane, r *record, t float64) bool {
	if l.m.now.destination == "" || l.keys != nil || l.m.changes > 0 || !l.started || c.expired(l, r, t) {
		return false
	}
	_, aged := c.aged(l, r, t-backoffMost-idle)
	_, skip := c.matches(l, r, t)
	return aged && !skip
}

// backoffMost is the longest wait between two attempts that counts as trying:
// no document names one.
const backoffMost = 5 * 60 * 1000

func (l *lane) lastEndOr(t float64) float64 {
	if math.IsInf(l.lastEnd, 0) {
		return t
	}
	return l.lastEnd
}

// anotherFailed reports whether another shard of the mapping is held up.
func (c *Checker) anotherFailed(m *mapping, not *lane) bool {
	for _, l := range m.lanes {
		if l != not && len(l.stacks) > 0 {
			return true
		}
	}
	return false
}

// parentsDone reports whether every parent of the lane's shard is done.
func (l *lane) parentsDone(c *Checker, t float64) bool {
	for _, id := range l.sh.parents {
		p := l.m.lanes[l.sh.src.shards[id]]
		if p == nil || p.unsure || len(p.stacks) > 0 || p.next < p.sh.end() {
			return false
		}
	}
	return true
}

// emptyInvocation judges an invocation without records, which only a tumbling
// window has.
func (c *Checker) emptyInvocation(m *mapping, e *trace.Event) {
	if !m.tumbles(e.T) {
		c.report(bat1, nil, "empty", "at least one record", "none")
		return
	}
	if sh := c.shardOf(m, e); sh != nil {
		l := m.lane(sh)
		c.settleEnded(l, e.T)
		c.batch = c.batch[:0]
		c.checkConcurrency(l, e)
		c.checkTumbling(l, e)
	}
}
