package endpoint

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/sqs"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/targets"
)

// Target is an implementation behind a URL, or AWS. It may be used by several
// goroutines.
type Target struct {
	opt         Options
	base        string // of raw requests to Lambda, without a slash at the end
	credentials aws.CredentialsProvider
	wire        *wire
	own         *http.Transport // what New made, nil when a transport was given

	lambda   *lambda.Client
	kinesis  *kinesis.Client
	dynamodb *dynamodb.Client
	sqs      *sqs.Client

	made ledger

	describing sync.Mutex // held while Describe probes
	described  *targets.Description

	mu            sync.Mutex // guards what follows
	count         int        // of names given out
	account       string
	partition     string
	role          string // empty until the first function needs one
	spareFunction *targets.Function
	spareSources  map[control.SourceKind]targets.Source
	queueURLs     map[string]string // by ARN
}

var _ targets.Target = (*Target)(nil)

// New prepares a target and asks it nothing. With AWS it looks for credentials,
// and the error is a *NoCredentials when there are none.
func New(ctx context.Context, o Options) (*Target, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, fmt.Errorf("endpoint: %w", err)
	}
	t := &Target{
		account:      o.Account,
		partition:    "aws",
		spareSources: map[control.SourceKind]targets.Source{},
		queueURLs:    map[string]string{},
	}
	if t.credentials, o.Region, err = identity(ctx, o); err != nil {
		return nil, err
	}
	t.opt = o
	t.wire = &wire{transport: o.Transport, clock: o.Clock, timeout: o.CallTimeout}
	if o.Transport == nil {
		t.own = network(o.AWS)
		t.wire.transport = t.own
	}
	t.connect()
	if t.base, err = t.lambdaBase(ctx); err != nil {
		return nil, fmt.Errorf("endpoint: %w", err)
	}
	return t, nil
}

// connect makes the clients. Their checksums are off: that an emulator's CRC of
// a queue's answer is wrong is no finding about event source mappings.
func (t *Target) connect() {
	var base *string
	if t.opt.URL != "" {
		base = &t.opt.URL
	}
	region, retryer := t.opt.Region, aws.NopRetryer{}
	t.lambda = lambda.New(lambda.Options{
		Region: region, BaseEndpoint: base, Credentials: t.credentials, HTTPClient: t.wire, Retryer: retryer})
	t.kinesis = kinesis.New(kinesis.Options{
		Region: region, BaseEndpoint: base, Credentials: t.credentials, HTTPClient: t.wire, Retryer: retryer})
	t.dynamodb = dynamodb.New(dynamodb.Options{
		Region: region, BaseEndpoint: base, Credentials: t.credentials, HTTPClient: t.wire, Retryer: retryer,
		DisableValidateResponseChecksum: true})
	t.sqs = sqs.New(sqs.Options{
		Region: region, BaseEndpoint: base, Credentials: t.credentials, HTTPClient: t.wire, Retryer: retryer,
		DisableMessageChecksumValidation: true})
}

// lambdaBase is where raw requests go: the URL, or where the SDK would go.
func (t *Target) lambdaBase(ctx context.Context) (string, error) {
	if t.opt.URL != "" {
		return t.opt.URL, nil
	}
	e, err := lambda.NewDefaultEndpointResolverV2().ResolveEndpoint(ctx, lambda.EndpointParameters{Region: &t.opt.Region})
	if err != nil {
		return "", fmt.Errorf("region %q has no Lambda endpoint: %w", t.opt.Region, err)
	}
	return strings.TrimRight(e.URI.String(), "/"), nil
}

// name returns a name that nothing else of this run has.
func (t *Target) name() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.count++
	return targets.Prefix + t.opt.RunID + "-" + strconv.Itoa(t.count)
}

// ours reports whether this run gave the name out.
func (t *Target) ours(name string) bool {
	return strings.HasPrefix(name, targets.Prefix+t.opt.RunID+"-")
}

// arn is a well-formed ARN in the account of the target.
func (t *Target) arn(service, resource string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.Join([]string{"arn", t.partition, service, t.opt.Region, t.account, resource}, ":")
}

// learn takes partition and account from an ARN that the target made.
func (t *Target) learn(arn string) {
	part := strings.SplitN(arn, ":", 6)
	if len(part) < 6 || part[0] != "arn" || part[1] == "" || !accountIDs.MatchString(part[4]) {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.partition, t.account = part[1], part[4]
}
