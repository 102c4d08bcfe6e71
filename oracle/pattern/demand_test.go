package pattern

import "testing"

// A demand is named only when it alone can be what the record fails.
func TestFails(t *testing.T) {
	const one, two = `{"body":{"City":["Seattle"]}}`, `{"body":{"City":["Seattle"],"Day":["Monday"]}}`
	boston := sqsRecord(`{"City":"Boston"}`)
	for _, c := range []struct {
		name, kind string
		patterns   []string
		record     map[string]any
		want       Demand
	}{
		{"another string", "sqs", []string{one}, boston, ExactString},
		{"another string outside the body", "sqs", []string{`{"eventSource":["aws:sns"]}`}, boston, ExactString},
		{"one of several strings", "sqs", []string{`{"body":{"City":["Seattle","Miami"]}}`}, boston, ExactString},
		{"a string or an operator", "sqs", []string{`{"body":{"City":["Seattle",{"prefix":"S"}]}}`}, boston, Other},
		{"an operator or a string", "sqs", []string{`{"body":{"City":[{"prefix":"S"},"Seattle"]}}`}, boston, Other},
		{"a number", "sqs", []string{`{"body":{"City":[5]}}`}, boston, Other},
		{"two fields of the body", "sqs", []string{two}, boston, AllFields},
		{"two fields, one of them deep", "sqs", []string{`{"eventSource":["aws:sqs"],"body":{"City":["Seattle"]}}`}, boston, AllFields},
		{"two fields, one of them a number", "sqs", []string{`{"body":{"City":["Seattle"],"N":[5]}}`}, boston, AllFields},
		{"no field", "sqs", []string{`{}`}, boston, Other},
		{"a field and $or", "sqs", []string{`{"body":{"City":["Seattle"],"$or":[{"a":["x"]},{"b":["x"]}]}}`}, boston, Other},
		{"$or and a field inside", "sqs", []string{`{"$or":[{"a":["x"]},{"b":["x"]}],"body":{"City":["Seattle"]}}`}, boston, Other},
		{"two filters", "sqs", []string{one, `{"body":{"City":["Miami"]}}`}, boston, Other},
		{"no filters", "sqs", nil, boston, Other},
		{"another format", "sqs", []string{one}, sqsRecord("Seattle"), Format},
		{"another format, for two fields", "kinesis", []string{`{"data":{"City":["Seattle"],"Day":["Monday"]}}`}, kinesisRecord("Seattle"), Format},
		{"another format, for one of two filters", "sqs", []string{`{"eventSource":["aws:sns"]}`, one}, sqsRecord("Seattle"), Format},
		{"no record", "sqs", []string{one}, nil, Other},
		{"a kind without a table", "mq", []string{one}, boston, Other},
	} {
		if got := compile(t, c.patterns...).Fails(c.kind, c.record); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
	if got := (*Filters)(nil).Fails("sqs", boston); got != Other {
		t.Errorf("nil Filters: %d, want Other", got)
	}
}
