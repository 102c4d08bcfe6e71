package specs

import (
	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets"
)

// How the operations are bound to HTTP: methods, paths, bodies.

// wrongMethod tries the operation's path with a method that no operation has.
func wrongMethod(op trace.Operation) func(*Env) {
	return func(e *Env) {
		r := targets.Raw{Method: "PATCH", Path: control.CollectionPath + "/"}
		switch op {
		case trace.Create:
			r.Body = control.JSON(e.Minimal())
		case trace.Get, trace.Update, trace.Delete:
			m := e.Create()
			e.Settle(m)
			r.Path = itemPath(m.UUID)
			if op == trace.Update {
				r.Body = `{"BatchSize":2}`
			}
		}
		e.RefusesRaw(op, r)
	}
}

var (
	_ = Verify(rule.CreateHTTPMethod, anyKind, wrongMethod(trace.Create))
	_ = Verify(rule.ListHTTPMethod, anyKind, wrongMethod(trace.List))
	_ = Verify(rule.GetHTTPMethod, anyKind, wrongMethod(trace.Get))
	_ = Verify(rule.UpdateHTTPMethod, anyKind, wrongMethod(trace.Update))
	_ = Verify(rule.DeleteHTTPMethod, anyKind, wrongMethod(trace.Delete))
)

// A slash at the end of the collection path is optional: the model of 2020 has
// it and today's has not.

var _ = Verify(rule.CreateURI, anyKind, func(e *Env) {
	for _, slash := range []string{"", "/"} {
		e.AcceptsRaw(trace.Create, targets.Raw{Method: "POST", Path: control.CollectionPath + slash, Body: control.JSON(e.Minimal())})
	}
})

var _ = Verify(rule.ListURI, anyKind, func(e *Env) {
	for _, slash := range []string{"", "/"} {
		e.AcceptsRaw(trace.List, targets.Raw{Method: "GET", Path: control.CollectionPath + slash, Query: "MaxItems=1"})
	}
})

var _ = Verify(rule.GetURI, anyKind, func(e *Env) {
	m := e.Create()
	e.AcceptsRaw(trace.Get, targets.Raw{Method: "GET", Path: itemPath(m.UUID)})
})

var _ = Verify(rule.UpdateURI, anyKind, func(e *Env) {
	m := e.Create()
	e.Settle(m)
	e.AcceptsRaw(trace.Update, targets.Raw{Method: "PUT", Path: itemPath(m.UUID), Body: `{"BatchSize":3}`})
})

var _ = Verify(rule.DeleteURI, anyKind, func(e *Env) {
	m := e.Create()
	e.Settle(m)
	e.AcceptsRaw(trace.Delete, targets.Raw{Method: "DELETE", Path: itemPath(m.UUID)})
})

// malformed are bodies that are no JSON object.
var malformed = []string{`{`, `{"FunctionName":`, `[]`, `[{"FunctionName":"f"}]`, `10`, `"text"`, `{"BatchSize":1}}`, `<xml/>`}

var _ = Verify(rule.RequestBodyJSON, anyKind, func(e *Env) {
	for _, body := range malformed {
		e.RefusesRaw(trace.Create, targets.Raw{Method: "POST", Path: control.CollectionPath, Body: body})
	}
	m := e.Create()
	e.Settle(m)
	for _, body := range malformed {
		e.RefusesRaw(trace.Update, targets.Raw{Method: "PUT", Path: itemPath(m.UUID), Body: body})
	}
})

var _ = Verify(rule.GetDeleteListNoBody, anyKind, func(e *Env) {
	m := e.Create()
	e.Settle(m)
	e.AcceptsRaw(trace.Get, targets.Raw{Method: "GET", Path: itemPath(m.UUID)})
	e.AcceptsRaw(trace.List, targets.Raw{Method: "GET", Path: control.CollectionPath})
	e.AcceptsRaw(trace.Delete, targets.Raw{Method: "DELETE", Path: itemPath(m.UUID)})
})

var _ = Verify(rule.GetUUIDRequired, anyKind, func(e *Env) {
	// Get without a UUID is List on the wire, and must be answered as List.
	e.Create()
	defer e.about(false)()
	e.Raw(trace.List, targets.Raw{Method: "GET", Path: control.CollectionPath + "/"})
})

var _ = Verify(rule.UpdateUUIDRequired, anyKind, func(e *Env) {
	e.RefusesRaw(trace.Update, targets.Raw{Method: "PUT", Path: control.CollectionPath + "/", Body: `{"BatchSize":2}`})
})

var _ = Verify(rule.DeleteUUIDRequired, anyKind, func(e *Env) {
	e.RefusesRaw(trace.Delete, targets.Raw{Method: "DELETE", Path: control.CollectionPath + "/"})
})

var _ = Verify(rule.TimestampsEpochSeconds, kinesis, func(e *Env) {
	e.Accepts(Fields{"StartingPosition": "AT_TIMESTAMP", "StartingPositionTimestamp": 1541139209.351})
	e.Accepts(Fields{"StartingPosition": "AT_TIMESTAMP", "StartingPositionTimestamp": 1541139209})
})
