package delivery

import (
	"slices"

	"github.com/esmconform/esmconform/oracle/pattern"
	"github.com/esmconform/esmconform/oracle/trace"
)

// corruptLoss is a record that a corruption leaves without an end: in the
// corrupted trace it is never delivered, or never again after it failed.
type corruptLoss struct {
	place   int // of its put
	arrival float64
	tried   float64 // when its last attempt ended; negative if there was none
	until   float64 // when something came that may only come after it, or the end
}

// losses are the records of the corrupted invocation that come to nothing by
// the corruption.
func (c *corruption) losses() (losses []corruptLoss) {
	x, e := c.good, c.corrupted()
	for _, r := range e.Records {
		place := x.put(e, r)
		if place < 0 || c.kind == leaveOutRecord && slices.Contains(c.bad[c.at].Records, r) {
			continue
		}
		l := corruptLoss{place: place, arrival: x.events[place].Arrival, tried: -1, until: x.end()}
		settled, last := false, -1
		for i := range c.bad {
			if n := &c.bad[i]; x.sameShard(n, e) && slices.Contains(n.Records, r) {
				settled, last, l.tried = x.settles(n, r), i, n.End
			}
		}
		if settled {
			continue
		}
		for i := last + 1; i < len(c.bad) && !x.queue(); i++ {
			if n := &c.bad[i]; x.sameShard(n, e) && x.passes(n, place, c.told().parallel > 1) {
				l.until = n.T
				break
			}
		}
		losses = append(losses, l)
	}
	return losses
}

// sameShard reports whether something is an invocation of the same mapping, with
// records of the same shard.
func (x *corruptTrace) sameShard(n, e *trace.Event) bool {
	if n.Kind != trace.Invoke || n.Mapping != e.Mapping {
		return false
	}
	if x.source.SourceKind != "msk" {
		return n.Shard == e.Shard
	}
	p, _ := splitOffset(e.Records[0])
	return slices.ContainsFunc(n.Records, func(r string) bool { q, _ := splitOffset(r); return q == p })
}

// settles reports whether an invocation was the end of a record of it.
func (x *corruptTrace) settles(n *trace.Event, r string) bool {
	if !x.failed(n) || n.Outcome != trace.OK || n.End == trace.NotEnded {
		return !x.failed(n)
	}
	ids, verdict := failures(n.Report)
	if verdict != reportSome || slices.ContainsFunc(ids, func(id string) bool { return !slices.Contains(n.Records, id) }) {
		return false
	}
	if x.queue() {
		return !slices.Contains(ids, r)
	}
	at := slices.IndexFunc(n.Records, func(r string) bool { return slices.Contains(ids, r) })
	return slices.Index(n.Records, r) < at
}

// passes reports whether an invocation holds a record that stands after the one
// that was put at a place; with keys, one of its key.
func (x *corruptTrace) passes(n *trace.Event, place int, keys bool) bool {
	return slices.ContainsFunc(n.Records, func(r string) bool {
		p := x.put(n, r)
		return p > place && x.events[p].Shard == x.events[place].Shard && (!keys || x.events[p].Key == x.events[place].Key)
	})
}

// due is when a lost record had to be delivered, or tried again, at the latest,
// if something ended its life at a time.
func (c *corruption) due(l corruptLoss, before float64) float64 {
	x, e := c.good, c.corrupted()
	due, failed := l.tried+2*backoffMost+c.told().window, 0.0
	if l.tried < 0 {
		due, failed = l.arrival, 0
		children := slices.ContainsFunc(x.source.Shards, func(s trace.Shard) bool { return s.ID == e.Shard && len(s.Parents) > 0 })
		for i := range c.bad {
			n := &c.bad[i]
			if n.Kind != trace.Invoke || n.Mapping != e.Mapping || n.T >= before || n.Shard != e.Shard && !children && x.source.SourceKind != "msk" {
				continue
			}
			due = max(due, n.End)
			switch several := c.told().parallel > 1 || x.source.SourceKind == "msk"; {
			case x.failed(n):
				failed = n.End + backoffMost
			case !several:
				failed = 0
			}
		}
		due = max(due, failed)
		due += c.patience()
	}
	for i := range x.events {
		if s := &x.events[i]; s.Kind == trace.Throttle && s.T <= due {
			due = max(due, s.End+backoffMost+idle)
		}
	}
	return due
}

