package pattern

import "testing"

// TestFormats goes through the guide's tables of data formats, kind by kind.
func TestFormats(t *testing.T) {
	const data, meta = `{"data":{"City":["Seattle"]}}`, `{"eventSource":["aws:kinesis"]}`
	const jsonBody, textBody = `{"body":{"City":["Seattle"]}}`, `{"body":["Seattle",{"prefix":"New "}]}`
	const jsonValue, textValue = `{"value":{"City":["Seattle"]}}`, `{"value":["Seattle"]}`
	seattle, boston := `{"City":"Seattle"}`, ` {"City":"Boston"}`
	for _, c := range []struct {
		name, kind string
		patterns   []string
		payload    string
		want       Verdict
	}{
		{"JSON, JSON", "kinesis", []string{data}, seattle, Matches},
		{"JSON, JSON", "kinesis-consumer", []string{data}, boston, Differs},
		{"JSON, no data pattern", "kinesis", []string{meta}, boston, Matches},
		{"text, JSON", "kinesis", []string{data}, "Seattle", Differs},
		{"text, JSON that asks for absence", "kinesis", []string{`{"data":{"City":[{"exists":false}]}}`}, "Seattle", Differs},
		{"text, no data pattern", "kinesis", []string{meta}, "Seattle", Matches},
		{"text, text", "kinesis", []string{`{"data":["Seattle"]}`}, "Seattle", Differs},
		{"JSON, text", "kinesis", []string{`{"data":["Seattle"]}`}, seattle, Unknown},
		{"text, data and other filters", "kinesis", []string{data, meta}, "Seattle", Unknown},
		{"JSON, data and other filters", "kinesis", []string{data, meta}, boston, Matches},
		{"not UTF-8", "kinesis", []string{data}, "\xff\xfe", Differs},
		{"JSON with a byte that is not UTF-8", "kinesis", []string{data}, `{"City":"Seattle","x":"` + "\xff" + `"}`, Unknown},
		{"two JSON values", "kinesis", []string{data}, seattle + seattle, Differs},
		{"a JSON array", "kinesis", []string{data}, "[" + seattle + "]", Unknown},
		{"a JSON number", "kinesis", []string{data}, "5", Differs},
		{"a JSON number, asked for absence", "kinesis", []string{`{"data":{"City":[{"exists":false}]}}`}, "5", Unknown},
		{"the partition key at the root", "kinesis", []string{`{"partitionKey":["1"]}`}, seattle, Unknown},
		{"the partition key as seen", "kinesis", []string{`{"kinesis":{"partitionKey":["1"]}}`}, seattle, Unknown},
		{"a partition key and data that differ", "kinesis", []string{`{"partitionKey":["1"],"data":{"City":["Seattle"]}}`}, boston, Differs},
		{"no such member", "kinesis", []string{`{"body":{"City":["Seattle"]}}`}, seattle, Differs},

		{"JSON, JSON", "sqs", []string{jsonBody}, seattle, Matches},
		{"JSON, text", "sqs", []string{textBody}, seattle, Differs},
		{"a JSON array, text", "sqs", []string{textBody}, `["Seattle"]`, Differs},
		{"text, JSON", "sqs", []string{jsonBody}, "Seattle", Differs},
		{"text, text", "sqs-fifo", []string{textBody}, "Seattle", Matches},
		{"text, text by its prefix", "sqs", []string{textBody}, "New York", Matches},
		{"text, other text", "sqs", []string{textBody}, "seattle", Differs},
		{"text, no body pattern", "sqs", []string{`{"messageAttributes":{"color":{"stringValue":["red"]}}}`}, "Seattle", Matches},
		{"JSON, no body pattern", "sqs", []string{`{"messageAttributes":{"color":{"stringValue":["blue"]}}}`}, seattle, Differs},
		{"text, filters of both formats", "sqs", []string{jsonBody, textBody}, "Seattle", Unknown},
		{"text, filters of both formats, none of which matches", "sqs", []string{jsonBody, textBody}, "Boston", Differs},
		{"two JSON filters, the second of which matches", "sqs", []string{jsonBody, `{"body":{"City":["Boston"]}}`}, boston, Matches},
		{"text, both formats under $or", "sqs", []string{`{"$or":[` + jsonBody + `,` + textBody + `]}`}, "Seattle", Unknown},
		{"text that is JSON too", "sqs", []string{`{"body":["12"]}`}, "12", Unknown},
		{"text that is JSON too, other text", "sqs", []string{`{"body":["13"]}`}, "12", Differs},
		{"text, existence of the body", "sqs", []string{`{"body":[{"exists":true}]}`}, "x", Unknown},

		{"JSON, JSON", "msk", []string{jsonValue}, seattle, Matches},
		{"JSON, JSON", "msk", []string{jsonValue}, boston, Differs},
		{"text, text", "msk", []string{textValue}, "Seattle", Matches},
		{"text, JSON", "msk", []string{jsonValue}, "Seattle", Unknown},
		{"JSON, text", "msk", []string{textValue}, seattle, Unknown},
		{"not UTF-8", "msk", []string{textValue}, "\xff", Unknown},
		{"text, JSON, and another topic", "msk", []string{`{"topic":["other"],"value":{"City":["Seattle"]}}`}, "Seattle", Differs},
		{"the key", "msk", []string{`{"key":["abc"]}`}, seattle, Unknown},
		{"a number of the record", "msk", []string{`{"offset":[15]}`}, seattle, Matches},

		{"a kind without a table", "mq", []string{data}, seattle, Unknown},
	} {
		t.Run(c.kind+" "+c.name, func(t *testing.T) {
			r := kinesisRecord(c.payload)
			switch c.kind {
			case "sqs", "sqs-fifo":
				r = sqsRecord(c.payload)
			case "msk":
				r = mskRecord(c.payload)
			}
			if got := compile(t, c.patterns...).Match(c.kind, r); got != c.want {
				t.Errorf("%q on %q: %s, want %s", c.patterns, c.payload, got, c.want)
			}
		})
	}
}

