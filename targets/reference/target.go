package reference

import (
	"context"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/targets"
	"github.com/esmconform/esmconform/targets/endpoint"
)

// NewTarget returns the reference as a target: in this process, behind the SDK
// like any other, in virtual time.
func NewTarget(ctx context.Context, p rule.Profile) (targets.Target, error) {
	clock := NewVirtualClock(Epoch)
	s := New(Options{Profile: p, Clock: clock})
	return endpoint.New(ctx, endpoint.Options{URL: "http://reference.invalid", Name: "reference", Version: p.String(),
		Transport: s.Transport(), Clock: clock})
}
