package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/reports"
	"github.com/esmconform/esmconform/specs"
)

// fuzzFlags say how long to search, and where.
type fuzzFlags struct {
	target    targetFlags
	profile   profileFlag
	level     levelFlag
	span      time.Duration
	sequences uint64
	seed      uint64
	workers   int
	shard     string
	corpus    string
	baseline  []string
	report    string
	resume    bool
	runs      int
	patience  time.Duration
	asJSON    bool
}

func fuzzCommand() *cobra.Command {
	f := fuzzFlags{level: levelFlag{rule.Implied}}
	c := &cobra.Command{
		Use:   "fuzz",
		Short: "Search for breaches with sequences that nobody thought of",
		Long: `Fuzz draws sequences of calls, and on a target that plays scenarios also records,
failures, updates and pauses, and judges what the target makes of them. Of each finding, a rule
broken in one way (its class), the first sequence that shows it is made smaller for as long as it
shows the same, played alone five times, and kept: as a scenario that replay plays on any
target, and as a script for the AWS CLI where it holds calls only.

The same seed gives the same sequences, findings and least cases on any number of
workers; --shard I/N plays every Nth sequence, beginning with the Ith, and "esmconform merge"
makes one result of N. An endpoint is first explored on the model: what reached a state that no
smaller sequence reached comes first.

The search ends after --for, or --sequences; with --for alone also when nothing new has
come for a long time. SIGINT and SIGTERM end it with what it has. fuzz.json in the report
folder is kept as it goes, and --resume goes on from there.

A result of an earlier search is a --baseline: what it has found is counted, and no finding.

Exit codes: 0 nothing found; 1 findings; 2 wrong usage or input; 3 stopped, the target
died, or too little was done to say anything.`,
		Example: `  esmconform fuzz --for 10m
  esmconform fuzz --target endpoint:http://127.0.0.1:4566 --profile today --for 5m --corpus corpus
  esmconform fuzz --sequences 100000 --seed 7 --shard 2/4`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return f.run(c) },
	}
	f.target.add(c)
	addProfile(c, &f.profile)
	s := c.Flags()
	s.Var(&f.level, "level", `the weakest level that is judged: "must", "implied", "should" or "recorded"`)
	s.DurationVar(&f.span, "for", time.Minute, "how long to search, apart from making findings smaller")
	s.Uint64Var(&f.sequences, "sequences", 0, "how many sequences to play, over all shards (default as many as --for allows)")
	s.Uint64Var(&f.seed, "seed", 0, "where the sequences come from (default another one each time)")
	s.IntVar(&f.workers, "workers", 0, "how many sequences are played at once (default the number of CPUs; an endpoint: 1, and no more)")
	s.StringVar(&f.shard, "shard", "0/1", "I/N: play every Nth sequence, beginning with the Ith, from 0")
	s.StringVar(&f.corpus, "corpus", "", "a folder of scenarios: played first, and given the least case of each finding")
	s.StringArrayVar(&f.baseline, "baseline", nil, "a fuzz.json, or its folder, whose findings are known; may be repeated")
	s.StringVar(&f.report, "report", "build/fuzz", "the folder for fuzz.json and the least cases")
	s.BoolVar(&f.resume, "resume", false, "go on from the fuzz.json in the report folder")
	s.IntVar(&f.runs, "shrink-runs", 1000, "how often something smaller is tried, a finding")
	s.DurationVar(&f.patience, "shrink-for", time.Minute, "how long something smaller is tried, a finding")
	s.BoolVar(&f.asJSON, "json", false, "print fuzz.json on standard output, and the rest on standard error")
	return c
}

