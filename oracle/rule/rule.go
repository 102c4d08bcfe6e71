// Package rule is the catalogue: every documented statement about event source
// mappings that an implementation can be held against, as data.
//
// A rule is a package-level variable, so code that names a rule which does not
// exist does not compile. The id is permanent: it is what users write in
// selectors and baselines, and it is never reused.
package rule

import (
	"fmt"
	"slices"
	"strings"
)

// Profile is the documentation of a date.
type Profile uint8

// The profiles, oldest first.
const (
	P2020 Profile = iota // the API reference released on 2020-08-11
	Today                // the API model and developer guide of today
)

// Profiles lists every profile in the order of their dates.
var Profiles = []Profile{P2020, Today}

// String is the name that users write: "2020-08-11" or "today".
func (p Profile) String() string {
	if p == P2020 {
		return "2020-08-11"
	}
	return "today"
}

// ParseProfile returns the profile of that name; ok is false for an unknown one.
func ParseProfile(name string) (p Profile, ok bool) {
	for _, p := range Profiles {
		if p.String() == name {
			return p, true
		}
	}
	return 0, false
}

// Level says how firmly a rule is documented.
type Level uint8

// The levels, firmest first.
const (
	Must     Level = iota // documented in words
	Implied               // documented by an example, or follows from what is
	Should                // documented as a recommendation or a tendency
	Recorded              // AWS was seen to do it; nobody wrote it down
)

// Levels lists every level, firmest first.
var Levels = []Level{Must, Implied, Should, Recorded}

var levelNames = [...]string{"must", "implied", "should", "recorded"}

// String is the level's name in lower case.
func (l Level) String() string { return levelNames[l] }

// ParseLevel returns the level of that name; ok is false for an unknown one.
func ParseLevel(name string) (l Level, ok bool) {
	i := slices.Index(levelNames[:], name)
	return Level(max(i, 0)), i >= 0
}

// Plane says which half of the service a rule is about.
type Plane uint8

// The planes.
const (
	Control Plane = iota // the five API operations
	Data                 // what happens to records
)

// String is "control" or "data".
func (p Plane) String() string { return [...]string{"control", "data"}[p] }

// Source is a family of event sources, as the documentation groups them.
type Source uint8

// The source families.
const (
	Kinesis Source = iota
	DynamoDB
	SQS
	MSK
	SelfManagedKafka
	MQ
	DocumentDB
	numSources
)

var sourceNames = [...]string{"kinesis", "dynamodb", "sqs", "msk", "self-managed-kafka", "mq", "documentdb"}

// String is the family's name in lower case.
func (s Source) String() string { return sourceNames[s] }

// Sources is a set of source families.
type Sources uint8

// AllSources holds every family.
const AllSources Sources = 1<<numSources - 1

// From makes a set.
func From(list ...Source) (s Sources) {
	for _, x := range list {
		s |= 1 << x
	}
	return s
}

// Has reports whether the family is in the set.
func (s Sources) Has(x Source) bool { return s&(1<<x) != 0 }

// String lists the names, or "all".
func (s Sources) String() string {
	if s == AllSources {
		return "all"
	}
	var names []string
	for x := range numSources {
		if s.Has(x) {
			names = append(names, x.String())
		}
	}
	return strings.Join(names, ", ")
}

// Capability is something that a target can do or let us see. Source kinds and
// destination kinds are capabilities under their own names.
type Capability string

// The capabilities that rules ask for.
const (
	CanKinesis          Capability = "kinesis"
	CanKinesisConsumer  Capability = "kinesis-consumer"
	CanDynamoDB         Capability = "dynamodb"
	CanSQS              Capability = "sqs"
	CanSQSFIFO          Capability = "sqs-fifo"
	CanMSK              Capability = "msk"
	CanSelfManagedKafka Capability = "self-managed-kafka"
	CanMQ               Capability = "mq"
	CanDocumentDB       Capability = "documentdb"
	CanVersion          Capability = "version"
	CanAlias            Capability = "alias"
	CanKMS              Capability = "kms"
	CanDeliver          Capability = "deliver"
	CanDestinationSQS   Capability = "destination-sqs"
	CanDestinationSNS   Capability = "destination-sns"
	CanDestinationS3    Capability = "destination-s3"
	CanDestinationKafka Capability = "destination-kafka"
	CanReshard          Capability = "resharding"
	CanRetention        Capability = "retention"
	CanThrottle         Capability = "throttle"
)

// Clause is what one profile says about a rule.
type Clause struct {
	Holds bool
	// Value is what the rule fixes in this profile: int, bool, string, []string,
	// or a map of those; nil where the rule has no value.
	Value any
	// Cites says where to read it.
	Cites []Cite
	// Unobservable says why a breach cannot be seen from outside in this profile;
	// empty where it can.
	Unobservable string
}

// Rule is one documented statement.
type Rule struct {
	ID      string
	Area    string
	Plane   Plane
	Level   Level
	Sources Sources
	Says    string // one sentence, no full stop
	Silent  string // what the documentation leaves open; every answer to that is allowed
	Needs   []Capability
	In2020  Clause
	Now     Clause

	index int
}

// In returns what the profile says.
func (r *Rule) In(p Profile) *Clause {
	if p == P2020 {
		return &r.In2020
	}
	return &r.Now
}

// Holds reports whether the rule holds in the profile.
func (r *Rule) Holds(p Profile) bool { return r.In(p).Holds }

// Observable reports whether the rule holds in the profile and a breach of it
// can be seen from outside.
func (r *Rule) Observable(p Profile) bool {
	c := r.In(p)
	return c.Holds && c.Unobservable == ""
}

// Int returns the rule's number in the profile. It panics when the rule has
// none, which is a mistake in this program.
func (r *Rule) Int(p Profile) int64 { return int64(r.In(p).Value.(int)) }

// Range returns the members "min" and "max" of a rule whose value is a map.
func (r *Rule) Range(p Profile) (lo, hi int64) {
	m := r.In(p).Value.(map[string]any)
	return int64(m["min"].(int)), int64(m["max"].(int))
}

// Strings returns the rule's list of strings in the profile.
func (r *Rule) Strings(p Profile) []string { return r.In(p).Value.([]string) }

// Index is the rule's position in All: a dense number for tables and bit sets.
func (r *Rule) Index() int { return r.index }

// String is the rule's id.
func (r *Rule) String() string { return r.ID }

var (
	all  []*Rule
	byID = map[string]*Rule{}
)

func add(r Rule) *Rule {
	if byID[r.ID] != nil {
		panic(fmt.Sprintf("rule: id %q is used twice", r.ID))
	}
	r.index = len(all)
	p := &r
	all = append(all, p)
	byID[r.ID] = p
	return p
}

// All returns every rule of the catalogue, in a fixed order. The slice is the
// caller's.
func All() []*Rule { return slices.Clone(all) }

// Count is the number of rules.
func Count() int { return len(all) }

// Find returns the rule with that id, or nil.
func Find(id string) *Rule { return byID[id] }
