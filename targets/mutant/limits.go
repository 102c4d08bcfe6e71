package mutant

import (
	"fmt"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
)

// Limits of numbers and of lengths. Each row is one end of a range; what can be
// wrong with an end is the same for all of them and is derived below.

// bound is one end of a range that a rule sets.
type bound struct {
	rule *rule.Rule
	name string // what its mutants are called after; "" is the rule
	what string // what it bounds, with an article
	unit string // what its size is counted in; "" is a number, which is its own size
	at   place
	last int64 // the last that is allowed
	step int64 // from there to the first that is not
	// kinds are the sources that it bounds, none for all of them. Where there are
	// several, a program may forget it for one.
	kinds []control.SourceKind
	also  []*rule.Rule // what a value beyond breaks as well
	// edge says that the suite tries the last that is allowed, cut that what is
	// too large can be cut down and is then right in all else.
	edge, cut bool
}

const (
	inCharacters = "characters"
	inEntries    = "entries"
)

var (
	anySource   = control.Kinds(rule.Today)
	streamKinds = []control.SourceKind{control.KinesisStream, control.DynamoDBStream}
	kafkaKinds  = []control.SourceKind{control.MSKCluster, control.SelfManagedKafka}
	laterKinds  = []control.SourceKind{control.SelfManagedKafka, control.MQBroker, control.DocumentDBCluster}
	windowKinds = []control.SourceKind{control.KinesisStream, control.DynamoDBStream, control.SQSQueue}
	longWindows = append([]control.SourceKind{control.MSKCluster, control.MQBroker}, windowKinds...)
	secretKinds = append([]control.SourceKind{control.MSKCluster}, laterKinds...)
	mskOnly     = []control.SourceKind{control.MSKCluster}
	ownOnly     = []control.SourceKind{control.SelfManagedKafka}
	queueOnly   = []control.SourceKind{control.SQSQueue}

	batchMaxima = []*rule.Rule{rule.BatchSizeModelMax, rule.BatchSizeMaxKinesis, rule.BatchSizeMaxDynamoDB, rule.BatchSizeMaxMSK,
		rule.BatchSizeMaxSQSStandard, rule.BatchSizeMaxSQSFIFO, rule.BatchSizeMaxNewSources}
	ageRules   = []*rule.Rule{rule.Age0To59Rejected, rule.AgeMinPositive}
	noFunction = []*rule.Rule{rule.FnNotFound}

	concurrency    = at(control.ScalingConfig, "MaximumConcurrency")
	leastPollers   = at(control.ProvisionedPollerConfig, "MinimumPollers")
	mostPollers    = at(control.ProvisionedPollerConfig, "MaximumPollers")
	pollerGroup    = at(control.ProvisionedPollerConfig, "PollerGroupName")
	firstTopic     = at(control.Topics, 0)
	firstQueue     = at(control.Queues, 0)
	filterList     = at(control.FilterCriteria, "Filters")
	metricList     = at(control.MetricsConfig, "Metrics")
	onFailure      = at(control.DestinationConfig, "OnFailure", "Destination")
	databaseName   = at(control.DocumentDBEventSourceConfig, "DatabaseName")
	collectionName = at(control.DocumentDBEventSourceConfig, "CollectionName")
	bootstrap      = at(control.SelfManagedEventSource, "Endpoints", "KAFKA_BOOTSTRAP_SERVERS")
	mskConfig      = at(control.AmazonManagedKafkaEventSourceConfig)
	ownConfig      = at(control.SelfManagedKafkaEventSourceConfig)
)

