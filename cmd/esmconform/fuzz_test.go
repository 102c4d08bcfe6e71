package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/esmconform/esmconform/reports"
)

// fuzzed is the report folder of a short search that finds something.
func fuzzed(t *testing.T, report string, more ...string) {
	t.Helper()
	args := append(strings.Fields("fuzz --target mutant:create-twice --sequences 60 --seed 7 --report "+report), more...)
	if code, out, errs := esmconform(t, t.Context(), args...); code > 1 {
		t.Fatalf("exit %d, %s%s", code, out, errs)
	}
}

// corpusCase is a least case, and what is wrong with it after a change.
const corpusCase = `{"format":1,"profile":"2020-08-11","sources":[{"name":"q","kind":"sqs"}],
"calls":[{"do":"create","mapping":"m0","body":{"EventSourceArn":"${q}","FunctionName":"${function}"},"about":"fn-form-name","accept":true}],
"shows":{"rule":"create-duplicate-conflict","class":"accepted"}}`

func TestFuzzRefusesBadCorpora(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, c := range []struct{ name, content, says string }{
		{"damaged", corpusCase[:100], "not JSON"},
		{"empty", "", "the scenario is empty"},
		{"a list", "[]", "a scenario is an object, this is array"},
		{"no text", "\xff\xfe", "not JSON"},
		{"format 2", strings.Replace(corpusCase, `"format":1`, `"format":2`, 1), "format is 2; expected 1"},
		{"about nothing", strings.Replace(corpusCase, "fn-form-name", "fn-form-nam", 1), `the unknown rule "fn-form-nam"`},
		{"shows nothing", strings.Replace(corpusCase, "create-duplicate", "duplicate", 1), `the unknown rule "duplicate-conflict"`},
		{"no such source", strings.Replace(corpusCase, `"name":"q"`, `"name":"r"`, 1), "${q} stands for nothing"},
		{"huge and no scenario", strings.Repeat(" ", 20<<20) + "x", "not JSON"},
	} {
		dir := strings.ReplaceAll(c.name, " ", "-")
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		file := save(t, filepath.Join(dir, "case.json"), c.content)
		code, out, errs := esmconform(t, t.Context(), "fuzz", "--sequences", "5", "--corpus", dir)
		if code != exitUsage || !strings.Contains(errs, file+": ") || !strings.Contains(errs, c.says) ||
			!strings.Contains(errs, "; correct it or take it out of the corpus") || strings.Count(errs, "\n") != 1 || out != "" {
			t.Errorf("%s: exit %d, said %q; want exit 2, the file, and %q", c.name, code, errs, c.says)
		}
	}
	save(t, "case.json", corpusCase)
	if code, _, errs := esmconform(t, t.Context(), "fuzz", "--corpus", "case.json"); code != exitUsage || !strings.Contains(errs, "it is a file; expected a folder") {
		t.Errorf("a corpus that is a file: exit %d, said %q", code, errs)
	}
	if _, err := os.Stat("build"); err == nil {
		t.Error("something was written")
	}
}

