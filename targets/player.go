package targets

import (
	"context"

	"github.com/esmconform/esmconform/oracle/trace"
)

// Player is a target that can play a scenario. A target that is none is not
// judged on what it does with records.
type Player interface {
	// Play plays the scenario and hands what was observed to emit, in order: the
	// trace, from its header to its end. The Event may be used again for the
	// next one. The error is an *Unsupported when the target cannot play it, an
	// *Unreachable when there was no answer, or the first error of emit.
	Play(ctx context.Context, s *trace.Scenario, emit func(*trace.Event) error) error
}
