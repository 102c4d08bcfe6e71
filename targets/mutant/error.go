package mutant

import (
	"fmt"
	"strings"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Errors: which one, with what status, in what form.

// refuse makes an error of a reply, in the form that the code asks for.
func refuse(a *control.Reply, status int, code string) {
	key := "Message"
	if code == control.InvalidParameterValue || code == control.ResourceConflict {
		key = "message"
	}
	*a = control.Reply{Status: status, Code: code, Body: map[string]any{"Type": "User", key: "No."}}
}

// errs adds a mutant that changes the errors of that code, in the answers to an
// operation or, where that is empty, to all.
func errs(name, fault string, op trace.Operation, code string, change func(*control.Request, *control.Reply), breaks ...*rule.Rule) {
	hooked(name, fault, control.Hooks{Answer: func(r *control.Request, a *control.Reply) {
		if a.Code == code && (op == "" || r.Op == op) && r.Op != "" {
			change(r, a)
		}
	}}, breaks...)
}

// documented are the errors of each operation, with a rule that asks for one in
// words where there is such a rule.
var documented = []struct {
	operation
	code  string
	right int        // its status
	form  *rule.Rule // that this is the code and the status
	when  *rule.Rule // that a request gets it; nil when several do
}{
	{create, control.InvalidParameterValue, 400, rule.ErrCreateInvalidparametervalue, nil},
	{list, control.InvalidParameterValue, 400, rule.ErrListInvalidparametervalue, nil},
	{update, control.InvalidParameterValue, 400, rule.ErrUpdateInvalidparametervalue, nil},
	{create, control.ResourceConflict, 409, rule.ErrCreateResourceconflict, rule.CreateDuplicateConflict},
	{get, control.ResourceNotFound, 404, rule.ErrGetResourcenotfound, rule.GetUnknown404},
	{update, control.ResourceNotFound, 404, rule.ErrUpdateResourcenotfound, rule.ErrUpdateResourcenotfound},
	{remove, control.ResourceNotFound, 404, rule.ErrDeleteResourcenotfound, rule.DeleteUnknown404},
	{update, control.ResourceInUse, 400, rule.ErrUpdateResourceinuse, rule.UpdateWhileCreatingInUse},
	{remove, control.ResourceInUse, 400, rule.ErrDeleteResourceinuse, rule.DeleteWhileUpdatingInUse},
}

// wrongErrors are answered in place of the right one.
var wrongErrors = []struct {
	status int
	code   string
}{
	{400, control.InvalidParameterValue}, {400, "BadRequestException"}, {403, "AccessDeniedException"},
	{404, control.ResourceNotFound}, {409, "AlreadyExistsException"}, {410, "GoneException"},
}

// errorBodies are the bodies of errors, by how their code spells message.
var errorBodies = []struct {
	code, key, other string
	rule             *rule.Rule
}{
	{control.InvalidParameterValue, "message", "Message", rule.ErrBodyInvalidparametervalue},
	{control.ResourceConflict, "message", "Message", rule.ErrBodyResourceconflict},
	{control.ResourceNotFound, "Message", "message", rule.ErrBodyResourcenotfound},
	{control.ResourceInUse, "Message", "message", rule.ErrBodyResourceinuse},
}

// strange are the members whose odd values make many a program fail.
var strange = []control.Member{control.BatchSize, control.Enabled, control.DestinationConfig, control.MaximumRecordAgeInSeconds}

func init() {
	for _, d := range documented {
		key := strings.TrimSuffix(kebab(d.code), "-exception")
		for _, status := range []int{400, 404, 409, 422} {
			if status == d.right {
				continue
			}
			errs(fmt.Sprintf("%s-%s-with-%d", d.name, key, status), fmt.Sprintf("answers %s with %s and status %d", d.says, d.code, status), d.op, d.code,
				func(_ *control.Request, a *control.Reply) { a.Status = status }, d.form)
		}
		r := d.when
		if r == nil {
			r = d.form
		}
		for _, v := range wrongErrors {
			// An Update of an unknown mapping may be told first what else is wrong with it.
			if v.code == d.code || d.op == trace.Update && d.code == control.ResourceNotFound && v.code == control.InvalidParameterValue {
				continue
			}
			errs(fmt.Sprintf("%s-%s-as-%s", d.name, key, kebab(strings.TrimSuffix(v.code, "Exception"))), fmt.Sprintf("answers %s with %s for %s", d.says, v.code, d.code), d.op, d.code,
				func(_ *control.Request, a *control.Reply) { refuse(a, v.status, v.code) }, r)
		}
	}
	// What is not there is taken for something.
	for _, o := range []struct {
		operation
		rule *rule.Rule
	}{{get, rule.GetUnknown404}, {update, rule.ErrUpdateResourcenotfound}, {remove, rule.DeleteUnknown404}} {
		status := int(o.status.Int(rule.Today))
		for _, v := range []struct {
			name, fault string
			body        configuration
		}{{"empty", "an empty object", configuration{}}, {"null", "null", nil}, {"deleting", "a mapping in State Deleting", configuration{"State": control.Deleting}}} {
			errs(o.name+"-unknown-is-"+v.name, fmt.Sprintf("answers %s of a mapping that is not there with %s", o.says, v.fault), o.op, control.ResourceNotFound,
				func(_ *control.Request, a *control.Reply) { *a = control.Reply{Status: status, Body: v.body} }, o.rule)
		}
	}
	for _, name := range []string{"bad-request", "access-denied", "already-exists", "gone"} {
		because("create-invalid-parameter-value-as-"+name, "a function that is not there is refused with the same error")
	}
	for _, name := range []string{"with-404", "as-resource-not-found"} {
		because("delete-resource-in-use-"+name, "what answers a Delete with 404 counts as gone, and is found in the way later")
	}
	for _, v := range []struct {
		status int
		code   string
	}{{403, "AccessDeniedException"}, {409, control.ResourceConflict}, {410, "GoneException"}} {
		hooked(fmt.Sprintf("create-unknown-function-%d", v.status), fmt.Sprintf("answers a Create for a function that is not there with %d", v.status),
			control.Hooks{Answer: func(r *control.Request, a *control.Reply) {
				if r.Op == trace.Create && strings.Contains(r.V[control.FunctionName].Str, "no-such") {
					refuse(a, v.status, v.code)
				}
			}}, rule.FnNotFound)
		hooked(fmt.Sprintf("list-unknown-function-%d", v.status), fmt.Sprintf("answers a List of a function that is not there with %d", v.status),
			control.Hooks{Answer: func(r *control.Request, a *control.Reply) {
				if r.Op == trace.List && strings.Contains(r.Query[control.QueryFunction].Str, "no-such") {
					refuse(a, v.status, v.code)
				}
			}}, rule.ListUnknownFunction)
	}

	// The form of an error.
	for _, b := range errorBodies {
		key := strings.TrimSuffix(kebab(b.code), "-exception")
		errs(key+"-spells-message", fmt.Sprintf("spells %s in %s as %s", b.key, b.code, b.other), "", b.code, func(_ *control.Request, a *control.Reply) {
			a.Body[b.other] = a.Body[b.key]
			delete(a.Body, b.key)
		}, b.rule)
		errs(key+"-no-message", "leaves the text out of "+b.code, "", b.code, func(_ *control.Request, a *control.Reply) { delete(a.Body, b.key) }, b.rule)
		errs(key+"-no-type", "leaves Type out of "+b.code, "", b.code, func(_ *control.Request, a *control.Reply) { delete(a.Body, "Type") }, b.rule)
		errs(key+"-type-lower", "spells Type in "+b.code+" with a small letter", "", b.code, func(_ *control.Request, a *control.Reply) {
			a.Body["type"] = a.Body["Type"]
			delete(a.Body, "Type")
		}, b.rule)
		errs(key+"-wrapped", "wraps "+b.code+" in a member error", "", b.code, func(_ *control.Request, a *control.Reply) {
			a.Body = configuration{"error": a.Body}
		}, b.rule)
		errs(key+"-empty", "answers with "+b.code+" and no body", "", b.code, func(_ *control.Request, a *control.Reply) { a.Text = new(string) }, b.rule)
		html := "<html><body>" + b.code + "</body></html>"
		errs(key+"-html", "answers with "+b.code+" and a page of HTML", "", b.code, func(_ *control.Request, a *control.Reply) { a.Text = &html }, b.rule)
	}
	for i, member := range []string{"__type", "code", "Code"} {
		hooked("error-code-in-"+[]string{"type", "code", "capital-code"}[i], "names the error in the member "+member+" and not in the header",
			control.Hooks{Answer: func(r *control.Request, a *control.Reply) {
				if a.Code != "" && r.Op != "" {
					a.Body[member], a.Code = a.Code, ""
				}
			}}, rule.ErrTypeInHeader)
	}
	hooked("error-code-nowhere", "names an error by its status only", control.Hooks{Answer: func(_ *control.Request, a *control.Reply) { a.Code = "" }}, rule.ErrTypeInHeader)

	// Failing where it should refuse.
	fails := func(name, fault string, r *rule.Rule, when func(*control.Request, *control.Reply) bool) {
		// It fails before it has done anything.
		early := func(r *control.Request) *control.Refusal {
			if when(r, &control.Reply{}) {
				return &control.Refusal{Code: control.ServiceFailure, Message: "Service failure."}
			}
			return nil
		}
		hooked(name, fault, control.Hooks{Refuse: early, Answer: func(r *control.Request, a *control.Reply) {
			if when(r, a) {
				refuse(a, 500, control.ServiceFailure)
			}
		}}, r)
		hooked(name+"-502", strings.Replace(fault, "500", "502 and no JSON", 1), control.Hooks{Refuse: early, Answer: func(r *control.Request, a *control.Reply) {
			if when(r, a) {
				text := "Bad Gateway"
				*a = control.Reply{Status: 502, Text: &text}
			}
		}}, r)
	}
	for _, o := range []struct {
		operation
		service *rule.Rule
	}{{create, rule.ErrCreateService}, {update, rule.ErrUpdateService}} {
		for _, m := range strange {
			fails(fmt.Sprintf("%s-fails-at-%s", o.name, kebab(m.String())), fmt.Sprintf("answers %s with 500 when %s has the wrong type", o.says, m), o.service,
				func(r *control.Request, a *control.Reply) bool {
					k := r.V[m].Kind
					return r.Op == o.op && (k == control.String || m == control.MaximumRecordAgeInSeconds && k == control.Bool)
				})
		}
		fails(o.name+"-fails-at-unknown-member", fmt.Sprintf("answers %s with 500 when it does not know a member", o.says), o.service,
			func(r *control.Request, _ *control.Reply) bool { return r.Op == o.op && len(r.Other) > 0 })
		fails(o.name+"-fails-at-bad-value", fmt.Sprintf("answers %s with 500 for a BatchSize that is too large", o.says), o.service,
			func(r *control.Request, a *control.Reply) bool {
				return r.Op == o.op && a.Code != "" && r.V[control.BatchSize].Int > 10000
			})
		fails(o.name+"-fails-at-null", fmt.Sprintf("answers %s with 500 when BatchSize is null", o.says), o.service,
			func(r *control.Request, _ *control.Reply) bool {
				return r.Op == o.op && r.V[control.BatchSize].Kind == control.Null
			})
	}
	for _, o := range []struct {
		operation
		service *rule.Rule
	}{{get, rule.ErrGetService}, {remove, rule.ErrDeleteService}} {
		fails(o.name+"-fails-at-unknown", fmt.Sprintf("answers %s with 500 for an unknown UUID", o.says), o.service,
			func(r *control.Request, a *control.Reply) bool {
				return r.Op == o.op && a.Status == 404 && len(r.UUID) == 36
			})
		fails(o.name+"-fails-at-malformed", fmt.Sprintf("answers %s with 500 for what is no UUID", o.says), o.service,
			func(r *control.Request, _ *control.Reply) bool { return r.Op == o.op && len(r.UUID) != 36 })
	}
	fails("list-fails-at-max-items", "answers a List with 500 when MaxItems is no number", rule.ErrListService,
		func(r *control.Request, _ *control.Reply) bool {
			return r.Op == trace.List && r.Query[control.QueryMaxItems].Str == "x"
		})
	fails("list-fails-at-negative", "answers a List with 500 when MaxItems is negative", rule.ErrListService,
		func(r *control.Request, _ *control.Reply) bool {
			return r.Op == trace.List && r.Query[control.QueryMaxItems].Str == "-1"
		})
	fails("list-fails-at-marker", "answers a List with 500 for a marker that is not its own", rule.ErrListService,
		func(r *control.Request, a *control.Reply) bool {
			return r.Op == trace.List && a.Code != "" && r.Query[control.QueryMarker].Str != ""
		})
	fails("list-fails-at-function", "answers a List with 500 for a FunctionName that can be none", rule.ErrListService,
		func(r *control.Request, _ *control.Reply) bool {
			return r.Op == trace.List && strings.Contains(r.Query[control.QueryFunction].Str, " ")
		})
}
