package reference

import (
	"errors"
	"math/big"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/aws/aws-sdk-go-v2/service/kinesis/types"

	"github.com/esmconform/esmconform/targets"
)

const streamARN = "arn:aws:kinesis:us-east-1:000000000000:stream/s"

func TestStreamLife(t *testing.T) {
	s, m := newFake(t)
	c, ctx := inMemoryClients(s).kinesis, t.Context()

	must(c.CreateStream(ctx, &kinesis.CreateStreamInput{StreamName: aws.String("s"), ShardCount: aws.Int32(2)}))(t)
	m.expect(t, "+source "+streamARN)
	_, err := c.CreateStream(ctx, &kinesis.CreateStreamInput{StreamName: aws.String("s"), ShardCount: aws.Int32(1)})
	var inUse *types.ResourceInUseException
	if !errors.As(err, &inUse) || inUse.ErrorMessage() == "" {
		t.Errorf("the second time: %v, want a ResourceInUseException with a message", err)
	}

	d := must(c.DescribeStream(ctx, &kinesis.DescribeStreamInput{StreamARN: aws.String(streamARN)}))(t).StreamDescription
	if *d.StreamARN != streamARN || d.StreamStatus != types.StreamStatusActive || len(d.Shards) != 2 || !d.StreamCreationTimestamp.Equal(Epoch) {
		t.Errorf("described as %s, %s, %d shards, created %v", *d.StreamARN, d.StreamStatus, len(d.Shards), d.StreamCreationTimestamp)
	}
	sum := must(c.DescribeStreamSummary(ctx, &kinesis.DescribeStreamSummaryInput{StreamName: aws.String("s")}))(t).StreamDescriptionSummary
	if sum.StreamStatus != types.StreamStatusActive || *sum.OpenShardCount != 2 {
		t.Errorf("summed up as %s, %d shards", sum.StreamStatus, *sum.OpenShardCount)
	}

	must(c.DeleteStream(ctx, &kinesis.DeleteStreamInput{StreamName: aws.String("s")}))(t)
	m.expect(t, "-source "+streamARN)
	_, err = c.DescribeStream(ctx, &kinesis.DescribeStreamInput{StreamName: aws.String("s")})
	expectCode(t, err, "ResourceNotFoundException")
}

func TestConsumerLife(t *testing.T) {
	s, m := newFake(t)
	c, ctx := inMemoryClients(s).kinesis, t.Context()
	must(c.CreateStream(ctx, &kinesis.CreateStreamInput{StreamName: aws.String("s")}))(t)
	m.take()

	in := &kinesis.RegisterStreamConsumerInput{StreamARN: aws.String(streamARN), ConsumerName: aws.String("k")}
	k := must(c.RegisterStreamConsumer(ctx, in))(t).Consumer
	if want := streamARN + "/consumer/k:1767225600"; *k.ConsumerARN != want {
		t.Fatalf("registered as %s, want %s", *k.ConsumerARN, want)
	}
	m.expect(t, "+source "+*k.ConsumerARN)
	_, err := c.RegisterStreamConsumer(ctx, in)
	expectCode(t, err, "ResourceInUseException")

	for _, by := range []*kinesis.DescribeStreamConsumerInput{
		{ConsumerARN: k.ConsumerARN}, {StreamARN: aws.String(streamARN), ConsumerName: aws.String("k")},
	} {
		d := must(c.DescribeStreamConsumer(ctx, by))(t).ConsumerDescription
		if d.ConsumerStatus != types.ConsumerStatusActive || *d.StreamARN != streamARN || *d.ConsumerARN != *k.ConsumerARN {
			t.Errorf("described as %s %s of %s", d.ConsumerStatus, *d.ConsumerARN, *d.StreamARN)
		}
	}

	_, err = c.DeleteStream(ctx, &kinesis.DeleteStreamInput{StreamName: aws.String("s")})
	expectCode(t, err, "ResourceInUseException")
	must(c.DeregisterStreamConsumer(ctx, &kinesis.DeregisterStreamConsumerInput{ConsumerARN: k.ConsumerARN}))(t)
	m.expect(t, "-source "+*k.ConsumerARN)
	_, err = c.DescribeStreamConsumer(ctx, &kinesis.DescribeStreamConsumerInput{ConsumerARN: k.ConsumerARN})
	expectCode(t, err, "ResourceNotFoundException")

	// The clock stands still, and yet it is another consumer.
	again := must(c.RegisterStreamConsumer(ctx, in))(t).Consumer
	if *again.ConsumerARN == *k.ConsumerARN {
		t.Errorf("the new consumer has the ARN of the old one, %s", *k.ConsumerARN)
	}
	m.take()
	must(c.DeleteStream(ctx, &kinesis.DeleteStreamInput{StreamName: aws.String("s"), EnforceConsumerDeletion: aws.Bool(true)}))(t)
	m.expect(t, "-source "+*again.ConsumerARN, "-source "+streamARN)
}

