package reference

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestInMemoryIsLikeHTTP holds the transport against what net/http documents.
func TestInMemoryIsLikeHTTP(t *testing.T) {
	for name, test := range map[string]struct {
		method, url string
		handler     http.HandlerFunc
		status      int
		body        string
	}{
		"request": {"POST", "http://h.test:81/a%2Fb?c=d", func(w http.ResponseWriter, r *http.Request) {
			b, _ := io.ReadAll(r.Body)
			io.WriteString(w, strings.Join([]string{r.Method, r.Host, r.URL.EscapedPath(), r.URL.RawQuery, r.RequestURI, string(b)}, " "))
		}, 200, "POST h.test:81 /a%2Fb c=d /a%2Fb?c=d sent"},
		"nothing written": {"GET", "http://h.test", func(http.ResponseWriter, *http.Request) {}, 200, ""},
		"first status counts": {"GET", "http://h.test", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(103)
			w.WriteHeader(404)
			w.WriteHeader(500)
		}, 404, ""},
		"header is sent with the status": {"GET", "http://h.test", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(201)
			w.Header().Set("X-Late", "yes")
		}, 201, ""},
		"no body without content": {"GET", "http://h.test", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(204)
			io.WriteString(w, "x")
		}, 204, ""},
		"no body for HEAD": {"HEAD", "http://h.test", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "x") }, 200, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := http.NewRequest(test.method, test.url, strings.NewReader("sent"))
			if err != nil {
				t.Fatal(err)
			}
			resp, err := InMemory(test.handler).RoundTrip(r)
			if err != nil {
				t.Fatal(err)
			}
			b, _ := io.ReadAll(resp.Body)
			if resp.StatusCode != test.status || string(b) != test.body || resp.Header.Get("X-Late") != "" {
				t.Errorf("got %s, %v, %q, want %d, %q", resp.Status, resp.Header, b, test.status, test.body)
			}
			if r.Host != strings.TrimPrefix(strings.Split(test.url, "/a")[0], "http://") || r.RequestURI != "" {
				t.Error("the client's request was changed")
			}
		})
	}
}

func TestInMemoryAfterItsContext(t *testing.T) {
	ran := false
	h := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { ran = true })
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r, _ := http.NewRequestWithContext(ctx, "GET", "http://h.test", nil)
	if _, err := InMemory(h).RoundTrip(r); !errors.Is(err, context.Canceled) || ran {
		t.Errorf("got %v, the handler ran: %v; want the context's error alone", err, ran)
	}
}

func TestInMemoryContextReachesTheHandler(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	h := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	r, _ := http.NewRequestWithContext(ctx, "GET", "http://h.test", nil)
	if _, err := InMemory(h).RoundTrip(r); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want the context's error", err)
	}
}

// TestInMemoryBodyThatNeverComes: the context ends the reading of it.
func TestInMemoryBodyThatNeverComes(t *testing.T) {
	s, _ := newFake(t)
	body, w := io.Pipe()
	defer w.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	r, _ := http.NewRequestWithContext(ctx, "POST", "http://h.test/2015-03-31/event-source-mappings", body)
	if _, err := s.Transport().RoundTrip(r); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want the context's error", err)
	}
	if _, err := w.Write([]byte("x")); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("the body was left open: %v", err)
	}
}

func TestInMemoryNeedsAHost(t *testing.T) {
	r := &http.Request{Method: "GET"}
	if _, err := InMemory(http.NotFoundHandler()).RoundTrip(r); err == nil || !strings.Contains(err.Error(), "host") {
		t.Errorf("got %v, want an error about the host", err)
	}
}