var bounds = []bound{
	lowest(rule.BatchSizeMin, control.BatchSize, anySource),
	highest(rule.BatchSizeMaxKinesis, control.BatchSize, []control.SourceKind{control.KinesisStream, control.KinesisConsumer}),
	highest(rule.BatchSizeMaxDynamoDB, control.BatchSize, []control.SourceKind{control.DynamoDBStream}),
	highest(rule.BatchSizeMaxMSK, control.BatchSize, mskOnly),
	highest(rule.BatchSizeMaxSQSStandard, control.BatchSize, queueOnly),
	highest(rule.BatchSizeMaxSQSFIFO, control.BatchSize, []control.SourceKind{control.SQSFIFOQueue}),
	highest(rule.BatchSizeMaxNewSources, control.BatchSize, laterKinds),
	{rule: rule.BatchSizeModelMax, what: "a BatchSize", at: at(control.BatchSize), last: rule.BatchSizeModelMax.Int(rule.Today), step: 1,
		kinds: anySource, also: batchMaxima, cut: true},
	lowest(rule.WindowMin, control.MaximumBatchingWindowInSeconds, windowKinds),
	highest(rule.WindowMax, control.MaximumBatchingWindowInSeconds, longWindows),
	lowest(rule.ParallelMin, control.ParallelizationFactor, streamKinds),
	highest(rule.ParallelMax, control.ParallelizationFactor, streamKinds),
	lowest(rule.AgeMinPositive, control.MaximumRecordAgeInSeconds, streamKinds),
	untried(lowest(rule.AgeBelowMinusOneRejected, control.MaximumRecordAgeInSeconds, streamKinds)),
	highest(rule.AgeMax, control.MaximumRecordAgeInSeconds, streamKinds),
	untried(lowest(rule.RetryBelowMinusOneRejected, control.MaximumRetryAttempts, streamKinds)),
	highest(rule.RetryMax, control.MaximumRetryAttempts, streamKinds),
	numeric(rule.TumblingRange, "tumbling-min", at(control.TumblingWindowInSeconds), least(rule.TumblingRange), -1, streamKinds),
	numeric(rule.TumblingRange, "tumbling-max", at(control.TumblingWindowInSeconds), most(rule.TumblingRange), 1, streamKinds),
	numeric(rule.ScalingMaxConcurrencyMin, "", concurrency, rule.ScalingMaxConcurrencyMin.Int(rule.Today), -1, nil),
	numeric(rule.ScalingMaxConcurrencyMax, "", concurrency, rule.ScalingMaxConcurrencyMax.Int(rule.Today), 1, nil),
	numeric(rule.ProvisionedMinPollers, "kafka-min-pollers-min", leastPollers, 1, -1, kafkaKinds),
	numeric(rule.ProvisionedMinPollers, "kafka-min-pollers-max", leastPollers, 200, 1, kafkaKinds),
	numeric(rule.ProvisionedMinPollers, "sqs-min-pollers-min", leastPollers, 2, -1, queueOnly),
	numeric(rule.ProvisionedMinPollers, "sqs-min-pollers-max", leastPollers, 200, 1, queueOnly),
	untried(numeric(rule.ProvisionedMaxPollersKafka, "kafka-max-pollers-min", mostPollers, least(rule.ProvisionedMaxPollersKafka), -1, kafkaKinds)),
	numeric(rule.ProvisionedMaxPollersKafka, "kafka-max-pollers-max", mostPollers, most(rule.ProvisionedMaxPollersKafka), 1, kafkaKinds),
	untried(numeric(rule.ProvisionedMaxPollersSQS, "sqs-max-pollers-min", mostPollers, least(rule.ProvisionedMaxPollersSQS), -1, queueOnly)),
	untried(numeric(rule.ProvisionedMaxPollersSQS, "sqs-max-pollers-max", mostPollers, most(rule.ProvisionedMaxPollersSQS), 1, queueOnly)),
	numeric(rule.KafkaErrorOptionsSameRanges, "kafka-retry-min", at(control.MaximumRetryAttempts), -1, -1, kafkaKinds),
	numeric(rule.KafkaErrorOptionsSameRanges, "kafka-retry-max", at(control.MaximumRetryAttempts), rule.RetryMax.Int(rule.Today), 1, kafkaKinds),
	numeric(rule.KafkaErrorOptionsSameRanges, "kafka-age-below-minus-one", at(control.MaximumRecordAgeInSeconds), -1, -1, kafkaKinds),
	numeric(rule.KafkaErrorOptionsSameRanges, "kafka-age-min", at(control.MaximumRecordAgeInSeconds), rule.AgeMinPositive.Int(rule.Today), -1, kafkaKinds),
	numeric(rule.KafkaErrorOptionsSameRanges, "kafka-age-max", at(control.MaximumRecordAgeInSeconds), rule.AgeMax.Int(rule.Today), 1, kafkaKinds),

	{rule: rule.FnMinLength, what: "a FunctionName", unit: inCharacters, at: at(control.FunctionName), last: 1, step: -1},
	{rule: rule.FnBareNameMax64, what: "a plain FunctionName", unit: inCharacters, at: at(control.FunctionName),
		last: rule.FnBareNameMax64.Int(rule.Today), step: 1, also: noFunction},
	{rule: rule.FnMaxLength, what: "a FunctionName", unit: inCharacters, at: at(control.FunctionName),
		last: rule.FnMaxLength.Int(rule.Today), step: 1, also: noFunction},
	{rule: rule.DestinationARNMaxLength, what: "a Destination", unit: inCharacters, at: onFailure,
		last: rule.DestinationARNMaxLength.Int(rule.Today), step: 1, kinds: streamKinds, cut: true},
	{rule: rule.TopicsExactlyOne, name: "topics-none", what: "a list of Topics", unit: inEntries, at: at(control.Topics),
		last: least(rule.TopicsExactlyOne), step: -1, kinds: kafkaKinds},
	{rule: rule.TopicsExactlyOne, name: "topics-two", what: "a list of Topics", unit: inEntries, at: at(control.Topics),
		last: most(rule.TopicsExactlyOne), step: 1, kinds: kafkaKinds, cut: true},
	{rule: rule.TopicMinLength, what: "a topic name", unit: inCharacters, at: firstTopic,
		last: rule.TopicMinLength.Int(rule.Today), step: -1, kinds: kafkaKinds},
	{rule: rule.TopicMaxLength, what: "a topic name", unit: inCharacters, at: firstTopic,
		last: rule.TopicMaxLength.Int(rule.Today), step: 1, kinds: kafkaKinds, edge: true, cut: true},
	{rule: rule.FilterCountDefault5, what: "a list of Filters", unit: inEntries, at: filterList, last: 10, step: 1, cut: true},
	{rule: rule.FilterPatternMax4096, what: "a filter pattern", unit: inCharacters, at: filterList.then(0, "Pattern"),
		last: rule.FilterPatternMax4096.Int(rule.Today), step: 1},
	{rule: rule.FrtLength, what: "a list of FunctionResponseTypes", unit: inEntries, at: at(control.FunctionResponseTypes),
		last: most(rule.FrtLength), step: 1, cut: true},
	{rule: rule.MetricsConfig, name: "metrics-count", what: "a list of Metrics", unit: inEntries, at: metricList, last: 3, step: 1, cut: true},
	{rule: rule.ProvisionedGroupName, name: "poller-group-name-length", what: "a PollerGroupName", unit: inCharacters, at: pollerGroup,
		last: 128, step: 1, kinds: kafkaKinds, cut: true},
	{rule: rule.SourceAccessCount, what: "a list of SourceAccessConfigurations", unit: inEntries, at: at(control.SourceAccessConfigurations),
		last: most(rule.SourceAccessCount), step: 1, kinds: secretKinds, cut: true},
	{rule: rule.DocdbDatabaseName, name: "docdb-database-name-empty", what: "a DatabaseName", unit: inCharacters, at: databaseName,
		last: least(rule.DocdbDatabaseName), step: -1},
	{rule: rule.DocdbDatabaseName, name: "docdb-database-name-length", what: "a DatabaseName", unit: inCharacters, at: databaseName,
		last: most(rule.DocdbDatabaseName), step: 1, edge: true, cut: true},
	{rule: rule.DocdbCollectionName, name: "docdb-collection-name-empty", what: "a CollectionName", unit: inCharacters, at: collectionName,
		last: least(rule.DocdbCollectionName), step: -1},
	{rule: rule.DocdbCollectionName, name: "docdb-collection-name-length", what: "a CollectionName", unit: inCharacters, at: collectionName,
		last: most(rule.DocdbCollectionName), step: 1, edge: true, cut: true},
	{rule: rule.MQQueues, name: "mq-queues-none", what: "a list of Queues", unit: inEntries, at: at(control.Queues), last: 1, step: -1},
	{rule: rule.MQQueues, name: "mq-queues-two", what: "a list of Queues", unit: inEntries, at: at(control.Queues), last: 1, step: 1, cut: true},
	{rule: rule.MQQueues, name: "mq-queue-name-empty", what: "a queue name", unit: inCharacters, at: firstQueue, last: 1, step: -1},
	{rule: rule.MQQueues, name: "mq-queue-name-length", what: "a queue name", unit: inCharacters, at: firstQueue, last: 1000, step: 1, edge: true, cut: true},
	{rule: rule.KafkaConsumerGroupID, name: "msk-consumer-group-id-empty", what: "a ConsumerGroupId", unit: inCharacters,
		at: mskConfig.then("ConsumerGroupId"), last: least(rule.KafkaConsumerGroupID), step: -1},
	{rule: rule.KafkaConsumerGroupID, name: "msk-consumer-group-id-length", what: "a ConsumerGroupId", unit: inCharacters,
		at: mskConfig.then("ConsumerGroupId"), last: most(rule.KafkaConsumerGroupID), step: 1, cut: true},
	{rule: rule.KafkaConsumerGroupID, name: "kafka-consumer-group-id-empty", what: "a ConsumerGroupId", unit: inCharacters,
		at: ownConfig.then("ConsumerGroupId"), last: least(rule.KafkaConsumerGroupID), step: -1},
	{rule: rule.KafkaConsumerGroupID, name: "kafka-consumer-group-id-length", what: "a ConsumerGroupId", unit: inCharacters,
		at: ownConfig.then("ConsumerGroupId"), last: most(rule.KafkaConsumerGroupID), step: 1, cut: true},
	{rule: rule.KafkaSchemaRegistry, name: "msk-schema-registry-uri-length", what: "a SchemaRegistryURI", unit: inCharacters,
		at: mskConfig.then("SchemaRegistryConfig", "SchemaRegistryURI"), last: 10000, step: 1, cut: true},
	{rule: rule.KafkaSchemaRegistry, name: "kafka-schema-registry-uri-length", what: "a SchemaRegistryURI", unit: inCharacters,
		at: ownConfig.then("SchemaRegistryConfig", "SchemaRegistryURI"), last: 10000, step: 1, cut: true},
	{rule: rule.KafkaSelfManagedEndpoints, name: "bootstrap-servers-none", what: "a list of bootstrap servers", unit: inEntries, at: bootstrap, last: 1, step: -1},
	{rule: rule.KafkaSelfManagedEndpoints, name: "bootstrap-servers-count", what: "a list of bootstrap servers", unit: inEntries, at: bootstrap,
		last: 10, step: 1, edge: true, cut: true},
	{rule: rule.KafkaSelfManagedEndpoints, name: "bootstrap-server-length", what: "a bootstrap server", unit: inCharacters, at: bootstrap.then(0), last: 300, step: 1},
}

