package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/esmconform/esmconform/targets/reference"
)

func serveCommand() *cobra.Command {
	var (
		profile profileFlag
		addr    string
		settle  time.Duration
	)
	c := &cobra.Command{
		Use:   "serve",
		Short: "Answer the Lambda API as the documentation asks, over HTTP",
		Long: `Serve answers the five event source mapping operations as the documentation
asks, and so much of Lambda, Kinesis, DynamoDB and SQS as a client needs in order
to create something to map. Any credentials are taken. Nothing is stored.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			s := reference.New(reference.Options{Profile: profile.Profile, Settle: settle, Fault: func(err error) {
				fmt.Fprintln(c.ErrOrStderr(), "esmconform:", err)
			}})
			err := reference.Serve(c.Context(), addr, s, func(addr string) {
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
	c.Flags().DurationVar(&settle, "settle", reference.DefaultSettle, "how long a change of state takes")
	return c
}
