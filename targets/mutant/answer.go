package mutant

import (
	"fmt"
	"strings"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Answers: how the operations are bound to HTTP, and what a success says apart
// from the configuration in it.

// hooked adds a mutant whose fault is these hooks, which remember nothing.
func hooked(name, fault string, h control.Hooks, breaks ...*rule.Rule) {
	add(Mutant{Name: name, Fault: fault, Breaks: breaks, Control: func() control.Hooks { return h }})
}

// minded adds a mutant whose hooks remember what they saw.
func minded(name, fault string, h func() control.Hooks, breaks ...*rule.Rule) {
	add(Mutant{Name: name, Fault: fault, Breaks: breaks, Control: h})
}

// because says why a mutant breaks rules besides its own.
func because(name, others string) { Find(name).Others = others }

type (
	configuration = map[string]any
	answering     = func(*control.Request, *control.Reply)
)

// succeeded reports whether a reply is a success of one of the operations, or of
// any when none is named.
func succeeded(r *control.Request, a *control.Reply, ops ...trace.Operation) bool {
	if a.Code != "" || a.Status > 299 || r.Op == "" {
		return false
	}
	for _, op := range ops {
		if r.Op == op {
			return true
		}
	}
	return len(ops) == 0
}

// shown changes every configuration that a success of the operations shows.
func shown(change func(configuration), ops ...trace.Operation) answering {
	return func(r *control.Request, a *control.Reply) {
		if !succeeded(r, a, ops...) {
			return
		}
		if r.Op != trace.List {
			change(a.Body)
			return
		}
		entries, _ := a.Body["EventSourceMappings"].([]any)
		for _, e := range entries {
			change(e.(configuration))
		}
	}
}

// show adds a mutant that changes the configurations it shows.
func show(name, fault string, change func(configuration), ops []trace.Operation, breaks ...*rule.Rule) {
	hooked(name, fault, control.Hooks{Answer: shown(change, ops...)}, breaks...)
}

// operation is what the tables know of an operation.
type operation struct {
	name                      string
	op                        trace.Operation
	says                      string // with an article
	method, uri, status, body *rule.Rule
}

var (
	create = operation{"create", trace.Create, "a Create", rule.CreateHTTPMethod, rule.CreateURI, rule.CreateStatusCode, rule.CreateReturnsConfiguration}
	get    = operation{"get", trace.Get, "a Get", rule.GetHTTPMethod, rule.GetURI, rule.GetStatusCode, rule.GetReturnsConfiguration}
	list   = operation{"list", trace.List, "a List", rule.ListHTTPMethod, rule.ListURI, rule.ListStatusCode, rule.ListResponseMembers}
	update = operation{"update", trace.Update, "an Update", rule.UpdateHTTPMethod, rule.UpdateURI, rule.UpdateStatusCode, rule.UpdateReturnsConfiguration}
	remove = operation{"delete", trace.Delete, "a Delete", rule.DeleteHTTPMethod, rule.DeleteURI, rule.DeleteStatusCode, rule.DeleteReturnsConfiguration}

	operations = []operation{create, get, list, update, remove}
)

// statuses are the other ways to say that all went well.
var statuses = []int{200, 201, 202, 203, 206}

// bodies are what is no configuration and no list. A null says nothing.
var bodies = []struct{ name, fault, text string }{
	{"empty", "with an empty body", ""},
	{"null", "with null", "null"},
	{"text", "with a text", `"OK"`},
	{"array", "with an array", "[]"},
	{"cut-off", "with JSON that ends too early", `{"UUID":`},
}

func init() {
	for _, o := range operations {
		for _, status := range statuses {
			if int64(status) == o.status.Int(rule.Today) {
				continue
			}
			hooked(fmt.Sprintf("%s-answers-%d", o.name, status), fmt.Sprintf("answers %s with %d", o.says, status),
				control.Hooks{Answer: func(r *control.Request, a *control.Reply) {
					if succeeded(r, a, o.op) {
						a.Status = status
					}
				}}, o.status)
		}
		for _, b := range bodies {
			hooked(fmt.Sprintf("%s-answers-%s", o.name, b.name), fmt.Sprintf("answers %s %s", o.says, b.fault),
				control.Hooks{Answer: func(r *control.Request, a *control.Reply) {
					// Whoever gets no list at all takes the target for no Lambda, and stops.
					if succeeded(r, a, o.op) && (o.op != trace.List || r.Query[control.QueryFunction].Str != "") {
						a.Text = &b.text
					}
				}}, o.body)
		}
		withBody := o.op == trace.Create || o.op == trace.Update
		hooked(o.name+"-also-by-patch", fmt.Sprintf("takes the method PATCH for %s", o.says),
			control.Hooks{Wire: func(w *control.Wire) {
				method := control.Method(o.op)
				if op, _ := control.OperationOf(method, w.Path); w.Method == "PATCH" && op == o.op && (w.Body != "") == withBody {
					w.Method = method
				}
			}}, o.method)
		// The collection of Create and List has a form with a slash at the end.
		if o.op == trace.Create || o.op == trace.List {
			elsewhere(o.name+"-without-slash-only", fmt.Sprintf("answers %s on the path with a slash at the end with 404", o.says), o.op, o.uri,
				func(path string) bool { return strings.HasSuffix(path, "/") })
		} else {
			elsewhere(o.name+"-elsewhere", fmt.Sprintf("answers %s on the path of the mapping with 404", o.says), o.op, o.uri,
				func(path string) bool { return !strings.HasSuffix(path, "/") })
		}
	}
	for _, o := range []operation{get, update, remove} {
		show(o.name+"-answers-another-uuid", fmt.Sprintf("answers %s with the UUID of another mapping", o.says), func(c configuration) {
			const other = "01234567-89ab-4cde-8f01-23456789abcd"
			c["EventSourceMappingArn"] = strings.Replace(c["EventSourceMappingArn"].(string), c["UUID"].(string), other, 1)
			c["UUID"] = other
		}, []trace.Operation{o.op}, o.body)
	}
	hooked("list-redirects-slash", "answers a List on the path with a slash at the end with 301",
		control.Hooks{Answer: func(r *control.Request, a *control.Reply) {
			if r.Op == "" && r.Method == "GET" {
				a.Status, a.Code = 301, ""
			}
		}, Wire: func(w *control.Wire) {
			if w.Method == "GET" && w.Path == control.CollectionPath+"/" {
				w.Path = "/"
			}
		}}, rule.ListURI)
	hooked("delete-answers-204", "answers a Delete with 204 and no body",
		control.Hooks{Answer: func(r *control.Request, a *control.Reply) {
			if succeeded(r, a, trace.Delete) {
				a.Status, a.Text = 204, new(string)
			}
		}}, rule.DeleteStatusCode, rule.DeleteReturnsConfiguration)

	for _, b := range []struct {
		name, fault string
		taken       func(body string) bool
	}{
		{"broken", "takes a body that is no JSON for an empty object", func(string) bool { return true }},
		{"array", "takes an array for an empty object", func(body string) bool { return body == "[]" }},
		{"number", "takes a number for an empty object", func(body string) bool { return body == "10" }},
		{"trailing", "reads the first JSON value of a body and no further", func(body string) bool { return strings.HasSuffix(body, "}}") }},
		{"xml", "takes XML for an empty object", func(body string) bool { return strings.HasPrefix(body, "<") }},
	} {
		hooked("body-"+b.name, b.fault, control.Hooks{Wire: func(w *control.Wire) {
			r := control.ParseRequest(trace.Update, w.Method, w.Path, "", w.Body)
			if w.Method == "PUT" && r.Malformed() && b.taken(w.Body) {
				w.Body = "{}"
			}
		}}, rule.RequestBodyJSON)
	}
	for _, o := range []operation{list, remove} {
		hooked(o.name+"-needs-body", fmt.Sprintf("answers %s without a body with 404", o.says),
			control.Hooks{Wire: func(w *control.Wire) {
				if op, _ := control.OperationOf(w.Method, w.Path); op == o.op && w.Body == "" {
					w.Path = "/"
				}
			}}, rule.GetDeleteListNoBody)
	}
	for _, o := range []struct {
		name, method, fault string
		rule                *rule.Rule
	}{
		{"get-without-uuid", "GET", "answers a request for no mapping in particular with the first one", rule.GetUUIDRequired},
		{"update-without-uuid", "PUT", "takes an Update without a UUID for the first mapping", rule.UpdateUUIDRequired},
		{"delete-without-uuid", "DELETE", "takes a Delete without a UUID for the first mapping", rule.DeleteUUIDRequired},
	} {
		minded(o.name, o.fault, func() control.Hooks {
			first := ""
			return control.Hooks{Answer: func(r *control.Request, a *control.Reply) {
				if succeeded(r, a, trace.Create) && first == "" {
					first = a.Body["UUID"].(string)
				}
			}, Overlook: func(_ *control.Request, heeded *rule.Rule) bool {
				// The first mapping may be busy, and a refusal of any kind is right.
				return heeded == rule.UpdateWhileCreatingInUse || heeded == rule.DeleteWhileUpdatingInUse
			}, Wire: func(w *control.Wire) {
				if w.Method == o.method && w.Path == control.CollectionPath+"/" && w.Query == "" {
					w.Path += first
				}
			}}
		}, o.rule)
	}
}

func init() {
	const gone = "what answers a Delete with 404 counts as gone, and is found in the way later"
	because("delete-elsewhere", gone)
	because("delete-needs-body", gone)
}

// elsewhere adds a mutant that does not answer an operation on some paths.
func elsewhere(name, fault string, op trace.Operation, r *rule.Rule, path func(string) bool) {
	hooked(name, fault, control.Hooks{Wire: func(w *control.Wire) {
		if asked, _ := control.OperationOf(w.Method, w.Path); asked == op && path(w.Path) {
			w.Path = "/"
		}
	}}, r)
}
