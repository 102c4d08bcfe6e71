package control

import (
	"regexp"
	"testing"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// refuse is a call that a server answers with an error, and what the judge says.
func (s *stage) refuse(op trace.Operation, uuid, query string, body object, status int, code, response string, header ...string) []Violation {
	x := &trace.Exchange{Operation: op, Method: Method(op), Path: CollectionPath + "/" + uuid, Query: query, Status: status, Start: s.now, End: s.now,
		Response: response, Header: map[string]string{}}
	if code != "" {
		x.Header["x-amzn-errortype"] = code
	}
	for i := 0; i < len(header); i += 2 {
		x.Header[header[i]] = header[i+1]
	}
	if body != nil {
		x.Request = JSON(body)
	}
	return s.judge.Judge(Parse(x))
}

const (
	lower = `{"Type":"User","message":"why"}`
	upper = `{"Type":"User","Message":"why"}`
)

// A refusal is held against the rule that was asked about, if it is among those
// that the request breaks.
func TestRefusals(t *testing.T) {
	both := object{"FunctionName": "fn", "EventSourceArn": testStream, "StartingPosition": "latest", "BatchSize": 0}
	for _, c := range []struct {
		name   string
		about  *rule.Rule
		accept bool
		body   object
		status int
		code   string
		text   string
		want   string // what is said, in full
	}{
		{"right", nil, false, both, 400, InvalidParameterValue, lower, ""},
		{"accepted", nil, false, both, 202, "", "{}", "start-enum-closed (accepted): expected refused with 400 InvalidParameterValueException; got 202"},
		{"accepted, about the other", rule.BatchSizeMin, false, both, 202, "", "{}", "batch-size-min (accepted): expected refused with 400 InvalidParameterValueException; got 202"},
		{"another error", nil, false, both, 409, ResourceConflict, lower,
			`err-create-invalidparametervalue (wrong error): expected 400 InvalidParameterValueException; got 409 ResourceConflictException "why"`},
		{"another error, about it", rule.BatchSizeMin, false, both, 409, ResourceConflict, lower,
			`err-create-invalidparametervalue (wrong error): expected 400 InvalidParameterValueException; got 409 ResourceConflictException "why"`},
		{"another status", nil, false, both, 422, InvalidParameterValue, lower,
			`err-create-invalidparametervalue (status): expected 400 InvalidParameterValueException; got 422 InvalidParameterValueException "why"`},
		{"no such function", nil, false, object{"FunctionName": "nobody", "EventSourceArn": testQueue}, 404, ResourceNotFound, upper, ""},
		{"no such function, in use", nil, false, object{"FunctionName": "nobody", "EventSourceArn": testQueue}, 400, ResourceInUse, upper,
			`fn-not-found (wrong error): expected 400 InvalidParameterValueException or 404 ResourceNotFoundException; got 400 ResourceInUseException "why"`},
		{"no service", nil, false, object{"FunctionName": "fn"}, 418, "Teapot", `{"Type":"User"}`, ""},
		{"no service, unauthorized", nil, false, object{"FunctionName": "fn"}, 499, "x", lower, ""},
		{"no service, moved", nil, false, object{"FunctionName": "fn"}, 399, "x", lower,
			`create-supported-services (wrong error): expected a 4xx error; got 399 x "why"`},
		{"good", nil, false, object{"FunctionName": "fn", "EventSourceArn": testQueue}, 400, InvalidParameterValue, lower,
			`sqs-standard-supported (rejected with InvalidParameterValueException): expected accepted with status 202; got 400 InvalidParameterValueException "why"`},
		{"good, to be accepted", rule.FnFormName, true, object{"FunctionName": "fn", "EventSourceArn": testQueue}, 400, "", "",
			"fn-form-name (rejected): expected accepted with status 202; got 400"},
		{"good, about another", rule.FnFormName, false, object{"FunctionName": "fn", "EventSourceArn": testQueue}, 302, "", "",
			"sqs-standard-supported (redirected): expected accepted with status 202; got 302"},
		{"good, nearly moved", nil, false, object{"FunctionName": "fn", "EventSourceArn": testQueue}, 399, "", "",
			"sqs-standard-supported (redirected): expected accepted with status 202; got 399"},
		{"open, another error", nil, false, object{"FunctionName": "fn", "EventSourceArn": testQueue, "StartingPosition": "LATEST"}, 400, InvalidParameterValue, lower, ""},
		{"no header", nil, false, both, 400, "", `{"Type":"User","message":"why","code":"InvalidParameterValueException"}`,
			"err-type-in-header (not in the header): expected the error code in X-Amzn-ErrorType; got InvalidParameterValueException in the body only"},
		{"no code", nil, false, both, 400, "", lower, "err-type-in-header (no error code): expected the error code in X-Amzn-ErrorType; got none in the header or the body"},
		{"no members", nil, false, both, 400, InvalidParameterValue, "{}",
			"err-body-invalidparametervalue (members): expected the members Type and message; got a body with neither of them"},
		{"the type only", nil, false, both, 400, InvalidParameterValue, `{"Type":"User"}`,
			"err-body-invalidparametervalue (members): expected the members Type and message; got a body with only Type"},
		{"the other message", nil, false, both, 400, InvalidParameterValue, upper,
			"err-body-invalidparametervalue (members): expected the members Type and message; got a body with [Type Message]"},
	} {
		s := fullStage(t, rule.Today)
		s.judge.About(c.about, c.accept)
		got := ""
		for _, v := range s.refuse(trace.Create, "", "", c.body, c.status, c.code, c.text) {
			got = v.String()
			break
		}
		if got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// What a refusal decides: the one rule that is broken, or the one asked about.
func TestRefusalsDecide(t *testing.T) {
	two := object{"FunctionName": "fn", "EventSourceArn": testStream, "StartingPosition": "latest", "BatchSize": 0}
	for _, c := range []struct {
		about       *rule.Rule
		body        object
		first, next bool // whether StartEnumClosed and BatchSizeMin are decided
	}{
		{nil, two, false, false},
		{rule.BatchSizeMin, two, false, true},
		{rule.StartEnumClosed, two, true, false},
		{rule.FnPattern, two, false, false},
		{nil, with(two, "BatchSize", 1), true, false},
		{nil, with(two, "StartingPosition", "LATEST"), false, true},
	} {
		s := fullStage(t, rule.Today)
		s.judge.About(c.about, false)
		wantSaid(t, "refused", s.refuse(trace.Create, "", "", c.body, 400, InvalidParameterValue, lower), "")
		if a, b := s.judge.Touched(rule.StartEnumClosed), s.judge.Touched(rule.BatchSizeMin); a != c.first || b != c.next {
			t.Errorf("about %v, %v: decided %v and %v", c.about, c.body, a, b)
		}
	}
}

func TestThrottled(t *testing.T) {
	for after, want := range map[string]string{"": "", "0": "", "7": "", "-1": "err-throttle-retry-after (form)", "1.5": "err-throttle-retry-after (form)", "soon": "err-throttle-retry-after (form)"} {
		s := fullStage(t, rule.Today)
		wantSaid(t, after, s.refuse(trace.List, "", "", nil, 429, TooManyRequests, lower, "retry-after", after), want)
		if !s.judge.Touched(rule.ErrThrottleRetryAfter) {
			t.Error("throttling decides nothing")
		}
	}
	s := fullStage(t, rule.Today)
	wantSaid(t, "another code", s.refuse(trace.List, "", "", nil, 429, "x", lower, "retry-after", "soon"), "")
	if s.judge.Touched(rule.ErrThrottleRetryAfter) {
		t.Error("another code decides it")
	}
}

// An unknown method may be answered with 501, a known one not.
func TestNotImplemented(t *testing.T) {
	for method, want := range map[string]string{"POST": "err-create-service (server error)", "PATCH": ""} {
		s := fullStage(t, rule.Today)
		x := &trace.Exchange{Operation: trace.Create, Method: method, Path: CollectionPath, Status: 501}
		wantSaid(t, method, s.judge.Judge(Parse(x)), want)
	}
}

// A Create that was refused must not show in a list.
func TestRefusedAndListed(t *testing.T) {
	entry := func(source, function string) string {
		return `{"EventSourceMappings":[{"UUID":"` + strangeUUID + `","EventSourceArn":"` + source + `","FunctionArn":"arn:aws:lambda:us-east-1:000000000000:function:` + function + `"}]}`
	}
	for _, c := range []struct {
		name, source, function string
		mapped                 bool
		want                   string
	}{
		{"that", testQueue, "fn", false, "err-validation-before-effects (created all the same)"},
		{"another source", testQueue + "-2", "fn", false, ""},
		{"another function", testQueue, "fn-2", false, ""},
		{"no source", "", "fn", false, ""},
		{"mapped before", testQueue, "fn", true, "list-no-filter (mapping missing)"},
	} {
		s := fullStage(t, rule.Today)
		if c.mapped {
			mapped(s, plain["sqs"])
			s.refuse(trace.Create, "", "", with(plain["sqs"], "FunctionName", "fn"), 409, ResourceConflict, lower)
		} else {
			s.refuse(trace.Create, "", "", with(plain["sqs"], "FunctionName", "fn", "BatchSize", 0), 400, InvalidParameterValue, lower)
		}
		wantSaid(t, c.name, s.judgeText(trace.List, "", "", entry(c.source, c.function)), c.want)
		if !c.mapped {
			wantSaid(t, c.name+", again", s.judgeText(trace.List, "", "", entry(c.source, c.function)), "")
		}
	}
}

// Enabled that is no boolean leaves open where the mapping comes to rest, until it does.
func TestLooseEnabled(t *testing.T) {
	for _, state := range []string{IsEnabled, Disabled} {
		s := fullStage(t, rule.Today)
		s.server.Hooks.Request = func(r *Request) { r.V[Enabled] = ValueOf(state == IsEnabled) }
		x, violations := s.call(trace.Create, "", with(plain["sqs"], "FunctionName", "fn", "Enabled", "maybe"), "")
		wantSaid(t, "create", violations, "")
		id := x.Answer.V[UUID].Str
		_, violations = s.call(trace.Get, id, nil, "")
		wantSaid(t, "look", violations, "")
		if !s.judge.Settled(id) {
			t.Errorf("not at rest in %s", state)
		}
		other := map[string]string{IsEnabled: Disabled, Disabled: IsEnabled}[state]
		wantSaid(t, "another state", s.stuckAnswer(id, `"State":"`+state+`"`, `"State":"`+other+`"`), "get-tracks-state (unexpected state)")
	}
}

// Until it is known that a mapping exists, calls to a changing one may be refused as in use.
func TestBusy(t *testing.T) {
	s := fullStage(t, rule.Today)
	id := s.mustCall(trace.Create, "", with(plain["sqs"], "FunctionName", "fn")).Answer.V[UUID].Str
	wantSaid(t, "update", s.refuse(trace.Update, id, "", object{"BatchSize": 5}, 400, ResourceInUse, upper), "")
	wantSaid(t, "delete", s.refuse(trace.Delete, id, "", nil, 409, ResourceConflict, lower), "")
	if !s.judge.Touched(rule.UpdateWhileCreatingInUse) {
		t.Error("the refusal decides nothing")
	}
	wantSaid(t, "accepted while Creating", s.judgeUpdate(id, object{"BatchSize": 5}, Creating), "update-while-creating-in-use (accepted)")

	s = fullStage(t, rule.Today)
	id = mapped(s, plain["sqs"])
	wantSaid(t, "update at rest", s.refuse(trace.Update, id, "", object{"BatchSize": 5}, 400, ResourceInUse, upper), "update-members (rejected with ResourceInUseException)")
	wantSaid(t, "accepted", s.judgeUpdate(id, object{"BatchSize": 5}, Updating), "")
	wantSaid(t, "delete while updating", s.refuse(trace.Delete, id, "", nil, 400, ResourceInUse, upper), "")
	if !s.judge.Touched(rule.DeleteWhileUpdatingInUse) {
		t.Error("the refusal decides nothing")
	}
}

// judgeUpdate is an Update that a server accepts in a state.
func (s *stage) judgeUpdate(id string, body object, state string) []Violation {
	_, _, text := s.server.Answer(s.now, "GET", CollectionPath+"/"+id, "", "")
	x := &trace.Exchange{Operation: trace.Update, Method: "PUT", Path: CollectionPath + "/" + id, Status: 202, Start: s.now, End: s.now,
		Request: JSON(body), Response: replaceState(text, state)}
	return s.judge.Judge(Parse(x))
}

func replaceState(body, state string) string {
	return regexp.MustCompile(`"State":"[A-Za-z]*"`).ReplaceAllString(body, `"State":"`+state+`"`)
}
