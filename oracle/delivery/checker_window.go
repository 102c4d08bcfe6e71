package delivery

import (
	"fmt"
	"math"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// checkWindow judges a new cut against the batching window: a batch that is not
// full must wait for it, counted from whatever the documents of any year count
// it from.
func (c *Checker) checkWindow(l *lane, e *trace.Event) {
	x := &l.m.now
	if l.keys != nil || !l.started || l.m.changing(e.T) {
		return
	}
	if x.window == 0 {
		return
	}
	c.touch(rule.BatchWindowWaits)
	if len(c.batch) >= x.batch || x.filtered || math.IsInf(l.lastEnd, 0) || l.failed || len(l.sh.parents) > 0 {
		return
	}
	// Whether the window goes on while a batch fails is not documented, so only
	// what follows a success is judged. Where the window starts is not documented in 2020, and later as the end of
	// the last invocation or as the first record. The earliest of them binds.
	first := l.sh.at(c.batch[0])
	began := math.Min(first.arrival, l.lastEnd)
	if l.m.changes > 0 && first.arrival <= l.m.change.to && c.throttledSince(l.m.change.from, e.T) {
		return // it may have been cut under the settings before, and throttled
	}
	from := min(c.batch[0], l.next)
	for l.sh.has(from-1) && l.gaveUp(from-1) {
		from--
	}
	if c.batch[0]-from+int64(len(c.batch)) >= int64(x.batch) {
		return // full, of which some grew too old
	}
	size := 0
	for i := from; i < c.batch[0]; i++ {
		size += int(l.sh.at(i).size) // too old by now, and yet in the batch when it was full
	}
	for _, i := range c.batch {
		if _, again := l.tried[i]; again {
			return // it has waited once
		}
		size += int(l.sh.at(i).size)
	}
	if next := c.batch[len(c.batch)-1] + 1; l.sh.has(next) {
		size += int(l.sh.at(next).size)
	}
	if size > oversize/2 {
		return // no more may fit
	}
	if e.T < began+x.window-c.skew {
		c.report(bat4, nil, "before the window is over", fmt.Sprintf("a full batch, or %.0f ms after the last", x.window),
			fmt.Sprintf("%d of %d records after %.0f ms", len(c.batch), x.batch, e.T-began))
	}
}
