package reference

import (
	"errors"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"

	"github.com/esmconform/esmconform/targets"
)

const queueARN = "arn:aws:sqs:us-east-1:000000000000:q"

func TestQueueLife(t *testing.T) {
	s, m := newFake(t)
	c, ctx := inMemoryClients(s).sqs, t.Context()

	url := must(c.CreateQueue(ctx, &sqs.CreateQueueInput{QueueName: aws.String("q"), Attributes: map[string]string{"VisibilityTimeout": "60"}}))(t).QueueUrl
	if *url != "http://reference.test/000000000000/q" {
		t.Errorf("created %s", *url)
	}
	// The same once more is no error; another value is.
	must(c.CreateQueue(ctx, &sqs.CreateQueueInput{QueueName: aws.String("q")}))(t)
	_, err := c.CreateQueue(ctx, &sqs.CreateQueueInput{QueueName: aws.String("q"), Attributes: map[string]string{"VisibilityTimeout": "61"}})
	var exists *types.QueueNameExists
	if !errors.As(err, &exists) {
		t.Errorf("other attributes: %v, want QueueNameExists", err)
	}
	m.expect(t, "+source "+queueARN)

	if got := must(c.GetQueueUrl(ctx, &sqs.GetQueueUrlInput{QueueName: aws.String("q")}))(t); *got.QueueUrl != *url {
		t.Errorf("found at %s, want %s", *got.QueueUrl, *url)
	}
	one := must(c.GetQueueAttributes(ctx, &sqs.GetQueueAttributesInput{QueueUrl: url, AttributeNames: []types.QueueAttributeName{"QueueArn"}}))(t).Attributes
	if len(one) != 1 || one["QueueArn"] != queueARN {
		t.Errorf("attributes %v, want the ARN %s alone", one, queueARN)
	}
	all := must(c.GetQueueAttributes(ctx, &sqs.GetQueueAttributesInput{QueueUrl: url, AttributeNames: []types.QueueAttributeName{"All"}}))(t).Attributes
	if all["VisibilityTimeout"] != "60" || all["ApproximateNumberOfMessages"] != "0" || all["CreatedTimestamp"] != "1767225600" {
		t.Errorf("attributes %v", all)
	}
	_, err = c.GetQueueAttributes(ctx, &sqs.GetQueueAttributesInput{QueueUrl: url, AttributeNames: []types.QueueAttributeName{"Colour"}})
	expectCode(t, err, "InvalidAttributeName")

	must(c.DeleteQueue(ctx, &sqs.DeleteQueueInput{QueueUrl: url}))(t)
	m.expect(t, "-source "+queueARN)
	var none *types.QueueDoesNotExist
	if _, err = c.GetQueueUrl(ctx, &sqs.GetQueueUrlInput{QueueName: aws.String("q")}); !errors.As(err, &none) {
		t.Errorf("after deletion: %v, want QueueDoesNotExist", err)
	}
	if _, err = c.SendMessage(ctx, &sqs.SendMessageInput{QueueUrl: url, MessageBody: aws.String("x")}); !errors.As(err, &none) {
		t.Errorf("after deletion: %v, want QueueDoesNotExist", err)
	}
}

// TestSendMessage leans on the client, which checks the MD5 of the body.
func TestSendMessage(t *testing.T) {
	s, m := newFake(t)
	c, ctx := inMemoryClients(s).sqs, t.Context()
	url := must(c.CreateQueue(ctx, &sqs.CreateQueueInput{QueueName: aws.String("q")}))(t).QueueUrl
	m.take()
	for body, outcome := range map[string]string{"fine <é>": "false", targets.FailMarker: "true"} {
		if out := must(c.SendMessage(ctx, &sqs.SendMessageInput{QueueUrl: url, MessageBody: aws.String(body)}))(t); *out.MessageId == "" || out.SequenceNumber != nil {
			t.Errorf("sent as %q with sequence number %v", *out.MessageId, out.SequenceNumber)
		}
		m.expect(t, "processed "+queueARN+" "+outcome)
	}
	// Another account's queue of the same name is another queue.
	_, err := c.SendMessage(ctx, &sqs.SendMessageInput{QueueUrl: aws.String("http://reference.test/111111111111/q"), MessageBody: aws.String("x")})
	expectCode(t, err, "AWS.SimpleQueueService.NonExistentQueue")
	m.expect(t)
}

func TestFIFOQueue(t *testing.T) {
	s, m := newFake(t)
	c, ctx := inMemoryClients(s).sqs, t.Context()
	fifo := map[string]string{"FifoQueue": "true"}
	for name, in := range map[string]*sqs.CreateQueueInput{
		"name without attribute": {QueueName: aws.String("q.fifo")},
		"attribute without name": {QueueName: aws.String("q"), Attributes: fifo},
		"bad name":               {QueueName: aws.String("q q")},
	} {
		if _, err := c.CreateQueue(ctx, in); err == nil {
			t.Errorf("%s: created", name)
		} else {
			expectCode(t, err, "InvalidParameterValue")
		}
	}
	url := must(c.CreateQueue(ctx, &sqs.CreateQueueInput{QueueName: aws.String("q.fifo"), Attributes: fifo}))(t).QueueUrl
	m.expect(t, "+source "+queueARN+".fifo")
	_, err := c.SendMessage(ctx, &sqs.SendMessageInput{QueueUrl: url, MessageBody: aws.String("x")})
	expectCode(t, err, "MissingParameter")
	_, err = c.SendMessage(ctx, &sqs.SendMessageInput{QueueUrl: url, MessageBody: aws.String("x"), MessageGroupId: aws.String("g")})
	expectCode(t, err, "InvalidParameterValue")
	out := must(c.SendMessage(ctx, &sqs.SendMessageInput{QueueUrl: url, MessageBody: aws.String("x"), MessageGroupId: aws.String("g"),
		MessageDeduplicationId: aws.String("d")}))(t)
	if out.SequenceNumber == nil {
		t.Error("a FIFO message without a sequence number")
	}
	m.expect(t, "processed "+queueARN+".fifo false")
}

func TestQueueErrors(t *testing.T) {
	s, m := newFake(t)
	must(inMemoryClients(s).sqs.CreateQueue(t.Context(), &sqs.CreateQueueInput{QueueName: aws.String("q")}))(t)
	m.take()
	for _, test := range []struct{ op, body, code string }{
		{"CreateQueue", `{"QueueName":"r","Attributes":{"Colour":"red"}}`, "InvalidAttributeName"},
		{"CreateQueue", `{"QueueName":"r","Attributes":{"FifoQueue":"false"}}`, "InvalidAttributeValue"},
		{"SendMessage", `{"MessageBody":"x"}`, "MissingParameter"},
		{"SendMessage", `{"QueueUrl":"/000000000000/q"}`, "MissingParameter"},
		{"SendMessage", `{"QueueUrl":"/000000000000/q","MessageBody":"` + strings.Repeat("x", maxMessage+1) + `"}`, "InvalidParameterValue"},
		{"SendMessage", `{"QueueUrl":"q","MessageBody":"x"}`, "QueueDoesNotExist"},
		{"GetQueueUrl", `{"QueueName":"q","QueueOwnerAWSAccountId":"111111111111"}`, "QueueDoesNotExist"},
	} {
		expectRPCError(t, send(t, s, "POST", "/", test.body, "X-Amz-Target: AmazonSQS."+test.op), test.op+" "+test.body[:min(len(test.body), 60)], test.code)
	}
	m.expect(t)
}
