package trace

import (
	"errors"
	"strings"
	"testing"
)

func TestReaderErrors(t *testing.T) {
	const put = `{"event":"put","t":1,"source":"a","seq":"1"`
	const invoke = `{"event":"invoke","t":1,"end":2,"mapping":"u","outcome":"ok","records":["1"]`
	const call = `{"event":"call","t":1,"end":2,"operation":"GetEventSourceMapping","request":{},"status":200`
	const source = `{"event":"source","arn":"a","kind":"sqs"`
	tests := []struct{ in, want string }{
		// The file.
		{"", `line 1: the trace is empty; expected {"event":"trace"`},
		{"\n \n", `line 2: the trace is empty`},
		{put + "}", `line 1: the trace begins with the event put; expected {"event":"trace"`},
		{header + "\n" + header, `line 3: a second trace event`},
		{`{"event":"trace"}`, `line 1: trace: format is missing`},
		{`{"event":"trace","format":2,"profile":1}`, `line 1: trace: format is 2; expected 1`},
		{`{"event":"trace","format":"1"}`, `format is "1"; expected a whole number`},
		{`{"event":"trace","format":1,"profile":"2021"}`, `profile is "2021"; expected one of 2020-08-11, today`},
		{`{"event":"trace","format":1,"complete":1}`, `complete is 1; expected true or false`},
		{`{"event":"trace","format":1,"settle_ms":-1}`, `settle_ms is -1; expected milliseconds, not negative`},
		{`{"event":"trace","format":1,"skew_ms":"1"}`, `skew_ms is "1"; expected a number`},
		{`{"event":"trace","format":1,"duplicates":-1}`, `duplicates is -1; expected a whole number`},

		// The line.
		{header + `{"event":"put","t":1,"sou`, `line 2: the last line is cut off`},
		{header + `{"event":"put","t":1,"sou` + "\n" + put + "}", `line 2: the line is cut off`},
		{header + `{`, `line 2: the last line is cut off`},
		{header + put, `line 2: the last line is cut off`},
		{header + `{"event":x`, `line 2: not JSON: invalid character 'x' looking for beginning of value (byte 10)`},
		{header + `{"event":"put","t":1,}`, `line 2: not JSON: invalid character '}'`},
		{header + put + `} x`, `line 2: not JSON: invalid character 'x' after top-level value`},
		{header + put + "}\v\n", `line 2: not JSON`},
		{header + put + `,"size":01}`, `line 2: not JSON`},
		{header + put + `,"size":NaN}`, `line 2: not JSON`},
		{header + put + ",\"key\":\"\t\"}", `line 2: not JSON: invalid character '\t' in string literal`},
		{header + put + `,"key":"\x"}`, `line 2: not JSON`},
		{header + put + `,"x":` + strings.Repeat("[", 10000) + strings.Repeat("]", 10000) + `}`, `exceeded max depth`},
		{header + `[1]`, `line 2: not an object but [1]`},
		{header + `{}`, `line 2: event is missing`},
		{header + `{"event":5}`, `line 2: event is 5; expected a string`},
		{header + `{"event":"puts"}`, `line 2: event is "puts"; expected one of put, invoke,`},
		{header + `{"event":"put","event":null}`, `line 2: event is null`},

		// Required members, types, values.
		{header + `{"event":"end"}`, `line 2: end: t is missing`},
		{header + `{"event":"end","t":null}`, `t is null; expected a number`},
		{header + `{"event":"end","t":"1"}`, `t is "1"; expected a number`},
		{header + `{"event":"end","t":1e400}`, `t is 1e400; expected a finite number`},
		{header + `{"event":"end","t":-1}`, `t is -1; expected milliseconds, not negative`},
		{header + `{"event":"put","t":1,"seq":"1"}`, `line 2: put: source is missing`},
		{header + `{"event":"put","t":1,"source":"a"}`, `seq is missing; expected a string`},
		{header + `{"event":"put","t":1,"source":"a","seq":1}`, `seq is 1; expected a string`},
		{header + `{"event":"put","t":1,"source":"a","seq":""}`, `seq is empty`},
		{header + put + `,"size":-1}`, `size is -1; expected a whole number from 0`},
		{header + put + `,"size":1.5}`, `size is 1.5; expected a whole number`},
		{header + put + `,"size":3000000000}`, `size is 3000000000`},
		{header + put + `,"arrival":true}`, `arrival is true; expected a number`},
		{header + put + `,"record":[]}`, `record is []; expected an object`},
		{header + put + `,"record":{"a":[1e999]}}`, `record holds a number that is not finite`},
		{header + put + `,"shard":{"a":"` + strings.Repeat("é", 60) + `"}}`, `shard is {"a":"` + strings.Repeat("é", 27) + `…; expected`},
		{header + strings.Replace(invoke, `"end":2,`, ``, 1) + `}`, `end is missing`},
		{header + strings.Replace(invoke, `"end":2`, `"end":0.5`, 1) + `}`, `end is 0.5, before t, which is 1`},
		{header + strings.Replace(invoke, `"end":2`, `"end":-1`, 1) + `}`, `end is -1; expected milliseconds`},
		{header + strings.Replace(invoke, `"mapping":"u",`, ``, 1) + `}`, `mapping is missing`},
		{header + strings.Replace(invoke, `"outcome":"ok",`, ``, 1) + `}`, `outcome is missing`},
		{header + strings.Replace(invoke, `"ok"`, `"OK"`, 1) + `}`, `outcome is "OK"; expected one of ok, error, timeout`},
		{header + strings.Replace(invoke, `,"records":["1"]`, ``, 1) + `}`, `records is missing`},
		{header + invoke + `,"records":["1",2]}`, `records[1] is 2; expected an array of strings`},
		{header + invoke + `,"records":[""]}`, `records[0] is ""; expected`},
		{header + invoke + `,"records":"1"}`, `records is "1"; expected an array of strings`},
		{header + invoke + `,"attempts":[-1]}`, `attempts[0] is -1; expected an array of whole numbers`},
		{header + invoke + `,"attempts":[1,1]}`, `attempts has 2 counts for 1 records`},
		{header + invoke + `,"report":-1e999}`, `report holds a number that is not finite`},
		{header + invoke + `,"payload":7}`, `payload is 7; expected an object`},
		{header + `{"event":"destination","t":1,"arn":"d"}`, `body is missing`},
		{header + `{"event":"destination","t":1,"body":{}}`, `arn is missing`},
		{header + strings.Replace(call, `Get`, `Put`, 1) + `}`, `operation is "PutEventSourceMapping"; expected one of CreateEventSourceMapping,`},
		{header + strings.Replace(call, `"end":2,`, `"end":null,`, 1) + `}`, `end is null`},
		{header + strings.Replace(call, `"request":{},`, ``, 1) + `}`, `request is missing`},
		{header + strings.Replace(call, `,"status":200`, ``, 1) + `}`, `status is missing`},
		{header + call + `,"response":{"a":[{"b":1},2,1e400]}}`, `response holds the number 1e400`},
		{header + call + `,"response":{"a":{"b":1e400}}}`, `response holds the number 1e400`},
		{header + `{"event":"mapping","t":1,"uuid":"u"}`, `config is missing`},
		{header + `{"event":"mapping","t":1,"config":{}}`, `uuid is missing`},
		{header + `{"event":"throttle","t":1}`, `throttle: end is missing`},
		{header + `{"event":"queue","t":1}`, `queue: source is missing`},
		{header + `{"event":"queue","t":1,"source":"q","dead":[null]}`, `dead[0] is null`},
		{header + `{"event":"source","arn":"a"}`, `kind is missing`},
		{header + `{"event":"source","kind":"sqs"}`, `arn is missing`},
		{header + strings.Replace(source, "sqs", "sns", 1) + `}`, `kind is "sns"; expected one of kinesis, `},
		{header + source + `,"shards":[{"id":"1"},{}]}`, `shards[1]: id is missing`},
		{header + source + `,"shards":["1"]}`, `shards[0] is "1"; expected an array of {"id"`},
		{header + source + `,"shards":[{"id":"1","parents":[1]}]}`, `shards[0]: parents[0] is 1`},
		{header + source + `,"retention_ms":-5}`, `retention_ms is -5`},

		// One event and another.
		{header + source + "}\n" + source + "}", `line 3: source: a was given on line 2 already`},
		{header + put + "}\n" + source + "}\n" + strings.Replace(put, `"t":1`, `"t":0.5`, 1) + "}", `line 4: put: t is 0.5, but 1 on line 2; expected the events in the order of t`},
	}
	for _, test := range tests {
		_, err := readAll(strings.NewReader(test.in))
		var input *InputError
		if !errors.As(err, &input) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%.200s\n got %v\nwant %s", test.in, err, test.want)
		}
	}
}

// What is wrong is shown up to its sixtieth byte, and no character is cut.
func TestExcerpt(t *testing.T) {
	sixty := strings.Repeat("x", 60)
	for text, want := range map[string]string{sixty: sixty, sixty + "y": sixty + "…", sixty[1:] + "é": sixty[1:] + "…", sixty[2:] + "éé": sixty[2:] + "é…",
		strings.Repeat("\x80", 61): "…"} {
		if got := excerpt([]byte(text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
