package specs

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/lambda"

	"github.com/esmconform/esmconform/generators"
	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets/endpoint"
	"github.com/esmconform/esmconform/targets/reference"

	"pgregory.net/rapid"
)

// BenchmarkPlayCalls is what a search does most: sequences of calls, drawn, played on the model and
// judged. calls/s is the figure.
func BenchmarkPlayCalls(b *testing.B) {
	s := subjectOf(nil, rule.Today)
	s.Records = false
	calls, index := 0, uint64(0)
	b.ReportAllocs()
	for b.Loop() {
		index++
		calls += s.play(b.Context(), s.Drawn(1, index)).steps
	}
	b.ReportMetric(float64(calls)/b.Elapsed().Seconds(), "calls/s")
}

// BenchmarkRapid is a property of the model through rapid: a seed is drawn, a sequence
// of it, and every operation is a step of the model. ops/s is the figure.
func BenchmarkRapid(b *testing.B) {
	e := generators.NewExplorer(rule.Today)
	var q generators.Sequence
	ops := 0
	for b.Loop() {
		rapidly("bench", 1000, 1, func(t *rapid.T) {
			q.Draw(Rapid(t), rule.Today)
			if len(e.Play(&q)) != len(q.Ops) {
				t.Fatalf("an operation left no state")
			}
			ops += len(q.Ops)
		})
	}
	b.ReportMetric(float64(ops)/b.Elapsed().Seconds(), "ops/s")
}

// BenchmarkSequenceAgainstBareSDK plays sequences, judged, on the reference over loopback,
// and has the SDK's client alone make the like of the same calls; the two take turns. The metric
// "ratio" is calls a second of the one to those of the other.
func BenchmarkSequenceAgainstBareSDK(b *testing.B) {
	ctx := context.Background()
	server := httptest.NewServer(reference.New(reference.Options{Profile: rule.Today, Settle: time.Millisecond}))
	defer server.Close()
	target, err := endpoint.New(ctx, endpoint.Options{URL: server.URL})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = target.Close(ctx) }()
	d, err := target.Describe(ctx)
	if err != nil {
		b.Fatal(err)
	}
	s := &Subject{Name: "served", Profile: rule.Today, Shared: NewRunner(target, d, rule.Today)}
	bare := lambda.New(lambda.Options{BaseEndpoint: &server.URL, Region: "us-east-1", Retryer: aws.NopRetryer{},
		Credentials: credentials.NewStaticCredentialsProvider("test", "test", "")})
	var spent [2]time.Duration
	calls, index := 0, uint64(0)
	for b.Loop() {
		index++
		waited := s.Shared.slept
		start := time.Now()
		made, _, _, _, err := s.Calls(ctx, s.Drawn(1, index))
		if err != nil {
			b.Fatal(err)
		}
		spent[0] += time.Since(start) - (s.Shared.slept - waited)
		start = time.Now()
		for _, x := range made {
			bareCall(ctx, bare, x)
		}
		spent[1] += time.Since(start)
		calls += len(made)
	}
	b.ReportMetric(float64(calls)/spent[0].Seconds(), "calls/s")
	b.ReportMetric(float64(calls)/spent[1].Seconds(), "sdk-calls/s")
	b.ReportMetric(spent[1].Seconds()/spent[0].Seconds(), "ratio")
}

// bareCall makes a call of the same operation; what it comes to does not matter.
func bareCall(ctx context.Context, c *lambda.Client, x *trace.Exchange) {
	id := control.ParseRequest(x.Operation, x.Method, x.Path, x.Query, "").UUID
	if id == "" {
		id = strangeUUID
	}
	switch x.Operation {
	case trace.Create:
		var in lambda.CreateEventSourceMappingInput
		if json.Unmarshal([]byte(x.Request), &in) != nil || in.FunctionName == nil {
			in = lambda.CreateEventSourceMappingInput{FunctionName: aws.String("f")}
		}
		_, _ = c.CreateEventSourceMapping(ctx, &in)
	case trace.Get:
		_, _ = c.GetEventSourceMapping(ctx, &lambda.GetEventSourceMappingInput{UUID: &id})
	case trace.List:
		_, _ = c.ListEventSourceMappings(ctx, &lambda.ListEventSourceMappingsInput{})
	case trace.Update:
		var in lambda.UpdateEventSourceMappingInput
		_ = json.Unmarshal([]byte(x.Request), &in)
		in.UUID = &id
		_, _ = c.UpdateEventSourceMapping(ctx, &in)
	case trace.Delete:
		_, _ = c.DeleteEventSourceMapping(ctx, &lambda.DeleteEventSourceMappingInput{UUID: &id})
	}
}
