package control

import (
	"slices"
	"strings"
	"testing"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// What each call of the story decides about the life of a mapping, besides its
// state: a rule that was not decided must not count as passed.
var decided = map[string]string{
	"create":              "resp-last-processing-none create-assigns-uuid create-state-creating",
	"look while creating": "create-enabled-default-true get-tracks-state state-creating-to-enabled",
	"update":              "update-state-updating",
	"look while updating": "resp-last-modified-changes get-tracks-state state-updating-to-enabled update-members update-omitted-unchanged update-async",
	"pause":               "state-disable-path",
	"look while pausing":  "resp-last-modified-changes get-tracks-state state-disable-path update-omitted-unchanged update-pause",
	"look after the move": "resp-last-modified-changes get-tracks-state update-members update-omitted-unchanged update-function update-async",
	"resume":              "state-enable-path",
	"look while resuming": "resp-last-modified-changes get-tracks-state state-enable-path update-omitted-unchanged update-resume",
	"look for nothing":    "get-after-delete-404",
}

// inEvery are rules that nearly every answer decides.
var inEvery = []string{"get-delete-list-no-body", "get-uuid-required", "dest-default-rendered-empty-object", "resp-lastmodified",
	"resp-lastprocessingresult", "state-set-closed", "state-transition-reason-origin"}

func decides(j *Judge) string {
	var ids []string
	for _, r := range rule.All() {
		of := slices.ContainsFunc([]string{"create-", "update-", "get-", "state-", "dest-", "filter-clear", "resp-last"},
			func(p string) bool { return strings.HasPrefix(r.ID, p) })
		state := strings.HasPrefix(r.ID, "state-") && strings.Count(r.ID, "-") == 1
		if of && !state && j.Touched(r) && !slices.Contains(inEvery, r.ID) &&
			!strings.HasSuffix(r.ID, "-status-code") && !strings.HasSuffix(r.ID, "-returns-configuration") {
			ids = append(ids, r.ID)
		}
	}
	slices.Sort(ids)
	return strings.Join(ids, " ")
}

func wantDecided(t *testing.T, s *stage, name, want string) {
	t.Helper()
	ids := strings.Fields(want)
	slices.Sort(ids)
	if got := decides(s.judge); got != strings.Join(ids, " ") {
		t.Errorf("%s decides\n     %q,\nwant %q", name, got, strings.Join(ids, " "))
	}
	s.judge.ClearTouched()
}

func TestDecided(t *testing.T) {
	s := fullStage(t, rule.Today)
	id := ""
	for _, call := range life {
		body := call.body
		if call.op == trace.Create {
			body = with(plain["kinesis"], "FunctionName", "fn")
		}
		x, _ := s.call(call.op, id, body, "")
		if call.op == trace.Create {
			id = x.Answer.V[UUID].Str
		}
		wantDecided(t, s, call.name, decided[call.name])
	}
}

// What the confirmation of an Update decides depends on what it changed.
func TestDecidedByUpdates(t *testing.T) {
	const always = "get-tracks-state resp-last-modified-changes state-updating-to-enabled update-async update-members update-omitted-unchanged "
	onFailure := func(arn string) object { return object{"OnFailure": object{"Destination": arn}} }
	for _, c := range []struct {
		name           string
		create, update object
		want           string
	}{
		{"batch size", nil, object{"BatchSize": 5}, always},
		{"the same", nil, object{"BatchSize": 100}, "get-tracks-state state-updating-to-enabled update-omitted-unchanged"},
		{"destination", nil, object{"DestinationConfig": onFailure(testQueue)}, always + "dest-update-async"},
		{"filters", nil, object{"FilterCriteria": filters(`{"a":[1]}`)}, always},
		{"no filters", object{"FilterCriteria": filters(`{"a":[1]}`)}, object{"FilterCriteria": object{}}, always + "filter-clear-by-empty"},
	} {
		s := fullStage(t, rule.Today)
		body := with(plain["kinesis"], "FunctionName", "fn")
		for name, x := range c.create {
			body[name] = x
		}
		id := s.mustCall(trace.Create, "", body).Answer.V[UUID].Str
		s.mustCall(trace.Get, id, nil)
		s.mustCall(trace.Update, id, c.update)
		s.judge.ClearTouched()
		s.mustCall(trace.Get, id, nil)
		wantDecided(t, s, c.name, c.want)
	}
}

// A mapping that is created with Enabled decides the rule about that, and no other.
func TestDecidedByEnabled(t *testing.T) {
	for enabled, want := range map[bool]string{
		true:  "get-tracks-state state-creating-to-enabled",
		false: "get-tracks-state create-enabled-false",
	} {
		s := fullStage(t, rule.Today)
		id := s.mustCall(trace.Create, "", with(plain["kinesis"], "FunctionName", "fn", "Enabled", enabled)).Answer.V[UUID].Str
		s.judge.ClearTouched()
		s.mustCall(trace.Get, id, nil)
		wantDecided(t, s, "", want)
	}
}
