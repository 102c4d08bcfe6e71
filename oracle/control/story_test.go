package control

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// said is what the judge found, by rule and class.
func said(violations []Violation) string {
	var all []string
	for _, v := range violations {
		all = append(all, fmt.Sprintf("%s (%s)", v.Rule.ID, v.Class))
	}
	return strings.Join(all, ", ")
}

// fullStage is a stage on which there is a source of every kind.
func fullStage(t *testing.T, p rule.Profile) *stage {
	s := newStage(t, p)
	s.judge.World = fullWorld()
	s.server = NewServer(p, fullWorld(), time.Second)
	return s
}

func wantSaid(t *testing.T, name string, got []Violation, want string) {
	t.Helper()
	if said(got) != want {
		t.Errorf("%s:\n got %q\nwant %q", name, said(got), want)
	}
}

// judgeText is call with the server's answer replaced.
func (s *stage) judgeText(op trace.Operation, uuid, query, text string) []Violation {
	x := &trace.Exchange{Operation: op, Method: Method(op), Path: CollectionPath + "/" + uuid, Query: query, Status: 200, Start: s.now, End: s.now, Response: text}
	return s.judge.Judge(Parse(x))
}

// page is an answer of List with the mappings as a Get shows them.
func (s *stage) page(next string, uuids ...string) string {
	var entries []string
	for _, id := range uuids {
		_, _, body := s.server.Answer(s.now, "GET", CollectionPath+"/"+id, "", "")
		entries = append(entries, body)
	}
	if next != "" {
		next = `"NextMarker":"` + next + `",`
	}
	return `{` + next + `"EventSourceMappings":[` + strings.Join(entries, ",") + `]}`
}

func TestListings(t *testing.T) {
	s := fullStage(t, rule.Today)
	a := mapped(s, plain["sqs"])
	b := mapped(s, with(plain["sqs"], "FunctionName", "fn-2"))
	c := mapped(s, plain["kinesis"])
	d := mapped(s, with(plain["kinesis"], "FunctionName", "fn:1"))
	if got := s.judge.Mappings(); !slices.Equal(got, []string{a, b, c, d}) {
		t.Errorf("mappings %v, want %v", got, []string{a, b, c, d})
	}
	for _, x := range []struct{ name, query, text, want string }{
		{"all", "", s.page("", a, b, c, d), ""},
		{"one missing", "", s.page("", a, b, d), "list-no-filter (mapping missing)"},
		{"one twice", "", s.page("", a, b, c, d, a), "list-marker-continues (repeated)"},
		{"one source", "EventSourceArn=" + testQueue, s.page("", a, b), ""},
		{"one source, one missing", "EventSourceArn=" + testQueue, s.page("", a), "list-filter-event-source (mapping missing)"},
		{"another source", "EventSourceArn=" + testQueue, s.page("", a, b, c), "list-filter-event-source (another source)"},
		{"one function", "FunctionName=fn-2", s.page("", b), ""},
		{"one function, one missing", "FunctionName=fn-2", s.page(""), "list-filter-function (mapping missing)"},
		{"another function", "FunctionName=fn-2", s.page("", b, a), "list-filter-function (another function)"},
		{"a function and its version", "FunctionName=fn", s.page("", a, c, d), ""},
		{"a function without its version", "FunctionName=fn", s.page("", a, c), ""},
		{"a version", "FunctionName=fn:1", s.page("", d), ""},
		{"a version missing", "FunctionName=fn:1", s.page(""), "list-filter-function-forms (mapping missing)"},
		{"another function than the version", "FunctionName=fn:1", s.page("", b, d), "list-filter-function-forms (another function)"},
		{"nobody", "FunctionName=nobody", s.page(""), ""},
		{"nobody's", "FunctionName=nobody", s.page("", a), "list-unknown-function (another function)"},
		{"both", "EventSourceArn=" + testQueue + "&FunctionName=fn-2", s.page("", b), ""},
		{"both, one missing", "EventSourceArn=" + testQueue + "&FunctionName=fn-2", s.page(""), "list-filters-combine (mapping missing)"},
		{"both, another source", "EventSourceArn=" + testQueue + "&FunctionName=fn", s.page("", a, c), "list-filters-combine (another source)"},
		{"both, another function", "EventSourceArn=" + testQueue + "&FunctionName=fn", s.page("", a, b), "list-filters-combine (another function)"},
		{"as many as asked for", "MaxItems=2", s.page("x1", a, b), ""},
		{"more than asked for", "MaxItems=2", s.page("x2", a, b, c), "list-maxitems-bounds-page (page too large)"},
		{"no marker though more", "MaxItems=2", s.page("", a, b), "list-nextmarker-when-more (mapping missing)"},
		{"fewer and no marker", "MaxItems=3", s.page("", a, b), "list-no-filter (mapping missing)"},
		{"everything ignored", "MaxItems=1&EventSourceArn=" + testQueue + "-2&FunctionName=fn-2", s.page("", a, c), "list-query-names (ignored)"},
		{"nothing ignored", "MaxItems=2&EventSourceArn=" + testQueue + "-2&FunctionName=fn-2", s.page("", a, c), "list-filters-combine (another source), list-filters-combine (another source)"},
	} {
		wantSaid(t, x.name, s.judgeText(trace.List, "", x.query, x.text), x.want)
	}
	wantSaid(t, "the first page", s.judgeText(trace.List, "", "MaxItems=2", s.page("p1", a, b)), "")
	wantSaid(t, "the last page", s.judgeText(trace.List, "", "MaxItems=2&Marker=p1", s.page("", c, d)), "")
	wantSaid(t, "a page again", s.judgeText(trace.List, "", "MaxItems=2&Marker=p1", s.page("", a, b)),
		"list-marker-continues (repeated), list-marker-continues (repeated), list-marker-continues (mapping missing)")
	wantSaid(t, "the first page again", s.judgeText(trace.List, "", "MaxItems=2", s.page("p2", a, b)), "")
	wantSaid(t, "too short a last page", s.judgeText(trace.List, "", "MaxItems=2&Marker=p2", s.page("", c)), "list-marker-continues (mapping missing)")
	// Whether filters must be repeated is not said.
	wantSaid(t, "the filter changes", s.judgeText(trace.List, "", "EventSourceArn="+testQueue+"&Marker=p2", s.page("", a)), "")
}

