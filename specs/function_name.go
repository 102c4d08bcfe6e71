package specs

import (
	"strings"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/targets"
)

// The forms of FunctionName, and its length.

// form tries one form of the function's name in Create, Update and List.
func form(write func(e *Env, f targets.Function) string) func(*Env) {
	return func(e *Env) {
		name := write(e, e.Function())
		m := e.Accepts(Fields{"FunctionName": name})
		if m == nil {
			return
		}
		e.Settle(m)
		e.AcceptsUpdate(m, Fields{"FunctionName": name})
		done := e.about(true)
		e.List(Fields{"FunctionName": name})
		done()
	}
}

func partialARN(e *Env, f targets.Function) string {
	parts := strings.SplitN(f.ARN, ":", 6)
	return parts[4] + ":" + parts[5]
}

var (
	_ = Verify(rule.FnFormName, anyKind, form(func(_ *Env, f targets.Function) string { return f.Name }))
	_ = Verify(rule.FnFormFullARN, anyKind, form(func(_ *Env, f targets.Function) string { return f.ARN }))
	_ = Verify(rule.FnFormPartialARN, anyKind, form(partialARN))
)

var _ = Verify(rule.FnFormQualifiedARN, anyKind, func(e *Env) {
	f := e.QualifiedFunction()
	e.Accepts(Fields{"FunctionName": f.ARN + ":" + f.Version})
	e.Accepts(Fields{"FunctionName": f.ARN + ":" + f.Alias})
})

var _ = Verify(rule.FnFormNameWithQualifier, anyKind, func(e *Env) {
	f := e.QualifiedFunction()
	e.Accepts(Fields{"FunctionName": f.Name + ":" + f.Alias})
})

var _ = Verify(rule.FnLatestQualifier, anyKind, func(e *Env) {
	e.Accepts(Fields{"FunctionName": e.Function().ARN + ":$LATEST"})
	e.Accepts(Fields{"FunctionName": e.Function().Name + ":$LATEST"})
})

var _ = Verify(rule.FnBareNameMax64, anyKind, func(e *Env) {
	e.Refuses(Fields{"FunctionName": strings.Repeat("f", 65)})
})

var _ = Verify(rule.FnMinLength, anyKind, func(e *Env) {
	e.Refuses(Fields{"FunctionName": ""})
})

var _ = Verify(rule.FnMaxLength, anyKind, func(e *Env) {
	arn := e.Function().ARN + ":"
	n := int(rule.FnMaxLength.Int(e.Profile))
	e.Refuses(Fields{"FunctionName": arn + strings.Repeat("q", n+1-len(arn))})
	e.RefusesList(Fields{"FunctionName": arn + strings.Repeat("q", n+1-len(arn))})
})

var _ = Verify(rule.FnPattern, anyKind, func(e *Env) {
	name := e.Function().Name
	for _, bad := range []string{name + " x", "a/b", name + ":a:b", "arn:aws:lambda:us-east-1:12345:function:" + name, name + ":", "é"} {
		e.Refuses(Fields{"FunctionName": bad})
	}
})

var _ = Verify(rule.FnLatestPublishedQualifier, anyKind, func(e *Env) {
	e.Refuses(Fields{"FunctionName": e.Function().Name + ":$LATEST.PUBLISHED"})
})

var _ = Verify(rule.FnNotFound, anyKind, func(e *Env) {
	e.Refuses(Fields{"FunctionName": targets.Prefix + "no-such-function"})
	m := e.Create()
	e.Settle(m)
	e.RefusesUpdate(m, Fields{"FunctionName": targets.Prefix + "no-such-function"})
})
