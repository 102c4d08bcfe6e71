package delivery

import (
	"math"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

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
		if exact = means; means != c.restRule(l) {
			x = par2
		}
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
