package endpoint

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"syscall"

	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets"
)

// firstContact asks for one mapping, and takes every answer that could come from
// something that means to be this API: JSON, and neither a redirection nor a 5xx.
func (t *Target) firstContact(ctx context.Context) (*trace.Exchange, error) {
	within, cancel := bound(ctx, t.opt.FirstContact)
	defer cancel()
	x, err := t.call(within, targets.Request{Operation: trace.List, Query: map[string]string{"MaxItems": "1"}})
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case within.Err() != nil && err != nil:
		return nil, t.unreachable(string(trace.List), context.Cause(within))
	case errors.Is(err, syscall.ECONNREFUSED):
		return nil, t.unreachable(string(trace.List), fmt.Errorf("%w; is it running, and is this its address?", cause(err)))
	case err != nil:
		return nil, err
	}
	if why := notAnAnswer(x); why != "" {
		return nil, t.unreachable(string(trace.List), errors.New(why))
	}
	return x, nil
}

// cause is what an *Unreachable says of its reason.
func cause(err error) error {
	var u *targets.Unreachable
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// notAnAnswer says why nothing can be concluded from an answer; empty when
// something can.
func notAnAnswer(x *trace.Exchange) string {
	what := fmt.Sprintf("%d and %s", x.Status, x.Header["content-type"])
	if x.Header["content-type"] == "" {
		what = fmt.Sprintf("%d without a content type", x.Status)
	}
	valid := json.Valid([]byte(x.Response))
	switch {
	case x.Status/100 == 3:
		return fmt.Sprintf("it redirected with %d to %q; give the URL that answers itself", x.Status, clip(x.Header["location"]))
	case x.Status >= http.StatusInternalServerError && valid:
		return fmt.Sprintf("it answered with %d: %s", x.Status, clip(x.Response))
	case x.Response == "":
		return fmt.Sprintf("it answered with %d and no body, not JSON", x.Status)
	case !valid && (x.Response[0] == '{' || x.Response[0] == '['):
		return fmt.Sprintf("it answered with %s, but the JSON breaks off or is broken after %d bytes", what, len(x.Response))
	case !valid:
		return fmt.Sprintf("it answered with %s, not JSON", what)
	}
	return ""
}
