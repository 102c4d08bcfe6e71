package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/esmconform/esmconform/reports/check"
)

const (
	arnS    = "arn:aws:kinesis:us-east-1:000000000000:stream/s"
	shard0  = "shardId-000000000000"
	mapping = "14e0db71-5d35-4eb5-b481-8945cf9d10c2"
)

// goodTrace is the example of the trace format: a batch that fails is bisected.
func goodTrace() []string {
	invoke := func(t int, id, records, outcome string) string {
		return fmt.Sprintf(`{"event":"invoke","t":%d,"end":%d,"id":%q,"mapping":%q,"shard":%q,"records":[%s],"outcome":%q}`, t, t+1, id, mapping, shard0, records, outcome)
	}
	put := func(t int, seq string) string {
		return fmt.Sprintf(`{"event":"put","t":%d,"source":%q,"shard":%q,"seq":%q,"key":"a","size":220}`, t, arnS, shard0, seq)
	}
	return []string{
		`{"event":"trace","format":1,"profile":"2020-08-11","complete":true}`,
		fmt.Sprintf(`{"event":"source","arn":%q,"kind":"kinesis","shards":[{"id":%q}]}`, arnS, shard0),
		put(10, "1"),
		put(11, "2"),
		fmt.Sprintf(`{"event":"mapping","t":12,"uuid":%q,"config":{"EventSourceArn":%q,"FunctionArn":"arn:aws:lambda:us-east-1:000000000000:function:f",`+
			`"BatchSize":100,"StartingPosition":"TRIM_HORIZON","MaximumRetryAttempts":1,"BisectBatchOnFunctionError":true,"State":"Enabled"}}`, mapping, arnS),
		invoke(20, "i1", `"1","2"`, "error"),
		invoke(30, "i2", `"1"`, "ok"),
		invoke(40, "i3", `"2"`, "error"),
		invoke(50, "i4", `"2"`, "error"),
		`{"event":"end","t":60000}`,
	}
}

func text(lines []string) string { return strings.Join(lines, "\n") + "\n" }

// edited is the good trace with a text of one line, counted from 1, replaced.
func edited(line int, from, to string) string {
	all := goodTrace()
	if !strings.Contains(all[line-1], from) {
		panic(from)
	}
	all[line-1] = strings.ReplaceAll(all[line-1], from, to)
	return text(all)
}

// without is the good trace without its last n lines.
func without(n int) string { all := goodTrace(); return text(all[:len(all)-n]) }

// twice is the good trace with one line repeated.
func twice(line int) string {
	all := goodTrace()
	return text(append(append(append([]string{}, all[:line]...), all[line-1]), all[line:]...))
}

// unbisected breaks bisect-splits-in-two on line 7, with line 6 as evidence.
func unbisected() string { return edited(7, `["1"]`, `["1","2"]`) }

