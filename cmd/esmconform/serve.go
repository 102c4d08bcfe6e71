package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/specs"
	"github.com/esmconform/esmconform/targets/reference"
)

func serveCommand() *cobra.Command {
	var (
		profile profileFlag
		addr    string
		settle  time.Duration
		name    string
	)
	c := &cobra.Command{
		Use:   "serve",
		Short: "Answer the Lambda API as the documentation asks, over HTTP",
		Long: `Serve answers the five event source mapping operations as the documentation
asks, and so much of Lambda, Kinesis, DynamoDB and SQS as a client needs in order
to create something to map. Any credentials are taken. Nothing is stored.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			hooks, err := hooksOf(name)
			if err != nil {
				return err
			}
			s := reference.New(reference.Options{Profile: profile.Profile, Settle: settle, Hooks: hooks, Fault: func(err error) {
				fmt.Fprintln(c.ErrOrStderr(), "esmconform:", err)
			}})
			err = reference.Serve(c.Context(), addr, s, func(addr string) {
				fmt.Fprintf(c.OutOrStdout(), "listening on http://%s  profile %s\n", addr, profile.Profile)
			})
			if err != nil {
				return broken(err)
			}
			return nil
		},
	}
	addProfile(c, &profile)
	c.Flags().StringVar(&addr, "addr", "127.0.0.1:4599", "HOST:PORT to listen on; without a host, loopback; port 0 picks a free one")
	c.Flags().StringVar(&name, "mutant", "", "serve a mutant instead: the reference with one fault in these five operations")
	c.Flags().DurationVar(&settle, "settle", reference.DefaultSettle, "how long a change of state takes")
	return c
}

// hooksOf are the faults of a mutant that can be served; without a name there are none.
func hooksOf(name string) (control.Hooks, error) {
	if name == "" {
		return control.Hooks{}, nil
	}
	m, err := specs.Mutant(name)
	switch {
	case err != nil:
		return control.Hooks{}, err
	case m.Control == nil:
		return control.Hooks{}, fmt.Errorf("--mutant %s: its fault is in what is delivered, and serve delivers nothing: run or replay it with --target mutant:%s", name, name)
	}
	return m.Hooks(), nil
}