// A marker continues the listing that it is of, and whether its filters must be
// repeated is open.
func TestMarkers(t *testing.T) {
	s := fullStage(t, rule.Today)
	a := mapped(s, plain["sqs"])
	mapped(s, with(plain["sqs"], "FunctionName", "fn-2"))
	const source, function = "EventSourceArn=" + testQueue, "FunctionName=fn"
	for query, want := range map[string]string{
		source + "&" + function + "&Marker=m": "", source + "&Marker=m": "open", function + "&Marker=m": "open", "Marker=m": "open",
		source + "-2&" + function + "&Marker=m": "open", source + "&" + function + "-2&Marker=m": "open",
		source + "&" + function + "&Marker=n": "list-marker-invalid", source + "&" + function + "&Marker=": "open",
	} {
		s.judgeText(trace.List, "", source+"&"+function+"&MaxItems=1", s.page("m", a))
		if got := refuted(s.judge, trace.List, "", query, nil); got != want {
			t.Errorf("%s: got %q, want %q", query, got, want)
		}
	}
}

// What is deleted may be on a listing that began before it was gone, and on none after.
func TestListedAfterDeletion(t *testing.T) {
	s := fullStage(t, rule.Today)
	a, b := mapped(s, plain["sqs"]), mapped(s, with(plain["sqs"], "FunctionName", "fn-2"))
	first, second := s.page("", b), s.page("", a)
	s.mustCall(trace.Delete, b, nil)
	wantSaid(t, "while it is deleted", s.judgeText(trace.List, "", "", second), "")
	wantSaid(t, "the first page", s.judgeText(trace.List, "", "MaxItems=1", strings.Replace(second, "{", `{"NextMarker":"m",`, 1)), "")
	if _, violations := s.call(trace.Get, b, nil, ""); len(violations) > 0 || !s.judge.Vanished(b) {
		t.Fatalf("it is there: %s", said(violations))
	}
	wantSaid(t, "a listing that began before", s.judgeText(trace.List, "", "MaxItems=1&Marker=m", first), "")
	wantSaid(t, "a listing that began after", s.judgeText(trace.List, "", "", s.page("", a)[:len(s.page("", a))-2]+","+first[len(`{"EventSourceMappings":[`):]),
		"get-after-delete-404 (listed after deletion)")
}

// The server's own pages are right, whatever their size.
func TestServerPages(t *testing.T) {
	for _, p := range rule.Profiles {
		s := fullStage(t, p)
		s.server.AddFunction("many")
		s.judge.World.AddFunction("many")
		for i := range 101 {
			arn := fmt.Sprintf("%s-%d", testQueue, i)
			s.server.AddSource(arn)
			s.judge.World.AddSource(arn)
			mapped(s, object{"EventSourceArn": arn, "FunctionName": "many"})
		}
		for _, size := range []string{"", "MaxItems=1", "MaxItems=99", "MaxItems=100", "MaxItems=101", "MaxItems=10000"} {
			query, seen, pages := size, 0, 0
			for {
				x, violations := s.call(trace.List, "", nil, query)
				for _, v := range violations {
					t.Errorf("%s, %s: %s", p, query, &v)
				}
				seen += len(x.Entries)
				pages++
				if x.Next.Kind != String {
					break
				}
				query = size + "&Marker=" + x.Next.Str
			}
			if wantPages := map[string]int{"MaxItems=1": 101}[size]; seen != 101 || pages != max(2, wantPages) {
				t.Errorf("%s, %q: %d mappings on %d pages", p, size, seen, pages)
			}
		}
		if x, _ := s.call(trace.List, "", nil, "EventSourceArn="+testQueue+"-7&FunctionName=many"); len(x.Entries) != 1 {
			t.Errorf("%d entries, want 1", len(x.Entries))
		}
		if x, _ := s.call(trace.List, "", nil, "FunctionName=fn"); len(x.Entries) != 0 {
			t.Errorf("%d entries, want none", len(x.Entries))
		}
	}
}

