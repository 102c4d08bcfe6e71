package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const code = `package p

func Sum(n int) (sum int) {
	for i := 0; i < n; i++ {
		sum += i
	}
	return sum
}

func unused(a, b int) int { return a + b }

const size = 2 - 1

var list = [size]int{}

func proven(a int) bool { return a == 1 }
`

const testCode = `package p

import "testing"

func TestSum(t *testing.T) {
	if Sum(-1) != 0 || Sum(2) != 1 || len(list) == 0 {
		t.Error("wrong")
	}
}

func TestProven(t *testing.T) {
	if !proven(1) {
		t.Error("not proven")
	}
}
`

// inModule makes a module of files and goes there.
func inModule(t *testing.T, files map[string]string) {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(root)
}

func mutate(t *testing.T, code int, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, log bytes.Buffer
	if got := run(t.Context(), append(args, "-workers=1", "-least=2s", "."), &out, &log); got != code {
		t.Fatalf("exit %d, want %d:\n%s%s", got, code, &log, &out)
	}
	return out.String(), log.String()
}

// An endless loop, a place that no test comes by, a constant, a test of each kind.
func TestOutcomes(t *testing.T) {
	inModule(t, map[string]string{"go.mod": "module p\n\ngo 1.26\n", "p.go": code, "p_test.go": testCode})
	out, log := mutate(t, exitBelow)
	want := `survived: p.go:12:16 ARITHMETIC_BASE - -> +
not reached: p.go:10:38 ARITHMETIC_BASE + -> -
  package  changes  killed  timed out  survived  not reached  no code   score
        .        6       2          2         1            1        0  66.7 %
    total        6       2          2         1            1        0  66.7 %
`
	if out != want {
		t.Errorf("got\n%s\nwant\n%s\nlog\n%s", out, want, log)
	}

	// What is known is not run again, of a line that was cut off nothing is known.
	text, err := os.ReadFile("build/mutate.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("build/mutate.jsonl", text[:len(text)-9], 0o644); err != nil {
		t.Fatal(err)
	}
	if out, log = mutate(t, exitBelow, "-resume"); out != want || !strings.Contains(log, ".: 6 of 6 changes, 5 known from before\n") {
		t.Errorf("resumed:\n%s%s", log, out)
	}
	if out, log = mutate(t, exitBelow, "-again"); out != want || !strings.Contains(log, ".: 6 of 6 changes, 4 known from before\n") {
		t.Errorf("again:\n%s%s", log, out)
	}

	// One change alone leaves the results as they are.
	if out, _ = mutate(t, 0, "-line=16"); !strings.Contains(out, "total        1       1") {
		t.Errorf("one line:\n%s", out)
	}
	if out, log = mutate(t, exitBelow, "-resume"); out != want || !strings.Contains(log, "6 known from before") {
		t.Errorf("resumed:\n%s%s", log, out)
	}
	first, _ := mutate(t, 0, "-sample=2", "-list")
	again, _ := mutate(t, 0, "-sample=2", "-list")
	if first != again || strings.Count(first, "\n") != 2 {
		t.Errorf("samples:\n%s%s", first, again)
	}
}

// What is no measurement is not a bad one either.
func TestBroken(t *testing.T) {
	for _, c := range []struct{ name, code, test, says string }{
		{"code", "package p\n\nfunc f() int { return x }\n", testCode, "undefined: x"},
		{"test code", code, "package p\n\nvar _ = x\n", "undefined: x"},
		{"no tests", code, "package p\n", "no tests"},
		{"a test fails", strings.Replace(code, "sum += i", "sum -= i", 1), testCode, "with no change on"},
		{"no change", "package p\n", "package p\n", "nothing to change"},
	} {
		t.Run(c.name, func(t *testing.T) {
			inModule(t, map[string]string{"go.mod": "module p\n\ngo 1.26\n", "p.go": c.code, "p_test.go": c.test})
			if _, log := mutate(t, exitBroken); !strings.Contains(log, c.says) {
				t.Errorf("it says\n%s\nwithout %q", log, c.says)
			}
		})
	}
}

// Stopped in the middle, it says what it knows.
func TestInterrupted(t *testing.T) {
	inModule(t, map[string]string{
		"go.mod": "module p\n\ngo 1.26\n",
		"p.go":   "package p\n\nfunc one(a int) bool { return a == 1 }\n\nfunc two(a int) bool { return a == 2 }\n",
		"p_test.go": "package p\n\nimport \"testing\"\n\nfunc Test(t *testing.T) {\n\tif !one(1) {\n\t\tt.Fatal()\n\t}\n" +
			"\tfor !two(2) {\n\t}\n}\n",
	})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func() {
		defer cancel()
		for ctx.Err() == nil {
			if text, err := os.ReadFile("build/mutate.jsonl"); err == nil && bytes.Contains(text, []byte("\n")) {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
	}()
	var out, log bytes.Buffer
	if got := run(ctx, []string{"-workers=1", "-least=1h", "."}, &out, &log); got != exitInterrupted {
		t.Errorf("exit %d, want %d:\n%s", got, exitInterrupted, &log)
	}
	want := `  package  changes  killed  timed out  survived  not reached  no code    score
        .        1       1          0         0            0        0  100.0 %
    total        1       1          0         0            0        0  100.0 %
not all: the run did not come to its end
`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", &out, want)
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{{"-nothing"}, {"-sample=x"}} {
		if got := run(t.Context(), args, &bytes.Buffer{}, &bytes.Buffer{}); got != exitUsage {
			t.Errorf("%q: exit %d", args, got)
		}
	}
}
