package endpoint

import (
	"archive/zip"
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/targets"
)

// functionKind names functions in reports of what is left.
const functionKind = "function"

// functionTimeout is in seconds, below the 30 s for which a queue hides a
// message: AWS refuses to map a queue to a function that may take longer.
const functionTimeout = 10

// probe is the function: it fails on targets.FailMarker and does nothing else.
//
//go:embed index.py
var probe []byte

// deployment is the probe as a zip file.
func deployment() ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("index.py")
	if err == nil {
		_, err = w.Write(probe)
	}
	if err = errors.Join(err, z.Close()); err != nil {
		return nil, fmt.Errorf("endpoint: pack the probe function: %w", err)
	}
	return b.Bytes(), nil
}

// CreateFunction makes a function that fails on a batch with targets.FailMarker,
// and waits until it can be invoked. An alias needs a version, and brings one.
func (t *Target) CreateFunction(ctx context.Context, spec targets.FunctionSpec) (targets.Function, error) {
	spec.Version = spec.Version || spec.Alias
	if f, ok := t.takeSpareFunction(spec); ok {
		return f, nil
	}
	f, err := t.makeFunction(ctx)
	if err == nil && spec.Version {
		err = t.publish(ctx, &f)
	}
	if err == nil && spec.Alias {
		err = t.alias(ctx, &f)
	}
	return f, err
}

// takeSpareFunction hands out what Describe made, if it is just what is asked:
// a qualifier too many would let a mapping succeed that should not.
func (t *Target) takeSpareFunction(spec targets.FunctionSpec) (targets.Function, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f := t.spareFunction
	if f == nil || spec.Version != (f.Version != "") || spec.Alias != (f.Alias != "") {
		return targets.Function{}, false
	}
	t.spareFunction = nil
	return *f, true
}

func (t *Target) makeFunction(ctx context.Context) (targets.Function, error) {
	code, err := deployment()
	if err != nil {
		return targets.Function{}, err
	}
	role, err := t.executionRole(ctx)
	if err != nil {
		return targets.Function{}, err
	}
	f := targets.Function{Name: t.name()}
	var out *lambda.CreateFunctionOutput
	remembered := entry{kind: functionKind, name: f.Name, remove: t.removal(func(ctx context.Context) error {
		_, err := t.lambda.DeleteFunction(ctx, &lambda.DeleteFunctionInput{FunctionName: &f.Name})
		return err
	})}
	err = t.make(ctx, canFunction, "CreateFunction", remembered, func() (err error) {
		out, err = t.lambda.CreateFunction(ctx, &lambda.CreateFunctionInput{
			FunctionName: &f.Name,
			Role:         &role,
			Handler:      aws.String("index.handler"),
			Runtime:      types.RuntimePython312,
			Timeout:      aws.Int32(functionTimeout),
			Code:         &types.FunctionCode{ZipFile: code},
		})
		return err
	})
	if err != nil {
		return f, err
	}
	if f.ARN = aws.ToString(out.FunctionArn); f.ARN == "" {
		return f, lacking(canFunction, "CreateFunction", "FunctionArn")
	}
	t.learn(f.ARN)
	return f, t.active(ctx, canFunction, f.Name, nil, out.State)
}

// active waits until a function or a version of it can be invoked. A target that
// tells no state needs no waiting.
func (t *Target) active(ctx context.Context, c rule.Capability, name string, version *string, now types.State) error {
	var failed error
	err := t.wait(ctx, fmt.Sprintf("the function %s did not become Active", name), func() (bool, error) {
		if now != types.StatePending {
			return true, nil
		}
		out, err := t.lambda.GetFunctionConfiguration(ctx,
			&lambda.GetFunctionConfigurationInput{FunctionName: &name, Qualifier: version})
		if err != nil {
			failed = t.trouble(ctx, c, "GetFunctionConfiguration", err)
			return false, failed
		}
		// A function that failed to start exists all the same, and can be mapped:
		// emulators without a way to run code answer so. Invoke tells the rest.
		now = out.State
		return now != types.StatePending, nil
	})
	if err == nil || failed != nil || ctx.Err() != nil {
		return err
	}
	return &targets.Unsupported{Capability: c, Err: err}
}

func (t *Target) publish(ctx context.Context, f *targets.Function) error {
	out, err := t.lambda.PublishVersion(ctx, &lambda.PublishVersionInput{FunctionName: &f.Name})
	if err != nil {
		return t.trouble(ctx, rule.CanVersion, "PublishVersion", err)
	}
	version := aws.ToString(out.Version)
	if version == "" {
		return lacking(rule.CanVersion, "PublishVersion", "Version")
	}
	if err := t.active(ctx, rule.CanVersion, f.Name, &version, out.State); err != nil {
		return err
	}
	f.Version = version
	return nil
}

func (t *Target) alias(ctx context.Context, f *targets.Function) error {
	_, err := t.lambda.CreateAlias(ctx, &lambda.CreateAliasInput{
		FunctionName: &f.Name, FunctionVersion: &f.Version, Name: aws.String(targets.AliasName)})
	if err != nil {
		return t.trouble(ctx, rule.CanAlias, "CreateAlias", err)
	}
	f.Alias = targets.AliasName
	return nil
}

// delivers reports whether functions really run: an event without records is
// answered as the probe answers it.
func (t *Target) delivers(ctx context.Context, name string) (bool, error) {
	out, err := t.lambda.Invoke(ctx, &lambda.InvokeInput{FunctionName: &name, Payload: []byte(`{"Records":[]}`)})
	if err != nil {
		return false, ctx.Err() // however Invoke fails, functions do not run
	}
	return out.FunctionError == nil && string(bytes.TrimSpace(out.Payload)) == "{}", nil
}

// lacking is a success that does not say what the next step needs.
func lacking(c rule.Capability, operation, member string) error {
	return &targets.Unsupported{Capability: c, Err: fmt.Errorf("%s succeeded, but its answer has no %s", operation, member)}
}

// DeleteFunction removes a function of this run with its versions and aliases.
// One that is gone already is no error.
func (t *Target) DeleteFunction(ctx context.Context, f targets.Function) error {
	if !t.ours(f.Name) {
		return fmt.Errorf("endpoint: function %q was not made by this run and is left alone", f.Name)
	}
	_, err := t.lambda.DeleteFunction(ctx, &lambda.DeleteFunctionInput{FunctionName: &f.Name})
	if err != nil && !gone(err) {
		return t.trouble(ctx, canFunction, "DeleteFunction", err)
	}
	t.made.forget(functionKind, f.Name)
	return nil
}
