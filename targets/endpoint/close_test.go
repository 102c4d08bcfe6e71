package endpoint

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets"
)

// TestCloseUndoes makes one of everything and looks at what is deleted, and when.
func TestCloseUndoes(t *testing.T) {
	f := newFake(t)
	target := newTarget(t, f.URL)
	ctx := context.Background()
	f.on("CreateEventSourceMapping", answer(202, `{"UUID":"`+uuid+`"}`))
	if _, err := target.CreateFunction(ctx, targets.FunctionSpec{}); err != nil {
		t.Fatal(err)
	}
	call(t, target, trace.Create, "")
	for _, kind := range []control.SourceKind{control.KinesisConsumer, control.DynamoDBStream, control.SQSQueue, control.SQSFIFOQueue} {
		if _, err := target.CreateSource(ctx, kind); err != nil {
			t.Fatal(err)
		}
	}
	n := len(f.operations())
	if err := target.Close(ctx); err != nil {
		t.Fatal(err)
	}
	want := []string{"DeleteEventSourceMapping", "DeleteQueue", "DeleteQueue", "DeleteTable",
		"DeregisterStreamConsumer", "DeleteStream", "DeleteFunction", "DeleteRole"}
	if got := f.since(n); !slices.Equal(got, want) {
		t.Errorf("removed by %v, want %v", got, want)
	}
	for _, r := range f.seen[n:] {
		wantSigned(t, r.header, "/us-east-1/")
		if r.operation != "DeleteEventSourceMapping" && !strings.Contains(r.uri+r.body, targets.Prefix+"run-") {
			t.Errorf("%s removed something without the run's prefix: %s %s", r.operation, r.uri, r.body)
		}
	}
	n = len(f.operations())
	if err := target.Close(ctx); err != nil || len(f.since(n)) != 0 {
		t.Errorf("the second Close asked %v, error %v", f.since(n), err)
	}
}

func call(t *testing.T, target *Target, op trace.Operation, uuid string) {
	t.Helper()
	r := targets.Request{Operation: op, UUID: uuid}
	if op == trace.Create {
		r.Body = object{"FunctionName": "f"}
	}
	if _, err := target.Call(context.Background(), r); err != nil {
		t.Fatal(err)
	}
}

// TestCloseReports: what is left is named, the rest is removed all the same, and
// the next Close tries again.
func TestCloseReports(t *testing.T) {
	f := newFake(t)
	target := newTarget(t, f.URL)
	ctx := context.Background()
	for _, kind := range []control.SourceKind{control.KinesisStream, control.DynamoDBStream, control.SQSQueue} {
		if _, err := target.CreateSource(ctx, kind); err != nil {
			t.Fatal(err)
		}
	}
	f.on("DeleteTable", failure(403, "AccessDeniedException"))
	f.on("DeleteStream", failure(400, "ResourceInUseException"))
	f.on("DeleteQueue", failure(400, "QueueDoesNotExist"))
	err := target.Close(ctx)
	if err == nil {
		t.Fatal("no error, want one that names the table and the stream")
	}
	for _, part := range []string{
		"could not remove the DynamoDB table esmconform-run-2: 403 AccessDeniedException: no such luck",
		"could not remove the Kinesis stream esmconform-run-1: it stayed busy within 300ms: 400 ResourceInUseException",
	} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("error %q, want it to say %q", err, part)
		}
	}
	if strings.Contains(err.Error(), "queue") {
		t.Errorf("error %q, want nothing of a queue that is gone", err)
	}
	f.on("DeleteTable", nil)
	f.on("DeleteStream", nil)
	n := len(f.operations())
	if err := target.Close(ctx); err != nil || !slices.Equal(f.since(n), []string{"DeleteTable", "DeleteStream"}) {
		t.Errorf("then asked %v, error %v", f.since(n), err)
	}
}

