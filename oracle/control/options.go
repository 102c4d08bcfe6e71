package control

import "github.com/esmconform/esmconform/oracle/rule"

// availability says whether a mapping of some source kind may carry a setting.
type availability uint8

const (
	silent      availability = iota // the documentation does not say
	available                       // a valid value must be accepted and shown
	unavailable                     // an answer must not show it; refusing is allowed
)

// option is what the documentation says of one setting for one source kind.
type option struct {
	availability availability
	not          *rule.Rule // the rule behind unavailable; nil when none says so

	// Whole numbers only: the range, and the rules at its ends. minusOne says
	// that -1 (no limit) is legal besides; gap is the rule for what lies between
	// -1 and lo.
	ranged           bool
	lo, hi           int64
	minusOne         bool
	below, above     *rule.Rule
	gap, lowEdge     *rule.Rule
	byDefault        Value
	defaultRule      *rule.Rule // nil when the default is not documented
	shown            *rule.Rule // the rule that the answer carries it; nil when none does
	shownIsOptional  bool       // the answer may leave it out
	alsoAbove        *rule.Rule // a second, wider maximum
	alsoAboveAt      int64
	shownRecordedFor bool // AWS was recorded showing it always, nobody documents it
}

type optionTable [numKinds][numMembers]option

var options [2]optionTable

// optionOf returns what the profile says about a setting of a source kind.
func optionOf(p rule.Profile, k SourceKind, m Member) *option { return &options[p][k][m] }

func init() {
	for _, p := range rule.Profiles {
		for _, k := range Kinds(p) {
			t := &options[p][k]
			batchSize(p, k, &t[BatchSize])
			window(p, k, &t[MaximumBatchingWindowInSeconds])
			errorHandling(p, k, t)
			t[Topics] = topics(p, k)
			start(p, k, t)
			shown(p, k, t)
			if p == rule.Today {
				added(k, t)
			}
		}
	}
}

func batchSize(p rule.Profile, k SourceKind, o *option) {
	*o = option{availability: available, ranged: true, lo: rule.BatchSizeMin.Int(p), below: rule.BatchSizeMin,
		alsoAbove: rule.BatchSizeModelMax, alsoAboveAt: rule.BatchSizeModelMax.Int(p), shown: rule.RespBatchsize}
	edge := map[SourceKind][2]*rule.Rule{
		KinesisStream:     {rule.BatchSizeMaxKinesis, rule.BatchSizeDefaultKinesis},
		KinesisConsumer:   {rule.BatchSizeMaxKinesis, rule.BatchSizeDefaultKinesis},
		DynamoDBStream:    {rule.BatchSizeMaxDynamoDB, rule.BatchSizeDefaultDynamoDB},
		SQSQueue:          {rule.BatchSizeMaxSQSStandard, rule.BatchSizeDefaultSQS},
		SQSFIFOQueue:      {rule.BatchSizeMaxSQSFIFO, rule.BatchSizeDefaultSQS},
		MSKCluster:        {rule.BatchSizeMaxMSK, rule.BatchSizeDefaultMSK},
		SelfManagedKafka:  {rule.BatchSizeMaxNewSources, rule.BatchSizeDefaultSelfManagedKafka},
		MQBroker:          {rule.BatchSizeMaxNewSources, rule.BatchSizeDefaultMQ},
		DocumentDBCluster: {rule.BatchSizeMaxNewSources, rule.BatchSizeDefaultDocumentDB},
	}[k]
	o.above, o.hi = edge[0], edge[0].Int(p)
	o.defaultRule, o.byDefault = edge[1], ValueOf(edge[1].In(p).Value)
}