func (f *fuzzFlags) run(c *cobra.Command) error {
	result, err := f.begin(c)
	if err != nil {
		return err
	}
	kept, err := specs.LoadCorpus(f.corpus)
	if err != nil {
		return err
	}
	known, err := f.known()
	if err != nil {
		return err
	}
	subject, remove, err := f.target.subject(c.Context(), f.profile.Profile)
	if err != nil {
		return err
	}
	defer func() {
		clean, cancel := context.WithTimeout(context.WithoutCancel(c.Context()), specs.Removal)
		defer cancel()
		if err := remove(clean); err != nil {
			fmt.Fprintln(c.ErrOrStderr(), "esmconform: left behind:", err)
		}
	}()
	if err := f.fits(subject, result); err != nil {
		return err
	}
	if err := result.Write(filepath.Join(f.report, reports.SearchFile)); err != nil {
		return fmt.Errorf("--report %s: %w", f.report, err)
	}
	if result.Shards[0].Index > 0 || result.Shards[0].Next > 0 {
		kept = nil // the first shard plays them, and once
	}
	var out io.Writer = c.OutOrStdout()
	if f.asJSON {
		out = c.ErrOrStderr()
	}
	terminal, progress := reports.NewTerminal(out), reports.NewProgress(c.ErrOrStderr())
	fmt.Fprintf(out, "%s, %s: seed %d, shard %d/%d\n", strings.TrimSpace(result.Target.Name+" "+result.Target.Version), result.Profile, result.Seed, result.Shards[0].Index, result.Shards[0].Of)
	s := &specs.Search{Subject: subject, Sequences: f.sequences, For: f.span, Workers: f.workers, Level: f.level.Level, Kept: kept,
		Runs: f.runs, Patience: f.patience, Result: result, Known: func(r *rule.Rule, class string) bool { return known[r.ID+"\x00"+class] },
		Each:       func(s *specs.Search) { progress.At(s.Share(), s.Progress) },
		Checkpoint: func(r *reports.Search) error { return r.Write(filepath.Join(f.report, reports.SearchFile)) },
		Finding: func(x *reports.Found) error {
			progress.Clear()
			file, err := f.keep(x)
			terminal.ShowFound(result, x, result.Replay+" "+shellWord(file))
			return err
		}}
	if subject.Shared != nil {
		if s.Plan, err = specs.Explore(c.Context(), f.profile.Profile, result.Seed, progress); err != nil {
			progress.Clear()
			return f.end(c, out, s, err)
		}
	}
	if f.sequences > 0 && !c.Flags().Changed("for") {
		s.For = 0
	}
	stopped := s.Run(c.Context())
	progress.Clear()
	return f.end(c, out, s, stopped)
}

// begin is the result that the search adds to: a new one, or that of before.
func (f *fuzzFlags) begin(c *cobra.Command) (*reports.Search, error) {
	var shard reports.Shard
	if n, err := fmt.Sscanf(f.shard, "%d/%d", &shard.Index, &shard.Of); n != 2 || err != nil || fmt.Sprintf("%d/%d", shard.Index, shard.Of) != f.shard {
		return nil, fmt.Errorf("--shard %q: expected I/N, like 0/4", f.shard)
	}
	switch {
	case shard.Index >= shard.Of || shard.Of > reports.MaxShards:
		return nil, fmt.Errorf("--shard %s: expected I/N with I from 0 to N-1, and N at most %d", f.shard, reports.MaxShards)
	case f.span <= 0:
		return nil, fmt.Errorf("--for %s: expected more than nothing", f.span)
	case c.Flags().Changed("sequences") && f.sequences == 0:
		return nil, errors.New("--sequences 0: expected at least 1")
	case f.runs < 0:
		return nil, fmt.Errorf("--shrink-runs %d: expected 0 or more", f.runs)
	case f.patience <= 0:
		return nil, fmt.Errorf("--shrink-for %s: expected more than nothing", f.patience)
	case c.Flags().Changed("workers") && f.workers < 1:
		return nil, fmt.Errorf("--workers %d: expected at least 1", f.workers)
	}
	if f.resume {
		return f.goOn(c, shard)
	}
	if !c.Flags().Changed("seed") {
		f.seed = uint64(time.Now().UnixNano())
	}
	return &reports.Search{Format: reports.SearchFormat, Suite: "esmconform " + suite(), Profile: f.profile.String(), Level: f.level.String(), Seed: f.seed,
		Command: "esmconform " + strings.Join(os.Args[1:], " "), Started: time.Now(), Shards: []reports.Shard{shard}}, nil
}

// goOn is the result of before, if it is one of the same search.
func (f *fuzzFlags) goOn(c *cobra.Command, shard reports.Shard) (*reports.Search, error) {
	old, err := reports.LoadSearch(f.report)
	if err != nil {
		return nil, fmt.Errorf("--resume: %w", err)
	}
	flags := c.Flags()
	was := old.Shards[0]
	switch {
	case len(old.Shards) > 1:
		return nil, fmt.Errorf("--resume: %s is of %d shards; expected one to go on with", f.report, len(old.Shards))
	case flags.Changed("shard") && (was.Index != shard.Index || was.Of != shard.Of):
		return nil, fmt.Errorf("--resume: %s is of shard %d/%d, not %s", f.report, was.Index, was.Of, f.shard)
	case flags.Changed("seed") && old.Seed != f.seed:
		return nil, fmt.Errorf("--resume: %s is of seed %d, not %d", f.report, old.Seed, f.seed)
	case old.Profile != f.profile.String():
		return nil, fmt.Errorf("--resume: %s is of profile %s, not %s", f.report, old.Profile, f.profile.String())
	case old.Level != f.level.String():
		return nil, fmt.Errorf("--resume: %s is of level %s, not %s", f.report, old.Level, f.level.String())
	case old.Suite != "esmconform "+suite():
		return nil, fmt.Errorf("--resume: %s is by %s, and this is esmconform %s, which may draw others; begin anew", f.report, old.Suite, suite())
	}
	old.Stopped, old.Broken = "", ""
	if was.Next == 0 {
		old.Findings = nil // of the corpus, which is played again
	}
	return old, nil
}

