package delivery

import (
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/esmconform/esmconform/generators"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// corruptSeeds is how many generated scenarios are played besides those written
// by hand. Those that change a mapping are left to the latter: for some seconds
// after a change two sets of rules hold.
var corruptSeeds = flag.Uint64("corrupt", 300, "how many generated scenarios TestCorrupt plays")

// corruptShow and corruptSamples print what a reason covers, to judge it by.
var (
	corruptShow    = flag.String("corrupt-show", "", "print corruptions whose reason holds this text")
	corruptSamples = flag.Int("corrupt-samples", 5, "how many of them")
)

const unexplainedReason = "neither reported nor legal"

// TestCorrupt: nothing is missed. Every change of one event of a good trace is
// reported, or leaves a trace that is good too, for a reason that is told.
func TestCorrupt(t *testing.T) {
	counts := map[string]map[string]int{}
	unexplained, traces := 0, 0
	try := func(name string, s *trace.Scenario, choices Choices) {
		all, err := PlayAll(s, choices)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		x := newCorruptTrace(name, all)
		hard, soft, first := judgeEvents(x.events)
		if hard > 0 {
			t.Errorf("%s: not good to begin with: %s", name, first)
			return
		}
		if traces++; len(all) > 250 {
			return
		}
		x.corruptions(func(c corruption) {
			if counts[c.kind] == nil {
				counts[c.kind] = map[string]int{}
			}
			why := c.explain(soft)
			if why == "" {
				why = unexplainedReason
			}
			if *corruptShow != "" && strings.Contains(why, *corruptShow) && *corruptSamples > 0 {
				*corruptSamples--
				t.Logf("%s\n%s", why, c.show())
			}
			if counts[c.kind][why]++; why != unexplainedReason {
				return
			}
			if unexplained++; unexplained <= 20 {
				e := c.corrupted()
				t.Errorf("%s: %s %s at line %d (%v of %v, %v): neither reported nor legal", name, c.kind, c.member, c.at+1, e.Kind, e.Records, e.Outcome)
			}
		})
	}
	scenarios := corruptScenarios()
	for _, name := range slices.Sorted(maps.Keys(scenarios)) {
		try(name, scenarios[name], Default{})
		for seed := range uint64(3) {
			try(fmt.Sprintf("%s, seed %d", name, seed), scenarios[name], Seeded(seed))
		}
	}
	for seed := range *corruptSeeds {
		s := generators.Delivery(generators.Seeded(seed))
		if corruptSpread(s); corruptPlain(s) && len(s.Steps) < 14 {
			try(fmt.Sprintf("generated scenario %d", seed), s, Seeded(seed))
		}
	}
	t.Logf("%d traces", traces)
	corruptReport(t, counts)
}

// judgeEvents is what the checker says of events in memory; an input error
// counts as one thing said. soft is how often it says each deviation from what
// AWS was recorded doing.
func judgeEvents(events []trace.Event) (hard int, soft map[string]int, first string) {
	soft = map[string]int{}
	c := NewChecker(func(v Violation) {
		if v.Level == rule.Recorded {
			soft[v.Class+": "+v.Expected+", not "+v.Actual]++
		} else {
			hard++
		}
		if first == "" {
			first = v.String()
		}
	})
	for i := range events {
		e := events[i]
		e.Line = i + 1
		if err := c.Event(&e); err != nil {
			return hard + 1, soft, err.Error()
		}
	}
	return hard, soft, first
}

// explain is "reported", or the reason why it need not or cannot be; "" if
// there is none. soft is the deviations from what AWS was recorded doing of the
// good trace.
func (c *corruption) explain(soft map[string]int) string {
	h, s, _ := judgeEvents(c.bad)
	if h > 0 {
		return "reported"
	}
	for what, n := range s {
		if n > soft[what] {
			return "reported"
		}
	}
	for _, table := range [][]legalReason{legal, rare} {
		for i := range table {
			if slices.Contains(table[i].of, c.kind) && table[i].is(c) {
				return table[i].says
			}
		}
	}
	return ""
}

// corruptReport prints what became of each kind of corruption, and requires
// that most were reported and, with -corrupt 1000, that no reason is idle.
func corruptReport(t *testing.T, counts map[string]map[string]int) {
	used := map[string]bool{}
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		total, bad := 0, 0
		for why, n := range counts[kind] {
			total += n
			if why == "reported" || why == unexplainedReason {
				bad += n
			}
		}
		share := 100 * counts[kind]["reported"] / max(1, bad)
		t.Logf("%-20s %6d, of which %6d are not legal, of which %d%% are reported", kind, total, bad, share)
		for _, why := range slices.Sorted(maps.Keys(counts[kind])) {
			used[why] = true
			if why != "reported" {
				t.Logf("    %6d  %s", counts[kind][why], why)
			}
		}
		if share < 60 || bad < total/2 {
			t.Errorf("%s: of %d only %d are not legal, and of these only %d%% are reported", kind, total, bad, share)
		}
	}
	var needed []legalReason
	if *corruptSeeds >= 1000 { // fewer are too few to need every reason
		needed = append(needed, legal...)
	}
	if *corruptSeeds >= 8000 {
		needed = append(needed, rare...)
	}
	for _, x := range needed {
		if !used[x.says] {
			t.Errorf("no corruption is legal because: %s", x.says)
		}
	}
}

// show is the corruption and the good trace, a line an event.
func (c *corruption) show() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s %s at line %d\n", c.good.name, c.kind, c.member, c.at+1)
	changed := len(c.bad) == len(c.good.events)
	for i := range c.good.events {
		e := &c.good.events[i]
		if elsewhere := e.Mapping != c.corrupted().Mapping || c.corrupted().Shard != "" && e.Shard != c.corrupted().Shard; elsewhere && e.Kind == trace.Invoke {
			continue
		}
		fmt.Fprintf(&b, "%3d %10.0f %v", i+1, e.T, e.Kind)
		switch e.Kind {
		case trace.Put:
			fmt.Fprintf(&b, " %s/%s key %s", e.Shard, e.Seq, e.Key)
		case trace.Invoke:
			fmt.Fprintf(&b, " to %.0f %s %s %v %v %v", e.End, e.Mapping[:4], e.Shard, e.Records, e.Outcome, e.Attempts)
			if e.HasReport {
				fmt.Fprintf(&b, " report %v", e.Report)
			}
			if n := &c.bad[min(i, len(c.bad)-1)]; changed && (!slices.Equal(e.Records, n.Records) || e.Outcome != n.Outcome) {
				fmt.Fprintf(&b, "   CHANGED TO %v %v", n.Records, n.Outcome)
			}
		case trace.Destination:
			fmt.Fprintf(&b, " %s %v", e.Mapping[:4], e.Body)
		case trace.Throttle:
			fmt.Fprintf(&b, " to %.0f", e.End)
		case trace.Call:
			fmt.Fprintf(&b, " %v %v %v", e.Operation, e.Response["UUID"], e.Request)
		case trace.Queue:
			fmt.Fprintf(&b, " visible %v in flight %v dead %v", e.Visible, e.InFlight, e.Dead)
		case trace.SourceEvent:
			fmt.Fprintf(&b, " %s shards %v retention %.0f visibility %.0f receives %d", e.SourceKind, e.Shards, e.RetentionMS, e.VisibilityMS, e.MaxReceiveCount)
		}
		if i == c.at {
			b.WriteString("   <---")
		}
		b.WriteString("\n")
	}
	return b.String()
}
