package trace

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"reflect"
	"strings"
	"testing"
)

const scenarioText = `{
  "format": 1,
  "profile": "2020-08-11",
  "name": "a <b>",
  "sources": [
    {
      "name": "s",
      "kind": "kinesis",
      "shards": 2
    },
    {
      "name": "q",
      "kind": "sqs",
      "visibility_timeout_ms": 30000,
      "max_receive_count": 3
    }
  ],
  "steps": [
    {
      "at": 0,
      "do": "create",
      "source": "s",
      "mapping": "m",
      "config": {
        "BatchSize": 10.0,
        "StartingPosition": "TRIM_HORIZON"
      }
    },
    {
      "at": 0.5,
      "do": "put",
      "source": "s",
      "shard": 1,
      "count": 1000000,
      "key": "k",
      "size": 300,
      "record": {
        "data": {
          "n": [
            1
          ]
        }
      },
      "poison": {
        "kind": "report",
        "times": 2,
        "return": 5
      }
    },
    {
      "at": 1,
      "do": "split",
      "source": "s"
    },
    {
      "at": 1,
      "do": "look",
      "source": "q"
    },
    {
      "at": 2,
      "do": "throttle",
      "until": 3
    },
    {
      "at": 2,
      "do": "delete",
      "mapping": "m"
    },
    {
      "at": 2,
      "do": "update",
      "mapping": "m"
    },
    {
      "at": 3,
      "do": "create",
      "source": "q",
      "mapping": "m"
    }
  ],
  "end_ms": 60000
}
`

func TestScenarioReadsAndWritesTheSame(t *testing.T) {
	s, err := ReadScenario(strings.NewReader(scenarioText))
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Steps[0].Config["BatchSize"]; got != json.Number("10.0") {
		t.Errorf("BatchSize is %T %v", got, got)
	}
	if got := s.Steps[1].Record["data"]; !reflect.DeepEqual(got, map[string]any{"n": []any{1.0}}) {
		t.Errorf("record is %#v", got)
	}
	if got := s.Steps[1].Poison; !reflect.DeepEqual(got, &Poison{Kind: "report", Times: 2, Return: 5.0}) {
		t.Errorf("poison is %#v", got)
	}
	for range 3 {
		var out bytes.Buffer
		if err := WriteScenario(&out, s); err != nil || out.String() != scenarioText {
			t.Fatalf("error %v, wrote %s", err, out.String())
		}
	}
}

// Whatever is written can be read, an empty scenario too.
func TestScenarioEmptyLists(t *testing.T) {
	var out bytes.Buffer
	if err := WriteScenario(&out, &Scenario{Format: 1}); err != nil {
		t.Fatal(err)
	}
	s, err := ReadScenario(&out)
	if err != nil || len(s.Sources)+len(s.Steps) != 0 {
		t.Errorf("got %+v, error %v", s, err)
	}
}

