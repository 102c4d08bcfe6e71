package rule

// Rules about polling.
var (
	PollRateKinesis = add(Rule{
		ID: "poll-rate-kinesis", Area: "polling", Plane: Data, Level: Should, Sources: From(Kinesis),
		Says:   "An idle Kinesis shard that is read without a stream consumer should be polled at a base rate of one read a second",
		Needs:  []Capability{CanKinesis},
		In2020: Clause{Holds: true, Value: "1/s per shard", Cites: []Cite{{Guide2020, "with-kinesis.md"}}, Unobservable: "calls of GetRecords are not part of a trace"},
		Now:    Clause{Holds: true, Value: "1/s per shard", Cites: []Cite{{Guide2022, "with-kinesis.md"}}, Unobservable: "calls of GetRecords are not part of a trace"},
	})
	PollRateDynamoDB = add(Rule{
		ID: "poll-rate-dynamodb", Area: "polling", Plane: Data, Level: Should, Sources: From(DynamoDB),
		Says:   "An idle shard of a DynamoDB stream should be polled at a base rate of four reads a second",
		Needs:  []Capability{CanDynamoDB},
		In2020: Clause{Holds: true, Value: "4/s per shard", Cites: []Cite{{Guide2020, "with-ddb.md"}}, Unobservable: "calls of GetRecords are not part of a trace"},
		Now:    Clause{Holds: true, Value: "4/s per shard", Cites: []Cite{{Guide2022, "with-ddb.md"}}, Unobservable: "calls of GetRecords are not part of a trace"},
	})
	PollCatchUp = add(Rule{
		ID: "poll-catch-up", Area: "polling", Plane: Data, Level: Should, Sources: From(Kinesis, DynamoDB, MSK),
		Says:   "As long as a backlog is waiting, one batch should follow upon the other without a pause until the function has caught up",
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-kinesis.md"}, {Guide2020, "with-msk.md"}}},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-kinesis.md"}}},
	})
	PollStartEventuallyConsistent = add(Rule{
		ID: "poll-start-eventually-consistent", Area: "polling", Plane: Data, Level: Should, Sources: From(MSK, SelfManagedKafka),
		Says:   "Polling may set in only minutes after a Create and may rest for up to a minute and a half after an Update, and a mapping at LATEST may miss the records of that time",
		Silent: "The pages consulted say it of Kafka sources; if the same times hold for Kinesis is left open by them",
		In2020: Clause{},
		Now:    Clause{Holds: true, Value: "minutes / 90 s", Cites: []Cite{{DocsToday, "msk-starting-positions.html"}, {DocsToday, "kafka-starting-positions.html"}}, Unobservable: "it only permits delays and gaps, so a mapping that starts at once and misses nothing keeps it as well"},
	})
	KinesisConsumerPush = add(Rule{
		ID: "kinesis-consumer-push", Area: "polling", Plane: Data, Level: Must, Sources: From(Kinesis),
		Says:   "A mapping whose EventSourceArn is a stream consumer must receive its records by push over HTTP/2 (SubscribeToShard), with throughput of its own",
		Needs:  []Capability{CanKinesisConsumer},
		In2020: Clause{Holds: true, Value: true, Cites: []Cite{{Guide2020, "with-kinesis.md"}}, Unobservable: "by which interface records are fetched (SubscribeToShard or GetRecords) does not show in a trace"},
		Now:    Clause{Holds: true, Value: true, Cites: []Cite{{Guide2022, "with-kinesis.md"}}, Unobservable: "by which interface records are fetched (SubscribeToShard or GetRecords) does not show in a trace"},
	})
)
