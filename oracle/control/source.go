package control

import (
	"strings"

	"github.com/esmconform/esmconform/oracle/rule"
)

// SourceKind is a kind of event source, as finely as the rules tell them apart.
type SourceKind uint8

// The kinds. NoSource stands for an ARN that names none of them.
const (
	NoSource SourceKind = iota
	KinesisStream
	KinesisConsumer
	DynamoDBStream
	SQSQueue
	SQSFIFOQueue
	MSKCluster
	SelfManagedKafka
	MQBroker
	DocumentDBCluster
	numKinds
)

type kindInfo struct {
	name   string
	family rule.Source
	since  rule.Profile
	needs  rule.Capability
}

var kinds = [numKinds]kindInfo{
	NoSource:          {name: "none"},
	KinesisStream:     {"kinesis", rule.Kinesis, rule.P2020, rule.CanKinesis},
	KinesisConsumer:   {"kinesis-consumer", rule.Kinesis, rule.P2020, rule.CanKinesisConsumer},
	DynamoDBStream:    {"dynamodb", rule.DynamoDB, rule.P2020, rule.CanDynamoDB},
	SQSQueue:          {"sqs", rule.SQS, rule.P2020, rule.CanSQS},
	SQSFIFOQueue:      {"sqs-fifo", rule.SQS, rule.P2020, rule.CanSQSFIFO},
	MSKCluster:        {"msk", rule.MSK, rule.P2020, rule.CanMSK},
	SelfManagedKafka:  {"self-managed-kafka", rule.SelfManagedKafka, rule.Today, rule.CanSelfManagedKafka},
	MQBroker:          {"mq", rule.MQ, rule.Today, rule.CanMQ},
	DocumentDBCluster: {"documentdb", rule.DocumentDB, rule.Today, rule.CanDocumentDB},
}

// Kinds lists the source kinds that the profile knows.
func Kinds(p rule.Profile) (list []SourceKind) {
	for k := KinesisStream; k < numKinds; k++ {
		if kinds[k].since <= p {
			list = append(list, k)
		}
	}
	return list
}

// KindOf is the kind of source that an ARN names, as today knows them.
func KindOf(arn string) SourceKind {
	k, _ := sourceKind(rule.Today, arn)
	return k
}

// KindNamed is the kind of that name, NoSource when there is none.
func KindNamed(name string) SourceKind {
	for k := KinesisStream; k < numKinds; k++ {
		if kinds[k].name == name {
			return k
		}
	}
	return NoSource
}

// String is the kind's name, which is also the name of the capability.
func (k SourceKind) String() string { return kinds[k].name }

// Family is the group of sources that the rules speak of.
func (k SourceKind) Family() rule.Source { return kinds[k].family }

// Capability is what a target must have for the kind to be mapped.
func (k SourceKind) Capability() rule.Capability { return kinds[k].needs }

// In reports whether the kind belongs to the set.
func (k SourceKind) In(s rule.Sources) bool { return k != NoSource && s.Has(k.Family()) }

func (k SourceKind) stream() bool {
	return k == KinesisStream || k == KinesisConsumer || k == DynamoDBStream
}
func (k SourceKind) sqs() bool   { return k == SQSQueue || k == SQSFIFOQueue }
func (k SourceKind) kafka() bool { return k == MSKCluster || k == SelfManagedKafka }

// arn is an ARN taken apart.
type arn struct {
	partition, service, region, account, resource string
}

func splitARN(s string) (a arn, ok bool) {
	rest, ok := strings.CutPrefix(s, "arn:")
	if !ok {
		return a, false
	}
	// Where a part is missing, nothing is left for the last cut.
	a.partition, rest, _ = cutColon(rest)
	a.service, rest, _ = cutColon(rest)
	a.region, rest, _ = cutColon(rest)
	a.account, a.resource, ok = cutColon(rest)
	return a, ok
}

// cutColon is strings.Cut around the first colon, in half the time. It is worth
// having because every exchange is full of ARNs.
func cutColon(s string) (before, after string, found bool) {
	if i := strings.IndexByte(s, ':'); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}

