package main

// outcome is what became of a change.
type outcome string

const (
	killed   outcome = "killed"
	timedOut outcome = "timed out" // no less noticed than killed
	survived outcome = "survived"
	// unreached is a change at a place that no test comes by.
	unreached outcome = "not reached"
	// uncompiled is a change that the compiler refuses: it is none, and is not in the score.
	uncompiled outcome = "no code"
)

// outcomes are in the order of the table.
var outcomes = []outcome{killed, timedOut, survived, unreached, uncompiled}

// target is the least part of the changes that the tests must notice.
const target = 0.9

// tally counts outcomes.
type tally map[outcome]int

func (t tally) noticed() int { return t[killed] + t[timedOut] }

func (t tally) all() int { return t.noticed() + t[survived] + t[unreached] }

// score is the part of all changes that was noticed, 1 if there are none.
func (t tally) score() float64 {
	if t.all() == 0 {
		return 1
	}
	return float64(t.noticed()) / float64(t.all())
}
