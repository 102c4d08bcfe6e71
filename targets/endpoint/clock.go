package endpoint

import (
	"context"
	"fmt"
	"time"
)

// Clock is the time that exchanges are stamped with and that waits are measured
// by: real, or that of a target that runs in virtual time.
type Clock interface {
	Now() time.Time
	// Sleep returns after d, or earlier with the context's error.
	Sleep(ctx context.Context, d time.Duration) error
}

type realClock struct{}

func (realClock) Now() time.Time { return time.Now() }

func (realClock) Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// pollInterval is how often a change of state is looked for.
const pollInterval = 50 * time.Millisecond

// wait asks done until it says yes or fails, at most for Settle. what completes
// "… within 30s".
func (t *Target) wait(ctx context.Context, what string, done func() (bool, error)) error {
	end := t.opt.Clock.Now().Add(t.opt.Settle)
	for {
		if ok, err := done(); ok || err != nil {
			return err
		}
		if !t.opt.Clock.Now().Before(end) {
			return fmt.Errorf("%s within %s", what, t.opt.Settle)
		}
		if err := t.opt.Clock.Sleep(ctx, pollInterval); err != nil {
			return err
		}
	}
}

// Now is the time by the target's clock.
func (t *Target) Now() time.Time { return t.opt.Clock.Now() }

// Sleep waits by the target's clock.
func (t *Target) Sleep(ctx context.Context, d time.Duration) error {
	return t.opt.Clock.Sleep(ctx, d)
}

// Settle is how long a change of state may take before it counts as never.
func (t *Target) Settle() time.Duration { return t.opt.Settle }
