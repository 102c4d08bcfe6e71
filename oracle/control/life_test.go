package control

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// life is a story of one mapping, told by a server: the calls that are made, by name.
var life = []struct {
	name string
	op   trace.Operation
	body object
	wait time.Duration // until the next; a change takes a second
}{
	{"create", trace.Create, nil, 0},
	{"look while creating", trace.Get, nil, 3 * time.Second},
	{"look", trace.Get, nil, time.Second},
	{"refused", trace.Update, object{"BatchSize": 0, "Enabled": false}, time.Second},
	{"look after the refusal", trace.Get, nil, time.Second},
	{"update", trace.Update, object{"BatchSize": 5}, 0},
	{"look while updating", trace.Get, nil, 3 * time.Second},
	{"look after the update", trace.Get, nil, 0},
	{"pause", trace.Update, object{"Enabled": false}, 0},
	{"look while pausing", trace.Get, nil, 3 * time.Second},
	{"look at the pause", trace.Get, nil, 0},
	{"move", trace.Update, object{"FunctionName": "fn-2"}, 3 * time.Second},
	{"look after the move", trace.Get, nil, 0},
	{"resume", trace.Update, object{"Enabled": true}, 0},
	{"look while resuming", trace.Get, nil, 3 * time.Second},
	{"list", trace.List, nil, 0},
	{"look at the end", trace.Get, nil, 0},
	{"delete", trace.Delete, nil, 0},
	{"look while deleting", trace.Get, nil, 3 * time.Second},
	{"look for nothing", trace.Get, nil, 0},
	{"list nothing", trace.List, nil, 0},
}

// spoilt is what is wrong with one answer of the story. The members of set take
// the place of the server's; nil takes one away, null makes it null.
type spoilt struct {
	status int
	code   string
	set    object
	text   string // in place of the body
	none   bool   // the answer has no error code
}

type null struct{}

// tell lets a server tell the story, one of its answers spoilt, and lists what
// the judge says of it, and of the first answer after it that seems wrong then.
func tell(t *testing.T, p rule.Profile, source object, at string, wrong spoilt) string {
	t.Helper()
	s := &stage{t: t, now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), server: NewServer(p, fullWorld(), time.Second), judge: NewJudge(p, fullWorld())}
	id, found, told := "", []string{}, false
	for _, call := range life {
		before := len(found)
		x := &trace.Exchange{Operation: call.op, Method: Method(call.op), Path: CollectionPath + "/", Start: s.now, End: s.now}
		body := call.body
		switch call.op {
		case trace.Create:
			body = object{"FunctionName": "fn"}
			maps.Copy(body, source)
		case trace.List:
		default:
			x.Path += id
		}
		if body != nil {
			x.Request = JSON(body)
		}
		var code string
		x.Status, code, x.Response = s.server.Answer(s.now, x.Method, x.Path, x.Query, x.Request)
		if call.op == trace.Create {
			var made struct{ UUID string }
			if json.Unmarshal([]byte(x.Response), &made) != nil || made.UUID == "" {
				t.Fatalf("create: %s", x.Response)
			}
			id = made.UUID
		}
		if call.name == at {
			code = wrong.spoil(t, x, code)
		}
		if code != "" {
			x.Header = map[string]string{"x-amzn-errortype": code}
		}
		for _, v := range s.judge.Judge(Parse(x)) {
			text := fmt.Sprintf("%s (%s)", v.Rule.ID, v.Class)
			if v.Level != v.Rule.Level {
				text += " " + v.Level.String()
			}
			if call.name != at {
				text = call.name + ": " + text
			}
			found = append(found, text)
		}
		s.now = s.now.Add(call.wait)
		if told = told || call.name == at; told && call.name != at && len(found) > before {
			break
		}
	}
	return strings.Join(found, ", ")
}

func (w *spoilt) spoil(t *testing.T, x *trace.Exchange, code string) string {
	if w.status != 0 {
		x.Status = w.status
	}
	if w.code != "" {
		code = w.code
	}
	if w.none {
		code = ""
	}
	if w.set != nil {
		var body object
		if err := json.Unmarshal([]byte(x.Response), &body); err != nil {
			t.Fatal(err)
		}
		entry := body
		if entries, ok := body["EventSourceMappings"].([]any); ok && len(entries) > 0 {
			entry = entries[0].(object)
		}
		for name, with := range w.set {
			switch with.(type) {
			case nil:
				delete(entry, name)
			case null:
				entry[name] = nil
			default:
				entry[name] = with
			}
		}
		x.Response = JSON(body)
	}
	if w.text != "" {
		x.Response = w.text
	}
	return code
}

// sources are the plain ones and those that ask for more.
var sources = func() map[string]object {
	all := maps.Clone(plain)
	maps.Copy(all, map[string]object{
		"queue mode":          with(plain["kafka"], "StartingPosition", nil, "SelfManagedKafkaEventSourceConfig", object{"ConsumptionMode": "Queue"}),
		"provisioned queue":   with(plain["sqs"], "ProvisionedPollerConfig", object{"MinimumPollers": 5}),
		"provisioned cluster": with(plain["msk"], "ProvisionedPollerConfig", object{"MaximumPollers": 7}),
		"disabled":            with(plain["sqs"], "Enabled", false),
		"enabled":             with(plain["sqs"], "Enabled", true),
		"version":             with(plain["sqs"], "FunctionName", "fn:1"),
		"latest":              with(plain["sqs"], "FunctionName", "fn:$LATEST"),
		"timestamp":           with(plain["kinesis"], "StartingPosition", "AT_TIMESTAMP", "StartingPositionTimestamp", 1.5),
		"filtered":            with(plain["sqs"], "FilterCriteria", filters(`{"a":[1]}`)),
		"scaled":              with(plain["sqs"], "ScalingConfig", object{"MaximumConcurrency": 2}),
		"windowed kafka":      with(plain["kafka"], "MaximumBatchingWindowInSeconds", 5),
		"windowed msk":        with(plain["msk"], "MaximumBatchingWindowInSeconds", 5),
		"windowed mq":         with(plain["mq"], "MaximumBatchingWindowInSeconds", 5),
		"windowed docdb":      with(plain["docdb"], "MaximumBatchingWindowInSeconds", 5),
		"consumer":            with(plain["kinesis"], "EventSourceArn", testStream+"/consumer/c:1"),
	})
	return all
}()

// What the judge says of one wrong answer, in a story that is right otherwise.
func TestSpoiltAnswers(t *testing.T) {
	for _, c := range answers {
		if got := tell(t, c.profile, sources[c.source], c.at, c.spoilt); got != c.want {
			t.Errorf("%s, %s, %s %+v:\n got %q\nwant %q", c.profile, c.source, c.at, c.spoilt, got, c.want)
		}
	}
}
