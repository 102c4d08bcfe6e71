package reference

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const jsonType = "application/json"

// answer is a response before it is written: nothing reaches the client until
// all of it is there.
type answer struct {
	status      int
	contentType string
	errorType   string            // X-Amzn-ErrorType, if any
	header      map[string]string // whatever else the service sends
	body        string
}

func (a answer) write(w http.ResponseWriter, id string, now time.Time) {
	h := w.Header()
	for name, value := range a.header {
		h.Set(name, value)
	}
	h.Set("x-amzn-RequestId", id)
	h.Set("Date", now.UTC().Format(http.TimeFormat))
	if a.errorType != "" {
		h.Set("X-Amzn-ErrorType", a.errorType)
	}
	if a.status == http.StatusNoContent {
		w.WriteHeader(a.status)
		return
	}
	h.Set("Content-Type", a.contentType)
	h.Set("Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(a.status)
	// A client that has gone is no fault of ours, and there is nobody to tell.
	_, _ = io.WriteString(w, a.body)
}

// fault is an error of a service, by its documented name.
type fault struct {
	status  int
	code    string
	message string
}

// badRequest is a fault with status 400, as most are.
func badRequest(code, format string, args ...any) *fault {
	return &fault{http.StatusBadRequest, code, fmt.Sprintf(format, args...)}
}

// lowerMessage lists the errors of Lambda whose member is spelled "message".
var lowerMessage = map[string]bool{
	"InvalidParameterValueException": true,
	"ResourceConflictException":      true,
	"ValidationException":            true,
}

// restError is an error of Lambda, and of whatever has no service to speak for it.
func restError(f *fault) answer {
	body := map[string]string{"Type": "User"}
	if f.status >= http.StatusInternalServerError {
		body["Type"] = "Service"
	}
	if lowerMessage[f.code] {
		body["message"] = f.message
	} else {
		body["Message"] = f.message
	}
	return answer{status: f.status, contentType: jsonType, errorType: f.code, body: encode(body)}
}

// encode writes JSON as the services do: HTML is left alone.
func encode(x any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(x); err != nil {
		panic("reference: encode an answer: " + err.Error())
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

// decode reads a JSON object into x. No body counts as an empty object.
func decode(body string, x any) *fault {
	trimmed := bytes.TrimSpace([]byte(body))
	if len(trimmed) == 0 {
		return nil
	}
	if trimmed[0] != '{' {
		return badRequest("SerializationException", "the body must be a JSON object; CBOR and lists are not read here")
	}
	if err := json.Unmarshal(trimmed, x); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) {
			member := wrong.Field[strings.LastIndexByte(wrong.Field, '.')+1:]
			return badRequest("SerializationException", "%s must not be a %s", member, wrong.Value)
		}
		return badRequest("SerializationException", "the body is no valid JSON: %s", err)
	}
	return nil
}

// epochSeconds is a timestamp as the JSON protocols send it: whole
// milliseconds, and no fraction where there is none.
func epochSeconds(t time.Time) json.Number {
	return json.Number(strconv.FormatFloat(float64(t.UnixMilli())/1000, 'f', -1, 64))
}

// newUUID returns a random UUID, version 4.
func newUUID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails, by its documentation
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
