package delivery

import (
	"math"

	"github.com/esmconform/esmconform/oracle/rule"
)

// last says how the last invocation of a unit ended.
type last uint8

const (
	fresh      last = iota // not invoked yet
	failed                 // a function error or a time-out
	malformed              // a report that counts as a failure
	noProgress             // a report that names the head
)

// unlimited stands for "any number of attempts".
const unlimited = math.MaxInt32

// unit is a batch that stays together until it is settled: a new cut, a part
// of a split one, or what a partial report left.
type unit struct {
	r      []int64 // the indices of its records
	lo, hi int     // how many failed invocations it has had: at least, at most
	last   last
	bisect bool // the failure may have split it
	whole  bool // the failure may have left it whole
	soft   bool // its bounds may have been forgotten
	inv    int  // invocations of just this batch
	spent  bool // its retries were used up by the settings of the time
	line   int  // of its last invocation
	end    float64
	answer bool // the last invocation was answered
	report bool // the answer was a report: the function itself did not fail
	rest   bool // it is what a report left
	recut  bool // it is soft for that reason alone
	slow   bool // the last invocation timed out
	blank  bool // the last invocation returned no state, which a tumbling window needs
	veiled bool // the last invocation may have come to anything, a success too
	before int  // of a part of a split batch: how often the batches failed that it was split off; else 0
}

// stack is what is left of one cut, the lowest records on top. It owns the keys
// of its records until it is empty.
type stack struct {
	units   []*unit
	flight  *flight
	maydrop bool  // its bounds may all have been forgotten
	cut     int64 // the first record of the cut that it comes from
}

func (s *stack) top() *unit { return s.units[len(s.units)-1] }

// flight is an invocation that has not been taken account of.
type flight struct {
	unit    *unit
	start   float64
	end     float64    // infinite while not seen to end
	slow    bool       // it timed out
	blank   bool       // it returned no state, which a tumbling window needs
	means   *rule.Rule // what makes a report a success, if one was given
	outcome outcomeOf
	point   int // with a partial report: how many records were processed
}

type outcomeOf uint8

const (
	wentWell outcomeOf = iota
	wentWrong
	reported  // a report that settles some records
	reportedH // a report that names the head
	reportedX // a malformed report
	unclear   // it may have come to anything
)

// lane is a mapping's place in one shard.
type lane struct {
	m    *mapping
	sh   *shardLog
	next int64 // with ParallelizationFactor 1: the first record of no unit

	stacks []*stack
	keys   map[string][]int64 // with a factor above 1: the untaken records of each key
	taken  map[int64]bool     // of records at or above next: which are taken (factor above 1)

	unsure   bool    // at the end, something may have been given up or not
	started  bool    // something was delivered, so the start is known
	murky    int64   // what came before was there at a change: how its failures are merged is not known
	softened float64 // when its bounds were last made soft
	lastEnd  float64 // when its last invocation ended
	failed   bool    // whether that was no success
	found    bool    // it began with records from before the mapping was created
	renewed  bool    // something was delivered that came after the mapping was at work
	dawdled  bool    // it let a full batch wait before
	left     int64   // the first record that the last report left, where it may be cut anew; or -1
	lastCut  float64
	settled  []run          // what was settled most lately, for what may come again
	history  []run          // what settled stands in
	redone   map[int64]bool // what of it came again after the last change
	free     []*unit
	frees    []*stack
	ledger   []discard
	tried    map[int64]int  // records given back to be cut anew: how often they failed at most
	maybe    map[int64]bool // records that may have been given up before a change
	unclear  map[int64]bool // those of them that were passed over
	given    map[int64]bool // records that were given up, with keys in them that stay blocked no more
	tumble   *tumble        // with tumbling windows: what is known of the present one

	lastFail float64           // when the last invocation ended that was no success
	first    int64             // with LATEST and keys: the lowest record that was delivered; what is before it may be missed
	missed   int64             // the highest record that was passed over for that
	reported map[int64]agedRun // with keys: the first and last records of messages about age
}

// run is a run of records that was settled at once.
type run struct {
	from, to int64
	start    float64    // of the invocation
	at       float64    // its end
	line     int        // that invoked it
	means    *rule.Rule // what made a report a success, if one was given
}

func newLane(m *mapping, sh *shardLog) *lane {
	l := &lane{m: m, sh: sh, next: sh.base, softened: math.Inf(-1), lastEnd: math.Inf(-1), lastFail: math.Inf(-1), lastCut: math.Inf(-1), first: -1, missed: -1, left: -1}
	l.rekey()
	return l
}

// low is the lowest record that the lane may still need.
func (l *lane) low() int64 {
	low := l.next
	for _, s := range l.stacks {
		for _, u := range s.units {
			low = min(low, u.r[0])
		}
	}
	for i := range l.ledger {
		low = min(low, l.ledger[i].from)
	}
	for _, r := range l.settled {
		low = min(low, r.from)
	}
	return low
}

