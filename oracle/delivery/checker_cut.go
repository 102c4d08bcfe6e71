package delivery

import (
	"fmt"
	"math"
	"slices"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// cut takes the batch as a new one: it must start at the first record of each
// key that is in no unit, and leave none out.
func (c *Checker) cut(l *lane, e *trace.Event) {
	if !l.started {
		c.begin(l, e)
	}
	c.checkWindow(l, e)
	delayed, whole := c.late(l, e), true
	hi := 0
	for n, i := range c.batch {
		if !l.untaken(i) && l.m.changes > 0 && l.lag(i, c.skew) && l.owner(i) == nil {
			l.redo(i) // what ended about the time of a change may not have been noted
		}
		if !l.untaken(i) {
			c.report(dup1, nil, "delivered again", "records that are not settled", l.sh.seqOf(i), l.settledLine(i))
			return
		}
		if l.keys == nil {
			for j := l.next; j < i; j++ {
				if !c.skip(l, j, e.T) {
					whole = false
					c.hole(l, n, j, i, e)
					break
				}
			}
		} else {
			key := l.sh.at(i).key
			for q := l.keys[key]; len(q) > 0 && q[0] < i; q = l.keys[key] {
				if q[0] < l.first {
					if !c.passable(l, l.sh.at(q[0]), e.T) {
						l.missed = max(l.missed, q[0])
					}
					l.take(q[0])
					continue
				}
				if !c.skip(l, q[0], e.T) {
					whole = false
					c.hole(l, n, q[0], i, e)
					break
				}
				l.take(q[0])
			}
		}
		hi = max(hi, l.tried[i])
		l.take(i)
		if i < l.first {
			// It started to read no later than here, so what was left out after it is a hole.
			if l.first = i; l.missed > i {
				c.hole(l, n, l.missed, i, e)
			}
		}
	}
	if delayed.exact != nil && whole {
		c.report(liv3, delayed.exact, delayed.class, c.say(l, c.batch)+" at once", fmt.Sprintf("it after %.0f ms", e.T-delayed.since), int(l.sh.at(c.batch[0]).line))
	}
	if len(c.batch) < l.m.now.batch && l.sh.src.stream {
		c.thin(l.m)
	}
	if last := l.sh.at(c.batch[len(c.batch)-1]); last.arrival > l.m.change.to && l.m.made && l.m.changes == 0 {
		if l.found {
			c.touch(rule.StartThenNew)
		}
		l.renewed = true
	}
	c.touch(c.orderRule(l))
	c.touch(rule.AtLeastOnce)
	if n := len(l.settled); n > 0 && l.settled[n-1].means != nil {
		c.touch(l.settled[n-1].means)
	}
	s := l.push(l.newUnit(c.batch))
	if n := len(l.stacks) - 1; n > 0 && l.keys == nil {
		// Something that came again; what is left of the other stands behind it.
		copy(l.stacks[1:], l.stacks[:n])
		l.stacks[0] = s
		for _, x := range l.stacks[1:] {
			for _, u := range x.units {
				l.next = max(l.next, u.r[len(u.r)-1]+1)
			}
		}
	}
	s.top().soft, s.top().hi = l.m.changing(e.T) && l.m.changes > 0, hi
	c.launch(l, s, e)
}

// skip passes over a record if that is allowed, and notes what became of it.
func (c *Checker) skip(l *lane, i int64, t float64) bool {
	r := l.sh.at(i)
	if l.maybe[i] {
		if l.unclear == nil || len(l.unclear) >= maxLedger {
			l.unclear = map[int64]bool{}
		}
		l.unclear[i] = true
		return true
	}
	if !c.passable(l, r, t) {
		return false
	}
	if len(l.stacks) == 0 && c.outlived(l, r, t) && !(l.sh.src.kafka && c.anotherFailed(l.m, l)) {
		if due := c.due(l, r); due < t && !c.passable(l, r, due) {
			c.report(liv1, rule.AtLeastOnce, "left to grow old", "record "+r.seq+" delivered", fmt.Sprintf("nothing for %.0f ms", t-r.arrival), int(r.line))
			return true
		}
	}
	if _, filtered := c.matches(l, r, t); filtered && l.m.now.filtered {
		c.touch(rule.FilterUnmatchedDiscarded)
		if !c.outlived(l, r, t) {
			c.touch(filterRule(l.m, r.fields))
		}
		return true
	}
	if l.sh.src.kafka && r.size > oversize {
		c.touch(rule.MSKDropOver6mb)
	}
	if aged, _ := c.aged(l, r, t); aged {
		c.touch(rule.AgeDiscard)
		c.discard(l, []int64{i}, nil, -1, trace.RecordAgeExceeded, t)
		return true
	}
	if l.keys != nil {
		l.giveUp([]int64{i}) // it expired
	}
	return true
}

// hole reports a record that was left out.
func (c *Checker) hole(l *lane, n int, missing, i int64, e *trace.Event) {
	r := l.sh.at(missing)
	x, class := gap1, "starts too late"
	if n > 0 {
		x, class = gap2, "a record left out"
	}
	exact := c.orderRule(l)
	handed, line := 0.0, 0
	if n == 0 {
		handed, line = c.handedOn(l, missing, i)
	}
	switch {
	case missing == l.left:
		exact, class = c.restRule(l), "the rest left out"
	case handed > 0:
		exact = rule.CheckpointPerMapping
	case l.m.now.filtered && r.fields != nil:
		exact = rule.FilterCriteriaSupported
		if l.m.now.several {
			exact = rule.FilterOr
		}
	case l.sh.src.kafka:
		x, exact = kaf1, nil
	case !math.IsNaN(l.m.stopped) && n == 0 && l.m.changes > 0 && l.lastCut < l.m.change.from:
		x, exact, class = res2, nil, "starts too late after a pause"
	}
	c.report(x, exact, class, "record "+r.seq+" first", l.sh.seqOf(i), int(r.line), line)
}

// begin judges where a mapping starts to read a shard.
func (c *Checker) begin(l *lane, e *trace.Event) {
	l.started = true
	first := c.batch[0]
	m, r := l.m, l.sh.at(c.batch[0])
	if len(l.sh.parents) > 0 {
		c.checkParents(l, e)
	}
	child := l.followsParent()
	l.found = m.start != "LATEST" && r.arrival <= m.created
	switch {
	case m.late:
		l.skipTo(first)
	case m.start == "LATEST" && !child:
		c.touch(rule.StartLatestMeaning)
		if r.arrival < m.created-c.skew {
			c.report(start1, nil, "older than the mapping", "no record from before the mapping was created", r.seq, m.line, int(r.line))
		}
		// Where LATEST takes hold is not documented to the record; from there on none is left out.
		if l.keys == nil {
			l.skipTo(first)
		} else {
			l.first = first
		}
	case m.start == "AT_TIMESTAMP" && !child:
		c.touch(rule.StartTimestampWithAtTimestamp)
		for i := l.next; i < l.sh.end() && l.sh.at(i).arrival < m.at-c.skew; i++ {
			if i == first {
				c.report(start3, nil, "older than the timestamp", "no record from before the timestamp", r.seq, m.line, int(r.line))
				break
			}
			l.skipOver(i)
		}
		for l.keys == nil && l.next < first && l.sh.at(l.next).arrival < m.at+c.skew {
			l.skipOver(l.next) // about the time, on one clock or the other
		}
		if l.keys != nil {
			l.first = l.next // the same for every key
			for l.first < l.sh.end() && l.sh.at(l.first).arrival < m.at+c.skew {
				l.first++
			}
		}
		if l.keys == nil && l.next < first && !l.maybe[l.next] && !c.passable(l, l.sh.at(l.next), e.T) {
			c.report(start3, nil, "later than the timestamp", "record "+l.sh.seqOf(l.next)+" first", r.seq, m.line)
			l.skipTo(first)
		}
	default:
		c.touch(rule.StartTrimHorizonMeaning)
		if at, _ := c.processedBy(l, l.next); at > 0 && at <= m.created && l.sh.src.stream {
			c.touch(rule.CheckpointSourceNotConsumed)
		}
		if l.keys == nil && first > l.next && !l.maybe[l.next] && !c.passable(l, l.sh.at(l.next), e.T) {
			var exact *rule.Rule
			at, line := c.handedOn(l, l.next, first)
			switch {
			case at > m.created:
				exact = rule.CheckpointPerMapping
			case at > 0:
				exact = rule.CheckpointSourceNotConsumed
			}
			if child {
				c.report(gap1, rule.OrderInShard, "a child shard from its middle", "record "+l.sh.seqOf(l.next)+" first", r.seq, m.line)
				l.skipTo(first)
				break
			}
			c.report(start4, exact, "not the oldest", "record "+l.sh.seqOf(l.next)+" first", r.seq, m.line, line)
			l.skipTo(first)
		}
	}
}

// followsParent reports whether the shard came to be while the mapping was
// reading: then it is read from its first record, wherever the mapping started.
func (l *lane) followsParent() bool {
	for _, id := range l.sh.parents {
		if p := l.m.lanes[l.sh.src.shards[id]]; p != nil && p.started {
			return true
		}
	}
	return false
}

// begun reports whether it is known from where on the shard is read.
func (l *lane) begun() bool {
	return l.started || l.m.start == "TRIM_HORIZON" || l.m.start == "" || l.followsParent()
}

// skipTo leaves everything before a record alone.
func (l *lane) skipTo(i int64) {
	for j := l.next; j < i; j++ {
		l.skipOver(j)
	}
}

func (l *lane) skipOver(i int64) {
	if l.untaken(i) {
		l.take(i)
	}
}

// checkParents judges that the parents of a shard are done.
func (c *Checker) checkParents(l *lane, e *trace.Event) {
	for _, id := range l.sh.parents {
		p := l.sh.src.shards[id]
		if p == nil {
			continue
		}
		parent := l.m.lane(p)
		l.m.last = l
		c.settleEnded(parent, e.T)
		for len(parent.stacks) > 0 {
			s := parent.stacks[0]
			ok, condition := c.justified(parent, s.top(), e.T)
			if !ok || s.flight != nil && s.flight.unit != nil {
				break
			}
			c.abandon(parent, s, condition, e.T)
		}
		left := slices.ContainsFunc(parent.stacks, func(s *stack) bool { return !s.top().veiled })
		for i := parent.next; i < p.end() && !left; i++ {
			left = parent.untaken(i) && i >= parent.first && !parent.maybe[i] && !c.passable(parent, p.at(i), e.T) && (parent.started || l.m.start != "LATEST" && l.m.start != "AT_TIMESTAMP") &&
				(l.m.start != "AT_TIMESTAMP" || p.at(i).arrival >= l.m.at)
		}
		if left {
			c.report(rsh1, nil, "before its parent is done", "no record of "+l.sh.id+" before "+id+" is done", l.sh.seqOf(c.batch[0]))
		}
	}
}