// validEventSourceARN matches the Arn pattern of the service model, whole:
// arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:([a-z]{2}(-gov)?-[a-z]+-\d{1})?:(\d{12})?:(.*)
func validEventSourceARN(s string) bool {
	a, ok := splitARN(s)
	return ok && a.validSource()
}

// validSource is validEventSourceARN of an ARN taken apart.
func (a *arn) validSource() bool {
	return validARNParts(a, false) && strings.IndexByte(a.resource, '\n') < 0
}

func validARNParts(a *arn, iso bool) bool {
	p, ok := strings.CutPrefix(a.partition, "aws")
	return ok && all(p, isNameByte) && a.service != "" && all(a.service, isNameByte) &&
		(a.region == "" || validRegion(a.region, iso)) && (a.account == "" || validAccount(a.account))
}

// isNameByte is [a-zA-Z0-9-].
func isNameByte(c byte) bool { return isAlnum(c) || c == '-' }

func isAlnum(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}
func isLower(c byte) bool { return c >= 'a' && c <= 'z' }
func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func all(s string, class func(byte) bool) bool {
	for i := range len(s) {
		if !class(s[i]) {
			return false
		}
	}
	return true
}

func validAccount(s string) bool { return len(s) == 12 && all(s, isDigit) }

// validRegion matches [a-z]{2}(-gov)?-[a-z]+-\d, and with iso also -iso and
// -isob in the place of -gov.
func validRegion(s string, iso bool) bool {
	if len(s) < 6 || !isLower(s[0]) || !isLower(s[1]) || s[2] != '-' {
		return false
	}
	body := s[3:]
	if plainRegion(body) {
		return true
	}
	group, rest, ok := strings.Cut(body, "-")
	if !ok || !plainRegion(rest) {
		return false
	}
	isoGroup := strings.HasPrefix(group, "iso") && (len(group) == 3 || len(group) == 4 && isLower(group[3]))
	return group == "gov" || iso && isoGroup
}

// plainRegion matches [a-z]+-\d.
func plainRegion(s string) bool {
	n := len(s)
	return n >= 3 && s[n-2] == '-' && isDigit(s[n-1]) && all(s[:n-2], isLower)
}

// sourceKind reads the kind off an ARN. malformed says that the service is a
// known one but the resource is not of a form that it can read from.
func sourceKind(p rule.Profile, s string) (k SourceKind, malformed bool) {
	a, ok := splitARN(s)
	if !ok {
		return NoSource, false
	}
	return a.kind(p)
}

// kind is sourceKind of an ARN taken apart.
func (a *arn) kind(p rule.Profile) (k SourceKind, malformed bool) {
	switch a.service {
	case "kinesis":
		name, ok := strings.CutPrefix(a.resource, "stream/")
		if !ok || name == "" {
			return KinesisStream, true
		}
		if strings.Contains(name, "/consumer/") {
			return KinesisConsumer, false
		}
		return KinesisStream, strings.Contains(name, "/")
	case "dynamodb":
		table, label, ok := strings.Cut(strings.TrimPrefix(a.resource, "table/"), "/stream/")
		return DynamoDBStream, !ok || table == "" || label == "" || !strings.HasPrefix(a.resource, "table/")
	case "sqs":
		if strings.HasSuffix(a.resource, ".fifo") {
			return SQSFIFOQueue, false
		}
		return SQSQueue, a.resource == "" || strings.ContainsAny(a.resource, ":/")
	case "kafka":
		return MSKCluster, !strings.HasPrefix(a.resource, "cluster/") &&
			!(p == rule.Today && strings.HasPrefix(a.resource, "vpc-connection/"))
	case "mq":
		if p == rule.Today {
			return MQBroker, !strings.HasPrefix(a.resource, "broker:")
		}
	case "rds":
		if p == rule.Today {
			return DocumentDBCluster, !strings.HasPrefix(a.resource, "cluster:")
		}
	}
	return NoSource, false
}
