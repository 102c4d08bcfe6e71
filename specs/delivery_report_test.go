package specs

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/reports"
	"github.com/esmconform/esmconform/targets"
	"github.com/esmconform/esmconform/targets/reference"
)

// faulty plays like the reference, with what change makes of each event; false
// drops the event.
type faulty struct {
	targets.Target
	targets.Player
	change func(*trace.Event) bool
	err    error // of Play, instead
}

func (f faulty) Play(ctx context.Context, s *trace.Scenario, emit func(*trace.Event) error) error {
	if f.err != nil {
		return f.err
	}
	return f.Player.Play(ctx, s, func(e *trace.Event) error {
		if !f.change(e) {
			return nil
		}
		return emit(e)
	})
}

// runOn plays the rules of a selection on a target and reports what came out,
// as Run does, but without Ginkgo, which runs once in a process only.
func runOn(t *testing.T, target targets.Target, selection string) (reports.Result, string) {
	t.Helper()
	selected, err := Selector(selection)
	if err != nil {
		t.Fatal(err)
	}
	d, err := target.Describe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	dir, head := t.TempDir(), reports.Result{}
	variants := Variants(rule.Today, selected)
	for _, r := range rulesOf(variants) {
		head.Rules = append(head.Rules, header(r, rule.Today))
	}
	run, err := reports.Open(dir, head, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := newScore(variants)
	s.run, s.dir, s.level, s.strict = run, dir, rule.Recorded, true
	s.again = func(r *rule.Rule) string { return "run --rules " + r.ID }
	s.replay = func(file string) string { return "replay " + file }
	runner := NewRunner(target, d, rule.Today)
	for _, v := range variants {
		out := runner.Play(t.Context(), v)
		if out.Broken != nil {
			t.Fatal(out.Broken)
		}
		if err := s.take(&out, rule.Today); err != nil {
			t.Fatal(err)
		}
	}
	result, err := run.Close(nil)
	if err != nil {
		t.Fatal(err)
	}
	return result, dir
}

// newReference is the reference, as a target and as a player.
func newReference(t *testing.T) (targets.Target, targets.Player) {
	t.Helper()
	target, err := reference.NewTarget(t.Context(), rule.Today)
	if err != nil {
		t.Fatal(err)
	}
	return target, target.(targets.Player)
}

func TestFindingOfTheDataPlane(t *testing.T) {
	whole, p := newReference(t)
	messages := faulty{whole, p, func(e *trace.Event) bool { return e.Kind != trace.Destination }, nil}
	result, dir := runOn(t, messages, "dest-on-retry-exhaustion")
	r := result.Rules[0]
	if len(result.Rules) != 1 || r.Outcome != reports.Fail || len(r.Findings) == 0 {
		t.Fatalf("messages that are lost: %+v", result.Rules)
	}
	f := r.Findings[0]
	file, lines, ok := strings.Cut(f.Evidence[0], ".jsonl:")
	scenario, replay := strings.CutPrefix(f.Again, "replay ")
	if !ok || !replay || filepath.Dir(file) != filepath.Join(dir, "traces") || filepath.Dir(scenario) != filepath.Join(dir, "scenarios") {
		t.Fatalf("evidence %q, again %q", f.Evidence, f.Again)
	}
	text, err := os.ReadFile(file + ".jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range strings.Split(lines, ",") {
		if n, err := strconv.Atoi(n); err != nil || n < 1 || n > strings.Count(string(text), "\n") {
			t.Errorf("there is no line %q in the trace", lines)
		}
	}
	in, err := os.Open(scenario)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	s, err := trace.ReadScenario(in)
	if err != nil {
		t.Fatal(err)
	}
	if s.Profile != "today" || !strings.Contains(f.Actual, s.Name) {
		t.Errorf("the finding %q is about another scenario than %s", f.Actual, s.Name)
	}
}

// TestFaultsAreReportedUnderTheirRules: each fault breaks the rule that it is
// about, whichever scenario shows it.
func TestFaultsAreReportedUnderTheirRules(t *testing.T) {
	whole, p := newReference(t)
	reversed := func(e *trace.Event) bool {
		if e.Kind == trace.Invoke && len(e.Records) > 1 && e.Attempts == nil {
			e.Records = slices.Clone(e.Records)
			slices.Reverse(e.Records)
		}
		return true
	}
	eager := func(e *trace.Event) bool {
		if e.Kind == trace.Call && e.Detail.Request["BatchSize"] != nil {
			e.Detail.Request["BatchSize"] = 1
		}
		return true
	}
	for broken, change := range map[*rule.Rule]func(*trace.Event) bool{rule.OrderInShard: reversed, rule.BatchAtMostBatchsize: eager} {
		result, _ := runOn(t, faulty{whole, p, change, nil}, broken.ID)
		if result.Rules[0].Outcome != reports.Fail {
			t.Errorf("%s: %+v", broken, result.Rules[0])
		}
	}
}

func TestTargetsThatCannotPlay(t *testing.T) {
	whole, p := newReference(t)
	without := struct{ targets.Target }{whole}
	lacking := faulty{whole, p, nil, &targets.Unsupported{Capability: rule.CanKinesis, Err: context.Canceled}}
	for _, target := range []targets.Target{without, lacking} {
		result, _ := runOn(t, target, "area:bisect,!frt-bisect-interplay")
		for _, r := range result.Rules {
			if r.Rule == rule.BisectBatchSizeSettingUnchanged.ID {
				continue // of the control plane
			}
			if r.Outcome != reports.Unsupported || r.Reason == "" {
				t.Errorf("%T: %s is %s: %q", target, r.Rule, r.Outcome, r.Reason)
			}
		}
	}
	lost := faulty{whole, p, func(e *trace.Event) bool { return e.Kind != trace.Destination }, nil}
	result, _ := runOn(t, lost, "dest-onfailure-sns")
	if r := result.Rules[0]; r.Outcome != reports.Inconclusive || r.Reason == "" {
		t.Errorf("messages that are lost: %+v", r)
	}
	silent := faulty{whole, p, func(e *trace.Event) bool { return e.Kind != trace.Invoke }, nil}
	result, _ = runOn(t, silent, "batch-payload-6mb")
	if r := result.Rules[0]; r.Outcome != reports.Inconclusive {
		t.Errorf("a target that invokes nothing: %+v", r)
	}
}
