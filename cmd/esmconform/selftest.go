package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/reports"
	"github.com/esmconform/esmconform/specs"
	"github.com/esmconform/esmconform/targets"
	"github.com/esmconform/esmconform/targets/mutant"
)

func selftestCommand() *cobra.Command {
	var (
		list      bool
		asJSON    bool
		selection string
		workers   int
	)
	c := &cobra.Command{
		Use:   "selftest",
		Short: "Prove the suite on mutants: the reference with one fault each",
		Long: `Selftest plays the specs on mutants of the reference, each with one deliberate
fault, and prints what becomes of them: whether the rule that the mutant breaks is the one that is
reported, how many other rules are, after how many steps, and how small the least case is
that shows it. Survivors, and rules that no mutant breaks, come first and fail the command.
The reference itself, played the same way, must be free of findings.

A selection of mutants is a list of names, patterns with *, and rule:ID for those that
break a rule.

Exit codes: 0 every mutant is caught; 1 a mutant survives, a rule has none, or the
reference has findings; 2 wrong usage; 3 stopped, or the suite broke.`,
		Example: `  esmconform selftest
  esmconform selftest --mutants 'batch-size-*,rule:bisect-splits-in-two'
  esmconform run --target mutant:batch-size-0 --rules batch-size-min`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			mutants, err := specs.Mutants(selection)
			if err != nil {
				return err
			}
			if workers < 1 {
				return fmt.Errorf("--workers %d: expected at least 1", workers)
			}
			if list {
				return listMutants(c.OutOrStdout(), mutants, asJSON)
			}
			t := &selftest{whole: selection == "", total: len(mutants)}
			stopped := t.play(c.Context(), c.ErrOrStderr(), mutants, workers)
			if stopped != nil && c.Context().Err() != nil {
				stopped = fmt.Errorf("stopped after %d of %d mutants; what they came to is printed", len(t.kills), t.total)
			}
			if asJSON {
				err = t.writeJSON(c.OutOrStdout())
			} else {
				err = t.print(c.OutOrStdout())
			}
			if err = errors.Join(stopped, err); err != nil {
				return broken(err)
			}
			return t.verdict()
		},
	}
	c.Flags().BoolVar(&list, "list", false, "print the names of the mutants, one a line, and play none")
	c.Flags().StringVar(&selection, "mutants", "", "which mutants (default all)")
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON object; with --list, one object a line")
	c.Flags().IntVar(&workers, "workers", runtime.NumCPU(), "how many mutants are played at once")
	return c
}

func listMutants(w io.Writer, list []*mutant.Mutant, asJSON bool) error {
	e := json.NewEncoder(w)
	for _, m := range list {
		var err error
		if asJSON {
			err = e.Encode(killed{Mutant: m.Name, Fault: m.Fault, Breaks: idsOf(m.Breaks), Profile: m.Profile().String()})
		} else {
			_, err = fmt.Fprintln(w, m.Name)
		}
		if err != nil {
			return broken(err)
		}
	}
	return nil
}

// selftest is what came of one selftest.
type selftest struct {
	whole    bool // every mutant was played, and the reference
	total    int
	kills    []*specs.Kill
	findings map[rule.Profile]int // of the reference
	seconds  float64
}

func (t *selftest) play(ctx context.Context, stderr io.Writer, list []*mutant.Mutant, workers int) error {
	start := time.Now()
	p := reports.NewProgress(stderr)
	defer p.Clear()
	err := specs.Selftest(ctx, list, workers, func(k *specs.Kill) {
		t.kills = append(t.kills, k)
		p.At(float64(len(t.kills))/float64(t.total), func() string {
			return fmt.Sprintf("%d of %d mutants, %d survive", len(t.kills), t.total, len(t.survivors()))
		})
	})
	defer func() { t.seconds = time.Since(start).Seconds() }()
	if err != nil {
		return err
	}
	t.findings = map[rule.Profile]int{}
	for _, profile := range rule.Profiles {
		if !t.whole {
			break
		}
		n, err := specs.Findings(ctx, profile, specs.Every)
		if err != nil {
			return err
		}
		t.findings[profile] = n
	}
	return nil
}

func (t *selftest) survivors() []*specs.Kill {
	return slices.DeleteFunc(slices.Clone(t.kills), func(k *specs.Kill) bool { return k.Caught() })
}

func (t *selftest) unbroken() []*rule.Rule {
	if !t.whole {
		return nil
	}
	return specs.Unbroken()
}

func (t *selftest) verdict() error {
	for _, k := range t.kills {
		if k.Broken != nil {
			return broken(fmt.Errorf("mutant %s: %w", k.Mutant.Name, k.Broken))
		}
	}
	findings := 0
	for _, n := range t.findings {
		findings += n
	}
	if len(t.survivors()) > 0 || len(t.unbroken()) > 0 || findings > 0 {
		return &exit{code: reports.ExitFindings}
	}
	return nil
}

