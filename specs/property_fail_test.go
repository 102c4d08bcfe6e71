package specs

import (
	"context"
	"encoding/json"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets"
	"github.com/esmconform/esmconform/targets/mutant"
)

// failing names for each property mutants that it must report.
var failing = map[string][]string{
	"calls-conform":                     {"batch-size-missing", "create-pauses-afterwards"},
	"changes-come-to-rest":              {"create-ignores-enabled-false", "update-stays-disabled"},
	"get-answers-the-same":              {"create-forgets-maximum-retry-attempts", "function-arn-drops-qualifier"},
	"list-shows-what-was-made":          {"list-last-page-empty", "parallelization-factor-missing-in-list"},
	"update-with-what-is-in-force":      {"update-resets-batch-size", "update-resets-maximum-retry-attempts"},
	"refusals-change-nothing":           {"refused-update-sets-batch-size"},
	"unknown-stays-unknown":             {"delete-resource-not-found-as-access-denied", "update-unknown-is-empty"},
	"deliveries-conform":                {"bisects-once", "fires-and-forgets"},
	"bisect-accounts-for-every-record":  {"bisect-drops-the-first-half", "middle-record-lost", "message-to-a-queue-missing"},
	"bisect-ends-with-the-poison-alone": {"bisects-once", "message-on-every-failure"},
	"concurrent-calls-have-an-order":    {"delete-answers-null"},
}

// TestPropertiesFail: each property is false of something.
func TestPropertiesFail(t *testing.T) {
	for _, p := range Properties() {
		if failing[p.Name] == nil && !strings.HasPrefix(p.Name, "verdicts-") {
			t.Errorf("nothing shows that %s can fail", p.Name)
		}
		for _, name := range failing[p.Name] {
			m := mutant.Find(name)
			if m == nil {
				t.Errorf("there is no mutant %s", name)
				continue
			}
			out := onMutant(m, 5).Check(t.Context(), p)
			if out.Counterexample == nil {
				t.Errorf("%s: on %s: %s", p.Name, name, &out)
				continue
			}
			again := onMutant(m, 5)
			again.Again = out.Counterexample.Seed
			if o := again.Check(t.Context(), p); o.Counterexample == nil || o.Drawn != 1 {
				t.Errorf("%s: on %s: the seed %d does not show it again", p.Name, name, out.Counterexample.Seed)
			}
		}
	}
}

// TestVerdictPropertiesFail: a checker whose verdicts depend on what they must not.
func TestVerdictPropertiesFail(t *testing.T) {
	violation := delivery.Violation{Rule: rule.AtLeastOnce, Invariant: &delivery.Invariant{}}
	judging := func(broken func(a, b *trace.Event) bool) judge {
		return func(seen []trace.Event) (found []delivery.Violation, err error) {
			for i := range len(seen) - 1 {
				if broken(&seen[i], &seen[i+1]) {
					found = append(found, violation)
				}
			}
			return found, nil
		}
	}
	calls := 0
	for name, holds := range map[string]func(*Trial, *trace.Scenario){
		"verdicts-without-names": sameVerdicts(judging(func(a, _ *trace.Event) bool { return strings.HasPrefix(a.Mapping, "b7") }), renamed),
		"verdicts-without-pace":  sameVerdicts(judging(func(a, b *trace.Event) bool { return b.T-a.T > 4_000 }), scaled),
		"verdicts-without-coincidence": sameVerdicts(judging(func(a, b *trace.Event) bool {
			return a.Kind == trace.Put && b.Kind == trace.Put && a.T == b.T && a.Shard > b.Shard
		}), permuted),
		"verdicts-again": repeated(judging(func(_, _ *trace.Event) bool { calls++; return calls%7 == 0 })),
	} {
		p := *FindProperty(name)
		p.Holds = holds
		c := &PropertyCampaign{Profile: rule.Today, Open: direct(rule.Today), Seed: 1}
		if out := c.Check(t.Context(), &p); out.Counterexample == nil {
			t.Error(&out)
		}
	}
}

// torn is a target that is right for one client at a time.
type torn struct {
	targets.Target
	fault func(t *torn, r targets.Request) (*trace.Exchange, error)

	mu      sync.Mutex
	busy    map[string]int             // by UUID: Updates under way
	before  map[string]*trace.Exchange // by UUID: what Get last answered
	deleted map[string]bool            // by UUID
}

func (t *torn) Call(ctx context.Context, r targets.Request) (*trace.Exchange, error) {
	if x, err := t.fault(t, r); x != nil || err != nil {
		return x, err
	}
	return t.Target.Call(ctx, r)
}

// losesUpdates takes an Update while another one is under way, and forgets it.
func losesUpdates(t *torn, r targets.Request) (*trace.Exchange, error) {
	if r.Operation != trace.Update {
		return nil, nil
	}
	t.mu.Lock()
	t.busy[r.UUID]++
	alone := t.busy[r.UUID] == 1
	t.mu.Unlock()
	defer func() {
		t.mu.Lock()
		t.busy[r.UUID]--
		t.mu.Unlock()
	}()
	for range 200 {
		runtime.Gosched() // while it reads what it is about to write
	}
	if alone {
		return t.Target.Call(context.Background(), r)
	}
	x, err := t.Target.Call(context.Background(), targets.Request{Operation: trace.Get, UUID: r.UUID})
	if err != nil || x.Status != 200 {
		return x, err
	}
	shown := object(x.Response)
	shown["BatchSize"], shown["State"] = r.Body["BatchSize"], control.Updating
	text, err := json.Marshal(shown)
	return &trace.Exchange{Operation: trace.Update, Status: 202, Response: string(text)}, err
}

// readsStale answers Get from memory once after the mapping was deleted.
func readsStale(t *torn, r targets.Request) (*trace.Exchange, error) {
	t.mu.Lock()
	old := t.before[r.UUID]
	stale := r.Operation == trace.Get && old != nil && t.deleted[r.UUID]
	if stale {
		delete(t.before, r.UUID)
	}
	t.mu.Unlock()
	if stale {
		return old, nil
	}
	if r.Operation != trace.Get && r.Operation != trace.Delete {
		return nil, nil
	}
	x, err := t.Target.Call(context.Background(), r)
	if err != nil || x.Status > 299 {
		return x, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if r.Operation == trace.Delete {
		t.deleted[r.UUID] = true
	} else if !t.deleted[r.UUID] {
		t.before[r.UUID] = x
	}
	return x, nil
}

// TestConcurrencyFails: what is wrong only when clients meet is found.
func TestConcurrencyFails(t *testing.T) {
	p := FindProperty("concurrent-calls-have-an-order")
	for name, fault := range map[string]func(*torn, targets.Request) (*trace.Exchange, error){"loses updates": losesUpdates, "reads what was deleted": readsStale} {
		c := &PropertyCampaign{Profile: rule.Today, Seed: 1, Times: 20, Open: func(ctx context.Context, seed uint64) (*Runner, error) {
			r, err := direct(rule.Today)(ctx, seed)
			if err == nil {
				r.Target = &torn{Target: r.Target, fault: fault, busy: map[string]int{}, before: map[string]*trace.Exchange{}, deleted: map[string]bool{}}
			}
			return r, err
		}}
		out := c.Check(t.Context(), p)
		if out.Counterexample == nil {
			t.Errorf("a target that %s: %s", name, &out)
			continue
		}
		t.Logf("a target that %s, after %d draws: %s", name, out.Drawn, out.Counterexample.What)
	}
}
