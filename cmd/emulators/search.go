package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// searchExtra is what a search may take beside its time, to make its findings small.
const searchExtra = 30 * time.Minute

// search is the part of a search's fuzz.json that the table shows.
type search struct {
	Sequences int      `json:"sequences"`
	Steps     int      `json:"steps"`
	Exercised []string `json:"exercised"`
	Findings  []struct {
		Rule  string          `json:"rule"`
		Alone string          `json:"alone"`
		Least json.RawMessage `json:"least"`
	} `json:"findings"`
}

// runSearch searches the emulator at url and reads what was found.
func (s session) runSearch(ctx context.Context, e emulator, url, profile string) (r search, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, s.fuzz+searchExtra, fmt.Errorf("the search did not end within %s", s.fuzz+searchExtra))
	defer cancel()
	report := filepath.Join(s.output, e.name, "fuzz-"+profile)
	if err := os.RemoveAll(report); err != nil {
		return r, err
	}
	log, err := os.Create(filepath.Join(s.output, e.name, "fuzz-"+profile+".log"))
	if err != nil {
		return r, err
	}
	defer log.Close()
	cmd := exec.CommandContext(ctx, s.suite, "fuzz", "--target", "endpoint:"+url, "--profile", profile, "--report", report,
		"--target-name", e.name+" "+e.version, "--for", s.fuzz.String(), "--seed", "1", "--shrink-runs", "100", "--shrink-for", "20s")
	if err := findings(ctx, cmd, log); err != nil {
		return r, err
	}
	content, err := os.ReadFile(filepath.Join(report, "fuzz.json"))
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(content, &r)
}

// searches renders what the searches came to.
func searches(rows []row) string {
	var b strings.Builder
	fmt.Fprintln(&b, "| emulator | version | profile | sequences | steps | rules exercised | findings | shown alone |")
	fmt.Fprintln(&b, "| --- | --- | --- | --- | --- | --- | --- | --- |")
	for _, r := range rows {
		alone := 0
		for _, f := range r.search.Findings {
			if hits, of, ok := strings.Cut(f.Alone, "/"); ok && hits == of {
				alone++
			}
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %d | %d | %d | %d | %d |\n", r.emulator, r.version, r.profile, r.search.Sequences, r.search.Steps,
			len(r.search.Exercised), len(r.search.Findings), alone)
	}
	return b.String()
}
