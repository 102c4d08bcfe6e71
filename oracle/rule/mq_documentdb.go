package rule

// Rules about Amazon MQ and DocumentDB.
var (
	MQQueues = add(Rule{
		ID: "mq-queues", Area: "mq", Plane: Control, Level: Must, Sources: From(MQ),
		Says:   "If Queues is given it must have a single entry, a queue name of 1 to 1,000 characters",
		Silent: "Whether Queues may be missing for an Amazon MQ source; the parameter page does not mark it as required",
		Needs:  []Capability{CanMQ},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: map[string]any{"count": 1, "max": 1000}, Cites: []Cite{{Smithy2026, "Queues"}, {Smithy2026, "Queue"}, {SDKHistory, "aws-sdk-go v1.35.22 (2020-11-05)"}}},
	})
	DocdbFullDocument = add(Rule{
		ID: "docdb-full-document", Area: "documentdb", Plane: Control, Level: Must, Sources: From(DocumentDB),
		Says:   "FullDocument of a DocumentDB source must be UpdateLookup or Default",
		Needs:  []Capability{CanDocumentDB},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: []string{"UpdateLookup", "Default"}, Cites: []Cite{{SDKToday, "FullDocument"}}},
	})
)
