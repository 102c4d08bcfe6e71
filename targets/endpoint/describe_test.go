package endpoint

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/targets"
)

var everything = []rule.Capability{
	rule.CanVersion, rule.CanAlias, rule.CanKinesis, rule.CanKinesisConsumer, rule.CanDynamoDB, rule.CanSQS, rule.CanSQSFIFO,
	rule.CanMSK, rule.CanSelfManagedKafka, rule.CanMQ, rule.CanDocumentDB,
}

func without(list []rule.Capability, drop ...rule.Capability) []rule.Capability {
	return slices.DeleteFunc(slices.Clone(list), func(c rule.Capability) bool { return slices.Contains(drop, c) })
}

func TestDescribeFindsOutByDoing(t *testing.T) {
	broken := func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
	tests := []struct {
		name      string
		operation string
		answer    http.HandlerFunc
		want      []rule.Capability
	}{
		{"all", "", nil, everything},
		{"no versions", "PublishVersion", failure(404, "ResourceNotFoundException"), without(everything, rule.CanVersion, rule.CanAlias)},
		{"version without a number", "PublishVersion", answer(200, "{}"), without(everything, rule.CanVersion, rule.CanAlias)},
		{"no aliases", "CreateAlias", failure(500, "ServiceException"), without(everything, rule.CanAlias)},
		{"no Kinesis", "CreateStream", failure(501, "InternalFailure"), without(everything, rule.CanKinesis, rule.CanKinesisConsumer)},
		{"Kinesis dies", "CreateStream", broken, without(everything, rule.CanKinesis, rule.CanKinesisConsumer)},
		{"stream never active", "DescribeStreamSummary", answer(200, `{"StreamDescriptionSummary":{"StreamStatus":"CREATING"}}`),
			without(everything, rule.CanKinesis, rule.CanKinesisConsumer)},
		{"no consumers", "RegisterStreamConsumer", failure(400, "UnknownOperationException"), without(everything, rule.CanKinesisConsumer)},
		{"table without a stream", "DescribeTable", answer(200, `{"Table":{"TableStatus":"ACTIVE"}}`), without(everything, rule.CanDynamoDB)},
		{"no queues", "CreateQueue", answer(404, "<html>", "content-type", "text/html"), without(everything, rule.CanSQS, rule.CanSQSFIFO)},
		{"no IAM", "CreateRole", answer(404, "<html>"), everything},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			f.on(test.operation, test.answer)
			target := newTarget(t, f.URL)
			d, err := target.Describe(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(d.Capabilities, test.want) {
				t.Errorf("capabilities %v, want %v", d.Capabilities, test.want)
			}
			if d.Name != "Fake" || d.Version != "1.2" || d.Account != fakeAccount || d.Partition != "aws-cn" || d.Region != "us-east-1" {
				t.Errorf("description %+v", d)
			}
			if err := target.Close(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestNothingIsMadeTwice: what Describe made is what the first callers get, and
// never something else than they asked for.
func TestNothingIsMadeTwice(t *testing.T) {
	ctx := context.Background()
	f := newFake(t)
	target := newTarget(t, f.URL)
	for range 2 {
		if _, err := target.Describe(ctx); err != nil {
			t.Fatal(err)
		}
	}
	n := len(f.operations())
	full, err := target.CreateFunction(ctx, targets.FunctionSpec{Version: true, Alias: true})
	if err != nil || full.Version != "1" || full.Alias != targets.AliasName || !strings.HasSuffix(full.ARN, ":function:"+full.Name) {
		t.Errorf("function %+v, error %v", full, err)
	}
	arns := map[string]bool{}
	for _, kind := range control.Kinds(rule.Today) {
		s, err := target.CreateSource(ctx, kind)
		if err != nil || s.Kind != kind || s.Real != (makers[kind] != nil) {
			t.Errorf("source %+v, error %v", s, err)
		}
		arns[s.ARN] = true
		if s.ARN != "" && !strings.Contains(s.ARN, ":us-east-1:"+fakeAccount+":") {
			t.Errorf("ARN %s is not in the account that the target told", s.ARN)
		}
	}
	if asked := f.since(n); len(asked) != 0 {
		t.Errorf("asked %v, want nothing more", asked)
	}
	plain, err := target.CreateFunction(ctx, targets.FunctionSpec{})
	if err != nil || plain.Version != "" || plain.Alias != "" || plain.Name == full.Name {
		t.Errorf("function %+v, error %v", plain, err)
	}
	second, err := target.CreateSource(ctx, control.MSKCluster)
	if err != nil || second.Real || arns[second.ARN] {
		t.Errorf("second cluster %+v, error %v", second, err)
	}
	if asked := f.since(n); !slices.Equal(asked, []string{"CreateFunction"}) {
		t.Errorf("asked %v", asked)
	}
}

func TestWithoutAFunctionNothingGoes(t *testing.T) {
	f := newFake(t)
	f.on("CreateFunction", failure(403, "AccessDeniedException"))
	_, err := newTarget(t, f.URL).Describe(context.Background())
	var u *targets.Unsupported
	if !errors.As(err, &u) || !strings.Contains(err.Error(), "CreateFunction was answered with 403 AccessDeniedException: no such luck") {
		t.Errorf("error %v, want an *Unsupported that says why", err)
	}
}

func TestFunctionState(t *testing.T) {
	state := func(s string) http.HandlerFunc {
		return answer(200, `{"FunctionArn":"arn:aws:lambda:us-east-1:`+fakeAccount+`:function:f","State":"`+s+`","StateReason":"no disk"}`)
	}
	tests := []struct {
		name, then string // the state later
		want       string // in the error; "" for none
	}{
		{"becomes active", "Active", ""},
		{"fails to start, and exists all the same", "Failed", ""},
		{"stays pending", "Pending", "did not become Active within 300ms"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := newFake(t)
			f.on("CreateFunction", state("Pending"))
			f.on("GetFunctionConfiguration", state(test.then))
			_, err := newTarget(t, f.URL).CreateFunction(context.Background(), targets.FunctionSpec{})
			var u *targets.Unsupported
			switch {
			case test.want == "" && err != nil:
				t.Error(err)
			case test.want != "" && (!errors.As(err, &u) || !strings.Contains(err.Error(), test.want)):
				t.Errorf("error %v, want an *Unsupported that says %q", err, test.want)
			}
		})
	}
}

func TestBroughtAlong(t *testing.T) {
	f := newFake(t)
	const arn = "arn:aws:sqs:eu-west-1:111122223333:mine"
	target := newTarget(t, f.URL, func(o *Options) {
		o.Name, o.Version = "mine", "7"
		o.Sources = map[control.SourceKind]string{control.SQSQueue: arn}
	})
	ctx := context.Background()
	d, err := target.Describe(ctx)
	if err != nil || d.Name != "mine" || d.Version != "7" {
		t.Errorf("description %+v, error %v", d, err)
	}
	s, err := target.CreateSource(ctx, control.SQSQueue)
	if err != nil || s.ARN != arn || !s.Real {
		t.Fatalf("source %+v, error %v", s, err)
	}
	if err := target.Put(ctx, s, "x"); err != nil || !strings.Contains(f.last().body, "asked.invalid/0/mine") {
		t.Errorf("sent %s, error %v; want the URL that the target gives to the name", f.last().body, err)
	}
	if err := target.Close(ctx); err != nil {
		t.Error(err)
	}
	for _, r := range f.seen {
		if r.operation == "DeleteQueue" && strings.Contains(r.body, "mine") {
			t.Error("a queue that was brought along was deleted")
		}
	}
}

func TestPut(t *testing.T) {
	f := newFake(t)
	target := newTarget(t, f.URL)
	ctx := context.Background()
	for kind, want := range map[control.SourceKind]string{
		control.KinesisStream:   `"Data":"aGVsbG8="`,
		control.KinesisConsumer: `"StreamName":"the-stream"`,
		control.DynamoDBStream:  `"payload":{"S":"hello"}`,
		control.SQSQueue:        `"MessageBody":"hello"`,
		control.SQSFIFOQueue:    `"MessageGroupId":"esmconform"`,
	} {
		s, err := target.CreateSource(ctx, kind)
		if err != nil {
			t.Fatal(err)
		}
		if err := target.Put(ctx, s, "hello"); err != nil || !strings.Contains(f.last().body, want) {
			t.Errorf("%s: sent %s, error %v; want %s", kind, f.last().body, err, want)
		}
	}
	s, err := target.CreateSource(ctx, control.MSKCluster)
	if err == nil {
		err = target.Put(ctx, s, "hello")
	}
	var u *targets.Unsupported
	if !errors.As(err, &u) {
		t.Errorf("error %v, want an *Unsupported for a source that does not exist", err)
	}
}
