package reference

import (
	"encoding/json"
	"strconv"
	"time"
)

// consumer is a registered consumer of a stream.
type consumer struct {
	name, arn string
	stream    *stream
	created   time.Time
}

type consumerFacts struct {
	ConsumerName, ConsumerARN, ConsumerStatus string
	ConsumerCreationTimestamp                 json.Number
}

func (k *consumer) facts() consumerFacts {
	return consumerFacts{k.name, k.arn, "ACTIVE", epochSeconds(k.created)}
}

// consumerRef is how a request names a consumer: by its ARN, or by its stream
// and name.
type consumerRef struct{ StreamARN, ConsumerName, ConsumerARN string }

func (s *Server) findConsumer(in *consumerRef) (*consumer, *fault) {
	if in.ConsumerARN != "" {
		for _, st := range s.streams {
			for _, k := range st.consumers {
				if k.arn == in.ConsumerARN {
					return k, nil
				}
			}
		}
		return nil, badRequest("ResourceNotFoundException", "Consumer %s not found.", in.ConsumerARN)
	}
	if in.StreamARN == "" || in.ConsumerName == "" {
		return nil, badRequest("InvalidArgumentException", "give ConsumerARN, or StreamARN and ConsumerName")
	}
	st, f := s.findStream(streamRef{StreamARN: in.StreamARN})
	if f != nil {
		return nil, f
	}
	if k := st.consumers[in.ConsumerName]; k != nil {
		return k, nil
	}
	return nil, badRequest("ResourceNotFoundException", "Consumer %s of stream %s not found.", in.ConsumerName, st.name)
}

func (s *Server) registerConsumer(c *call, in *consumerRef) (any, *fault) {
	if in.StreamARN == "" {
		return nil, missing("streamARN")
	}
	if !kinesisName.MatchString(in.ConsumerName) {
		return nil, badName("consumerName", in.ConsumerName, "[a-zA-Z0-9_.-]+, 1 to 128 characters")
	}
	st, f := s.findStream(streamRef{StreamARN: in.StreamARN})
	if f != nil {
		return nil, f
	}
	if st.consumers[in.ConsumerName] != nil {
		return nil, badRequest("ResourceInUseException", "Consumer %s of stream %s already exists.", in.ConsumerName, st.name)
	}
	resource := "stream/" + st.name + "/consumer/" + in.ConsumerName
	k := &consumer{name: in.ConsumerName, stream: st, created: s.stamp(resource, c.now, time.Second)}
	k.arn = s.arn("kinesis", resource+":"+strconv.FormatInt(k.created.Unix(), 10))
	st.consumers[k.name] = k
	s.opt.Mappings.AddSource(k.arn)
	return struct{ Consumer consumerFacts }{k.facts()}, nil
}

func (s *Server) describeConsumer(_ *call, in *consumerRef) (any, *fault) {
	k, f := s.findConsumer(in)
	if f != nil {
		return nil, f
	}
	type description struct {
		consumerFacts
		StreamARN string
	}
	return struct{ ConsumerDescription description }{description{k.facts(), k.stream.arn}}, nil
}

func (s *Server) deregisterConsumer(_ *call, in *consumerRef) (any, *fault) {
	k, f := s.findConsumer(in)
	if f != nil {
		return nil, f
	}
	delete(k.stream.consumers, k.name)
	s.opt.Mappings.RemoveSource(k.arn)
	return empty{}, nil
}