func TestFuzzRefusesBadFlags(t *testing.T) {
	t.Chdir(t.TempDir())
	fuzzed(t, "r")
	fuzzed(t, "shard", "--shard", "1/2")
	for name, content := range map[string]string{"damaged.json": `{"format":1`, "two.json": `{"format":2}`, "none.json": `{"format":1}`} {
		save(t, name, content)
	}
	b, err := os.ReadFile("r/fuzz.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string][]string{
		"rule.json":    {`"rule": "create-duplicate-conflict",` + "\n" + `   "level"`, `"rule": "nothing","level"`},
		"decided.json": {`"exercised": [`, `"exercised": ["nothing",`},
		"shards.json":  {`"of": 1`, `"of": 0`},
		"states.json":  {`"states": "`, `"states": "AAAA`},
		"least.json":   {`"kind": "sqs`, `"kind": "zqs`},
	} {
		if !strings.Contains(string(b), change[0]) {
			t.Fatalf("%s: %q is not in the result", name, change[0])
		}
		save(t, name, strings.Replace(string(b), change[0], change[1], 1))
	}
	const twice = "--target mutant:create-twice --sequences 5 "
	for _, c := range []struct{ args, says string }{
		{"--for 0", "expected more than nothing"},
		{"--for -1s", "expected more than nothing"},
		{"--for soon", "invalid duration"},
		{"--sequences 0", "expected at least 1"},
		{"--sequences -1", "invalid"},
		{"--workers 0", "expected at least 1"},
		{"--shrink-runs -1", "expected 0 or more"},
		{"--shrink-for 0", "expected more than nothing"},
		{"--shard 4/4", "expected I/N with I from 0 to N-1"},
		{"--shard 0/0", "expected I/N with I from 0 to N-1"},
		{"--shard 0/10001", "N at most 10000"},
		{"--shard x", "expected I/N, like 0/4"},
		{"--shard -1/2", "expected I/N, like 0/4"},
		{"--shard 1/2/3", "expected I/N, like 0/4"},
		{"--target nothing", "did you mean"},
		{"--target endpoint:", "needs a URL"},
		{"--target endpoint:http://127.0.0.1:1 --workers 2", "127.0.0.1:1"},
		{twice + "--baseline missing", "missing: file does not exist; expected the fuzz.json"},
		{twice + "--baseline damaged.json", "not the result of a search"},
		{twice + "--baseline two.json", "format is 2; expected 1"},
		{twice + "--baseline none.json", "it has no shards"},
		{twice + "--baseline rule.json", `the unknown rule "nothing"`},
		{twice + "--baseline decided.json", `the unknown rule "nothing"`},
		{twice + "--baseline shards.json", "shard 0/0"},
		{twice + "--baseline states.json", "expected 8192"},
		{twice + "--baseline least.json", "findings[0]"},
		{"--sequences 5 --baseline r", "is of mutant:create-twice in 2020-08-11; expected one of reference in 2020-08-11"},
		{twice + "--profile today --baseline r", "expected one of mutant:create-twice in today"},
		{twice + "--resume --report missing", "--resume: missing: file does not exist"},
		{twice + "--resume --report r --seed 8", "is of seed 7, not 8"},
		{twice + "--resume --report r --profile today", "is of profile 2020-08-11, not today"},
		{twice + "--resume --report r --level must", "is of level implied, not must"},
		{twice + "--resume --report r --shard 0/2", "is of shard 0/1, not 0/2"},
		{"--resume --report r --sequences 5", "is of the target mutant:create-twice 2020-08-11, not reference"},
		{"--sequences 5 --report none.json", "--report none.json: "},
		{"--sequences 5 --report none.json/r", "--report none.json/r: "},
	} {
		code, out, errs := esmconform(t, t.Context(), append([]string{"fuzz"}, strings.Fields(c.args)...)...)
		want := exitUsage
		if strings.Contains(c.args, "127.0.0.1:1 ") {
			want = reports.ExitBroken // it is asked what it is first
		}
		if code != want || !strings.Contains(errs, c.says) || strings.Count(errs, "\n") != 1 || out != "" {
			t.Errorf("%s: exit %d, said %q%s; want exit %d and one line with %q", c.args, code, errs, out, want, c.says)
		}
	}
}

// TestFuzzKeepsAndKnows: a least case goes into the corpus, is found again from there
// alone, and is no finding when it was known before.
func TestFuzzKeepsAndKnows(t *testing.T) {
	t.Chdir(t.TempDir())
	fuzzed(t, "r", "--corpus", "corpus")
	kept, err := filepath.Glob("corpus/create-duplicate-conflict--*.json")
	if err != nil || len(kept) == 0 {
		t.Fatal(kept, err)
	}
	if script := strings.TrimSuffix(kept[0], ".json") + ".sh"; !strings.HasPrefix(read(t, script), "#!/bin/sh\n# create-duplicate-conflict: ") {
		t.Errorf("%s: %q", script, read(t, script))
	}
	code, out, errs := esmconform(t, t.Context(), strings.Fields("fuzz --target mutant:create-twice --sequences 1 --seed 1 --corpus corpus --report again")...)
	if code != reports.ExitFindings || !strings.Contains(out, "FAIL create-duplicate-conflict ") {
		t.Errorf("from the corpus: exit %d, %s%s", code, out, errs)
	}
	code, out, errs = esmconform(t, t.Context(), strings.Fields("fuzz --target mutant:create-twice --sequences 60 --seed 7 --baseline r --report known")...)
	s, err := reports.LoadSearch("known")
	if code != 0 || strings.Contains(out, "FAIL ") || err != nil || len(s.Findings) == 0 || !s.Findings[0].Known || s.Findings[0].Count == 0 {
		t.Errorf("with a baseline: exit %d, %s%s, %v", code, out, errs, err)
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
