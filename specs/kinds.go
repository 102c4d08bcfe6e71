package specs

import (
	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/targets"
)

// The groups of source kinds that specs are tried on.
var (
	kinesis   = []control.SourceKind{control.KinesisStream}
	consumer  = []control.SourceKind{control.KinesisConsumer}
	dynamodb  = []control.SourceKind{control.DynamoDBStream}
	queue     = []control.SourceKind{control.SQSQueue}
	fifo      = []control.SourceKind{control.SQSFIFOQueue}
	queues    = []control.SourceKind{control.SQSQueue, control.SQSFIFOQueue}
	msk       = []control.SourceKind{control.MSKCluster}
	ownKafka  = []control.SourceKind{control.SelfManagedKafka}
	kafka     = []control.SourceKind{control.MSKCluster, control.SelfManagedKafka}
	mq        = []control.SourceKind{control.MQBroker}
	documents = []control.SourceKind{control.DocumentDBCluster}
	streams   = []control.SourceKind{control.KinesisStream, control.DynamoDBStream}
	// anyKind stands for the first of common that the target maps: what does not
	// depend on the kind is tried once.
	anyKind = []control.SourceKind{control.NoSource}
	common  = []control.SourceKind{control.SQSQueue, control.KinesisStream, control.DynamoDBStream}
	every   = []control.SourceKind{control.KinesisStream, control.KinesisConsumer, control.DynamoDBStream, control.SQSQueue,
		control.SQSFIFOQueue, control.MSKCluster, control.SelfManagedKafka, control.MQBroker, control.DocumentDBCluster}
)

// Fields are members of a request under their API names.
type Fields map[string]any

// with returns the fields with others laid over them; a nil value takes a
// member away.
func (f Fields) with(others ...Fields) Fields {
	out := Fields{}
	for _, layer := range append([]Fields{f}, others...) {
		for name, x := range layer {
			if x == nil {
				delete(out, name)
			} else {
				out[name] = x
			}
		}
	}
	return out
}

// null is a value that is sent as JSON null, where nil takes a member away.
var null = any(jsonNull{})

type jsonNull struct{}

// MarshalJSON writes null.
func (jsonNull) MarshalJSON() ([]byte, error) { return []byte("null"), nil }

const (
	secretARN = "arn:aws:secretsmanager:us-east-1:000000000000:secret:esmconform-AbCdEf"
	topicName = "esmconform.topic-1_a"
)

// minimal is the least that maps a source of the kind to a function.
func minimal(k control.SourceKind, s targets.Source, function string, serial string) Fields {
	f := Fields{"FunctionName": function}
	if s.ARN != "" {
		f["EventSourceArn"] = s.ARN
	}
	access := []any{map[string]any{"Type": "BASIC_AUTH", "URI": secretARN}}
	switch k {
	case control.KinesisStream, control.KinesisConsumer, control.DynamoDBStream:
		f["StartingPosition"] = "TRIM_HORIZON"
	case control.MSKCluster:
		f["StartingPosition"], f["Topics"] = "TRIM_HORIZON", []any{topicName}
	case control.SelfManagedKafka:
		f["StartingPosition"], f["Topics"] = "TRIM_HORIZON", []any{topicName}
		f["SelfManagedEventSource"] = bootstrap("broker-" + serial + ".example.com:9092")
		f["SourceAccessConfigurations"] = access
	case control.MQBroker:
		f["Queues"] = []any{"esmconform"}
		f["SourceAccessConfigurations"] = access
	case control.DocumentDBCluster:
		f["StartingPosition"] = "TRIM_HORIZON"
		f["DocumentDBEventSourceConfig"] = map[string]any{"DatabaseName": "esmconform"}
		f["SourceAccessConfigurations"] = access
	}
	return f
}

func bootstrap(servers ...any) map[string]any {
	return map[string]any{"Endpoints": map[string]any{"KAFKA_BOOTSTRAP_SERVERS": servers}}
}

func onFailure(arn any) map[string]any {
	return map[string]any{"OnFailure": map[string]any{"Destination": arn}}
}
