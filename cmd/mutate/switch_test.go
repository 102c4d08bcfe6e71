package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// bodies are bodies of functions, what they return, and what they return after
// each change, in the order of the source.
var bodies = []struct {
	body, is string
	changed  []string
}{
	{"a, b := 2, 2; return a < b", "false", []string{"CONDITIONALS_BOUNDARY < -> <= true", "CONDITIONALS_NEGATION < -> >= true"}},
	{"a, b := 2, 3; return a <= b", "true", []string{"CONDITIONALS_BOUNDARY <= -> < true", "CONDITIONALS_NEGATION <= -> > false"}},
	{"a, b := 2, 2; return a > b", "false", []string{"CONDITIONALS_BOUNDARY > -> >= true", "CONDITIONALS_NEGATION > -> <= true"}},
	{"a, b := 2, 2; return a >= b", "true", []string{"CONDITIONALS_BOUNDARY >= -> > false", "CONDITIONALS_NEGATION >= -> < false"}},
	{"a, b := 2, 2; return a == b", "true", []string{"CONDITIONALS_NEGATION == -> != false"}},
	{"a, b := 2, 2; return a != b", "false", []string{"CONDITIONALS_NEGATION != -> == true"}},
	{"a, b := 7, 2; return a + b", "9", []string{"ARITHMETIC_BASE + -> - 5"}},
	{"a, b := 7, 2; return a - b", "5", []string{"ARITHMETIC_BASE - -> + 9"}},
	{"a, b := 7, 2; return a * b", "14", []string{"ARITHMETIC_BASE * -> / 3"}},
	{"a, b := 7, 2; return a / b", "3", []string{"ARITHMETIC_BASE / -> * 14"}},
	{"a, b := 7, 2; return a % b", "1", []string{"ARITHMETIC_BASE % -> * 14"}},
	{"a := 7; a++; return a", "8", []string{"INCREMENT_DECREMENT ++ -> -- 6"}},
	{"a := uint8(0); a--; return a", "255", []string{"INCREMENT_DECREMENT -- -> ++ 1"}},
	{"a := 7; return -a", "-7", []string{"INVERT_NEGATIVES -x -> x 7"}},
	{"return -7", "-7", []string{"INVERT_NEGATIVES -x -> x 7"}},

	// What the operands are.
	{"var err error; return err == nil", "true", []string{"CONDITIONALS_NEGATION == -> != false"}},
	{`a := "x"; return a+"y" < "xy"`, "false", []string{"CONDITIONALS_BOUNDARY < -> <= true", "CONDITIONALS_NEGATION < -> >= true"}},
	{"a := 1.5; return a*2 > 3", "false", []string{"CONDITIONALS_BOUNDARY > -> >= true", "CONDITIONALS_NEGATION > -> <= true", "ARITHMETIC_BASE * -> / false"}},
	{"n := 3; var a int64 = 8; return 1<<n < a", "false", []string{"CONDITIONALS_BOUNDARY < -> <= true", "CONDITIONALS_NEGATION < -> >= true"}},
	{"type truth bool; a := 1; var t truth = a < 2; return t", "true", []string{"CONDITIONALS_BOUNDARY < -> <= true", "CONDITIONALS_NEGATION < -> >= false"}},
	{"a := time.Second; return a + time.Second*2", "3s", []string{"ARITHMETIC_BASE + -> - -1s", "ARITHMETIC_BASE * -> / 1.5s"}},
	{"a := complex(1, 2); return -a", "(-1-2i)", []string{"INVERT_NEGATIVES -x -> x (1+2i)"}},
	{"m := map[string]int{}; m[`a`]++; return m", "map[a:1]", []string{"INCREMENT_DECREMENT ++ -> -- map[a:-1]"}},
	{"int := 7; return int + 1", "8", []string{"ARITHMETIC_BASE + -> - 6"}},
	{"calls := 0; f := func() int { calls += 1; return calls }; return f() < 5 && calls < 2", "true",
		[]string{"CONDITIONALS_BOUNDARY < -> <= true", "CONDITIONALS_NEGATION < -> >= false", "CONDITIONALS_BOUNDARY < -> <= true", "CONDITIONALS_NEGATION < -> >= false"}},

	// Where they are.
	{"a := 2; switch { case a < 2: return 1 }; return 2", "2", []string{"CONDITIONALS_BOUNDARY < -> <= 1", "CONDITIONALS_NEGATION < -> >= 1"}},
	{"n := 0; for i := 0; i < 3; i++ { n += i }; return n", "3",
		[]string{"CONDITIONALS_BOUNDARY < -> <= 6", "CONDITIONALS_NEGATION < -> >= 0", "INCREMENT_DECREMENT ++ -> -- endless"}},
	{"a, b, c := 8, 4, 2; return a-(b-c)-b*c", "-2",
		[]string{"ARITHMETIC_BASE - -> + 14", "ARITHMETIC_BASE - -> + 2", "ARITHMETIC_BASE - -> + -6", "ARITHMETIC_BASE * -> / 4"}},
	{"a, b := 8, 4; return a - -b", "12", []string{"ARITHMETIC_BASE - -> + 4", "INVERT_NEGATIVES -x -> x 4"}},
	{"a, b := 8, 0; return a * b", "0", []string{"ARITHMETIC_BASE * -> / panic"}},

	// Constants.
	{"return 60 * 30", "1800", []string{"ARITHMETIC_BASE * -> / 2"}},
	{"var a float64 = 3 / 2; return a", "1", []string{"ARITHMETIC_BASE / -> * 6"}},
	{"return 2*3 - 1", "5", []string{"ARITHMETIC_BASE - -> + 7", "ARITHMETIC_BASE * -> / -1"}},
	{"const a = 6 * 3; return a", "18", []string{"ARITHMETIC_BASE * -> / 2"}},
	{"var a [1 + 2]int; return len(a)", "3", []string{"ARITHMETIC_BASE + -> - no code"}},
	{"a := []int{2 - 1: 5}; return a", "[0 5]", []string{"ARITHMETIC_BASE - -> + [0 0 0 5]"}},
	{"var a uint8 = 200 - 100; return a", "100", []string{"ARITHMETIC_BASE - -> + no code"}},
	{"return 1 * 0", "0", []string{"ARITHMETIC_BASE * -> / no code"}},
}

