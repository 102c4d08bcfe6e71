package reference

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

var uuid = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

// expectREST checks an error of Lambda's wire.
func expectREST(t *testing.T, r reply, status int, code string) {
	t.Helper()
	var body map[string]any
	if err := json.Unmarshal([]byte(r.body), &body); err != nil {
		t.Errorf("the body is no JSON: %v: %s", err, r.body)
	}
	message, _ := body["Message"].(string)
	if lower, ok := body["message"].(string); ok {
		message = lower
	}
	if r.status != status || r.header.Get("X-Amzn-ErrorType") != code || message == "" || r.header.Get("Content-Type") != "application/json" {
		t.Errorf("got %d %s %s %s, want %d %s with a message", r.status, r.header.Get("X-Amzn-ErrorType"), r.header.Get("Content-Type"), r.body, status, code)
	}
}

// expectRPCError checks an error of a service with X-Amz-Target.
func expectRPCError(t *testing.T, r reply, what, code string) {
	t.Helper()
	var body struct {
		Type    string `json:"__type"`
		Message string `json:"message"`
	}
	if err := json.Unmarshal([]byte(r.body), &body); err != nil {
		t.Errorf("%s: the body is no JSON: %v: %s", what, err, r.body)
	}
	if got := body.Type[strings.IndexByte(body.Type, '#')+1:]; r.status != 400 || got != code || body.Message == "" {
		t.Errorf("%s: got %d %s, want 400 %s with a message", what, r.status, r.body, code)
	}
}

func TestMappingsOnTheWire(t *testing.T) {
	s, m := newFake(t)
	type request struct {
		method, path, query, body string
		now                       time.Time
	}
	var got request
	m.answer = func(now time.Time, method, path, query, body string) (int, string, string) {
		got = request{method, path, query, body, now}
		return 202, "", `{"UUID":"<x>"}`
	}
	for _, want := range []request{
		{"POST", "/2015-03-31/event-source-mappings", "", `{"a":1}`, Epoch},
		{"GET", "/2015-03-31/event-source-mappings/", "MaxItems=1&Marker=a%2Fb", "", Epoch},
		{"PUT", "/2015-03-31/event-source-mappings/a%2Fb%20c", "", `no JSON`, Epoch},
		{"PATCH", "/2015-03-31/event-source-mappings/a/b/c", "", "", Epoch},
	} {
		url := want.path
		if want.query != "" {
			url += "?" + want.query
		}
		r := send(t, s, want.method, url, want.body)
		if got != want {
			t.Errorf("the mappings were asked %v, want %v", got, want)
		}
		if r.status != 202 || r.body != `{"UUID":"<x>"}` || r.header.Get("Content-Type") != "application/json" {
			t.Errorf("answered %d %s %s", r.status, r.header.Get("Content-Type"), r.body)
		}
		if _, ok := r.header["X-Amzn-Errortype"]; ok {
			t.Error("a success with an error type")
		}
		if date := r.header.Get("Date"); date != "Thu, 01 Jan 2026 00:00:00 GMT" {
			t.Errorf("Date %q, want the clock's", date)
		}
	}

	m.answer = func(time.Time, string, string, string, string) (int, string, string) {
		return 409, "ResourceConflictException", `{"message":"busy"}`
	}
	expectREST(t, send(t, s, "DELETE", "/2015-03-31/event-source-mappings/x", ""), 409, "ResourceConflictException")
	got = request{}
	expectREST(t, send(t, s, "GET", "/2015-03-31/event-source-mappingsx", ""), 404, "UnknownOperationException")
	if got != (request{}) {
		t.Error("the mappings were asked about another path")
	}
}

func TestRequestIDsAreUnique(t *testing.T) {
	s, _ := newFake(t)
	seen := map[string]bool{}
	for range 100 {
		id := send(t, s, "GET", "/2015-03-31/event-source-mappings", "").header.Get("x-amzn-RequestId")
		if !uuid.MatchString(id) || seen[id] {
			t.Fatalf("request id %q, seen before: %v", id, seen[id])
		}
		seen[id] = true
	}
}

func TestUnknownPaths(t *testing.T) {
	s, _ := newFake(t)
	for _, path := range []string{"/", "/favicon.ico", "/2015-03-31", "/2020-04-22/code-signing-configs", "//", "/%2e%2e/x"} {
		for _, method := range []string{"GET", "POST", "DELETE"} {
			expectREST(t, send(t, s, method, path, "x"), 404, "UnknownOperationException")
		}
	}
}

func TestPanicBecomesAnError(t *testing.T) {
	m := &fakeMappings{answer: func(time.Time, string, string, string, string) (int, string, string) { panic("boom 4711") }}
	var fault error
	s := New(Options{Mappings: m, Fault: func(err error) { fault = err }})
	r := send(t, s, "GET", "/2015-03-31/event-source-mappings", "")
	expectREST(t, r, 500, "ServiceException")
	if strings.Contains(r.body, "4711") {
		t.Errorf("the client was told %s", r.body)
	}
	if fault == nil || !strings.Contains(fault.Error(), "boom 4711") || !strings.Contains(fault.Error(), "wire_test.go") {
		t.Errorf("the fault is %v, want the panic and its stack", fault)
	}
	// The server goes on: nothing stayed locked.
	m.answer = func(time.Time, string, string, string, string) (int, string, string) { return 200, "", "{}" }
	if r := send(t, s, "GET", "/2015-03-31/event-source-mappings", ""); r.status != 200 {
		t.Errorf("afterwards: %d %s", r.status, r.body)
	}
}

