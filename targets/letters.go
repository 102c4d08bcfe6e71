package targets

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/trace"
)

// collectionSlash is the collection with the slash that the model of 2020 gives
// it. The SDK, made from today's, leaves it out; both must be answered.
const collectionSlash = control.CollectionPath + "/"

// Letters is the request letter for letter, and its query taken apart unless it
// was given raw. The error says what no request can be.
func (r Request) Letters() (Raw, url.Values, error) {
	if r.Raw != nil {
		if r.Raw.Method == "" || !strings.HasPrefix(r.Raw.Path, "/") {
			return Raw{}, nil, fmt.Errorf("raw request %q %q: want a method and a path that starts with a slash", r.Raw.Method, r.Raw.Path)
		}
		return *r.Raw, nil, nil
	}
	raw, query := Raw{Method: control.Method(r.Operation), Path: collectionSlash}, url.Values{}
	if raw.Method == "" {
		return Raw{}, nil, fmt.Errorf("operation %q: want one of %v", r.Operation, trace.Operations)
	}
	if r.Named() {
		raw.Path += escape(r.UUID)
	}
	for name, value := range r.Query {
		query.Set(name, value)
	}
	// AWS writes a space as %20, and some servers take "+" for a plus.
	raw.Query = strings.ReplaceAll(query.Encode(), "+", "%20")
	body := r.Body
	if body == nil && (r.Operation == trace.Create || r.Operation == trace.Update) {
		body = map[string]any{}
	}
	if body != nil {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(body); err != nil {
			return Raw{}, nil, fmt.Errorf("the body is no JSON: %w", err)
		}
		raw.Body = strings.TrimSuffix(b.String(), "\n")
	}
	return raw, query, nil
}

// Named reports whether the path of the request ends with a UUID.
func (r Request) Named() bool {
	return r.Operation == trace.Get || r.Operation == trace.Update || r.Operation == trace.Delete
}

// escape leaves only the unreserved characters of RFC 3986, as every SDK does
// with a path label.
func escape(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if unreserved(s[i]) {
			b.WriteByte(s[i])
		} else {
			fmt.Fprintf(&b, "%%%02X", s[i])
		}
	}
	return b.String()
}

func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

// PlainUUID reports whether the UUID stands in a path as it is. An empty one does
// not: what an SDK makes of it is another operation.
func (r Request) PlainUUID() bool {
	for i := range len(r.UUID) {
		if !unreserved(r.UUID[i]) {
			return false
		}
	}
	return r.UUID != "" && r.UUID != "." && r.UUID != ".."
}