// patience is how long an idle mapping may let a record wait.
func (c *corruption) patience() float64 {
	switch x := c.told(); {
	case c.good.queue():
		return idle + x.window + c.good.source.VisibilityMS
	case x.parallel > 1:
		return 2*idle + x.window
	default:
		return idle + x.window
	}
}

// grewOld reports whether all that was lost may have reached an age before it had to
// be delivered, and before anything passed it over.
func (c *corruption) grewOld(age float64) bool {
	losses := c.losses()
	for _, l := range losses {
		if at := l.arrival + age - trace.DefaultSkewMS; l.until < at || c.due(l, at) < at {
			return false
		}
	}
	return len(losses) > 0
}

// restGone reports whether every record after the corrupted batch, with keys every
// one of its keys, was delivered, or need not have been had the batch gone well.
func (c *corruption) restGone() bool {
	x, e, told := c.good, c.corrupted(), c.told()
	last := x.put(e, e.Records[len(e.Records)-1])
	keys, limit := x.keys(e), x.retention()
	if told.age >= 0 {
		limit = min(limit, told.age)
	}
	for i := last + 1; i < len(x.events); i++ {
		p := &x.events[i]
		if p.Kind != trace.Put || p.Shard != x.events[last].Shard || told.parallel > 1 && !keys[p.Key] ||
			told.filtered && told.filters.Match(x.source.SourceKind, p.Record) != pattern.Matches {
			continue
		}
		delivered := slices.ContainsFunc(c.bad, func(n trace.Event) bool {
			return n.Kind == trace.Invoke && n.Mapping == e.Mapping && slices.ContainsFunc(n.Records, func(r string) bool { return x.put(&n, r) == i })
		})
		old := p.Arrival + limit - trace.DefaultSkewMS
		if !delivered && c.due(corruptLoss{arrival: p.Arrival, tried: -1}, old) < min(old, x.end()) {
			return false
		}
	}
	return true
}

// moved reports whether the corruption gives an attempt at one failing batch to
// another, and neither is given up for its retries.
func (c *corruption) moved() bool {
	x, e, b := c.good, c.corrupted(), &c.bad[c.at]
	run, _ := x.run(c.at)
	if !x.stuck(e) || len(run) < 2 || x.spent(c.at) {
		return false
	}
	before, after := -1, false
	for i := range x.events {
		if n := &x.events[i]; x.sameShard(n, e) && slices.Equal(n.Records, b.Records) {
			switch {
			case i > c.at:
				after = true
			case i < c.at && x.stuck(n) && n.End <= e.T:
				before = i
			}
		}
	}
	if before < 0 && x.cutEarly(c.at, b) {
		return after
	}
	if before < 0 || !after && x.end()-b.End > 2*backoffMost || x.spent(before) {
		return false
	}
	run, _ = x.run(before)
	n := c.told().retries
	return n < 0 || len(run) <= n
}

// cutEarly reports whether a batch may already have been cut when an invocation
// began: its records were there, and all before them of their keys had been delivered.
func (x *corruptTrace) cutEarly(at int, b *trace.Event) bool {
	keys := x.keys(b)
	last := x.put(b, b.Records[len(b.Records)-1])
	for i := range x.events[:last+1] {
		p := &x.events[i]
		if p.Kind != trace.Put || p.Shard != x.events[last].Shard || !keys[p.Key] || slices.Contains(b.Records, p.Seq) {
			continue
		}
		if x.message(&trace.Event{Mapping: b.Mapping, Shard: b.Shard, Records: []string{p.Seq}}, trace.RecordAgeExceeded) >= 0 {
			continue
		}
		if !slices.ContainsFunc(x.events[:at], func(n trace.Event) bool {
			return x.sameShard(&n, b) && n.End <= x.events[at].T && slices.Contains(n.Records, p.Seq) && x.settles(&n, p.Seq)
		}) {
			return false
		}
	}
	return x.events[last].T <= x.events[at].T
}

