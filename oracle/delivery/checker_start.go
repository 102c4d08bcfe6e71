package delivery

import (
	"fmt"
	"math"
	"strings"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// invoke takes in an invocation.
func (c *Checker) invoke(e *trace.Event) error {
	m := c.mapping(e.Mapping)
	if m == nil {
		return &InputError{e.Line, "an invocation by " + e.Mapping + ", which is no mapping of this trace"}
	}
	c.checkInvocation(m, e)
	switch {
	case m.src.queue != nil:
		c.receive(m, e)
	case m.src.kafka:
		c.kafka(m, e)
	default:
		if len(e.Records) > 0 {
			c.stream(m, e)
		} else {
			c.emptyInvocation(m, e)
		}
	}
	return nil
}

// checkInvocation judges what holds for an invocation of any source.
func (c *Checker) checkInvocation(m *mapping, e *trace.Event) {
	changing := m.changing(e.T)
	m.invoked = true
	c.reportStrays(m, e.T)
	c.touch(rule.CreateStartsPolling)
	c.touch(rule.BatchAtMostBatchsize)
	if !m.now.enabled && !(changing && m.before.enabled) && !(changing && m.changes == 0) {
		c.report(ctl1, c.stoppedRule(m), "delivers while stopped", "no invocation once the mapping is disabled or deleted", "an invocation", m.line)
	}
	most := m.now.batch
	if changing {
		most = max(most, m.before.batch)
	}
	if len(e.Records) > most {
		x := bat1
		if m.src.queue != nil {
			x = sqs1
		}
		c.report(x, nil, "larger than BatchSize", fmt.Sprintf("at most %d records", most), fmt.Sprintf("%d records", len(e.Records)), m.line)
	} else if len(e.Records) < most && !m.src.stream {
		c.thin(m)
	}
	if e.Function != "" && m.now.function != "" {
		c.touch(rule.FnUnqualifiedOrQualifiedInvoke)
		if e.Function != m.now.function && !(changing && (e.Function == m.before.function || m.before.function == "")) && !sameCode(e.Function, m.now.function) {
			c.report(upd1, rule.FnUnqualifiedOrQualifiedInvoke, "another function", m.now.function, e.Function, m.line)
		}
	}
	c.checkEvent(m, e)
}

// sameCode reports whether two function ARNs may name the same code: one of them
// has no qualifier, or $LATEST.
func sameCode(a, b string) bool {
	return strings.TrimSuffix(a, ":$LATEST") == strings.TrimSuffix(b, ":$LATEST")
}

func (c *Checker) stoppedRule(m *mapping) *rule.Rule {
	switch {
	case m.deleted:
		return rule.DeleteStopsProcessing
	case m.changes == 0:
		return rule.CreateStartsPolling
	}
	return rule.CheckpointResumeAfterPause
}

// shardOf finds the shard of a batch.
func (c *Checker) shardOf(m *mapping, e *trace.Event) *shardLog {
	if m.last != nil && (e.Shard == m.last.sh.id || e.Shard == "" && len(m.src.order) == 1) {
		return m.last.sh
	}
	if sh := m.src.named(e.Shard); sh != nil {
		return sh
	}
	if len(e.Records) == 0 {
		return m.src.shards[text(e.Event["shardId"])]
	}
	for _, sh := range m.src.order {
		if _, ok := sh.find(e.Records[0], sh.base); ok {
			return sh
		}
	}
	return nil
}

// stream judges a batch of a stream.
func (c *Checker) stream(m *mapping, e *trace.Event) {
	sh := c.shardOf(m, e)
	if sh == nil {
		c.report(src1, nil, "unknown record", "a record that was put into "+m.src.arn, e.Records[0])
		return
	}
	l := m.lane(sh)
	if l.softened < m.change.to && m.change.to > 0 && m.changes > 0 {
		l.soften(e.T)
	}
	c.settleEnded(l, e.T)
	if c.resolve(l, e) {
		c.checkTumbling(l, e)
		c.deliver(l, e)
	}
}

// resolve finds the records of a batch and judges what shows in the batch alone.
// It reports whether there is anything left to deliver.
func (c *Checker) resolve(l *lane, e *trace.Event) bool {
	sh := l.sh
	c.batch = c.batch[:0]
	guess := l.next
	if len(l.stacks) == 1 {
		guess = l.stacks[0].top().r[0]
	}
	size, old := 0, 0
	for n, seq := range e.Records {
		i, ok := sh.find(seq, guess)
		if !ok {
			if sh.before(seq) {
				old++ // settled so long ago that it is not kept
				continue
			}
			if c.elsewhere(l.m, sh, seq) {
				c.report(bat3, nil, "records of two shards", "records of one shard", fmt.Sprintf("%s among records of %s", seq, sh.id))
			} else {
				c.report(src1, nil, "unknown record", "records that were put before", seq)
			}
			continue
		}
		guess = i + 1
		r := sh.at(i)
		size += int(r.size)
		if n > 0 && len(c.batch) > 0 && i <= c.batch[len(c.batch)-1] {
			c.report(ord1, c.orderRule(l), "order in the batch", "rising sequence numbers", fmt.Sprintf("%s after %s", seq, e.Records[n-1]))
			return false
		}
		c.checkRecord(l, r, e)
		c.batch = append(c.batch, i)
	}
	if size > oversize && len(e.Records) > 1 {
		c.report(bat2, nil, "larger than 6 MB", "at most 6 MB in an event", fmt.Sprintf("%d bytes in %d records", size, len(e.Records)))
	} else if size > oversize/2 {
		c.touch(rule.BatchPayload6mb)
	}
	c.touch(rule.BatchSingleShard)
	if old > 0 {
		c.duplicate(l, e, dup1, nil, 0)
		return len(c.batch) > 0
	}
	return len(c.batch) > 0
}

func (c *Checker) elsewhere(m *mapping, not *shardLog, seq string) bool {
	for _, sh := range m.src.order {
		if sh != not {
			if _, ok := sh.find(seq, sh.base); ok {
				return true
			}
		}
	}
	return false
}

// checkRecord judges a record that is being delivered.
func (c *Checker) checkRecord(l *lane, r *record, e *trace.Event) {
	if l.m.now.age >= 0 {
		if _, surely := c.aged(l, r, e.T); surely {
			exact := rule.AgeDiscard
			if c.throttledSince(r.arrival, e.T) {
				exact = rule.AgeAppliesToThrottles
			}
			c.report(age1, exact, "older than the limit", fmt.Sprintf("no record older than %.0f ms", l.m.now.age),
				fmt.Sprintf("%s at an age of %.0f ms", r.seq, e.T-r.arrival), int(r.line))
		}
	}
	if l.sh.src.kafka && r.size > oversize {
		c.report(kaf1, rule.MSKDropOver6mb, "over 6 MB", "no record that cannot fit into an event of 6 MB", fmt.Sprintf("%s of %d bytes", r.seq, r.size), int(r.line))
	}
	deliver, _ := c.matches(l, r, e.T)
	if l.m.now.filtered && r.fields != nil {
		c.touch(rule.FilterCriteriaSupported)
		if l.m.now.several {
			c.touch(rule.FilterOr)
		}
	}
	if !deliver {
		c.report(flt1, filterRule(l.m, r.fields), "does not match", "only records that a filter matches", r.seq, int(r.line))
	}
}

func (c *Checker) orderRule(l *lane) *rule.Rule {
	if l.keys != nil {
		return rule.OrderPartitionKeyParallel
	}
	return rule.OrderInShard
}

// deliver finds out what a batch is: a first delivery, a retry, a part of a
// split batch, the rest of one; what of that is not allowed; and what must have
// happened before.
func (c *Checker) deliver(l *lane, e *trace.Event) {
	if !c.checkConcurrency(l, e) {
		return
	}
	first := c.batch[0]
	for {
		s := c.owning(l)
		if s == nil {
			if first < l.next && (l.keys == nil || !l.untaken(first)) || l.keys != nil && !l.untaken(first) {
				c.again(l, e)
				return
			}
			if l.keys == nil && c.giveUp(l, e) {
				continue // something was in the way and has been given up
			}
			if l.keys == nil && len(l.stacks) > 0 {
				c.blocked(l, e, l.stacks[0])
				return
			}
			if s := c.blocking(l, e); s != nil {
				c.blocked(l, e, s)
				return
			}
			c.cut(l, e)
			return
		}
		if s.flight != nil && s.flight.unit != nil {
			// An invocation of this very unit is still going on, which has been
			// reported; what it comes to is taken for granted.
			s.flight.end = math.Min(s.flight.end, e.T)
			c.land(l, s)
			continue
		}
		if c.retry(l, s, e) {
			return
		}
		if s.maydrop && l.keys != nil && c.forget(l, s, e.T) {
			continue
		}
		if c.giveUpTop(l, s, e) {
			continue
		}
		if c.forget(l, s, e.T) {
			continue
		}
		if c.shares(s.top()) || l.sh.src.kafka {
			c.misfit(l, s, e)
		} else {
			c.blocked(l, e, s) // the batch is what stands below the top
		}
		return
	}
}

// owning returns the stack that holds the first record of the batch that any
// stack holds.
func (c *Checker) owning(l *lane) *stack {
	if len(l.stacks) == 0 {
		return nil
	}
	if len(l.stacks) == 1 {
		s := l.stacks[0]
		if s.top().r[0] == c.batch[0] {
			return s
		}
	}
	for _, i := range c.batch {
		if s := l.owner(i); s != nil {
			return s
		}
	}
	return nil
}

// checkConcurrency judges how many invocations go on at once.
func (c *Checker) checkConcurrency(l *lane, e *trace.Event) bool {
	most := l.m.now.parallel
	if l.m.changing(e.T) {
		most = max(most, l.m.before.parallel)
	}
	going, line := 0, 0
	for _, s := range l.stacks {
		if s.flight != nil && s.flight.unit != nil && !math.IsInf(s.flight.end, 1) {
			going++
			line = s.flight.unit.line
		}
	}
	one := rule.ParallelOneByDefault
	if l.sh.src.kafka {
		if one = rule.MSKOneConsumerPerPartition; !one.Holds(c.profile) {
			one = rule.BatchInvokeSynchronous
		}
	}
	if most == 1 {
		c.touch(one)
	} else {
		c.touch(rule.ParallelConcurrencyBound)
		if len(l.sh.src.order) > 1 {
			c.touch(rule.ParallelTotalBound)
		}
	}
	if going == 0 {
		return true
	}
	if going >= most {
		if most == 1 {
			c.report(con1, one, "two at once", "one invocation of a shard at a time", fmt.Sprintf("%d going on", going+1), line)
		} else if all, bound := 1+l.m.going(e.T), most*len(l.sh.src.order); all > bound && len(l.sh.src.order) > 1 {
			c.report(con2, rule.ParallelTotalBound, "more than the factor of every shard", fmt.Sprintf("at most %d at once over all shards", bound), fmt.Sprintf("%d", all), line)
		} else {
			c.report(con2, rule.ParallelConcurrencyBound, "more than the factor", fmt.Sprintf("at most %d at once", most), fmt.Sprintf("%d", going+1), line)
		}
	}
	if l.keys == nil {
		return true
	}
	for _, s := range l.stacks {
		if s.flight == nil || s.flight.unit == nil || math.IsInf(s.flight.end, 1) {
			continue
		}
		for _, i := range c.batch {
			for _, j := range s.flight.unit.r {
				if l.sh.at(i).key == l.sh.at(j).key {
					c.report(con1, rule.OrderPartitionKeyParallel, "a key in two at once", "a key in one invocation at a time",
						fmt.Sprintf("key %q in two", l.sh.at(i).key), s.flight.unit.line)
					return true
				}
			}
		}
	}
	return true
}

// going counts the invocations of a mapping that go on at t, over all shards.
func (m *mapping) going(t float64) (n int) {
	for _, l := range m.lanes {
		for _, s := range l.stacks {
			if f := s.flight; f != nil && f.unit != nil && f.end > t && !math.IsInf(f.end, 1) {
				n++
			}
		}
	}
	return n
}
