package endpoint

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/targets"
)

// makeQueue makes a standard or a FIFO queue. It is named in the ledger, but
// deleted by its URL, which only the answer tells: when that was lost, by the
// URL that the name leads to.
func (t *Target) makeQueue(ctx context.Context, kind control.SourceKind) (string, error) {
	name, c := t.name(), kind.Capability()
	attributes := map[string]string{}
	if kind == control.SQSFIFOQueue {
		name += ".fifo"
		attributes["FifoQueue"] = "true"
	}
	var url string
	remembered := entry{kind: "SQS queue", name: name, remove: t.removal(func(ctx context.Context) error {
		at := url
		if at == "" {
			found, err := t.sqs.GetQueueUrl(ctx, &sqs.GetQueueUrlInput{QueueName: &name})
			if err != nil {
				return err
			}
			at = aws.ToString(found.QueueUrl)
		}
		_, err := t.sqs.DeleteQueue(ctx, &sqs.DeleteQueueInput{QueueUrl: &at})
		return err
	})}
	err := t.make(ctx, c, "CreateQueue", remembered, func() error {
		out, err := t.sqs.CreateQueue(ctx, &sqs.CreateQueueInput{QueueName: &name, Attributes: attributes})
		if err == nil {
			url = aws.ToString(out.QueueUrl)
		}
		return err
	})
	if err != nil {
		return "", err
	}
	if url == "" {
		return "", lacking(c, "CreateQueue", "QueueUrl")
	}
	out, err := t.sqs.GetQueueAttributes(ctx, &sqs.GetQueueAttributesInput{
		QueueUrl: &url, AttributeNames: []types.QueueAttributeName{types.QueueAttributeNameQueueArn}})
	if err != nil {
		return "", t.trouble(ctx, c, "GetQueueAttributes", err)
	}
	arn := out.Attributes[string(types.QueueAttributeNameQueueArn)]
	if arn == "" {
		return "", lacking(c, "GetQueueAttributes", "QueueArn")
	}
	t.keepQueueURL(arn, url)
	return arn, nil
}

func (t *Target) keepQueueURL(arn, url string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.queueURLs[arn] = url
}

// queueURL is the URL of a queue, asked for once when it was brought along.
func (t *Target) queueURL(ctx context.Context, arn string) (string, error) {
	t.mu.Lock()
	url := t.queueURLs[arn]
	t.mu.Unlock()
	if url != "" {
		return url, nil
	}
	out, err := t.sqs.GetQueueUrl(ctx, &sqs.GetQueueUrlInput{QueueName: aws.String(arn[strings.LastIndexByte(arn, ':')+1:])})
	if err != nil {
		return "", err
	}
	url = aws.ToString(out.QueueUrl)
	t.keepQueueURL(arn, url)
	return url, nil
}

func (t *Target) sendMessage(ctx context.Context, s targets.Source, payload string) error {
	c := s.Kind.Capability()
	url, err := t.queueURL(ctx, s.ARN)
	if err != nil {
		return t.trouble(ctx, c, "GetQueueUrl", err)
	}
	in := sqs.SendMessageInput{QueueUrl: &url, MessageBody: &payload}
	if s.Kind == control.SQSFIFOQueue {
		in.MessageGroupId, in.MessageDeduplicationId = aws.String("esmconform"), aws.String(t.name())
	}
	_, err = t.sqs.SendMessage(ctx, &in)
	return t.trouble(ctx, c, "SendMessage", err)
}
