package control

import (
	"math/bits"

	"github.com/esmconform/esmconform/oracle/rule"
)

// Member is a member of a request or of an event source mapping configuration,
// under its API name.
type Member uint8

// The members, requests first.
const (
	EventSourceArn Member = iota
	FunctionName
	Enabled
	BatchSize
	MaximumBatchingWindowInSeconds
	ParallelizationFactor
	StartingPosition
	StartingPositionTimestamp
	DestinationConfig
	MaximumRecordAgeInSeconds
	BisectBatchOnFunctionError
	MaximumRetryAttempts
	Topics
	Queues
	FilterCriteria
	FunctionResponseTypes
	TumblingWindowInSeconds
	SourceAccessConfigurations
	SelfManagedEventSource
	AmazonManagedKafkaEventSourceConfig
	SelfManagedKafkaEventSourceConfig
	DocumentDBEventSourceConfig
	ScalingConfig
	ProvisionedPollerConfig
	KMSKeyArn
	MetricsConfig
	LoggingConfig
	Tags
	UUID
	FunctionArn
	LastModified
	LastProcessingResult
	State
	StateTransitionReason
	EventSourceMappingArn
	FilterCriteriaError
	numMembers
)

var memberNames = [numMembers]string{
	"EventSourceArn", "FunctionName", "Enabled", "BatchSize", "MaximumBatchingWindowInSeconds",
	"ParallelizationFactor", "StartingPosition", "StartingPositionTimestamp", "DestinationConfig",
	"MaximumRecordAgeInSeconds", "BisectBatchOnFunctionError", "MaximumRetryAttempts", "Topics", "Queues",
	"FilterCriteria", "FunctionResponseTypes", "TumblingWindowInSeconds", "SourceAccessConfigurations",
	"SelfManagedEventSource", "AmazonManagedKafkaEventSourceConfig", "SelfManagedKafkaEventSourceConfig",
	"DocumentDBEventSourceConfig", "ScalingConfig", "ProvisionedPollerConfig", "KMSKeyArn", "MetricsConfig",
	"LoggingConfig", "Tags", "UUID", "FunctionArn", "LastModified", "LastProcessingResult", "State",
	"StateTransitionReason", "EventSourceMappingArn", "FilterCriteriaError",
}

var memberByName = func() map[string]Member {
	m := make(map[string]Member, numMembers)
	for i, name := range memberNames {
		m[name] = Member(i)
	}
	return m
}()

// String is the member's API name.
func (m Member) String() string { return memberNames[m] }

// FindMember returns the member of that name; ok is false for an unknown one.
func FindMember(name string) (m Member, ok bool) {
	m, ok = memberByName[name]
	return m, ok
}

// Members is a set of members.
type Members uint64

const allMembers Members = 1<<numMembers - 1

// MembersOf makes a set.
func MembersOf(list ...Member) (s Members) {
	for _, m := range list {
		s |= 1 << m
	}
	return s
}

// Has reports whether the member is in the set.
func (s Members) Has(m Member) bool { return s&(1<<m) != 0 }

// each yields the members of the set in their order.
func (s Members) each(yield func(Member) bool) {
	for s &= allMembers; s != 0; s &= s - 1 {
		if !yield(Member(bits.TrailingZeros64(uint64(s)))) {
			return
		}
	}
}

func membersNamed(names []string) (s Members) {
	for _, name := range names {
		m, ok := memberByName[name]
		if !ok {
			panic("control: the catalogue names an unknown member " + name)
		}
		s |= 1 << m
	}
	return s
}

// The members that each profile documents.
var createMembers, updateMembers, answerMembers [2]Members

func init() {
	for _, p := range rule.Profiles {
		createMembers[p] = membersNamed(rule.CreateMembers2020.Strings(p))
		updateMembers[p] = membersNamed(rule.UpdateMembers.Strings(p))
		answerMembers[p] = membersNamed(rule.RespMembers2020.Strings(p))
	}
}

// CreateMembers is the set that CreateEventSourceMapping documents.
func CreateMembers(p rule.Profile) Members { return createMembers[p] }

// UpdateMembers is the set that UpdateEventSourceMapping documents, UUID
// (which travels in the path) included.
func UpdateMembers(p rule.Profile) Members { return updateMembers[p] }

// AnswerMembers is the set that a mapping configuration documents.
func AnswerMembers(p rule.Profile) Members { return answerMembers[p] }
