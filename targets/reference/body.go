package reference

import (
	"errors"
	"fmt"
	"io"
	"net/http"
)

// MaxBody is the longest request body that is read, in bytes. The longest
// honest one deploys a probe of a few kilobytes.
const MaxBody = 1 << 20

// readBody reads a request's body. The fault is a 413 when it is longer than
// MaxBody, and a 400 when the connection broke.
func readBody(r *http.Request) (string, *fault) {
	if r.Body == nil {
		return "", nil
	}
	b, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, MaxBody))
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		return "", &fault{http.StatusRequestEntityTooLarge, "RequestTooLargeException",
			fmt.Sprintf("the request body is longer than %d bytes; send a shorter one", MaxBody)}
	case err != nil:
		return "", badRequest("SerializationException", "the request body could not be read: %s", err)
	}
	return string(b), nil
}
