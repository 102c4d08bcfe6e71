package reports

import (
	"fmt"
	"strings"

	"github.com/esmconform/esmconform/oracle/trace"
)

// What ${...} stands for, as variables of the shell.

// shellNames are the variables that a script has for the names of a scenario.
type shellNames struct {
	taken    map[string]bool
	mappings map[string]string
	sources  map[string]string
}

// ownVariables are the variables that a script has besides the names of its scenario, with
// how each gets its value.
var ownVariables = []struct{ name, shell, text string }{
	{"partition", "partition", `: "${partition:=aws}"`},
	{"region", "AWS_REGION", ""},
	{"account", "account", `: "${account:=000000000000}" # yours`},
	{"function", "function", `: "${function:=esmconform-function}" # the name of a function`},
	{"second", "second", `: "${second:=esmconform-second}" # the name of another function`},
	{"own", "own", `: "${own:?the name of a function that this script may delete}"`},
	{"qualified", "qualified", `: "${qualified:=esmconform-qualified}" # the name of a function with a version and an alias`},
	{"version", "version", `: "${version:=1}" # a version of $qualified`},
	{"alias", "alias", `: "${alias:=live}" # an alias of $qualified`},
	{"destination", "destination", `: "${destination:?the ARN of an SQS queue that no mapping reads}"`},
	{"hour-ago", "hour_ago", `hour_ago=$(($(date +%s) - 3600))`},
	{"in-an-hour", "in_an_hour", `in_an_hour=$(($(date +%s) + 3600))`},
	{"marker", "marker", `marker=`},
	{"stranger", "stranger", `stranger=0f1e2d3c-4b5a-4978-8796-a5b4c3d2e1f0 # the UUID of no mapping`},
}

// scratch are the variables that helpers write.
var scratch = []string{"answer", "found", "method", "path", "url", "state", "tries", "table", "key", "result"}

func newNames(s *trace.Scenario) *shellNames {
	n := &shellNames{taken: map[string]bool{}, mappings: map[string]string{}, sources: map[string]string{}}
	for _, v := range ownVariables {
		n.taken[v.shell] = true
	}
	for _, name := range scratch {
		n.taken[name] = true
	}
	for i := range s.Sources {
		n.sources[s.Sources[i].Name] = n.fresh(s.Sources[i].Name)
	}
	return n
}

// fresh is a variable for a name. It is in small letters, so that it is none that means something.
func (n *shellNames) fresh(name string) string {
	v := strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			return c
		}
		return '_'
	}, strings.ToLower(name))
	if v == "" || v[0] < 'a' {
		v = "x" + v
	}
	for n.taken[v] {
		v += "_"
	}
	n.taken[v] = true
	return v
}

func (n *shellNames) mapping(name string) string {
	if n.mappings[name] == "" {
		n.mappings[name] = n.fresh(name)
	}
	return n.mappings[name]
}

// mapping is the UUID of a mapping, as a word.
func (w *scriptWriter) mapping(name string) string {
	w.need("stranger")
	return `"$` + w.names.mapping(name) + `"`
}

// variable is the variable that ${name} stands for.
func (w *scriptWriter) variable(name string) string {
	for _, v := range ownVariables {
		if v.name == name && name != "stranger" {
			w.need(name)
			return v.shell
		}
	}
	if v := w.names.sources[name]; v != "" {
		w.need("source " + name)
		return v
	}
	w.need("stranger")
	return w.names.mapping(name)
}

// declare writes the variables that the script uses.
func (w *scriptWriter) declare(b *strings.Builder) {
	b.WriteString(scriptRegion)
	if w.used["request"] {
		b.WriteString(scriptKeys)
	}
	for _, v := range ownVariables {
		if w.used[v.name] && v.text != "" {
			fmt.Fprintln(b, v.text)
		}
	}
	for i := range w.s.Sources {
		s := &w.s.Sources[i]
		if w.used["source "+s.Name] {
			fmt.Fprintf(b, ": \"${%s:?%s}\"\n", w.names.sources[s.Name], sourceNeeded(s.Kind))
		}
	}
	for _, name := range sortedKeys(w.names.mappings) {
		fmt.Fprintf(b, "%s=$stranger\n", w.names.mappings[name])
	}
}

// sourceNeeded says what the variable of a source must hold.
func sourceNeeded(kind string) string {
	what, ok := map[string]string{
		"kinesis": "a Kinesis stream", "kinesis-consumer": "a consumer of a Kinesis stream", "dynamodb": "the stream of a DynamoDB table",
		"sqs": "an SQS queue", "sqs-fifo": "an SQS FIFO queue", "msk": "an MSK cluster", "mq": "an MQ broker", "documentdb": "a DocumentDB cluster",
	}[kind]
	switch {
	case kind == "self-managed-kafka":
		return "a broker of a Kafka cluster, as HOST:PORT"
	case !ok:
		return "the ARN of a source"
	}
	return "the ARN of " + what
}
