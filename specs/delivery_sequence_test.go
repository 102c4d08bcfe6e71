package specs_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/specs"
)

// sequences are worked by hand from what the guide says of splitting and
// retrying: the batch of each invocation by its records, "x" where the function
// failed, and D where a batch was discarded and reported.
var sequences = []struct {
	batch   string // "." a good record, "x" a bad one
	retries int
	down    string // an odd batch is split below its middle
	up      string // and above
}{
	{"..x..", 1, "01234x 01 234x 2x 2x D 34", "01234x 012x 01 2x 2x D 34"},
	{"x..x", 0, "0123x 01x 0x D 1 23x 2 3x D", "0123x 01x 0x D 1 23x 2 3x D"},
	{"x", 0, "0x D", "0x D"},
	{"x", 3, "0x 0x 0x 0x D", "0x 0x 0x 0x D"},
	{"x.", 1, "01x 0x 0x D 1", "01x 0x 0x D 1"},
	{".x", 1, "01x 0 1x 1x D", "01x 0 1x 1x D"},
	{"x..", 0, "012x 0x D 12", "012x 01x 0x D 1 2"},
	{"..x", 0, "012x 0 12x 1 2x D", "012x 01 2x D"},
	{"xxx", 1, "012x 0x 0x D 12x 1x 1x D 2x 2x D", "012x 01x 0x 0x D 1x 1x D 2x 2x D"},
	{"......x..", 0, "012345678x 0123 45678x 45 678x 6x D 78", "012345678x 01234 5678x 56x 5 6x D 78"},
}

// upwards splits an odd batch above its middle.
type upwards struct{}

func (upwards) Choose(p delivery.Point, n int) int {
	if p == delivery.PointSplit && n%2 == 0 {
		return 1
	}
	return 0
}

// early splits one record off a batch.
type early struct{}

func (early) Choose(p delivery.Point, n int) int {
	if p == delivery.PointSplit && n > 1 {
		return (n + 1 - (n+1)/2) % n
	}
	return 0
}

func bisected(batch string, retries int) *trace.Scenario {
	s := &trace.Scenario{Format: 1, Profile: "2020-08-11", Sources: []trace.ScenarioSource{{Name: "s", Kind: "kinesis"}}, EndMS: 120_000}
	for _, c := range batch {
		put := trace.Step{Do: trace.DoPut, Source: "s"}
		if c == 'x' {
			put.Poison = &trace.Poison{Kind: "error"}
		}
		s.Steps = append(s.Steps, put)
	}
	s.Steps = append(s.Steps, trace.Step{Do: trace.DoCreate, Source: "s", Mapping: "m", Config: map[string]any{
		"StartingPosition": "TRIM_HORIZON", "BatchSize": len(batch), "BisectBatchOnFunctionError": true, "MaximumRetryAttempts": retries,
		"DestinationConfig": map[string]any{"OnFailure": map[string]any{"Destination": "arn:aws:sqs:us-east-1:000000000000:failures"}}}})
	return s
}

// sequence plays a scenario and writes down what came, in the notation above,
// and what the checker found.
func sequence(t *testing.T, s *trace.Scenario, c delivery.Choices) (text string, found []delivery.Violation) {
	t.Helper()
	checker := delivery.NewChecker(func(v delivery.Violation) { found = append(found, v) })
	var words []string
	line := 0
	err := delivery.Play(s, c, func(e *trace.Event) error {
		line++
		e.Line = line
		switch e.Kind {
		case trace.Destination:
			words = append(words, "D")
		case trace.Invoke:
			word := ""
			for _, r := range e.Records {
				n, _ := strconv.Atoi(r)
				word += strconv.Itoa(n - 1)
			}
			if e.Outcome != trace.OK {
				word += "x"
			}
			words = append(words, word)
		}
		return checker.Event(e)
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(words, " "), found
}

func TestWorkedSequences(t *testing.T) {
	for _, c := range sequences {
		for _, way := range []struct {
			choices delivery.Choices
			want    string
		}{{delivery.Default{}, c.down}, {upwards{}, c.up}} {
			got, found := sequence(t, bisected(c.batch, c.retries), way.choices)
			if got != way.want {
				t.Errorf("%s with %d retries: got  %s\nwant %s", c.batch, c.retries, got, way.want)
			}
			for i := range found {
				t.Errorf("%s with %d retries, %s: %s", c.batch, c.retries, got, &found[i])
			}
		}
	}
}

// TestAnotherSplit: any two parts are a batch split in two; AWS is only known to
// split in the middle.
func TestAnotherSplit(t *testing.T) {
	got, found := sequence(t, bisected("..x.....", 1), early{})
	if !strings.HasPrefix(got, "01234567x 0 1234567x 1 ") {
		t.Errorf("the split is not early: %s", got)
	}
	if len(found) == 0 {
		t.Error("a split far from the middle is not noticed")
	}
	for i := range found {
		if found[i].Level != rule.Recorded || found[i].Rule != rule.BisectSplitsInTwo {
			t.Errorf("%s", &found[i])
		}
	}
}

// TestScenariosWithEveryFreedom: whatever legal choices a mapping makes in a
// directed scenario, no document is held against it.
func TestScenariosWithEveryFreedom(t *testing.T) {
	for _, p := range rule.Profiles {
		for _, d := range specs.Scenarios() {
			if p < d.From || d.Name == "kinesis-retries-10000" {
				continue
			}
			for seed := range uint64(freedoms) {
				line := 0
				c := delivery.NewChecker(func(v delivery.Violation) {
					if v.Level != rule.Recorded {
						t.Errorf("%s in %s, seed %d: %s", d.Name, p, seed, &v)
					}
				})
				err := delivery.Play(d.In(p), delivery.Seeded(seed), func(e *trace.Event) error {
					line++
					e.Line = line
					return c.Event(e)
				})
				if err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// freedoms is how many ways a directed scenario is played.
const freedoms = 4
