package reference

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/smithy-go"

	"github.com/esmconform/esmconform/targets"
)

// waitState gets a mapping until it is in a state. It gives up after a hundred
// times the time that a change takes.
func waitState(t *testing.T, c clients, clock Clock, uuid *string, want string) *lambda.GetEventSourceMappingOutput {
	t.Helper()
	var got *lambda.GetEventSourceMappingOutput
	for range 100 {
		got = must(c.lambda.GetEventSourceMapping(t.Context(), &lambda.GetEventSourceMappingInput{UUID: uuid}))(t)
		if *got.State == want {
			return got
		}
		if err := clock.Sleep(t.Context(), DefaultSettle); err != nil {
			t.Fatal(err)
		}
	}
	t.Fatalf("the mapping is %s, want %s", *got.State, want)
	return nil
}

// mappingLife maps a stream and a queue, from nothing to nothing.
func mappingLife(t *testing.T, c clients, clock Clock) {
	t.Helper()
	ctx := t.Context()
	must(c.lambda.CreateFunction(ctx, functionInput("probe")))(t)
	must(c.lambda.PublishVersion(ctx, &lambda.PublishVersionInput{FunctionName: aws.String("probe")}))(t)
	must(c.lambda.CreateAlias(ctx, &lambda.CreateAliasInput{FunctionName: aws.String("probe"), Name: aws.String("live"), FunctionVersion: aws.String("1")}))(t)
	must(c.kinesis.CreateStream(ctx, &kinesis.CreateStreamInput{StreamName: aws.String("s")}))(t)

	m := must(c.lambda.CreateEventSourceMapping(ctx, &lambda.CreateEventSourceMappingInput{
		FunctionName: aws.String("probe:live"), EventSourceArn: aws.String(streamARN), StartingPosition: types.EventSourcePositionLatest}))(t)
	if *m.FunctionArn != probeARN+":live" {
		t.Errorf("it maps to %s", *m.FunctionArn)
	}
	waitState(t, c, clock, m.UUID, "Enabled")
	for payload, want := range map[string]string{"fine": "OK", targets.FailMarker: "PROBLEM: Function call failed"} {
		must(c.kinesis.PutRecord(ctx, &kinesis.PutRecordInput{StreamName: aws.String("s"), Data: []byte(payload), PartitionKey: aws.String("p")}))(t)
		if got := waitState(t, c, clock, m.UUID, "Enabled"); aws.ToString(got.LastProcessingResult) != want {
			t.Errorf("after %q it says %q, want %q", payload, aws.ToString(got.LastProcessingResult), want)
		}
	}
	must(c.lambda.DeleteEventSourceMapping(ctx, &lambda.DeleteEventSourceMappingInput{UUID: m.UUID}))(t)
	must(c.kinesis.DeleteStream(ctx, &kinesis.DeleteStreamInput{StreamName: aws.String("s")}))(t)

	onQueue := &lambda.CreateEventSourceMappingInput{FunctionName: aws.String("probe"), EventSourceArn: aws.String(queueARN)}
	url := must(c.sqs.CreateQueue(ctx, &sqs.CreateQueueInput{QueueName: aws.String("q")}))(t).QueueUrl
	must(c.sqs.SendMessage(ctx, &sqs.SendMessageInput{QueueUrl: url, MessageBody: aws.String("x")}))(t)
	must(c.lambda.CreateEventSourceMapping(ctx, onQueue))(t)
	must(c.sqs.DeleteQueue(ctx, &sqs.DeleteQueueInput{QueueUrl: url}))(t)
	must(c.lambda.DeleteFunction(ctx, &lambda.DeleteFunctionInput{FunctionName: aws.String("probe")}))(t)
	_, err := c.lambda.CreateEventSourceMapping(ctx, onQueue)
	var e smithy.APIError
	if !errors.As(err, &e) || e.ErrorFault() == smithy.FaultServer {
		t.Errorf("with the queue and the function gone: %v, want an error of the client", err)
	}
}

func TestMappingLifeInVirtualTime(t *testing.T) {
	clock := &VirtualClock{}
	s := New(Options{Clock: clock, Settle: DefaultSettle, Fault: func(err error) { t.Error(err) }})
	mappingLife(t, inMemoryClients(s), clock)
}

// TestEverySourceCanBeMapped: whatever is created here, the model knows.
func TestEverySourceCanBeMapped(t *testing.T) {
	s := New(Options{Clock: &VirtualClock{}, Account: "123456789012", Region: "eu-central-1", Fault: func(err error) { t.Error(err) }})
	c, ctx := inMemoryClients(s), t.Context()
	must(c.lambda.CreateFunction(ctx, functionInput("probe")))(t)
	must(c.kinesis.CreateStream(ctx, &kinesis.CreateStreamInput{StreamName: aws.String("s")}))(t)
	stream := must(c.kinesis.DescribeStream(ctx, &kinesis.DescribeStreamInput{StreamName: aws.String("s")}))(t).StreamDescription.StreamARN
	consumer := must(c.kinesis.RegisterStreamConsumer(ctx, &kinesis.RegisterStreamConsumerInput{StreamARN: stream, ConsumerName: aws.String("k")}))(t)
	table := must(c.dynamodb.CreateTable(ctx, tableInput(true)))(t)
	for _, arn := range []*string{stream, consumer.Consumer.ConsumerARN, table.TableDescription.LatestStreamArn} {
		in := &lambda.CreateEventSourceMappingInput{FunctionName: aws.String("probe"), EventSourceArn: arn, StartingPosition: types.EventSourcePositionLatest}
		if _, err := c.lambda.CreateEventSourceMapping(ctx, in); err != nil {
			t.Errorf("%s: %v", *arn, err)
		}
	}
	must(c.dynamodb.DeleteTable(ctx, &dynamodb.DeleteTableInput{TableName: aws.String("tab")}))(t)
}

func TestManyClientsAtOnce(t *testing.T) {
	clock := &VirtualClock{}
	s := New(Options{Clock: clock, Fault: func(err error) { t.Error(err) }})
	c, ctx := inMemoryClients(s), t.Context()
	var g sync.WaitGroup
	for i := range 4 {
		g.Go(func() {
			name := aws.String([]string{"fa", "fb", "fc", "fd"}[i])
			for range 10 {
				if _, err := c.lambda.CreateFunction(ctx, functionInput(*name)); err != nil {
					t.Error(err)
				}
				url, err := c.sqs.CreateQueue(ctx, &sqs.CreateQueueInput{QueueName: name})
				if err != nil {
					t.Error(err)
					return
				}
				_ = clock.Sleep(ctx, time.Second)
				if _, err := c.sqs.SendMessage(ctx, &sqs.SendMessageInput{QueueUrl: url.QueueUrl, MessageBody: aws.String("x")}); err != nil {
					t.Error(err)
				}
				if _, err := c.lambda.DeleteFunction(ctx, &lambda.DeleteFunctionInput{FunctionName: name}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	g.Wait()
}
