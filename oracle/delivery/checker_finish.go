package delivery

import (
	"fmt"
	"math"
	"slices"

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
		default:
			for _, sh := range m.src.order { // parents come first
				if m.start != "LATEST" || slices.ContainsFunc(sh.parents, func(id string) bool { return m.lanes[m.src.shards[id]] != nil }) {
					m.lane(sh)
				}
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
		at, kept := c.goneBy(l, s.top(), t), len(l.ledger)
		sure := at <= t
		l.unsure = l.unsure || !sure
		if sure {
			_, condition = c.justified(l, s.top(), at) // whatever else came later
		}
		c.abandon(l, s, condition, math.Min(at, t))
		for k := kept; k < len(l.ledger); k++ {
			if !sure || !m.now.enabled || m.deleted || m.change.to >= at {
				l.ledger[k].dest = ""
			}
		}
	}
	c.finishLedger(l)
	c.finishTumbling(l)
	if !c.complete || m.deleted || !m.now.enabled || m.change.to > t-idle || m.late || l.unsure {
		return
	}
	if len(l.stacks) > 0 {
		c.finishStacks(l, t)
		return // what comes after it is held up
	}
	if !l.begun() || !l.started && !l.parentsDone(c, t) {
		return
	}
	if l.sh.src.kafka && c.anotherFailed(m, l) {
		return // one consumer may read several partitions
	}
	if m.now.tumbling > 0 && (l.tumble == nil || l.tumble.finals > 0) {
		return // the end of a window may be in the way
	}
	for i := max(l.next, l.first); i < l.sh.end(); i++ {
		r := l.sh.at(i)
		if !l.untaken(i) || l.maybe[i] {
			continue
		}
		due := c.due(l, r)
		if c.passable(l, r, math.Min(t, due)) {
			if c.overdue(l, i, t) {
				c.report(dlq2, rule.DestOnAge, "neither delivered nor reported", "record "+r.seq+" delivered, or a message at "+m.now.destination, "neither", int(r.line))
				return
			}
			continue
		}
		if t > due {
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

// goneBy is when a unit that may have been given up by t must have been, at the
// latest; infinite if that is not known.
func (c *Checker) goneBy(l *lane, u *unit, t float64) float64 {
	if c.usedUp(l, u, t) {
		return u.end
	}
	at := 0.0
	for _, i := range u.r {
		r := l.sh.at(i)
		expired := math.Max(r.arrival+l.sh.src.keeps()+c.skew, math.Max(c.quiet(l), l.m.change.to)) + backoffMost + idle
		at = math.Max(at, math.Min(expired, c.agedOut(l, r)))
	}
	// Whether it had an attempt left is not known, but it would have been made.
	until := math.Max(u.end, l.lastEnd) + 2*backoffMost + l.m.now.window
	for _, s := range l.stacks {
		if s.flight != nil && s.flight.unit != nil || s.top().hi >= unlimited {
			return at // it may wait for that
		}
	}
	if ok, condition := c.justified(l, u, u.end); ok && condition != trace.RecordAgeExceeded && !c.throttledSince(u.end, until) {
		at = math.Min(at, until)
	}
	return at
}

// overdue reports whether a record that was never delivered became too old so
// long ago that it must have been reported.
func (c *Checker) overdue(l *lane, i int64, t float64) bool {
	if l.m.now.destination == "" || l.m.now.age < 0 || l.m.changes > 0 || !l.begun() || l.heard(i) {
		return false
	}
	r := l.sh.at(i)
	due := c.agedOut(l, r)
	_, skip := c.matches(l, r, t)
	return due <= t && !c.expired(l, r, due) && !skip
}

// agedOut is when a record of an idle lane must have been given up for its age.
func (c *Checker) agedOut(l *lane, r *record) float64 {
	m := l.m
	if m.now.age < 0 {
		return math.Inf(1)
	}
	return math.Max(math.Max(r.arrival+m.now.age+c.skew, c.quiet(l)), math.Max(m.change.to, m.created)) + backoffMost + idle
}

// quiet is when the last invocation of a lane ended, or of those before it, which
// may have waited until their last record was too old.
func (c *Checker) quiet(l *lane) float64 {
	at := l.lastEnd
	if !math.IsInf(at, -1) {
		return at // they were done before
	}
	for _, id := range l.sh.parents {
		if p := l.m.lanes[l.sh.src.shards[id]]; p != nil {
			at = math.Max(at, c.quiet(p))
			if p.next == p.sh.end() && len(p.stacks) == 0 && len(p.given) == 0 {
				continue // nothing of it was given up
			}
			at = math.Max(at, p.lastFail+backoffMost)
			if last := p.sh.end() - 1; p.sh.has(last) && l.m.now.age >= 0 {
				at = math.Max(at, p.sh.at(last).arrival+l.m.now.age+c.skew+backoffMost+idle)
			}
		}
	}
	return at
}

// due is when a record that waits in a lane, idle since its last invocation,
// must have been delivered.
func (c *Checker) due(l *lane, r *record) float64 {
	due := math.Max(math.Max(r.arrival, c.quiet(l)), math.Max(l.m.change.to, l.m.created))
	for _, x := range l.m.lanes {
		if x != l && !l.sh.src.kafka { // where one consumer may read several partitions
			continue
		}
		due = math.Max(due, x.lastEnd)
		if x.failed || x.keys != nil {
			due = math.Max(due, x.lastFail+backoffMost)
		}
	}
	due += idle + l.m.now.window
	if l.keys != nil {
		due += idle // a key may wait for another, and then for a poll
	}
	for _, s := range c.throttles {
		switch {
		case s.from > due:
		case s.to == trace.NotEnded:
			return math.Inf(1)
		default:
			due = math.Max(due, s.to+backoffMost+idle)
		}
	}
	return due
}

// finishStacks judges that a batch which is not settled is still being tried.
func (c *Checker) finishStacks(l *lane, t float64) {
	m := l.m
	if l.keys != nil && len(l.stacks) > m.now.parallel {
		return // it may wait for the others
	}
	wait := 2*backoffMost + m.now.window
	var stale *unit
	nothing := 0.0
	for _, s := range l.stacks {
		u := s.top()
		if s.flight != nil && s.flight.unit != nil || u.hi >= unlimited {
			return // going on, or nothing known
		}
		if ok, _ := c.justified(l, u, t); ok || l.sh.src.kafka && (u.last == fresh || m.changes > 0) && c.anotherFailed(m, l) {
			return // one consumer may read several partitions
		}
		since := u.end
		if u.last == fresh && u.inv == 0 {
			since = l.lastEnd
		}
		if t-since <= wait || math.IsInf(since, 0) {
			return // with keys, it may hold up the others
		}
		if stale == nil {
			stale, nothing = u, t-since
		}
		if l.keys == nil {
			break // what is below waits
		}
	}
	if c.throttledSince(t-backoffMost-idle, t) {
		return
	}
	x, class := liv2, "not tried again"
	exact := rule.RetryFunctionErrorWholeBatch
	if stale.last == fresh {
		x, class, exact = liv1, "never delivered", rule.AtLeastOnce
	}
	if l.sh.src.kafka {
		exact = rule.MSKRetryForever
		if !exact.Holds(c.profile) {
			exact = rule.AtLeastOnce
		}
	}
	c.report(x, exact, class, c.say(l, stale.r)+" again", fmt.Sprintf("nothing for %.0f ms", nothing), stale.line)
}

// backoffMost is the longest wait between two attempts that counts as trying:
// no document names one.
const backoffMost = 5 * 60 * 1000

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
		if p == nil || p.unsure || len(p.stacks) > 0 {
			return false
		}
		for i := max(p.next, p.first); i < p.sh.end(); i++ {
			if p.untaken(i) && !c.passable(p, p.sh.at(i), t) {
				return false
			}
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
