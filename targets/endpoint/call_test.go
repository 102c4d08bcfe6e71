package endpoint

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets"
)

type object = map[string]any

const (
	uuid       = "14e0db71-5d35-4eb5-b481-8945cf9d10c2"
	collection = "/2015-03-31/event-source-mappings"
)

// TestRequestOnTheWire says for each request which way it goes and what the
// server sees.
func TestRequestOnTheWire(t *testing.T) {
	const sdk, raw = true, false
	create := func(member string, value any) targets.Request {
		return targets.Request{Operation: trace.Create, Body: object{"FunctionName": "f", member: value}}
	}
	list := func(name, value string) targets.Request {
		return targets.Request{Operation: trace.List, Query: map[string]string{name: value}}
	}
	tests := []struct {
		name string
		req  targets.Request
		sdk  bool
		uri  string // "" where only the way matters
		body string // JSON, in the order of the names
	}{
		{"create", create("BatchSize", 10), sdk, collection, `{"BatchSize":10,"FunctionName":"f"}`},
		{"zero and false", targets.Request{Operation: trace.Create, Body: object{"FunctionName": "f", "Enabled": false,
			"MaximumBatchingWindowInSeconds": 0, "MaximumRetryAttempts": -1}}, sdk, "",
			`{"Enabled":false,"FunctionName":"f","MaximumBatchingWindowInSeconds":0,"MaximumRetryAttempts":-1}`},
		{"nested", create("DestinationConfig", object{"OnFailure": object{"Destination": "d"}}), sdk, "",
			`{"DestinationConfig":{"OnFailure":{"Destination":"d"}},"FunctionName":"f"}`},
		{"empty object", create("ScalingConfig", object{}), sdk, "", `{"FunctionName":"f","ScalingConfig":{}}`},
		{"list of objects", create("FilterCriteria", object{"Filters": []object{{"Pattern": `{"a":[{"prefix":"<&>"}]}`}}}), sdk, "",
			`{"FilterCriteria":{"Filters":[{"Pattern":"{\"a\":[{\"prefix\":\"<&>\"}]}"}]},"FunctionName":"f"}`},
		{"empty list", create("FunctionResponseTypes", []string{}), sdk, "", `{"FunctionName":"f","FunctionResponseTypes":[]}`},
		{"unknown enum", create("StartingPosition", "MIDDLE"), sdk, "", `{"FunctionName":"f","StartingPosition":"MIDDLE"}`},
		{"map of lists", create("SelfManagedEventSource", object{"Endpoints": object{"KAFKA_BOOTSTRAP_SERVERS": []any{"h:9092"}}}), sdk, "",
			`{"FunctionName":"f","SelfManagedEventSource":{"Endpoints":{"KAFKA_BOOTSTRAP_SERVERS":["h:9092"]}}}`},
		{"milliseconds", create("StartingPositionTimestamp", 1541621380.123), sdk, "",
			`{"FunctionName":"f","StartingPositionTimestamp":1541621380.123}`},
		{"whole seconds", create("StartingPositionTimestamp", 1541621380), sdk, "",
			`{"FunctionName":"f","StartingPositionTimestamp":1541621380}`},
		{"number as text", create("BatchSize", json.Number("7")), sdk, "", `{"BatchSize":7,"FunctionName":"f"}`},
		{"empty name", targets.Request{Operation: trace.Create, Body: object{"FunctionName": ""}}, sdk, "", `{"FunctionName":""}`},

		{"no name", targets.Request{Operation: trace.Create}, raw, collection + "/", `{}`},
		{"null", create("BatchSize", nil), raw, collection + "/", `{"BatchSize":null,"FunctionName":"f"}`},
		{"wrong type", create("BatchSize", "10"), raw, "", `{"BatchSize":"10","FunctionName":"f"}`},
		{"null in a list", create("Topics", []any{nil}), raw, "", `{"FunctionName":"f","Topics":[null]}`},
		{"fraction", create("BatchSize", 1.5), raw, "", `{"BatchSize":1.5,"FunctionName":"f"}`},
		{"too large for the SDK", create("BatchSize", 1<<40), raw, "", `{"BatchSize":1099511627776,"FunctionName":"f"}`},
		{"finer than milliseconds", create("StartingPositionTimestamp", 1541621380.12345), raw, "",
			`{"FunctionName":"f","StartingPositionTimestamp":1541621380.12345}`},
		{"empty enum", create("StartingPosition", ""), raw, "", `{"FunctionName":"f","StartingPosition":""}`},
		{"unknown member", create("Colour", "<red>"), raw, "", `{"Colour":"<red>","FunctionName":"f"}`},
		{"member in another case", create("batchSize", 1), raw, "", `{"FunctionName":"f","batchSize":1}`},
		{"member that the SDK takes for the path", targets.Request{Operation: trace.Update, UUID: uuid, Body: object{"UUID": "u"}}, raw,
			collection + "/" + uuid, `{"UUID":"u"}`},

		{"update", targets.Request{Operation: trace.Update, UUID: uuid, Body: object{"Enabled": true}}, sdk, collection + "/" + uuid, `{"Enabled":true}`},
		{"update of nothing", targets.Request{Operation: trace.Update, UUID: uuid}, sdk, collection + "/" + uuid, `{}`},
		{"get", targets.Request{Operation: trace.Get, UUID: uuid}, sdk, collection + "/" + uuid, ""},
		{"delete", targets.Request{Operation: trace.Delete, UUID: uuid}, sdk, collection + "/" + uuid, ""},
		{"no UUID", targets.Request{Operation: trace.Get}, raw, collection + "/", ""},
		{"odd UUID", targets.Request{Operation: trace.Delete, UUID: "a/b c?#%é"}, raw, collection + "/a%2Fb%20c%3F%23%25%C3%A9", ""},
		{"get with a body", targets.Request{Operation: trace.Get, UUID: uuid, Body: object{"a": 1}}, raw, collection + "/" + uuid, `{"a":1}`},

		{"list", targets.Request{Operation: trace.List}, sdk, collection, ""},
		{"page size", list("MaxItems", "10"), sdk, collection + "?MaxItems=10", ""},
		{"page size below", list("MaxItems", "-1"), sdk, collection + "?MaxItems=-1", ""},
		{"marker", list("Marker", "a/b+c=="), sdk, collection + "?Marker=a%2Fb%2Bc%3D%3D", ""},
		{"page size in words", list("MaxItems", "ten"), raw, collection + "/?MaxItems=ten", ""},
		{"page size with a zero", list("MaxItems", "010"), raw, collection + "/?MaxItems=010", ""},
		{"no page size", list("MaxItems", ""), raw, collection + "/?MaxItems=", ""},
		{"unknown parameter", list("Colour", "a b"), raw, collection + "/?Colour=a%20b", ""},

		{"letter for letter", targets.Request{Raw: &targets.Raw{Method: "POST", Path: collection + "/%2f//x", Query: "b=2&a=1+1&a",
			Body: `{"FunctionName": "f",`}}, raw, collection + "/%2f//x?b=2&a=1+1&a", `{"FunctionName": "f",`},
	}
	f := newFake(t)
	target := newTarget(t, f.URL)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			x, err := target.Call(context.Background(), test.req)
			if err != nil {
				t.Fatal(err)
			}
			got := f.last()
			if bySDK := strings.Contains(got.header.Get("User-Agent"), "aws-sdk-go-v2"); bySDK != test.sdk {
				t.Errorf("went by the SDK: %t, want %t (%s)", bySDK, test.sdk, got.body)
			}
			if got.body != test.body {
				t.Errorf("body %s, want %s", got.body, test.body)
			}
			if test.uri != "" && got.uri != test.uri {
				t.Errorf("path %s, want %s", got.uri, test.uri)
			}
			uri := x.Path
			if x.Query != "" {
				uri += "?" + x.Query
			}
			if uri != got.uri || x.Request != got.body {
				t.Errorf("the exchange says %s %s, the server saw %s %s", uri, x.Request, got.uri, got.body)
			}
			wantSigned(t, got.header, "/us-east-1/lambda/aws4_request")
			for name, value := range x.Header {
				if name != strings.ToLower(name) || strings.Contains(value, "AWS4") {
					t.Errorf("the exchange keeps %s: %s", name, value)
				}
			}
		})
	}
}

