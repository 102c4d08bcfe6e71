package control

import (
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// The documented error codes.
const (
	InvalidParameterValue = "InvalidParameterValueException"
	ResourceConflict      = "ResourceConflictException"
	ResourceInUse         = "ResourceInUseException"
	ResourceNotFound      = "ResourceNotFoundException"
	ServiceFailure        = "ServiceException"
	TooManyRequests       = "TooManyRequestsException"
	// ValidationException is in no model of the API, but AWS answers with it.
	ValidationException = "ValidationException"
)

// documentedError is what the documentation fixes about an error code.
type documentedError struct {
	status  int
	body    *rule.Rule
	message errorKeys // how its body spells "message"
	byOp    map[trace.Operation]*rule.Rule
}

var documentedErrors = map[string]*documentedError{
	InvalidParameterValue: {400, rule.ErrBodyInvalidparametervalue, keyMessageLower, map[trace.Operation]*rule.Rule{
		trace.Create: rule.ErrCreateInvalidparametervalue, trace.List: rule.ErrListInvalidparametervalue,
		trace.Get: rule.ErrGetInvalidparametervalue, trace.Update: rule.ErrUpdateInvalidparametervalue,
		trace.Delete: rule.ErrDeleteInvalidparametervalue}},
	ResourceConflict: {409, rule.ErrBodyResourceconflict, keyMessageLower, map[trace.Operation]*rule.Rule{
		trace.Create: rule.ErrCreateResourceconflict, trace.Update: rule.ErrUpdateResourceconflict,
		trace.Delete: rule.ErrDeleteResourceconflict}},
	ResourceInUse: {400, rule.ErrBodyResourceinuse, keyMessageUpper, map[trace.Operation]*rule.Rule{
		trace.Update: rule.ErrUpdateResourceinuse, trace.Delete: rule.ErrDeleteResourceinuse}},
	ResourceNotFound: {404, rule.ErrBodyResourcenotfound, keyMessageUpper, map[trace.Operation]*rule.Rule{
		trace.Create: rule.ErrCreateResourcenotfound, trace.List: rule.ErrListResourcenotfound,
		trace.Get: rule.ErrGetResourcenotfound, trace.Update: rule.ErrUpdateResourcenotfound,
		trace.Delete: rule.ErrDeleteResourcenotfound}},
	ServiceFailure: {500, rule.ErrBodyService, keyMessageUpper, serviceRules},
	TooManyRequests: {429, rule.ErrBodyToomanyrequests, keyMessageLower, map[trace.Operation]*rule.Rule{
		trace.Create: rule.ErrCreateToomanyrequests, trace.List: rule.ErrListToomanyrequests,
		trace.Get: rule.ErrGetToomanyrequests, trace.Update: rule.ErrUpdateToomanyrequests,
		trace.Delete: rule.ErrDeleteToomanyrequests}},
}

var serviceRules = map[trace.Operation]*rule.Rule{
	trace.Create: rule.ErrCreateService, trace.List: rule.ErrListService, trace.Get: rule.ErrGetService,
	trace.Update: rule.ErrUpdateService, trace.Delete: rule.ErrDeleteService,
}

// ServiceRule is the rule that an operation breaks by a 5xx, or by no answer.
func ServiceRule(op trace.Operation) *rule.Rule { return serviceRules[op] }

// matches reports whether an answer is one of the errors. An answer without
// any error code is taken by its status: what is missing is a finding of its own.
func (e errs) matches(a *Answer) bool {
	if e&any4xx != 0 && a.Status >= 400 && a.Status <= 499 {
		return true
	}
	code := a.Code
	switch a.Status {
	case 400:
		switch code {
		case InvalidParameterValue, ValidationException, "SerializationException", "InvalidRequestContentException":
			return e&badParameter != 0
		case ResourceInUse:
			return e&inUse != 0
		case "":
			return e&(badParameter|inUse) != 0
		}
	case 404:
		return e&notFound != 0 && (code == ResourceNotFound || code == "")
	case 409:
		return e&conflict != 0 && (code == ResourceConflict || code == "")
	}
	return false
}

// code is the error that the server answers with.
func (e errs) code() string {
	switch {
	case e&conflict != 0:
		return ResourceConflict
	case e&inUse != 0:
		return ResourceInUse
	case e&badParameter != 0 || e&any4xx != 0:
		return InvalidParameterValue
	}
	return ResourceNotFound
}

// String names the errors for a reader.
func (e errs) String() string {
	if e&any4xx != 0 {
		return "a 4xx error"
	}
	s := ""
	for _, x := range []struct {
		bit  errs
		name string
	}{{badParameter, "400 InvalidParameterValueException"}, {notFound, "404 ResourceNotFoundException"},
		{conflict, "409 ResourceConflictException"}, {inUse, "400 ResourceInUseException"}} {
		if e&x.bit != 0 {
			if s != "" {
				s += " or "
			}
			s += x.name
		}
	}
	return s
}
