package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/reports"
	"github.com/esmconform/esmconform/targets/reference"
)

// esmconform runs the command line in this process and returns what it said.
func esmconform(t *testing.T, ctx context.Context, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(ctx, args, &o, &e)
	return code, o.String(), e.String()
}

func TestBadUsageIsRefusedBeforeAnythingRuns(t *testing.T) {
	for _, c := range []struct {
		name string
		args []string
		says string
	}{
		{"unknown command", []string{"rnu"}, `unknown command "rnu"`},
		{"unknown flag", []string{"run", "--taget", "x"}, "did you mean --target?"},
		{"unknown target", []string{"run", "--target", "referense"}, `did you mean "reference"?`},
		{"endpoint without URL", []string{"run", "--target", "endpoint:"}, "needs a URL"},
		{"endpoint with a bad URL", []string{"run", "--target", "endpoint:localhost"}, "localhost"},
		{"unknown rule", []string{"run", "--rules", "batch-size-mim"}, `did you mean "batch-size-min"?`},
		{"pattern of nothing", []string{"run", "--rules", "zzz-*"}, "matches no rule"},
		{"unknown area", []string{"run", "--rules", "area:limit"}, `did you mean "limits"?`},
		{"unknown profile", []string{"run", "--profile", "2020-08-12"}, `did you mean "2020-08-11"?`},
		{"unknown level", []string{"run", "--level", "most"}, `did you mean "must"?`},
		{"unknown source kind", []string{"run", "--source", "kinesiss=arn:aws:kinesis:us-east-1:0:stream/s"}, `did you mean "kinesis"?`},
		{"nothing selected", []string{"run", "--rules", "batch-size-min,!batch-size-min"}, "no rule that can be run"},
		{"only what cannot be observed", []string{"run", "--rules", "iam-role-sqs"}, "no rule that can be run"},
		{"explain an unknown rule", []string{"explain", "window-mx"}, `did you mean "window-max"?`},
		{"explain without a rule", []string{"explain"}, "accepts 1 arg"},
		{"list of nothing", []string{"list", "--rules", "kafka-logging-levels"}, "no rule"},
		{"an argument too many", []string{"coverage", "x"}, "x"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			code, out, errs := esmconform(t, t.Context(), c.args...)
			if code != exitUsage || !strings.Contains(errs, c.says) {
				t.Errorf("exit %d, said %q; want exit 2 and %q", code, errs, c.says)
			}
			if strings.Count(errs, "\n") != 1 {
				t.Errorf("said %q; want one line", errs)
			}
			if _, err := os.Stat("build"); err == nil || out != "" {
				t.Errorf("something was run: %q", out)
			}
		})
	}
}

func TestMissingCredentialsAreFoundBeforeAnyCall(t *testing.T) {
	for _, name := range []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_SESSION_TOKEN"} {
		t.Setenv(name, "")
	}
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	t.Setenv("AWS_CONFIG_FILE", filepath.Join(t.TempDir(), "none"))
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", filepath.Join(t.TempDir(), "none"))
	t.Setenv("HOME", t.TempDir())
	t.Chdir(t.TempDir())
	code, _, errs := esmconform(t, t.Context(), "run", "--target", "aws")
	if code != exitUsage || !strings.Contains(errs, "credentials") {
		t.Errorf("exit %d, said %q", code, errs)
	}
}

func TestBrokenTargetsEndTheRunInTime(t *testing.T) {
	answer := func(status int, typ, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", typ)
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		}
	}
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	down := "http://" + closed.Addr().String()
	closed.Close()
	for _, c := range []struct {
		name    string
		handler http.HandlerFunc // nil: nobody listens
		says    string
	}{
		{"down", nil, "refused"},
		{"HTML", answer(200, "text/html", "<html>hello</html>"), "text/html"},
		{"5xx to everything", answer(503, "application/json", "{}"), "503"},
		{"half a JSON", answer(200, "application/json", `{"EventSourceMappings":[`), "JSON"},
		{"redirects", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/elsewhere", http.StatusFound) }, "302"},
		{"endless", func(w http.ResponseWriter, r *http.Request) {
			chunk := bytes.Repeat([]byte(" "), 1<<16)
			for r.Context().Err() == nil {
				if _, err := w.Write(chunk); err != nil {
					return
				}
			}
		}, "did not end"},
		{"silence", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "nothing complete came"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			url := down
			if c.handler != nil {
				s := httptest.NewServer(c.handler)
				defer s.Close()
				url = s.URL
			}
			start := time.Now()
			code, _, errs := esmconform(t, t.Context(), "run", "--target", "endpoint:"+url, "--first-contact", "1s")
			if took := time.Since(start); took > 8*time.Second {
				t.Errorf("took %v", took)
			}
			if code != reports.ExitBroken || !strings.Contains(errs, c.says) || strings.Count(errs, "\n") != 1 {
				t.Errorf("exit %d, said %q; want exit 3 and one line with %q", code, errs, c.says)
			}
			r, err := reports.Load("build/report")
			if err != nil || r.Broken == "" || r.Counts[reports.NotRun] == 0 {
				t.Errorf("the report: %v, broken %q, counts %v", err, r.Broken, r.Counts)
			}
		})
	}
}

