package trace

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/rule"
)

// CallStep is one thing that is done in a scenario about the API alone: a request, or
// a wait. A text in it may hold ${...}, which stands for what only the target can
// name:
//
//	${name of a source}   its ARN
//	${name of a mapping}  its UUID
//	${function}           the name of a function; ${second} of another one,
//	                      ${own} of one that remove-function may remove
//	${version} ${alias}   qualifiers of ${qualified}, a function with both
//	${destination}        the ARN of a queue that no mapping reads
//	${partition} ${region} ${account}
//	${hour-ago} ${in-an-hour}  seconds since the Unix epoch, a number where
//	                      nothing else is in the text
//	${marker}             the NextMarker of the last list that had one
type CallStep struct {
	Do CallAction `json:"do"`
	// Mapping is the name that a create gives to what it makes, and whose UUID the
	// others send. It stands for a UUID of nothing as long as the last create by it made nothing.
	Mapping string `json:"mapping,omitempty"`
	// UUID is sent in the place of a mapping's.
	UUID  string            `json:"uuid,omitempty"`
	Body  map[string]any    `json:"body,omitzero"` // create, update: members as sent
	Query map[string]string `json:"query,omitempty"`
	Raw   *RawCall          `json:"raw,omitempty"`  // sent in the place of all that
	MS    float64           `json:"ms,omitempty"`   // pause
	Fail  bool              `json:"fail,omitempty"` // put
	// Function is what remove-function removes: "own".
	Function string `json:"function,omitempty"`
	// About is the rule that the call is about; with Accept, the rule says that the
	// request must be taken, and a refusal is held against it.
	About  string `json:"about,omitempty"`
	Accept bool   `json:"accept,omitempty"`
}

// RawCall is a request letter for letter, but for ${...}.
type RawCall struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	Query  string `json:"query,omitempty"`
	Body   string `json:"body,omitempty"`
}

// CallAction is what a call does.
type CallAction string

// What calls do: the five operations; a listing from page to page; waiting for a
// mapping to come to rest, or to be gone, by asking for it; letting time pass;
// removing a function; putting a record.
const (
	CallCreate         CallAction = "create"
	CallGet            CallAction = "get"
	CallList           CallAction = "list"
	CallUpdate         CallAction = "update"
	CallDelete         CallAction = "delete"
	CallListAll        CallAction = "list-all"
	CallSettle         CallAction = "settle"
	CallGone           CallAction = "gone"
	CallPause          CallAction = "pause"
	CallRemoveFunction CallAction = "remove-function"
	// CallPut puts a record that the function fails on if Fail, and waits until the
	// mapping shows what came of it. A target that does not deliver passes over it.
	CallPut CallAction = "put"
)

var callActions = []CallAction{CallCreate, CallGet, CallList, CallUpdate, CallDelete, CallListAll, CallSettle, CallGone, CallPause, CallRemoveFunction, CallPut}

// Operation is the operation of a call that is one request; ok is false for the others.
func (a CallAction) Operation() (op Operation, ok bool) {
	op, ok = map[CallAction]Operation{CallCreate: Create, CallGet: Get, CallList: List, CallUpdate: Update, CallDelete: Delete}[a]
	return op, ok
}

// callVariables are the names in ${...} that are neither sources nor mappings.
var callVariables = []string{"function", "second", "own", "qualified", "version", "alias", "destination", "partition", "region", "account",
	"hour-ago", "in-an-hour", "marker"}

func (f *scenarioFault) calls(s *Scenario) {
	if len(s.Calls) == 0 {
		return
	}
	if len(s.Steps) > 0 {
		f.wrong("it has steps and calls; expected one or the other")
	}
	known := slices.Clone(callVariables)
	for i := range s.Sources {
		known = append(known, s.Sources[i].Name)
	}
	for i := range s.Calls {
		if m := s.Calls[i].Mapping; m != "" {
			known = append(known, m)
		}
	}
	for i := range s.Calls {
		f.at = fmt.Sprintf("calls[%d]", i)
		f.call(&s.Calls[i], known)
	}
}

func (f *scenarioFault) call(c *CallStep, known []string) {
	if !slices.Contains(callActions, c.Do) {
		f.wrong("do is %q; expected one of %s", c.Do, strings.Join(names(callActions, func(a CallAction) string { return string(a) }), ", "))
		return
	}
	_, request := c.Do.Operation()
	switch {
	case c.Raw != nil && !request:
		f.wrong("%s has raw; expected it for a single request only", c.Do)
	case c.Raw != nil && c.Raw.Method == "":
		f.wrong("raw.method is missing; expected an HTTP method")
	case c.Raw == nil && c.Mapping == "" && c.UUID == "" && slices.Contains([]CallAction{CallGet, CallUpdate, CallDelete, CallSettle, CallGone, CallPut}, c.Do):
		f.wrong("%s names no mapping; expected mapping, or uuid", c.Do)
	case c.Do == CallRemoveFunction && c.Function != "own":
		f.wrong("function is %q; expected \"own\", the only function that can be removed", c.Function)
	case c.About != "" && rule.Find(c.About) == nil:
		f.wrong("about names the unknown rule %q; expected a rule's id: see esmconform list", c.About)
	}
	f.length("ms", c.MS)
	for _, text := range c.texts() {
		for rest := text; ; {
			_, after, ok := strings.Cut(rest, "${")
			if !ok {
				break
			}
			name, after, ok := strings.Cut(after, "}")
			if !ok || !slices.Contains(known, name) {
				f.wrong("${%s} stands for nothing; expected one of %s", name, strings.Join(known, ", "))
				break
			}
			rest = after
		}
	}
}

// texts lists every text of the call in which ${...} is replaced.
func (c *CallStep) texts() (list []string) {
	list = append(list, c.UUID)
	for _, name := range slices.Sorted(maps.Keys(c.Query)) {
		list = append(list, c.Query[name])
	}
	if c.Raw != nil {
		list = append(list, c.Raw.Path, c.Raw.Query, c.Raw.Body)
	}
	return appendTexts(list, c.Body)
}

func appendTexts(list []string, v any) []string {
	switch v := v.(type) {
	case string:
		return append(list, v)
	case []any:
		for _, x := range v {
			list = appendTexts(list, x)
		}
	case map[string]any:
		for _, name := range sortedNames(v) {
			list = appendTexts(list, v[name])
		}
	}
	return list
}
