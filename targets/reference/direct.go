package reference

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets"
)

// Direct is the model as a target without anything between: no SDK, no HTTP, and
// sources and functions that are only names. It is made in a microsecond, so that
// every sequence of calls can have one of its own. Calls may be made and time may
// pass from several goroutines at once.
type Direct struct {
	model  *control.Server
	faulty Faulty
	start  time.Time
	slept  atomic.Int64 // a time.Duration
	made   int
}

// NewDirect returns a target that holds nothing.
func NewDirect(p rule.Profile, f Faulty) *Direct {
	model := control.NewServer(p, control.NewWorld(partition, directRegion, directAccount), DefaultSettle)
	model.Hooks = f.Hooks
	return &Direct{model: model, faulty: f, start: Epoch}
}

const directRegion, directAccount = "us-east-1", "000000000000"

var (
	_ targets.Target = (*Direct)(nil)
	_ targets.Player = (*Direct)(nil)
)

// Describe implements targets.Target.
func (t *Direct) Describe(context.Context) (targets.Description, error) {
	d := targets.Description{Name: t.faulty.Name, Partition: partition, Region: directRegion, Account: directAccount,
		Capabilities: []rule.Capability{rule.CanVersion, rule.CanAlias, rule.CanDeliver}}
	for _, k := range control.Kinds(rule.Today) {
		d.Capabilities = append(d.Capabilities, k.Capability())
	}
	d.Capabilities = append(d.Capabilities, played...)
	return d, nil
}

// Play implements targets.Player.
func (t *Direct) Play(ctx context.Context, s *trace.Scenario, emit func(*trace.Event) error) error {
	return t.faulty.play(ctx, s, emit)
}

// Call implements targets.Target.
func (t *Direct) Call(ctx context.Context, r targets.Request) (*trace.Exchange, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	raw, _, err := r.Letters()
	if err != nil {
		return nil, err
	}
	now := t.Now()
	x := &trace.Exchange{Operation: r.Operation, Method: raw.Method, Path: raw.Path, Query: raw.Query, Request: raw.Body, Start: now, End: now,
		Header: map[string]string{"content-type": jsonType}}
	status, code, response := t.model.Answer(now, raw.Method, raw.Path, raw.Query, raw.Body)
	x.Status, x.Response = status, response
	if code != "" {
		x.Header["x-amzn-errortype"] = code
	}
	return x, nil
}

// CreateFunction implements targets.Target.
func (t *Direct) CreateFunction(_ context.Context, spec targets.FunctionSpec) (targets.Function, error) {
	f := targets.Function{Name: t.name()}
	f.ARN = "arn:" + partition + ":lambda:" + directRegion + ":" + directAccount + ":function:" + f.Name
	var qualifiers []string
	if spec.Version {
		f.Version = "1"
		qualifiers = append(qualifiers, f.Version)
	}
	if spec.Alias {
		f.Alias = targets.AliasName
		qualifiers = append(qualifiers, f.Alias)
	}
	t.model.AddFunction(f.Name, qualifiers...)
	return f, nil
}

// DeleteFunction implements targets.Target.
func (t *Direct) DeleteFunction(_ context.Context, f targets.Function) error {
	t.model.RemoveFunction(f.Name)
	return nil
}

// resources are the ends of the ARNs, by kind, around a name.
var resources = map[control.SourceKind]string{
	control.KinesisStream:     "kinesis:%s:stream/%s",
	control.KinesisConsumer:   "kinesis:%s:stream/%s/consumer/c:1767225600",
	control.DynamoDBStream:    "dynamodb:%s:table/%s/stream/2026-01-01T00:00:00.000",
	control.SQSQueue:          "sqs:%s:%s",
	control.SQSFIFOQueue:      "sqs:%s:%s.fifo",
	control.MSKCluster:        "kafka:%s:cluster/%s/6d9a2f5e-3c1b-4e8a-9f70-2b4c6d8e0a13-1",
	control.MQBroker:          "mq:%s:broker:%s:b-6d9a2f5e-3c1b-4e8a-9f70-2b4c6d8e0a13",
	control.DocumentDBCluster: "rds:%s:cluster:%s",
}

// CreateSource implements targets.Target. Every source is real: the model was told of it.
func (t *Direct) CreateSource(_ context.Context, k control.SourceKind) (targets.Source, error) {
	s := targets.Source{Kind: k, Real: true}
	if form := resources[k]; form != "" {
		s.ARN = "arn:" + partition + ":" + fmt.Sprintf(form, directRegion+":"+directAccount, t.name())
		t.model.AddSource(s.ARN)
	}
	return s, nil
}

func (t *Direct) name() string {
	t.made++
	return fmt.Sprint(targets.Prefix, "direct-", t.made)
}

// Put implements targets.Target: what shows of it is LastProcessingResult.
func (t *Direct) Put(_ context.Context, s targets.Source, payload string) error {
	t.model.Processed(s.ARN, strings.Contains(payload, targets.FailMarker))
	return nil
}

// Now implements targets.Target.
func (t *Direct) Now() time.Time { return t.start.Add(time.Duration(t.slept.Load())) }

// Sleep implements targets.Target.
func (t *Direct) Sleep(ctx context.Context, d time.Duration) error {
	t.slept.Add(int64(max(d, 0)))
	return ctx.Err()
}

// Settle implements targets.Target.
func (t *Direct) Settle() time.Duration { return 30 * time.Second }

// Close implements targets.Target.
func (t *Direct) Close(context.Context) error { return nil }