func TestScenarioErrors(t *testing.T) {
	tests := []struct{ old, new, want string }{
		{scenarioText, " \n", "the scenario is empty"},
		{scenarioText, "[]", "line 1: a scenario is an object, this is array"},
		{`"sources": [`, `"sources": [[`, "not JSON: invalid character"},
		{`"end_ms": 60000`, `"end_ms": 60000,`, "line 83: not JSON: invalid character '}'"},
		{scenarioText, scenarioText + "{}", "line 84: not JSON: invalid character '{' after top-level value"},
		{`"format": 1`, `"format": 2`, "format is 2; expected 1"},
		{`"format": 1,`, ``, "format is 0; expected 1"},
		{`"name": "a <b>"`, `"nmae": "a"`, "nmae is no member of a scenario; expected one of calls, duration_ms, end_ms, format"},
		{`"at": 0.5`, `"At": 0.5`, "steps[1].At is no member of a scenario; expected one of at, config"},
		{`"times": 2`, `"time": 2`, "steps[1].poison.time is no member"},
		{`"at": 0.5`, `"at": "x"`, "line 30: steps.at is string; expected float64"},
		{`"n": [`, `"m": 1e400, "n": [`, "number 1e400; expected a finite number"},
		{`"profile": "2020-08-11"`, `"profile": "now"`, `profile is "now"; expected one of 2020-08-11, today`},
		{`"name": "q"`, `"name": "s"`, `sources[1]: a second source "s"`},
		{`"name": "q",`, ``, `sources[1]: name is missing`},
		{`"kind": "sqs"`, `"kind": "sns"`, `sources[1]: kind is "sns"; expected one of kinesis,`},
		{`"kind": "sqs"`, `"kind": "sqs", "shards": 1`, `sources[1]: shards is 1; expected none for a queue`},
		{`"shards": 2`, `"shards": 1000001`, `sources[0]: shards is 1000001; expected 1 to 1000000`},
		{`"max_receive_count": 3`, `"max_receive_count": -3`, `max_receive_count is -3`},
		{`30000`, `-1`, `visibility_timeout_ms is -1; expected milliseconds`},
		{`"do": "split"`, `"do": "join"`, `steps[2]: do is "join"; expected one of put, create`},
		{`"do": "split"`, `"do": "look"`, `steps[2]: look at "s", which is kinesis; expected a queue`},
		{`"at": 0.5`, `"at": 1.5`, `steps[2]: at is 1, before the 1.5 of the step above`},
		{`"at": 0,`, `"at": -1,`, `steps[0]: at is -1; expected milliseconds`},
		{`"source": "q"`, `"source": "x"`, `steps[3]: look names the source "x"; expected one of sources: q, s`},
		{`"source": "s",` + "\n" + `      "mapping": "m",`, `"mapping": "m",`, `steps[0]: create names the source ""`},
		{`"do": "look",` + "\n" + `      "source": "q"`, `"do": "merge", "source": "q"`, `steps[3]: merge of "q", which is sqs; expected a stream`},
		{`"mapping": "m",`, `"mapping": "n",`, `steps[5]: delete names the mapping "m"; expected one that a step above creates: n`},
		{`"do": "delete"`, `"do": "update"`, `steps[7]: create gives the name "m" to a second mapping`},
		{`"count": 1000000`, `"count": 1000001`, `steps[1]: count is 1000001`},
		{`"shard": 1`, `"shard": -1`, `steps[1]: shard is -1`},
		{`"shard": 1`, `"shard": 1000001`, `steps[1]: shard is 1000001`},
		{`"do": "look",`, `"do": "put", "shard": 1,`, `steps[3]: shard is 1; expected none for a queue`},
		{`"do": "split",` + "\n" + `      "source": "s"`, `"do": "put", "source": "q", "size": 67108865`, `steps[2]: size is 67108865`},
		{`"size": 300`, `"size": -1`, `steps[1]: size is -1`},
		{`"kind": "report"`, `"kind": "panic"`, `poison.kind is "panic"; expected one of error, timeout, report`},
		{`"kind": "report"`, `"kind": "error"`, `poison.return is given for the kind "error"`},
		{`"times": 2`, `"times": -2`, `poison.times is -2`},
		{`"until": 3`, `"until": 1`, `until is 1, before at, which is 2`},
		{`"end_ms": 60000`, `"end_ms": 2`, `end_ms is 2, before the last step at 3`},
		{`"end_ms"`, `"timeout_ms": -1, "end_ms"`, `timeout_ms is -1`},
	}
	for _, test := range tests {
		text := strings.Replace(scenarioText, test.old, test.new, 1)
		if text == scenarioText {
			t.Errorf("%s is not in the scenario", test.old)
		}
		if _, err := ReadScenario(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s -> %s\n got %v\nwant %s", test.old, test.new, err, test.want)
		}
	}
}

// A scenario may go to the bounds of what can be played.
func TestScenarioBounds(t *testing.T) {
	for _, test := range []struct{ old, new string }{
		{`"end_ms": 60000`, `"end_ms": 3`},
		{`"until": 3`, `"until": 2`},
		{`"shard": 1`, `"shard": 0`},
		{`"shard": 1`, `"shard": 1000000`},
		{`"shards": 2`, `"shards": 1000000`},
		{`"count": 1000000`, `"count": 0`},
		{`"size": 300`, `"size": 0`},
		{`"size": 300`, `"size": 67108864`},
		{`30000`, `0`},
		{`"do": "look"`, `"do": "put"`},
	} {
		text := strings.Replace(scenarioText, test.old, test.new, 1)
		if text == scenarioText {
			t.Errorf("%s is not in the scenario", test.old)
		}
		if _, err := ReadScenario(strings.NewReader(text)); err != nil {
			t.Errorf("%s -> %s: %v", test.old, test.new, err)
		}
	}
}

// A file without an end must not be read to its end.
func TestReadScenarioBoundsTheFile(t *testing.T) {
	endless := io.MultiReader(strings.NewReader(scenarioText), readerFunc(func(b []byte) (int, error) {
		for i := range b {
			b[i] = ' '
		}
		return len(b), nil
	}))
	if _, err := ReadScenario(endless); err == nil || !strings.Contains(err.Error(), "longer than 64 MiB") {
		t.Errorf("got %v", err)
	}
}

func TestReadScenarioPassesOnTheStreamsError(t *testing.T) {
	broken := errors.New("broken pipe")
	_, err := ReadScenario(io.MultiReader(strings.NewReader(scenarioText), readerFunc(func([]byte) (int, error) { return 0, broken })))
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func TestWriteScenarioRefusesWhatCannotBeRead(t *testing.T) {
	for _, s := range []Scenario{
		{},
		{Format: 1, EndMS: math.NaN()},
		{Format: 1, EndMS: math.Inf(1)},
		{Format: 1, EndMS: 1, Steps: []Step{{At: math.NaN(), Do: DoThrottle}}},
		{Format: 1, Sources: []ScenarioSource{{Name: "s", Kind: "msk"}}, Steps: []Step{{Do: DoPut, Source: "s", Record: map[string]any{"n": math.Inf(1)}}}},
	} {
		var out bytes.Buffer
		if err := WriteScenario(&out, &s); err == nil || out.Len() > 0 {
			t.Errorf("%+v: error %v, wrote %s", s, err, out.String())
		}
	}
}
