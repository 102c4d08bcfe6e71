package reference

import (
	"context"
	"sync"
	"time"
)

// Clock is what a Server takes the time from.
type Clock interface {
	Now() time.Time
	// Sleep returns after d, or earlier with the context's error.
	Sleep(context.Context, time.Duration) error
}

// RealClock is the time of the machine.
type RealClock struct{}

// Now returns the current time.
func (RealClock) Now() time.Time { return time.Now() }

// Sleep waits for d, or until the context ends and then returns its error.
func (RealClock) Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Epoch is where a VirtualClock starts unless told otherwise. It is fixed, so
// that ARNs and timestamps are the same in every run.
var Epoch = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

// VirtualClock moves only when somebody sleeps. The zero value starts at Epoch.
type VirtualClock struct {
	mu    sync.Mutex
	start time.Time
	slept time.Duration
}

// NewVirtualClock returns a clock that starts at the given time.
func NewVirtualClock(start time.Time) *VirtualClock { return &VirtualClock{start: start} }

// Now returns the start and all that was slept since.
func (c *VirtualClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	start := c.start
	if start.IsZero() {
		start = Epoch
	}
	return start.Add(c.slept)
}

// Sleep moves the clock by d and returns at once. A d below zero moves nothing;
// with a context that has ended nothing moves and its error is returned.
func (c *VirtualClock) Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.slept += max(d, 0)
	return nil
}
