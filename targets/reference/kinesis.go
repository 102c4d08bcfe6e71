package reference

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"time"
)

var kinesisService = service{
	contentType: "application/x-amz-json-1.1",
	operations: map[string]operation{
		"CreateStream":             typed((*Server).createStream),
		"DescribeStream":           typed((*Server).describeStream),
		"DescribeStreamSummary":    typed((*Server).describeStreamSummary),
		"DeleteStream":             typed((*Server).deleteStream),
		"PutRecord":                typed((*Server).putRecord),
		"RegisterStreamConsumer":   typed((*Server).registerConsumer),
		"DescribeStreamConsumer":   typed((*Server).describeConsumer),
		"DeregisterStreamConsumer": typed((*Server).deregisterConsumer),
	},
}

// stream is a Kinesis data stream.
type stream struct {
	name, arn string
	mode      string
	shards    int
	created   time.Time
	consumers map[string]*consumer
}

// kinesisName is the pattern of StreamName and ConsumerName.
var kinesisName = regexp.MustCompile(`^[a-zA-Z0-9_.-]{1,128}$`)

// maxShards bounds what one stream may ask for; it is the default quota of an
// account in the larger regions.
const maxShards = 500

type streamMode struct{ StreamMode string }

// streamRef is how a request names its stream.
type streamRef struct{ StreamName, StreamARN string }

// findStream returns the stream that a request names.
func (s *Server) findStream(r streamRef) (*stream, *fault) {
	ref := r.StreamARN
	if ref == "" {
		ref = r.StreamName
	}
	if ref == "" {
		return nil, badRequest("InvalidArgumentException", "give StreamName or StreamARN")
	}
	name, ok := nameIn(ref, s.arn("kinesis", "stream/"))
	if st := s.streams[name]; ok && st != nil {
		return st, nil
	}
	return nil, badRequest("ResourceNotFoundException", "Stream %s under account %s not found.", name, s.opt.Account)
}

type createStreamInput struct {
	StreamName        string
	ShardCount        *int
	StreamModeDetails streamMode
}

func (s *Server) createStream(c *call, in *createStreamInput) (any, *fault) {
	if !kinesisName.MatchString(in.StreamName) {
		return nil, badName("streamName", in.StreamName, "[a-zA-Z0-9_.-]+, 1 to 128 characters")
	}
	st := &stream{name: in.StreamName, arn: s.arn("kinesis", "stream/"+in.StreamName), mode: in.StreamModeDetails.StreamMode,
		created: c.now, consumers: map[string]*consumer{}}
	switch st.mode {
	case "":
		st.mode = "PROVISIONED"
	case "PROVISIONED", "ON_DEMAND":
	default:
		return nil, badName("streamModeDetails.streamMode", st.mode, "PROVISIONED or ON_DEMAND")
	}
	st.shards = 1
	if st.mode == "ON_DEMAND" {
		st.shards = 4 // what an on-demand stream starts with
	} else if in.ShardCount != nil {
		st.shards = *in.ShardCount
	}
	if st.shards < 1 {
		return nil, badRequest("ValidationException", "ShardCount must be at least 1, not %d", st.shards)
	}
	if st.shards > maxShards {
		return nil, badRequest("LimitExceededException", "ShardCount must be at most %d, not %d", maxShards, st.shards)
	}
	if s.streams[st.name] != nil {
		return nil, badRequest("ResourceInUseException", "Stream %s under account %s already exists.", st.name, s.opt.Account)
	}
	s.streams[st.name] = st
	s.opt.Mappings.AddSource(st.arn)
	return empty{}, nil
}

type enhancedMonitoring struct{ ShardLevelMetrics []string }

// streamFacts are the members that both descriptions of a stream have.
type streamFacts struct {
	StreamName, StreamARN, StreamStatus string
	StreamModeDetails                   streamMode
	RetentionPeriodHours                int
	StreamCreationTimestamp             json.Number
	EncryptionType                      string
	EnhancedMonitoring                  []enhancedMonitoring
}

func (st *stream) facts() streamFacts {
	return streamFacts{
		StreamName: st.name, StreamARN: st.arn, StreamStatus: "ACTIVE", StreamModeDetails: streamMode{st.mode},
		RetentionPeriodHours: 24, StreamCreationTimestamp: epochSeconds(st.created), EncryptionType: "NONE",
		EnhancedMonitoring: []enhancedMonitoring{{[]string{}}},
	}
}

type streamDescription struct {
	streamFacts
	Shards        []shardDescription
	HasMoreShards bool
}

type streamSummary struct {
	streamFacts
	OpenShardCount, ConsumerCount int
}

func (s *Server) describeStream(_ *call, in *streamRef) (any, *fault) {
	st, f := s.findStream(*in)
	if f != nil {
		return nil, f
	}
	return struct{ StreamDescription streamDescription }{streamDescription{st.facts(), describeShards(st.shards), false}}, nil
}

func (s *Server) describeStreamSummary(_ *call, in *streamRef) (any, *fault) {
	st, f := s.findStream(*in)
	if f != nil {
		return nil, f
	}
	return struct{ StreamDescriptionSummary streamSummary }{streamSummary{st.facts(), st.shards, len(st.consumers)}}, nil
}

type deleteStreamInput struct {
	streamRef
	EnforceConsumerDeletion bool
}

func (s *Server) deleteStream(_ *call, in *deleteStreamInput) (any, *fault) {
	st, f := s.findStream(in.streamRef)
	if f != nil {
		return nil, f
	}
	if len(st.consumers) > 0 && !in.EnforceConsumerDeletion {
		return nil, badRequest("ResourceInUseException",
			"Stream %s has %d registered consumers; deregister them first or set EnforceConsumerDeletion", st.name, len(st.consumers))
	}
	for _, k := range st.sortedConsumers() {
		s.opt.Mappings.RemoveSource(k.arn)
	}
	delete(s.streams, st.name)
	s.opt.Mappings.RemoveSource(st.arn)
	return empty{}, nil
}

type putRecordInput struct {
	streamRef
	Data         []byte // base64 on the wire
	PartitionKey string
}

func (s *Server) putRecord(_ *call, in *putRecordInput) (any, *fault) {
	st, f := s.findStream(in.streamRef)
	if f != nil {
		return nil, f
	}
	if in.Data == nil {
		return nil, missing("data")
	}
	if n := len(in.PartitionKey); n < 1 || n > 256 {
		return nil, badRequest("ValidationException", "PartitionKey must have 1 to 256 characters, not %d", n)
	}
	failed := fails(string(in.Data))
	s.opt.Mappings.Processed(st.arn, failed)
	// Every consumer reads the whole stream by itself.
	for _, k := range st.sortedConsumers() {
		s.opt.Mappings.Processed(k.arn, failed)
	}
	return struct{ ShardId, SequenceNumber, EncryptionType string }{
		shardID(shardOf(in.PartitionKey, st.shards)), sequenceNumber(s.nextSequence()), "NONE"}, nil
}

func (st *stream) sortedConsumers() []*consumer {
	list := make([]*consumer, 0, len(st.consumers))
	for _, name := range slices.Sorted(maps.Keys(st.consumers)) {
		list = append(list, st.consumers[name])
	}
	return list
}
