package reports

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// junitLimit bounds an expectation or an observation in junit.xml, in bytes.
const junitLimit = 4096

type junitSuites struct {
	XMLName xml.Name     `xml:"testsuites"`
	Suites  []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name       string          `xml:"name,attr"`
	Tests      int             `xml:"tests,attr"`
	Failures   int             `xml:"failures,attr"`
	Errors     int             `xml:"errors,attr"`
	Skipped    int             `xml:"skipped,attr"`
	Time       string          `xml:"time,attr"`
	Timestamp  string          `xml:"timestamp,attr"`
	Properties []junitProperty `xml:"properties>property"`
	Cases      []junitCase     `xml:"testcase"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Class   string     `xml:"classname,attr"`
	Name    string     `xml:"name,attr"`
	Time    string     `xml:"time,attr"`
	Failure *junitNote `xml:"failure"`
	Error   *junitNote `xml:"error"`
	Skipped *junitNote `xml:"skipped"`
}

type junitNote struct {
	Type    string `xml:"type,attr,omitempty"`
	Message string `xml:"message,attr"`
	Text    string `xml:",cdata"`
}

// JUnit writes the result as JUnit XML, one test case a rule.
//
// A finding at a level that gates is a failure, and nothing else is. JUnit has no
// word for the others, so a finding that does not gate, a known failure, and a
// rule that is unsupported or inconclusive are skipped and say why: not passed,
// and not a reason to stop. In a run that broke, what was not run or inconclusive
// is an error, as the run is what kept it from being decided; if that leaves no
// error at all, one more case stands for the run itself.
func JUnit(w io.Writer, r Result) error {
	suite := junitSuite{Name: xmlText("esmconform " + r.Profile), Time: junitTime(r.Duration().Seconds()),
		Timestamp: r.Started.UTC().Format("2006-01-02T15:04:05")}
	for _, p := range []junitProperty{{"target", r.Target.Name}, {"version", r.Target.Version}, {"profile", r.Profile},
		{"seed", fmt.Sprint(r.Seed)}, {"command", r.Command}, {"suite", r.Suite}} {
		suite.Properties = append(suite.Properties, junitProperty{p.Name, xmlText(p.Value)})
	}
	class := "esmconform." + r.Profile
	for i := range r.Rules {
		x := &r.Rules[i]
		c := junitCase{Class: xmlText(strings.TrimSuffix(class+"."+x.Area, ".")), Name: xmlText(x.Rule), Time: junitTime(x.Seconds)}
		r.judge(x, &c)
		suite.add(c)
	}
	if r.Broken != "" && suite.Errors == 0 {
		suite.add(junitCase{Class: xmlText(class), Name: "the run itself", Time: junitTime(0), Error: broke(&r, "")})
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", " ")
	if err := e.Encode(junitSuites{Suites: []junitSuite{suite}}); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// judge says in JUnit's words what became of a rule.
func (r *Result) judge(x *RuleResult, c *junitCase) {
	switch {
	case r.Fails(x):
		c.Failure = r.failure(x)
	case x.Outcome.Finding():
		c.Skipped = r.failure(x)
		c.Skipped.Type = ""
		c.Skipped.Message = fmt.Sprintf("%s at level %s, which does not gate: %s", x.Outcome, x.FailLevel(), c.Skipped.Message)
	case x.Outcome == Pass:
	case r.Broken != "" && (x.Outcome == NotRun || x.Outcome == Inconclusive):
		c.Error = broke(r, fmt.Sprintf("%s: %s", x.Outcome, x.Reason))
	default:
		why := x.Reason
		if why == "" {
			why = x.Detail
		}
		c.Skipped = &junitNote{Message: xmlText(strings.TrimSuffix(cut(oneLine(fmt.Sprintf("%s: %s", x.Outcome, why)), terminalLimit), ":"))}
	}
}

func (r *Result) failure(x *RuleResult) *junitNote {
	var texts []string
	shown := x.shown()
	for i := range shown {
		word, rest := heading(r, x, &shown[i])
		texts = append(texts, block(x, &shown[i], word+rest, 0, junitLimit))
	}
	first := shown[0]
	return &junitNote{Type: xmlText(first.Class),
		Message: xmlText(cut(oneLine(fmt.Sprintf("expected %s; got %s", first.Expected, first.Actual)), terminalLimit)),
		Text:    xmlText("\n" + strings.Join(texts, "\n"))}
}

func broke(r *Result, text string) *junitNote {
	return &junitNote{Type: "broken", Message: xmlText(oneLine("the run broke: " + r.Broken)), Text: xmlText(strings.TrimSuffix(visible(text), ": "))}
}

func (s *junitSuite) add(c junitCase) {
	s.Tests++
	switch {
	case c.Failure != nil:
		s.Failures++
	case c.Error != nil:
		s.Errors++
	case c.Skipped != nil:
		s.Skipped++
	}
	s.Cases = append(s.Cases, c)
}

func junitTime(seconds float64) string { return fmt.Sprintf("%.3f", seconds) }
