package generators

import (
	"strings"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Queries of List, UUIDs that no mapping has, and requests letter for letter.

func replaceSource(text string, name func() string) string {
	if !strings.Contains(text, "${source}") {
		return text
	}
	return strings.ReplaceAll(text, "${source}", "${"+name()+"}")
}

// listing is a query of List and what it is about.
type listing struct {
	query map[string]string
	about *rule.Rule
	take  bool
}

// listings are the queries; the first few are what most programs send.
var listings = []listing{
	{},
	{query: map[string]string{"FunctionName": "${function}"}, about: rule.FnFormName, take: true},
	{query: map[string]string{"EventSourceArn": "${source}"}},
	{query: map[string]string{"MaxItems": "2"}},
	{query: map[string]string{"MaxItems": "1"}},
	{query: map[string]string{"FunctionName": "${function}", "MaxItems": "2"}},
	{query: map[string]string{"FunctionName": "${second}"}},
	{query: map[string]string{"FunctionName": "${own}"}},
	{query: map[string]string{"EventSourceArn": "${source}", "FunctionName": "${function}"}},
	{query: map[string]string{"EventSourceArn": "${source}", "FunctionName": "${second}"}},
	{query: map[string]string{"EventSourceArn": "${source}", "FunctionName": "${function}", "MaxItems": "1"}},
	{query: map[string]string{"FunctionName": functionARN + "${function}"}, about: rule.FnFormFullARN, take: true},
	{query: map[string]string{"FunctionName": "${account}:function:${function}"}, about: rule.FnFormPartialARN, take: true},
	{query: map[string]string{"MaxItems": "1000"}},
	{query: map[string]string{"MaxItems": "2", "Marker": "${marker}"}},
	{query: map[string]string{"FunctionName": noFunction}},
	{query: map[string]string{"Marker": "esmconform-no-such-marker"}, about: rule.ListMarkerInvalid},
	{query: map[string]string{"MaxItems": "0"}, about: rule.ListMaxitemsMin},
	{query: map[string]string{"MaxItems": "10001"}, about: rule.ListMaxitemsMax},
	{query: map[string]string{"EventSourceArn": "not an arn"}, about: rule.EventSourceARNPattern},
	{query: map[string]string{"FunctionName": tooLong("arn:aws:lambda:us-east-1:000000000000:function:f:", rule.FnMaxLength)}, about: rule.FnMaxLength},
	{query: map[string]string{"EventSourceArn": "not an arn"}},
	{query: map[string]string{"MaxItems": "0"}},
	{query: map[string]string{"MaxItems": "x"}}, {query: map[string]string{"MaxItems": "-1"}}, {query: map[string]string{"MaxItems": "1e3"}},
	{query: map[string]string{"MaxItems": ""}}, {query: map[string]string{"Marker": ""}}, {query: map[string]string{"Marker": "é"}},
	{query: map[string]string{"EventSourceArn": ""}}, {query: map[string]string{"FunctionName": ""}},
	{query: map[string]string{"FunctionName": "a b"}}, {query: map[string]string{"Colour": "red"}},
}

// crowdedList asks for more than a page may hold.
const crowdedList = 13

func (w *callWriter) list(x *Op) {
	l := &listings[int(x.arg)%len(listings)]
	c := trace.CallStep{Do: trace.CallList}
	if x.do == opListAll {
		c.Do = trace.CallListAll
		l = &listings[int(x.arg)%(crowdedList+1)]
	}
	for name, v := range l.query {
		text := replaceSource(v, func() string { return w.sourceName(x.source) })
		if strings.Contains(v, "${source}") && w.q.kind(x.source) == control.SelfManagedKafka {
			continue // it has no ARN to list by
		}
		if c.Query == nil {
			c.Query = map[string]string{}
		}
		c.Query[name] = text
	}
	if w.q.Profile != rule.Today && l.about != nil && !l.about.Holds(w.q.Profile) {
		w.add(c)
		return
	}
	w.add(w.about(c, l.about, l.take))
}

// strangers are UUIDs that no mapping has.
var strangers = []string{"0f1e2d3c-4b5a-4978-8796-a5b4c3d2e1f0", "0f1e2d3c-4b5a-4978-8796-a5b4c3d2e1f0", "x", "0", "a b", "é", "..", "%",
	"0f1e2d3c-4b5a-4978-8796-a5b4c3d2e1f00", "00000000-0000-0000-0000-000000000000"}

func (w *callWriter) stranger(x *Op) {
	c := trace.CallStep{Do: trace.CallGet, UUID: strangers[int(x.arg)%len(strangers)]}
	switch x.about % 3 {
	case 1:
		c.Do = trace.CallDelete
	case 2:
		c.Do, c.Body = trace.CallUpdate, map[string]any{"Enabled": false}
	}
	w.add(c)
}

const itemPath, patch = control.CollectionPath + "/${mapping}", "PATCH"

// rawCall is a request letter for letter; ${mapping} is its mapping, and a body of
// ${minimal} the least that maps its source.
type rawCall struct {
	do    trace.CallAction
	raw   trace.RawCall
	about *rule.Rule
	take  bool
}

var rawCalls = func() (list []rawCall) {
	list = []rawCall{
		{trace.CallCreate, trace.RawCall{Method: patch, Path: control.CollectionPath + "/", Body: "${minimal}"}, nil, false},
		{trace.CallList, trace.RawCall{Method: patch, Path: control.CollectionPath + "/"}, nil, false},
		{trace.CallGet, trace.RawCall{Method: patch, Path: itemPath}, nil, false},
		{trace.CallDelete, trace.RawCall{Method: patch, Path: itemPath}, nil, false},
		{trace.CallUpdate, trace.RawCall{Method: patch, Path: itemPath, Body: `{"BatchSize":2}`}, nil, false},
		{trace.CallCreate, trace.RawCall{Method: "POST", Path: control.CollectionPath, Body: "${minimal}"}, rule.CreateURI, true},
		{trace.CallCreate, trace.RawCall{Method: "POST", Path: control.CollectionPath + "/", Body: "${minimal}"}, rule.CreateURI, true},
		{trace.CallList, trace.RawCall{Method: "GET", Path: control.CollectionPath, Query: "MaxItems=1"}, rule.ListURI, true},
		{trace.CallList, trace.RawCall{Method: "GET", Path: control.CollectionPath + "/", Query: "MaxItems=1"}, rule.ListURI, true},
		{trace.CallGet, trace.RawCall{Method: "GET", Path: itemPath}, rule.GetURI, true},
		{trace.CallUpdate, trace.RawCall{Method: "PUT", Path: itemPath, Body: `{"BatchSize":3}`}, rule.UpdateURI, true},
		{trace.CallDelete, trace.RawCall{Method: "DELETE", Path: itemPath}, rule.DeleteURI, true},
		{trace.CallGet, trace.RawCall{Method: "GET", Path: itemPath}, rule.GetDeleteListNoBody, true},
		{trace.CallList, trace.RawCall{Method: "GET", Path: control.CollectionPath}, rule.GetDeleteListNoBody, true},
		{trace.CallDelete, trace.RawCall{Method: "DELETE", Path: itemPath}, rule.GetDeleteListNoBody, true},
		// Get without a UUID is List on the wire, and must be answered as List.
		{trace.CallList, trace.RawCall{Method: "GET", Path: control.CollectionPath + "/"}, rule.GetUUIDRequired, false},
		{trace.CallUpdate, trace.RawCall{Method: "PUT", Path: control.CollectionPath + "/", Body: `{"BatchSize":2}`}, rule.UpdateUUIDRequired, false},
		{trace.CallDelete, trace.RawCall{Method: "DELETE", Path: control.CollectionPath + "/"}, rule.DeleteUUIDRequired, false},
	}
	for _, body := range []string{`{`, `{"FunctionName":`, `[]`, `[{"FunctionName":"f"}]`, `10`, `"text"`, `{"BatchSize":1}}`, `<xml/>`} {
		list = append(list,
			rawCall{trace.CallCreate, trace.RawCall{Method: "POST", Path: control.CollectionPath, Body: body}, rule.RequestBodyJSON, false},
			rawCall{trace.CallUpdate, trace.RawCall{Method: "PUT", Path: itemPath, Body: body}, rule.RequestBodyJSON, false})
	}
	return list
}()

// creates reports whether an opRaw is a Create.
func (x *Op) creates() bool { return rawCalls[int(x.arg)%len(rawCalls)].do == trace.CallCreate }

func (w *callWriter) raw(x *Op) {
	r := &rawCalls[int(x.arg)%len(rawCalls)]
	letters := r.raw
	name := mappingName(x.mapping)
	letters.Path = strings.ReplaceAll(letters.Path, "${mapping}", "${"+name+"}")
	c := trace.CallStep{Do: r.do, Raw: &letters}
	if letters.Path != r.raw.Path || r.do == trace.CallCreate {
		c.Mapping = name
	}
	if r.do == trace.CallCreate {
		w.sourceOf[x.mapping] = x.source
	}
	if letters.Body == "${minimal}" {
		letters.Body = jsonText(w.minimal(x.source))
	}
	w.add(w.about(c, r.about, r.take))
}

// tooLong is a text of one more than the rule allows.
func tooLong(head string, r *rule.Rule) string {
	return head + strings.Repeat("q", int(r.Int(rule.Today))+1-len(head))
}

// put makes a mapping whose batches are tried once, and puts a record into its source.
func (w *callWriter) put(x *Op) {
	w.sourceOf[x.mapping] = x.source
	name := mappingName(x.mapping)
	body := w.minimal(x.source)
	body["MaximumRetryAttempts"] = 0
	put := trace.CallStep{Do: trace.CallPut, Mapping: name}
	switch x.about % 3 {
	case 1:
		put.Fail = true
	case 2:
		put.Fail = true
		put.About = rule.BisectBatchSizeSettingUnchanged.ID
		body["BatchSize"], body["BisectBatchOnFunctionError"] = 10, true
	}
	w.add(trace.CallStep{Do: trace.CallCreate, Mapping: name, Body: body})
	w.add(trace.CallStep{Do: trace.CallSettle, Mapping: name})
	w.add(put)
}
