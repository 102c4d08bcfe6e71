package control

import (
	"strings"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// errs is a set of errors that an answer may be.
type errs uint8

const (
	badParameter errs = 1 << iota // 400 InvalidParameterValueException and its kin
	notFound                      // 404 ResourceNotFoundException
	conflict                      // 409 ResourceConflictException
	inUse                         // 400 ResourceInUseException
	any4xx                        // the documentation names no error
)

// fault is a documented rule that a request breaks, with the errors that are a
// right answer to it. A soft fault is one where the documentation leaves open
// whether the request is refused at all; rule may then be nil.
type fault struct {
	rule   *rule.Rule
	errs   errs
	soft   bool
	refuse bool   // soft only: AWS was recorded refusing it, so the server does
	says   string // the server's message, where it needs no value
}

// faults collects without allocating. What does not fit any more is dropped:
// a request with so many faults is refused all the same.
type faults struct {
	list [16]fault
	n    int
}

func (f *faults) add(x fault) {
	if f.n < len(f.list) {
		f.list[f.n] = x
		f.n++
	}
}

func (f *faults) all() []fault { return f.list[:f.n] }

func (f *faults) hard(r *rule.Rule, e errs, says string) { f.add(fault{rule: r, errs: e, says: says}) }

// open notes that the documentation does not say how this is answered.
func (f *faults) open(r *rule.Rule, e errs) { f.add(fault{rule: r, errs: e, soft: true}) }

// mistyped notes a value of the wrong JSON type: every 4xx is right, and so is
// making the best of it.
func (f *faults) mistyped() {
	f.add(fault{errs: any4xx, soft: true, refuse: true, says: "A member of the request has the wrong type."})
}

const wrongParameter = "One of the parameters in the request is not valid."

// check collects the faults of a request that show without knowing any mapping.
// now is in milliseconds since the epoch, for timestamps that must not lie ahead.
// bound is false for a request whose method and path name another operation, or none.
func check(p rule.Profile, w *World, r *Request, now int64, f *faults) (bound bool) {
	if b := bindings[r.Op]; r.Method != b.method || r.route != b.route {
		f.hard(bindingRule(r), any4xx, "The request does not name an operation.")
		return false
	}
	switch r.Op {
	case trace.Create:
		if !checkBody(r, f) {
			return true
		}
		checkFunctionName(p, w, &r.V[FunctionName], true, f)
		k := checkSource(p, w, r, f)
		if k == NoSource {
			checkLooseRanges(p, r, f)
			return true
		}
		checkStart(p, k, r, now, f)
		checkSettings(p, w, k, r, nil, f)
		checkUndocumented(createMembers[p], r, f)
	case trace.List:
		checkList(p, w, r, f)
	}
	return true
}

// bindingRule is the rule behind a method and path that do not fit the operation.
func bindingRule(r *Request) *rule.Rule {
	type rules struct{ method, uri, uuid *rule.Rule }
	t := map[trace.Operation]rules{
		trace.Create: {rule.CreateHTTPMethod, rule.CreateURI, nil},
		trace.Get:    {rule.GetHTTPMethod, rule.GetURI, nil},
		trace.List:   {rule.ListHTTPMethod, rule.ListURI, nil},
		trace.Update: {rule.UpdateHTTPMethod, rule.UpdateURI, rule.UpdateUUIDRequired},
		trace.Delete: {rule.DeleteHTTPMethod, rule.DeleteURI, rule.DeleteUUIDRequired},
	}[r.Op]
	switch {
	case r.Method != bindings[r.Op].method:
		return t.method
	case r.route == collection && t.uuid != nil:
		return t.uuid
	}
	return t.uri
}

func checkBody(r *Request, f *faults) bool {
	switch r.body {
	case bodyBroken, bodyOther:
		f.hard(rule.RequestBodyJSON, any4xx, "Could not parse request body into json.")
		return false
	case bodyEmpty:
		f.open(nil, any4xx)
	}
	return true
}

func checkFunctionName(p rule.Profile, w *World, v *Value, required bool, f *faults) {
	switch {
	case v.Missing():
		if required {
			f.hard(rule.CreateFunctionNameRequired, badParameter,
				"1 validation error detected: Value null at 'functionName' failed to satisfy constraint: Member must not be null.")
		}
		return
	case v.Kind != String:
		f.mistyped()
		return
	case v.Str == "":
		f.hard(rule.FnMinLength, badParameter, "The function name must have at least one character.")
		return
	}
	if int64(len(v.Str)) > rule.FnMaxLength.Int(p) {
		f.hard(rule.FnMaxLength, badParameter, "The function name is too long.")
	}
	ref, ok := parseFunctionName(p, v.Str)
	if !ok {
		// No function can have such a name, so not finding it is right as well.
		f.hard(rule.FnPattern, badParameter|notFound, "The function name does not match the pattern.")
		return
	}
	if ref.bare() && ref.qualifier == "" && int64(len(ref.name)) > rule.FnBareNameMax64.Int(p) && !strings.Contains(v.Str, ":") {
		f.hard(rule.FnBareNameMax64, badParameter|notFound, "A function name has at most 64 characters.")
	}
	switch w.function(&ref) {
	case Missing:
		f.hard(rule.FnNotFound, badParameter|notFound, "Function does not exist")
	case Unknown:
		f.open(nil, any4xx)
	}
}

// checkSource returns the kind of the source, NoSource when it cannot be told.
func checkSource(p rule.Profile, w *World, r *Request, f *faults) SourceKind {
	v := &r.V[EventSourceArn]
	selfManaged := p == rule.Today && r.Has(SelfManagedEventSource)
	if v.Missing() {
		if selfManaged {
			return SelfManagedKafka
		}
		if rule.CreateEventSourceARNRequired.Holds(p) {
			f.hard(rule.CreateEventSourceARNRequired, any4xx, "Unrecognized event source.")
		} else {
			f.hard(rule.CreateSupportedServices, any4xx, "Unrecognized event source.")
		}
		return NoSource
	}
	if selfManaged {
		f.open(nil, any4xx)
	}
	if v.Kind != String {
		f.mistyped()
		return NoSource
	}
	a, ok := splitARN(v.Str)
	if !ok || !a.validSource() {
		f.hard(rule.EventSourceARNPattern, badParameter, "The event source ARN does not match the pattern.")
		return NoSource
	}
	k, malformed := a.kind(p)
	switch {
	case k == NoSource:
		f.hard(rule.CreateSupportedServices, badParameter, "Unrecognized event source.")
	case malformed && k == DynamoDBStream:
		f.hard(rule.CreateARNDynamoDBStream, any4xx, "Unrecognized event source.")
		return NoSource
	case malformed:
		f.open(nil, any4xx)
	case k == MQBroker && w.Account != "" && a.account != w.Account:
		f.hard(rule.CreateMQNoCrossAccount, any4xx, "The broker must be in the account of the function.")
	case w.source(v.Str) != Exists:
		f.open(nil, any4xx) // the error for a source that is not there is not documented
	}
	return k
}

// checkLooseRanges checks what holds whatever the source.
func checkLooseRanges(p rule.Profile, r *Request, f *faults) {
	if v := &r.V[BatchSize]; v.Kind == Int {
		if v.Int < rule.BatchSizeMin.Int(p) {
			f.hard(rule.BatchSizeMin, badParameter, wrongParameter)
		}
		if v.Int > rule.BatchSizeModelMax.Int(p) {
			f.hard(rule.BatchSizeModelMax, badParameter, wrongParameter)
		}
	}
	if v := &r.V[StartingPosition]; v.Kind == String && !startingPosition(v.Str) {
		f.hard(rule.StartEnumClosed, badParameter, wrongParameter)
	}
}

func startingPosition(s string) bool {
	return s == "TRIM_HORIZON" || s == "LATEST" || s == "AT_TIMESTAMP"
}

// futureSlack is how far ahead of our clock a timestamp may lie before it
// counts as the future: clocks of two machines differ.
const futureSlack = 5 * 60 * 1000

func checkStart(p rule.Profile, k SourceKind, r *Request, now int64, f *faults) {
	v, ts := &r.V[StartingPosition], &r.V[StartingPositionTimestamp]
	if o := optionOf(p, k, StartingPosition); o.availability != available && !v.Missing() {
		f.add(fault{rule: o.not, errs: any4xx, soft: true, refuse: true, says: "StartingPosition is not valid for SQS event sources."})
		return
	}
	if !ts.Missing() {
		switch seconds, ok := ts.Number(); {
		case !ok:
			f.mistyped()
		case v.Str != "AT_TIMESTAMP":
			f.open(rule.StartTimestampOnlyWithAtTimestamp, any4xx)
		case rule.StartTimestampNotFuture.Holds(p) && seconds*1000 > float64(now+futureSlack):
			f.hard(rule.StartTimestampNotFuture, badParameter, "StartingPositionTimestamp must not be in the future.")
		}
	}
	if queueMode(r) {
		if !v.Missing() || !ts.Missing() {
			f.hard(rule.KafkaQueueModeExclusions, badParameter, wrongParameter)
		}
		return
	}
	switch {
	case v.Missing():
		if required := startRequired(p, k); required != nil {
			f.hard(required, badParameter,
				"1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.")
		} else if !k.sqs() && k != MQBroker {
			f.open(nil, any4xx)
		}
	case v.Kind != String:
		f.mistyped()
	case !startingPosition(v.Str):
		f.hard(rule.StartEnumClosed, badParameter, wrongParameter)
	case v.Str == "AT_TIMESTAMP":
		const says = "AT_TIMESTAMP is not supported for this event source."
		if k == DynamoDBStream {
			f.hard(rule.StartAtTimestampNotDynamoDB, badParameter, says)
		}
		if rule.StartAtTimestampKinesisOnly.Holds(p) && k.Family() != rule.Kinesis {
			f.hard(rule.StartAtTimestampKinesisOnly, badParameter, says)
			if k == MSKCluster {
				f.hard(rule.StartMSKPositions, badParameter, says)
			}
		}
		if ts.Missing() && k.In(rule.StartTimestampRequired.Sources) {
			f.hard(rule.StartTimestampRequired, badParameter, "StartingPositionTimestamp is required with AT_TIMESTAMP.")
		}
	}
}

func startRequired(p rule.Profile, k SourceKind) *rule.Rule {
	var r *rule.Rule
	switch k {
	case KinesisStream, KinesisConsumer:
		r = rule.StartRequiredKinesis
	case DynamoDBStream:
		r = rule.StartRequiredDynamoDB
	case MSKCluster:
		r = rule.StartRequiredMSK
	}
	if r == nil || !r.Holds(p) {
		return nil
	}
	return r
}

// checkUndocumented opens the answer for members that the operation does not
// define: it may ignore or refuse them.
func checkUndocumented(defined Members, r *Request, f *faults) {
	if len(r.Other) > 0 {
		f.open(nil, any4xx)
	}
	if r.present(^defined) != 0 {
		f.open(nil, any4xx)
	}
}

func checkList(p rule.Profile, w *World, r *Request, f *faults) {
	for i := range r.Query {
		if v := &r.Query[i]; v.Kind == String && v.Str == "" {
			f.open(nil, any4xx) // an empty value may count as none
		}
	}
	if v := &r.Query[qSource]; v.Kind == String && v.Str != "" && !validEventSourceARN(v.Str) {
		f.hard(rule.EventSourceARNPattern, badParameter, wrongParameter)
	}
	if v := &r.Query[qFunction]; v.Kind == String {
		ref, ok := parseFunctionName(p, v.Str)
		switch {
		case v.Str == "":
		case int64(len(v.Str)) > rule.FnMaxLength.Int(p):
			f.hard(rule.FnMaxLength, badParameter, wrongParameter)
		case !ok:
			f.hard(rule.FnPattern, badParameter|notFound, wrongParameter)
		case w.function(&ref) != Exists:
			f.open(rule.ListUnknownFunction, notFound|badParameter)
		}
	}
	if v := &r.Query[qMaxItems]; v.Kind == String {
		n := numberValue(v.Str)
		switch {
		case v.Str == "":
		case n.Kind != Int:
			f.open(nil, any4xx)
		case n.Int < rule.ListMaxitemsMin.Int(p):
			f.hard(rule.ListMaxitemsMin, badParameter, wrongParameter)
		case n.Int > rule.ListMaxitemsMax.Int(p):
			f.hard(rule.ListMaxitemsMax, badParameter, wrongParameter)
		}
	}
}
