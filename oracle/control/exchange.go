package control

import (
	"bytes"
	"encoding/json"
	"io"
	"net/url"
	"strings"

	"github.com/esmconform/esmconform/oracle/trace"
)

// CollectionPath is the path of Create and List; with or without a slash at
// the end, because the model of 2020 has one and today's has none.
const CollectionPath = "/2015-03-31/event-source-mappings"

// route is what a path names.
type route uint8

const (
	elsewhere route = iota
	collection
	item
)

// Request is a request, parsed.
type Request struct {
	Op     trace.Operation
	Method string
	UUID   string
	Config          // the body of Create and Update
	Query  [4]Value // EventSourceArn, FunctionName, Marker, MaxItems, as sent
	route  route
	body   bodyState
}

// The query members of List.
const (
	qSource = iota
	qFunction
	qMarker
	qMaxItems
)

var queryNames = [...]string{"EventSourceArn", "FunctionName", "Marker", "MaxItems"}

type bodyState uint8

const (
	bodyEmpty bodyState = iota
	bodyObject
	bodyOther // JSON, but no object
	bodyBroken
)

// Answer is an answer, parsed.
type Answer struct {
	Status int
	// Code is the error code without namespace or URI, from the header or, when
	// that is missing, from the body.
	Code     string
	inHeader bool
	Message  string
	keys     errorKeys
	body     bodyState
	Config            // of an answer that is one object
	Entries  []Config // of a list
	hasList  bool
	Next     Value
	retry    string
}

// errorKeys are the members of an error body, spelled exactly so.
type errorKeys uint8

const (
	keyType errorKeys = 1 << iota
	keyMessageLower
	keyMessageUpper
)

// Exchange is a request and its answer, parsed.
type Exchange struct {
	Request
	Answer
	Start, End int64 // milliseconds since the Unix epoch
}

// Parse takes an exchange apart. It never fails: what cannot be read is part
// of what is judged.
func Parse(x *trace.Exchange) *Exchange {
	e := &Exchange{Start: x.Start.UnixMilli(), End: x.End.UnixMilli()}
	e.Request = ParseRequest(x.Operation, x.Method, x.Path, x.Query, x.Request)
	e.Answer = parseAnswer(x)
	return e
}

// ParseRequest takes a request apart. path is escaped and query raw, as on the wire.
func ParseRequest(op trace.Operation, method, path, query, body string) Request {
	r := Request{Op: op, Method: method}
	r.route, r.UUID = parsePath(path)
	if values, err := url.ParseQuery(query); err == nil {
		for i, name := range queryNames {
			if values.Has(name) {
				r.Query[i] = Value{Kind: String, Str: values.Get(name)}
			}
		}
	}
	object, state := decodeBody(body)
	r.body = state
	if object != nil {
		r.Config = ConfigOf(object)
	}
	return r
}

// OperationOf returns the operation that a method and an escaped path name; ok
// is false when they name none.
func OperationOf(method, path string) (op trace.Operation, ok bool) {
	where, _ := parsePath(path)
	for _, op := range trace.Operations {
		if b := bindings[op]; b.method == method && b.route == where {
			return op, true
		}
	}
	return "", false
}

type binding struct {
	method string
	route  route
}

var bindings = map[trace.Operation]binding{
	trace.Create: {"POST", collection},
	trace.Get:    {"GET", item},
	trace.List:   {"GET", collection},
	trace.Update: {"PUT", item},
	trace.Delete: {"DELETE", item},
}

// Method is the documented HTTP method of an operation.
func Method(op trace.Operation) string { return bindings[op].method }

func parsePath(path string) (r route, uuid string) {
	rest, ok := strings.CutPrefix(path, CollectionPath)
	switch {
	case !ok:
		return elsewhere, ""
	case rest == "" || rest == "/":
		return collection, ""
	case rest[0] != '/':
		return elsewhere, ""
	}
	// A trailing slash is always optional in an HTTP binding.
	rest = strings.TrimSuffix(rest[1:], "/")
	if strings.Contains(rest, "/") {
		return elsewhere, ""
	}
	uuid, err := url.PathUnescape(rest)
	if err != nil {
		return item, rest
	}
	return item, uuid
}

func decodeBody(body string) (object map[string]any, state bodyState) {
	if strings.TrimSpace(body) == "" {
		return nil, bodyEmpty
	}
	d := json.NewDecoder(strings.NewReader(body))
	d.UseNumber()
	var x any
	if err := d.Decode(&x); err != nil {
		return nil, bodyBroken
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, bodyBroken // something follows
	}
	switch x := x.(type) {
	case nil:
		return nil, bodyEmpty // null says as much as nothing does
	case map[string]any:
		return x, bodyObject
	}
	return nil, bodyOther
}

func parseAnswer(x *trace.Exchange) Answer {
	a := Answer{Status: x.Status, retry: x.Header["retry-after"]}
	object, state := decodeBody(x.Response)
	a.body = state
	a.Code = errorCode(x.Header["x-amzn-errortype"])
	a.inHeader = a.Code != ""
	if object == nil {
		return a
	}
	if x.Status < 200 || x.Status > 299 {
		if a.Code == "" {
			a.Code = errorCode(firstString(object, "__type", "code", "Code"))
		}
		a.Message = firstString(object, "message", "Message")
		for key, bit := range map[string]errorKeys{"Type": keyType, "message": keyMessageLower, "Message": keyMessageUpper} {
			if s, ok := object[key].(string); ok && s != "" {
				a.keys |= bit
			}
		}
		return a
	}
	if list, ok := object["EventSourceMappings"].([]any); ok {
		a.hasList = true
		for _, x := range list {
			entry, _ := x.(map[string]any)
			a.Entries = append(a.Entries, ConfigOf(entry))
		}
	}
	if x.Operation == trace.List {
		if next, ok := object["NextMarker"]; ok {
			a.Next = ValueOf(next)
		}
		return a
	}
	a.Config = ConfigOf(object)
	return a
}

func firstString(object map[string]any, keys ...string) string {
	for _, k := range keys {
		if s, ok := object[k].(string); ok {
			return s
		}
	}
	return ""
}

// errorCode strips namespace and URI: the text before the first ":" and then
// after the first "#".
func errorCode(s string) string {
	s, _, _ = strings.Cut(s, ":")
	if _, after, ok := strings.Cut(s, "#"); ok {
		s = after
	}
	return strings.TrimSpace(s)
}

// JSON writes a value the way the service does: no escaping of HTML, no
// trailing newline.
func JSON(x any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(x); err != nil {
		panic("control: " + err.Error())
	}
	return strings.TrimSuffix(b.String(), "\n")
}