func save(t *testing.T, name, content string) string {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

// gzipped is the content as gzip.
func gzipped(t *testing.T, content string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zstandard(t *testing.T, content string) string {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(w.EncodeAll([]byte(content), nil))
}

// stdin gives the command a file as its standard input.
func stdin(t *testing.T, f *os.File) {
	t.Helper()
	was := os.Stdin
	os.Stdin = f
	t.Cleanup(func() { os.Stdin = was })
}

func TestCheckTellsGoodBadAndUnusableTracesApart(t *testing.T) {
	far := strings.NewReplacer(`"1","2"`, `"1N","2N"`, `["1"]`, `["1N"]`, `["2"]`, `["2N"]`, `"seq":"1"`, `"seq":"1N"`, `"seq":"2"`, `"seq":"2N"`)
	digits := strings.ReplaceAll(far.Replace(text(goodTrace())), "N", strings.Repeat("0", 99))
	for _, c := range []struct {
		name    string
		file    string // trace.jsonl if empty
		content string
		code    int
		says    string // on stderr for 2, else on stdout
	}{
		{"good", "", text(goodTrace()), 0, "1 file, 10 events, 0 findings, "},
		{"good with blank lines and CRLF", "", strings.ReplaceAll(text(goodTrace()), "\n", "\r\n\r\n"), 0, "10 events, 0 findings"},
		{"good without a line end", "", strings.TrimSuffix(text(goodTrace()), "\n"), 0, "10 events, 0 findings"},
		{"not bisected", "", unbisected(), 1, "  evidence  trace.jsonl:6,7\n  again     esmconform check trace.jsonl\n"},
		{"a record never put", "", edited(7, `["1"]`, `["77"]`), 1, "actual    77"},
		{"sequence numbers of 100 digits", "", digits, 0, "10 events, 0 findings"},
		{"an invocation id twice", "", edited(8, "i3", "i2"), 0, "10 events"},
		{"cut within a line", "", text(goodTrace())[:900], 2, "trace.jsonl:6: the last line is cut off; expected"},
		{"cut between lines", "", without(1), 2, `trace.jsonl:9: the trace stops here without an end event`},
		{"a line of 100 MB", "", text(goodTrace()[:5]) + strings.Repeat("x", 100<<20) + "\n", 2, "trace.jsonl:6: longer than 64 MiB; expected"},
		{"times that run backwards", "", edited(8, `"t":40`, `"t":4`), 2, "trace.jsonl:8: invoke: t is 4, but 30 on line 7; expected"},
		{"an unknown mapping", "", edited(7, "14e0db71", "24e0db71"), 2, "trace.jsonl:7: an invocation by 24e0db71"},
		{"an unknown source", "", edited(4, "stream/s", "stream/z"), 2, "trace.jsonl:4: "},
		{"a record twice", "", twice(4), 2, "trace.jsonl:5: sequence number 2"},
		{"a source twice", "", twice(2), 2, "trace.jsonl:3: source: "},
		{"a header twice", "", twice(1), 2, "trace.jsonl:2: a second trace event"},
		{"two traces in one file", "", text(goodTrace()) + text(goodTrace()), 2, "trace.jsonl:11: "},
		{"an event after the end", "", text(goodTrace()) + `{"event":"throttle","t":60001,"end":60002}` + "\n", 2, "trace.jsonl:11: an event throttle after the end"},
		{"an unknown event", "", edited(8, `"invoke"`, `"invok"`), 2, `trace.jsonl:8: event is "invok"; expected one of put, invoke`},
		{"an unknown profile", "", edited(1, "2020-08-11", "2020"), 2, `trace.jsonl:1: trace: profile is "2020"; expected one of`},
		{"a missing member", "", edited(8, `"outcome":"error"`, `"x":1`), 2, "trace.jsonl:8: "},
		{"empty", "", "", 2, "trace.jsonl:1: the trace is empty; expected"},
		{"blank lines only", "", "\n\n\n", 2, "the trace is empty; expected"},
		{"rubbish", "", "\x00\xff\xfe\x01\x80{\"\n\x7fELF", 2, "trace.jsonl:1: not JSON"},
		{"gzip", "trace.jsonl.gz", gzipped(t, text(goodTrace())), 0, "10 events, 0 findings"},
		{"gzip with a finding", "trace.jsonl.gz", gzipped(t, unbisected()), 1, "trace.jsonl.gz:6,7"},
		{"two gzip files in one", "trace.jsonl.gz", gzipped(t, text(goodTrace()[:6])) + gzipped(t, text(goodTrace()[6:])), 0, "10 events"},
		{"gzip that is cut off", "trace.jsonl.gz", gzipped(t, text(goodTrace()))[:150], 2, "trace.jsonl.gz: reading line 2: the gzip data is cut off; expected"},
		{"gzip without its last byte", "trace.jsonl.gz", strings.TrimSuffix(gzipped(t, text(goodTrace())), "\x00"), 2, "trace.jsonl.gz: reading line "},
		{"an empty gzip file", "trace.jsonl.gz", "", 2, "the gzip data is cut off"},
		{"not gzip", "trace.jsonl.gz", text(goodTrace()), 2, "trace.jsonl.gz: reading line 1: unpacking"},
		{"zstd", "trace.jsonl.zst", zstandard(t, text(goodTrace())), 0, "10 events, 0 findings"},
		{"zstd that is cut off", "trace.jsonl.zst", zstandard(t, text(goodTrace()))[:150], 2, "the zstd data is cut off; expected"},
		{"not zstd", "trace.jsonl.zst", text(goodTrace()), 2, "trace.jsonl.zst: reading line 1: unpacking"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			if c.file == "" {
				c.file = "trace.jsonl"
			}
			code, out, errs := esmconform(t, t.Context(), "check", save(t, c.file, c.content))
			said := out
			if c.code == check.ExitUnusable {
				said = errs
			} else if errs != "" {
				t.Errorf("said %q on stderr", errs)
			}
			if code != c.code || !strings.Contains(said, c.says) {
				t.Errorf("exit %d, said %q and %q; want exit %d and %q", code, out, errs, c.code, c.says)
			}
		})
	}
}

func TestCheckOfWhatIsNoFile(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"missing.jsonl"}, "missing.jsonl: no such file"},
		{[]string{"."}, ".: is a directory; expected a file"},
		{nil, "requires at least 1 arg"},
		{[]string{"-", "-"}, "given twice"},
		{[]string{"--show", "-1", "x"}, "expected 0 or more"},
		{[]string{"--profile", "today", "x"}, "names its own profile"},
		{[]string{"--level", "most", "x"}, `did you mean "must"?`},
	} {
		code, _, errs := esmconform(t, t.Context(), append([]string{"check"}, c.args...)...)
		if code != exitUsage || !strings.Contains(errs, c.says) || strings.Count(errs, "\n") != 1 {
			t.Errorf("%v: exit %d, said %q; want exit 2 and one line with %q", c.args, code, errs, c.says)
		}
	}
}

