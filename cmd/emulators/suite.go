package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

const (
	// suiteTimeout bounds one run of the suite against one emulator.
	suiteTimeout = 30 * time.Minute
	// exitFindings is how the suite says that it ran and some rule failed.
	exitFindings = 1
)

// results is the part of the suite's results.json that the table shows.
type results struct {
	Format int            `json:"format"`
	Counts map[string]int `json:"counts"`
	Rules  []struct {
		Level   string `json:"level"`
		Outcome string `json:"outcome"`
	} `json:"rules"`
}

// runSuite runs the suite against the emulator at url and reads its results.
func (s session) runSuite(ctx context.Context, e emulator, url, profile string) (results, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, suiteTimeout, fmt.Errorf("the suite did not end within %s", suiteTimeout))
	defer cancel()
	report := filepath.Join(s.output, e.name, profile)
	// An older report must not pass for this run's.
	if err := os.RemoveAll(report); err != nil {
		return results{}, err
	}
	log, err := os.Create(filepath.Join(s.output, e.name, "suite-"+profile+".log"))
	if err != nil {
		return results{}, err
	}
	defer log.Close()

	cmd := exec.CommandContext(ctx, s.suite, "run", "--target", "endpoint:"+url, "--profile", profile, "--report", report,
		"--target-name", e.name+" "+e.version)
	if err := findings(ctx, cmd, log); err != nil {
		return results{}, err
	}
	return readResults(filepath.Join(report, "results.json"))
}

// findings runs the suite, for which findings are no failure.
func findings(ctx context.Context, cmd *exec.Cmd, log *os.File) error {
	cmd.Stdout, cmd.Stderr = log, log
	inOwnGroup(cmd)
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case errors.As(err, &exit) && exit.ExitCode() == exitFindings:
	case err != nil:
		return fmt.Errorf("suite: %w (see %s)", err, filepath.Base(log.Name()))
	}
	return nil
}

func readResults(path string) (results, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return results{}, err
	}
	var r results
	if err := json.Unmarshal(content, &r); err != nil {
		return results{}, fmt.Errorf("%s: %w", path, err)
	}
	if r.Format != 1 {
		return results{}, fmt.Errorf("%s: format %d is not known", path, r.Format)
	}
	return r, nil
}

// failures counts the failed rules by their level.
func (r results) failures() map[string]int {
	byLevel := map[string]int{}
	for _, rule := range r.Rules {
		if rule.Outcome == "fail" {
			byLevel[rule.Level]++
		}
	}
	return byLevel
}
