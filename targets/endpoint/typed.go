package endpoint

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/lambda"

	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets"
)

// typed returns the SDK's call for the request, or nil where its typed input
// cannot say it. What passes here is compared once more before it leaves, so
// that a slip of the conversion costs a raw request and never a wrong one.
func (t *Target) typed(req targets.Request, p *plain) func(context.Context) error {
	if req.Raw != nil || req.Named() && !req.PlainUUID() {
		return nil
	}
	switch req.Operation {
	case trace.Create:
		var in lambda.CreateEventSourceMappingInput
		if fill(&in, p.Body) && in.FunctionName != nil {
			return func(ctx context.Context) error {
				_, err := t.lambda.CreateEventSourceMapping(ctx, &in)
				return err
			}
		}
	case trace.Update:
		var in lambda.UpdateEventSourceMappingInput
		if fill(&in, p.Body) {
			in.UUID = &req.UUID
			return func(ctx context.Context) error {
				_, err := t.lambda.UpdateEventSourceMapping(ctx, &in)
				return err
			}
		}
	case trace.List:
		var in lambda.ListEventSourceMappingsInput
		if fillQuery(&in, req.Query) {
			return func(ctx context.Context) error {
				_, err := t.lambda.ListEventSourceMappings(ctx, &in)
				return err
			}
		}
	case trace.Get:
		return func(ctx context.Context) error {
			_, err := t.lambda.GetEventSourceMapping(ctx, &lambda.GetEventSourceMappingInput{UUID: &req.UUID})
			return err
		}
	case trace.Delete:
		return func(ctx context.Context) error {
			_, err := t.lambda.DeleteEventSourceMapping(ctx, &lambda.DeleteEventSourceMappingInput{UUID: &req.UUID})
			return err
		}
	}
	return nil
}
