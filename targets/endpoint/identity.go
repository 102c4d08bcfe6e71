package endpoint

import (
	"context"
	"errors"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
)

// defaultRegion is the one that emulators live in unless told otherwise.
const defaultRegion = "us-east-1"

// identity returns who calls and in which region. Only with AWS does it look at
// the environment: credentials for AWS must never reach a URL.
func identity(ctx context.Context, o Options) (aws.CredentialsProvider, string, error) {
	setRegion := o.Region
	if !o.AWS {
		setDefault(&setRegion, defaultRegion)
		static := aws.Credentials{AccessKeyID: o.AccessKey, SecretAccessKey: o.SecretKey, Source: "esmconform"}
		return aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return static, nil }), setRegion, nil
	}
	ctx, cancel := bound(ctx, o.FirstContact)
	defer cancel()
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return nil, "", &NoCredentials{err}
	}
	if cfg.Credentials == nil {
		return nil, "", &NoCredentials{errors.New("the chain is empty")}
	}
	if _, err := cfg.Credentials.Retrieve(ctx); err != nil {
		return nil, "", &NoCredentials{err}
	}
	setDefault(&setRegion, cfg.Region)
	setDefault(&setRegion, defaultRegion)
	return cfg.Credentials, setRegion, nil
}
