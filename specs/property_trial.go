package specs

import (
	"context"
	"fmt"

	"github.com/esmconform/esmconform/generators"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets"
)

// Trial is one scenario on one target. What a property draws besides comes from the
// Source, and is the same whenever the trial is made again.
type Trial struct {
	generators.Source
	Context context.Context
	Runner  *Runner
	Profile rule.Profile
	Level   rule.Level // the weakest level that counts

	decided bool
}

// verdict ends a trial early. It is thrown by Trial and caught by try.
type verdict struct {
	falsified, unsupported, doubt string
	err                           error
}

// Decided notes that the trial came to something that the property speaks of.
func (t *Trial) Decided() { t.decided = true }

// Falsified ends the trial: the property does not hold.
func (t *Trial) Falsified(format string, args ...any) {
	panic(verdict{falsified: fmt.Sprintf(format, args...)})
}

// Undecided ends the trial: it says nothing.
func (t *Trial) Undecided() { panic(verdict{}) }

// Unsupported ends the trial: the target lacks what it needs.
func (t *Trial) Unsupported(reason string) { panic(verdict{unsupported: reason}) }

// Doubtful ends the property: what was seen is beyond what can be judged.
func (t *Trial) Doubtful(format string, args ...any) {
	panic(verdict{doubt: fmt.Sprintf(format, args...)})
}

// must ends the property when the target broke.
func (t *Trial) must(err error) {
	if err == nil {
		return
	}
	if reason, ok := unsupportedErr(err); ok {
		t.Unsupported(reason)
	}
	panic(verdict{err: err})
}

// call makes one call that no judge hears of.
func (t *Trial) call(r targets.Request) *trace.Exchange {
	x, err := t.Runner.Target.Call(t.Context, r)
	t.must(err)
	return x
}

// calls plays a scenario of calls, and returns what was called.
func (t *Trial) calls(s *trace.Scenario) Outcome {
	out := t.Runner.PlayCalls(t.Context, s)
	t.must(out.Broken)
	if out.Unsupported != "" {
		t.Unsupported(out.Unsupported)
	}
	return out
}

// below draws a number from 0 to n-1.
func (t *Trial) below(n int) int { return int(t.Uint64() % uint64(n)) }

// apart makes what a trial draws besides its scenario another sequence than the
// one that the scenario came from.
const apart = 0xd1b54a32d192ed03

// try makes one trial. The source starts anew each time, so that a trial may be made
// again with another scenario.
func (c *PropertyCampaign) try(ctx context.Context, p *Property, seed uint64, s *trace.Scenario) (v verdict, decided bool) {
	runner, err := c.Open(ctx, seed)
	if err != nil {
		return verdict{err: err}, false
	}
	t := &Trial{Source: generators.Seeded(seed ^ apart), Context: ctx, Runner: runner, Profile: c.Profile, Level: c.Level}
	func() {
		defer func() {
			switch x := recover().(type) {
			case nil:
			case verdict:
				v = x
			default:
				panic(x)
			}
		}()
		p.Holds(t, s)
	}()
	if err := ctx.Err(); err != nil {
		v = verdict{err: err}
	}
	return v, t.decided
}