// fits names the target in the result, and makes sure that it is the one of before.
func (f *fuzzFlags) fits(s *specs.Subject, result *reports.Search) error {
	if f.resume && (result.Target.Name != s.Name || result.Target.Version != s.Version) {
		return fmt.Errorf("--resume: %s is of the target %s %s, not %s %s", f.report, result.Target.Name, result.Target.Version, s.Name, s.Version)
	}
	result.Target, result.Replay = reports.Target{Name: s.Name, Version: s.Version}, f.replay()
	for _, file := range f.baseline {
		old, err := reports.LoadSearch(file)
		if err != nil {
			return fmt.Errorf("--baseline: %w", err)
		}
		if old.Target.Name != s.Name || old.Profile != result.Profile {
			return fmt.Errorf("--baseline %s is of %s in %s; expected one of %s in %s", file, old.Target.Name, old.Profile, s.Name, result.Profile)
		}
	}
	if s.Shared != nil {
		if f.workers > 1 {
			return fmt.Errorf("--workers %d: an endpoint is asked one thing at a time; use --shard for several processes", f.workers)
		}
		f.workers = 1
	}
	if f.workers == 0 {
		f.workers = runtime.NumCPU()
	}
	return nil
}

// known are the findings of the baselines, as rule and class.
func (f *fuzzFlags) known() (map[string]bool, error) {
	known := map[string]bool{}
	for _, file := range f.baseline {
		old, err := reports.LoadSearch(file)
		if err != nil {
			return nil, fmt.Errorf("--baseline: %w", err)
		}
		for _, x := range old.Findings {
			known[x.Rule+"\x00"+x.Class] = true
		}
	}
	return known, nil
}

// keep writes the least case of a finding into the report folder, and into the
// corpus if there is one.
func (f *fuzzFlags) keep(x *reports.Found) (file string, err error) {
	file = filepath.Join(f.report, x.ScenarioFile())
	if err := writeCase(file, x.Least); err != nil {
		return file, err
	}
	if f.corpus != "" {
		err = writeCase(filepath.Join(f.corpus, filepath.Base(file)), x.Least)
	}
	return file, err
}

// writeCase writes a scenario, and beside it a script for the AWS CLI if it holds calls.
func writeCase(file string, s *trace.Scenario) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	var b strings.Builder
	if err := trace.WriteScenario(&b, s); err != nil {
		return err
	}
	if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
		return err
	}
	if len(s.Calls) == 0 {
		return nil
	}
	return os.WriteFile(strings.TrimSuffix(file, ".json")+".sh", []byte(reports.Script(s)), 0o755)
}

// replay is the command that plays a least case again, but for its file.
func (f *fuzzFlags) replay() string {
	if f.level.Level != rule.Implied {
		return "esmconform replay --target " + f.target.target + " --level " + f.level.String()
	}
	return "esmconform replay --target " + f.target.target
}

// end writes and prints what the search came to.
func (f *fuzzFlags) end(c *cobra.Command, out io.Writer, s *specs.Search, stopped error) error {
	result := s.Result
	if stopped != nil && c.Context().Err() != nil {
		stopped = fmt.Errorf("stopped after %d sequences; --resume goes on", result.Sequences)
	}
	if s.Died != nil {
		file := filepath.Join(f.report, "scenarios", "died.json")
		if err := writeCase(file, s.Died); err != nil {
			return broken(errors.Join(stopped, err))
		}
		stopped = fmt.Errorf("%w; the sequence in which that happened is %s", stopped, file)
	}
	if stopped != nil {
		result.Broken = stopped.Error()
	}
	if err := result.Write(filepath.Join(f.report, reports.SearchFile)); err != nil {
		return broken(err)
	}
	fmt.Fprintf(out, "\n%sreport        %s\n", result.Closing(s.Reachable()), filepath.Join(f.report, reports.SearchFile))
	if f.asJSON {
		if err := json.NewEncoder(c.OutOrStdout()).Encode(result); err != nil {
			return broken(err)
		}
	}
	switch {
	case stopped != nil:
		return broken(stopped)
	case result.Unknown() > 0:
		return &exit{code: reports.ExitFindings}
	}
	if why := s.TooLittle(); why != "" {
		return broken(errors.New(why))
	}
	return nil
}