func wantSigned(t *testing.T, h http.Header, scope string) {
	t.Helper()
	auth := h.Get("Authorization")
	if !strings.HasPrefix(auth, "AWS4-HMAC-SHA256 Credential=test/") || !strings.Contains(auth, scope) ||
		!strings.Contains(auth, "Signature=") || h.Get("X-Amz-Date") == "" {
		t.Errorf("Authorization %q, X-Amz-Date %q: want a signature of %s", auth, h.Get("X-Amz-Date"), scope)
	}
}

// TestExchangeIsTheAnswer: what an SDK cannot read, or takes for an error, is
// kept as it came.
func TestExchangeIsTheAnswer(t *testing.T) {
	tests := []struct {
		name   string
		status int
		body   string
		header []string
	}{
		{"null and absent", 202, `{"UUID":null,"BatchSize" : 10}`, nil},
		{"modelled error", 409, `{"Type":"User","message":"busy"}`,
			[]string{"x-amzn-errortype", "ResourceConflictException", "retry-after", "3", "x-amzn-requestid", "id-1"}},
		{"html", 200, "<html>", []string{"content-type", "text/html"}},
		{"half", 202, `{"UUID":`, nil},
		{"wrong type", 202, `{"UUID":7,"LastModified":"today"}`, nil},
		{"redirect", 307, "", []string{"location", "/elsewhere"}},
		{"nothing", 204, "", nil},
		{"a list", 500, `[1]`, nil},
	}
	f := newFake(t)
	target := newTarget(t, f.URL)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f.on("GetEventSourceMapping", answer(test.status, test.body, test.header...))
			before, n := time.Now(), len(f.operations())
			x, err := target.Call(context.Background(), targets.Request{Operation: trace.Get, UUID: uuid})
			if err != nil {
				t.Fatal(err)
			}
			if x.Operation != trace.Get || x.Method != "GET" || x.Status != test.status || x.Response != test.body {
				t.Errorf("exchange %+v", x)
			}
			for i := 0; i < len(test.header); i += 2 {
				if got := x.Header[test.header[i]]; got != test.header[i+1] {
					t.Errorf("header %s is %q, want %q", test.header[i], got, test.header[i+1])
				}
			}
			if x.Start.Before(before) || x.End.Before(x.Start) || x.End.After(time.Now()) {
				t.Errorf("from %s to %s", x.Start, x.End)
			}
			if asked := f.since(n); len(asked) != 1 {
				t.Errorf("one call made %v", asked)
			}
		})
	}
}