func TestCheckWithoutAnEndSaysWhatItDidNotJudge(t *testing.T) {
	t.Chdir(t.TempDir())
	open := strings.Replace(without(1), `"complete":true`, `"complete":false`, 1)
	code, out, errs := esmconform(t, t.Context(), "check", save(t, "a", open))
	if code != 0 || !strings.Contains(errs, "a:9: the trace stops here") || !strings.Contains(out, "0 findings") {
		t.Errorf("exit %d, said %q and %q", code, out, errs)
	}
	code, _, errs = esmconform(t, t.Context(), "check", save(t, "b", `{"event":"trace","format":1}`+"\n"+`{"event":"end","t":1}`))
	if code != 0 || !strings.Contains(errs, "no rule was decided") {
		t.Errorf("a trace of nothing: exit %d, said %q", code, errs)
	}
}

func TestOneUnusableTraceDoesNotHideTheOthers(t *testing.T) {
	t.Chdir(t.TempDir())
	good, bad, cut := save(t, "good", text(goodTrace())), save(t, "bad", unbisected()), save(t, "cut", text(goodTrace())[:900])
	code, out, errs := esmconform(t, t.Context(), "check", good, cut, "missing", bad, good)
	if code != check.ExitUnusable || !strings.Contains(out, "bad:6,7") || !strings.Contains(out, "5 files (2 unusable), 35 events, ") {
		t.Errorf("exit %d, said %q", code, out)
	}
	if !strings.Contains(errs, "cut:6: ") || !strings.Contains(errs, "missing: ") || strings.Count(errs, "\n") != 2 {
		t.Errorf("said %q", errs)
	}
}

func TestCheckShowsEachViolation(t *testing.T) {
	t.Chdir(t.TempDir())
	args := []string{"check"}
	for i := range 5 {
		args = append(args, save(t, fmt.Sprintf("%d.jsonl", i), unbisected()))
	}
	code, out, _ := esmconform(t, t.Context(), args...)
	const more = "FAIL bisect-splits-in-two  must  BIS-1  4.jsonl:7  retried whole: expected a proper part of [1 2]; got [1 2]  6,7\n"
	if code != 1 || strings.Count(out, "FAIL bisect-splits-in-two ") != 5 || strings.Count(out, "  says ") != 2 || !strings.Contains(out, more) {
		t.Errorf("exit %d, said %q; want five, the first at length, and %q", code, out, more)
	}
	_, all, _ := esmconform(t, t.Context(), append(args, "--show", "0")...)
	if strings.Count(all, "  says ") != 10 {
		t.Errorf("--show 0 said %q", all)
	}
	_, lines, _ := esmconform(t, t.Context(), append(args, "--json")...)
	if n := strings.Count(lines, `"rule":"bisect-splits-in-two"`); n != 5 {
		t.Errorf("--json has %d of 5", n)
	}
}

