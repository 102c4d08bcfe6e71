package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/specs"
	"github.com/esmconform/esmconform/targets"
	"github.com/esmconform/esmconform/targets/endpoint"
	"github.com/esmconform/esmconform/targets/reference"
)

// targetFlags say who is tested.
type targetFlags struct {
	target       string
	name         string
	region       string
	account      string
	role         string
	sources      []string
	settle       time.Duration
	firstContact time.Duration
}

func (f *targetFlags) add(c *cobra.Command) {
	s := c.Flags()
	s.StringVar(&f.target, "target", "reference", `who is tested: "reference", "endpoint:URL", "aws" (AWS itself, with the default credentials), or "mutant:NAME" (the reference with a fault)`)
	s.StringVar(&f.name, "target-name", "", "what to call the target in reports (default what it calls itself)")
	s.StringVar(&f.region, "region", "", "the Region to call (default us-east-1)")
	s.StringVar(&f.account, "account", "", "the account of well-formed ARNs, until the target tells its own (default 000000000000)")
	s.StringVar(&f.role, "role", "", "the execution role of the functions that are created")
	s.StringArrayVar(&f.sources, "source", nil, "KIND=ARN: map this source instead of creating one; may be repeated")
	s.DurationVar(&f.settle, "settle", endpoint.DefaultSettle, "how long a change of state may take")
	s.DurationVar(&f.firstContact, "first-contact", endpoint.DefaultFirstContact, "how long the first answer may take")
}

// open makes the target. Nothing is sent to it yet.
func (f *targetFlags) open(ctx context.Context, p rule.Profile) (targets.Target, error) {
	brought, err := f.brought()
	if err != nil {
		return nil, err
	}
	o := endpoint.Options{Name: f.name, Region: f.region, Account: f.account, Role: f.role, Sources: brought, Settle: f.settle, FirstContact: f.firstContact}
	kind, rest, _ := strings.Cut(f.target, ":")
	switch {
	case f.target == "reference":
		return reference.NewTarget(ctx, p)
	case kind == "mutant":
		return openMutant(ctx, rest, p)
	case f.target == "aws":
		o.AWS = true
		return endpoint.New(ctx, o)
	case kind == "endpoint" && rest != "":
		o.URL = rest
		return endpoint.New(ctx, o)
	case kind == "endpoint":
		return nil, errors.New("--target endpoint: needs a URL: endpoint:http://127.0.0.1:4566")
	}
	return nil, fmt.Errorf("unknown target %q: did you mean %q?", f.target, specs.Nearest(f.target, []string{"reference", "aws", "endpoint:URL", "mutant:NAME"}))
}

func (f *targetFlags) brought() (map[control.SourceKind]string, error) {
	out := map[control.SourceKind]string{}
	for _, s := range f.sources {
		name, arn, ok := strings.Cut(s, "=")
		if !ok || arn == "" {
			return nil, fmt.Errorf("--source %q: expected KIND=ARN", s)
		}
		found := false
		var names []string
		for _, k := range control.Kinds(rule.Today) {
			names = append(names, k.String())
			if k.String() == name {
				out[k], found = arn, true
			}
		}
		if !found {
			return nil, fmt.Errorf("unknown source kind %q: did you mean %q?", name, specs.Nearest(name, names))
		}
	}
	return out, nil
}
