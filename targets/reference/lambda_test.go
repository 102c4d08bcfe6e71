package reference

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"
)

func functionInput(name string) *lambda.CreateFunctionInput {
	return &lambda.CreateFunctionInput{
		FunctionName: aws.String(name), Role: aws.String("arn:aws:iam::000000000000:role/r"), Runtime: types.RuntimePython312,
		Handler: aws.String("index.handler"), Code: &types.FunctionCode{ZipFile: []byte("zip")},
	}
}

const probeARN = "arn:aws:lambda:us-east-1:000000000000:function:probe"

func TestFunctionLife(t *testing.T) {
	s, m := newFake(t)
	c, ctx := inMemoryClients(s).lambda, t.Context()

	f := must(c.CreateFunction(ctx, functionInput("probe")))(t)
	if *f.FunctionArn != probeARN || f.State != types.StateActive || *f.Version != "$LATEST" || f.CodeSize != 3 {
		t.Errorf("created %s, %s, version %s, %d bytes", *f.FunctionArn, f.State, *f.Version, f.CodeSize)
	}
	_, err := c.CreateFunction(ctx, functionInput(probeARN))
	var conflict *types.ResourceConflictException
	if !errors.As(err, &conflict) || conflict.ErrorMessage() == "" {
		t.Errorf("the second time: %v, want a ResourceConflictException with a message", err)
	}

	for _, want := range []string{"1", "2"} {
		v := must(c.PublishVersion(ctx, &lambda.PublishVersionInput{FunctionName: aws.String("probe")}))(t)
		if *v.Version != want || *v.FunctionArn != probeARN+":"+want {
			t.Errorf("published %s as %s, want version %s", *v.FunctionArn, *v.Version, want)
		}
	}
	a := must(c.CreateAlias(ctx, &lambda.CreateAliasInput{FunctionName: aws.String("probe"), Name: aws.String("live"), FunctionVersion: aws.String("1")}))(t)
	if *a.AliasArn != probeARN+":live" || *a.FunctionVersion != "1" {
		t.Errorf("alias %s on %s", *a.AliasArn, *a.FunctionVersion)
	}
	m.expect(t, "+function probe []", "+function probe [1]", "+function probe [2]", "+function probe [live]")

	for name, version := range map[string]string{
		"probe": "$LATEST", probeARN: "$LATEST", "000000000000:function:probe": "$LATEST", "probe:2": "2", "probe:live": "1",
	} {
		got := must(c.GetFunction(ctx, &lambda.GetFunctionInput{FunctionName: aws.String(name)}))(t)
		if *got.Configuration.Version != version {
			t.Errorf("%s is version %s, want %s", name, *got.Configuration.Version, version)
		}
	}
	g := must(c.GetFunctionConfiguration(ctx, &lambda.GetFunctionConfigurationInput{FunctionName: aws.String("probe"), Qualifier: aws.String("live")}))(t)
	if *g.FunctionArn != probeARN+":live" || *g.Version != "1" {
		t.Errorf("the alias leads to %s, version %s", *g.FunctionArn, *g.Version)
	}
	if err := lambda.NewFunctionActiveV2Waiter(c).Wait(ctx, &lambda.GetFunctionInput{FunctionName: aws.String("probe")}, time.Second); err != nil {
		t.Error(err)
	}

	must(c.DeleteFunction(ctx, &lambda.DeleteFunctionInput{FunctionName: aws.String("probe"), Qualifier: aws.String("2")}))(t)
	m.expect(t, "-function probe", "+function probe [1 live]")
	must(c.DeleteFunction(ctx, &lambda.DeleteFunctionInput{FunctionName: aws.String("probe")}))(t)
	m.expect(t, "-function probe")
	_, err = c.GetFunction(ctx, &lambda.GetFunctionInput{FunctionName: aws.String("probe")})
	var gone *types.ResourceNotFoundException
	if !errors.As(err, &gone) || !strings.Contains(gone.ErrorMessage(), probeARN) {
		t.Errorf("after deletion: %v", err)
	}
}

