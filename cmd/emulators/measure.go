package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// profiles are the dates of AWS's behaviour that each emulator is measured by.
var profiles = []string{"2020-08-11", "today"}

// session is one run of this program: where things are and how long they may take.
type session struct {
	suite        string
	cache        string
	output       string
	startTimeout time.Duration
	fuzz         time.Duration // how long a search takes; 0: there is none
	log          io.Writer
}

// row is one line of the table. problem, where set, says why there are no counts.
type row struct {
	emulator string
	version  string
	profile  string
	results  results
	search   search
	problem  string
}

// measure takes one emulator from nothing to its rows. A failure is a row too,
// so that one emulator which cannot run never hides what the others do.
func (s session) measure(ctx context.Context, e emulator) []row {
	failed := func(step string, err error) []row {
		s.say("%s %s: %s: %v", e.name, e.version, step, err)
		return []row{{emulator: e.name, version: e.version, profile: "-", problem: fmt.Sprintf("%s: %v", step, err)}}
	}
	output := filepath.Join(s.output, e.name)
	if err := os.MkdirAll(output, 0o755); err != nil {
		return failed("prepare", err)
	}
	// The profiles append to one log of the server; an earlier run's goes first.
	if err := os.RemoveAll(filepath.Join(output, serverLog)); err != nil {
		return failed("prepare", err)
	}
	s.say("%s %s: install", e.name, e.version)
	env, err := s.install(ctx, e)
	if err != nil {
		return failed("install", err)
	}

	var rows []row
	for _, profile := range profiles {
		// Each profile gets a fresh emulator: mappings and functions that one
		// run leaves behind would change what the next one sees.
		result, err := s.measureProfile(ctx, e, env, profile)
		r := row{emulator: e.name, version: e.version, profile: profile, results: result}
		if err == nil && s.fuzz > 0 {
			r.search, err = s.searchProfile(ctx, e, env, profile)
		}
		if err != nil {
			s.say("%s %s: %s: %v", e.name, e.version, profile, err)
			r.problem = err.Error()
		}
		rows = append(rows, r)
		if ctx.Err() != nil {
			break
		}
	}
	return rows
}

func (s session) measureProfile(ctx context.Context, e emulator, env, profile string) (r results, err error) {
	err = s.started(ctx, e, env, profile, func(url string) error {
		s.say("%s %s: run %s", e.name, e.version, profile)
		r, err = s.runSuite(ctx, e, url, profile)
		return err
	})
	return r, err
}

func (s session) searchProfile(ctx context.Context, e emulator, env, profile string) (r search, err error) {
	err = s.started(ctx, e, env, profile, func(url string) error {
		s.say("%s %s: search %s for %s", e.name, e.version, profile, s.fuzz)
		r, err = s.runSearch(ctx, e, url, profile)
		return err
	})
	return r, err
}

// started does something with a fresh emulator, and stops it.
func (s session) started(ctx context.Context, e emulator, env, profile string, do func(url string) error) (err error) {
	port, err := freePort()
	if err != nil {
		return err
	}
	s.say("%s %s: start for %s on port %d", e.name, e.version, profile, port)
	srv, err := s.start(e, env, port)
	if err != nil {
		return fmt.Errorf("start: %w", err)
	}
	defer func() {
		if stopErr := srv.stop(); stopErr != nil && err == nil {
			err = fmt.Errorf("stop: %w", stopErr)
		}
	}()
	if err := srv.waitReady(ctx, s.startTimeout); err != nil {
		return fmt.Errorf("start: %w", err)
	}
	return do(srv.url)
}

func (s session) say(format string, args ...any) {
	fmt.Fprintf(s.log, "emulators: "+format+"\n", args...)
}

// freePort asks the system for a loopback port that nobody listens on.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(port)
}