// cutApart reports whether what was left out of a batch that was split may have
// been a batch of its own: it came, or was reported, apart from the rest, and stood
// behind it or shares no key with it.
func (c *corruption) cutApart() bool {
	x, e, b := c.good, c.corrupted(), &c.bad[c.at]
	if !c.told().bisect || !x.stuck(e) || !x.freshlyCut(c.at) {
		return false
	}
	left := *e
	left.Records = slices.DeleteFunc(slices.Clone(e.Records), func(r string) bool { return slices.Contains(b.Records, r) })
	came := x.message(&left, trace.RecordAgeExceeded) >= 0 || c.waits(b)
	for _, i := range x.later(c.at) {
		n := &x.events[i]
		if x.shareRecord(n, &left) {
			if came = true; x.shareRecord(n, b) {
				return false
			}
		}
	}
	return came && (slices.Equal(b.Records, e.Records[:len(b.Records)]) || c.told().parallel > 1 && x.disjoint(&left, b))
}

// freshlyCut reports whether a batch, or what a report left of one, came for the
// first time, or again whole after a report that might have split it.
func (x *corruptTrace) freshlyCut(at int) bool {
	run, _ := x.run(at)
	n := slices.Index(run, at)
	if n > 0 {
		return x.events[run[n-1]].Outcome == trace.OK && x.freshlyCut(run[n-1])
	}
	return x.with(at)[0] == at || x.progressed(at)
}

// waits reports whether some of a batch fails until the end, and holds up the rest.
func (c *corruption) waits(b *trace.Event) bool {
	return slices.ContainsFunc(c.good.later(c.at), func(i int) bool { return c.good.shareRecord(&c.good.events[i], b) && c.good.unresolved(i) })
}

// seenDead reports whether all of a batch of a queue was seen in the dead-letter
// queue.
func (c *corruption) seenDead() bool {
	return slices.ContainsFunc(c.good.events[c.at:], func(l trace.Event) bool {
		return l.Kind == trace.Queue && !slices.ContainsFunc(c.corrupted().Records, func(r string) bool { return !slices.Contains(l.Dead, r) })
	})
}

// heldUp reports whether another batch had failed before what was lost had to be
// delivered, and was neither processed nor given up until the end.
func (c *corruption) heldUp() bool {
	losses := c.losses()
	for _, l := range losses {
		if l.until < c.good.end() {
			return false
		}
	}
	x, e := c.good, c.corrupted()
	for i := range x.events {
		n := &x.events[i]
		if n.Kind != trace.Invoke || n.Mapping != e.Mapping || n.Shard != e.Shard && x.source.SourceKind != "msk" || x.shareRecord(n, e) || !x.unresolved(i) {
			continue
		}
		if !slices.ContainsFunc(losses, func(l corruptLoss) bool { return c.due(l, n.T) < n.T }) {
			return len(losses) > 0
		}
	}
	return false
}

// unresolved reports whether the batch at i was neither processed nor given up.
func (x *corruptTrace) unresolved(i int) bool {
	with := x.with(i)
	last := &x.events[with[len(with)-1]]
	return slices.ContainsFunc(last.Records, func(r string) bool { return slices.Contains(x.events[i].Records, r) && !x.settles(last, r) }) &&
		!x.spent(with[len(with)-1]) && x.message(last, trace.RecordAgeExceeded) < 0
}

// rest is for how long, until some time, nothing was under way while a lost
// message of a queue waited, and no throttle was felt.
func (c *corruption) rest(l corruptLoss, until float64) float64 {
	rest, from := 0.0, max(l.arrival, l.tried)
	for i := range c.bad {
		n := &c.bad[i]
		end := n.End
		switch n.Kind {
		case trace.Throttle:
			end += backoffMost + idle
		case trace.Invoke:
		default:
			continue
		}
		if n.T >= until {
			break
		}
		if end > from {
			rest += max(0, n.T-from)
			from = end
		}
	}
	return rest + max(0, until-from)
}

// mayBeDead reports whether all that was lost may have been received so often,
// while the function was throttled, that it is in the dead-letter queue.
func (c *corruption) mayBeDead() bool {
	x := c.good
	losses := c.losses()
	for _, l := range losses {
		dead := false
		for i := range x.events {
			if s := &x.events[i]; s.Kind == trace.Throttle && s.End >= l.arrival {
				dead = dead || c.rest(l, s.T) <= c.patience()
			}
		}
		if !dead {
			return false
		}
	}
	return len(losses) > 0 && x.source.MaxReceiveCount > 0
}