func TestPutRecord(t *testing.T) {
	s, m := newFake(t)
	c, ctx := inMemoryClients(s).kinesis, t.Context()
	must(c.CreateStream(ctx, &kinesis.CreateStreamInput{StreamName: aws.String("s")}))(t)
	k := must(c.RegisterStreamConsumer(ctx, &kinesis.RegisterStreamConsumerInput{StreamARN: aws.String(streamARN), ConsumerName: aws.String("k")}))(t)
	m.take()
	last := ""
	for payload, outcome := range map[string]string{"fine": "false", "a " + targets.FailMarker + " b": "true"} {
		out := must(c.PutRecord(ctx, &kinesis.PutRecordInput{StreamName: aws.String("s"), Data: []byte(payload), PartitionKey: aws.String("p")}))(t)
		m.expect(t, "processed "+streamARN+" "+outcome, "processed "+*k.Consumer.ConsumerARN+" "+outcome)
		if *out.SequenceNumber <= last || *out.ShardId != "shardId-000000000000" {
			t.Errorf("put as %s in %s, after %s", *out.SequenceNumber, *out.ShardId, last)
		}
		last = *out.SequenceNumber
	}
	_, err := c.PutRecord(ctx, &kinesis.PutRecordInput{StreamName: aws.String("none"), Data: []byte("x"), PartitionKey: aws.String("p")})
	expectCode(t, err, "ResourceNotFoundException")
	_, err = c.PutRecord(ctx, &kinesis.PutRecordInput{StreamName: aws.String("s"), Data: []byte("x"), PartitionKey: aws.String("")})
	expectCode(t, err, "ValidationException")
	m.expect(t)
}

func TestStreamErrors(t *testing.T) {
	s, m := newFake(t)
	for body, code := range map[string]string{
		`{}`:                                "ValidationException",
		`{"StreamName":"a b"}`:              "ValidationException",
		`{"StreamName":"a","ShardCount":0}`: "ValidationException",
		`{"StreamName":"a","ShardCount":1000000000}`:                "LimitExceededException",
		`{"StreamName":"a","ShardCount":"two"}`:                     "SerializationException",
		`{"StreamName":"a","StreamModeDetails":{"StreamMode":"x"}}`: "ValidationException",
	} {
		r := send(t, s, "POST", "/", body, "X-Amz-Target: Kinesis_20131202.CreateStream")
		expectRPCError(t, r, body, code)
	}
	m.expect(t)
}

// TestShardsCoverTheKeySpace: every key has one shard, and it is the one that
// a put says.
func TestShardsCoverTheKeySpace(t *testing.T) {
	for n := 1; n <= 7; n++ {
		next := big.NewInt(0)
		for i, d := range describeShards(n) {
			lo, _ := new(big.Int).SetString(d.HashKeyRange.StartingHashKey, 10)
			hi, _ := new(big.Int).SetString(d.HashKeyRange.EndingHashKey, 10)
			if lo.Cmp(next) != 0 || hi.Cmp(lo) < 0 {
				t.Errorf("shard %d of %d is %v to %v, want a start at %v", i, n, lo, hi, next)
			}
			next = hi.Add(hi, big.NewInt(1))
		}
		if next.Cmp(keySpace) != 0 {
			t.Errorf("%d shards end at %v, want %v", n, next, keySpace)
		}
	}
	// MD5 of "a" starts with 0x0c, of "b" with 0x92, of "c" with 0x4a.
	for key, want := range map[string]int{"a": 0, "b": 2, "c": 1} {
		if got := shardOf(key, 4); got != want {
			t.Errorf("key %s is in shard %d of 4, want %d", key, got, want)
		}
	}
}

func TestStampsGrow(t *testing.T) {
	s, _ := newFake(t)
	first := s.stamp("k", Epoch.Add(700*time.Millisecond), time.Second)
	second := s.stamp("k", Epoch.Add(900*time.Millisecond), time.Second)
	other := s.stamp("other", Epoch, time.Second)
	later := s.stamp("k", Epoch.Add(time.Hour), time.Second)
	if !first.Equal(Epoch) || !second.Equal(Epoch.Add(time.Second)) || !other.Equal(Epoch) || !later.Equal(Epoch.Add(time.Hour)) {
		t.Errorf("stamps %v, %v, %v, %v", first, second, other, later)
	}
}
