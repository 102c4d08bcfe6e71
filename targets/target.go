// Package targets is what the suite needs of an implementation under test, and
// nothing more: calls that leave exchanges, functions and sources to map, and
// a clock.
package targets

import (
	"context"
	"time"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Target is one implementation under test.
type Target interface {
	// Describe fails fast when the target cannot be reached; the error is then
	// an *Unreachable.
	Describe(context.Context) (Description, error)

	// Call makes one control-plane request. An answer of any kind is no error:
	// an error says that there was none, and is an *Unreachable or the context's.
	Call(context.Context, Request) (*trace.Exchange, error)

	// CreateFunction makes a function that a mapping can invoke. An error is an
	// *Unsupported when the target cannot do what is asked.
	CreateFunction(context.Context, FunctionSpec) (Function, error)
	DeleteFunction(context.Context, Function) error

	// CreateSource makes a new, empty source of the kind. Where the target has
	// no way to make one, it returns a well-formed ARN, and Real is false.
	CreateSource(context.Context, control.SourceKind) (Source, error)

	// Put writes one record to a source that is real. A payload that contains
	// FailMarker makes the function fail.
	Put(ctx context.Context, s Source, payload string) error

	// Now and Sleep are the target's clock: real time, or virtual.
	Now() time.Time
	Sleep(context.Context, time.Duration) error

	// Settle is how long a change of state may take before it counts as never.
	Settle() time.Duration

	// Close removes everything that this run created and reports what it could
	// not remove.
	Close(context.Context) error
}

// FailMarker makes the probe function fail on a batch that contains it.
const FailMarker = "esmconform-fail"

// Prefix starts the name of everything that the suite creates.
const Prefix = "esmconform-"

// Description is what a target says of itself.
type Description struct {
	Name         string
	Version      string
	Partition    string
	Region       string
	Account      string
	Capabilities []rule.Capability
}

// Request is a control-plane request. Body and Query hold what the operation
// defines; Raw, when set, is sent as it is instead.
type Request struct {
	Operation trace.Operation
	UUID      string
	Body      map[string]any
	Query     map[string]string
	Raw       *Raw
}

// Raw is a request given letter for letter. It is signed like any other.
type Raw struct {
	Method, Path, Query, Body string
}

// FunctionSpec says what a function needs besides existing.
type FunctionSpec struct {
	Version bool // a published version, "1"
	Alias   bool // an alias, AliasName, on that version
}

// AliasName is the alias that CreateFunction makes.
const AliasName = "live"

// Function is a function that was created.
type Function struct {
	Name, ARN string
	Version   string // empty unless asked for
	Alias     string // empty unless asked for
}

// Source is an event source.
type Source struct {
	Kind control.SourceKind
	ARN  string // empty for self-managed Kafka
	Real bool   // false: a well-formed ARN that names nothing
}

// Unreachable says that the target gave no usable answer at all.
type Unreachable struct {
	What string // what was tried
	Err  error
}

func (e *Unreachable) Error() string { return e.What + ": " + e.Err.Error() }
func (e *Unreachable) Unwrap() error { return e.Err }

// Unsupported says that the target lacks something that a rule needs.
type Unsupported struct {
	Capability rule.Capability
	Err        error
}

func (e *Unsupported) Error() string {
	return "the target does not offer " + string(e.Capability) + ": " + e.Err.Error()
}
func (e *Unsupported) Unwrap() error { return e.Err }
