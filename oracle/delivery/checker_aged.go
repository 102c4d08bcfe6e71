package delivery

import (
	"fmt"
	"slices"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Messages about records that grew too old.

// matchAged finds a message that is the first to tell that records aged.
func (c *Checker) matchAged(l *lane, e *trace.Event, msg *trace.Message, info *trace.BatchInfo, from, to int64) {
	if l.keys != nil {
		c.matchAgedKeys(l, e, msg, info, from, to)
		return
	}
	_, skip := c.matches(l, l.sh.at(from), e.T) // then it only stood among those that were processed
	if line := l.settledLine(from); line > 0 && l.settledLine(to) > 0 && l.m.changes == 0 && !l.m.late && !skip {
		c.report(dlq1, rule.DestNotOnSuccess, "was processed", "no message for what was processed", info.StartSequenceNumber, line)
		return
	}
	n := 0
	for i := from; i <= to; i++ {
		r := l.sh.at(i)
		aged, _ := c.aged(l, r, e.T)
		if !aged && !c.expired(l, r, e.T) {
			if _, skip := c.matches(l, r, e.T); skip {
				continue
			}
			exact := rule.AgeDiscard
			if l.m.now.age < 0 {
				exact = rule.AgeInfiniteUntilExpiry
			}
			c.report(age2, exact, "discarded too young", fmt.Sprintf("records older than %.0f ms only", l.m.now.age),
				fmt.Sprintf("%s at an age of %.0f ms", r.seq, e.T-r.arrival), int(r.line))
			return
		}
		n++
	}
	for i := from; i <= to; i++ {
		if l.untaken(i) {
			if l.keys == nil && l.begun() && len(l.stacks) == 0 && l.m.changes == 0 {
				for j := l.next; j < i; j++ {
					c.skip(l, j, e.T) // its message may be on its way
				}
			}
			l.take(i)
			if l.m.start == "LATEST" && len(l.sh.parents) == 0 {
				l.started = true // what is given up was read
			}
			continue
		}
		s := l.owner(i)
		if s == nil {
			if l.gaveUp(i) {
				if l.m.changes == 0 { // else it may be what was given up at a change
					c.unfounded(l, e, info, i)
				}
				return
			}
			continue
		}
		if s.flight != nil && s.flight.unit != nil {
			c.report(dlq1, rule.DestOnAge, "still going on", "no message about a batch in flight", info.StartSequenceNumber)
			return
		}
		for _, u := range s.units {
			if at := indexIn(u.r, i); at >= 0 {
				u.r = append(u.r[:at:at], u.r[at+1:]...)
				// What is left is a batch of its own, whose counter may start again.
				u.lo, u.inv, u.whole = 0, 0, true
				u.bisect = u.bisect && len(u.r) > 1
				break
			}
		}
		for k := len(s.units) - 1; k >= 0; k-- {
			if len(s.units[k].r) == 0 {
				s.units = append(s.units[:k], s.units[k+1:]...)
			}
		}
		if len(s.units) == 0 {
			l.remove(s)
		}
	}
	r := make([]int64, 0, n)
	for i := from; i <= to; i++ {
		r = append(r, i)
	}
	l.giveUp(r)
	c.checkInfo(l, e, msg, info, from, to, n, false)
	c.touchReported(l, trace.RecordAgeExceeded, e)
}

// matchAgedKeys does so where records of other keys stand between those that a
// message reports, so that only the first and the last are known.
func (c *Checker) matchAgedKeys(l *lane, e *trace.Event, msg *trace.Message, info *trace.BatchInfo, from, to int64) {
	for _, i := range [...]int64{from, to} {
		r := l.sh.at(i)
		if !c.outlived(l, r, e.T) {
			c.report(age2, nil, "discarded too young", fmt.Sprintf("records older than %.0f ms only", l.m.now.age),
				fmt.Sprintf("%s at an age of %.0f ms", r.seq, e.T-r.arrival), int(r.line))
			return
		}
	}
	if _, again := l.reported[from]; again {
		c.unfounded(l, e, info, from)
		return
	}
	if c.processed(l, from, e.T) {
		c.report(dlq1, rule.DestNotOnSuccess, "was processed", "no message for what was processed", info.StartSequenceNumber, l.settledLine(from))
		return
	}
	run := agedRun{to, info.BatchSize}
	l.ledger = slices.DeleteFunc(l.ledger, func(x discard) bool {
		if x.condition == "" {
			return x.from <= to && x.to >= from // any of it
		}
		return x.condition != trace.RetryAttemptsExhausted && x.from >= from && x.to <= to && (x.n > 1 || run.covers(from, x.from))
	})
	if l.reported == nil {
		l.reported = map[int64]agedRun{}
	}
	if len(l.reported) < maxLedger {
		l.reported[from] = run
	}
	l.giveUp([]int64{from, to})
	c.checkInfo(l, e, msg, info, from, to, int(to-from+1), false)
	c.touchReported(l, trace.RecordAgeExceeded, e)
}

// processed reports whether a record, with keys, must have been processed: it is
// in no batch any more, and nothing else can have become of it.
func (c *Checker) processed(l *lane, i int64, t float64) bool {
	if l.untaken(i) || l.owner(i) != nil || l.gaveUp(i) || len(l.given) >= maxGiven || l.m.changes > 0 || l.m.late || i < l.first {
		return false
	}
	_, skip := c.matches(l, l.sh.at(i), t)
	return !skip
}

// matchPartOfRun finds a message about records that aged, without a batch of
// their own: how they are divided among messages is not documented.
func (c *Checker) matchPartOfRun(l *lane, e *trace.Event, msg *trace.Message, info *trace.BatchInfo, from, to int64) bool {
	listed := false
	for i := from; i <= to; i++ {
		in := false
		for k := range l.ledger {
			d := &l.ledger[k]
			if d.condition == trace.RetryAttemptsExhausted || i < d.from || i > d.to {
				continue
			}
			if d.from == from && d.to == to {
				return false // a batch
			}
			in = true
			break
		}
		listed = listed || in
		if !in && (l.untaken(i) || l.owner(i) != nil || !c.passable(l, l.sh.at(i), e.T)) {
			return false
		}
	}
	if !listed {
		return false
	}
	c.checkInfo(l, e, msg, info, from, to, int(to-from+1), false)
	rest := make([]discard, 0, len(l.ledger)+1)
	for _, d := range l.ledger {
		if d.condition == trace.RetryAttemptsExhausted || d.to < from || d.from > to {
			rest = append(rest, d)
			continue
		}
		left, right := d, d
		left.to, left.n = from-1, int(from-d.from)
		right.from, right.n = to+1, int(d.to-to)
		for _, x := range [...]discard{left, right} {
			if x.n > 0 && !c.allFiltered(l, x.from, x.to, e.T) {
				rest = append(rest, x)
			}
		}
	}
	l.ledger = rest
	c.touchReported(l, trace.RecordAgeExceeded, e)
	return true
}

// allFiltered reports whether no record of a run needs to be delivered at all.
func (c *Checker) allFiltered(l *lane, from, to int64, t float64) bool {
	for i := from; i <= to; i++ {
		if _, skip := c.matches(l, l.sh.at(i), t); !skip {
			return false
		}
	}
	return true
}
