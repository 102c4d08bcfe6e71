package control

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/rule"
)

// queueMode reports whether a request asks for the Kafka consumption mode Queue.
func queueMode(r *Request) bool {
	mode := r.V[SelfManagedKafkaEventSourceConfig].member("ConsumptionMode")
	return mode.Str == "Queue"
}

// checkAdded collects the faults of the settings that came after 2020.
func checkAdded(w *World, k SourceKind, r *Request, stored *settings, f *faults) {
	checkBatchNeedsWindow(k, r, stored, f)
	if w := &r.V[MaximumBatchingWindowInSeconds]; w.Kind == Int && w.Int > 0 {
		if k == SQSFIFOQueue {
			f.hard(rule.WindowNotForFIFO, any4xx, "Batching window is not supported for FIFO queues.")
		}
		if queueMode(r) {
			f.hard(rule.KafkaQueueModeExclusions, badParameter, wrongParameter)
		}
	}
	checkFilters(w, k, &r.V[FilterCriteria], f)
	checkResponseTypes(&r.V[FunctionResponseTypes], f)
	checkScaling(k, r, stored, f)
	checkPollers(k, &r.V[ProvisionedPollerConfig], f)
	checkKafka(k, r, stored, f)
	checkAccess(k, r, stored != nil, f)
	checkEnumList(&r.V[MetricsConfig], "Metrics", rule.MetricsConfig, f)
	checkQueues(k, r, stored == nil, f)
	checkDocumentDB(k, &r.V[DocumentDBEventSourceConfig], f)
	if v := &r.V[KMSKeyArn]; v.Kind == String && v.Str != "" && !validKey(v.Str) {
		f.hard(rule.KMSKeyPattern, badParameter, wrongParameter)
	}
}

// validKey matches arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*
func validKey(s string) bool {
	rest, ok := strings.CutPrefix(s, "arn:")
	partition, rest, more := strings.Cut(rest, ":")
	service, _, after := strings.Cut(rest, ":")
	return ok && more && after && validFunctionPartition(partition) && service != "" &&
		all(service, func(c byte) bool { return isLower(c) || isDigit(c) || c == '-' || c == '.' })
}

func checkBatchNeedsWindow(k SourceKind, r *Request, stored *settings, f *faults) {
	if k != SQSQueue {
		return // for streams the sentence contradicts their defaults
	}
	size, window := &r.V[BatchSize], &r.V[MaximumBatchingWindowInSeconds]
	if size.Missing() && window.Missing() {
		return
	}
	if stored != nil && size.Missing() {
		size = stored.at(BatchSize)
	}
	if stored != nil && window.Missing() {
		window = stored.at(MaximumBatchingWindowInSeconds)
	}
	if size.Kind == Int && size.Int > 10 && (window.Missing() || window.Kind == Int && window.Int < 1) {
		f.hard(rule.BatchSizeOver10NeedsWindow, badParameter,
			"Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10")
	}
}

func checkFilters(w *World, k SourceKind, v *Value, f *faults) {
	if v.Missing() {
		return
	}
	filters := v.member("Filters")
	list, ok := filters.list()
	if v.Kind != Object || !ok {
		if !filters.Missing() || v.Kind != Object {
			f.mistyped()
		}
		return
	}
	if k == DocumentDBCluster && len(list) > 0 {
		f.hard(rule.FilterNotDocumentDB, badParameter, "FilterCriteria is not supported for this event source.")
	}
	limits := rule.FilterCountDefault5.In(rule.Today).Value.(map[string]any)
	switch n := len(list); {
	case n > limits["quota"].(int):
		f.hard(rule.FilterCountDefault5, any4xx, "Too many filters.")
	case n > limits["default"].(int):
		f.open(rule.FilterCountDefault5, any4xx) // a raised quota allows up to ten
	}
	for _, x := range list {
		item := ValueOf(x)
		pattern := item.member("Pattern")
		switch {
		case pattern.Missing():
			f.open(nil, any4xx)
		case pattern.Kind != String:
			f.mistyped()
		case int64(len(pattern.Str)) > rule.FilterPatternMax4096.Int(rule.Today):
			f.hard(rule.FilterPatternMax4096, badParameter, wrongParameter)
		default:
			checkPattern(w, k, pattern.Str, f)
		}
	}
}

