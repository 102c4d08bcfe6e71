package endpoint

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/esmconform/esmconform/targets"
)

// TestBadFirstContact meets servers that are not this API, or not there.
func TestBadFirstContact(t *testing.T) {
	html := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(status)
			_, _ = io.WriteString(w, "<html>hello</html>")
		}
	}
	hang := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	tests := []struct {
		name   string
		answer http.HandlerFunc
		want   string
	}{
		{"html 200", html(200), "it answered with 200 and text/html, not JSON"},
		{"html 404", html(404), "it answered with 404 and text/html, not JSON"},
		{"html 502", html(502), "it answered with 502 and text/html, not JSON"},
		{"JSON 503", answer(503, `{"message":"starting\nup"}`), `it answered with 503: {"message":"starting\nup"}`},
		{"redirect", answer(301, "", "Location", "https://example.invalid/"), `redirected with 301 to "https://example.invalid/"`},
		{"half JSON", answer(200, `{"EventSourceMappings":[{"UUI`), "breaks off or is broken after 29 bytes"},
		{"empty 200", answer(200, ""), "200 and no body"},
		{"text", answer(200, "It works!"), "not JSON"},
		{"hang", hang, "nothing complete came within 200ms"},
		{"hang after the header", func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(200)
			w.(http.Flusher).Flush()
			hang(w, r)
		}, "nothing complete came within 200ms"},
		{"breaks off", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = io.WriteString(w, "{")
		}, "broke off after 1 bytes"},
		{"closes", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "EOF"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			server := httptest.NewServer(test.answer)
			defer server.Close()
			target := newTarget(t, server.URL, func(o *Options) { o.FirstContact = 200 * time.Millisecond })
			wantUnreachable(t, target, server.URL+" gave no usable answer to ListEventSourceMappings: ", test.want)
		})
	}
}

// TestEndlessBody is apart because its bound is of size, not of time.
func TestEndlessBody(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for block := []byte(strings.Repeat(" ", 1<<16)); ; {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	}))
	defer server.Close()
	wantUnreachable(t, newTarget(t, server.URL), "", "did not end within 4 MiB")
}

func TestNobodyListens(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + l.Addr().String()
	l.Close()
	wantUnreachable(t, newTarget(t, address), address+" gave no usable answer", "connection refused; is it running")
}

func wantUnreachable(t *testing.T, target *Target, parts ...string) {
	t.Helper()
	start := time.Now()
	_, err := target.Describe(context.Background())
	var u *targets.Unreachable
	if !errors.As(err, &u) {
		t.Fatalf("error %v (%T), want an *Unreachable", err, err)
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("error %q, want it to say %q", err, part)
		}
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("error %q, want one line", err)
	}
	if took := time.Since(start); took > 2500*time.Millisecond {
		t.Errorf("took %s", took)
	}
	if err := target.Close(context.Background()); err != nil {
		t.Errorf("Close after nothing was made: %v", err)
	}
}

// TestRefusalIsContact: an error in JSON comes from something that speaks the API.
func TestRefusalIsContact(t *testing.T) {
	f := newFake(t)
	f.on("ListEventSourceMappings", failure(400, "InvalidParameterValueException"))
	if _, err := newTarget(t, f.URL).Describe(context.Background()); err != nil {
		t.Error(err)
	}
}

func TestCallerEndsFirst(t *testing.T) {
	release := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	defer server.Close()
	defer close(release)
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	target := newTarget(t, server.URL)
	_, describe := target.Describe(ctx)
	_, call := target.Call(ctx, targets.Request{Operation: "GetEventSourceMapping", UUID: "x"})
	for _, err := range []error{describe, call} {
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v, want the context's", err)
		}
	}
}
