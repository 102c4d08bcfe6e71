package main

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/reports"
	"github.com/esmconform/esmconform/targets/reference"
)

// stopAfter calls stop some time after the first word.
type stopAfter struct {
	bytes.Buffer
	time time.Duration
	stop func()
}

func (w *stopAfter) Write(p []byte) (int, error) {
	if w.Len() == 0 {
		time.AfterFunc(w.time, w.stop)
	}
	return w.Buffer.Write(p)
}

// TestResumedSearchFindsWhatAnotherDoes: a search that is stopped again and again, and goes on, comes to
// what it would have come to without.
func TestResumedSearchFindsWhatAnotherDoes(t *testing.T) {
	for _, target := range []string{"mutant:bisect-drops-the-first-half", "mutant:create-twice"} {
		t.Run(target, func(t *testing.T) {
			t.Chdir(t.TempDir())
			corpus := t.TempDir()
			save(t, corpus+"/case.json", corpusCase)
			args := strings.Fields("fuzz --shrink-for 10m --sequences 2000 --seed 5 --corpus " + corpus + " --target " + target + " --report ")
			for i, d := range []time.Duration{0, 100 * time.Millisecond, 250 * time.Millisecond} {
				ctx, stop := context.WithCancel(t.Context())
				out := &stopAfter{time: d, stop: stop}
				var errs bytes.Buffer
				all := append(args[:len(args):len(args)], "stopped")
				if i > 0 {
					all = append(all, "--resume")
				}
				code := run(ctx, all, out, &errs)
				stop()
				s, err := reports.LoadSearch("stopped")
				if code == reports.ExitFindings && err == nil && s.Sequences == 2000 {
					t.Log("it was over before it was stopped")
					break
				}
				if code != reports.ExitBroken || err != nil || !strings.Contains(errs.String(), "sequences; --resume goes on\n") || !strings.HasPrefix(s.Broken, "stopped after ") {
					t.Fatalf("stopped: exit %d, %v, said %s%s", code, err, out, &errs)
				}
				small := 0
				for i := range s.Findings {
					if s.Findings[i].Alone != "" {
						small++
					}
				}
				t.Logf("stopped after %d sequences, with %d findings, of which %d were small", s.Sequences, len(s.Findings), small)
				code, text, said := esmconform(t, t.Context(), "merge", "stopped", "--report", "merged")
				if code != reports.ExitBroken || !strings.Contains(said, "a shard was not done: stopped after ") {
					t.Errorf("merged: exit %d, said %s%s", code, text, said)
				}
			}
			code, out, errs := esmconform(t, t.Context(), append(args[:len(args):len(args)], "stopped", "--resume")...)
			if code != reports.ExitFindings {
				t.Errorf("resumed: exit %d, said %s%s", code, out, errs)
			}
			again := t.TempDir() // the other corpus has grown
			save(t, again+"/case.json", corpusCase)
			whole := strings.Fields(strings.ReplaceAll(strings.Join(args, " ")+" whole", corpus, again))
			if code, out, errs := esmconform(t, t.Context(), whole...); code != reports.ExitFindings {
				t.Errorf("whole: exit %d, said %s%s", code, out, errs)
			}
			differ(t, "resumed", outcome(t, "whole"), outcome(t, "stopped"))
		})
	}
}

// TestTargetThatDiesInASequence: the search ends, and keeps the sequence.
func TestTargetThatDiesInASequence(t *testing.T) {
	for name, die := range map[string]func(http.ResponseWriter, *http.Request){
		"gone":   func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"silent": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			var calls atomic.Int64
			whole := reference.New(reference.Options{Settle: time.Millisecond})
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if calls.Add(1) > 120 {
					die(w, r)
				}
				whole.ServeHTTP(w, r)
			}))
			defer s.Close()
			start := time.Now()
			code, out, errs := esmconform(t, t.Context(), "fuzz", "--target", "endpoint:"+s.URL, "--seed", "1", "--for", "5m", "--first-contact", "2s")
			t.Logf("took %v, said %s%s", time.Since(start), out, errs)
			r, err := reports.LoadSearch("build/fuzz")
			if code != reports.ExitBroken || err != nil || r.Sequences == 0 || !strings.Contains(r.Broken, "died.json") {
				t.Fatalf("exit %d, %v", code, err)
			}
			if !strings.Contains(errs, "; the sequence in which that happened is build/fuzz/scenarios/died.json\n") {
				t.Errorf("said %q", errs)
			}
			f, err := os.Open("build/fuzz/scenarios/died.json")
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if x, err := trace.ReadScenario(f); err != nil || len(x.Calls) == 0 {
				t.Errorf("it holds %v, %v", x, err)
			}
		})
	}
}