// rekey builds the queues of keys when the factor has risen above 1.
func (l *lane) rekey() {
	if l.m.now.parallel <= 1 && l.m.before.parallel <= 1 || l.keys != nil {
		return
	}
	l.keys, l.taken = map[string][]int64{}, map[int64]bool{}
	for i := l.next; i < l.sh.end(); i++ {
		l.queueKey(i)
	}
}

func (l *lane) queueKey(i int64) {
	k := l.sh.at(i).key
	l.keys[k] = append(l.keys[k], i)
}

// untaken reports whether a record is in no unit and was in none.
func (l *lane) untaken(i int64) bool { return i >= l.next && !l.taken[i] }

// take marks a record as taken.
func (l *lane) take(i int64) {
	if len(l.tried) > 0 {
		delete(l.tried, i)
	}
	if len(l.maybe) > 0 {
		delete(l.maybe, i)
	}
	if l.keys == nil {
		l.next = i + 1
		return
	}
	l.taken[i] = true
	k := l.sh.at(i).key
	q := l.keys[k]
	for n, x := range q {
		if x == i {
			q = append(q[:n:n], q[n+1:]...)
			break
		}
	}
	if len(q) == 0 {
		delete(l.keys, k)
	} else {
		l.keys[k] = q
	}
	for l.taken[l.next] {
		delete(l.taken, l.next)
		l.next++
	}
}

func (l *lane) newUnit(r []int64) *unit {
	var u *unit
	if n := len(l.free); n > 0 {
		u = l.free[n-1]
		l.free = l.free[:n-1]
		*u = unit{r: u.r[:0]}
	} else {
		u = &unit{}
	}
	u.r = append(u.r, r...)
	return u
}

func (l *lane) push(u *unit) *stack {
	var s *stack
	if n := len(l.frees); n > 0 {
		s = l.frees[n-1]
		l.frees = l.frees[:n-1]
		s.units = append(s.units[:0], u)
		s.maydrop = false
	} else {
		s = &stack{units: []*unit{u}}
	}
	s.cut = u.r[0]
	l.stacks = append(l.stacks, s)
	return s
}

// pop takes the top unit off a stack, and the stack away when it was the last.
func (l *lane) pop(s *stack) {
	u := s.top()
	s.units = s.units[:len(s.units)-1]
	l.free = append(l.free, u)
	if len(s.units) == 0 {
		l.remove(s)
	}
}

func (l *lane) remove(s *stack) {
	for i, x := range l.stacks {
		if x == s {
			l.stacks = append(l.stacks[:i], l.stacks[i+1:]...)
			if s.flight != nil {
				*s.flight = flight{}
			}
			l.frees = append(l.frees, s)
			return
		}
	}
}

// owner returns the stack that holds a record, or nil.
func (l *lane) owner(i int64) *stack {
	for _, s := range l.stacks {
		for _, u := range s.units {
			if i >= u.r[0] && i <= u.r[len(u.r)-1] && indexIn(u.r, i) >= 0 {
				return s
			}
		}
	}
	return nil
}

// indexIn is the place of a record in a unit, or -1.
func indexIn(r []int64, i int64) int {
	if n := i - r[0]; n >= 0 && n < int64(len(r)) && r[n] == i {
		return int(n)
	}
	for n, x := range r {
		if x == i {
			return n
		}
	}
	return -1
}

// remember keeps what was settled most lately: it may come again after a change,
// and a finding names it.
func (l *lane) remember(r []int64, f *flight, line int, lag float64) {
	if n := len(l.settled); n >= 64 || n >= 16 && l.settled[0].at < f.end-lag && !l.mayRepeat(l.settled[0], lag) {
		l.settled = l.settled[1:]
	}
	if len(r) > 0 {
		if len(l.settled) == cap(l.settled) {
			if l.history == nil {
				l.history = make([]run, 0, 256)
			}
			l.settled = append(l.history, l.settled...) // to its front
		}
		l.settled = append(l.settled, run{r[0], r[len(r)-1], f.start, f.end, line, f.means})
	}
	if len(l.given) > 0 {
		for _, i := range r {
			delete(l.given, i)
		}
	}
}

// soften notes that a change of the mapping may have made the poller forget
// counters and the bounds of units.
func (l *lane) soften(t float64) {
	for _, s := range l.stacks {
		s.maydrop = true
		for _, u := range s.units {
			u.lo, u.soft = 0, true
		}
	}
	l.softened, l.murky = t, l.sh.end()
	clear(l.redone)
}

// outdated notes that what is older than a limit at t may have been given up.
func (l *lane) outdated(limit, t float64) {
	for i := max(l.low(), l.sh.base); i < l.sh.end() && t-l.sh.at(i).arrival >= limit; i++ {
		if l.maybe == nil {
			l.maybe = map[int64]bool{}
		}
		l.maybe[i] = true
	}
}
