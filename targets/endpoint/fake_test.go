package endpoint

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/esmconform/esmconform/oracle/control"
)

// fake is a server that answers each operation with a success, unless told
// otherwise, and writes down what it was asked.
type fake struct {
	*httptest.Server
	mu       sync.Mutex
	seen     []request
	override map[string]http.HandlerFunc
}

type request struct {
	operation, uri, body string
	header               http.Header
}

func newFake(t *testing.T) *fake {
	f := &fake{override: map[string]http.HandlerFunc{}}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	return f
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	op := operationAsked(r, string(body))
	f.mu.Lock()
	f.seen = append(f.seen, request{op, r.RequestURI, string(body), r.Header.Clone()})
	h := f.override[op]
	f.mu.Unlock()
	w.Header().Set("Server", "Fake/1.2 more")
	if h != nil {
		h(w, r)
		return
	}
	answer(200, success(op, string(body)))(w, r)
}

func operationAsked(r *http.Request, body string) string {
	if target := r.Header.Get("X-Amz-Target"); target != "" {
		return target[strings.LastIndexByte(target, '.')+1:]
	}
	if op, ok := control.OperationOf(r.Method, r.URL.EscapedPath()); ok {
		return string(op)
	}
	switch path := r.URL.Path; {
	case strings.HasSuffix(path, "/versions"):
		return "PublishVersion"
	case strings.HasSuffix(path, "/aliases"):
		return "CreateAlias"
	case strings.HasSuffix(path, "/configuration"):
		return "GetFunctionConfiguration"
	case strings.Contains(path, "/functions"):
		return map[string]string{"POST": "CreateFunction", "DELETE": "DeleteFunction"}[r.Method]
	case strings.Contains(body, "Action=CreateRole"):
		return "CreateRole"
	case strings.Contains(body, "Action=DeleteRole"):
		return "DeleteRole"
	}
	return r.Method + " " + r.URL.Path
}

const fakeAccount = "210987654321"

func success(op, body string) string {
	var in struct{ FunctionName, StreamName, ConsumerName, TableName, QueueName, QueueUrl string }
	_ = json.Unmarshal([]byte(body), &in)
	arn := func(service, resource string) string {
		return "arn:aws-cn:" + service + ":us-east-1:" + fakeAccount + ":" + resource
	}
	switch op {
	case "ListEventSourceMappings":
		return `{"EventSourceMappings":[]}`
	case "CreateEventSourceMapping":
		return `{"UUID":"11111111-2222-4333-8444-555555555555","State":"Creating"}`
	case "CreateRole":
		return "<CreateRoleResponse><CreateRoleResult><Role><Arn>arn:aws:iam::" + fakeAccount +
			":role/told</Arn></Role></CreateRoleResult></CreateRoleResponse>"
	case "CreateFunction":
		return fmt.Sprintf(`{"FunctionArn":%q,"State":"Active"}`, arn("lambda", "function:"+in.FunctionName))
	case "PublishVersion":
		return `{"Version":"1"}`
	case "DescribeStreamSummary":
		return fmt.Sprintf(`{"StreamDescriptionSummary":{"StreamStatus":"ACTIVE","StreamARN":%q}}`, arn("kinesis", "stream/"+in.StreamName))
	case "RegisterStreamConsumer":
		return fmt.Sprintf(`{"Consumer":{"ConsumerARN":%q}}`, arn("kinesis", "stream/the-stream/consumer/"+in.ConsumerName+":1"))
	case "DescribeStreamConsumer":
		return `{"ConsumerDescription":{"ConsumerStatus":"ACTIVE"}}`
	case "DescribeTable":
		return fmt.Sprintf(`{"Table":{"TableStatus":"ACTIVE","LatestStreamArn":%q}}`, arn("dynamodb", "table/"+in.TableName+"/stream/now"))
	case "CreateQueue":
		return fmt.Sprintf(`{"QueueUrl":"http://elsewhere.invalid/0/%s"}`, in.QueueName)
	case "GetQueueUrl":
		return fmt.Sprintf(`{"QueueUrl":"http://asked.invalid/0/%s"}`, in.QueueName)
	case "GetQueueAttributes":
		return fmt.Sprintf(`{"Attributes":{"QueueArn":%q}}`, arn("sqs", in.QueueUrl[strings.LastIndexByte(in.QueueUrl, '/')+1:]))
	}
	return "{}"
}

// answer is an answer in JSON, with the error code of a failure.
func answer(status int, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func failure(status int, code string) http.HandlerFunc {
	return answer(status, `{"__type":"`+code+`","message":"no such luck"}`, "X-Amzn-ErrorType", code)
}

// on sets the answer of an operation.
func (f *fake) on(op string, h http.HandlerFunc) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.override[op] = h
}

func (f *fake) operations() (list []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, r := range f.seen {
		list = append(list, r.operation)
	}
	return list
}

func (f *fake) last() request {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.seen[len(f.seen)-1]
}

// since returns the operations asked after n.
func (f *fake) since(n int) []string { return slices.Clone(f.operations()[n:]) }

// newTarget is a target at the fake with short bounds.
func newTarget(t *testing.T, url string, change ...func(*Options)) *Target {
	t.Helper()
	o := Options{URL: url, RunID: "run", FirstContact: 2 * time.Second, CallTimeout: 2 * time.Second, Settle: 300 * time.Millisecond}
	for _, c := range change {
		c(&o)
	}
	target, err := New(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return target
}
