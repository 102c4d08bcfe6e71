package control

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/esmconform/esmconform/oracle/rule"
)

// The matchers are written by hand, because a regular expression costs more
// than the whole of judging an exchange may. The catalogue holds the documented
// expressions: both must agree.

// documented compiles the pattern of a rule to match whole strings.
func documented(r *rule.Rule, p rule.Profile) *regexp.Regexp {
	s := r.In(p).Value.(string)
	s = strings.TrimSuffix(strings.TrimPrefix(s, "^"), "$")
	return regexp.MustCompile(`\A(?:` + s + `)\z`)
}

// pieces are what ARNs and function names are made of, right and wrong.
var pieces = []string{"arn", "aws", "aws-cn", "aws-us-gov", "awsX1", "azure", "", "lambda", "sqs", "kinesis", "us-east-1", "us-gov-west-1",
	"us-iso-east-1", "us-isob-east-1", "us-isoB-east-1", "US-east-1", "us-east-12", "us--1", "000000000000", "12345678901", "1234567890123", "function",
	"my-function", "my_function", "my.function", "f", "$LATEST", "$LATEST.PUBLISHED", "PROD", "1", "stream/s", "a b", "é", "x/y", "-", "_"}

func name(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 9).Draw(t, "pieces"), ":")
}

func agree(t *testing.T, r *rule.Rule, match func(rule.Profile, string) bool) {
	for _, p := range rule.Profiles {
		re := documented(r, p)
		rapid.Check(t, func(t *rapid.T) {
			s := name(t)
			if got, want := match(p, s), re.MatchString(s); got != want {
				t.Fatalf("%s in %s: %q matches: %v, by hand: %v", r, p, s, want, got)
			}
		})
	}
}

func TestFunctionNameMatchesTheDocumentedPattern(t *testing.T) {
	agree(t, rule.FnPattern, func(p rule.Profile, s string) bool {
		_, ok := parseFunctionName(p, s)
		return ok
	})
}

func TestFunctionARNMatchesTheDocumentedPattern(t *testing.T) {
	agree(t, rule.FunctionARNPattern, validFunctionARN)
}

func TestEventSourceARNMatchesTheDocumentedPattern(t *testing.T) {
	agree(t, rule.EventSourceARNPattern, func(_ rule.Profile, s string) bool { return validEventSourceARN(s) })
}

func TestFunctionNameIsTakenApart(t *testing.T) {
	for _, c := range []struct {
		in   string
		want functionRef
	}{
		{"f", functionRef{name: "f"}},
		{"f:PROD", functionRef{name: "f", qualifier: "PROD"}},
		{"function:f", functionRef{name: "f"}},
		{"000000000000:function:f", functionRef{account: "000000000000", name: "f"}},
		{"000000000000:f", functionRef{account: "000000000000", name: "f"}},
		{"arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST",
			functionRef{region: "us-east-1", account: "000000000000", name: "f", qualifier: "$LATEST"}},
		{"123456789012:$LATEST", functionRef{name: "123456789012", qualifier: "$LATEST"}},
	} {
		if got, ok := parseFunctionName(rule.P2020, c.in); !ok || got != c.want {
			t.Errorf("%s: %+v, %v; want %+v", c.in, got, ok, c.want)
		}
	}
}
