package reference

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"
)

func TestVirtualClock(t *testing.T) {
	var zero VirtualClock
	if !zero.Now().Equal(Epoch) {
		t.Errorf("the zero clock starts at %v, want %v", zero.Now(), Epoch)
	}
	start := time.Date(2020, 8, 11, 12, 0, 0, 0, time.UTC)
	c := NewVirtualClock(start)
	began := time.Now()
	var g sync.WaitGroup
	for range 10 {
		g.Go(func() {
			if err := c.Sleep(t.Context(), 24*time.Hour); err != nil {
				t.Error(err)
			}
		})
	}
	g.Wait()
	if err := c.Sleep(t.Context(), -time.Hour); err != nil {
		t.Error(err)
	}
	if want := start.AddDate(0, 0, 10); !c.Now().Equal(want) {
		t.Errorf("after ten days it is %v, want %v", c.Now(), want)
	}
	if took := time.Since(began); took > time.Minute {
		t.Errorf("ten virtual days took %v", took)
	}

	ended, end := context.WithCancel(t.Context())
	end()
	before := c.Now()
	if err := c.Sleep(ended, time.Hour); !errors.Is(err, context.Canceled) || !c.Now().Equal(before) {
		t.Errorf("with an ended context: %v, and the clock moved by %v", err, c.Now().Sub(before))
	}
}

func TestRealClock(t *testing.T) {
	var c RealClock
	before := c.Now()
	if err := c.Sleep(t.Context(), 10*time.Millisecond); err != nil || c.Now().Sub(before) < 10*time.Millisecond {
		t.Errorf("slept %v, %v", c.Now().Sub(before), err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if err := c.Sleep(ctx, time.Hour); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want the context's error", err)
	}
	if err := c.Sleep(ctx, 0); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want the context's error", err)
	}
}
