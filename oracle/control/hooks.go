package control

import (
	"github.com/esmconform/esmconform/oracle/rule"
)

// Hooks give a Server a fault. Each is asked where the server is about to do
// what is right, and may make it do something else; the zero value leaves it
// alone. They are called one at a time, by the goroutine that answers.
type Hooks struct {
	// Wire may change a request before it is read.
	Wire func(*Wire)
	// Request may change a request before the server looks at it.
	Request func(*Request)
	// Overlook is told a rule that the server is about to heed, mostly one that a
	// request breaks, and says whether it does not mind. The request is empty
	// where none is behind it, but for the function that is being deleted.
	Overlook func(r *Request, heeded *rule.Rule) bool
	// Refuse may return a reason to refuse a request that breaks no rule.
	Refuse func(*Request) *Refusal
	// Answer may change an answer that is about to be sent.
	Answer func(*Request, *Reply)
}

// Wire is a request as it arrived: the path escaped, the query raw.
type Wire struct{ Method, Path, Query, Body string }

// The places of the query members in a Request.
const (
	QuerySource   = qSource
	QueryFunction = qFunction
	QueryMarker   = qMarker
	QueryMaxItems = qMaxItems
)

// Refusal is an error answer.
type Refusal struct{ Code, Message string }

// Reply is an answer before it is written.
type Reply struct {
	Status int
	Code   string         // of an error; "" for a success
	Body   map[string]any // JSON
	Text   *string        // sent in place of Body, unless nil
}

// Malformed reports whether the body is no JSON object.
func (r *Request) Malformed() bool { return r.body == bodyOther || r.body == bodyBroken }
