package main

import (
	"fmt"
	"regexp"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/specs"
)

// profileFlag is --profile.
type profileFlag struct{ rule.Profile }

func (f *profileFlag) Type() string { return "profile" }

func (f *profileFlag) Set(s string) error {
	p, ok := rule.ParseProfile(s)
	if !ok {
		var names []string
		for _, p := range rule.Profiles {
			names = append(names, p.String())
		}
		return fmt.Errorf("unknown profile %q: did you mean %q?", s, specs.Nearest(s, names))
	}
	f.Profile = p
	return nil
}

func addProfile(c *cobra.Command, f *profileFlag) {
	c.Flags().Var(f, "profile", `the documentation to hold the target to: "2020-08-11" or "today"`)
}

// levelFlag is --level.
type levelFlag struct{ rule.Level }

func (f *levelFlag) Type() string { return "level" }

func (f *levelFlag) Set(s string) error {
	l, ok := rule.ParseLevel(s)
	if !ok {
		return fmt.Errorf("unknown level %q: did you mean %q?", s, specs.Nearest(s, specs.Levels(rule.Recorded)))
	}
	f.Level = l
	return nil
}

var flagName = regexp.MustCompile(`--([\w-]+)`)

// suggestFlag adds the nearest flag to the error about an unknown one.
func suggestFlag(c *cobra.Command, err error) error {
	m := flagName.FindStringSubmatch(err.Error())
	if m == nil || c.Flags().Lookup(m[1]) != nil {
		return err
	}
	var known []string
	c.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
	if len(known) == 0 {
		return err
	}
	return fmt.Errorf("%w: did you mean --%s?", err, specs.Nearest(m[1], known))
}