func window(p rule.Profile, k SourceKind, o *option) {
	*o = option{availability: available, ranged: true, lo: rule.WindowMin.Int(p), hi: rule.WindowMax.Int(p),
		below: rule.WindowMin, above: rule.WindowMax}
	switch {
	case k.stream():
		o.shown = rule.RespMaximumbatchingwindowinseconds
		o.defaultRule = rule.WindowDefaultKinesis
		if k == DynamoDBStream {
			o.defaultRule = rule.WindowDefaultDynamoDB
		}
		o.byDefault = ValueOf(o.defaultRule.In(p).Value)
	case p == rule.P2020 && k.sqs():
		o.availability, o.not = unavailable, rule.WindowStreamsOnly2020
	case p == rule.P2020:
		o.availability = silent
	case k == SQSQueue:
		o.defaultRule, o.byDefault = rule.WindowDefaultSQS, ValueOf(rule.WindowDefaultSQS.In(p).Value)
		o.shownRecordedFor = true
	case k == SQSFIFOQueue:
		// A FIFO queue takes no window; what 0 means there is not said, and
		// AWS shows 0.
		o.availability, o.ranged = silent, false
	case k == SelfManagedKafka, k == MSKCluster, k == MQBroker, k == DocumentDBCluster:
		// The default of 500 ms has no form in whole seconds.
		o.shownIsOptional = true
	}
}

// errorHandling fills in the five options that the reference reserves for
// streams, and that later came to Kafka in part.
func errorHandling(p rule.Profile, k SourceKind, t *[numMembers]option) {
	type row struct {
		m                  Member
		notSQS, notMSK     *rule.Rule
		shown, defaultRule *rule.Rule
		edge               option
	}
	rows := []row{
		{BisectBatchOnFunctionError, rule.StreamOnlyBisectRejectedForSQS, rule.StreamOnlyBisectRejectedForMSK,
			rule.RespBisectbatchonfunctionerror, rule.BisectDefaultFalse, option{}},
		{DestinationConfig, rule.StreamOnlyDestinationRejectedForSQS, rule.StreamOnlyDestinationRejectedForMSK,
			rule.RespDestinationconfig, rule.DestDefaultRenderedEmptyObject, option{}},
		{MaximumRecordAgeInSeconds, rule.StreamOnlyAgeRejectedForSQS, rule.StreamOnlyAgeRejectedForMSK,
			rule.RespMaximumrecordageinseconds, rule.AgeDefault,
			option{ranged: true, lo: rule.AgeMinPositive.Int(p), hi: rule.AgeMax.Int(p), minusOne: true,
				below: rule.AgeBelowMinusOneRejected, above: rule.AgeMax, gap: rule.Age0To59Rejected, lowEdge: rule.AgeMinPositive}},
		{MaximumRetryAttempts, rule.StreamOnlyRetryRejectedForSQS, rule.StreamOnlyRetryRejectedForMSK,
			rule.RespMaximumretryattempts, rule.RetryDefault,
			option{ranged: true, lo: rule.RetryBelowMinusOneRejected.Int(p), hi: rule.RetryMax.Int(p), minusOne: true,
				below: rule.RetryBelowMinusOneRejected, above: rule.RetryMax}},
		{ParallelizationFactor, rule.StreamOnlyParallelRejectedForSQS, rule.StreamOnlyParallelRejectedForMSK,
			rule.RespParallelizationfactor, rule.ParallelDefault,
			option{ranged: true, lo: rule.ParallelMin.Int(p), hi: rule.ParallelMax.Int(p),
				below: rule.ParallelMin, above: rule.ParallelMax}},
	}
	for _, r := range rows {
		o := r.edge
		switch {
		case k == KinesisConsumer && p == rule.P2020:
			// Two pages of the guide of that day contradict each other.
			o = option{availability: silent}
		case k.stream():
			o.availability, o.shown, o.defaultRule = available, r.shown, r.defaultRule
			o.byDefault = ValueOf(r.defaultRule.In(p).Value)
		case k.sqs():
			o = option{availability: unavailable, not: r.notSQS}
		case k == MSKCluster && r.notMSK.Holds(p):
			o = option{availability: unavailable, not: r.notMSK}
		case k.kafka() && p == rule.Today && r.m != ParallelizationFactor:
			// Available with provisioned mode; see kafkaOptions for the rest.
			o.availability, o.shownIsOptional = available, true
			if o.ranged {
				o.below, o.above = rule.KafkaErrorOptionsSameRanges, rule.KafkaErrorOptionsSameRanges
				o.lowEdge = nil
				if o.gap != nil {
					o.gap = rule.KafkaErrorOptionsSameRanges
				}
			}
		default:
			o = option{availability: silent}
		}
		t[r.m] = o
	}
}

