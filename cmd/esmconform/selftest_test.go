package main

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

func TestSelftestCommand(t *testing.T) {
	for _, c := range []struct {
		args string
		code int
		want string // in what is printed on either stream
	}{
		{"selftest --list --mutants batch-size-min-*", 0, "batch-size-min-"},
		{"selftest --mutants rule:bisect-splits-in-two", 0, "0 survive"},
		{"selftest --mutants bisect-never", 2, "did you mean"},
		{"selftest --mutants rule:batch-size", 2, "did you mean"},
		{"selftest --mutants zz*", 2, "selects no mutant"},
		{"selftest --workers 0", 2, "at least 1"},
		{"serve --mutant nothing-delivered", 2, "serve delivers nothing"},
		{"serve --mutant create-twicf", 2, "create-twice"},
		{"run --target mutant: --rules batch-size-min", 2, "needs a name"},
		{"replay --target endpoint:http://127.0.0.1:1 ../../examples/bisect.json", 2, "cannot yet"},
		{"replay --target mutant:create-twice ../../examples/bisect.json", 2, "which they do not show"},
		{"replay --target mutant:bisect-drops-the-first-half ../../examples/bisect.json", 1, "bisect-halves-in-order"},
	} {
		var out, errs strings.Builder
		code := run(t.Context(), strings.Fields(c.args), &out, &errs)
		if printed := out.String() + errs.String(); code != c.code || !strings.Contains(printed, c.want) {
			t.Errorf("%s: exit %d, printed %q; expected %d, and %q", c.args, code, printed, c.code, c.want)
		}
	}
}

func TestMutantAsTarget(t *testing.T) {
	var out, errs strings.Builder
	report := filepath.Join(t.TempDir(), "report")
	code := run(t.Context(), []string{"run", "--target", "mutant:bisect-ignored", "--profile", "today", "--rules", "bisect-splits-in-two", "--report", report}, &out, &errs)
	if code != 1 || !strings.Contains(out.String(), "replay --target mutant:") {
		t.Errorf("exit %d\n%s%s", code, &out, &errs)
	}
}

func TestSelftestJSON(t *testing.T) {
	var out, errs strings.Builder
	if code := run(t.Context(), []string{"selftest", "--json", "--mutants", "rule:retry-max"}, &out, &errs); code != 0 {
		t.Fatalf("exit %d: %s", code, &errs)
	}
	var got struct {
		Mutants []struct {
			Mutant  string
			Caught  bool
			Minimal int
			Case    any
		}
	}
	if err := json.Unmarshal([]byte(out.String()), &got); err != nil {
		t.Fatal(err)
	}
	for _, m := range got.Mutants {
		if !m.Caught || m.Minimal < 1 || m.Minimal > 10 || m.Case == nil {
			t.Errorf("%+v: expected it caught, with a case of at most 10 operations", m)
		}
	}
	if len(got.Mutants) < 2 {
		t.Errorf("%d mutants", len(got.Mutants))
	}
}

func TestSelftestStopped(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	var out, errs strings.Builder
	code := run(ctx, []string{"selftest", "--json"}, &out, &errs)
	var got struct{ Complete bool }
	if err := json.Unmarshal([]byte(out.String()), &got); err != nil || got.Complete || code != 3 || !strings.Contains(errs.String(), "stopped after 0 of") {
		t.Errorf("exit %d, %q, %q: expected 3, what was played, and how far it came", code, &out, &errs)
	}
}
