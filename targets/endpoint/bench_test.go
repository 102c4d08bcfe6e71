package endpoint_test

import (
	"context"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/lambda"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets"
	"github.com/esmconform/esmconform/targets/endpoint"
	"github.com/esmconform/esmconform/targets/reference"
)

// BenchmarkCallAgainstBareSDK measures how many calls a second the target makes
// against the reference over loopback, and how many the SDK's client alone makes
// against the same server. The two take turns, so that what else the machine
// does hits both; the metric "ratio" is target to client.
func BenchmarkCallAgainstBareSDK(b *testing.B) {
	ctx := context.Background()
	server := httptest.NewServer(reference.New(reference.Options{Profile: rule.Today, Settle: time.Millisecond}))
	defer server.Close()
	target, err := endpoint.New(ctx, endpoint.Options{URL: server.URL})
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := target.Close(ctx); err != nil {
			b.Error(err)
		}
	}()
	id := mapped(ctx, b, target)
	bare := lambda.New(lambda.Options{BaseEndpoint: &server.URL, Region: "us-east-1", Retryer: aws.NopRetryer{},
		Credentials: credentials.NewStaticCredentialsProvider("test", "test", "")})

	byTarget := func() {
		x, err := target.Call(ctx, targets.Request{Operation: trace.Get, UUID: id})
		if err != nil || x.Status != 200 {
			b.Fatal(err, x)
		}
	}
	byClient := func() {
		if _, err := bare.GetEventSourceMapping(ctx, &lambda.GetEventSourceMappingInput{UUID: &id}); err != nil {
			b.Fatal(err)
		}
	}
	var spent [2]time.Duration
	const turn = 50
	for b.Loop() {
		for i, call := range []func(){byTarget, byClient} {
			start := time.Now()
			for range turn {
				call()
			}
			spent[i] += time.Since(start)
		}
	}
	calls := float64(b.N * turn)
	b.ReportMetric(calls/spent[0].Seconds(), "target-calls/s")
	b.ReportMetric(calls/spent[1].Seconds(), "sdk-calls/s")
	b.ReportMetric(spent[1].Seconds()/spent[0].Seconds(), "ratio")
}

// mapped makes something to read.
func mapped(ctx context.Context, b *testing.B, target *endpoint.Target) (uuid string) {
	b.Helper()
	f, err := target.CreateFunction(ctx, targets.FunctionSpec{})
	if err != nil {
		b.Fatal(err)
	}
	s, err := target.CreateSource(ctx, control.SQSQueue)
	if err != nil {
		b.Fatal(err)
	}
	x, err := target.Call(ctx, targets.Request{Operation: trace.Create,
		Body: map[string]any{"FunctionName": f.Name, "EventSourceArn": s.ARN}})
	if err != nil {
		b.Fatal(err)
	}
	return control.Parse(x).Answer.V[control.UUID].Str
}