func TestCheckPrintsOneObjectAViolation(t *testing.T) {
	t.Chdir(t.TempDir())
	code, out, errs := esmconform(t, t.Context(), "check", "--json", save(t, "bad.jsonl", unbisected()))
	if code != 1 || !strings.Contains(errs, "1 file, 10 events, ") {
		t.Errorf("exit %d, said %q", code, errs)
	}
	first := true
	for line := range strings.Lines(out) {
		var v struct {
			File, Profile, Rule, Invariant, Level, Class, Detail string
			Line                                                 int
			Evidence                                             []int
		}
		d := json.NewDecoder(strings.NewReader(line))
		d.DisallowUnknownFields()
		if err := d.Decode(&v); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		if first && (v.File != "bad.jsonl" || v.Rule != "bisect-splits-in-two" || v.Invariant != "BIS-1" || v.Level != "must" || v.Profile != "2020-08-11" ||
			v.Line != 7 || fmt.Sprint(v.Evidence) != "[6 7]" || v.Class == "" || !strings.Contains(v.Detail, "expected ") || !strings.Contains(v.Detail, "actual ")) {
			t.Errorf("got %+v", v)
		}
		first = false
	}
	if first {
		t.Error("nothing was printed")
	}
}

// TestCheckLevels: a batch of four is split into one and three, which is
// documented well enough, and not what AWS was recorded doing.
func TestCheckLevels(t *testing.T) {
	t.Chdir(t.TempDir())
	uneven := strings.NewReplacer(`["1","2"]`, `["1","2","3","4"]`, `["2"]`, `["2","3","4"]`)
	all := goodTrace()
	puts := []string{all[2], all[3], strings.Replace(all[3], `"seq":"2"`, `"seq":"3"`, 1), strings.Replace(all[3], `"seq":"2"`, `"seq":"4"`, 1)}
	all = append(append(append([]string{}, all[:2]...), puts...), all[4:8]...)
	all = append(all, `{"event":"end","t":40}`)
	name := save(t, "uneven", uneven.Replace(text(all)))
	code, out, errs := esmconform(t, t.Context(), "check", name)
	if code != 0 || errs != "" || !strings.Contains(out, "below level implied not shown: --level recorded") {
		t.Errorf("exit %d, said %q %q", code, out, errs)
	}
	code, out, _ = esmconform(t, t.Context(), "check", "--level", "recorded", name)
	if code != 1 || !strings.Contains(out, "  recorded  2020-08-11\n") || !strings.Contains(out, "check --level recorded uneven") {
		t.Errorf("exit %d, said %q", code, out)
	}
}

