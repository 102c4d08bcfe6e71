package delivery

import (
	"testing"

	"github.com/esmconform/esmconform/oracle/trace"
)

// TestCheckerKeepsWhatIsNotDelivered: a mapping that starts late finds every
// record, however many there are, and once they are delivered no more than the
// history is kept.
func TestCheckerKeepsWhatIsNotDelivered(t *testing.T) {
	g := &traffic{batch: 100}
	c := NewChecker(func(v Violation) { t.Fatal(v.String()) })
	line := 0
	feed := func(events []trace.Event) {
		for i := range events {
			line++
			events[i].Line = line
			if err := c.Event(&events[i]); err != nil {
				t.Fatal(err)
			}
		}
	}
	feed(g.begin())
	var invocations []trace.Event
	for line < trafficShards*(historyBound+2*blockSize) {
		events := g.next(nil)
		feed(events[:g.batch])
		invocations = append(invocations, events[g.batch:]...)
	}
	blocks := func() (most int) {
		for _, sh := range c.sources[trafficStream].order {
			most = max(most, len(sh.blocks))
		}
		return most
	}
	if n := blocks(); n < historyBound/blockSize+2 {
		t.Fatalf("%d blocks are kept of what is not delivered", n)
	}
	for i := range invocations {
		invocations[i].T += g.now
		invocations[i].End += g.now
	}
	feed(invocations)
	g.now *= 2
	for end := line + 2*trafficShards*blockSize; line < end; {
		feed(g.next(nil))
	}
	if n := blocks(); n > historyBound/blockSize+1 {
		t.Errorf("%d blocks are kept of what is delivered", n)
	}
}
