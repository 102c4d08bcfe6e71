package delivery

import (
	"fmt"
	"math/rand/v2"
)

// Point is a place where the documentation leaves a mapping a choice.
type Point uint8

// The points. Option 0 is at each of them the default.
const (
	PointCut         Point = iota // how many records to leave out of a full batch
	PointSplit                    // where a bisected batch is split, counted on from the half rounded down
	PointAttempts                 // what the counter of a half starts at: 0 or 1
	PointCounter                  // after progress: a fresh counter, or it runs on
	PointRecut                    // after progress: the same suffix, or a new cut from the checkpoint
	PointNoProgress               // no progress or an invalid report under bisect: split, or retry the whole
	PointMerge                    // under bisect: a message at once, or together with the discarded neighbour
	PointKeep                     // over a stop: keep units, keep them with counters at zero, drop them
	PointAck                      // over a stop: the batch in flight counts, or its end is not noticed
	PointDelay                    // of a poll or a retry
	PointDestDelay                // of a message on its way to the destination
	PointDuration                 // of an invocation
	PointCallTime                 // how long a call of the control plane takes
	PointCallLag                  // how long a call takes to act
	PointLatest                   // LATEST: the position at the call, or when polling begins
	PointWindow                   // a window opens at the first waiting record, or at the completion before
	PointGrace                    // how long after the end of a tumbling window its last records are waited for
	PointFinal                    // the final invocation of a tumbling window: without records, or with its last batch
	PointLane                     // which keys share a lane
	PointLaneWait                 // a lane starts beside others, or waits for one of them
	PointConsumers                // how many partitions fewer than all have a consumer of their own
	PointConcurrency              // how many batches more than one of a queue may be in flight
	PointExpiry                   // expired records: without a word, or with a message
	numPoints
)

var pointNames = [numPoints]string{
	"cut", "split", "attempts", "counter", "recut", "no-progress", "merge", "keep", "ack", "delay", "dest-delay", "duration",
	"call-time", "call-lag", "latest", "window", "grace", "final", "lane", "lane-wait", "consumers", "concurrency", "expiry",
}

// String is the name of the point.
func (p Point) String() string {
	if p >= numPoints {
		return fmt.Sprintf("Point(%d)", uint8(p))
	}
	return pointNames[p]
}

// Choices picks among the n legal continuations at a point, numbered from 0,
// which is the default and always legal.
type Choices interface {
	Choose(p Point, n int) int
}

// Default takes the default at every point.
type Default struct{}

// Choose returns 0.
func (Default) Choose(Point, int) int { return 0 }

// machineSeeded explores: each seed leaves some points alone and deviates at
// others seldom, often or always, since a trace with all freedoms taken at
// once hides the effect of each.
type machineSeeded struct {
	rand  *rand.Rand
	often [numPoints]float64
}

// Seeded makes choices that depend on the seed and on what was asked before.
// They may not be shared between goroutines.
func Seeded(seed uint64) Choices {
	s := &machineSeeded{rand: rand.New(rand.NewPCG(seed, 0x65736d636f6e66))}
	for p := range s.often {
		s.often[p] = [...]float64{0, 0.1, 0.5, 1}[s.rand.IntN(4)]
	}
	return s
}

func (s *machineSeeded) Choose(p Point, n int) int {
	if n < 2 || s.often[p] == 0 || s.rand.Float64() >= s.often[p] {
		return 0
	}
	return s.rand.IntN(n)
}
