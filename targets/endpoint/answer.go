package endpoint

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/targets"
)

// canFunction is no capability that a rule asks for: without a function nothing
// can be mapped, and no rule can be tried.
const canFunction rule.Capability = "functions"

// trouble turns an SDK's error into what a Target returns: the context's, an
// *Unreachable, or, when the target answered, an *Unsupported.
func (t *Target) trouble(ctx context.Context, c rule.Capability, operation string, err error) error {
	var none *noAnswer
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &none):
		return t.unreachable(operation, none.err)
	case status(err) == 0:
		return &targets.Unsupported{Capability: c, Err: fmt.Errorf("%s was not sent: %s", operation, said(err))}
	}
	return &targets.Unsupported{Capability: c, Err: fmt.Errorf("%s was answered with %s", operation, said(err))}
}

// status is the HTTP status behind an SDK's error, 0 when there was no answer.
func status(err error) int {
	var answer *smithyhttp.ResponseError
	if errors.As(err, &answer) {
		return answer.HTTPStatusCode()
	}
	return 0
}

// said is an error of the SDK in one line: status, code, message.
func said(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return clip(fmt.Sprintf("%d %s: %s", status(err), api.ErrorCode(), api.ErrorMessage()))
	}
	if s := status(err); s != 0 {
		return clip(fmt.Sprintf("%d and a body that the SDK cannot read: %s", s, innermost(err)))
	}
	return clip(innermost(err).Error())
}

func innermost(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}

// clip makes one line of moderate length: an emulator's message may be its stack.
func clip(s string) string {
	const most = 300
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}

func code(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode()
	}
	return ""
}

// gone reports whether a deletion failed because there is nothing to delete.
func gone(err error) bool {
	return slices.Contains([]string{
		"ResourceNotFoundException", "NoSuchEntity",
		"QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue",
	}, code(err))
}

// busy reports whether the same request may succeed a little later.
func busy(err error) bool {
	return status(err) == http.StatusTooManyRequests || slices.Contains([]string{
		"ResourceInUseException", "ResourceConflictException", "LimitExceededException",
		"TooManyRequestsException", "ThrottlingException", "Throttling", "RequestThrottled",
	}, code(err))
}

// make creates something that Close removes. It is remembered before it is asked
// for: a create call whose answer is lost may have worked all the same.
func (t *Target) make(ctx context.Context, c rule.Capability, operation string, e entry, create func() error) error {
	t.made.add(e)
	err := create()
	switch s := status(err); {
	case err == nil:
	case s/100 == 4 || s == http.StatusNotImplemented:
		t.made.forget(e.kind, e.name)
	case s >= 500:
		// A target that fails at creating mostly fails at deleting too: only
		// getting no answer leaves open whether something is left.
		strict := e.remove
		e.remove = func(ctx context.Context) error {
			err := strict(ctx)
			if status(err) != 0 {
				return nil
			}
			return err
		}
		t.made.forget(e.kind, e.name)
		t.made.add(e)
	}
	return t.trouble(ctx, c, operation, err)
}

// removal repeats a deletion until it is done, refused, or Settle has passed.
func (t *Target) removal(del func(context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error {
		var last error
		err := t.wait(ctx, "it stayed busy", func() (bool, error) {
			last = del(ctx)
			switch {
			case last == nil || gone(last):
				return true, nil
			case busy(last):
				return false, nil
			}
			return false, &removalError{last}
		})
		var final *removalError
		if err != nil && last != nil && !errors.As(err, &final) && ctx.Err() == nil {
			return fmt.Errorf("%w: %w", err, &removalError{last})
		}
		return err
	}
}

// removalError is a deletion's error, said in one line.
type removalError struct{ err error }

func (e *removalError) Error() string { return said(e.err) }
func (e *removalError) Unwrap() error { return e.err }