func TestFunctionErrors(t *testing.T) {
	s, m := newFake(t)
	c, ctx := inMemoryClients(s).lambda, t.Context()
	must(c.CreateFunction(ctx, functionInput("probe")))(t)
	must(c.PublishVersion(ctx, &lambda.PublishVersionInput{FunctionName: aws.String("probe")}))(t)
	must(c.CreateAlias(ctx, &lambda.CreateAliasInput{FunctionName: aws.String("probe"), Name: aws.String("live"), FunctionVersion: aws.String("1")}))(t)
	m.take()

	publish := func(in lambda.PublishVersionInput) func() error {
		return func() error {
			_, err := c.PublishVersion(ctx, &in)
			return err
		}
	}
	remove := func(name, qualifier string) func() error {
		return func() error {
			_, err := c.DeleteFunction(ctx, &lambda.DeleteFunctionInput{FunctionName: &name, Qualifier: &qualifier})
			return err
		}
	}
	create := func(change func(*lambda.CreateFunctionInput)) func() error {
		return func() error {
			in := functionInput("other")
			change(in)
			_, err := c.CreateFunction(ctx, in)
			return err
		}
	}
	alias := func(function, name, version string) func() error {
		return func() error {
			_, err := c.CreateAlias(ctx, &lambda.CreateAliasInput{FunctionName: &function, Name: &name, FunctionVersion: &version})
			return err
		}
	}
	for name, test := range map[string]struct {
		do   func() error
		code string
	}{
		"bad character": {create(func(in *lambda.CreateFunctionInput) { in.FunctionName = aws.String("no spaces") }), "ValidationException"},
		"65 characters": {create(func(in *lambda.CreateFunctionInput) { in.FunctionName = aws.String(strings.Repeat("x", 65)) }), "ValidationException"},
		"qualified":     {create(func(in *lambda.CreateFunctionInput) { in.FunctionName = aws.String("f:1") }), "InvalidParameterValueException"},
		"elsewhere": {create(func(in *lambda.CreateFunctionInput) { in.FunctionName = aws.String("111111111111:function:f") }),
			"InvalidParameterValueException"},
		"no role":                        {create(func(in *lambda.CreateFunctionInput) { in.Role = aws.String("") }), "ValidationException"},
		"alias twice":                    {alias("probe", "live", "1"), "ResourceConflictException"},
		"publish a version":              {publish(lambda.PublishVersionInput{FunctionName: aws.String("probe:1")}), "InvalidParameterValueException"},
		"publish other code":             {publish(lambda.PublishVersionInput{FunctionName: aws.String("probe"), CodeSha256: aws.String("x")}), "InvalidParameterValueException"},
		"publish another revision":       {publish(lambda.PublishVersionInput{FunctionName: aws.String("probe"), RevisionId: aws.String("x")}), "PreconditionFailedException"},
		"delete no version":              {remove("probe", "7"), "ResourceNotFoundException"},
		"delete the latest":              {remove("probe", "$LATEST"), "InvalidParameterValueException"},
		"delete by alias":                {remove("probe", "live"), "InvalidParameterValueException"},
		"delete a version with an alias": {remove("probe", "1"), "ResourceConflictException"},
		"two qualifiers":                 {remove("probe:1", "2"), "InvalidParameterValueException"},
		"alias on nothing":               {alias("nothing", "live", "$LATEST"), "ResourceNotFoundException"},
		"alias on no version":            {alias("probe", "live", "7"), "ResourceNotFoundException"},
		"alias that is numeric":          {alias("probe", "7", "$LATEST"), "ValidationException"},
		"delete nothing": {func() error {
			_, err := c.DeleteFunction(ctx, &lambda.DeleteFunctionInput{FunctionName: aws.String("nothing")})
			return err
		}, "ResourceNotFoundException"},
		"get in another region": {func() error {
			_, err := c.GetFunction(ctx, &lambda.GetFunctionInput{FunctionName: aws.String("eu-west-1:000000000000:function:probe")})
			return err
		}, "ResourceNotFoundException"},
		"tags of a mapping": {func() error {
			_, err := c.ListTags(ctx, &lambda.ListTagsInput{
				Resource: aws.String("arn:aws:lambda:us-east-1:000000000000:event-source-mapping:14e0db71-5d35-4eb5-b481-8945cf9d10c2")})
			return err
		}, "ResourceNotFoundException"},
	} {
		t.Run(name, func(t *testing.T) { expectCode(t, test.do(), test.code) })
	}
	m.expect(t) // none of it
	if out := must(c.ListTags(ctx, &lambda.ListTagsInput{Resource: aws.String(probeARN)}))(t); len(out.Tags) != 0 {
		t.Errorf("tags %v", out.Tags)
	}
}

func TestPublishOnCreation(t *testing.T) {
	s, m := newFake(t)
	in := functionInput("probe")
	in.Publish = true
	if f := must(inMemoryClients(s).lambda.CreateFunction(t.Context(), in))(t); *f.Version != "1" {
		t.Errorf("created as version %s, want 1", *f.Version)
	}
	m.expect(t, "+function probe []", "+function probe [1]")
}

// TestVersionIsNotReused: a mapping to a deleted version must not wake up on
// another one.
func TestVersionIsNotReused(t *testing.T) {
	s, _ := newFake(t)
	c, ctx := inMemoryClients(s).lambda, t.Context()
	must(c.CreateFunction(ctx, functionInput("probe")))(t)
	must(c.PublishVersion(ctx, &lambda.PublishVersionInput{FunctionName: aws.String("probe")}))(t)
	must(c.DeleteFunction(ctx, &lambda.DeleteFunctionInput{FunctionName: aws.String("probe"), Qualifier: aws.String("1")}))(t)
	if v := must(c.PublishVersion(ctx, &lambda.PublishVersionInput{FunctionName: aws.String("probe")}))(t); *v.Version != "2" {
		t.Errorf("published %s after 1 was deleted, want 2", *v.Version)
	}
}

func TestLambdaPaths(t *testing.T) {
	s, _ := newFake(t)
	must(inMemoryClients(s).lambda.CreateFunction(t.Context(), functionInput("probe")))(t)
	for _, test := range []struct {
		method, path string
		status       int
	}{
		{"GET", "/2015-03-31/functions/probe/", 200},
		{"GET", "/2015-03-31/functions/" + url.PathEscape(probeARN), 200},
		{"GET", "/2015-03-31/functions", 404},
		{"PATCH", "/2015-03-31/functions/probe", 404},
		{"GET", "/2015-03-31/functions/probe/versions", 404},
		{"GET", "/2015-03-31/functions/probe/configuration/more", 404},
		{"GET", "/2015-03-31/functionsprobe", 404},
		{"GET", "/2015-03-31/functions//configuration", 404},
	} {
		if r := send(t, s, test.method, test.path, ""); r.status != test.status {
			t.Errorf("%s %s: %d %s, want %d", test.method, test.path, r.status, r.body, test.status)
		}
	}
	if r := send(t, s, "DELETE", "/2015-03-31/functions/probe", ""); r.status != 204 || r.body != "" {
		t.Errorf("DELETE: %d %q, want 204 without a body", r.status, r.body)
	}
}
