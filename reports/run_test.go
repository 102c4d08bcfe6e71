package reports

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"
)

func load(t *testing.T, dir string) Result {
	t.Helper()
	r, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestResultsAreThereFromTheStart(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "build", "report")
	run, err := Open(dir, header(), nil)
	if err != nil {
		t.Fatal(err)
	}
	r := load(t, dir)
	if len(r.Rules) == 0 || r.Counts[NotRun] != len(r.Rules) || len(r.Counts) != 1 || ExitCode(r) != ExitBroken {
		t.Errorf("at the start: %d rules, counts %v, exit %d; expected all not-run, exit 3", len(r.Rules), r.Counts, ExitCode(r))
	}
	if r.Seed != header().Seed || !reflect.DeepEqual(r.Gated, []string{"must", "implied"}) {
		t.Errorf("seed %d, gated %v", r.Seed, r.Gated)
	}
	if _, err := run.Close(errors.New("interrupted")); err != nil {
		t.Fatal(err)
	}
}

// A crash is a run that nobody closes: what was recorded must be in the file
// without any further call.
func TestACrashLosesNothing(t *testing.T) {
	dir := t.TempDir()
	run, err := Open(dir, header(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer run.Close(nil)
	run.Rule(bisect())
	time.Sleep(time.Millisecond)
	run.Rule(RuleResult{Rule: header().Rules[0].Rule, Outcome: Pass}) // falls into the pause between two writes
	deadline := time.Now().Add(20 * writePause)
	for {
		r := load(t, dir)
		if r.Counts[Fail] == 1 && r.Counts[Pass] == 1 {
			if !r.Ended.IsZero() || ExitCode(r) != ExitBroken {
				t.Errorf("a run that goes on has ended %v, exit %d", r.Ended, ExitCode(r))
			}
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("counts are %v long after both rules were recorded", r.Counts)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func TestReadersNeverSeeHalfAFile(t *testing.T) {
	dir, h := t.TempDir(), header()
	var out strings.Builder
	run, err := Open(dir, h, NewTerminal(&out))
	if err != nil {
		t.Fatal(err)
	}
	stop := make(chan struct{})
	var readers, writers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			left := len(h.Rules)
			for {
				select {
				case <-stop:
					return
				default:
				}
				r, err := Load(dir)
				if err != nil {
					t.Error(err)
					return
				}
				if r.Counts[NotRun] > left {
					t.Errorf("%d rules not run after there were %d", r.Counts[NotRun], left)
				}
				left = r.Counts[NotRun]
			}
		})
	}
	const workers = 8
	for w := range workers {
		writers.Go(func() {
			for i := w; i < len(h.Rules); i += workers {
				x := h.Rules[i]
				x.Outcome = Outcomes[i%len(Outcomes)]
				if x.Outcome == Fail {
					x.Findings = bisect().Findings
				}
				x.Seconds = 0.01
				if i%50 == w {
					time.Sleep(30 * time.Millisecond) // so that some writes fall in between
				}
				run.Rule(x)
			}
		})
	}
	writers.Wait()
	close(stop)
	readers.Wait()
	result, err := run.Close(errors.New("the test leaves some rules not run"))
	if err != nil {
		t.Fatal(err)
	}
	want := map[Outcome]int{}
	for i := range h.Rules {
		want[Outcomes[i%len(Outcomes)]]++
		if result.Rules[i].Rule != h.Rules[i].Rule {
			t.Fatalf("rule %d is %s; expected the order of the selection, %s", i, result.Rules[i].Rule, h.Rules[i].Rule)
		}
	}
	if !reflect.DeepEqual(result.Counts, want) {
		t.Errorf("counts %v; expected %v", result.Counts, want)
	}
	if disk := load(t, dir); !reflect.DeepEqual(disk, result) {
		t.Error("results.json differs from what Close returned")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestCloseWritesEveryReportOnce(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{JUnitFile, SummaryFile} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("of an earlier run"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	h := header()
	h.Rules = []RuleResult{{Rule: "a", Level: "must"}, {Rule: "b", Level: "must"}}
	h.Command = "esmconform run --target endpoint:http://me:secret@localhost:1"
	run, err := Open(dir, h, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, JUnitFile)); err == nil {
		t.Error("the junit.xml of an earlier run passes for this one's")
	}
	run.Rule(RuleResult{Rule: "a", Outcome: Fail, Findings: []Finding{{Class: "c", Again: h.Command + " --rules a"}}})
	first, err := run.Close(nil)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(first.Broken, "1 rule not run") || ExitCode(first) != ExitBroken {
		t.Errorf("a lost rule: broken %q, exit %d; expected it to count as broken", first.Broken, ExitCode(first))
	}
	run.Rule(RuleResult{Rule: "b", Outcome: Pass})
	second, err := run.Close(errors.New("other"))
	if err != nil || !reflect.DeepEqual(first, second) {
		t.Errorf("the second Close returned %+v, %v", second, err)
	}
	for _, name := range []string{ResultsFile, JUnitFile, SummaryFile} {
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || !strings.Contains(string(content), "not run") || strings.Contains(string(content), "secret") {
			t.Errorf("%s: %v, %s", name, err, content)
		}
	}
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(filepath.Join(file, "report"), header(), nil); err == nil || !strings.Contains(err.Error(), "report folder") {
		t.Errorf("a file in the way: %v", err)
	}
	h := header()
	h.Rules = append(h.Rules, h.Rules[0])
	if _, err := Open(t.TempDir(), h, nil); err == nil || !strings.Contains(err.Error(), h.Rules[0].Rule) {
		t.Errorf("a rule twice: %v", err)
	}
}

func TestCloseReportsWhatItCouldNotWrite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "report")
	run, err := Open(dir, with(bisect()), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(dir); err != nil { // before Rule, whose write comes when it likes
		t.Fatal(err)
	}
	run.Rule(bisect())
	r, err := run.Close(nil)
	if err == nil || r.Counts[Fail] != 1 {
		t.Errorf("with the folder gone: error %v, counts %v; expected an error and the result all the same", err, r.Counts)
	}
}

func TestARuleThatWasNotSelectedIsKept(t *testing.T) {
	h := header()
	h.Rules = []RuleResult{{Rule: "a", Level: "must"}}
	run, err := Open(t.TempDir(), h, nil)
	if err != nil {
		t.Fatal(err)
	}
	run.Rule(RuleResult{Rule: "a", Outcome: Pass})
	run.Rule(bisect())
	r, err := run.Close(nil)
	if err != nil || len(r.Rules) != 2 || r.Rules[1].Level != "must" || ExitCode(r) != ExitFindings {
		t.Errorf("got %+v, %v", r, err)
	}
}
