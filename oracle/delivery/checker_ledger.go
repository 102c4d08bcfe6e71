package delivery

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// The ledger: what was discarded and has yet to be reported.

// discard is records that were given up, until a message reports them.
type discard struct {
	from, to  int64 // the first and last record
	n         int   // how many records
	condition string
	inv       int // how often the batch was invoked; 0 when that is not known
	line      int
	at        float64
	dest      string // where it had to be reported; "" for nowhere
	cut       int64  // the first record of the cut that it comes from; -1 for none
}

// maxLedger is how many discards a lane keeps waiting for their messages.
const maxLedger = 4096

// discard notes that records were given up. u is the batch, nil for records
// that were never invoked.
func (c *Checker) discard(l *lane, r []int64, u *unit, cut int64, condition string, t float64) {
	if len(r) == 0 {
		return
	}
	l.giveUp(r)
	if l.sh.src.kafka {
		c.discardKafka(l, u, t)
		return
	}
	d := discard{from: r[0], to: r[len(r)-1], n: len(r), condition: condition, line: c.line, at: t, dest: l.m.now.destination, cut: cut}
	if u != nil {
		d.line = u.line
		if !u.soft {
			d.inv = u.inv
		}
	}
	changing := l.m.changing(t)
	if d.dest == "" && !(changing && l.m.before.destination != "") {
		c.touch(rule.DestDefaultNone)
		return
	}
	if changing || u != nil && u.hi >= unlimited || l.murkyAt(r[0]) {
		d.dest = "" // may or may not be reported
	}
	spent := u != nil && condition != trace.RecordAgeExceeded && c.usedUp(l, u, t)
	if condition != trace.RetryAttemptsExhausted && !spent && (l.m.now.age < 0 || c.expiredAll(l, r, t)) {
		d.dest = "" // what expired at the source may be reported or not
	}
	if l.keys != nil && condition == trace.RecordAgeExceeded {
		c.discardAged(l, r, d)
		return
	}
	if l.keys != nil && condition == "" && slices.ContainsFunc(r, l.heard) {
		d.dest = "" // it was reported for its age
	}
	// Records that aged one by one are one run.
	if k := len(l.ledger) - 1; k >= 0 && condition == trace.RecordAgeExceeded && u == nil {
		if p := &l.ledger[k]; p.condition == condition && p.to+1 == d.from {
			p.to, p.n = d.to, p.n+d.n
			if d.dest == "" {
				p.dest = ""
			}
			return
		}
	}
	if len(l.ledger) < maxLedger {
		l.ledger = append(l.ledger, d)
	}
}

// discardAged does so with keys, for records that aged: a message says only
// which is the first and the last of them, so each is noted by itself.
func (c *Checker) discardAged(l *lane, r []int64, d discard) {
	for _, i := range r {
		if l.heard(i) || len(l.ledger) >= maxLedger {
			continue
		}
		one := d
		one.from, one.to, one.n, one.inv, one.cut = i, i, 1, 0, -1
		if l.maybe[i] {
			one.dest = ""
		}
		l.ledger = append(l.ledger, one)
	}
}

// heard reports whether, with keys, a message about age covers a record, or may.
func (l *lane) heard(i int64) bool {
	for from, x := range l.reported {
		if x.covers(from, i) {
			return true
		}
	}
	return len(l.reported) >= maxLedger
}

// agedRun is what a message about age reports, from some record on.
type agedRun struct {
	to   int64
	size int
}

// covers reports whether a record may be among those of a run: one or two are its
// ends, of more it is not known which.
func (x agedRun) covers(from, i int64) bool {
	return i == from || i == x.to || x.size > 2 && from < i && i < x.to
}

// expiredAll reports whether records may have left the source by t without
// having been given up for their age before.
func (c *Checker) expiredAll(l *lane, r []int64, t float64) bool {
	for _, i := range r {
		if x := l.sh.at(i); !c.expired(l, x, math.Min(t, c.agedOut(l, x))) {
			return false
		}
	}
	return true
}

// mayHaveGone reports whether a record may have been given up before a change of
// the mapping.
func (l *lane) mayHaveGone(i int64) bool { return l.maybe[i] || l.unclear[i] }

// murkyAt reports whether a record was there when the mapping was changed, under
// bisect: which failures of it are reported together was forgotten, or was not.
func (l *lane) murkyAt(i int64) bool {
	return i < l.murky && (l.m.now.bisect || l.m.bisected)
}

func (c *Checker) touchReported(l *lane, condition string, e *trace.Event) {
	c.touch(rule.DestNotOnSuccess)
	if condition == trace.RecordAgeExceeded {
		c.touch(rule.DestOnAge)
		c.touch(rule.AgeDiscard)
		if len(c.throttles) > 0 {
			c.touch(rule.AgeAppliesToThrottles)
		}
	} else {
		c.touch(rule.DestOnRetryExhaustion)
		c.touch(rule.RetryLimitDiscard)
	}
	for service, r := range onFailure {
		if strings.Contains(e.Source, service) {
			c.touch(r)
		}
	}
}

// finishLedger judges that everything discarded has been reported.
func (c *Checker) finishLedger(l *lane) {
	if !c.complete {
		return
	}
	for i := range l.ledger {
		d := &l.ledger[i]
		if d.dest == "" || d.at > c.now-c.settle {
			continue
		}
		exact := rule.DestOnRetryExhaustion
		if d.condition == trace.RecordAgeExceeded {
			exact = rule.DestOnAge
		}
		c.report(dlq2, exact, "not reported", "a message at "+d.dest, fmt.Sprintf("none for %s to %s", l.sh.seqOf(d.from), l.sh.seqOf(d.to)), d.line)
	}
	l.ledger = l.ledger[:0]
}
