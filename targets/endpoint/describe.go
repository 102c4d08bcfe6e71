package endpoint

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets"
)

// Describe meets the target and finds out by doing what it can: it makes one
// function and one source of each kind, which the first CreateFunction and
// CreateSource that ask for the like then get. It does so once.
func (t *Target) Describe(ctx context.Context) (targets.Description, error) {
	t.describing.Lock()
	defer t.describing.Unlock()
	if t.described == nil {
		d, err := t.describe(ctx)
		if err != nil {
			return targets.Description{}, err
		}
		t.described = &d
	}
	d := *t.described
	d.Capabilities = slices.Clone(d.Capabilities)
	return d, nil
}

func (t *Target) describe(ctx context.Context) (d targets.Description, err error) {
	x, err := t.firstContact(ctx)
	if err != nil {
		return d, err
	}
	d.Name, d.Version = t.product(x)
	if d.Capabilities, err = t.probeFunction(ctx); err != nil {
		return d, err
	}
	for _, kind := range control.Kinds(rule.Today) {
		switch ok, err := t.probeSource(ctx, kind); {
		case err != nil:
			return d, err
		case ok:
			d.Capabilities = append(d.Capabilities, kind.Capability())
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	d.Partition, d.Region, d.Account = t.partition, t.opt.Region, t.account
	return d, nil
}

// product names the target: what the options say, else the first product of the
// Server header.
func (t *Target) product(x *trace.Exchange) (name, version string) {
	first, _, _ := strings.Cut(strings.TrimSpace(x.Header["server"]), " ")
	name, version, _ = strings.Cut(first, "/")
	setDefault(&name, "endpoint")
	if t.opt.AWS {
		name, version = "AWS", ""
	}
	if t.opt.Name != "" {
		name, version = t.opt.Name, ""
	}
	if t.opt.Version != "" {
		version = t.opt.Version
	}
	return clip(name), clip(version)
}

// probeFunction makes a function, a version and an alias. Only the function must
// work.
func (t *Target) probeFunction(ctx context.Context) (list []rule.Capability, err error) {
	f, err := t.makeFunction(ctx)
	if err != nil {
		return nil, err
	}
	steps := []struct {
		can rule.Capability
		do  func(context.Context, *targets.Function) error
	}{{rule.CanVersion, t.publish}, {rule.CanAlias, t.alias}}
	for _, step := range steps {
		err := step.do(ctx, &f)
		if lacks(err) {
			break // an alias needs a version
		}
		if err != nil {
			return nil, err
		}
		list = append(list, step.can)
	}
	switch ok, err := t.delivers(ctx, f.Name); {
	case err != nil:
		return nil, err
	case ok:
		list = append(list, rule.CanDeliver)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.spareFunction = &f
	return list, nil
}

// probeSource reports whether a source of the kind can be had, and keeps it.
func (t *Target) probeSource(ctx context.Context, kind control.SourceKind) (bool, error) {
	s, err := t.CreateSource(ctx, kind)
	var none *targets.Unreachable
	if errors.As(err, &none) {
		// A service that hangs or dies is one that is lacking, as long as the
		// target itself is still there.
		_, err = t.firstContact(ctx)
		return false, err
	}
	if lacks(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.spareSources[kind] = s
	return true, nil
}

func lacks(err error) bool {
	var u *targets.Unsupported
	return errors.As(err, &u)
}
