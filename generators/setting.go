package generators

import (
	"maps"
	"slices"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
)

// fields are members of a request under their API names; nil is JSON null.
type fields map[string]any

// gone takes a member away from the least that maps a source.
type gone struct{}

// setting is something that a request may ask for besides the least: a value at
// the end of a range, a form of a name, a list that is too long.
type setting struct {
	fields fields
	// about are the rules that a request is about that asks for this and nothing
	// else; none where every judgement is the judge's own affair.
	about []*rule.Rule
	take  bool // it must be taken, alone with the least; or else refused, or it is left open
	plain bool // valid, and no matter what stands beside it
}

// row is a setting with whom it is for.
type row struct {
	kinds []control.SourceKind // none: all
	from  rule.Profile
	setting
}

// The groups of source kinds.
var (
	kinesisOnly = []control.SourceKind{control.KinesisStream}
	dynamoOnly  = []control.SourceKind{control.DynamoDBStream}
	streamsOnly = []control.SourceKind{control.KinesisStream, control.DynamoDBStream}
	consumers   = []control.SourceKind{control.KinesisConsumer}
	queueOnly   = []control.SourceKind{control.SQSQueue}
	fifoOnly    = []control.SourceKind{control.SQSFIFOQueue}
	queues      = []control.SourceKind{control.SQSQueue, control.SQSFIFOQueue}
	mskOnly     = []control.SourceKind{control.MSKCluster}
	ownKafka    = []control.SourceKind{control.SelfManagedKafka}
	kafkas      = []control.SourceKind{control.MSKCluster, control.SelfManagedKafka}
	brokers     = []control.SourceKind{control.MQBroker}
	documentDBs = []control.SourceKind{control.DocumentDBCluster}
	commonKinds = []control.SourceKind{control.KinesisStream, control.DynamoDBStream, control.SQSQueue}
	positioned  = []control.SourceKind{control.KinesisStream, control.DynamoDBStream, control.MSKCluster}
	polled      = []control.SourceKind{control.SQSQueue, control.MSKCluster, control.SelfManagedKafka}
	secretKinds = []control.SourceKind{control.MSKCluster, control.SelfManagedKafka, control.MQBroker, control.DocumentDBCluster}
)

// settingsFor lists the settings that requests for a source kind may ask for.
func settingsFor(p rule.Profile, k control.SourceKind) (list []setting) {
	add := func(rows []row) {
		for _, r := range rows {
			if r.from <= p && (len(r.kinds) == 0 || slices.Contains(r.kinds, k)) {
				list = append(list, r.setting)
			}
		}
	}
	list = append(list, boundaries(p, k)...)
	for _, table := range [][]row{nameRows, streamRows, addedRows, kafkaRows, oddRows} {
		add(table)
	}
	// What belongs to other kinds may be offered to this one too.
	for _, name := range slices.Sorted(maps.Keys(foreign)) {
		if m, _ := control.FindMember(name); !control.Takes(p, k, m) {
			list = append(list, offers(fields{name: foreign[name]}))
		}
	}
	return list
}

// boundaries are the ends of the ranges that the catalogue knows.
func boundaries(p rule.Profile, k control.SourceKind) (list []setting) {
	for _, b := range control.Boundaries(p, k) {
		f := fields{b.Member.String(): b.Value}
		if k == control.SQSQueue && p == rule.Today && b.Member == control.BatchSize && b.Value > 10 {
			f["MaximumBatchingWindowInSeconds"] = 1 // which so large a batch needs
		}
		list = append(list, setting{fields: f, about: []*rule.Rule{b.Rule}, take: b.Accept, plain: b.Accept})
	}
	return list
}
