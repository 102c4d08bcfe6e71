package trace

import (
	"bytes"
	"strings"
	"testing"
)

const callsText = `{
  "format": 1,
  "profile": "today",
  "sources": [
    {
      "name": "queue",
      "kind": "sqs"
    }
  ],
  "calls": [
    {
      "do": "create",
      "mapping": "m",
      "body": {
        "BatchSize": null,
        "EventSourceArn": "${queue}",
        "FunctionName": "${function}"
      },
      "about": "batch-size-min",
      "accept": true
    },
    {
      "do": "settle",
      "mapping": "m"
    },
    {
      "do": "get",
      "raw": {
        "method": "PATCH",
        "path": "/2015-03-31/event-source-mappings/${m}"
      }
    }
  ]
}
`

func TestCallsReadAndWrite(t *testing.T) {
	s, err := ReadScenario(strings.NewReader(callsText))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := WriteScenario(&out, s); err != nil {
		t.Fatal(err)
	}
	if out.String() != callsText {
		t.Errorf("written:\n%s\nread:\n%s", out.String(), callsText)
	}
}

func TestCallsThatCannotBe(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{`"do": "settle"`, `"do": "rest"`, `calls[1]: do is "rest"; expected one of create, get,`},
		{`"do": "settle",
      "mapping": "m"`, `"do": "settle"`, `calls[1]: settle names no mapping; expected mapping, or uuid`},
		{`${queue}`, `${stream}`, `calls[0]: ${stream} stands for nothing; expected one of function,`},
		{`${m}`, `${m`, `calls[2]: ${m} stands for nothing`},
		{`batch-size-min`, `batch-size`, `calls[0]: about names the unknown rule "batch-size"`},
		{`"method": "PATCH"`, `"method": ""`, `calls[2]: raw.method is missing`},
		{`"calls": [`, `"steps": [{"at": 0, "do": "look", "source": "queue"}], "calls": [`, `it has steps and calls`},
	} {
		_, err := ReadScenario(strings.NewReader(strings.Replace(callsText, c.old, c.new, 1)))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", c.new, err, c.want)
		}
	}
}
