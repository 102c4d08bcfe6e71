package specs

import (
	"time"
)

// Waiting: for a mapping to come to rest, or to be gone.

func (e *Env) sleep(d time.Duration) {
	start := time.Now()
	defer func() { e.run.slept += time.Since(start) }()
	if err := e.run.Target.Sleep(e.Context, d); err != nil {
		panic(stop{err: err})
	}
}

// Settle waits until the mapping has come to rest with all its settings in
// force; a mapping that does not within the target's bound is a violation.
func (e *Env) Settle(m *Mapping) {
	e.poll(m, func() bool { return e.judge.Settled(m.UUID) })
}

// Gone waits until a deleted mapping is no more.
func (e *Env) Gone(m *Mapping) {
	e.poll(m, func() bool { return e.judge.Vanished(m.UUID) })
}

// firstPoll and lastPoll are the intervals between looks at a mapping: short
// enough for an emulator, polite enough for AWS.
const (
	firstPoll = 5 * time.Millisecond
	lastPoll  = time.Second
)

func (e *Env) poll(m *Mapping, done func() bool) {
	deadline := e.run.Target.Now().Add(e.run.patience())
	for wait := firstPoll; ; wait = min(2*wait, lastPoll) {
		e.Get(m)
		if done() {
			return
		}
		if !e.run.Target.Now().Before(deadline) {
			e.run.disappointed()
			e.take(e.judge.Overdue(m.UUID))
			return
		}
		e.sleep(wait)
	}
}

// Pause lets time pass on the target.
func (e *Env) Pause(d time.Duration) { e.sleep(d) }
