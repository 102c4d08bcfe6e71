package reports

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// read parses junit.xml as a stranger would, and holds its counts against what
// is in it.
func read(t *testing.T, r Result) (junitSuite, string) {
	t.Helper()
	var b bytes.Buffer
	if err := JUnit(&b, r); err != nil {
		t.Fatal(err)
	}
	if !utf8.Valid(b.Bytes()) {
		t.Error("junit.xml is not UTF-8")
	}
	elements := map[string]int{}
	for d := xml.NewDecoder(bytes.NewReader(b.Bytes())); ; {
		token, err := d.Token()
		if token == nil {
			if err.Error() != "EOF" {
				t.Fatalf("junit.xml is not XML: %v", err)
			}
			break
		}
		if s, ok := token.(xml.StartElement); ok {
			elements[s.Name.Local]++
		}
	}
	var s junitSuites
	if err := xml.Unmarshal(b.Bytes(), &s); err != nil || len(s.Suites) != 1 {
		t.Fatalf("%v, %d suites", err, len(s.Suites))
	}
	x := s.Suites[0]
	for name, n := range map[string]int{"testcase": x.Tests, "failure": x.Failures, "error": x.Errors, "skipped": x.Skipped} {
		if elements[name] != n {
			t.Errorf("%d <%s>; the suite claims %d", elements[name], name, n)
		}
	}
	return x, b.String()
}

func TestJUnitHasAFailureForEachOf866(t *testing.T) {
	var list []RuleResult
	for i := range 866 {
		x := bisect()
		x.Rule = fmt.Sprintf("rule-%d", i)
		list = append(list, x)
	}
	s, _ := read(t, with(append(list, of(Pass))...))
	if s.Failures != 866 || s.Tests != 867 || s.Errors != 0 || s.Skipped != 0 {
		t.Errorf("%d tests, %d failures, %d errors, %d skipped", s.Tests, s.Failures, s.Errors, s.Skipped)
	}
}

func TestJUnitOfEachOutcome(t *testing.T) {
	kind := func(c junitCase) string {
		switch {
		case c.Failure != nil:
			return "failure"
		case c.Error != nil:
			return "error"
		case c.Skipped != nil:
			return "skipped"
		}
		return "pass"
	}
	for _, c := range []struct {
		x            RuleResult
		whole, broke string
	}{
		{of(Pass), "pass", "pass"}, {of(Fail), "failure", "failure"}, {of(Flaky), "failure", "failure"},
		{of(UnexpectedPass), "failure", "failure"}, {of(KnownFailing), "skipped", "skipped"},
		{of(Unsupported), "skipped", "skipped"}, {of(Inconclusive), "skipped", "error"}, {of(NotRun), "skipped", "error"},
		{at("recorded", Fail), "skipped", "skipped"},
	} {
		r := with(c.x)
		s, _ := read(t, r)
		if got := kind(s.Cases[0]); got != c.whole || len(s.Cases) != 1 {
			t.Errorf("%s at %s is %s; expected %s", c.x.Outcome, c.x.Level, got, c.whole)
		}
		r.Broken = "the target went away"
		s, _ = read(t, r)
		if got := kind(s.Cases[0]); got != c.broke || s.Errors != 1 {
			t.Errorf("%s in a run that broke is %s with %d errors; expected %s and one error", c.x.Outcome, got, s.Errors, c.broke)
		}
	}
}

func TestJUnitSaysWhatAFindingSays(t *testing.T) {
	s, _ := read(t, with(bisect()))
	c := s.Cases[0]
	if c.Class != "esmconform.2020-08-11.bisect" || c.Name != "bisect-splits-in-two" || c.Time != "1.500" || s.Time != "63.000" ||
		s.Name != "esmconform 2020-08-11" || s.Timestamp != "2026-03-01T12:00:00" {
		t.Errorf("case %+v in suite %s, %s s, %s", c, s.Name, s.Time, s.Timestamp)
	}
	if c.Failure.Type != "batch-not-split" || strings.Contains(c.Failure.Message, "\n") {
		t.Errorf("type %q, message %q", c.Failure.Type, c.Failure.Message)
	}
	x := bisect()
	f := x.Findings[0]
	for _, part := range []string{x.Says, x.Cites[0], f.Expected, f.Actual, f.Evidence[0], f.Again} {
		if !strings.Contains(c.Failure.Text, part) {
			t.Errorf("the text lacks %q:\n%s", part, c.Failure.Text)
		}
	}
	for _, p := range []junitProperty{{"target", "moto"}, {"version", "5.1.4"}, {"profile", "2020-08-11"}, {"seed", "18446744073709551615"}, {"command", header().Command}} {
		if !slices.Contains(s.Properties, p) {
			t.Errorf("no property %v in %v", p, s.Properties)
		}
	}
}

func TestJUnitOfAnyText(t *testing.T) {
	x := bisect()
	f := &x.Findings[0]
	f.Actual, f.Expected, f.Class, f.Again, f.Evidence = nasty, nasty, nasty, nasty, []string{nasty}
	x.Says, x.Area, x.Cites = nasty, nasty, []string{nasty}
	y := of(Unsupported)
	y.Reason = nasty
	r := with(x, y, of(Inconclusive))
	r.Broken, r.Target.Name, r.Command = nasty, nasty, nasty
	_, text := read(t, r)
	if strings.ContainsAny(text, "\x1b\x00\ufffe\ufffd") {
		t.Error("control characters were left in")
	}
}
