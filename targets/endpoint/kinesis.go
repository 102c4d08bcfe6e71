package endpoint

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/aws/aws-sdk-go-v2/service/kinesis/types"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/targets"
)

// makeStream makes a stream of one shard and waits until it is ACTIVE.
func (t *Target) makeStream(ctx context.Context, kind control.SourceKind) (arn string, err error) {
	name, c := t.name(), kind.Capability()
	remembered := entry{kind: "Kinesis stream", name: name, remove: t.removal(func(ctx context.Context) error {
		_, err := t.kinesis.DeleteStream(ctx,
			&kinesis.DeleteStreamInput{StreamName: &name, EnforceConsumerDeletion: aws.Bool(true)})
		return err
	})}
	err = t.make(ctx, c, "CreateStream", remembered, func() error {
		_, err := t.kinesis.CreateStream(ctx, &kinesis.CreateStreamInput{StreamName: &name, ShardCount: aws.Int32(1)})
		return err
	})
	if err != nil {
		return "", err
	}
	err = t.awaitSource(ctx, c, fmt.Sprintf("the stream %s did not become ACTIVE", name), "DescribeStreamSummary",
		func() (bool, error) {
			out, err := t.kinesis.DescribeStreamSummary(ctx, &kinesis.DescribeStreamSummaryInput{StreamName: &name})
			if err != nil || out.StreamDescriptionSummary == nil {
				return false, err
			}
			arn = aws.ToString(out.StreamDescriptionSummary.StreamARN)
			return out.StreamDescriptionSummary.StreamStatus == types.StreamStatusActive, nil
		})
	if err == nil && arn == "" {
		err = lacking(c, "DescribeStreamSummary", "StreamARN")
	}
	return arn, err
}

// makeConsumer makes a stream and registers an enhanced fan-out consumer with it.
func (t *Target) makeConsumer(ctx context.Context, kind control.SourceKind) (string, error) {
	stream, err := t.makeStream(ctx, kind)
	if err != nil {
		return "", err
	}
	name, c := t.name(), kind.Capability()
	var arn string
	remembered := entry{kind: "Kinesis consumer", name: name, remove: t.removal(func(ctx context.Context) error {
		_, err := t.kinesis.DeregisterStreamConsumer(ctx,
			&kinesis.DeregisterStreamConsumerInput{StreamARN: &stream, ConsumerName: &name})
		return err
	})}
	err = t.make(ctx, c, "RegisterStreamConsumer", remembered, func() error {
		out, err := t.kinesis.RegisterStreamConsumer(ctx,
			&kinesis.RegisterStreamConsumerInput{StreamARN: &stream, ConsumerName: &name})
		if err == nil && out.Consumer != nil {
			arn = aws.ToString(out.Consumer.ConsumerARN)
		}
		return err
	})
	if err != nil {
		return "", err
	}
	if arn == "" {
		return "", lacking(c, "RegisterStreamConsumer", "ConsumerARN")
	}
	return arn, t.awaitSource(ctx, c, fmt.Sprintf("the consumer %s did not become ACTIVE", name), "DescribeStreamConsumer",
		func() (bool, error) {
			out, err := t.kinesis.DescribeStreamConsumer(ctx, &kinesis.DescribeStreamConsumerInput{ConsumerARN: &arn})
			return err == nil && out.ConsumerDescription != nil &&
				out.ConsumerDescription.ConsumerStatus == types.ConsumerStatusActive, err
		})
}

// awaitSource waits until active says yes. What never becomes active is
// something that the target does not offer.
func (t *Target) awaitSource(ctx context.Context, c rule.Capability, what, operation string, active func() (bool, error)) error {
	var asked error
	err := t.wait(ctx, what, func() (bool, error) {
		ok, err := active()
		asked = t.trouble(ctx, c, operation, err)
		return ok, asked
	})
	if err == nil || asked != nil || ctx.Err() != nil {
		return err
	}
	return &targets.Unsupported{Capability: c, Err: err}
}

func (t *Target) putRecord(ctx context.Context, s targets.Source, payload string) error {
	stream := between(s.ARN, ":stream/", "/")
	_, err := t.kinesis.PutRecord(ctx, &kinesis.PutRecordInput{
		StreamName: &stream, PartitionKey: aws.String("esmconform"), Data: []byte(payload)})
	return t.trouble(ctx, s.Kind.Capability(), "PutRecord", err)
}
