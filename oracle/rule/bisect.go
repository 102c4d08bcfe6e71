package rule

// Rules about bisect.
var (
	BisectSplitsInTwo = add(Rule{
		ID: "bisect-splits-in-two", Area: "bisect", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "With BisectBatchOnFunctionError on, a batch on which the function fails must be cut into two smaller ones that are retried apart and together hold exactly its records",
		Silent: "Where the cut falls, above all in a batch with an odd number of records",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{API2020, "CreateEventSourceMapping, BisectBatchOnFunctionError"}, {Guide2020, "with-kinesis.md, Split batch on error"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{SDKToday, "CreateEventSourceMapping, BisectBatchOnFunctionError"}}},
	})
	BisectHalvesInOrder = add(Rule{
		ID: "bisect-halves-in-order", Area: "bisect", Plane: Data, Level: Implied, Sources: From(Kinesis, DynamoDB),
		Says:   "Of the two parts of a split batch, the one with the lower sequence numbers must be dealt with before the other",
		Silent: "It follows from in-order processing and is nowhere said of split batches",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "invocation-eventsourcemapping.md"}, {Guide2020, "with-kinesis.md, Split batch on error"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "invocation-eventsourcemapping.md"}}},
	})
	BisectRecursive = add(Rule{
		ID: "bisect-recursive", Area: "bisect", Plane: Data, Level: Implied, Sources: From(Kinesis, DynamoDB),
		Says:   "A part of a split batch that fails again must be split further until a record that cannot be processed stands alone",
		Silent: "That splitting repeats, and that a single failing record then falls under the retry limit, is only implied",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-kinesis.md, Split batch on error"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{DocsToday, "kinesis-on-failure-destination"}}},
	})
	BisectNotCountedAsRetry = add(Rule{
		ID: "bisect-not-counted-as-retry", Area: "bisect", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "Halving a failed batch under BisectBatchOnFunctionError must leave the allowance of MaximumRetryAttempts untouched, so that the halves are still tried although the batch had no retry to spare",
		Silent: "If a half begins counting anew or goes on from what its parent had left",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-kinesis.md, Error handling"}, {Guide2020, "with-ddb.md, Error handling"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{DocsToday, "kinesis-on-failure-destination.md"}}},
	})
	BisectOnlyFunctionErrors = add(Rule{
		ID: "bisect-only-function-errors", Area: "bisect", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "BisectBatchOnFunctionError may cut a batch only after the function itself returned an error; a batch that was throttled or met a service fault is sent again in one piece",
		Needs:  []Capability{CanThrottle},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-kinesis.md"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{DocsToday, "kinesis-on-failure-destination.md"}}},
	})
	BisectTimeoutCounts = add(Rule{
		ID: "bisect-timeout-counts", Area: "bisect", Plane: Data, Level: Implied, Sources: From(Kinesis, DynamoDB),
		Says:   "An invocation that runs into the function's timeout is a function error, so with BisectBatchOnFunctionError on its batch must be cut in two as well",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-kinesis.md"}, {Guide2020, "invocation-retries.md"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{DocsToday, "kinesis-on-failure-destination.md"}}},
	})
	BisectBatchSizeSettingUnchanged = add(Rule{
		ID: "bisect-batch-size-setting-unchanged", Area: "bisect", Plane: Control, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "After batches were split the mapping still reports, and still uses for later batches, the BatchSize it was configured with",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-kinesis.md"}}},
	})
	FrtBisectInterplay = add(Rule{
		ID: "frt-bisect-interplay", Area: "bisect", Plane: Data, Level: Must, Sources: From(Kinesis, DynamoDB),
		Says:   "With both BisectBatchOnFunctionError and ReportBatchItemFailures, a batch with reported failures is split at the reported sequence number and only the part from there on is retried",
		Needs:  []Capability{CanDeliver},
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{DocsToday, "services-kinesis-batchfailurereporting"}}},
	})
)