func (t *selftest) print(w io.Writer) error {
	survivors, unbroken := t.survivors(), t.unbroken()
	var err error
	say := func(format string, args ...any) {
		if err == nil {
			_, err = fmt.Fprintf(w, format, args...)
		}
	}
	for _, k := range survivors {
		say("SURVIVES %s: %s\n  breaks    %s  %s\n", k.Mutant.Name, k.Mutant.Fault, strings.Join(idsOf(k.Mutant.Breaks), ", "), k.Profile)
		switch {
		case k.Broken != nil:
			say("  broken    %v\n", k.Broken)
		case len(k.Missed) > 0:
			say("  missed    %s\n", strings.Join(idsOf(k.Missed), ", "))
		}
		if len(k.Others) > 0 {
			say("  reported  %s\n", strings.Join(idsOf(k.Others), ", "))
		}
		say("  again     esmconform run --target mutant:%s --profile %s --rules %s\n\n", k.Mutant.Name, k.Profile, k.Mutant.Breaks[0].ID)
	}
	if len(unbroken) > 0 {
		say("NO MUTANT breaks\n")
		for _, r := range unbroken {
			say("  %s\n", r.ID)
		}
		say("\n")
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "mutant\tcaught by\tothers\tsteps\tminimal\n")
	for _, k := range t.kills {
		if k.Caught() {
			fmt.Fprintf(table, "%s\t%s\t%d\t%d\t%d\n", k.Mutant.Name, k.Mutant.Breaks[0].ID, len(k.Others), k.Steps, k.Minimal.Size())
		}
	}
	if err == nil {
		err = table.Flush()
	}
	steps, sizes := t.measures()
	say("\nmutants     %d, %d caught by the rule that they break, %d survive\n", len(t.kills), len(t.kills)-len(survivors), len(survivors))
	say("to catch    %s\n", spread(steps, "step"))
	say("minimal     %s\n", spread(sizes, "operation"))
	if t.whole {
		say("rules       %d can be broken, %d without a mutant\n", specs.Breakable(), len(unbroken))
		for _, p := range rule.Profiles {
			if n, played := t.findings[p]; played {
				say("reference   %d findings, %s\n", n, p)
			}
		}
	}
	say("time        %.1f s\n", t.seconds)
	return err
}

// measures are, of the mutants that were caught, the steps it took and the sizes of the least cases.
func (t *selftest) measures() (steps, sizes []int) {
	for _, k := range t.kills {
		if k.Minimal != nil {
			steps = append(steps, k.Steps)
			sizes = append(sizes, k.Minimal.Size())
		}
	}
	slices.Sort(steps)
	slices.Sort(sizes)
	return steps, sizes
}

func spread(sorted []int, what string) string {
	if len(sorted) == 0 {
		return "none"
	}
	return fmt.Sprintf("median %d, at most %d %ss", sorted[len(sorted)/2], sorted[len(sorted)-1], what)
}

// killed is a mutant and what became of it, as --json prints it.
type killed struct {
	Mutant  string   `json:"mutant"`
	Fault   string   `json:"fault"`
	Breaks  []string `json:"breaks"`
	Profile string   `json:"profile"`
	Caught  *bool    `json:"caught,omitempty"`
	Missed  []string `json:"missed,omitempty"`
	Others  []string `json:"others,omitempty"`
	Why     string   `json:"others_because,omitempty"`
	Steps   int      `json:"steps,omitempty"`
	Minimal int      `json:"minimal,omitempty"`
	Case    any      `json:"case,omitempty"`
	Seconds float64  `json:"seconds,omitempty"`
	Error   string   `json:"error,omitempty"`
}

func (t *selftest) writeJSON(w io.Writer) error {
	out := struct {
		Format    int            `json:"format"`
		Complete  bool           `json:"complete"` // no mutant was left out
		Mutants   []killed       `json:"mutants"`
		Unbroken  []string       `json:"rules_without_a_mutant"`
		Reference map[string]int `json:"findings_of_the_reference,omitempty"`
		Seconds   float64        `json:"seconds"`
	}{Format: 1, Complete: len(t.kills) == t.total, Mutants: []killed{}, Unbroken: idsOf(t.unbroken()), Reference: map[string]int{}, Seconds: t.seconds}
	for _, k := range t.kills {
		caught := k.Caught()
		x := killed{Mutant: k.Mutant.Name, Fault: k.Mutant.Fault, Breaks: idsOf(k.Mutant.Breaks), Profile: k.Profile.String(),
			Caught: &caught, Missed: idsOf(k.Missed), Others: idsOf(k.Others), Why: k.Mutant.Others, Steps: k.Steps, Seconds: k.Seconds}
		if k.Minimal != nil {
			x.Minimal = k.Minimal.Size()
			if x.Case = any(k.Minimal.Calls); k.Minimal.Scenario != nil {
				x.Case = k.Minimal.Scenario
			}
		}
		if k.Broken != nil {
			x.Error = k.Broken.Error()
		}
		out.Mutants = append(out.Mutants, x)
	}
	for p, n := range t.findings {
		out.Reference[p.String()] = n
	}
	return json.NewEncoder(w).Encode(out)
}

func idsOf(list []*rule.Rule) []string {
	ids := make([]string, len(list))
	for i, r := range list {
		ids[i] = r.ID
	}
	return ids
}

// openMutant makes a mutant as a target.
func openMutant(ctx context.Context, name string, p rule.Profile) (targets.Target, error) {
	m, err := findMutant(name)
	if err != nil {
		return nil, err
	}
	return m.Target(ctx, p)
}

// findMutant is the mutant of a --target.
func findMutant(name string) (*mutant.Mutant, error) {
	if name == "" {
		return nil, errors.New("--target mutant: needs a name: see esmconform selftest --list")
	}
	return specs.Mutant(name)
}
