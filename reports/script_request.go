package reports

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/trace"
)

// request writes a call that is one request.
func (w *scriptWriter) request(i int, c *trace.CallStep) {
	if c.Do == trace.CallCreate {
		w.source[c.Mapping] = sourceNamed(c.Body)
	}
	command, ok := "", false
	if c.Raw == nil {
		command, ok = w.cli(c)
	}
	if !ok {
		command = w.curl(c)
	}
	switch {
	case c.Do == trace.CallCreate && w.usedAfter(i, c.Mapping):
		w.need("member", "stranger")
		w.line(`%s=$(%s | member UUID "$stranger")`, w.names.mapping(c.Mapping), command)
	case c.Do == trace.CallList && w.marks:
		w.need("member", "marker")
		w.line(`marker=$(%s | member NextMarker "$marker")`, command)
	default:
		w.line("%s", command)
	}
}

// usedAfter reports whether a call after the ith needs the UUID of a mapping.
func (w *scriptWriter) usedAfter(i int, mapping string) bool {
	if mapping == "" {
		return false
	}
	for _, c := range w.s.Calls[i+1:] {
		if c.Mapping == mapping && c.Do != trace.CallCreate && c.UUID == "" && c.Raw == nil || holds(&c, mapping) {
			return true
		}
	}
	return false
}

// holds reports whether ${name} is in a text of a call.
func holds(c *trace.CallStep, name string) bool {
	return strings.Contains(jsonText(c), "${"+inJSON(name)+"}")
}

// plainUUID is a UUID that the AWS CLI sends as it is.
var plainUUID = regexp.MustCompile(`^[0-9A-Za-z-]{36,}$`)

// cli is a request as a command of the AWS CLI; ok is false if that would refuse it.
func (w *scriptWriter) cli(c *trace.CallStep) (command string, ok bool) {
	op, _ := c.Do.Operation()
	command = "call lambda " + cliCommands[op]
	input := plainJSON(c.Body)
	if c.Do == trace.CallList {
		command, input = command+" --no-paginate", membersOf(c.Query)
	}
	if c.Do != trace.CallCreate && c.Do != trace.CallList {
		switch {
		case c.UUID == "":
			command += " --uuid " + w.mapping(c.Mapping)
		case plainUUID.MatchString(c.UUID):
			command += " --uuid " + c.UUID
		default:
			return "", false
		}
	}
	if !cliTakes(op, input) {
		return "", false
	}
	w.need("call")
	if len(input) > 0 {
		command += " --cli-input-json " + w.json(input)
	}
	return command, true
}

// maxItems is the only member of a query that is a number.
const maxItems = "MaxItems"

// membersOf are the members of a query as the AWS CLI takes them.
func membersOf(query map[string]string) map[string]any {
	members := map[string]any{}
	for name, text := range query {
		members[name] = text
		if name == maxItems {
			members[name] = json.Number(text)
		}
	}
	return members
}

var cliCommands = map[trace.Operation]string{
	trace.Create: "create-event-source-mapping", trace.Get: "get-event-source-mapping", trace.List: "list-event-source-mappings",
	trace.Update: "update-event-source-mapping", trace.Delete: "delete-event-source-mapping",
}

// curl is a request letter for letter.
func (w *scriptWriter) curl(c *trace.CallStep) string {
	w.need("request")
	if c.Raw != nil {
		url := c.Raw.Path
		if c.Raw.Query != "" {
			url += "?" + c.Raw.Query
		}
		command := "request " + w.word(c.Raw.Method, w.plain) + " " + w.word(url, w.escaped)
		if c.Raw.Body != "" {
			command += " " + w.word(c.Raw.Body, w.plain)
		}
		return command
	}
	op, _ := c.Do.Operation()
	url := word{{literal: control.CollectionPath + "/"}}
	switch {
	case c.Do == trace.CallCreate || c.Do == trace.CallList:
	case c.UUID != "":
		url = append(url, w.parts(c.UUID, percent, w.escaped)...)
	default:
		url = append(url, part{shell: "$" + w.names.mapping(c.Mapping)})
		w.need("stranger")
	}
	for i, name := range sortedKeys(c.Query) {
		sign := "&"
		if i == 0 {
			sign = "?"
		}
		url = append(url, part{literal: sign + percent(name) + "="})
		url = append(url, w.parts(c.Query[name], percent, w.escaped)...)
	}
	command := "request " + control.Method(op) + " " + url.String()
	if c.Do == trace.CallCreate || c.Do == trace.CallUpdate {
		body := plainJSON(c.Body)
		if body == nil {
			body = map[string]any{}
		}
		command += " " + w.json(body)
	}
	return command
}
