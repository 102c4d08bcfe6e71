package reference

import (
	"context"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets"
	"github.com/esmconform/esmconform/targets/endpoint"
)

// NewTarget returns the reference as a target: in this process, behind the SDK
// like any other, in virtual time. It is a targets.Player.
func NewTarget(ctx context.Context, p rule.Profile) (targets.Target, error) {
	return NewFaulty(ctx, p, Faulty{Name: "reference", Faults: func() delivery.Faults { return delivery.Faults{} }})
}

// Faulty is how a reference with a fault differs from the reference.
type Faulty struct {
	Name   string
	Hooks  control.Hooks
	Faults func() delivery.Faults // made anew for each play
	// Choices are those that the documentation leaves, made anew for each play; nil:
	// the default everywhere.
	Choices func() delivery.Choices
}

// NewFaulty is NewTarget with a fault in one plane or the other.
func NewFaulty(ctx context.Context, p rule.Profile, f Faulty) (targets.Target, error) {
	clock := NewVirtualClock(Epoch)
	s := New(Options{Profile: p, Clock: clock, Hooks: f.Hooks})
	t, err := endpoint.New(ctx, endpoint.Options{URL: "http://reference.invalid", Name: f.Name, Version: p.String(),
		Transport: s.Transport(), Clock: clock})
	if err != nil {
		return nil, err
	}
	return &target{t, f}, nil
}

// target adds the data plane of the model to its control plane.
type target struct {
	*endpoint.Target
	faulty Faulty
}

var _ targets.Player = (*target)(nil)

// played is what the machine can do besides what its wire face shows.
var played = []rule.Capability{rule.CanDestinationSQS, rule.CanDestinationSNS, rule.CanDestinationS3, rule.CanDestinationKafka,
	rule.CanReshard, rule.CanRetention, rule.CanThrottle}

// Describe implements targets.Target.
func (t *target) Describe(ctx context.Context) (targets.Description, error) {
	d, err := t.Target.Describe(ctx)
	if err == nil {
		d.Capabilities = append(d.Capabilities, played...)
	}
	return d, err
}

// Play implements targets.Player: the machine delivers, with a choice of its
// own wherever the documentation leaves one.
func (t *target) Play(ctx context.Context, s *trace.Scenario, emit func(*trace.Event) error) error {
	return t.faulty.play(ctx, s, emit)
}

func (f Faulty) play(ctx context.Context, s *trace.Scenario, emit func(*trace.Event) error) error {
	choices := delivery.Choices(delivery.Default{})
	if f.Choices != nil {
		choices = f.Choices()
	}
	return delivery.PlayFaulty(s, choices, f.Faults(), func(e *trace.Event) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return emit(e)
	})
}