// stuckAnswer is the Get of a mapping with some members as they were.
func (s *stage) stuckAnswer(uuid string, pairs ...string) []Violation {
	_, _, body := s.server.Answer(s.now, "GET", CollectionPath+"/"+uuid, "", "")
	for i := 0; i < len(pairs); i += 2 {
		body = strings.Replace(body, pairs[i], pairs[i+1], 1)
	}
	return s.judgeText(trace.Get, uuid, "", body)
}

// What never comes to rest is said once, when it is overdue.
func TestOverdue(t *testing.T) {
	const enabled, queue = `"State":"Enabled"`, `"EventSourceArn":"` + testQueue + `"`
	state := func(s string) []string { return []string{enabled, `"State":"` + s + `"`} }
	for _, c := range []struct {
		name   string
		create object
		update object // nil: none
		shown  []string
		want   string
	}{
		{"creating", nil, nil, state("Creating"), "state-creating-to-enabled (never Enabled)"},
		{"disabled", nil, nil, state("Disabled"), "create-enabled-default-true (never Enabled)"},
		{"disabled, asked", object{"Enabled": true}, nil, state("Disabled"), "state-creating-to-enabled (never Enabled)"},
		{"never disabled", object{"Enabled": false}, nil, []string{`"State":"Disabled"`, `"State":"Creating"`}, "create-enabled-false (never Disabled)"},
		{"updating", nil, object{"BatchSize": 5}, state("Updating"), "state-updating-to-enabled (never Enabled)"},
		{"not applied", nil, object{"BatchSize": 5}, []string{`"BatchSize":5`, `"BatchSize":10`}, "update-members (BatchSize not applied)"},
		{"not moved", nil, object{"FunctionName": "fn-2"}, []string{"function:fn-2", "function:fn"}, "update-function (FunctionArn not applied)"},
		{"pausing", nil, object{"Enabled": false}, []string{`"State":"Disabled"`, `"State":"Disabling"`}, "update-pause (never Disabled)"},
		{"resuming", object{"Enabled": false}, object{"Enabled": true}, state("Enabling"), "update-resume (never Enabled)"},
		{"changed at rest", object{"Enabled": false}, object{"BatchSize": 5}, []string{`"State":"Disabled"`, `"State":"Updating"`}, "update-omitted-unchanged (never Disabled)"},
		{"no state", nil, object{"BatchSize": 5}, []string{enabled, `"State":null`}, ""},
		{"filters kept", object{"FilterCriteria": filters(`{"a":[1]}`)}, object{"FilterCriteria": object{}},
			[]string{queue, queue + `,"FilterCriteria":{"Filters":[{"Pattern":"{\"a\":[1]}"}]}`}, "filter-clear-by-empty (FilterCriteria not applied)"},
		{"filters not set", nil, object{"FilterCriteria": filters(`{"a":[1]}`)},
			[]string{`"FilterCriteria":`, `"FilterCriteria":null,"Tags":`}, "update-members (FilterCriteria not applied)"},
		{"in time", nil, object{"BatchSize": 5}, nil, ""},
	} {
		s := replay(t, c.create, c.update)
		id := s.judge.Mappings()[0]
		if s.judge.Settled(id) {
			t.Errorf("%s: settled before it was seen", c.name)
		}
		s.stuckAnswer(id, c.shown...)
		if s.judge.Settled(id) != (c.shown == nil) {
			t.Errorf("%s: settled: %v", c.name, s.judge.Settled(id))
		}
		wantSaid(t, c.name, s.judge.Overdue(id), c.want)
		wantSaid(t, c.name+", again", s.judge.Overdue(id), "")
		if !s.judge.Settled(id) || s.judge.Vanished(id) {
			t.Errorf("%s: settled %v, vanished %v", c.name, s.judge.Settled(id), s.judge.Vanished(id))
		}
	}
}

// replay is a stage with a mapping that was created and maybe updated.
func replay(t *testing.T, create, update object) *stage {
	s := fullStage(t, rule.Today)
	all := with(plain["sqs"], "FunctionName", "fn")
	maps.Copy(all, create)
	id := s.mustCall(trace.Create, "", all).Answer.V[UUID].Str
	if update != nil {
		s.mustCall(trace.Get, id, nil)
		s.mustCall(trace.Update, id, update)
	}
	return s
}

func TestOverdueDeletion(t *testing.T) {
	s := replay(t, nil, nil)
	id := s.judge.Mappings()[0]
	s.mustCall(trace.Get, id, nil)
	s.mustCall(trace.Delete, id, nil)
	if s.judge.Settled(id) || s.judge.Vanished(id) {
		t.Error("gone as soon as it is deleted")
	}
	wantSaid(t, "still there", s.judge.Overdue(id), "get-after-delete-404 (still there)")
	if !s.judge.Settled(id) || !s.judge.Vanished(id) || len(s.judge.Mappings()) != 0 {
		t.Error("it is still believed to be there")
	}
	if !s.judge.Vanished(strangeUUID) || !s.judge.Settled(strangeUUID) {
		t.Error("what was never there is believed to be")
	}
}