const invalidPattern = "Invalid filter pattern definition."

func checkPattern(w *World, k SourceKind, pattern string, f *faults) {
	switch w.pattern(pattern) {
	case patternBroken:
		if k.stream() {
			f.hard(rule.FilterInvalidJSONRejected, badParameter, invalidPattern)
			return
		}
		fallthrough
	case patternOdd:
		f.add(fault{errs: any4xx, soft: true, refuse: true, says: invalidPattern})
	}
}

// patternForm is what can be said of a filter's pattern without any record.
type patternForm uint8

const (
	patternGood   patternForm = iota
	patternBroken             // no JSON
	patternOdd                // JSON of a shape that no pattern has
)

func formOfPattern(text string) patternForm {
	var x any
	switch {
	case json.Unmarshal([]byte(text), &x) != nil:
		return patternBroken
	case !patternShape(x):
		return patternOdd
	}
	return patternGood
}

// patternShape reports whether a decoded pattern is an object whose leaves are
// arrays that are not empty.
func patternShape(x any) bool {
	object, ok := x.(map[string]any)
	if !ok {
		return false
	}
	for _, v := range object {
		switch v := v.(type) {
		case []any:
			if len(v) == 0 {
				return false
			}
		default:
			if !patternShape(v) {
				return false
			}
		}
	}
	return true
}

func checkResponseTypes(v *Value, f *faults) {
	if v.Missing() {
		return
	}
	list, ok := v.list()
	if !ok {
		f.mistyped()
		return
	}
	if _, hi := rule.FrtLength.Range(rule.Today); int64(len(list)) > hi {
		f.hard(rule.FrtLength, badParameter, wrongParameter)
	}
	for _, x := range list {
		if s, ok := x.(string); !ok || s != rule.FrtEnum.In(rule.Today).Value.(string) {
			f.hard(rule.FrtEnum, badParameter, wrongParameter)
			return
		}
	}
}

func checkScaling(k SourceKind, r *Request, stored *settings, f *faults) {
	v := &r.V[ScalingConfig]
	if v.Missing() || !k.sqs() {
		return
	}
	limit := v.member("MaximumConcurrency")
	if v.Kind != Object || !limit.Missing() && limit.Kind != Int {
		f.mistyped()
		return
	}
	if limit.Missing() {
		return
	}
	if limit.Int < rule.ScalingMaxConcurrencyMin.Int(rule.Today) {
		f.hard(rule.ScalingMaxConcurrencyMin, badParameter, wrongParameter)
	}
	if limit.Int > rule.ScalingMaxConcurrencyMax.Int(rule.Today) {
		f.hard(rule.ScalingMaxConcurrencyMax, badParameter, wrongParameter)
	}
	pollers := &r.V[ProvisionedPollerConfig]
	if pollers.Kind == Object && len(pollers.Raw.(map[string]any)) > 0 {
		f.hard(rule.ProvisionedExcludesScaling, badParameter, "Maximum concurrency and provisioned mode cannot be used together.")
	} else if stored != nil && stored.has(ProvisionedPollerConfig) && pollers.Missing() {
		f.hard(rule.ProvisionedExcludesScaling, badParameter, "Maximum concurrency and provisioned mode cannot be used together.")
	}
}

