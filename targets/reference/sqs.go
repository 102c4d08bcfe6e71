package reference

import (
	"crypto/md5"
	"encoding/hex"
	"maps"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var sqsService = service{
	contentType: "application/x-amz-json-1.0",
	namespace:   "com.amazonaws.sqs#",
	queryCodes: map[string]string{
		"QueueDoesNotExist": "AWS.SimpleQueueService.NonExistentQueue",
		"QueueNameExists":   "QueueAlreadyExists",
	},
	operations: map[string]operation{
		"CreateQueue":        typed((*Server).createQueue),
		"GetQueueUrl":        typed((*Server).getQueueURL),
		"GetQueueAttributes": typed((*Server).getQueueAttributes),
		"DeleteQueue":        typed((*Server).deleteQueue),
		"SendMessage":        typed((*Server).sendMessage),
	},
}

// queue is an SQS queue.
type queue struct {
	name, arn  string
	fifo       bool
	attributes map[string]string // all of them
	created    time.Time
}

// queueName is the pattern of QueueName; a FIFO queue's ends in fifoSuffix,
// which counts as part of the 80 characters.
var queueName = regexp.MustCompile(`^[a-zA-Z0-9_-]+(\.fifo)?$`)

const fifoSuffix = ".fifo"

// maxMessage is the longest message body, in bytes.
const maxMessage = 256 << 10

// settableAttributes are what CreateQueue takes, with what they are otherwise;
// empty: not there unless given.
var settableAttributes = map[string]string{
	"DelaySeconds":                  "0",
	"MaximumMessageSize":            strconv.Itoa(maxMessage),
	"MessageRetentionPeriod":        "345600",
	"ReceiveMessageWaitTimeSeconds": "0",
	"VisibilityTimeout":             "30",
	"SqsManagedSseEnabled":          "true",
	"Policy":                        "",
	"RedrivePolicy":                 "",
	"RedriveAllowPolicy":            "",
	"KmsMasterKeyId":                "",
	"KmsDataKeyReusePeriodSeconds":  "",
	"FifoQueue":                     "",
	"ContentBasedDeduplication":     "",
	"DeduplicationScope":            "",
	"FifoThroughputLimit":           "",
}

// readOnlyAttributes are what a queue has besides.
var readOnlyAttributes = map[string]bool{
	"QueueArn": true, "CreatedTimestamp": true, "LastModifiedTimestamp": true, "ApproximateNumberOfMessages": true,
	"ApproximateNumberOfMessagesNotVisible": true, "ApproximateNumberOfMessagesDelayed": true,
}

type createQueueInput struct {
	QueueName  string
	Attributes map[string]string
}

func (in *createQueueInput) check() *fault {
	if !queueName.MatchString(in.QueueName) || len(in.QueueName) > 80 {
		return badRequest("InvalidParameterValue", "QueueName must be 1 to 80 of alphanumeric, hyphen and underscore, and for a FIFO "+
			"queue end in .fifo; it is %q", in.QueueName)
	}
	for name := range in.Attributes {
		if _, ok := settableAttributes[name]; !ok {
			return badRequest("InvalidAttributeName", "Unknown Attribute %s.", name)
		}
	}
	fifo := in.Attributes["FifoQueue"]
	if _, given := in.Attributes["FifoQueue"]; given && fifo != "true" {
		return badRequest("InvalidAttributeValue", "FifoQueue must be true or left out, not %q", fifo)
	}
	if (fifo == "true") != strings.HasSuffix(in.QueueName, fifoSuffix) {
		return badRequest("InvalidParameterValue", "a FIFO queue needs both the attribute FifoQueue and a name that ends in .fifo; "+
			"FifoQueue is %q and QueueName %q", fifo, in.QueueName)
	}
	return nil
}

type queueURL struct{ QueueUrl string }

func (s *Server) queueURL(c *call, q *queue) queueURL {
	return queueURL{c.base() + "/" + s.opt.Account + "/" + q.name}
}

func (s *Server) createQueue(c *call, in *createQueueInput) (any, *fault) {
	if f := in.check(); f != nil {
		return nil, f
	}
	if q := s.queues[in.QueueName]; q != nil {
		// Creating what is there already is no error, if it is the same.
		for name, value := range in.Attributes {
			if q.attributes[name] != value {
				return nil, badRequest("QueueNameExists", "A queue already exists with the same name and a different value for attribute %s", name)
			}
		}
		return s.queueURL(c, q), nil
	}
	q := &queue{name: in.QueueName, arn: s.arn("sqs", in.QueueName), fifo: strings.HasSuffix(in.QueueName, fifoSuffix),
		attributes: map[string]string{}, created: c.now}
	for name, value := range settableAttributes {
		if value != "" {
			q.attributes[name] = value
		}
	}
	if q.fifo {
		q.attributes["ContentBasedDeduplication"] = "false"
	}
	maps.Copy(q.attributes, in.Attributes)
	for name := range readOnlyAttributes {
		q.attributes[name] = "0" // nothing is ever waiting
	}
	q.attributes["QueueArn"] = q.arn
	at := strconv.FormatInt(q.created.Unix(), 10)
	q.attributes["CreatedTimestamp"], q.attributes["LastModifiedTimestamp"] = at, at
	s.queues[q.name] = q
	s.opt.Mappings.AddSource(q.arn)
	return s.queueURL(c, q), nil
}

// findQueue returns the queue that a URL names: whatever host the client knows
// it by, the account and the name are the last of the path.
func (s *Server) findQueue(url string) (*queue, *fault) {
	if url == "" {
		return nil, badRequest("MissingParameter", "The request must contain the parameter QueueUrl.")
	}
	rest, name := cutLast(url)
	_, account := cutLast(rest)
	if q := s.queues[name]; q != nil && account == s.opt.Account {
		return q, nil
	}
	return nil, noQueue()
}

func cutLast(path string) (before, after string) {
	i := strings.LastIndexByte(path, '/')
	return path[:max(i, 0)], path[i+1:]
}

func noQueue() *fault {
	return badRequest("QueueDoesNotExist", "The specified queue does not exist.")
}

func (s *Server) getQueueURL(c *call, in *struct{ QueueName, QueueOwnerAWSAccountId string }) (any, *fault) {
	q := s.queues[in.QueueName]
	if q == nil || in.QueueOwnerAWSAccountId != "" && in.QueueOwnerAWSAccountId != s.opt.Account {
		return nil, noQueue()
	}
	return s.queueURL(c, q), nil
}

func (s *Server) getQueueAttributes(_ *call, in *struct {
	QueueUrl       string
	AttributeNames []string
}) (any, *fault) {
	q, f := s.findQueue(in.QueueUrl)
	if f != nil {
		return nil, f
	}
	out := map[string]string{}
	for _, name := range in.AttributeNames {
		if name == "All" {
			out = q.attributes
			break
		}
		if _, settable := settableAttributes[name]; !settable && !readOnlyAttributes[name] {
			return nil, badRequest("InvalidAttributeName", "Unknown Attribute %s.", name)
		}
		if value, ok := q.attributes[name]; ok {
			out[name] = value
		}
	}
	return struct {
		Attributes map[string]string `json:",omitempty"`
	}{out}, nil
}

func (s *Server) deleteQueue(_ *call, in *queueURL) (any, *fault) {
	q, f := s.findQueue(in.QueueUrl)
	if f != nil {
		return nil, f
	}
	delete(s.queues, q.name)
	s.opt.Mappings.RemoveSource(q.arn)
	return empty{}, nil
}

type sendMessageInput struct {
	QueueUrl, MessageBody, MessageGroupId, MessageDeduplicationId string
}

type sentMessage struct {
	MessageId, MD5OfMessageBody string
	SequenceNumber              string `json:",omitempty"`
}

// sendMessage takes every message for a new one: deduplication ids are asked
// for and not kept.
func (s *Server) sendMessage(_ *call, in *sendMessageInput) (any, *fault) {
	q, f := s.findQueue(in.QueueUrl)
	if f != nil {
		return nil, f
	}
	switch {
	case in.MessageBody == "":
		return nil, badRequest("MissingParameter", "The request must contain the parameter MessageBody.")
	case len(in.MessageBody) > maxMessage:
		return nil, badRequest("InvalidParameterValue", "One or more parameters are invalid. Reason: Message must be shorter than %d bytes.", maxMessage)
	case q.fifo && in.MessageGroupId == "":
		return nil, badRequest("MissingParameter", "The request must contain the parameter MessageGroupId.")
	case q.fifo && in.MessageDeduplicationId == "" && q.attributes["ContentBasedDeduplication"] != "true":
		return nil, badRequest("InvalidParameterValue", "The queue should either have ContentBasedDeduplication enabled or "+
			"MessageDeduplicationId provided explicitly")
	}
	sum := md5.Sum([]byte(in.MessageBody))
	out := sentMessage{MessageId: newUUID(), MD5OfMessageBody: hex.EncodeToString(sum[:])}
	if q.fifo {
		out.SequenceNumber = sequenceNumber(s.nextSequence())
	}
	s.opt.Mappings.Processed(q.arn, fails(in.MessageBody))
	return out, nil
}
