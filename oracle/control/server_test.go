package control

import (
	"strings"
	"testing"
	"time"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// refused is the code and the beginning of the message that the server answers with.
func refused(x *Exchange) string { return x.Code + " " + x.Message }

// What the server refuses though the judge cannot know better.
func TestServerRefuses(t *testing.T) {
	group := func(name string, most int) object {
		return object{"ProvisionedPollerConfig": object{"PollerGroupName": name, "MaximumPollers": most}}
	}
	kafka := func(servers list, topic string) object {
		o := with(plain["kafka"], "Topics", list{topic})
		o["SelfManagedEventSource"] = object{"Endpoints": object{"KAFKA_BOOTSTRAP_SERVERS": servers}}
		return o
	}
	msk := func(topic string, more object) object {
		o := with(plain["msk"], "Topics", list{topic})
		for name, x := range more {
			o[name] = x
		}
		return o
	}
	exists := `ResourceConflictException The event source arn (" ` + testQueue + ` ") and function (" fn ") provided mapping already exists.`
	for _, c := range []struct {
		name         string
		first, other object
		want         string // "" for accepted
	}{
		{"twice", plain["sqs"], plain["sqs"], exists},
		{"twice, by ARN", plain["sqs"], with(plain["sqs"], "FunctionName", "arn:aws:lambda:us-east-1:000000000000:function:fn"), exists},
		{"another function", plain["sqs"], with(plain["sqs"], "FunctionName", "fn-2"), ""},
		{"a version", plain["sqs"], with(plain["sqs"], "FunctionName", "fn:1"), ""},
		{"another source", plain["sqs"], with(plain["sqs"], "EventSourceArn", testQueue+"-2"), ""},
		{"another topic", msk("topic", nil), msk("other", nil), ""},
		{"the same topic", msk("topic", nil), msk("topic", nil), "ResourceConflictException The event source arn"},
		{"the same servers", kafka(list{"a:1", "b:1"}, "topic"), kafka(list{"b:1", "c:1"}, "topic"),
			`ResourceConflictException An event source mapping with event source ("b:1,c:1"), function ("arn:aws:lambda:us-east-1:000000000000:function:fn"), topics ("topic") already exists.`},
		{"other servers", kafka(list{"a:1"}, "topic"), kafka(list{"c:1"}, "topic"), ""},
		{"the same servers, another topic", kafka(list{"a:1"}, "topic"), kafka(list{"a:1"}, "other"), ""},
		{"no such stream", nil, with(plain["kinesis"], "EventSourceArn", testStream+"-9"), "InvalidParameterValueException Stream not found: " + testStream + "-9"},
		{"no such queue", nil, with(plain["sqs"], "EventSourceArn", testQueue+"-9"), "InvalidParameterValueException Error occurred while ReceiveMessage."},
		{"a cluster nobody knows", nil, with(plain["msk"], "EventSourceArn", testMSK+"-9"), ""},
		{"a full group", msk("topic", group("g", 1999)), msk("other", group("g", 1)), ""},
		{"an overfull group", msk("topic", group("g", 1999)), msk("other", group("g", 2)), "InvalidParameterValueException The poller group is full."},
		{"another group", msk("topic", group("g", 1999)), msk("other", group("h", 2)), ""},
		{"no group", msk("topic", group("", 1999)), msk("other", group("", 2)), ""},
		{"a group with the default", msk("topic", object{"ProvisionedPollerConfig": object{"PollerGroupName": "g"}}), msk("other", group("g", 1801)),
			"InvalidParameterValueException The poller group is full."},
		{"a group with just the default", msk("topic", object{"ProvisionedPollerConfig": object{"PollerGroupName": "g"}}), msk("other", group("g", 1800)), ""},
		{"function before batch size", nil, with(plain["sqs"], "FunctionName", "nobody", "BatchSize", 0), "InvalidParameterValueException One of the parameters"},
		{"the first of two", nil, with(plain["sqs"], "BatchSize", 10001, "FunctionName", "a b"), "InvalidParameterValueException The function name does not match"},
	} {
		s := fullStage(t, rule.Today)
		if c.first != nil {
			mapped(s, c.first)
		}
		body := object{"FunctionName": "fn"}
		for name, x := range c.other {
			body[name] = x
		}
		x, violations := s.call(trace.Create, "", body, "")
		if got := refused(x); !strings.HasPrefix(got, c.want) || c.want == "" && x.Status != 202 {
			t.Errorf("%s: %d %s, want %s", c.name, x.Status, got, c.want)
		}
		if len(violations) > 0 && !strings.HasPrefix(c.name, "no such") {
			t.Errorf("%s: %s", c.name, said(violations))
		}
	}
}

// A group has room for a hundred mappings, and again when one is deleted.
func TestGroupsFillUp(t *testing.T) {
	s := fullStage(t, rule.Today)
	create := func(i int) *Exchange {
		name := "f" + strings.Repeat("x", i)
		s.server.AddFunction(name)
		s.judge.World.AddFunction(name)
		x, violations := s.call(trace.Create, "", with(plain["msk"], "FunctionName", name,
			"ProvisionedPollerConfig", object{"PollerGroupName": "g", "MaximumPollers": 1}), "")
		if len(violations) > 0 {
			t.Fatal(said(violations))
		}
		return x
	}
	id := ""
	for i := range 60 {
		id = create(i).Answer.V[UUID].Str
	}
	// Function names have at most 64 characters; the rest is another group of them.
	for i := range 40 {
		s.server.AddFunction("g" + strings.Repeat("x", i))
		s.judge.World.AddFunction("g" + strings.Repeat("x", i))
		s.mustCall(trace.Create, "", with(plain["msk"], "FunctionName", "g"+strings.Repeat("x", i),
			"ProvisionedPollerConfig", object{"PollerGroupName": "g", "MaximumPollers": 1}))
	}
	if x := create(60); x.Status != 400 {
		t.Errorf("a group of 101: %d", x.Status)
	}
	if got := refuted(s.judge, trace.Create, "", "", with(plain["msk"], "FunctionName", "f"+strings.Repeat("x", 60),
		"ProvisionedPollerConfig", object{"PollerGroupName": "g", "MaximumPollers": 1})); got != "provisioned-group-limits" {
		t.Errorf("a group of 101 breaks %q", got)
	}
	s.mustCall(trace.Get, id, nil)
	s.mustCall(trace.Delete, id, nil)
	if x := create(60); x.Status != 202 {
		t.Errorf("a group of 100 after one was deleted: %d %s", x.Status, refused(x))
	}
}

func TestServerProcesses(t *testing.T) {
	s := fullStage(t, rule.Today)
	id := mapped(s, plain["kinesis"])
	other := mapped(s, plain["table"])
	off := mapped(s, with(plain["kinesis"], "FunctionName", "fn-2", "Enabled", false))
	last := func(id string) string {
		x, _ := s.call(trace.Get, id, nil, "")
		return x.Answer.V[LastProcessingResult].Str
	}
	for _, failed := range []bool{true, false} {
		s.server.Processed(testStream, failed)
		x, _ := s.call(trace.Get, id, nil, "")
		for _, judged := range []bool{true, false} {
			want := ""
			if judged != failed {
				want = map[bool]string{true: "resp-last-processing-problem (text)", false: "resp-last-processing-ok (text)"}[judged]
			}
			wantSaid(t, last(id), s.judge.CheckProcessed(x, judged), want)
		}
	}
	if last(id) != "OK" || last(other) != "No records processed" || last(off) != "No records processed" {
		t.Errorf("results %q, %q, %q", last(id), last(other), last(off))
	}
}

// A server that overlooks that mappings outlive their function loses those of it only.
func TestServerLosesMappings(t *testing.T) {
	s := fullStage(t, rule.Today)
	id, other := mapped(s, plain["sqs"]), mapped(s, with(plain["sqs"], "FunctionName", "fn-2"))
	version := mapped(s, with(plain["kinesis"], "FunctionName", "fn:1"))
	s.server.Hooks.Overlook = func(_ *Request, r *rule.Rule) bool { return r == rule.DeleteFunctionKeepsMappings }
	s.server.RemoveFunction("fn")
	s.judge.FunctionDeleted("fn")
	for uuid, want := range map[string]string{
		id:      "delete-function-keeps-mappings (rejected with ResourceNotFoundException)",
		version: "delete-function-keeps-mappings (rejected with ResourceNotFoundException)",
		other:   "",
	} {
		_, violations := s.call(trace.Get, uuid, nil, "")
		wantSaid(t, uuid, violations, want)
	}
	s.server.RemoveFunction("nobody")
}

// A change lasts as long as the server takes to settle, to the millisecond.
func TestServerSettles(t *testing.T) {
	s := fullStage(t, rule.Today)
	_, _, body := s.server.Answer(s.now, "POST", CollectionPath, "", JSON(with(plain["sqs"], "FunctionName", "fn")))
	id := strings.Split(strings.Split(body, `"UUID":"`)[1], `"`)[0]
	for _, x := range []struct {
		after time.Duration
		want  string
	}{{0, "Creating"}, {999 * time.Millisecond, "Creating"}, {time.Second, "Enabled"}} {
		if _, _, body := s.server.Answer(s.now.Add(x.after), "GET", CollectionPath+"/"+id, "", ""); !strings.Contains(body, `"State":"`+x.want+`"`) {
			t.Errorf("after %s: %s, want %s", x.after, body, x.want)
		}
	}
}

func TestServerAnswersWhatIsNoOperation(t *testing.T) {
	s := fullStage(t, rule.Today)
	for _, path := range []string{"/", CollectionPath + "x", CollectionPath + "/a/b", CollectionPath + "/"} {
		status, code, _ := s.server.Answer(s.now, "DELETE", path, "", "")
		if status != 404 || code != ResourceNotFound {
			t.Errorf("%s: %d %s", path, status, code)
		}
	}
	for text, want := range map[string]bool{"": false, "null": false, "{}": false, "[]": true, "1": true, "{": true, "{} x": true} {
		if r := ParseRequest(trace.Create, "POST", CollectionPath, "", text); r.Malformed() != want {
			t.Errorf("%q is malformed: %v", text, !want)
		}
	}
	for _, marker := range []string{"x", "YWZ0ZXI6", "YWZ0ZXI6eA==", "MQ=="} {
		if status, code, _ := s.server.Answer(s.now, "GET", CollectionPath, "Marker="+marker, ""); status != 400 || code != InvalidParameterValue {
			t.Errorf("marker %s: %d %s", marker, status, code)
		}
	}
}
