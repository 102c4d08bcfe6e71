package specs

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/reports"
	"github.com/esmconform/esmconform/targets"
)

// Options say what to run, and where to report.
type Options struct {
	Target  targets.Target
	Profile rule.Profile
	Select  func(*rule.Rule) bool // nil for every rule
	Level   rule.Level            // the weakest level that is judged
	Seed    uint64
	Suite   string // name and version, for the report
	Command string // for the report
	// Again gives the command line that shows a rule's finding again.
	Again func(*rule.Rule) string
	// Replay gives the command line that plays a scenario file again; nil: Again does.
	Replay   func(file string) string
	Report   string // the report folder
	Terminal *reports.Terminal
}

// ErrNothing says that a selection holds no rule that the profile can observe.
var ErrNothing = errors.New("the selection holds no rule that can be run")

// Removal is how long removing what a run created may take.
const Removal = 60 * time.Second

// Run runs the selected rules against a target and writes the reports, also
// when the target breaks or ctx ends. The error says why the run ended early;
// the result is then what was known by that time.
func Run(ctx context.Context, o Options) (reports.Result, error) {
	selected := func(r *rule.Rule) bool {
		return r.Level <= o.Level && (o.Select == nil || o.Select(r))
	}
	variants := Variants(o.Profile, selected)
	if len(variants) == 0 {
		return reports.Result{}, ErrNothing
	}
	head := reports.Result{Suite: o.Suite, Profile: o.Profile.String(), Seed: o.Seed, Command: o.Command,
		Started: time.Now(), Gated: Levels(o.Level)}
	for _, r := range rulesOf(variants) {
		head.Rules = append(head.Rules, header(r, o.Profile))
	}
	for _, folder := range []string{"exchanges", "traces", "scenarios"} {
		if err := os.RemoveAll(filepath.Join(o.Report, folder)); err != nil {
			return reports.Result{}, fmt.Errorf("cannot remove an earlier report: %w", err)
		}
	}
	description, contact := o.Target.Describe(ctx)
	head.Target = reports.Target{Name: description.Name, Version: description.Version}
	for _, c := range description.Capabilities {
		head.Target.Capabilities = append(head.Target.Capabilities, string(c))
	}
	run, err := reports.Open(o.Report, head, o.Terminal)
	if err != nil {
		return reports.Result{}, err
	}
	broken := contact
	if broken == nil {
		broken = play(ctx, o, description, variants, run)
	}
	// What was created is removed even when the run was told to stop.
	clean, cancel := context.WithTimeout(context.WithoutCancel(ctx), Removal)
	defer cancel()
	if err := o.Target.Close(clean); err != nil {
		o.Terminal.Printf("left behind: %v", err)
	}
	result, err := run.Close(broken)
	return result, errors.Join(broken, err)
}

func play(ctx context.Context, o Options, d targets.Description, variants []Variant, run *reports.Run) error {
	s := newScore(variants)
	s.run, s.dir, s.level, s.again, s.replay, s.strict = run, o.Report, o.Level, o.Again, o.Replay, o.Select != nil
	var failed error
	campaign := &Campaign{Context: ctx, Runner: NewRunner(o.Target, d, o.Profile), Variants: variants,
		Gate: func(l rule.Level) bool { return l <= o.Level },
		Done: func(out *Outcome) {
			if err := s.take(out, o.Profile); err != nil && failed == nil {
				failed = fmt.Errorf("cannot write evidence: %w", err)
			}
		}}
	return errors.Join(campaign.Run(), failed)
}
