package mutant

import (
	"slices"

	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Tumbling windows.

var _ = deliver(
	faulty{name: "window-never-closed", fault: "never makes the final invocation of a tumbling window", breaks: rule.TumblingFinalInvoke,
		wrong: decides(delivery.DecisionFinal, 0), others: "a window ends by its state, or by the end of its shard, too"},
	faulty{name: "window-state-not-needed", fault: "takes a response without a state for a success", breaks: rule.TumblingStateRequired,
		wrong: decides(delivery.DecisionStateNeeded, 0), others: "the state that was not returned is not handed on"},
	faulty{name: "window-state-unbounded", fault: "goes on with a window whose state has outgrown 1 MB", breaks: rule.TumblingState1mb,
		wrong: decides(delivery.DecisionStateBound, far)},
	faulty{name: "window-state-of-100-kb", fault: "ends a window early when its state has 100 KB", breaks: rule.TumblingState1mb,
		wrong: decides(delivery.DecisionStateBound, 100<<10), others: "a window that ends early hands its state on no more"},
	faulty{name: "failed-final-forgotten", fault: "goes on after a final invocation that failed", breaks: rule.TumblingFinalFailureBlocks,
		wrong: decides(delivery.DecisionFinalAnswer, delivery.AnswerDone)},
)

var _ = observe(
	seen{name: "window-state-not-handed-on", fault: "gives each invocation of a window an empty state", breaks: rule.TumblingStateHandedOn,
		kind: trace.Invoke, change: func(e *trace.Event) bool { e.Event = withState(e.Event, map[string]any{}); return true }},
	seen{name: "window-state-null", fault: "gives each invocation of a window a state of null", breaks: rule.TumblingStateHandedOn,
		kind: trace.Invoke, change: func(e *trace.Event) bool { e.Event = withState(e.Event, nil); return true }},
	seen{name: "window-state-missing", fault: "gives an invocation of a window no state at all", breaks: rule.TumblingFinalInvoke,
		kind: trace.Invoke, change: func(e *trace.Event) bool { e.Event = withState(e.Event, gone); return true }},
	seen{name: "window-state-from-before", fault: "begins a window with a state", breaks: rule.TumblingStateHandedOn,
		kind: trace.Invoke, change: func(e *trace.Event) bool {
			if state, _ := e.Event["state"].(map[string]any); len(state) == 0 {
				e.Event = withState(e.Event, map[string]any{"records": 100.0})
			}
			return true
		}},
	seen{name: "window-members-missing", fault: "leaves the bounds of the window out of its events", breaks: rule.TumblingFinalInvoke,
		kind: trace.Invoke, change: func(e *trace.Event) bool { e.Event = with(e.Event, "window", gone); return true }},
	seen{name: "final-not-told", fault: "does not say that an invocation is the final one", breaks: rule.TumblingFinalInvoke,
		kind: trace.Invoke, change: func(e *trace.Event) bool {
			if e.Event["isFinalInvokeForWindow"] != nil {
				e.Event = with(e.Event, "isFinalInvokeForWindow", false)
			}
			return true
		}, others: "a final invocation that does not say so ends no window"},
	seen{name: "early-end-not-told", fault: "does not say that a window ends early", breaks: rule.TumblingState1mb,
		kind: trace.Invoke, change: func(e *trace.Event) bool {
			if e.Event["isWindowTerminatedEarly"] != nil {
				e.Event = with(e.Event, "isWindowTerminatedEarly", false)
			}
			return true
		}, others: "a window that has ended goes on"},
	seen{name: "child-shard-inherits-state", fault: "begins the window of a child shard with the state of its parent", breaks: rule.TumblingReshard,
		kind: trace.Invoke, change: func(e *trace.Event) bool {
			if state, _ := e.Event["state"].(map[string]any); len(state) == 0 && slices.Contains([]string{"shardId-000000000001", "shardId-000000000002"}, e.Shard) {
				e.Event = withState(e.Event, map[string]any{"records": 3.0})
			}
			return true
		}},
	seen{name: "window-left-open-at-the-end-of-a-shard", fault: "makes no final invocation when a shard ends", breaks: rule.TumblingReshard,
		kind: trace.Invoke, change: func(e *trace.Event) bool {
			return e.Event["isFinalInvokeForWindow"] != true || e.Shard != "shardId-000000000000"
		}},
)

// withState is the event of a tumbling window with another state.
func withState(event map[string]any, state any) map[string]any {
	if _, ok := event["state"]; !ok {
		return event
	}
	return with(event, "state", state)
}
