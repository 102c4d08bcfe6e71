package control

import (
	"github.com/esmconform/esmconform/oracle/rule"
)

// Hooks give a Server a fault. Each is asked where the server is about to do
// what is right, and may make it do something else; the zero value leaves it
// alone. They are called one at a time, by the goroutine that answers.
type Hooks struct {
	// Request may change a request before the server looks at it.
	Request func(*Request)
	// Overlook is told a rule that a request breaks, and says whether the server
	// does not mind.
	Overlook func(r *Request, broken *rule.Rule) bool
	// Refuse may return a reason to refuse a request that breaks no rule.
	Refuse func(*Request) *Refusal
	// Answer may change an answer that is about to be sent.
	Answer func(*Request, *Reply)
}

// Refusal is an error answer.
type Refusal struct{ Code, Message string }

// Reply is an answer before it is written.
type Reply struct {
	Status int
	Code   string         // of an error; "" for a success
	Body   map[string]any // JSON
}
