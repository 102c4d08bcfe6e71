package specs

import (
	"encoding/json"
	"maps"
	"net/url"
	"reflect"
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/trace"
)

// What a client knows that writes down every call that was taken, and nothing
// else: a map from UUIDs to what was asked for last. It shares nothing with the judge.

// noted is a mapping as the client wrote it down.
type noted struct {
	uuid    string
	asked   map[string]any // members as asked for last; JSON null is as good as nothing
	deleted bool           // a Delete was taken
}

// fold writes down the calls, in the order of creation.
func (t *Trial) fold(calls []*trace.Exchange) (list []*noted) {
	byUUID := map[string]*noted{}
	for _, x := range calls {
		if x.Status < 200 || x.Status > 299 {
			continue
		}
		request, answer := object(x.Request), object(x.Response)
		id, _ := answer["UUID"].(string)
		if x.Operation != trace.Create {
			_, last, _ := strings.Cut(strings.TrimSuffix(x.Path, "/"), control.CollectionPath+"/")
			id, _ = url.PathUnescape(last)
		}
		switch m := byUUID[id]; {
		case x.Operation == trace.Create && id != "" && m == nil:
			m = &noted{uuid: id, asked: map[string]any{"Enabled": true}}
			m.ask(request, control.CreateMembers(t.Profile))
			byUUID[id] = m
			list = append(list, m)
		case x.Operation == trace.Update && m != nil:
			m.ask(request, control.UpdateMembers(t.Profile))
		case x.Operation == trace.Delete && m != nil:
			m.deleted = true
		}
	}
	return list
}

// ask notes the members that the operation has; what else is in a request means nothing.
func (m *noted) ask(request map[string]any, of control.Members) {
	for name, v := range request {
		if member, ok := control.FindMember(name); ok && of.Has(member) && v != nil {
			m.asked[name] = v
		}
	}
}

func object(text string) (o map[string]any) {
	_ = json.Unmarshal([]byte(text), &o) // what is no object holds nothing
	return o
}

// plainMembers are the settings that an answer shows as they were asked for,
// with a value of the type that they have.
var plainMembers = map[control.Member]any{
	control.EventSourceArn: "", control.BatchSize: 0.0, control.MaximumBatchingWindowInSeconds: 0.0, control.ParallelizationFactor: 0.0,
	control.MaximumRecordAgeInSeconds: 0.0, control.MaximumRetryAttempts: 0.0, control.BisectBatchOnFunctionError: false,
	control.TumblingWindowInSeconds: 0.0,
}

// shown lists those that are documented for a mapping.
func (t *Trial) shown(m *noted) (list []control.Member) {
	arn, _ := m.asked["EventSourceArn"].(string)
	k := t.Runner.pool.known[arn]
	for _, member := range slices.Sorted(maps.Keys(plainMembers)) {
		if member == control.EventSourceArn || control.Takes(t.Profile, k, member) {
			list = append(list, member)
		}
	}
	return list
}

// differs names a setting that an answer shows otherwise than it was asked for,
// and that is documented for the mapping; "" when there is none.
func (t *Trial) differs(m *noted, answer map[string]any) string {
	for _, member := range t.shown(m) {
		name := member.String()
		asked, ok := m.asked[name]
		if !ok || reflect.TypeOf(asked) != reflect.TypeOf(plainMembers[member]) {
			continue // what is made of it is not documented
		}
		if n, ok := asked.(float64); ok && n != float64(int32(n)) {
			continue
		}
		if answer[name] != asked {
			return name
		}
	}
	if name, qualifier := m.function(); name != "" {
		arn, _ := answer["FunctionArn"].(string)
		_, has, _ := strings.Cut(arn, ":function:")
		has, hasQualifier, _ := strings.Cut(has, ":")
		if has != name || qualifier != "" && qualifier != unpublished && hasQualifier != qualifier {
			return "FunctionArn"
		}
	}
	return ""
}

const unpublished = "$LATEST"

// function is the name of the function that was asked for, and its qualifier,
// from any of the forms that a name may have.
func (m *noted) function() (name, qualifier string) {
	text, _ := m.asked["FunctionName"].(string)
	if _, after, ok := strings.Cut(text, ":function:"); ok {
		text = after
	} else if _, after, ok := strings.Cut(text, "function:"); ok {
		text = after
	}
	name, qualifier, _ = strings.Cut(text, ":")
	return name, qualifier
}
