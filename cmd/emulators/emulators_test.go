package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// fake is an emulator that answers HTTP and leaves a child outside its process
// group behind, as LocalStack's Kinesis engine would.
var fake = emulator{
	name:    "fake",
	version: "1",
	command: []string{"sh", "-c", `setsid sleep 600 & cd "$0" && exec python3 -m http.server --bind 127.0.0.1 "$1"`, "{state}", "{port}"},
	health:  "/",
}

// newSession returns a session whose suite is a script and whose fake emulator
// counts as installed.
func newSession(t *testing.T, script string) session {
	t.Helper()
	root := t.TempDir()
	s := session{
		suite:        filepath.Join(root, "esmconform"),
		cache:        root,
		output:       root,
		startTimeout: 30 * time.Second,
		log:          io.Discard,
	}
	if err := os.WriteFile(s.suite, []byte("#!/bin/sh\n"+script), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(root, fake.name), 0o755); err != nil {
		t.Fatal(err)
	}
	return s
}

const writeResults = `mkdir -p "$7"
echo '{"format":1,"counts":{"pass":3,"fail":2,"skip":1},"rules":[
{"level":"must","outcome":"fail"},{"level":"may","outcome":"fail"},{"level":"must","outcome":"pass"}]}' >"$7/results.json"
`

func TestMeasureProfile(t *testing.T) {
	tests := []struct {
		name, script, problem string
	}{
		{"findings", writeResults + "exit 1", ""},
		{"clean", writeResults + "exit 0", ""},
		{"usage error", writeResults + "exit 2", "suite: exit status 2"},
		{"no report", "exit 0", "no such file"},
		{"unknown format", `mkdir -p "$7"; echo '{"format":2}' >"$7/results.json"`, "format 2 is not known"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := newSession(t, test.script).measureProfile(t.Context(), fake, t.TempDir(), "today")
			if test.problem == "" {
				if err != nil {
					t.Fatal(err)
				}
				if got.Counts["pass"] != 3 || got.failures()["must"] != 1 {
					t.Errorf("got %+v", got)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), test.problem) {
				t.Errorf("got error %v, want one with %q", err, test.problem)
			}
		})
	}
}

func TestNothingStaysBehind(t *testing.T) {
	s := newSession(t, "")
	port, err := freePort()
	if err != nil {
		t.Fatal(err)
	}
	srv, err := s.start(fake, t.TempDir(), port)
	if err != nil {
		t.Fatal(err)
	}
	readyErr := srv.waitReady(t.Context(), s.startTimeout)
	started := len(marked(srv.mark))
	if err := srv.stop(); err != nil {
		t.Error(err)
	}
	if readyErr != nil {
		t.Fatal(readyErr)
	}
	if started < 2 {
		t.Errorf("%d processes were started, want the server and its child", started)
	}
	if left := marked(srv.mark); len(left) > 0 {
		t.Errorf("processes %v stayed behind", left)
	}
}

func TestInterruptEndsTheSuite(t *testing.T) {
	s := newSession(t, `touch "$0.running"; sleep 600`)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	waited := make(chan struct{})
	go func() {
		defer close(waited)
		for ctx.Err() == nil {
			if _, err := os.Stat(s.suite + ".running"); err == nil {
				cancel()
			}
			time.Sleep(20 * time.Millisecond)
		}
	}()
	began := time.Now()
	_, err := s.measureProfile(ctx, fake, t.TempDir(), "today")
	cancel()
	<-waited
	if err == nil || time.Since(began) > 60*time.Second {
		t.Errorf("got error %v after %s", err, time.Since(began))
	}
}

func TestStartFailures(t *testing.T) {
	dies, hangs := fake, fake
	dies.command = []string{"sh", "-c", "exit 7"}
	hangs.command = []string{"sleep", "600"}
	for _, test := range []struct {
		emulator emulator
		problem  string
	}{{dies, "exit status 7"}, {hangs, "no answer within"}} {
		s := newSession(t, "")
		s.startTimeout = time.Second
		_, err := s.measureProfile(t.Context(), test.emulator, t.TempDir(), "today")
		if err == nil || !strings.Contains(err.Error(), test.problem) {
			t.Errorf("got error %v, want one with %q", err, test.problem)
		}
	}
}

func TestCatalogueIsPinned(t *testing.T) {
	for _, e := range catalogue {
		content, err := pinned.ReadFile("pinned/" + e.name + ".txt")
		if err != nil {
			t.Error(err)
			continue
		}
		for line := range strings.Lines(string(content)) {
			if !strings.Contains(line, "==") {
				t.Errorf("%s: %q is not pinned", e.name, line)
			}
		}
		if !strings.Contains(string(content), "=="+e.version+"\n") {
			t.Errorf("%s: version %s is not the one pinned", e.name, e.version)
		}
	}
}

func TestMarkdown(t *testing.T) {
	rows := []row{
		{emulator: "a", version: "1", profile: "today", results: results{Counts: map[string]int{"pass": 2, "skip": 1}}},
		{emulator: "b", version: "2", profile: "-", problem: "x|y\nz"},
	}
	want := `| emulator | version | profile | pass | fail | skip | fail by level | problem |
| --- | --- | --- | --- | --- | --- | --- | --- |
| a | 1 | today | 2 | 0 | 1 |  |  |
| b | 2 | - | - | - | - |  | x\|y z |
`
	if got := markdown(rows); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestChoose(t *testing.T) {
	if got, err := choose(catalogue, "localstack,moto"); err != nil || len(got) != 2 || got[1].name != "moto" {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := choose(catalogue, "nothing"); err == nil {
		t.Error("an unknown name was accepted")
	}
}