// A record that is not as a function sees it is not judged.
func TestIncompleteRecords(t *testing.T) {
	for _, c := range []struct{ kind, pattern, record string }{
		{"kinesis", `{"data":{"a":[1]}}`, `{}`},
		{"kinesis", `{"data":{"a":[1]}}`, `{"kinesis":{"data":"no base64!"}}`},
		{"kinesis", `{"data":{"a":[1]}}`, `{"kinesis":{"data":{"a":2}}}`},
		{"dynamodb", `{"dynamodb":{"Keys":{"id":{"S":["x"]}}}}`, `{"eventName":"INSERT"}`},
		{"sqs", `{"body":{"a":[1]}}`, `{"body":{"a":2}}`},
		{"msk", `{"value":{"a":[1]}}`, `{"value":null}`},
	} {
		if got := compile(t, c.pattern).Match(c.kind, record(t, c.record)); got != Unknown {
			t.Errorf("%s: %s on %s: %s, want Unknown", c.kind, c.pattern, c.record, got)
		}
		if got := compile(t, c.pattern).Match(c.kind, nil); got != Unknown {
			t.Errorf("%s: %s on no record: %s, want Unknown", c.kind, c.pattern, got)
		}
	}
}

// A float64 no longer says how its number was written.
func TestNumbersThatLostTheirText(t *testing.T) {
	const is, not, above = `{"size":[70]}`, `{"size":[{"anything-but":70}]}`, `{"size":[{"numeric":[">",0]}]}`
	for _, c := range []struct {
		pattern string
		size    any
		want    Verdict
	}{
		{is, 70.0, Unknown}, {is, 70, Matches}, {is, int64(71), Differs}, {is, 71.0, Differs}, {is, int8(70), Unknown},
		{not, 70.0, Unknown}, {not, 70, Differs}, {not, 71.0, Matches},
		{above, 0.25, Matches}, {above, 0.12345678901234568, Unknown}, {above, 6e9, Unknown}, {above, 0.0, Differs},
	} {
		if got := compile(t, c.pattern).Match("sqs", map[string]any{"body": "x", "size": c.size}); got != c.want {
			t.Errorf("%s on %T %v: %s, want %s", c.pattern, c.size, c.size, got, c.want)
		}
	}
}
