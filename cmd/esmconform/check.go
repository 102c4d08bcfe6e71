package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/reports/check"
)

// judgeFlags say how a trace is judged, and how what was found is shown.
type judgeFlags struct {
	level  levelFlag
	show   int
	asJSON bool
}

func (f *judgeFlags) add(c *cobra.Command) {
	f.level = levelFlag{rule.Implied}
	c.Flags().Var(&f.level, "level", `the weakest level that is judged: "must", "implied", "should" or "recorded"`)
	c.Flags().IntVar(&f.show, "show", 1, `how many violations of one rule and class are shown at length, the others in a line each; 0: all`)
	c.Flags().Var(ownProfile{}, "profile", "not for traces and scenarios")
	c.Flags().Lookup("profile").Hidden = true
	c.Flags().BoolVar(&f.asJSON, "json", false, "print every violation as one JSON object a line on standard output, and the rest on standard error")
}

// ownProfile is --profile where there is nothing to choose: a profile of the user's
// would judge what was done under one documentation by another.
type ownProfile struct{}

func (ownProfile) Type() string   { return "profile" }
func (ownProfile) String() string { return "" }

func (ownProfile) Set(string) error {
	return errors.New("a trace, like a scenario, names its own profile, which is the one that counts")
}

// again is the part of a command line that repeats these flags.
func (f *judgeFlags) again() string {
	if f.level.Level != rule.Implied {
		return " --level " + f.level.String()
	}
	return ""
}

// judge hands inputs to a check, one after the other, for as long as next says
// to go on, and ends the command as it ended.
func (f *judgeFlags) judge(c *cobra.Command, o check.Options, inputs []string, next func(*check.Check, string) bool) error {
	if stdin := slices.Index(inputs, check.Stdio); stdin >= 0 && slices.Contains(inputs[stdin+1:], check.Stdio) {
		return errors.New("- is given twice; standard input can be read once")
	}
	if f.show < 0 {
		return fmt.Errorf("--show %d: expected 0 or more", f.show)
	}
	o.Level, o.Show, o.JSON, o.Log, o.Files = f.level.Level, f.show, f.asJSON, c.ErrOrStderr(), len(inputs)
	k := check.New(o)
	for _, name := range inputs {
		if !next(k, name) {
			break
		}
	}
	k.Close()
	if code := k.ExitCode(); code != 0 {
		return &exit{code, k.Broken()}
	}
	return nil
}

func checkCommand() *cobra.Command {
	var f judgeFlags
	c := &cobra.Command{
		Use:   "check TRACE...",
		Short: "Judge recorded traces, with no target at hand",
		Long: `Check judges traces: JSON Lines, one event a line, as replay writes them and
as you can write them from logs. "-" is standard input; a file whose name ends in
.gz or .zst is unpacked. A trace is read once, from its beginning to its end, and may be
larger than memory. It is held to the profile that its first line names, 2020-08-11
if that names none.

A finding is a rule broken in one way (its class). Of each finding the first
violation is shown at length (--show N: the first N), with what the rule says and where
that is documented, and the others in a line each. A violation below --level is counted
and not shown.

A trace without an end event is judged as far as it goes, but not for what must have
happened by its end; if its first line says "complete":true it is unusable.

Exit codes: 0 nothing found at the judged levels; 1 findings; 2 a trace is unusable
(the others are judged all the same); 3 stopped, or the suite broke.`,
		Example: `  esmconform check trace.jsonl
  esmconform check build/traces/*.jsonl.zst --level recorded
  kubectl logs recorder | esmconform check - --json`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return f.judge(c, check.Options{Out: c.OutOrStdout()}, args, func(k *check.Check, name string) bool {
				again := ""
				if name != check.Stdio {
					again = "esmconform check" + f.again() + " " + shellWord(name)
				}
				return k.Trace(c.Context(), name, c.InOrStdin(), again)
			})
		},
	}
	f.add(c)
	return c
}

// shellWord is a name as one word of a command line.
func shellWord(s string) string {
	if !strings.ContainsAny(s, " \t\n'\"\\$`&|;<>()*?[]#~!{}") {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
