package control

import (
	"strings"
	"testing"

	"github.com/esmconform/esmconform/oracle/rule"
)

// regions are right and wrong ones, each next to its opposite.
var regions = []string{"us-east-1", "uz-east-1", "az-azaz-0", "zz-zz-9", "us-a-1", "us--1", "us-1", "u-east-1", "1s-east-1", "s1-east-1", "us_east-1",
	"us-east-", "us-east1", "us-east-12", "us-east-a", "us-eaSt-1", "us-ea0t-1", "us-gov-west-1", "us-got-west-1", "us-gov-1", "us-gov-", "us-iso-east-1",
	"us-isob-east-1", "us-isobb-east-1", "us-iso1-east-1", "us-isA-east-1", "us-is-east-1", "us-isoz-e-9", "us-iso-1", "US-east-1", "us-e-1", "us-e-", ""}

var partitions = []string{"aws", "aws-cn", "awsX", "awsX1", "aws1", "aws_", "AWS", "aw", "", "azure", "aws-Z-z"}

var accounts = []string{"000000000000", "999999999999", "00000000000", "0000000000000", "00000000000a", "0000 0000000", ""}

// functions are what may stand for a function's name and qualifier.
var functions = []string{"f", "function:f", "F", "z", "Z", "a0", "9", "-", "_", "f.g", "f g", "f/g", "", "f:PROD", "f:1", "f:$LATEST", "f:$LATEST.PUBLISHED",
	"f:$LATES", "f:", "f:a b", "f:a.b", "f:a_b", "f:-", "f:1:2", "function:f:1", "function:", "function", "functions:f", "function:f:$LATEST.PUBLISHED", "f:$"}

// shapes are names that hold one of each kind of piece, all others being right.
func shapes() (names []string) {
	names = append(names, functions...)
	for _, f := range functions {
		names = append(names, "000000000000:"+f, "us-east-1:"+f, "us-east-1:000000000000:"+f, "arn:aws:lambda:us-east-1:000000000000:"+f,
			"arn:aws:lambda:"+f, "arn:aws:lambda:000000000000:"+f)
	}
	for _, r := range regions {
		names = append(names, r+":f", r+":000000000000:function:f", "arn:aws:lambda:"+r+":000000000000:function:f", "arn:aws:sqs:"+r+":000000000000:q")
	}
	for _, p := range partitions {
		names = append(names, "arn:"+p+":lambda:us-east-1:000000000000:function:f", "arn:"+p+":sqs:us-east-1:000000000000:q")
	}
	for _, a := range accounts {
		names = append(names, a+":f", "us-east-1:"+a+":f", "arn:aws:lambda:us-east-1:"+a+":function:f", "arn:aws:sqs:us-east-1:"+a+":q")
	}
	for _, service := range []string{"lambda", "lambda2", "Sqs", "s-q", "s_q", "s9", "zZ0", ""} {
		names = append(names, "arn:aws:"+service+":us-east-1:000000000000:function:f", "arn:aws:"+service+":us-east-1:000000000000:")
	}
	for _, resource := range []string{"\n", "q\n", "q\nq", "q:r", " ", "function:", "function:f:", "function:f.g", "function:f_g", "function::1", "function:f:1:2"} {
		names = append(names, "arn:aws:sqs:us-east-1:000000000000:"+resource, "arn:aws:lambda:us-east-1:000000000000:"+resource)
	}
	return append(names, "arn", "arn:", "arn:aws", "arn:aws:lambda", "arn:aws:lambda:", "arn:aws:sqs:us-east-1:000000000000", "f\n")
}

