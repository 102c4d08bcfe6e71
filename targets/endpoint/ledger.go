package endpoint

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// entry is something that was created and is to be removed.
type entry struct {
	kind, name string
	first      bool // removed before everything that is not
	remove     func(context.Context) error
}

// ledger remembers what was created, in order.
type ledger struct {
	mu      sync.Mutex
	entries []entry
}

func (l *ledger) add(e entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries = append(l.entries, e)
}

func (l *ledger) forget(kind, name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i := len(l.entries) - 1; i >= 0; i-- {
		if e := l.entries[i]; e.kind == kind && e.name == name {
			l.entries = append(l.entries[:i], l.entries[i+1:]...)
			return
		}
	}
}

// newestFirst is the order of removal: mappings, then the rest.
func (l *ledger) newestFirst() (list []entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, first := range []bool{true, false} {
		for i := len(l.entries) - 1; i >= 0; i-- {
			if l.entries[i].first == first {
				list = append(list, l.entries[i])
			}
		}
	}
	return list
}

// Close removes what this run created, newest first and mappings before what
// they map. The error names all that is left, and a second Close tries that
// again. ctx bounds it: it should not be one that has already ended with the run.
func (t *Target) Close(ctx context.Context) error {
	if t.own != nil {
		defer t.own.CloseIdleConnections()
	}
	var left []error
	for _, e := range t.made.newestFirst() {
		err := ctx.Err()
		if err == nil {
			err = e.remove(ctx)
		}
		if err != nil {
			left = append(left, fmt.Errorf("could not remove the %s %s: %w", e.kind, e.name, err))
			continue
		}
		t.made.forget(e.kind, e.name)
	}
	return errors.Join(left...)
}
