package delivery

import (
	"fmt"
	"math"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// justified reports whether a unit may have been given up by t: its retries are
// used up, or everything in it has aged or expired.
func (c *Checker) justified(l *lane, u *unit, t float64) (ok bool, condition string) {
	all := true
	for _, i := range u.r {
		if !l.maybe[i] && !c.outlived(l, l.sh.at(i), t) {
			all = false
			break
		}
	}
	used := u.last != fresh && (u.spent || u.hi > c.leastLimit(l, t)) && (u.whole || !u.bisect)
	switch {
	case all && used:
		return true, "" // for either reason
	case all:
		return true, trace.RecordAgeExceeded
	case used:
		return true, trace.RetryAttemptsExhausted
	}
	return false, ""
}

// giveUpTop pops the top of a stack if the batch is not in it and it may have
// been given up.
func (c *Checker) giveUpTop(l *lane, s *stack, e *trace.Event) bool {
	u := s.top()
	if c.shares(u) {
		return false
	}
	ok, condition := c.justified(l, u, e.T)
	if !ok {
		return false
	}
	c.abandon(l, s, condition, e.T)
	return true
}

// shares reports whether the batch holds a record of the unit.
func (c *Checker) shares(u *unit) bool {
	for _, i := range c.batch {
		if indexIn(u.r, i) >= 0 {
			return true
		}
	}
	return false
}

// blocking returns a stack, with keys, that holds a key of the batch and cannot
// have been given up.
func (c *Checker) blocking(l *lane, e *trace.Event) *stack {
	if l.keys == nil || len(l.stacks) == 0 {
		return nil
	}
	clear(c.inBatch)
	for _, i := range c.batch {
		c.inBatch[l.sh.at(i).key] = true
	}
	for n := 0; n < len(l.stacks); n++ {
		s := l.stacks[n]
		if s.flight != nil && s.flight.unit != nil || !c.holdsKey(l, s) {
			continue // what is going on is checkConcurrency's
		}
		if s.maydrop && c.forget(l, s, e.T) {
			n--
			continue
		}
		if ok, condition := c.justified(l, s.top(), e.T); ok {
			c.abandon(l, s, condition, e.T)
			n--
			continue
		}
		if c.forget(l, s, e.T) {
			n--
			continue
		}
		return s
	}
	return nil
}

func (c *Checker) holdsKey(l *lane, s *stack) bool {
	for _, u := range s.units {
		for _, i := range u.r {
			if c.inBatch[l.sh.at(i).key] {
				return true
			}
		}
	}
	return false
}

// giveUp does the same for whatever stands before a new cut of a lane.
func (c *Checker) giveUp(l *lane, e *trace.Event) bool {
	if len(l.stacks) == 0 {
		return false
	}
	s := l.stacks[0]
	if s.flight != nil && s.flight.unit != nil {
		s.flight.end = math.Min(s.flight.end, e.T)
		c.land(l, s)
		return true
	}
	if s.maydrop && l.keys != nil && c.forget(l, s, e.T) {
		return true
	}
	if ok, condition := c.justified(l, s.top(), e.T); ok {
		c.abandon(l, s, condition, e.T)
		return true
	}
	return c.forget(l, s, e.T)
}

// abandon takes the top unit as given up.
func (c *Checker) abandon(l *lane, s *stack, condition string, t float64) {
	u := s.top()
	c.discard(l, u.r, u, s.cut, condition, t)
	if condition != trace.RecordAgeExceeded {
		c.touch(rule.RetryLimitDiscard)
		if l.m.now.retries == 0 {
			c.touch(rule.RetryZeroAccepted)
		}
		if len(u.r) == 1 && u.inv > 0 && l.m.now.bisect {
			c.touch(rule.BisectRecursive)
			c.touch(rule.BisectNotCountedAsRetry)
		}
	} else {
		c.touch(rule.AgeDiscard)
	}
	c.touch(rule.RetryBlocksShard)
	l.pop(s)
}

// forget drops the bounds of units that a change of the mapping may have made
// the poller forget: their records are cut anew.
func (c *Checker) forget(l *lane, s *stack, t float64) bool {
	if !s.maydrop && !s.top().soft {
		return false
	}
	if s.maydrop {
		for len(s.units) > 0 {
			if !c.untake(l, s, t) {
				return true
			}
		}
		return true
	}
	// Only the top may be cut anew, and only when nothing of the cut is below.
	if len(s.units) > 1 {
		return false
	}
	c.untake(l, s, t)
	return true
}

// untake gives the records of the top unit back to be cut. It reports whether
// the stack still is.
func (c *Checker) untake(l *lane, s *stack, t float64) bool {
	u := s.top()
	done, _ := c.justified(l, u, t)
	for n := len(u.r) - 1; n >= 0; n-- {
		l.untake(u.r[n], u.hi)
		if done {
			// It may have been given up before the change, too.
			if l.maybe == nil {
				l.maybe = map[int64]bool{}
			}
			l.maybe[u.r[n]] = true
		}
	}
	left := len(s.units) > 1
	l.pop(s)
	return left
}

// untake gives a record back to be cut. tried is how many failed invocations
// its batch may have had.
func (l *lane) untake(i int64, tried int) {
	if l.tried == nil {
		l.tried = map[int64]int{}
	}
	l.tried[i] = tried
	if l.keys == nil {
		l.next = min(l.next, i)
		return
	}
	if i < l.next {
		for x := i; x < l.next; x++ {
			l.taken[x] = true
		}
		l.next = i
	}
	delete(l.taken, i)
	k := l.sh.at(i).key
	q := append([]int64{i}, l.keys[k]...)
	for n := 1; n < len(q) && q[n-1] > q[n]; n++ {
		q[n-1], q[n] = q[n], q[n-1]
	}
	l.keys[k] = q
}

// cut takes the batch as a new one: it must start at the first record of each
// key that is in no unit, and leave none out.
func (c *Checker) cut(l *lane, e *trace.Event) {
	if !l.started {
		c.begin(l, e)
	}
	c.checkWindow(l, e)
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
					c.hole(l, n, j, i, e)
					break
				}
			}
		} else {
			key := l.sh.at(i).key
			for q := l.keys[key]; len(q) > 0 && q[0] < i; q = l.keys[key] {
				if l.sh.at(q[0]).arrival <= l.latest+c.skew && !l.begun[key] {
					l.take(q[0])
					continue
				}
				if !c.skip(l, q[0], e.T) {
					c.hole(l, n, q[0], i, e)
					break
				}
				l.take(q[0])
			}
		}
		hi = max(hi, l.tried[i])
		l.take(i)
		if l.begun != nil {
			l.begun[l.sh.at(i).key] = true
		}
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
	switch {
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
	c.report(x, exact, class, "record "+r.seq+" first", l.sh.seqOf(i), int(r.line))
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
	switch {
	case m.late:
		l.skipTo(first)
	case m.start == "LATEST" && !child:
		c.touch(rule.StartLatestMeaning)
		if r.arrival < m.created-c.skew {
			c.report(start1, nil, "older than the mapping", "no record from before the mapping was created", r.seq, m.line, int(r.line))
		}
		// Where LATEST takes hold is not documented to the record.
		if l.keys == nil {
			l.skipTo(first)
		} else {
			l.latest = e.T // of each key
		}
	case m.start == "AT_TIMESTAMP" && !child:
		c.touch(rule.StartTimestampWithAtTimestamp)
		for i := l.next; i < l.sh.end() && l.sh.at(i).arrival < m.at; i++ {
			if i == first {
				c.report(start3, nil, "older than the timestamp", "no record from before the timestamp", r.seq, m.line, int(r.line))
				break
			}
			l.skipOver(i)
		}
	default:
		c.touch(rule.StartTrimHorizonMeaning)
		c.touch(rule.StartThenNew)
		if l.keys == nil && first > l.next && !c.passable(l, l.sh.at(l.next), e.T) {
			c.report(start4, nil, "not the oldest", "record "+l.sh.seqOf(l.next)+" first", r.seq, m.line)
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
		left := len(parent.stacks) > 0
		for i := parent.next; i < p.end() && !left; i++ {
			left = parent.untaken(i) && !parent.maybe[i] && !c.passable(parent, p.at(i), e.T) && (parent.started || l.m.start != "LATEST" && l.m.start != "AT_TIMESTAMP") &&
				(l.m.start != "AT_TIMESTAMP" || p.at(i).arrival >= l.m.at)
		}
		if left {
			c.report(rsh1, nil, "before its parent is done", "no record of "+l.sh.id+" before "+id+" is done", l.sh.seqOf(c.batch[0]))
		}
	}
}

// again judges a batch of records that are settled.
func (c *Checker) again(l *lane, e *trace.Event) {
	first := c.batch[0]
	if l.m.changes > 0 && l.lag(first, c.skew) {
		// What was processed just before a stop may come again.
		for n := len(c.batch) - 1; n >= 0; n-- {
			if !l.untaken(c.batch[n]) && l.owner(c.batch[n]) == nil {
				l.redo(c.batch[n])
			}
		}
		c.cut(l, e)
		return
	}
	x, exact := dup1, (*rule.Rule)(nil)
	if means := l.settledBy(first); means != nil {
		x, exact = par2, means
	}
	if !math.IsNaN(l.m.stopped) && l.lastCut < l.m.change.from {
		x = res1
	}
	if l.gaveUp(first) {
		x = dup2
	}
	c.duplicate(l, e, x, exact, l.settledLine(first))
	// The batch is taken as a unit of its own beside the others.
	if l.owner(first) == nil {
		fresh := c.batch[:0]
		for _, i := range c.batch {
			if l.untaken(i) {
				l.take(i)
			}
			fresh = append(fresh, i)
		}
		s := l.push(l.newUnit(fresh))
		s.top().hi, s.top().soft, s.maydrop = unlimited, true, true
		c.launch(l, s, e)
	}
}

// lag reports whether a record was settled so shortly before the mapping was
// told to stop that it may come again.
func (l *lane) lag(i int64, skew float64) bool {
	if l.redone[i] {
		return false
	}
	for _, r := range l.settled {
		// What ended after the change, or shortly before, may not have been noted.
		if i >= r.from && i <= r.to && l.mayRepeat(r, skew) {
			return true
		}
	}
	return false
}

// mayRepeat reports whether a change of the mapping came about the time that a
// run was in flight, so that its end may not have been noted.
func (l *lane) mayRepeat(r run, skew float64) bool {
	wide := l.m.change.to - l.m.change.from
	for _, t := range l.m.times {
		if r.start <= t+wide && r.at+skew >= t {
			return true
		}
	}
	return false
}

// redo takes a settled record back, once after each change.
func (l *lane) redo(i int64) {
	if l.redone == nil {
		l.redone = map[int64]bool{}
	}
	l.redone[i] = true
	l.untake(i, 0)
}

// settledBy is what made the report about a record a success, or nil.
func (l *lane) settledBy(i int64) *rule.Rule {
	for n := len(l.settled) - 1; n >= 0; n-- {
		if r := &l.settled[n]; i >= r.from && i <= r.to {
			return r.means
		}
	}
	return nil
}

// settledLine is the line that settled a record, or 0.
func (l *lane) settledLine(i int64) int {
	for n := len(l.settled) - 1; n >= 0; n-- {
		if r := &l.settled[n]; i >= r.from && i <= r.to {
			return r.line
		}
	}
	return 0
}

// duplicate reports a delivery of what was settled, within the budget.
func (c *Checker) duplicate(l *lane, e *trace.Event, x *Invariant, exact *rule.Rule, line int) {
	if c.duplicates > 0 {
		c.duplicates--
		return
	}
	what := ""
	if len(c.batch) > 0 {
		what = l.sh.seqOf(c.batch[0])
	} else {
		what = e.Records[0]
	}
	c.report(x, exact, "delivered again", "records that are not settled", what, line)
}

// blocked judges a batch that comes while another is unresolved.
func (c *Checker) blocked(l *lane, e *trace.Event, s *stack) {
	u := s.top()
	x, exact, class, expected := gap3, (*rule.Rule)(nil), "past an unresolved batch", c.say(l, u.r)+" to be resolved first"
	if l.keys != nil {
		exact = rule.OrderPartitionKeyParallel
	}
	switch {
	case l.sh.src.kafka:
		x, exact = kaf3, rule.MSKRetryForever
		if !rule.MSKRetryForever.Holds(c.profile) {
			x, exact = kaf1, nil
		}
	case u.last == fresh && u.inv == 0 && !u.rest:
		x, class, expected = bis2, "a part of a split batch left out", c.say(l, u.r)+" next"
		if !l.m.now.bisect && !l.m.before.bisect {
			x, exact = par1, nil
		}
	case u.last == fresh:
		// The rest after a partial report.
		x, exact, class, expected = par1, c.restRule(l), "the rest left out", c.say(l, u.r)+" next"
	case c.throttledSince(u.end, e.T):
		x, exact, class, expected = thr1, rule.RetryThrottleNotCounted, "given up while throttled", c.say(l, u.r)+" again"
		if l.m.now.retries < 0 {
			exact = rule.RetryThrottleUntilExpiry
		}
	case u.bisect && !u.whole:
		x, class, expected = bis1, "given up instead of split", "a part of "+c.say(l, u.r)
		if u.slow {
			exact = rule.BisectTimeoutCounts
		}
	case u.last == malformed && u.lo <= 1:
		x, exact, class, expected = par2, rule.FrtFailureValues, "a malformed report taken for a success", c.say(l, u.r)+" again"
	case l.m.now.retries >= 0:
		x, exact, class = ret5, rule.RetryLimitDiscard, "given up too early"
		expected = fmt.Sprintf("%s again: it failed %d times, and may %d times", c.say(l, u.r), u.hi, l.m.now.retries+1)
	case u.lo > 1:
		x, exact, class = ret5, rule.RetryInfiniteUntilExpiry, "given up"
	case l.m.now.age < 0 && u.last == failed:
		exact = badRecordRule(l)
	}
	c.report(x, exact, class, expected, c.say(l, c.batch), u.line)
	c.resync(l, e)
}

// restRule is the rule about what a report left.
func (c *Checker) restRule(l *lane) *rule.Rule {
	if l.m.now.bisect {
		return rule.FrtBisectInterplay
	}
	return rule.FrtStreamLowestSequence
}

// misfit reports a batch that is neither a retry of the unit it belongs to nor
// an allowed part of it.
func (c *Checker) misfit(l *lane, s *stack, e *trace.Event) {
	u := s.top()
	at := indexIn(u.r, c.batch[0])
	n, cut := -1, 0
	if at >= 0 {
		n, cut = c.compare(l, u.r[at:], e.T)
	}
	var (
		x        *Invariant
		exact    *rule.Rule
		class    string
		expected = c.say(l, u.r) + " again"
	)
	switch throttled := c.throttledSince(u.end, e.T); {
	case l.sh.src.kafka && at == 0 && n >= 0 && cut == len(u.r) && u.lo > c.limit(l, e.T):
		x, exact, class, expected = kaf3, rule.KafkaRetryCap10, "retried too often", fmt.Sprintf("no more than %d invocations", c.limit(l, e.T)+1)
	case l.sh.src.kafka:
		x, class = kaf3, "another batch"
	case at == 0 && n >= 0 && cut == len(u.r) && u.lo > c.limit(l, e.T):
		x, class, expected = ret1, "retried too often", fmt.Sprintf("no more than %d invocations", c.limit(l, e.T)+1)
		if l.m.now.retries == 0 {
			exact = rule.RetryZeroAccepted
		}
	case at == 0 && n >= 0 && cut == len(u.r): // whole, and must have been split
		x, class, expected = bis1, "retried whole", "a proper part of "+c.say(l, u.r)
		if u.slow {
			exact = rule.BisectTimeoutCounts
		}
	case at == 0 && n >= 0 && throttled && u.last == fresh:
		x, exact, class = thr1, rule.BisectOnlyFunctionErrors, "split without a function error"
	case at == 0 && n >= 0:
		x, class = bis6, "split"
		if u.report && !l.m.now.report {
			x, exact, class = par2, rule.FrtOptIn, "a report obeyed that was not asked for"
		}
	case at > 0 && n >= 0 && u.last == fresh && u.inv == 0 && !u.rest:
		x, class, expected = bis2, "a part of a split batch left out", c.say(l, u.r)+" next"
	case at > 0 && n >= 0 && u.last == malformed:
		x, exact, class = par2, rule.FrtFailureValues, "a malformed report obeyed"
	case at > 0 && n >= 0 && u.last == fresh:
		x, exact, class, expected = par1, c.restRule(l), "past the lowest reported record", c.say(l, u.r)+" next"
	case at > 0 && n >= 0:
		x, class = ret2, "retried in part"
	case at == 0:
		x, class = ret3, "grew"
	default:
		x, class = ret2, "another batch"
		switch {
		case u.rest:
			x, exact, class, expected = par1, c.restRule(l), "out of order", c.say(l, u.r)+" next"
		case u.last == fresh && u.inv == 0:
			x, class, expected = bis2, "out of order", c.say(l, u.r)+" next"
		}
	}
	c.report(x, exact, class, expected, c.say(l, c.batch), u.line)
	c.resync(l, e)
}

// resync takes the target's word: whatever the batch overlaps or passes over is
// done with.
func (c *Checker) resync(l *lane, e *trace.Event) {
	last := c.batch[len(c.batch)-1]
	for i := 0; i < len(l.stacks); {
		s := l.stacks[i]
		if l.keys == nil || c.overlaps(s) {
			for _, u := range s.units {
				l.giveUp(u.r)
			}
			s.units = s.units[:0]
			l.remove(s)
			continue
		}
		i++
	}
	if l.keys == nil {
		l.next = max(l.next, last+1)
	} else {
		for _, i := range c.batch {
			if l.untaken(i) {
				l.take(i)
			}
		}
	}
	s := l.push(l.newUnit(c.batch))
	u := s.top()
	u.hi, u.soft, s.maydrop = unlimited, true, true
	c.launch(l, s, e)
}

func (c *Checker) overlaps(s *stack) bool {
	for _, u := range s.units {
		if c.shares(u) {
			return true
		}
	}
	return false
}

// giveUp remembers records that were passed over, so that a later delivery of
// them is known for what it is.
func (l *lane) giveUp(r []int64) {
	if l.given == nil {
		l.given = map[int64]bool{}
	}
	for _, i := range r {
		if len(l.given) < 1024 {
			l.given[i] = true
		}
	}
}

func (l *lane) gaveUp(i int64) bool { return l.given[i] }

// say names records for a reader.
func (c *Checker) say(l *lane, r []int64) string {
	const most = 6
	s := "["
	for n, i := range r {
		if n == most {
			s += fmt.Sprintf(" … %s (%d)", l.sh.seqOf(r[len(r)-1]), len(r))
			break
		}
		if n > 0 {
			s += " "
		}
		if l.sh.has(i) {
			s += l.sh.seqOf(i)
		}
	}
	return s + "]"
}
