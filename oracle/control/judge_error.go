package control

import (
	"fmt"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Refusals, and the errors that they are given with.

// failure judges a refusal.
func (j *Judge) failure(x *Exchange, f *faults) {
	fault, hard := j.firstHard(f)
	matched := false
	for i := range f.all() {
		if f.list[i].errs.matches(&x.Answer) {
			matched = true
			if f.list[i].soft {
				j.touch(f.list[i].rule)
			}
		}
	}
	// Of several broken rules a refusal decides the one asked about, if any.
	if matched && (hard == 1 || fault != nil && fault.rule == j.about) {
		j.touch(fault.rule)
	}
	if x.Op == trace.Update {
		if b := j.mappings[x.UUID]; b != nil {
			b.refuse(x)
		}
	}
	if x.Op == trace.Create {
		if arn, ok := j.World.resolve(j.Profile, x.Request.V[FunctionName].Str); ok {
			j.refused[refusedCreate{x.Request.V[EventSourceArn].Str, arn}] = true
		}
	}
	switch {
	case !matched && fault == nil:
		j.rejected(x, f)
		return
	case !matched:
		j.wrongError(x, fault)
		return
	}
	j.checkError(x)
	// An Update may be answered with 404 for its function.
	if x.Status == 404 && x.operationIs(trace.Get, trace.Delete) {
		j.goneFor(x)
	}
}

// rejected reports the refusal of a request that breaks no rule.
func (j *Judge) rejected(x *Exchange, f *faults) {
	if j.refusedOddly(x, f) {
		return
	}
	r := j.about
	if !j.accept || r == nil {
		r = defaultAccept(x)
	}
	if b := j.mappings[x.UUID]; b != nil {
		switch {
		case x.Status == 404 && b.functionDeleted:
			r = rule.DeleteFunctionKeepsMappings
		case b.dying != 0 && x.Op == trace.Get:
			r = rule.GetAfterDelete404
		}
	}
	class := "rejected"
	if x.Code != "" {
		class = "rejected with " + x.Code
	}
	if x.Status >= 300 && x.Status <= 399 {
		class = "redirected"
	}
	j.report(r, class, fmt.Sprintf("accepted with status %d", successStatus[x.Op].Int(j.Profile)), answerText(x))
	if x.Status == 404 && x.operationIs(trace.Get, trace.Delete) {
		j.goneFor(x)
	}
}

// refusedOddly reports the refusal of a request that may be refused, though not
// so: with the status of another error, or with another error than the rule
// behind it names.
func (j *Judge) refusedOddly(x *Exchange, f *faults) bool {
	if x.Status < 400 {
		return false
	}
	d := documentedErrors[x.Code]
	for i := range f.all() {
		one := &f.list[i]
		switch {
		case d != nil && d.byOp[x.Op] != nil && one.errs.matches(&Answer{Status: d.status, Code: x.Code}):
			j.report(d.byOp[x.Op], "status", fmt.Sprintf("status %d with %s", d.status, x.Code), answerText(x))
			if x.Code == ResourceNotFound {
				j.goneFor(x)
			}
			return true
		case one.rule != nil:
			j.report(one.rule, "wrong error", "when refused, "+one.errs.String(), answerText(x))
			return true
		}
	}
	return false
}

// defaultAccept is the rule that a refusal of a plain valid request breaks.
func defaultAccept(x *Exchange) *rule.Rule {
	if x.Op == trace.Create {
		if k := kindOfRequest(&x.Request); k != NoSource {
			return acceptRules[k]
		}
	}
	return map[trace.Operation]*rule.Rule{trace.Create: rule.CreateReturnsConfiguration, trace.Get: rule.GetReturnsConfiguration,
		trace.List: rule.ListNoFilter, trace.Update: rule.UpdateMembers, trace.Delete: rule.DeleteReturnsConfiguration}[x.Op]
}

// acceptRules are the rules that say that a kind can be mapped at all.
var acceptRules = [numKinds]*rule.Rule{
	KinesisStream: rule.CreateARNKinesisStream, KinesisConsumer: rule.CreateARNKinesisConsumer,
	DynamoDBStream: rule.CreateARNDynamoDBStream, SQSQueue: rule.SQSStandardSupported, SQSFIFOQueue: rule.SQSFIFOSupported,
	MSKCluster: rule.CreateARNMSKCluster, SelfManagedKafka: rule.CreateSupportedServices, MQBroker: rule.CreateARNMQBroker,
	DocumentDBCluster: rule.CreateARNDocumentDB,
}

// AcceptRule is the rule that says that a source of the kind can be mapped.
func AcceptRule(k SourceKind) *rule.Rule { return acceptRules[k] }

// wrongError reports a refusal with an error that no broken rule allows.
func (j *Judge) wrongError(x *Exchange, f *fault) {
	r, class := f.rule, "wrong error"
	if d := documentedErrors[x.Code]; d != nil && d.status != x.Status && d.byOp[x.Op] != nil {
		r, class = d.byOp[x.Op], "status"
	} else if f.errs&badParameter != 0 && f.errs&(conflict|notFound) == 0 && j.about != f.rule {
		r = documentedErrors[InvalidParameterValue].byOp[x.Op]
	} else if f.errs == badParameter {
		r = documentedErrors[InvalidParameterValue].byOp[x.Op]
	}
	j.report(r, class, f.errs.String(), answerText(x))
}

// checkError judges the form of an error that is right in itself.
func (j *Judge) checkError(x *Exchange) {
	a := &x.Answer
	j.touch(rule.ErrTypeInHeader)
	switch {
	case a.Code == "":
		j.report(rule.ErrTypeInHeader, "no error code", "the error code in X-Amzn-ErrorType", "none in the header or the body")
		return
	case !a.inHeader:
		j.report(rule.ErrTypeInHeader, "not in the header", "the error code in X-Amzn-ErrorType", a.Code+" in the body only")
	}
	d := documentedErrors[a.Code]
	if d == nil {
		return
	}
	j.touch(d.byOp[x.Op])
	j.touch(d.body)
	if r := d.byOp[x.Op]; r != nil && a.Status != d.status {
		j.report(r, "status", fmt.Sprintf("status %d with %s", d.status, a.Code), answerText(x))
	}
	if want := keyType | d.message; a.keys&want != want {
		names := map[errorKeys]string{keyMessageLower: "message", keyMessageUpper: "Message"}
		j.report(d.body, "members", "the members Type and "+names[d.message], "a body with "+keysText(a.keys))
	}
}

func keysText(k errorKeys) string {
	var names []string
	for _, x := range []struct {
		bit  errorKeys
		name string
	}{{keyType, "Type"}, {keyMessageLower, "message"}, {keyMessageUpper, "Message"}} {
		if k&x.bit != 0 {
			names = append(names, x.name)
		}
	}
	if len(names) == 0 {
		return "neither of them"
	}
	if len(names) == 1 {
		return "only " + names[0]
	}
	return fmt.Sprint(names)
}

func answerText(x *Exchange) string {
	s := fmt.Sprintf("%d", x.Status)
	if x.Code != "" {
		s += " " + x.Code
	}
	if x.Message != "" {
		s += fmt.Sprintf(" %q", x.Message)
	}
	return s
}
