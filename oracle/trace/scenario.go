package trace

// Scenario is what to do to a target, as pure data: sources and their records,
// control-plane calls, how the function behaves, and when. It is played by a
// target, which returns the trace of it. Times are milliseconds from the start.
//
// A scenario about the API alone has Calls in the place of Steps.
type Scenario struct {
	Format  int              `json:"format"` // 1
	Profile string           `json:"profile"`
	Name    string           `json:"name,omitempty"`
	Sources []ScenarioSource `json:"sources"`
	Steps   []Step           `json:"steps,omitzero"` // in the order of At
	Calls   []CallStep       `json:"calls,omitempty"`
	// DurationMS is how long the function takes; 0: 10 ms. TimeoutMS is how long
	// an invocation that times out takes; 0: 3000 ms.
	DurationMS float64 `json:"duration_ms,omitempty"`
	TimeoutMS  float64 `json:"timeout_ms,omitempty"`
	EndMS      float64 `json:"end_ms,omitzero"` // when the observation ends
	// Shows is what the scenario is kept for; nil for most.
	Shows *Shows `json:"shows,omitempty"`
}

// Shows is a fault that a scenario shows.
type Shows struct {
	Rule   string `json:"rule"`             // the rule that is broken
	Class  string `json:"class"`            // how, in the words of the finding
	Target string `json:"target,omitempty"` // on whom it was seen
}

// ScenarioSource is a source that exists from the start. Steps name it by Name.
type ScenarioSource struct {
	Name string `json:"name"`
	// Kind is kinesis, kinesis-consumer, dynamodb, sqs, sqs-fifo or msk; where there
	// are calls only, also self-managed-kafka, mq or documentdb.
	Kind            string  `json:"kind"`
	Shards          int     `json:"shards,omitempty"` // 0: one; none for queues
	VisibilityMS    float64 `json:"visibility_timeout_ms,omitempty"`
	MaxReceiveCount int     `json:"max_receive_count,omitempty"`
	RetentionMS     float64 `json:"retention_ms,omitempty"`
}

// Step is one thing that is done. Do says which of the other members count.
type Step struct {
	At float64 `json:"at"`
	Do Action  `json:"do"`

	// put: Count records (0: one) into Source, at shard number Shard.
	Source string         `json:"source,omitempty"`
	Shard  int            `json:"shard,omitempty"`
	Count  int            `json:"count,omitempty"`
	Key    string         `json:"key,omitempty"`  // partition key; message group; "" for a key of its own
	Size   int            `json:"size,omitempty"` // bytes in the event; 0: 200
	Record map[string]any `json:"record,omitempty"`
	Poison *Poison        `json:"poison,omitempty"` // how the function takes these records

	// create, update, delete: a mapping under a name of the scenario's own.
	Mapping string         `json:"mapping,omitempty"`
	Config  map[string]any `json:"config,omitempty"` // request members; EventSourceArn and FunctionName are filled in

	// throttle: the function cannot be invoked until Until.
	Until float64 `json:"until,omitempty"`
}

// Action is what a step does.
type Action string

// The actions.
const (
	DoPut      Action = "put"
	DoCreate   Action = "create"
	DoUpdate   Action = "update"
	DoDelete   Action = "delete"
	DoThrottle Action = "throttle"
	DoSplit    Action = "split" // shard Shard of Source ends and gets two children
	DoMerge    Action = "merge" // shards Shard and Shard+1 of Source end and get one child
	DoLook     Action = "look"  // a look at the queue Source
)

// Poison is how the function behaves while a batch holds a record.
type Poison struct {
	// Kind is "error", "timeout", "report": the function returns normally and
	// reports the record as failed, with Return in the place of a report if given;
	// or "final": the function fails at the end of the tumbling window that the
	// record is in.
	Kind   string `json:"kind"`
	Times  int    `json:"times,omitempty"` // for how many invocations with the record; 0: always
	Return any    `json:"return,omitempty"`
}