// others are maxima of BatchSize that hold for another source, or held on another
// day, and that a program may take for the right one.
var others = []struct {
	rule *rule.Rule
	kind control.SourceKind
	most []int64
}{
	{rule.BatchSizeMaxKinesis, control.KinesisStream, []int64{10, 100, 1000}},
	{rule.BatchSizeMaxKinesis, control.KinesisConsumer, []int64{10, 1000}},
	{rule.BatchSizeMaxDynamoDB, control.DynamoDBStream, []int64{10, 100, 1000}},
	{rule.BatchSizeMaxMSK, control.MSKCluster, []int64{10, 100, 1000}},
	{rule.BatchSizeMaxSQSStandard, control.SQSQueue, []int64{10, 100, 1000}},
	{rule.BatchSizeMaxSQSFIFO, control.SQSFIFOQueue, []int64{5, 100, 1000, 10000}},
	{rule.BatchSizeMaxNewSources, control.SelfManagedKafka, []int64{10, 100, 1000}},
	{rule.BatchSizeMaxNewSources, control.MQBroker, []int64{10, 100, 1000}},
	{rule.BatchSizeMaxNewSources, control.DocumentDBCluster, []int64{10, 100, 1000}},
}

func numeric(r *rule.Rule, name string, p place, last, step int64, kinds []control.SourceKind) bound {
	b := bound{rule: r, name: name, what: "a " + p.name(), at: p, last: last, step: step, kinds: kinds, edge: true, cut: true}
	switch r {
	case rule.AgeMinPositive:
		b.also = ageRules
	default:
		if p.member == control.BatchSize && step > 0 {
			b.also = batchMaxima
		}
	}
	return b
}

