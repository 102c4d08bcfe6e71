package endpoint

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/targets"
)

// maker makes a source of a kind and returns its ARN.
type maker func(*Target, context.Context, control.SourceKind) (string, error)

// makers lists the kinds that can be made through the API.
var makers = map[control.SourceKind]maker{
	control.KinesisStream:   (*Target).makeStream,
	control.KinesisConsumer: (*Target).makeConsumer,
	control.DynamoDBStream:  (*Target).makeTable,
	control.SQSQueue:        (*Target).makeQueue,
	control.SQSFIFOQueue:    (*Target).makeQueue,
}

// invented lists the kinds that take an hour and money to make: a target other
// than AWS maps an ARN that is just well-formed. Self-managed Kafka has none.
var invented = map[control.SourceKind]func(t *Target, name string) string{
	control.MSKCluster: func(t *Target, name string) string {
		return t.arn("kafka", "cluster/"+name+"/"+inventedUUID+"-1")
	},
	control.SelfManagedKafka: func(*Target, string) string { return "" },
	control.MQBroker: func(t *Target, name string) string {
		return t.arn("mq", "broker:"+name+":b-"+inventedUUID)
	},
	control.DocumentDBCluster: func(t *Target, name string) string { return t.arn("rds", "cluster:"+name) },
}

const inventedUUID = "6d9a2f5e-3c1b-4e8a-9f70-2b4c6d8e0a13"

// CreateSource makes a source of the kind, or takes the one brought along, which
// is the same one each time. Where neither can be had the error is an
// *Unsupported.
func (t *Target) CreateSource(ctx context.Context, kind control.SourceKind) (targets.Source, error) {
	if arn, ok := t.opt.Sources[kind]; ok {
		return targets.Source{Kind: kind, ARN: arn, Real: true}, nil
	}
	t.mu.Lock()
	spare, ok := t.spareSources[kind]
	delete(t.spareSources, kind)
	t.mu.Unlock()
	if ok {
		return spare, nil
	}
	if build := makers[kind]; build != nil {
		arn, err := build(t, ctx, kind)
		return targets.Source{Kind: kind, ARN: arn, Real: err == nil}, err
	}
	invent := invented[kind]
	switch {
	case invent == nil:
		return targets.Source{}, fmt.Errorf("endpoint: there is no source of kind %q", kind)
	case t.opt.AWS:
		return targets.Source{}, &targets.Unsupported{Capability: kind.Capability(),
			Err: errors.New("AWS maps only what exists, and making one is not for a test; bring an ARN along")}
	}
	return targets.Source{Kind: kind, ARN: invent(t, t.name())}, nil
}

// Put writes one record to a stream, a table or a queue.
func (t *Target) Put(ctx context.Context, s targets.Source, payload string) error {
	if !s.Real {
		return &targets.Unsupported{Capability: s.Kind.Capability(), Err: errors.New("the source does not exist, it is only an ARN")}
	}
	switch s.Kind {
	case control.KinesisStream, control.KinesisConsumer:
		return t.putRecord(ctx, s, payload)
	case control.DynamoDBStream:
		return t.putItem(ctx, s, payload)
	case control.SQSQueue, control.SQSFIFOQueue:
		return t.sendMessage(ctx, s, payload)
	}
	return &targets.Unsupported{Capability: s.Kind.Capability(), Err: errors.New("records are written to Kinesis, DynamoDB and SQS only")}
}

// between returns what stands after the first before and ahead of the next
// after; everything up to the end when there is none.
func between(s, before, after string) string {
	_, s, _ = strings.Cut(s, before)
	s, _, _ = strings.Cut(s, after)
	return s
}
