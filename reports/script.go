package reports

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// A scenario of calls as a shell script, for whoever wants to see a finding without
// this suite: by the AWS CLI where that lets a request out, by curl where it does not.

// Script is a scenario of calls as a POSIX shell script for the AWS CLI v2.
func Script(s *trace.Scenario) string {
	w := &scriptWriter{s: s, names: newNames(s), source: map[string]string{}, used: map[string]bool{}}
	w.marks = slices.ContainsFunc(s.Calls, func(c trace.CallStep) bool { return holds(&c, "marker") })
	for i := range s.Calls {
		w.call(i, &s.Calls[i])
	}
	return w.head() + w.b.String()
}

// scriptWriter is a script in the making.
type scriptWriter struct {
	s      *trace.Scenario
	b      strings.Builder
	names  *shellNames
	source map[string]string // the source of a mapping, as far as a create says it
	used   map[string]bool   // helpers and variables that the script needs
	marks  bool              // some call sends the marker of a list
}

// line writes a line of the script.
func (w *scriptWriter) line(format string, args ...any) { fmt.Fprintf(&w.b, format+"\n", args...) }

// need notes the helpers that the script has to have.
func (w *scriptWriter) need(helpers ...string) {
	for _, h := range helpers {
		w.used[h] = true
	}
}

func (w *scriptWriter) call(i int, c *trace.CallStep) {
	w.line("")
	w.line(`printf '\n%%s\n' %s`, quoted(title(i, c)))
	switch c.Do {
	case trace.CallListAll:
		w.listAll(c)
	case trace.CallSettle:
		w.need("call", "settle")
		w.line("settle %s", w.mapping(c.Mapping))
	case trace.CallGone:
		w.need("call", "gone")
		w.line("gone %s", w.mapping(c.Mapping))
	case trace.CallPause:
		w.line("sleep %.0f", math.Ceil(c.MS/1000))
	case trace.CallRemoveFunction:
		if !w.used["own"] {
			w.line("# no call has used the function that may be removed")
			return
		}
		w.need("call")
		w.line(`call lambda delete-function --function-name "$own"`)
	case trace.CallPut:
		w.put(c)
	default:
		w.request(i, c)
	}
}

// title says what a call does, and what it is about.
func title(i int, c *trace.CallStep) string {
	t := strings.Join(strings.Fields(fmt.Sprintf("%d: %s %s", i+1, c.Do, c.Mapping)), " ")
	switch {
	case c.About != "" && c.Accept:
		t += ", which must be taken: " + c.About
	case c.About != "":
		t += ", about " + c.About
	}
	return t
}

// listAll writes a listing from page to page, which the AWS CLI does by itself.
func (w *scriptWriter) listAll(c *trace.CallStep) {
	rest, size := *c, ""
	rest.Query = map[string]string{}
	for name, text := range c.Query {
		if name == maxItems {
			size = text
		} else {
			rest.Query[name] = text
		}
	}
	rest.Do = trace.CallList
	command, ok := w.cli(&rest)
	if !ok || !cliTakes(trace.List, membersOf(c.Query)) {
		w.line("# the first page only: the AWS CLI does not let this out")
		rest.Query = c.Query
		w.line("%s", w.curl(&rest))
		return
	}
	command = strings.Replace(command, " --no-paginate", "", 1)
	if size != "" {
		command += " --page-size " + size
	}
	w.line("%s", command)
}

// put writes a record into the source of a mapping.
func (w *scriptWriter) put(c *trace.CallStep) {
	source, helper := w.source[c.Mapping], ""
	for i := range w.s.Sources {
		if s := &w.s.Sources[i]; s.Name == source {
			helper = map[string]string{control.KinesisStream.String(): "put_record", control.DynamoDBStream.String(): "put_item"}[s.Kind]
		}
	}
	if helper == "" {
		w.line("# the mapping has no stream that a record could be put into")
		return
	}
	payload := "{}"
	if c.Fail {
		payload = failMarker
	}
	w.need("call", "processed", helper)
	w.line(`%s "$%s" %s`, helper, w.variable(source), quoted(payload))
	w.line("processed %s", w.mapping(c.Mapping))
}

// failMarker is what the function must fail on.
const failMarker = "esmconform-fail"

// head is what comes before the calls: what the script shows, and what it needs.
func (w *scriptWriter) head() string {
	var b strings.Builder
	b.WriteString("#!/bin/sh\n")
	if x := w.s.Shows; x != nil {
		says := ""
		if r := rule.Find(x.Rule); r != nil {
			says = r.Says
		}
		for _, line := range wrap(oneLine(x.Rule+": "+says), 96) {
			fmt.Fprintf(&b, "# %s\n", line)
		}
		fmt.Fprintf(&b, "#\n# broken   %s\n", oneLine(x.Class))
		if x.Target != "" {
			fmt.Fprintf(&b, "# seen on  %s\n", oneLine(x.Target))
		}
	}
	fmt.Fprintf(&b, "# profile  %s\n#\n%s", oneLine(w.s.Profile), scriptNeeds)
	b.WriteString("set -u\n")
	w.declare(&b)
	for _, h := range scriptHelpers {
		if w.used[h.name] {
			b.WriteString("\n" + h.text)
		}
	}
	return b.String()
}