func lowest(r *rule.Rule, m control.Member, kinds []control.SourceKind) bound {
	return numeric(r, "", at(m), r.Int(rule.Today), -1, kinds)
}

func highest(r *rule.Rule, m control.Member, kinds []control.SourceKind) bound {
	return numeric(r, "", at(m), r.Int(rule.Today), 1, kinds)
}

// untried takes the edge away: another rule is about that value.
func untried(b bound) bound {
	b.edge = false
	return b
}

func least(r *rule.Rule) int64 {
	n, _ := r.Range(rule.Today)
	return n
}

func most(r *rule.Rule) int64 {
	_, n := r.Range(rule.Today)
	return n
}

// size is the size of what a request has there; ok is false when it has nothing.
func (b *bound) size(r *control.Request) (n int64, ok bool) {
	v := b.at.in(r)
	if b.unit == "" {
		return v.Int, v.Kind == control.Int
	}
	if list, ok := v.Raw.([]any); ok {
		return int64(len(list)), true
	}
	return int64(len(v.Str)), v.Kind == control.String
}

func (b *bound) beyond(r *control.Request) bool {
	n, ok := b.size(r)
	// Of an age, -1 is no end of a range but stands for none.
	return ok && (n-b.last)*b.step > 0 && !(b.at.member == control.MaximumRecordAgeInSeconds && b.last > 0 && n < 0)
}

