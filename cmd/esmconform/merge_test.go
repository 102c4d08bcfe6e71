package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/esmconform/esmconform/reports"
)

// outcome is what must not depend on who played what.
func outcome(t *testing.T, folder string) string {
	t.Helper()
	s, err := reports.LoadSearch(folder)
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.MarshalIndent([]any{s.Findings, s.States, s.Exercised, s.Sequences, s.Steps, s.Fine}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// search plays a search into a folder.
func search(t *testing.T, folder, args string) (out string) {
	t.Helper()
	code, out, errs := esmconform(t, t.Context(), strings.Fields("fuzz --shrink-for 10m --report "+folder+" "+args)...)
	if code > 1 {
		t.Fatalf("%s: exit %d, %s%s", args, code, out, errs)
	}
	return out
}

// differ shows where two outcomes part.
func differ(t *testing.T, what, a, b string) {
	t.Helper()
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			t.Errorf("%s: line %d is %.300s, and was %.300s", what, i+1, y[i], x[i])
			return
		}
	}
	if a != b {
		t.Errorf("%s: %d lines, and were %d", what, len(y), len(x))
	}
}

func TestShardsMakeOneSearch(t *testing.T) {
	for _, target := range []string{"reference", "mutant:create-twice", "mutant:bisect-drops-the-first-half"} {
		t.Run(target, func(t *testing.T) {
			t.Chdir(t.TempDir())
			args := "--sequences 400 --seed 11 --target " + target
			search(t, "whole", args)
			merge := []string{"merge", "--report", "merged"}
			for i := range 4 {
				folder := fmt.Sprintf("shard-%d", i)
				search(t, folder, fmt.Sprintf("%s --shard %d/4", args, i))
				merge = append(merge, folder)
			}
			merge[3], merge[6] = merge[6], merge[3] // in any order
			code, out, errs := esmconform(t, t.Context(), merge...)
			want := 1
			if target == "reference" {
				want = 0
			}
			if code != want || strings.Count(out, "FAIL ") == 0 != (want == 0) {
				t.Errorf("merge: exit %d, %s%s", code, out, errs)
			}
			differ(t, "merged", outcome(t, "whole"), outcome(t, "merged"))
		})
	}
}

func TestAnyNumberOfWorkersFindsTheSame(t *testing.T) {
	t.Chdir(t.TempDir())
	const args = "--sequences 200 --seed 3 --profile today --target mutant:bisect-drops-the-first-half --workers "
	for _, workers := range []string{"1", "2", "5"} {
		search(t, workers, args+workers)
		differ(t, workers+" workers", outcome(t, "1"), outcome(t, workers))
	}
}

func TestMergeRefusesWhatIsNotOneSearch(t *testing.T) {
	t.Chdir(t.TempDir())
	const args = "--sequences 30 --target mutant:create-twice --seed "
	for folder, more := range map[string]string{"s0": "7 --shard 0/4", "s1": "7 --shard 1/4", "s2": "7 --shard 2/4", "seed": "8 --shard 3/4",
		"of3": "7 --shard 2/3", "target": "7 --shard 3/4 --target reference", "profile": "7 --shard 3/4 --profile today", "level": "7 --shard 3/4 --level must"} {
		search(t, folder, args+more)
	}
	save(t, "damaged.json", `{"format":1,`)
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"", exitUsage, "requires at least 1 arg"},
		{"missing", exitUsage, "missing: file does not exist; expected the fuzz.json that esmconform fuzz writes, or its folder"},
		{"damaged.json", exitUsage, "not the result of a search"},
		{"s0 s1 s2 seed", exitUsage, `the seed differs: "7" and "8"`},
		{"s0 s1 s2 target", exitUsage, `the target differs: "mutant:create-twice" and "reference"`},
		{"s0 s1 s2 profile", exitUsage, "the version of the target differs"},
		{"s0 s1 s2 level", exitUsage, `the level differs: "implied" and "must"`},
		{"s0 s1 of3", exitUsage, "shard 2/3 does not go with shards of 4"},
		{"s0 s1 s0", exitUsage, "shard 0/4 comes twice"},
		{"s0 s1 --report damaged.json", exitUsage, "--report damaged.json: "},
		{"s0 s2", reports.ExitBroken, "2 of 4 shards are missing, among them 1/4"},
	} {
		code, _, errs := esmconform(t, t.Context(), append([]string{"merge", "--report", "merged"}, strings.Fields(c.args)...)...)
		if code != c.code || !strings.Contains(errs, c.says) || strings.Count(errs, "\n") != 1 {
			t.Errorf("merge %s: exit %d, said %q; want exit %d and one line with %q", c.args, code, errs, c.code, c.says)
		}
	}
	s, err := reports.LoadSearch("merged")
	if err != nil || strings.Join(s.Missing, " ") != "1/4 3/4" {
		t.Errorf("missing are %v, %v", s.Missing, err)
	}
	if _, out, _ := esmconform(t, t.Context(), "merge", "--report", "merged", "s0", "s2", "s1"); !strings.Contains(out, "missing       shard 3/4: ") {
		t.Errorf("said %q", out)
	}
}
