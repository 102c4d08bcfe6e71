package endpoint

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/esmconform/esmconform/oracle/trace"
)

// maxAnswer is the most that is read of an answer. The longest documented one,
// a page of 10,000 mappings, has never been seen near it.
const maxAnswer = 4 << 20

// idleConnection is how long an unused connection is kept: less than any server
// does, or a request could meet the server's end of it and look unanswered.
const idleConnection = time.Second

// wire is the HTTP client under all service clients. It follows no redirect,
// retries nothing, reads every answer whole, and writes down the exchange of a
// request whose context carries a record.
type wire struct {
	transport http.RoundTripper
	clock     Clock
	timeout   time.Duration
}

// record is filled with the exchange of the one request that carries it.
type record struct {
	// only, when set, looks at the request before it leaves and may refuse it.
	only     func(r *http.Request, body []byte) bool
	exchange trace.Exchange
	sent     bool
	answered bool // the whole answer was read
}

type recordKey struct{}

func withRecord(ctx context.Context, r *record) context.Context {
	return context.WithValue(ctx, recordKey{}, r)
}

// noAnswer says that a request got no complete answer.
type noAnswer struct{ err error }

func (e *noAnswer) Error() string { return e.err.Error() }
func (e *noAnswer) Unwrap() error { return e.err }

// errRefused is a request that its record refused; nothing was sent.
var errRefused = errors.New("the request was not sent: it does not say what was asked")

// Do sends one request. It is what the SDK's clients call.
func (w *wire) Do(r *http.Request) (*http.Response, error) {
	ctx, cancel := bound(r.Context(), w.timeout)
	defer cancel()
	body, err := readRequest(r)
	if err != nil {
		return nil, err
	}
	rec, _ := ctx.Value(recordKey{}).(*record)
	if rec == nil {
		rec = &record{}
	}
	if rec.only != nil && !rec.only(r, body) {
		return nil, errRefused
	}
	x := &rec.exchange
	x.Method, x.Path, x.Query, x.Request = r.Method, pathOf(r), r.URL.RawQuery, string(body)
	rec.sent = true
	x.Start = w.clock.Now()
	resp, answer, err := w.send(r.WithContext(ctx))
	x.End = w.clock.Now()
	if err != nil {
		if cause := context.Cause(ctx); cause != nil {
			err = cause
		}
		return nil, &noAnswer{err}
	}
	x.Status, x.Header, x.Response = resp.StatusCode, kept(resp.Header), string(answer)
	rec.answered = true
	return resp, nil
}

// bound gives a request its time. The cause says that it ran out.
func bound(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(ctx, d, fmt.Errorf("nothing complete came within %s", d))
}

// readRequest takes the body out of the request and leaves an equal one.
func readRequest(r *http.Request) ([]byte, error) {
	if r.Body == nil || r.Body == http.NoBody {
		return nil, nil
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, fmt.Errorf("read the request: %w", err)
	}
	r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	r.Body, err = r.GetBody()
	return body, err
}

// send reads the answer to its end, so that nothing is left to fail later.
func (w *wire) send(r *http.Request) (*http.Response, []byte, error) {
	resp, err := w.transport.RoundTrip(r)
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if err != nil {
		return nil, nil, fmt.Errorf("the answer (%d) broke off after %d bytes: %w", resp.StatusCode, len(answer), err)
	}
	if len(answer) > maxAnswer {
		return nil, nil, fmt.Errorf("the answer (%d) did not end within %d MiB", resp.StatusCode, maxAnswer>>20)
	}
	resp.Body = io.NopCloser(bytes.NewReader(answer))
	return resp, answer, nil
}

func pathOf(r *http.Request) string {
	if r.URL.Opaque != "" {
		return r.URL.Opaque
	}
	return r.URL.EscapedPath()
}

// keptHeaders are what a verdict or a reader of a report needs; nothing in them
// can be a credential.
var keptHeaders = []string{
	"content-type", "content-length", "date", "location", "retry-after", "server",
	"x-amzn-errortype", "x-amzn-requestid", "x-amz-request-id",
}

func kept(h http.Header) map[string]string {
	m := map[string]string{}
	for _, name := range keptHeaders {
		if values := h.Values(name); len(values) > 0 {
			m[name] = strings.Join(values, ", ")
		}
	}
	return m
}

// network is HTTP as a target needs it: answers as they were sent, not
// unpacked, and no proxy between the suite and a URL on this machine.
func network(aws bool) *http.Transport {
	t := &http.Transport{
		DisableCompression: true,
		ForceAttemptHTTP2:  true,
		IdleConnTimeout:    idleConnection,
	}
	if aws {
		t.Proxy = http.ProxyFromEnvironment
	}
	return t
}
