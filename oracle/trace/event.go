package trace

// EventKind is a kind of trace event, by the name it has in a file.
type EventKind uint8

// The kinds, in the order of how often they come.
const (
	Put         EventKind = iota // a record was written to a source
	Invoke                       // the function was given a batch
	Destination                  // something arrived at a destination
	Call                         // one control-plane exchange
	Throttle                     // a span in which the function could not be invoked
	Queue                        // a look at a queue and its dead-letter queue
	Mapping                      // a mapping that existed before the trace began
	SourceEvent                  // a source exists
	Header                       // the first line
	End                          // the observation ended
	numEventKinds
)

var eventNames = [numEventKinds]string{"put", "invoke", "destination", "call", "throttle", "queue", "mapping", "source", "trace", "end"}

// String is the event's name in a file.
func (k EventKind) String() string { return eventNames[k] }

// Event is one event of a trace. Which members count depends on the kind. Times
// are milliseconds with one origin for the whole trace. A reader may use one
// Event, and its slices, again for every line: whoever keeps something copies
// it (strings may be kept).
type Event struct {
	Kind EventKind
	Line int     // where it stands in the file, from 1; 0 for an event made in memory
	T    float64 // when it began
	End  float64 // when it was over; NotEnded if never seen to end
	// Source is the ARN of a source (put, queue, source), of a destination, or of
	// the source that an invocation names, when it does.
	Source string
	Shard  string
	// Seq is the sequence number of a put; an offset for MSK, a message id for SQS.
	Seq     string
	Key     string
	Size    int
	Arrival float64 // when the record arrived at the source; T unless given
	Order   string  // the sequence number of a FIFO message

	Mapping  string   // the UUID of a mapping
	ID       string   // of an invocation, or of a destination's message
	Function string   // the function's ARN
	Records  []string // the batch: sequence numbers; message ids; partition:offset for MSK
	Outcome  Outcome
	Attempts []int // the receive count of each record (SQS), or none

	// JSON that only some rules look at; nil when not given.
	Record    map[string]any // of a put: the record as the function would see it
	Report    any            // of an invocation: what the function returned
	HasReport bool           // Report was given, maybe as null
	Event     map[string]any // of an invocation: the whole event
	Body      map[string]any // of a destination: the message, decoded

	*Detail // of the kinds that come seldom
}

// NotEnded is the End of an invocation that was never seen to end.
const NotEnded = -1

// Outcome is how an invocation ended.
type Outcome uint8

// The outcomes.
const (
	OK Outcome = iota
	Error
	Timeout
)

var outcomeNames = [...]string{"ok", "error", "timeout"}

// String is the outcome's name in a file.
func (o Outcome) String() string { return outcomeNames[o] }

// Detail is what the events carry that come seldom.
type Detail struct {
	// Of the first line.
	Format     int
	Profile    string
	Target     string
	Complete   bool    // the observer waited long enough for what must happen in the end
	SettleMS   float64 // how long a control call may take to act
	SkewMS     float64 // clock tolerance
	Duplicates int     // redeliveries allowed

	// Of a source.
	SourceKind      string // kinesis, kinesis-consumer, dynamodb, sqs, sqs-fifo, msk
	Shards          []Shard
	VisibilityMS    float64 // 0: not given
	MaxReceiveCount int     // 0: no redrive
	RetentionMS     float64 // 0: not given

	// Of a call and of a mapping.
	Operation Operation
	Request   map[string]any // with the path's UUID and the query under their model names
	Status    int
	Response  map[string]any
	Code      string         // the error code
	Config    map[string]any // of a mapping

	// Of a look at a queue.
	Visible, InFlight, Dead []string
}

// The values of the first line that a file may leave out.
const (
	DefaultSettleMS = 5000
	DefaultSkewMS   = 1000
)

// Shard is a shard or a partition of a source.
type Shard struct {
	ID      string   `json:"id"`
	Parents []string `json:"parents,omitempty"`
}