// TestLostAnswerIsNotRepeated: the way back to a raw request is for what was
// never sent.
func TestLostAnswerIsNotRepeated(t *testing.T) {
	f := newFake(t)
	f.on("CreateEventSourceMapping", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	_, err := newTarget(t, f.URL).Call(context.Background(), targets.Request{Operation: trace.Create, Body: object{"FunctionName": "f"}})
	var u *targets.Unreachable
	if !errors.As(err, &u) || !strings.Contains(err.Error(), "CreateEventSourceMapping") {
		t.Errorf("error %v, want an *Unreachable that names the operation", err)
	}
	if asked := f.operations(); len(asked) != 1 {
		t.Errorf("asked %v, want one request", asked)
	}
}

func TestCallTimeout(t *testing.T) {
	f := newFake(t)
	f.on("GetEventSourceMapping", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	target := newTarget(t, f.URL, func(o *Options) { o.CallTimeout = 100 * time.Millisecond })
	_, err := target.Call(context.Background(), targets.Request{Operation: trace.Get, UUID: uuid})
	var u *targets.Unreachable
	if !errors.As(err, &u) || !strings.Contains(err.Error(), "within 100ms") {
		t.Errorf("error %v, want an *Unreachable after 100ms", err)
	}
}

// TestBadEscapeIsSent: what net/http would not accept as a server, and repairs as
// a client, still reaches the wire as it was given.
func TestBadEscapeIsSent(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	line := make(chan string, 1)
	go func() {
		defer close(line)
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		first, _ := bufio.NewReader(c).ReadString('\n')
		_, _ = io.WriteString(c, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
		line <- first
	}()
	raw := &targets.Raw{Method: "GET", Path: collection + "/%zz", Query: "x=%"}
	x, err := newTarget(t, "http://"+l.Addr().String()).Call(context.Background(), targets.Request{Raw: raw})
	l.Close()
	if got, want := <-line, "GET "+collection+"/%zz?x=% HTTP/1.1\r\n"; got != want {
		t.Errorf("sent %q, want %q", got, want)
	}
	if err != nil || x.Status != 400 || x.Path != raw.Path || x.Query != raw.Query || x.Operation != trace.Get {
		t.Errorf("exchange %+v, error %v", x, err)
	}
}

func TestUnsendable(t *testing.T) {
	f := newFake(t)
	target := newTarget(t, f.URL)
	for _, req := range []targets.Request{
		{Operation: "Invoke"},
		{Operation: trace.Create, Body: object{"BatchSize": func() {}}},
		{Raw: &targets.Raw{Method: "GET", Path: "no-slash"}},
		{Raw: &targets.Raw{Path: "/"}},
	} {
		if x, err := target.Call(context.Background(), req); err == nil {
			t.Errorf("%+v was answered with %+v, want an error", req, x)
		}
	}
	if asked := f.operations(); len(asked) != 0 {
		t.Errorf("asked %v", asked)
	}
}
