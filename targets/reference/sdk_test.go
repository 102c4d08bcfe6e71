package reference

import (
	"context"
	"errors"
	"net/http"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/smithy-go"
)

// clients are the real ones, each on the same server.
type clients struct {
	lambda   *lambda.Client
	kinesis  *kinesis.Client
	dynamodb *dynamodb.Client
	sqs      *sqs.Client
}

func newClients(url string, transport http.RoundTripper) clients {
	config := aws.Config{
		Region:       "us-east-1",
		BaseEndpoint: aws.String(url),
		HTTPClient:   &http.Client{Transport: transport},
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "id", SecretAccessKey: "secret"}, nil
		}),
		RetryMaxAttempts: 1,
	}
	return clients{lambda.NewFromConfig(config), kinesis.NewFromConfig(config), dynamodb.NewFromConfig(config), sqs.NewFromConfig(config)}
}

func inMemoryClients(s *Server) clients { return newClients("http://reference.test", s.Transport()) }

// expectCode checks the code of a service's error.
func expectCode(t *testing.T, err error, code string) {
	t.Helper()
	var e smithy.APIError
	if !errors.As(err, &e) {
		t.Errorf("got %v, want the service's error %s", err, code)
	} else if e.ErrorCode() != code {
		t.Errorf("got %s (%s), want %s", e.ErrorCode(), e.ErrorMessage(), code)
	}
}

// must ends the test on an error.
func must[T any](out T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
}
