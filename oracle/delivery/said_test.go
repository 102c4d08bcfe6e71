package delivery

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/esmconform/esmconform/generators"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// saidUpdate writes testdata/said.txt anew. What changes in it is what the
// checker says, or the machine does, otherwise than before: read it.
var saidUpdate = flag.Bool("said-update", false, "write testdata/said.txt anew")

const saidFile = "testdata/said.txt"

// TestSaid: what the checker says of good traces, of the same traces with
// something small changed, and of machines that decide wrongly: how often, and
// the first time in full. TestCorrupt asks that all that is wrong is reported;
// this, that it is reported as what it is, and that no more is said.
func TestSaid(t *testing.T) {
	s := sayings{counts: map[string]int{}, first: map[string]string{}}
	scenarios := corruptScenarios()
	for _, name := range slices.Sorted(maps.Keys(scenarios)) {
		s.play(t, scenarios[name], Default{}, 7)
		s.play(t, scenarios[name], Seeded(1), 7)
	}
	for seed := range uint64(400) {
		s.play(t, saidScenario(seed), Seeded(seed), 31)
	}
	for d := range numDecisions {
		for seed := range uint64(24) {
			s.decideWrongly(d, seed)
		}
	}
	got := s.text()
	if *saidUpdate {
		if err := os.WriteFile(saidFile, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(saidFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; if it is to, write it anew with -said-update\n%s", saidFile, firstDifference(got, want))
	}
	t.Logf("%d traces were judged", s.judged)
}

// saidScenario is a generated scenario; some start at a time, which the generator
// does not draw.
func saidScenario(seed uint64) *trace.Scenario {
	s := generators.Delivery(generators.Seeded(seed))
	for i := range s.Steps {
		c := s.Steps[i].Config
		if seed%4 == 1 && c["StartingPosition"] != nil {
			c["StartingPosition"], c["StartingPositionTimestamp"] = "AT_TIMESTAMP", float64(1+seed/4%3)
		}
	}
	return s
}

// sayings are what is said, by what was done to the trace.
type sayings struct {
	counts    map[string]int
	first     map[string]string
	scenarios int
	judged    int
}

// play judges a scenario as it is played, and with one of share changes made.
func (s *sayings) play(t *testing.T, sc *trace.Scenario, choices Choices, share int) {
	t.Helper()
	s.scenarios++
	play := Play
	if s.scenarios%2 == 1 || tumbles(sc) {
		play = PlayWhole
	}
	var events []trace.Event
	if err := play(sc, choices, collect(&events)); err != nil {
		t.Fatal(err)
	}
	if len(events) > 100 {
		events = slices.Clip(events[:100]) // what is cut off has no end
	}
	c := s.judge("nothing", events)
	for _, r := range rule.All() {
		if c.Touched(r) {
			s.counts["a good trace touches "+r.ID]++
		}
	}
	for i := range events {
		for n, x := range tweaks {
			if (s.scenarios+i+n)%share != 0 {
				continue
			}
			if changed := x.do(events, i); changed != nil {
				s.judge(x.name, changed)
			}
		}
	}
}

// tumbles reports whether a scenario has tumbling windows, which show in whole events only.
func tumbles(sc *trace.Scenario) bool {
	return slices.ContainsFunc(sc.Steps, func(x trace.Step) bool { return x.Config["TumblingWindowInSeconds"] != nil })
}

// collect keeps events, which the machine uses again.
func collect(all *[]trace.Event) func(*trace.Event) error {
	return func(e *trace.Event) error {
		kept := *e
		kept.Records, kept.Attempts = slices.Clone(e.Records), slices.Clone(e.Attempts)
		*all = append(*all, kept)
		return nil
	}
}

// decideWrongly judges a machine that takes a wrong decision of one kind, now
// and then or always.
func (s *sayings) decideWrongly(d Decision, seed uint64) {
	asked := uint64(0)
	wrong := Faults{Decide: func(of Decision, right int) int {
		if of != d {
			return right
		}
		if asked++; seed%3 != 0 && asked%3 != seed%3 {
			return right
		}
		switch {
		case right == 0 || right == 1:
			return 1 - right
		case seed%2 == 0:
			return right + 1
		}
		return right - 1
	}}
	var events []trace.Event
	keep := collect(&events)
	if err := PlayFaulty(saidScenario(1000+seed), Seeded(seed), wrong, func(e *trace.Event) error {
		if len(events) >= 200 {
			return errors.New("too many") // it may not come to an end
		}
		return keep(e)
	}); err != nil {
		s.counts["wrong "+d.String()+": no end"]++
	}
	s.judge("wrong "+d.String(), events)
}

// names are numbers, and the names that the machine makes of them.
var names = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+`)

func (s *sayings) judge(done string, events []trace.Event) *Checker {
	s.judged++
	queue := slices.ContainsFunc(events, func(e trace.Event) bool {
		return e.Kind == trace.SourceEvent && strings.HasPrefix(e.SourceKind, "sqs")
	})
	c := NewChecker(func(v Violation) {
		key := fmt.Sprintf("%s: %s %s %s %s", done, v.Invariant.ID, v.Rule.ID, v.Level, v.Class)
		if queue && (v.Line == 0 || events[v.Line-1].Kind == trace.End || events[v.Line-1].Kind == trace.Queue) {
			return // of several messages that are missing any one is named
		}
		if s.counts[key]++; s.counts[key] == 1 {
			s.first[key] = fmt.Sprintf("%d %v: expected %s; got %s", v.Line, v.Evidence, v.Expected, v.Actual)
		}
	})
	for i := range events {
		e := events[i]
		e.Line = i + 1
		if err := c.Event(&e); err != nil {
			s.counts[done+": no trace: "+names.ReplaceAllString(err.Error(), "N")]++
			break
		}
	}
	return c
}

func (s *sayings) text() []byte {
	var b bytes.Buffer
	for _, what := range slices.Sorted(maps.Keys(s.counts)) {
		fmt.Fprintf(&b, "%6d  %s\n", s.counts[what], what)
		if first := s.first[what]; first != "" {
			fmt.Fprintf(&b, "        %.200s\n", strings.ReplaceAll(first, "\n", " "))
		}
	}
	return b.Bytes()
}

func firstDifference(got, want []byte) string {
	w := strings.Split(string(want), "\n")
	for i, g := range strings.Split(string(got), "\n") {
		if i >= len(w) {
			return "got  " + g
		}
		if g != w[i] {
			return "got  " + g + "\nwant " + w[i]
		}
	}
	return "some lines are missing"
}
