package generators

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Scenario is the sequence as a scenario, with names in the place of its numbers.
func (q *Sequence) Scenario() *trace.Scenario {
	w := &callWriter{q: q, t: tablesOf[q.Profile](), sourceOf: map[uint8]uint8{},
		s: &trace.Scenario{Format: 1, Profile: q.Profile.String()}}
	for i := range q.Ops {
		w.op(&q.Ops[i])
	}
	return w.s
}

// callWriter turns operations into calls.
type callWriter struct {
	q        *Sequence
	t        *tables
	s        *trace.Scenario
	sourceOf map[uint8]uint8
	named    map[uint8]bool // sources in use
	again    bool           // a mapping was waited for to be gone
}

func mappingName(m uint8) string { return fmt.Sprintf("m%d", m) }

// sourceName is the name of a source, which the scenario then has.
func (w *callWriter) sourceName(i uint8) string {
	k := w.q.kind(i)
	name := fmt.Sprintf("%s-%d", k, int(i)/len(w.q.kinds))
	if len(w.q.kinds) > 1 {
		name = fmt.Sprintf("%s-%d", k, i)
	}
	if !w.named[i] {
		if w.named == nil {
			w.named = map[uint8]bool{}
		}
		w.named[i] = true
		w.s.Sources = append(w.s.Sources, trace.ScenarioSource{Name: name, Kind: k.String()})
	}
	return name
}

func (w *callWriter) add(c trace.CallStep) { w.s.Calls = append(w.s.Calls, c) }

func (w *callWriter) op(x *Op) {
	name := mappingName(x.mapping)
	switch x.do {
	case opCreate:
		w.create(x)
	case opUpdate:
		k := w.q.kind(w.sourceOf[x.mapping])
		body := map[string]any{}
		about, take := w.lay(body, x, k, w.sourceOf[x.mapping])
		w.add(w.about(trace.CallStep{Do: trace.CallUpdate, Mapping: name, Body: body}, about, take))
	case opGet:
		w.add(trace.CallStep{Do: trace.CallGet, Mapping: name})
	case opDelete:
		w.add(trace.CallStep{Do: trace.CallDelete, Mapping: name})
	case opSettle:
		w.add(trace.CallStep{Do: trace.CallSettle, Mapping: name})
	case opGone:
		w.again = true
		w.add(trace.CallStep{Do: trace.CallGone, Mapping: name})
	case opPause:
		w.add(trace.CallStep{Do: trace.CallPause, MS: callPauses[int(x.arg)%len(callPauses)]})
	case opList, opListAll:
		w.list(x)
	case opRaw:
		w.raw(x)
	case opPut:
		w.put(x)
	case opStranger:
		w.stranger(x)
	case opRemoveFunction:
		w.add(trace.CallStep{Do: trace.CallRemoveFunction, Function: "own"})
	}
}

// callPauses are longer than what LastModified needs to show a change, a minute.
var callPauses = []float64{2200, 61_000}

// minimal is the least that maps a source.
func (w *callWriter) minimal(source uint8) map[string]any {
	k, name := w.q.kind(source), "${"+w.sourceName(source)+"}"
	f := map[string]any{"FunctionName": "${function}", "EventSourceArn": name}
	secret := []any{map[string]any{"Type": "BASIC_AUTH", "URI": secretARN}}
	switch k {
	case control.KinesisStream, control.KinesisConsumer, control.DynamoDBStream:
		f["StartingPosition"] = "TRIM_HORIZON"
	case control.MSKCluster:
		f["StartingPosition"], f["Topics"] = "TRIM_HORIZON", []any{topicName}
	case control.SelfManagedKafka:
		delete(f, "EventSourceArn")
		f["StartingPosition"], f["Topics"] = "TRIM_HORIZON", []any{topicName}
		f["SelfManagedEventSource"] = brokersAt(name)["SelfManagedEventSource"]
		f["SourceAccessConfigurations"] = secret
	case control.MQBroker:
		f["Queues"] = []any{"esmconform"}
		f["SourceAccessConfigurations"] = secret
	case control.DocumentDBCluster:
		f["StartingPosition"] = "TRIM_HORIZON"
		f["DocumentDBEventSourceConfig"] = map[string]any{"DatabaseName": "esmconform"}
		f["SourceAccessConfigurations"] = secret
	}
	return f
}

func (w *callWriter) create(x *Op) {
	w.sourceOf[x.mapping] = x.source
	k := w.q.kind(x.source)
	body := w.minimal(x.source)
	about, take := w.lay(body, x, k, x.source)
	if x.n == 0 {
		about, take = w.plainAbout(x, k), true
	}
	w.add(w.about(trace.CallStep{Do: trace.CallCreate, Mapping: mappingName(x.mapping), Body: body}, about, take))
}

// lay puts the settings into a body, and returns the rule that the request is
// about, if it is about one.
func (w *callWriter) lay(body map[string]any, x *Op, k control.SourceKind, source uint8) (about *rule.Rule, take bool) {
	for _, i := range x.settings[:x.n] {
		for name, v := range w.t.settings[k][i].fields {
			if _, ok := v.(gone); ok {
				delete(body, name)
				continue
			}
			body[name] = w.named1(v, source)
		}
	}
	if x.n != 1 {
		return nil, false
	}
	s := &w.t.settings[k][x.settings[0]]
	return w.choose(x, s.about), s.take
}

// named1 puts the source's name where a value of a table says ${source}.
func (w *callWriter) named1(v any, source uint8) any {
	switch v := v.(type) {
	case string:
		return replaceSource(v, func() string { return w.sourceName(source) })
	case []any:
		list := make([]any, len(v))
		for i, e := range v {
			list[i] = w.named1(e, source)
		}
		return list
	case map[string]any:
		object := make(map[string]any, len(v))
		for name, e := range v {
			object[name] = w.named1(e, source)
		}
		return object
	}
	return v
}

// choose picks one of the rules that the profile has, by the operation's own draw.
func (w *callWriter) choose(x *Op, list []*rule.Rule) *rule.Rule {
	list = slices.DeleteFunc(slices.Clone(list), func(r *rule.Rule) bool { return r == nil || !r.Holds(w.q.Profile) })
	if len(list) == 0 {
		return nil
	}
	return list[int(x.about)%len(list)]
}

func (w *callWriter) about(c trace.CallStep, r *rule.Rule, take bool) trace.CallStep {
	if r != nil {
		c.About, c.Accept = r.ID, take
	}
	return c
}

// plainAbout are the rules that the least that maps a source is about.
func (w *callWriter) plainAbout(x *Op, k control.SourceKind) *rule.Rule {
	if x.about == 0 {
		return nil
	}
	list := []*rule.Rule{control.AcceptRule(k), rule.FnFormName}
	if slices.Contains(commonKinds, k) {
		list = append(list, rule.CreateMembers2020, rule.CreateManySourcesPerFunction)
	}
	if slices.Contains(positioned, k) {
		list = append(list, rule.StartEnumTrimHorizon)
	}
	switch k {
	case control.SQSQueue:
		list = append(list, rule.CreateARNSQSQueue, rule.SQSStandardSupported)
	case control.MSKCluster:
		list = append(list, rule.StartMSKPositions)
	}
	if w.again {
		list = append(list, rule.GetAfterDelete404)
	}
	y := *x
	y.about = uint8(x.arg)
	return w.choose(&y, list)
}

func jsonText(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // the tables hold nothing that is no JSON
	}
	return string(b)
}