// What rapid draws seldom: names that are wrong in one place.
func TestNamesMatchTheDocumentedPatterns(t *testing.T) {
	for _, p := range rule.Profiles {
		for _, x := range []struct {
			rule  *rule.Rule
			match func(string) bool
		}{
			{rule.FnPattern, func(s string) bool { _, ok := parseFunctionName(p, s); return ok }},
			{rule.FunctionARNPattern, func(s string) bool { return validFunctionARN(p, s) }},
			{rule.EventSourceARNPattern, validEventSourceARN},
		} {
			re := documented(x.rule, p)
			for _, s := range shapes() {
				if x.rule == rule.FunctionARNPattern && strings.HasSuffix(s, ":$LATEST.PUBLISHED") {
					continue // FunctionName may be it today, so the ARN that is answered must be
				}
				if got, want := x.match(s), re.MatchString(s); got != want {
					t.Errorf("%s in %s: %q matches: %v, by hand: %v", x.rule, p, s, want, got)
				}
			}
		}
	}
}

func TestKindsOfSources(t *testing.T) {
	const at = ":us-east-1:000000000000:"
	for _, c := range []struct {
		arn       string
		kind      SourceKind // of today
		malformed bool
		in2020    bool // the same in 2020
	}{
		{"arn:aws:kinesis" + at + "stream/s", KinesisStream, false, true},
		{"arn:aws:kinesis" + at + "stream/", KinesisStream, true, true},
		{"arn:aws:kinesis" + at + "s", KinesisStream, true, true},
		{"arn:aws:kinesis" + at + "stream/s/consumer/c:1", KinesisConsumer, false, true},
		{"arn:aws:kinesis" + at + "stream/s/x", KinesisStream, true, true},
		{"arn:aws:dynamodb" + at + "table/t/stream/1", DynamoDBStream, false, true},
		{"arn:aws:dynamodb" + at + "t/stream/1", DynamoDBStream, true, true},
		{"arn:aws:dynamodb" + at + "table/t/stream/", DynamoDBStream, true, true},
		{"arn:aws:dynamodb" + at + "table//stream/1", DynamoDBStream, true, true},
		{"arn:aws:dynamodb" + at + "table/t", DynamoDBStream, true, true},
		{"arn:aws:sqs" + at + "q", SQSQueue, false, true},
		{"arn:aws:sqs" + at, SQSQueue, true, true},
		{"arn:aws:sqs" + at + "q/r", SQSQueue, true, true},
		{"arn:aws:sqs" + at + "q.fifo", SQSFIFOQueue, false, true},
		{"arn:aws:kafka" + at + "cluster/c", MSKCluster, false, true},
		{"arn:aws:kafka" + at + "vpc-connection/c", MSKCluster, false, false},
		{"arn:aws:kafka" + at + "topic/c", MSKCluster, true, true},
		{"arn:aws:mq" + at + "broker:b", MQBroker, false, false},
		{"arn:aws:mq" + at + "b", MQBroker, true, false},
		{"arn:aws:rds" + at + "cluster:c", DocumentDBCluster, false, false},
		{"arn:aws:rds" + at + "c", DocumentDBCluster, true, false},
		{"arn:aws:sns" + at + "t", NoSource, false, true},
		{"queue", NoSource, false, true},
	} {
		k, malformed := sourceKind(rule.Today, c.arn)
		if k != c.kind || malformed != c.malformed {
			t.Errorf("%s: %s, malformed %v", c.arn, k, malformed)
		}
		before, bad := sourceKind(rule.P2020, c.arn)
		if same := before == k && bad == malformed; same != c.in2020 {
			t.Errorf("%s in 2020: %s, malformed %v", c.arn, before, bad)
		}
	}
}

func TestUUIDs(t *testing.T) {
	for s, want := range map[string]bool{
		"00000000-0000-0000-0000-000000000000":  true,
		"09afAF00-0000-0000-0000-000000000000":  true,
		"0000000g-0000-0000-0000-000000000000":  false,
		"0000000G-0000-0000-0000-000000000000":  false,
		"0000000`-0000-0000-0000-000000000000":  false,
		"0000000@-0000-0000-0000-000000000000":  false,
		"000000000000-0000-0000-0000-00000000":  false,
		"00000000-0000-0000-0000-00000000000":   false,
		"00000000-0000-0000-0000-0000000000000": false,
	} {
		if validUUID(s) != want {
			t.Errorf("%s is a UUID: %v", s, !want)
		}
	}
}
