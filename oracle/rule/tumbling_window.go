package rule

// Rules about tumbling window.
var (
	TumblingStateRequired = add(Rule{
		ID: "tumbling-state-required", Area: "tumbling-window", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "On a mapping with a tumbling window, an invocation whose response has no state is treated as failed",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{DocsToday, "services-kinesis-windows"}}},
	})
	TumblingStateHandedOn = add(Rule{
		ID: "tumbling-state-handed-on", Area: "tumbling-window", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "The first invocation of a tumbling window gets an empty state, and each further one of it the state that the function returned last",
		Silent: "which state an invocation gets after a partial report, and after a state that was too large",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{DocsToday, "services-kinesis-windows"}}},
	})
	TumblingState1mb = add(Rule{
		ID: "tumbling-state-1mb", Area: "tumbling-window", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "The state of a tumbling window may grow to 1 MB a shard, and a larger one makes the window end before its time",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: "1 MB", Cites: []Cite{{DocsToday, "services-kinesis-windows"}}},
	})
	TumblingFinalInvoke = add(Rule{
		ID: "tumbling-final-invoke", Area: "tumbling-window", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "The invocation that closes a tumbling window has isFinalInvokeForWindow set to true in its event",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{DocsToday, "services-kinesis-windows"}}},
	})
	TumblingReshard = add(Rule{
		ID: "tumbling-reshard", Area: "tumbling-window", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "The end of a shard closes its tumbling window, and the child shards begin windows of their own with empty state",
		Needs:  []Capability{CanReshard, CanDeliver},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-kinesis, Time windows"}}},
	})
	TumblingFinalFailureBlocks = add(Rule{
		ID: "tumbling-final-failure-blocks", Area: "tumbling-window", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "As long as the final invocation of a tumbling window fails, no later records are processed",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{DocsToday, "services-kinesis-windows"}}},
	})
)
