package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// session is one run of this program.
type session struct {
	root    string
	work    string // a folder that is removed at the end
	workers int
	sample  int
	least   time.Duration // a run of tests is given no less
	short   bool          // the test of the whole suite is left out
	results *results
	log     io.Writer

	lock sync.Mutex
	done []*result
	// judged counts those of the package that is being measured.
	judged int
}

// measure runs the tests of a package on each of its changes.
func (s *session) measure(ctx context.Context, p *subject) error {
	drawn := sample(p.changes, s.sample)
	var todo []*change
	for _, c := range drawn {
		if old := s.results.known[c.key()]; old != nil {
			s.done = append(s.done, old)
			continue
		}
		todo = append(todo, c)
	}
	s.say("%s: %d of %d changes, %d known from before", p.name, len(drawn), len(p.changes), len(drawn)-len(todo))
	if len(todo) == 0 {
		return nil
	}
	binary, err := build(ctx, p, p.overlay, s.work)
	if err != nil {
		return err
	}
	t, err := newTests(ctx, binary, p.folder, s.work, s.least, s.short)
	if err != nil {
		return err
	}
	for _, stage := range t.stages {
		s.say("%s: %s: at most %s, they come by %d of the changes", p.name, stage.what, stage.timeout.Round(time.Second), len(stage.reached))
	}
	if err := s.judgeAll(ctx, p, t, todo); err != nil {
		return err
	}
	// The tests must still pass: if not, something else killed the changes.
	for _, stage := range t.stages {
		if _, err := t.pass(ctx, stage); err != nil {
			return fmt.Errorf("at the end: %w", err)
		}
	}
	return nil
}

// judgeAll judges several changes at a time and writes down what became of each.
func (s *session) judgeAll(ctx context.Context, p *subject, t *tests, todo []*change) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	s.judged = 0
	next := make(chan *change)
	var group sync.WaitGroup
	for range s.workers {
		group.Go(func() {
			for c := range next {
				r, err := s.judge(ctx, p, t, c)
				if err == nil {
					err = s.note(r, len(todo))
				}
				if err != nil {
					cancel(err)
				}
			}
		})
	}
	for _, c := range todo {
		select {
		case next <- c:
		case <-ctx.Done():
		}
	}
	close(next)
	group.Wait()
	return context.Cause(ctx)
}

// judge runs the tests that come by a change, the fast ones first, until one fails.
func (s *session) judge(ctx context.Context, p *subject, t *tests, c *change) (*result, error) {
	r := &result{Package: p.name, change: *c, Outcome: unreached}
	start := time.Now()
	defer func() { r.Seconds = float64(time.Since(start).Milliseconds()) / 1000 }()
	if c.alone {
		// No switch, so a build of its own; where it is reached is not known.
		binary, err := build(ctx, p, p.changed(s.root, c), s.work)
		var refused *buildError
		if errors.As(err, &refused) {
			r.Outcome = uncompiled
			return r, nil
		}
		if err != nil {
			return nil, err
		}
		defer os.RemoveAll(filepath.Dir(binary))
		own := *t
		own.binary, t = binary, &own
	}
	for _, stage := range t.stages {
		if !c.alone && !stage.reached[c.id] {
			continue
		}
		end, out, err := t.run(ctx, stage, fmt.Sprintf("MUTATE_CHANGE=%d", c.id))
		if err != nil {
			return nil, err
		}
		r.Outcome = end
		if end != survived {
			r.By = culprit(out)
			break
		}
	}
	return r, nil
}

// note writes down what became of a change.
func (s *session) note(r *result, all int) error {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.done = append(s.done, r)
	s.judged++
	s.say("%d/%d %s %.1f s %s %s", s.judged, all, r.Outcome, r.Seconds, &r.change, r.By)
	return s.results.add(r)
}

func (s *session) say(format string, args ...any) {
	fmt.Fprintf(s.log, format+"\n", args...)
}