func TestMalformedBodies(t *testing.T) {
	s, m := newFake(t)
	for _, body := range []string{"{", "[]", "null", "7", `"x"`, "{} {}", "\xbf\xff", `{"StreamName":{},"TableName":{},"QueueName":{},"FunctionName":{}}`} {
		for _, target := range []string{"Kinesis_20131202.CreateStream", "DynamoDB_20120810.CreateTable", "AmazonSQS.CreateQueue"} {
			expectRPCError(t, send(t, s, "POST", "/", body, "X-Amz-Target: "+target), target+" "+body, "SerializationException")
		}
		expectREST(t, send(t, s, "POST", "/2015-03-31/functions", body), 400, "SerializationException")
	}
	m.expect(t)
}

// TestEmptyInput: every operation there is survives an input without members.
func TestEmptyInput(t *testing.T) {
	s, _ := newFake(t) // fails the test on a panic
	for name, sv := range services {
		for op := range sv.operations {
			for _, body := range []string{"", "{}"} {
				if r := send(t, s, "POST", "/", body, "X-Amz-Target: "+name+"."+op); r.status != 400 || !json.Valid([]byte(r.body)) {
					t.Errorf("%s.%s of %q: %d %s, want a 400", name, op, body, r.status, r.body)
				}
			}
		}
	}
}

func TestUnknownTargets(t *testing.T) {
	s, _ := newFake(t)
	for _, target := range []string{"Kinesis_20131202.Nothing", "Kinesis_20131202", "Kinesis_20131202.", "AmazonSQS.a.b", "Nothing.CreateQueue", ".", "x"} {
		expectRPCError(t, send(t, s, "POST", "/", "{}", "X-Amz-Target: "+target), target, "UnknownOperationException")
	}
	expectRPCError(t, send(t, s, "GET", "/", "", "X-Amz-Target: AmazonSQS.CreateQueue"), "GET", "UnknownOperationException")
}

func TestContentTypesAndQueryError(t *testing.T) {
	s, _ := newFake(t)
	for target, want := range map[string]string{
		"Kinesis_20131202.DescribeStream": "application/x-amz-json-1.1", "DynamoDB_20120810.DescribeTable": "application/x-amz-json-1.0",
		"AmazonSQS.GetQueueUrl": "application/x-amz-json-1.0",
	} {
		if got := send(t, s, "POST", "/", "{}", "X-Amz-Target: "+target).header.Get("Content-Type"); got != want {
			t.Errorf("%s answers as %s, want %s", target, got, want)
		}
	}
	r := send(t, s, "POST", "/", `{"QueueName":"none"}`, "X-Amz-Target: AmazonSQS.GetQueueUrl")
	if got := r.header.Get("x-amzn-query-error"); got != "AWS.SimpleQueueService.NonExistentQueue;Sender" {
		t.Errorf("x-amzn-query-error %q", got)
	}
}

func TestBodyLimit(t *testing.T) {
	s, _ := newFake(t)
	for n, status := range map[int]int{MaxBody: 200, MaxBody + 1: http.StatusRequestEntityTooLarge} {
		if r := send(t, s, "POST", "/2015-03-31/event-source-mappings", strings.Repeat("x", n)); r.status != status {
			t.Errorf("%d bytes: %d %s, want %d", n, r.status, r.body, status)
		}
	}
}

func TestRoles(t *testing.T) {
	s, _ := newFake(t)
	const form = "Content-Type: application/x-www-form-urlencoded; charset=utf-8"
	const create = "Action=CreateRole&Version=2010-05-08&RoleName=r&AssumeRolePolicyDocument=%7B%7D"
	r := send(t, s, "POST", "/", create, form)
	var created struct {
		XMLName xml.Name `xml:"https://iam.amazonaws.com/doc/2010-05-08/ CreateRoleResponse"`
		Arn     string   `xml:"CreateRoleResult>Role>Arn"`
		ID      string   `xml:"ResponseMetadata>RequestId"`
	}
	if err := xml.Unmarshal([]byte(r.body), &created); err != nil || created.Arn != "arn:aws:iam::000000000000:role/r" ||
		created.ID != r.header.Get("x-amzn-RequestId") {
		t.Errorf("%v: %d %s", err, r.status, r.body)
	}
	for _, test := range []struct {
		body   string
		status int
		code   string
	}{
		{create, 409, "EntityAlreadyExists"},
		{"Action=CreateRole&RoleName=a+b", 400, "ValidationError"},
		{"Action=AttachRolePolicy&RoleName=r&PolicyArn=p", 200, ""},
		{"Action=GetCallerIdentity&Version=2011-06-15", 200, ""},
		{"Action=DeleteRole&RoleName=r", 200, ""},
		{"Action=GetRole&RoleName=r", 404, "NoSuchEntity"},
		{"Action=ListUsers", 400, "InvalidAction"},
		{"", 400, "InvalidAction"},
		{"%zz", 400, "MalformedQueryString"},
	} {
		r := send(t, s, "POST", "/", test.body, form)
		var e struct {
			Code string `xml:"Error>Code"`
		}
		if err := xml.Unmarshal([]byte(r.body), &e); err != nil || r.status != test.status || e.Code != test.code {
			t.Errorf("%s: %v: %d %s, want %d %s", test.body, err, r.status, r.body, test.status, test.code)
		}
	}
}

var errBroken = errors.New("broken")

type brokenBody struct{}

func (brokenBody) Read([]byte) (int, error) { return 0, errBroken }
func (brokenBody) Close() error             { return nil }

func TestBrokenBody(t *testing.T) {
	s, _ := newFake(t)
	r, _ := http.NewRequest("POST", "http://reference.test/2015-03-31/event-source-mappings", brokenBody{})
	resp, err := s.Transport().RoundTrip(r)
	if err != nil || resp.StatusCode != 400 {
		t.Errorf("%v, %v; want a 400", resp, err)
	}
}