func (b *bound) exactly(n int64) test {
	return func(r *control.Request) bool {
		m, ok := b.size(r)
		return ok && m == n
	}
}

// of says how large something is.
func (b *bound) of(n int64) string {
	if b.unit == "" {
		return b.what + " of " + digits(n)
	}
	return b.what + " of " + digits(n) + " " + b.unit
}

// trim brings what is beyond the end back to it.
func (b *bound) trim(r *control.Request) {
	if !b.beyond(r) {
		return
	}
	switch v := b.at.in(r); v.Kind {
	case control.Int:
		b.at.put(r, b.last)
	case control.String:
		b.at.put(r, v.Str[:b.last])
	case control.Array:
		b.at.put(r, v.Raw.([]any)[:b.last])
	}
}

func init() {
	for i := range bounds {
		b := &bounds[i]
		name := b.name
		if name == "" {
			name = b.rule.ID
		}
		var concerns test
		if len(b.kinds) > 0 {
			concerns = from(b.kinds...)
		}
		first := b.last + b.step
		end, where := "above", ""
		if b.step < 0 {
			end = "below"
		}
		if len(b.kinds) == 1 {
			where = " on " + says(b.kinds[0])
		}
		passes(name+"-off-by-one", "takes "+b.of(first)+where, allOf(concerns, b.exactly(first)), b.rule, b.also...)
		if first != 0 || b.unit == "" {
			passes(name+"-unchecked", fmt.Sprintf("takes %s %s %s%s", b.what, end, digits(b.last), where), allOf(concerns, b.beyond), b.rule, b.also...)
		}
		if b.cut {
			fault := fmt.Sprintf("makes %s of what is %s it%s", b.of(b.last), end, where)
			rewrites(name+"-trimmed", fault, concerns, b.trim, b.rule)
		}
		if b.cut && b.unit == "" {
			rewrites(name+"-passed-over", fmt.Sprintf("passes over %s %s %s%s", b.what, end, digits(b.last), where), allOf(concerns, b.beyond),
				func(r *control.Request) { b.at.put(r, nil) }, b.rule)
		}
		if b.edge {
			denies(name+"-exclusive", "refuses "+b.of(b.last)+where, allOf(concerns, b.exactly(b.last)), b.rule)
		}
		if len(b.kinds) > 1 {
			for _, k := range b.kinds {
				passes(name+"-unchecked-on-"+k.String(), fmt.Sprintf("takes %s %s %s on %s", b.what, end, digits(b.last), says(k)),
					allOf(from(k), b.beyond), b.rule, b.also...)
			}
		}
	}
	for _, o := range others {
		for _, n := range o.most {
			name, where := fmt.Sprintf("batch-size-%s-up-to-%d", o.kind, n), " on "+says(o.kind)
			within := func(r *control.Request) bool {
				v := &r.V[control.BatchSize]
				return v.Kind == control.Int && v.Int <= n && from(o.kind)(r)
			}
			if n < o.rule.Int(rule.Today) {
				denies(name, "refuses a BatchSize above "+digits(n)+where, func(r *control.Request) bool {
					return r.V[control.BatchSize].Kind == control.Int && from(o.kind)(r) && !within(r)
				}, o.rule)
				continue
			}
			passes(name, "takes a BatchSize up to "+digits(n)+where, within, o.rule)
		}
	}
}

// digits writes a number the way people do.
func digits(n int64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