func TestCheckReadsStandardInput(t *testing.T) {
	t.Chdir(t.TempDir())
	f, err := os.Open(save(t, "bad", unbisected()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	stdin(t, f)
	code, out, errs := esmconform(t, t.Context(), "check", save(t, "good", text(goodTrace())), "-")
	if code != 1 || errs != "" || !strings.Contains(out, "evidence  -:6,7\n") || strings.Contains(out, "\n  again ") {
		t.Errorf("exit %d, said %q %q", code, out, errs)
	}
}

func TestStoppedCheckSaysHowFarItGot(t *testing.T) {
	t.Chdir(t.TempDir())
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	stdin(t, r)
	if _, err := io.WriteString(w, strings.Join(strings.SplitAfter(unbisected(), "\n")[:8], "")); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 300*time.Millisecond) // nobody writes the rest
	defer stop()
	code, out, errs := esmconform(t, ctx, "check", "-", "later")
	if code != 3 || !strings.Contains(errs, "stopped after line ") || !strings.Contains(errs, "0 of 2 files judged") ||
		!strings.Contains(out, "FAIL bisect-splits-in-two") || !strings.Contains(out, "1 file, 8 events") {
		t.Errorf("exit %d, said %q %q", code, out, errs)
	}
}

const bisectScenario = `{"format":1,"profile":"2020-08-11","sources":[{"name":"s","kind":"kinesis"}],"steps":[
{"at":0,"do":"put","source":"s","count":10},{"at":0,"do":"put","source":"s","poison":{"kind":"error"}},
{"at":10,"do":"create","mapping":"m","source":"s","config":{"BatchSize":100,"StartingPosition":"TRIM_HORIZON","MaximumRetryAttempts":1,"BisectBatchOnFunctionError":true}}],
"end_ms":600000}`

func TestReplayedTraceIsGood(t *testing.T) {
	t.Chdir(t.TempDir())
	save(t, "s.json", bisectScenario)
	for _, name := range []string{"t.jsonl", "t.jsonl.gz", "t.jsonl.zst"} {
		for _, seed := range [][]string{nil, {"--seed", "7"}} {
			code, out, errs := esmconform(t, t.Context(), append([]string{"replay", "s.json", "--trace", name}, seed...)...)
			if code != 0 || errs != "" || !strings.Contains(out, " 0 findings") {
				t.Errorf("replay: exit %d, said %q %q", code, out, errs)
			}
			_, want, _ := strings.Cut(out, " ")
			want, _, _ = strings.Cut(want, " decided")
			code, out, errs = esmconform(t, t.Context(), "check", name)
			if code != 0 || errs != "" || !strings.Contains(out, want) {
				t.Errorf("check: exit %d, said %q %q; want %q", code, out, errs, want)
			}
		}
	}
	code, out, errs := esmconform(t, t.Context(), "replay", "s.json", "--trace", "-")
	if code != 0 || !strings.HasPrefix(out, `{"event":"trace"`) || !strings.HasSuffix(out, "\"t\":600000}\n") || !strings.Contains(errs, "1 file, ") {
		t.Errorf("exit %d, said %q %q", code, out, errs)
	}
	code, out, errs = esmconform(t, t.Context(), "replay", "s.json", "s.json", "--json")
	if code != 0 || out != "" || !strings.Contains(errs, "2 files, ") {
		t.Errorf("exit %d, said %q %q", code, out, errs)
	}
}

func TestReplayRefusesWhatItCannotPlay(t *testing.T) {
	for _, c := range []struct {
		args []string
		says string
	}{
		{nil, "requires at least 1 arg"},
		{[]string{"s.json", "--target", "endpoint:http://127.0.0.1:1"}, "an endpoint cannot yet"},
		{[]string{"s.json", "s.json", "--trace", "t"}, "--trace writes the trace of one scenario"},
		{[]string{"s.json", "--trace", "-", "--json"}, "both write to standard output"},
		{[]string{"s.json", "--trace", "s.json"}, "s.json is the scenario"},
		{[]string{"s.json", "--trace", filepath.Join("no", "such", "folder")}, "no such file"},
		{[]string{"missing.json"}, "missing.json: no such file"},
		{[]string{"misspelt.json", "s.json"}, "misspelt.json: steps[0].cuont is no member"},
		{[]string{"wrong.json"}, `wrong.json: steps[0]`},
		{[]string{"empty.json"}, "empty.json: the scenario is empty"},
	} {
		t.Run(strings.Join(c.args, " "), func(t *testing.T) {
			t.Chdir(t.TempDir())
			save(t, "s.json", bisectScenario)
			save(t, "misspelt.json", strings.Replace(bisectScenario, `"count"`, `"cuont"`, 1))
			save(t, "wrong.json", strings.Replace(bisectScenario, `"source":"s","count"`, `"source":"z","count"`, 1))
			save(t, "empty.json", "")
			code, _, errs := esmconform(t, t.Context(), append([]string{"replay"}, c.args...)...)
			if code != exitUsage || !strings.Contains(errs, c.says) || strings.Count(errs, "\n") != 1 {
				t.Errorf("exit %d, said %q; want exit 2 and one line with %q", code, errs, c.says)
			}
			if b, err := os.ReadFile("s.json"); err != nil || string(b) != bisectScenario {
				t.Errorf("the scenario was written over: %v", err)
			}
		})
	}
}

// TestExamples: what the README points to can be played, and its trace is good.
func TestExamples(t *testing.T) {
	examples, err := filepath.Glob("../../examples/*.json")
	if err != nil || len(examples) == 0 {
		t.Fatal(examples, err)
	}
	for _, file := range examples {
		out := filepath.Join(t.TempDir(), "trace.jsonl")
		if code, said, errs := esmconform(t, t.Context(), "replay", file, "--trace", out); code != 0 {
			t.Errorf("%s: exit %d, %s%s", file, code, said, errs)
		}
		if code, said, errs := esmconform(t, t.Context(), "check", "--level", "recorded", out); code != 0 {
			t.Errorf("%s: its trace: exit %d, %s%s", file, code, said, errs)
		}
	}
}