func topics(p rule.Profile, k SourceKind) option {
	switch {
	case k == MSKCluster:
		return option{availability: available, shown: rule.RespTopics}
	case k == SelfManagedKafka:
		return option{availability: available}
	}
	return option{availability: unavailable, not: rule.TopicsMSKOnly}
}

func start(p rule.Profile, k SourceKind, t *[numMembers]option) {
	if k.sqs() {
		t[StartingPosition] = option{availability: unavailable, not: rule.StartNotForSQS}
		return
	}
	if k == MQBroker {
		return
	}
	t[StartingPosition].availability = available
	t[StartingPositionTimestamp].availability = available
	if rule.StartEchoed.Holds(p) && k.In(rule.StartEchoed.Sources) {
		t[StartingPosition].shown = rule.StartEchoed
		t[StartingPositionTimestamp].shown = rule.StartEchoed
		t[StartingPositionTimestamp].shownIsOptional = true
	}
	if k == SelfManagedKafka || k == DocumentDBCluster {
		// Whether one must be given is not said, so it may be missing.
		t[StartingPosition].shownIsOptional = true
	}
}

// shown fills in what every answer carries.
func shown(p rule.Profile, k SourceKind, t *[numMembers]option) {
	always := map[Member]*rule.Rule{
		UUID: rule.RespUUID, FunctionArn: rule.RespFunctionarn, LastModified: rule.RespLastmodified,
		State: rule.RespState, StateTransitionReason: rule.RespStatetransitionreason,
	}
	if k != SelfManagedKafka {
		always[EventSourceArn] = rule.RespEventsourcearn
	}
	if k.In(rule.RespLastprocessingresult.Sources) {
		always[LastProcessingResult] = rule.RespLastprocessingresult
	}
	if p == rule.Today {
		always[EventSourceMappingArn] = rule.MappingARNFormat
	}
	for m, r := range always {
		t[m].shown = r
	}
}

// added fills in the settings that came after 2020.
func added(k SourceKind, t *[numMembers]option) {
	p := rule.Today
	t[FunctionResponseTypes] = option{availability: available, shownIsOptional: true}
	t[FilterCriteria] = option{availability: available, shownIsOptional: true}
	t[KMSKeyArn] = option{availability: silent}
	t[MetricsConfig] = option{availability: available, shownIsOptional: true}
	t[Tags] = option{availability: available, shownIsOptional: true}
	switch {
	case k.stream():
		lo, hi := rule.TumblingRange.Range(p)
		t[TumblingWindowInSeconds] = option{availability: available, ranged: true, lo: lo, hi: hi,
			below: rule.TumblingRange, above: rule.TumblingRange, shownRecordedFor: true, byDefault: ValueOf(0)}
		t[FunctionResponseTypes].shownRecordedFor = true
	case k.sqs():
		t[ScalingConfig] = option{availability: available, shownIsOptional: true}
		t[ProvisionedPollerConfig] = option{availability: silent}
		t[FunctionResponseTypes].shownRecordedFor = true
		if k == SQSQueue {
			t[ProvisionedPollerConfig] = option{availability: available, shownIsOptional: true}
		}
	case k.kafka():
		for _, m := range []Member{ProvisionedPollerConfig, LoggingConfig, SourceAccessConfigurations} {
			t[m] = option{availability: available, shownIsOptional: true}
		}
		config := AmazonManagedKafkaEventSourceConfig
		if k == SelfManagedKafka {
			config = SelfManagedKafkaEventSourceConfig
			t[SelfManagedEventSource] = option{availability: available}
		}
		t[config] = option{availability: available, shownIsOptional: true}
	case k == MQBroker:
		t[MetricsConfig].availability = silent
		t[Queues] = option{availability: available}
		t[SourceAccessConfigurations] = option{availability: available, shownIsOptional: true}
		t[FunctionResponseTypes].availability = silent
	case k == DocumentDBCluster:
		t[MetricsConfig].availability = silent
		t[DocumentDBEventSourceConfig] = option{availability: available, shownIsOptional: true}
		t[SourceAccessConfigurations] = option{availability: available, shownIsOptional: true}
		t[FilterCriteria] = option{availability: silent}
		t[FunctionResponseTypes].availability = silent
	}
	if !k.sqs() {
		t[ScalingConfig] = option{availability: unavailable, not: rule.ScalingSQSOnly}
	}
}