// TestTargetThatDiesInTheMiddle: what was known is reported, and the run ends.
func TestTargetThatDiesInTheMiddle(t *testing.T) {
	t.Chdir(t.TempDir())
	var calls atomic.Int64
	whole := reference.New(reference.Options{Settle: time.Millisecond})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if calls.Add(1) > 300 {
			panic(http.ErrAbortHandler)
		}
		whole.ServeHTTP(w, r)
	}))
	defer s.Close()
	code, _, errs := esmconform(t, t.Context(), "run", "--target", "endpoint:"+s.URL)
	r, err := reports.Load("build/report")
	if code != reports.ExitBroken || err != nil || r.Broken == "" || r.Counts[reports.Pass] == 0 || r.Counts[reports.NotRun] == 0 {
		t.Errorf("exit %d, said %q, report %v %q %v", code, errs, err, r.Broken, r.Counts)
	}
}

func TestStoppedRunReportsWhatItKnows(t *testing.T) {
	t.Chdir(t.TempDir())
	ctx, stop := context.WithCancel(t.Context())
	var calls atomic.Int64
	whole := reference.New(reference.Options{Settle: time.Millisecond})
	var left sync.Map
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if calls.Add(1) == 400 {
			stop()
		}
		whole.ServeHTTP(w, r)
		if r.Method == http.MethodDelete {
			left.Store(r.URL.Path, true)
		}
	}))
	defer s.Close()
	code, _, _ := esmconform(t, ctx, "run", "--target", "endpoint:"+s.URL)
	r, err := reports.Load("build/report")
	if code != reports.ExitBroken || err != nil || r.Broken == "" || r.Counts[reports.Pass] == 0 {
		t.Errorf("exit %d, report %v %q %v", code, err, r.Broken, r.Counts)
	}
	functions := 0
	left.Range(func(path, _ any) bool {
		if strings.Contains(path.(string), "/functions/esmconform-") {
			functions++
		}
		return true
	})
	if functions == 0 {
		t.Error("nothing was removed after the stop")
	}
}

func TestRunOnTheReferenceConforms(t *testing.T) {
	for _, p := range rule.Profiles {
		t.Chdir(t.TempDir())
		code, out, errs := esmconform(t, t.Context(), "run", "--profile", p.String(), "--level", "recorded", "--report", "r")
		r, err := reports.Load("r")
		if code != 0 || err != nil || r.Counts[reports.Pass] != len(r.Rules) || errs != "" {
			t.Errorf("exit %d, %v, %v of %d rules, %s%s", code, err, r.Counts, len(r.Rules), out, errs)
		}
		for _, name := range []string{reports.JUnitFile, reports.SummaryFile} {
			if _, err := os.Stat(filepath.Join("r", name)); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestServeGivesTheSameOutcomes(t *testing.T) {
	t.Chdir(t.TempDir())
	s := httptest.NewServer(reference.New(reference.Options{Profile: rule.Today, Settle: 20 * time.Millisecond}))
	defer s.Close()
	code, out, errs := esmconform(t, t.Context(), "run", "--target", "endpoint:"+s.URL, "--profile", "today", "--level", "recorded")
	r, err := reports.Load("build/report")
	if code != 0 || err != nil || r.Counts[reports.Pass] == 0 {
		t.Errorf("exit %d, %v, %v of %d rules, %s%s", code, err, r.Counts, len(r.Rules), out, errs)
	}
	for _, x := range r.Rules {
		played := rule.Find(x.Rule).Plane == rule.Data // which an endpoint cannot do
		if played && x.Outcome != reports.Unsupported && x.Outcome != reports.Pass || !played && x.Outcome != reports.Pass {
			t.Errorf("%s: %s, %s", x.Rule, x.Outcome, x.Reason)
		}
	}
}

func TestExplainAndListAndCoverage(t *testing.T) {
	for _, c := range []struct {
		args []string
		says []string
	}{
		{[]string{"explain", "batch-size-max-dynamodb"}, []string{"2020-08-11", "1000", "10000", "Lambda API reference"}},
		{[]string{"explain", "iam-role-sqs"}, []string{"cannot be observed"}},
		{[]string{"list", "--rules", "area:pagination", "--profile", "today"}, []string{"list-page-cap-100"}},
		{[]string{"list", "--json", "--rules", "window-max"}, []string{`"rule":"window-max"`}},
		{[]string{"coverage"}, []string{"control plane", "100 %", "cannot be observed from outside"}},
		{[]string{"--help"}, []string{"Exit codes"}},
	} {
		code, out, errs := esmconform(t, t.Context(), c.args...)
		for _, s := range c.says {
			if code != 0 || !strings.Contains(out, s) {
				t.Errorf("%v: exit %d, %q is not in %s%s", c.args, code, s, out, errs)
			}
		}
	}
}