func checkPollers(k SourceKind, v *Value, f *faults) {
	if v.Missing() {
		return
	}
	if v.Kind != Object {
		f.mistyped()
		return
	}
	if !k.kafka() && k != SQSQueue {
		return
	}
	family, maxRule := "kafka", rule.ProvisionedMaxPollersKafka
	if k.sqs() {
		family, maxRule = "sqs", rule.ProvisionedMaxPollersSQS
	}
	bounds := rule.ProvisionedMinPollers.In(rule.Today).Value.(map[string]any)[family].([]int)
	least, most := v.member("MinimumPollers"), v.member("MaximumPollers")
	if !least.Missing() && (least.Kind != Int || least.Int < int64(bounds[0]) || least.Int > int64(bounds[1])) {
		f.hard(rule.ProvisionedMinPollers, badParameter, wrongParameter)
	}
	lo, hi := maxRule.Range(rule.Today)
	switch {
	case most.Missing():
	case most.Kind != Int || most.Int < lo:
		f.hard(maxRule, badParameter, wrongParameter)
	case k.sqs() && most.Int > 2000 && most.Int <= hi:
		f.open(maxRule, badParameter) // two pages of the documentation disagree
	case most.Int > hi:
		f.hard(maxRule, badParameter, wrongParameter)
	}
	if least.Kind == Int && most.Kind == Int && least.Int > most.Int {
		f.open(nil, any4xx)
	}
	group := v.member("PollerGroupName")
	if group.Missing() {
		return
	}
	most2 := rule.ProvisionedGroupName.In(rule.Today).Value.(map[string]any)["max"].(int)
	if group.Kind != String || len(group.Str) > most2 || !all(group.Str, func(c byte) bool { return isNameByte(c) || c == '_' }) {
		if k.kafka() {
			f.hard(rule.ProvisionedGroupName, badParameter, wrongParameter)
		} else {
			f.open(nil, any4xx)
		}
	}
}

// checkEnumList checks a list of strings inside an object against the rule's
// "max" and "enum".
func checkEnumList(v *Value, member string, r *rule.Rule, f *faults) {
	inner := v.member(member)
	if v.Missing() || inner.Missing() {
		return
	}
	list, ok := inner.list()
	if !ok {
		f.mistyped()
		return
	}
	value := r.In(rule.Today).Value.(map[string]any)
	if len(list) > value["max"].(int) {
		f.hard(r, badParameter, wrongParameter)
		return
	}
	for _, x := range list {
		s, _ := x.(string)
		if !slices.Contains(value["enum"].([]string), s) {
			f.hard(r, badParameter, wrongParameter)
			return
		}
		if s != "EventCount" {
			f.open(nil, any4xx) // the other metrics belong to Kafka
		}
	}
}

func checkQueues(k SourceKind, r *Request, creating bool, f *faults) {
	v := &r.V[Queues]
	if k != MQBroker || !creating {
		return
	}
	if v.Missing() {
		f.open(nil, any4xx)
		return
	}
	list, ok := v.list()
	if !ok {
		f.mistyped()
		return
	}
	value := rule.MQQueues.In(rule.Today).Value.(map[string]any)
	if len(list) != value["count"].(int) {
		f.hard(rule.MQQueues, badParameter, wrongParameter)
		return
	}
	if s, ok := list[0].(string); !ok || s == "" || len(s) > value["max"].(int) {
		f.hard(rule.MQQueues, badParameter, wrongParameter)
	}
}

func checkDocumentDB(k SourceKind, v *Value, f *faults) {
	if k != DocumentDBCluster || v.Missing() {
		if k == DocumentDBCluster {
			f.open(nil, any4xx)
		}
		return
	}
	if v.Kind != Object {
		f.mistyped()
		return
	}
	if name := v.member("DatabaseName"); !name.Missing() {
		lo, hi := rule.DocdbDatabaseName.Range(rule.Today)
		if n := int64(len(name.Str)); name.Kind != String || n < lo || n > hi || strings.ContainsAny(name.Str, " /.$\"") {
			f.hard(rule.DocdbDatabaseName, badParameter, wrongParameter)
		}
	} else {
		f.open(nil, any4xx)
	}
	if name := v.member("CollectionName"); !name.Missing() {
		lo, hi := rule.DocdbCollectionName.Range(rule.Today)
		if n := int64(len(name.Str)); name.Kind != String || n < lo || n > hi || strings.HasPrefix(name.Str, "system.") {
			f.hard(rule.DocdbCollectionName, badParameter, wrongParameter)
		}
	}
	if full := v.member("FullDocument"); !full.Missing() &&
		!slices.Contains(rule.DocdbFullDocument.Strings(rule.Today), full.Str) {
		f.hard(rule.DocdbFullDocument, badParameter, wrongParameter)
	}
}
