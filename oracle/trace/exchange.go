// Package trace holds what was done to a target and what was seen of it, as
// plain data with a JSON form.
package trace

import "time"

// Operation is one of the five event source mapping operations, by its API name.
type Operation string

// The operations.
const (
	Create Operation = "CreateEventSourceMapping"
	Get    Operation = "GetEventSourceMapping"
	List   Operation = "ListEventSourceMappings"
	Update Operation = "UpdateEventSourceMapping"
	Delete Operation = "DeleteEventSourceMapping"
)

// Operations lists the five.
var Operations = []Operation{Create, Get, List, Update, Delete}

// Exchange is one control-plane request and its answer as on the wire. Bodies
// are kept as bytes, because an absent member and a null one differ there and
// a malformed one has no other form.
type Exchange struct {
	Operation Operation         `json:"operation"`
	Method    string            `json:"method"`
	Path      string            `json:"path"`            // escaped, without the query
	Query     string            `json:"query,omitempty"` // raw, without "?"
	Request   string            `json:"request,omitempty"`
	Status    int               `json:"status"`
	Header    map[string]string `json:"header,omitempty"` // lower-case names; credentials never
	Response  string            `json:"response,omitempty"`
	Start     time.Time         `json:"start"`
	End       time.Time         `json:"end"`
}