// TestCloseAfterTheEnd: an ended context removes nothing and says so of each.
func TestCloseAfterTheEnd(t *testing.T) {
	f := newFake(t)
	target := newTarget(t, f.URL)
	if _, err := target.CreateSource(context.Background(), control.SQSQueue); err != nil {
		t.Fatal(err)
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if err := target.Close(ended); err == nil || !strings.Contains(err.Error(), "SQS queue esmconform-run-1") {
		t.Errorf("error %v, want one that names the queue", err)
	}
}

// TestMappingIsRemoved plays what a target may answer to the deletion.
func TestMappingIsRemoved(t *testing.T) {
	busy := failure(400, "ResourceInUseException")
	tests := []struct {
		name     string
		del, get http.HandlerFunc
		want     string // in the error; "" for none
	}{
		{"deleted", answer(202, "{}"), nil, ""},
		{"gone", failure(404, "ResourceNotFoundException"), nil, ""},
		{"going", busy, answer(200, `{"State":"Deleting"}`), ""},
		{"busy and then gone", busy, failure(404, "ResourceNotFoundException"), ""},
		{"busy for ever", busy, answer(200, `{"State":"Updating"}`), "could not be deleted within 300ms; the last answer was 400"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := newFake(t)
			target := newTarget(t, f.URL)
			call(t, target, trace.Create, "")
			f.on("DeleteEventSourceMapping", test.del)
			f.on("GetEventSourceMapping", test.get)
			err := target.Close(context.Background())
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

func TestBusyMappingIsAskedAgain(t *testing.T) {
	f := newFake(t)
	target := newTarget(t, f.URL)
	call(t, target, trace.Create, "")
	var asked atomic.Int32
	f.on("GetEventSourceMapping", answer(200, `{"State":"Creating"}`))
	f.on("DeleteEventSourceMapping", func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) < 3 {
			failure(409, "ResourceConflictException")(w, r)
			return
		}
		answer(202, "{}")(w, r)
	})
	if err := target.Close(context.Background()); err != nil || asked.Load() != 3 {
		t.Errorf("asked %d times, error %v", asked.Load(), err)
	}
}

// TestGoneIsForgotten: a mapping counts as gone when it is answered with 404,
// and not because a deletion was accepted.
func TestGoneIsForgotten(t *testing.T) {
	const made = "11111111-2222-4333-8444-555555555555"
	f := newFake(t)
	target := newTarget(t, f.URL)
	call(t, target, trace.Create, "")
	f.on("DeleteEventSourceMapping", answer(202, "{}"))
	call(t, target, trace.Delete, made)
	if left := target.made.newestFirst(); len(left) != 1 {
		t.Errorf("remembers %v after a deletion was accepted", left)
	}
	f.on("GetEventSourceMapping", failure(404, "ResourceNotFoundException"))
	call(t, target, trace.Get, made)
	if left := target.made.newestFirst(); len(left) != 0 {
		t.Errorf("remembers %v after it was gone", left)
	}
}

// TestLostCreation: a stream whose creation got no answer may be there.
func TestLostCreation(t *testing.T) {
	tests := []struct {
		name    string
		create  http.HandlerFunc
		removed bool
	}{
		{"no answer", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, true},
		{"failed inside", failure(500, "InternalFailure"), true},
		{"unreadable", answer(200, "<html>"), true},
		{"refused", failure(400, "LimitExceededException"), false},
		{"unknown", failure(501, "NotImplemented"), false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := newFake(t)
			f.on("CreateStream", test.create)
			target := newTarget(t, f.URL)
			_, err := target.CreateSource(context.Background(), control.KinesisStream)
			if err == nil && test.name != "unreadable" {
				t.Error("no error")
			}
			if err := target.Close(context.Background()); err != nil {
				t.Error(err)
			}
			if removed := slices.Contains(f.operations(), "DeleteStream"); removed != test.removed {
				t.Errorf("asked to delete: %t, want %t", removed, test.removed)
			}
		})
	}
}

func TestDeleteFunction(t *testing.T) {
	ctx := context.Background()
	f := newFake(t)
	target := newTarget(t, f.URL)
	mine, err := target.CreateFunction(ctx, targets.FunctionSpec{})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"", "yours", targets.Prefix + "other-1"} {
		if err := target.DeleteFunction(ctx, targets.Function{Name: name}); err == nil {
			t.Errorf("function %q of nobody's was deleted", name)
		}
	}
	if slices.Contains(f.operations(), "DeleteFunction") {
		t.Error("the deletion was asked for")
	}
	f.on("DeleteFunction", failure(404, "ResourceNotFoundException"))
	if err := target.DeleteFunction(ctx, mine); err != nil {
		t.Error(err)
	}
	n := len(f.operations())
	if err := target.Close(ctx); err != nil || !slices.Equal(f.since(n), []string{"DeleteRole"}) {
		t.Errorf("Close asked %v, error %v", f.since(n), err)
	}
}

// TestVirtualTime: waits are by the clock, so a day of them takes no time.
func TestVirtualTime(t *testing.T) {
	f := newFake(t)
	f.on("DescribeStreamSummary", answer(200, `{"StreamDescriptionSummary":{"StreamStatus":"CREATING"}}`))
	clock := &stepping{now: time.Unix(0, 0)}
	target := newTarget(t, f.URL, func(o *Options) { o.Clock, o.Settle = clock, 10*pollInterval })
	if _, err := target.CreateSource(context.Background(), control.KinesisStream); err == nil {
		t.Error("no error for a stream that is never active")
	}
	if clock.slept != 10*pollInterval {
		t.Errorf("slept %s, want %s", clock.slept, 10*pollInterval)
	}
	x, err := target.Call(context.Background(), targets.Request{Operation: trace.List})
	if err != nil || !x.Start.Equal(target.Now()) || !x.End.Equal(target.Now()) {
		t.Errorf("exchange %+v, error %v; want the clock's time", x, err)
	}
}

type stepping struct {
	now   time.Time
	slept time.Duration
}

func (c *stepping) Now() time.Time { return c.now.Add(c.slept) }
func (c *stepping) Sleep(_ context.Context, d time.Duration) error {
	c.slept += d
	return nil
}
