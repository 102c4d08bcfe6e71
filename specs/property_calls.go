package specs

import (
	"github.com/esmconform/esmconform/generators"
	"github.com/esmconform/esmconform/oracle/trace"
)

// The model against the target.

var _ = hold(Property{
	Name:   "calls-conform",
	Says:   "Whatever sequence of calls is made, every answer is one that the documentation allows",
	Trials: 200,
	Draw:   generators.Calls,
	Holds: func(t *Trial, s *trace.Scenario) {
		out := t.calls(s)
		for i := range out.Findings {
			if f := &out.Findings[i]; f.Level <= t.Level {
				t.Falsified("call %d, %s: %s", f.Call+1, out.Calls[f.Call].Operation, &f.Violation)
			}
		}
		if len(out.Calls) > 0 {
			t.Decided()
		}
	},
})
