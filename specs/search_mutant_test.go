package specs

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/reports"
	"github.com/esmconform/esmconform/targets/mutant"
)

var (
	searchEvery = flag.Int("search-every", 60, "TestSearchFindsMutants takes every one of so many mutants; 1: all")
	searchFor   = flag.Duration("search-for", 60*time.Second, "for how long it searches, a mutant")
	searchKeep  = flag.String("search-keep", "", "a folder that it gives the least case of each rule, of the first mutant that breaks it")
	searchOnly  = flag.String("search-only", "", "it takes the mutants with this text in their names")
)

// hunt is what a search on a mutant came to.
type hunt struct {
	mutant  *mutant.Mutant
	missed  []*rule.Rule
	seconds float64
	runs    []int
	sizes   []int
	least   []*trace.Scenario
}

// huntFor searches until every rule that the mutant breaks is reported.
func huntFor(t *testing.T, m *mutant.Mutant) *hunt {
	h := &hunt{mutant: m, missed: slices.Clone(m.Breaks)}
	start := time.Now()
	ctx, stop := context.WithTimeout(t.Context(), *searchFor)
	defer stop()
	s := &Search{Subject: subjectOf(m, m.Profile()), Workers: 1, Level: rule.Recorded, Runs: 1000, Sequences: 1 << 60,
		Known:  func(r *rule.Rule, _ string) bool { return !slices.Contains(h.missed, r) },
		Result: &reports.Search{Seed: 1, Shards: []reports.Shard{{Of: 1}}},
		Finding: func(f *reports.Found) error {
			if i := slices.Index(h.missed, rule.Find(f.Rule)); i >= 0 {
				h.missed = slices.Delete(h.missed, i, i+1)
				h.runs, h.sizes, h.least = append(h.runs, f.Runs), append(h.sizes, f.Size()), append(h.least, f.Least)
				if f.Alone != fmt.Sprintf("%d/%d", confirmations, confirmations) {
					t.Errorf("%s: %s shows alone %s", m.Name, f.Rule, f.Alone)
				}
			}
			if len(h.missed) == 0 {
				h.seconds = time.Since(start).Seconds()
				stop()
			}
			return nil
		}}
	if err := s.Run(ctx); err != nil && ctx.Err() == nil {
		t.Errorf("%s: %v", m.Name, err)
	}
	return h
}

func keepCase(t *testing.T, file string, x *trace.Scenario) {
	var b bytes.Buffer
	if err := trace.WriteScenario(&b, x); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestSearchFindsMutants: what the specs find with scenarios made for it, a search
// finds without them, under the rule that is broken, and makes it small.
func TestSearchFindsMutants(t *testing.T) {
	var list []*mutant.Mutant
	for i, m := range mutant.All() {
		if i%*searchEvery == 0 && strings.Contains(m.Name, *searchOnly) {
			list = append(list, m)
		}
	}
	var seconds []float64
	var runs, sizes []int
	missed, large := 0, 0
	kept := map[string]bool{}
	for _, m := range list {
		if *searchKeep != "" && !slices.ContainsFunc(m.Breaks, func(r *rule.Rule) bool { return !kept[r.ID] }) {
			continue
		}
		h := huntFor(t, m)
		for _, x := range h.least {
			if *searchKeep != "" && !kept[x.Shows.Rule] {
				kept[x.Shows.Rule] = true
				keepCase(t, filepath.Join(*searchKeep, x.Shows.Rule+".json"), x)
			}
		}
		if len(h.missed) > 0 {
			missed++
			t.Logf("not found: %s: %s (%s)", m.Name, m.Fault, ids(h.missed))
			continue
		}
		seconds, runs, sizes = append(seconds, h.seconds), append(runs, h.runs...), append(sizes, h.sizes...)
		if slices.Max(h.sizes) > 10 {
			large++
			t.Logf("large: %s: %v operations", m.Name, h.sizes)
		}
	}
	slices.Sort(seconds)
	slices.Sort(runs)
	slices.Sort(sizes)
	if len(seconds) == 0 {
		t.Fatalf("none of %d mutants was found", len(list))
	}
	t.Logf("%d of %d mutants found, %d of these with more than 10 operations; seconds: median %.2f, 95 %% %.2f, at most %.2f; tries to make it small: median %d, 95 %% %d, at most %d; operations: median %d, at most %d",
		len(list)-missed, len(list), large, seconds[len(seconds)/2], seconds[len(seconds)*95/100], seconds[len(seconds)-1],
		runs[len(runs)/2], runs[len(runs)*95/100], runs[len(runs)-1], sizes[len(sizes)/2], sizes[len(sizes)-1])
	if found := len(list) - missed - large; found*100 < 95*len(list) {
		t.Errorf("%d of %d mutants found with at most 10 operations; expected 95 %%", found, len(list))
	}
}