// program is a module with a function for each of the bodies, one in a line, and
// a test that says what they return.
func program(t *testing.T) string {
	root := t.TempDir()
	var code, list strings.Builder
	code.WriteString("package p; import `time`; var _ = time.Second\n")
	for i, b := range bodies {
		fmt.Fprintf(&code, "func f%d() any { %s }\n", i, b.body)
		fmt.Fprintf(&list, "f%d,", i)
	}
	for name, text := range map[string]string{
		"go.mod": "module p\n\ngo 1.26\n",
		"p.go":   code.String(),
		"p_test.go": "package p; import (`fmt`; `os`; `strconv`; `testing`)\n" +
			"func Test(t *testing.T) {\n\tdefer func() { if recover() != nil { fmt.Print(`{panic}`) } }()\n" +
			"\ti, _ := strconv.Atoi(os.Getenv(`BODY`))\n\tfmt.Printf(`{%v}`, []func() any{" + list.String() + "}[i]())\n}\n",
	} {
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestChanges(t *testing.T) {
	if testing.Short() {
		t.Skip("builds some programs")
	}
	root := program(t)
	subjects, err := load(root, []string{"."})
	if err != nil {
		t.Fatal(err)
	}
	p := subjects[0]
	binary, err := build(t.Context(), p, p.overlay, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	byLine := map[int][]*change{}
	for _, c := range p.changes {
		byLine[c.Line] = append(byLine[c.Line], c)
	}
	for i, b := range bodies {
		if got := returned(t, binary, root, i, 0); got != b.is {
			t.Errorf("%s: is %s, want %s", b.body, got, b.is)
		}
		var got []string
		for _, c := range byLine[i+2] {
			got = append(got, fmt.Sprintf("%s %s -> %s %s", c.Kind, c.From, c.To, returnedChanged(t, p, binary, root, i, c)))
		}
		if fmt.Sprint(got) != fmt.Sprint(b.changed) {
			t.Errorf("%s:\n got %q\nwant %q", b.body, got, b.changed)
		}
	}
}

func returnedChanged(t *testing.T, p *subject, binary, root string, body int, c *change) string {
	if !c.alone {
		return returned(t, binary, root, body, c.id)
	}
	binary, err := build(t.Context(), p, p.changed(root, c), t.TempDir())
	if refused := (*buildError)(nil); errors.As(err, &refused) {
		return string(uncompiled)
	}
	if err != nil {
		t.Fatal(err)
	}
	return returned(t, binary, root, body, 0)
}

func returned(t *testing.T, binary, root string, body, change int) string {
	cmd := exec.CommandContext(t.Context(), binary, "-test.timeout=2s")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), fmt.Sprintf("BODY=%d", body), fmt.Sprintf("MUTATE_CHANGE=%d", change))
	out, _ := cmd.Output()
	_, text, _ := strings.Cut(string(out), "{")
	text, _, ok := strings.Cut(text, "}")
	if !ok {
		return "endless"
	}
	return text
}
