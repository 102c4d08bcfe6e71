package reference

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
)

// Transport hands a client's requests to the server in memory, without a network.
func (s *Server) Transport() http.RoundTripper { return InMemory(s) }

// InMemory hands a client's requests straight to a handler. The handler runs
// on the caller's goroutine and sees the request's context; an answer that is
// complete only after that has ended is dropped for the context's error.
// Answers are handed over whole, not streamed.
func InMemory(h http.Handler) http.RoundTripper { return inMemory{h} }

type inMemory struct{ handler http.Handler }

// RoundTrip answers one request.
func (t inMemory) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		defer r.Body.Close() // a RoundTripper always closes it
	}
	ctx := r.Context()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if r.URL == nil || r.URL.Host == "" {
		return nil, fmt.Errorf("reference: the request's URL must have a host, and is %v", r.URL)
	}
	in := serverSide(r)
	// Closing is what ends a read of a body that never comes.
	stop := context.AfterFunc(ctx, func() { in.Body.Close() })
	defer stop()
	rec := &recorder{header: http.Header{}}
	t.handler.ServeHTTP(rec, in)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return rec.response(r), nil
}

// serverSide is the request as a server would have read it.
func serverSide(r *http.Request) *http.Request {
	in := r.Clone(r.Context())
	if in.Method == "" {
		in.Method = http.MethodGet
	}
	if in.Header == nil {
		in.Header = http.Header{}
	}
	if in.Host == "" {
		in.Host = r.URL.Host
	}
	if in.Body == nil {
		in.Body = http.NoBody
	}
	in.RequestURI = r.URL.RequestURI()
	in.Proto, in.ProtoMajor, in.ProtoMinor = "HTTP/1.1", 1, 1
	in.RemoteAddr = "127.0.0.1:0"
	in.GetBody = nil
	return in
}

// recorder is a ResponseWriter that keeps what is written.
type recorder struct {
	header http.Header
	sent   http.Header // the header as it was when the status was written
	status int
	body   bytes.Buffer
}

// Header returns the header, which counts until the first write.
func (w *recorder) Header() http.Header { return w.header }

// WriteHeader sets the status; only the first call counts.
func (w *recorder) WriteHeader(status int) {
	if w.status == 0 && status >= 200 { // 1xx announce, they do not answer
		w.status, w.sent = status, w.header.Clone()
	}
}

// Write keeps the bytes, with status 200 unless one was written.
func (w *recorder) Write(b []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(b)
}

func (w *recorder) response(r *http.Request) *http.Response {
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead || w.status == http.StatusNoContent || w.status == http.StatusNotModified {
		w.body.Reset()
	}
	return &http.Response{
		Status: fmt.Sprintf("%d %s", w.status, http.StatusText(w.status)), StatusCode: w.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: w.sent, Body: io.NopCloser(&w.body), ContentLength: int64(w.body.Len()), Request: r,
	}
}
