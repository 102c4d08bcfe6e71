package reports

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// The form of a finding is a contract: people read it, and scripts search it.
const bisectBlock = `FAIL bisect-splits-in-two  must  2020-08-11
  says      with BisectBatchOnFunctionError a failed batch is split in two before it is retried
            API reference of 2020-08-11, CreateEventSourceMapping, BisectBatchOnFunctionError
  expected  after [1 2 3 4] failed: a proper prefix of it
  actual    [1 2 3 4] again at +1.204 s
  evidence  build/report/exchanges/bisect-splits-in-two.jsonl:14,19
  again     esmconform run --target endpoint:http://localhost:4566 --rules bisect-splits-in-two
`

// play records the rules in a run that writes to a Terminal, and returns what
// that showed.
func play(t *testing.T, terminal *Terminal, out *strings.Builder, list ...RuleResult) string {
	t.Helper()
	terminal.w = out
	h := with(list...)
	run, err := Open(t.TempDir(), h, terminal)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range h.Rules {
		run.Rule(x)
	}
	if _, err := run.Close(nil); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestAFindingIsPrintedWhenItIsFound(t *testing.T) {
	var out strings.Builder
	run, err := Open(t.TempDir(), with(bisect(), of(Pass)), NewTerminal(&out))
	if err != nil {
		t.Fatal(err)
	}
	run.Rule(bisect())
	if !strings.Contains(out.String(), "\n"+bisectBlock) {
		t.Errorf("got\n%s\nexpected\n%s", &out, bisectBlock)
	}
	run.Rule(bisect())
	again := bisect()
	again.Findings[0].Class = "other"
	again.Findings[0].Level = "recorded"
	run.Rule(again)
	if _, err := run.Close(nil); err != nil {
		t.Fatal(err)
	}
	s := out.String()
	if n := strings.Count(s, "FAIL "); n != 1 {
		t.Errorf("FAIL %d times; a finding that is seen again is no news", n)
	}
	if !strings.Contains(s, "NOTE bisect-splits-in-two  recorded  2020-08-11\n") {
		t.Errorf("a finding that does not gate should be a NOTE:\n%s", s)
	}
}

func TestLongTextsHangAndEnd(t *testing.T) {
	x := bisect()
	x.Findings[0].Actual = strings.Repeat("status 200 with a body ", 100)
	x.Findings[0].Expected = "first\nsecond\x1b[2J"
	x.Findings[0].Count = 3
	s := play(t, NewTerminal(nil), &strings.Builder{}, x)
	actual := s[strings.Index(s, "  actual"):strings.Index(s, "  seen      3 times\n")]
	if !strings.HasSuffix(actual, "(2300 bytes in all)\n") || len(actual) > 800 {
		t.Errorf("not cut: %s", actual)
	}
	for i, line := range strings.Split(strings.TrimSuffix(actual, "\n"), "\n") {
		if len(line) > plainWidth+3 || i > 0 && !strings.HasPrefix(line, "            ") {
			t.Errorf("line %d does not hang or is too long: %q", i, line)
		}
	}
	if !strings.Contains(s, "  expected  first\n            second\\x1b[2J\n") || strings.Contains(s, "\x1b") {
		t.Errorf("a target speaks to the terminal:\n%q", s)
	}
}

func TestTheEndInWords(t *testing.T) {
	var list []RuleResult
	for range 80 {
		list = append(list, RuleResult{Outcome: Unsupported, Reason: "the target does not offer msk"})
	}
	for i := range 20 {
		list = append(list, RuleResult{Outcome: Inconclusive, Reason: fmt.Sprintf("mapping %d was refused", i)})
	}
	known := bisect()
	known.Rule, known.Outcome = "known", KnownFailing
	list = append(list, bisect(), at("recorded", Fail), at("implied", Flaky), known, of(Pass))
	for i := range list {
		if list[i].Rule == "" {
			list[i].Rule = fmt.Sprintf("r%d", i)
		}
	}
	s := play(t, NewTerminal(nil), &strings.Builder{}, list...)
	end := s[strings.LastIndex(s, "\n\n")+2:]
	for _, want := range []string{
		": 1 pass, 80 unsupported, 20 inconclusive, 1 known-failing, 1 flaky, 2 fail\n",
		"failures      1 must, 1 implied, 1 recorded (does not gate)\n",
		"unsupported   80 rules: the target does not offer msk\n",
		"inconclusive  1 rule: mapping 0 was refused\n              1 rule: mapping 1 was refused\n",
		"14 rules for 14 other reasons: see summary.md\n",
		"results.json, junit.xml, summary.md\n",
		"verdict       2 rules fail; 1 rule fails at a level that does not gate\n",
	} {
		if !strings.Contains(end, want) {
			t.Errorf("no %q in\n%s", want, end)
		}
	}
	if strings.Contains(s, "FAIL known") {
		t.Error("a known failure is shown as news")
	}
}

func TestPlainProgress(t *testing.T) {
	var list []RuleResult
	for i := range 200 {
		list = append(list, RuleResult{Rule: fmt.Sprintf("r%d", i), Outcome: Pass})
	}
	s := play(t, NewTerminal(nil), &strings.Builder{}, list...)
	if n := strings.Count(s, " of 200 rules, 0 findings, "); n < 10 || n > 12 || !strings.Contains(s, "200 of 200 rules") {
		t.Errorf("%d lines of progress:\n%s", n, s)
	}
	if strings.ContainsAny(s, "\r\x1b") {
		t.Error("a bar where there is no terminal")
	}

	var out strings.Builder
	slow := &Terminal{w: &out, size: func() int { return plainWidth }, total: 1000, started: time.Now().Add(-time.Minute), said: time.Now().Add(-3 * time.Second)}
	slow.rule(of(Pass), nil, true, 1000)
	slow.rule(of(Pass), nil, true, 1000)
	if got := out.String(); strings.Count(got, "\n") != 1 || !strings.HasPrefix(got, "1 of 1000 rules, 0 findings, 60 s, about 999 min left") {
		t.Errorf("after 3 s of silence: %q", got)
	}
}

func TestTheBarStaysBelowTheFindings(t *testing.T) {
	for _, color := range []bool{false, true} {
		terminal := &Terminal{onTerm: true, color: color, size: func() int { return plainWidth }}
		s := play(t, terminal, &strings.Builder{}, of(Pass), bisect(), of(Pass), of(Pass))
		block := bisectBlock
		if color {
			block = strings.Replace(block, "FAIL", "\x1b[31;1mFAIL\x1b[0m", 1)
		}
		if !strings.Contains(s, "\x1b[2K\r"+block) {
			t.Errorf("the line of the bar was not cleared before the finding:\n%q", s)
		}
		if rest := s[strings.Index(s, block)+len(block):]; !strings.Contains(rest, "rules, 1 finding") || !strings.Contains(rest, "(3/4)") {
			t.Errorf("no bar after the finding: %q", rest)
		}
		if screen := s[strings.LastIndex(s, "\x1b[2K\r"):]; !strings.HasPrefix(screen, "\x1b[2K\r\nrules ") {
			t.Errorf("the bar is still there at the end: %q", screen)
		}
	}
}

func TestNewTerminalLooksWhereItWrites(t *testing.T) {
	file, err := os.Create(t.TempDir() + "/log")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if x := NewTerminal(file); x.onTerm || x.color {
		t.Error("a file is taken for a terminal")
	}
	pty, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip("no pseudo-terminal here: ", err)
	}
	defer pty.Close()
	t.Setenv("TERM", "xterm")
	t.Setenv("NO_COLOR", "")
	if x := NewTerminal(pty); !x.onTerm || !x.color || x.size() <= 0 || x.size() > plainWidth {
		t.Errorf("a terminal: bar %v, colour %v, width %d", x.onTerm, x.color, x.size())
	}
	t.Setenv("NO_COLOR", "1")
	if x := NewTerminal(pty); !x.onTerm || x.color {
		t.Error("NO_COLOR is set, and there is colour or no bar")
	}
	t.Setenv("TERM", "dumb")
	if x := NewTerminal(pty); x.onTerm {
		t.Error("a bar on a dumb terminal")
	}
}

func TestASilentTerminal(t *testing.T) {
	var none *Terminal
	none.Printf("nobody hears %s", "this")
	run, err := Open(t.TempDir(), with(bisect()), none)
	if err != nil {
		t.Fatal(err)
	}
	run.Rule(bisect())
	if _, err := run.Close(nil); err != nil {
		t.Fatal(err)
	}
}
