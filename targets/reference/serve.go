package reference

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// The bounds that Serve keeps.
const (
	// HeaderTimeout is how long a client may take to send a request's header.
	HeaderTimeout = 5 * time.Second
	// ReadTimeout is how long it may take to send all of a request.
	ReadTimeout = 30 * time.Second
	// IdleTimeout is how long a connection stays open between requests.
	IdleTimeout = 2 * time.Minute
	// ShutdownGrace is how long requests may go on when Serve is told to end;
	// then they are cut off.
	ShutdownGrace = 5 * time.Second
	// cutGrace is how long a request may take to notice that it was cut off.
	cutGrace = time.Second
)

// Serve answers HTTP on addr, HOST:PORT, until ctx ends, and then returns nil
// when everything that it started has ended. An empty host means 127.0.0.1:
// another one than loopback is listened on only when it is written out. ready,
// unless nil, is told the address once connections are accepted. Request
// bodies longer than MaxBody are answered with 413.
func Serve(ctx context.Context, addr string, h http.Handler, ready func(addr string)) error {
	return serve(ctx, addr, h, ready, ShutdownGrace)
}

func serve(ctx context.Context, addr string, h http.Handler, ready func(addr string), grace time.Duration) error {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("cannot listen on %q: %w; write HOST:PORT, for instance 127.0.0.1:4600, or :0 for any free port", addr, err)
	}
	if host == "" {
		host = "127.0.0.1"
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", net.JoinHostPort(host, port))
	if err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return fmt.Errorf("cannot listen on %q: %w; choose another HOST:PORT, or :0 for any free port", addr, err)
	}

	var connections sync.WaitGroup
	srv := &http.Server{
		Handler:           limitBody(h),
		ReadHeaderTimeout: HeaderTimeout,
		ReadTimeout:       ReadTimeout,
		IdleTimeout:       IdleTimeout,
		// The goroutine of a connection reports StateClosed as the last thing it does.
		ConnState: func(_ net.Conn, state http.ConnState) {
			switch state {
			case http.StateNew:
				connections.Add(1)
			case http.StateClosed, http.StateHijacked:
				connections.Done()
			}
		},
		// What goes wrong on a connection shows at the client.
		ErrorLog: log.New(io.Discard, "", 0),
	}
	served := make(chan error, 1)
	go func() { served <- srv.Serve(l) }()
	if ready != nil {
		ready(l.Addr().String())
	}

	var failed error
	select {
	case <-ctx.Done():
		limit, done := context.WithTimeout(context.WithoutCancel(ctx), grace)
		_ = srv.Shutdown(limit) // its only error is that the time was up, and then Close follows
		done()
		<-served
	case failed = <-served:
	}
	_ = srv.Close() // which also ends the contexts of the requests
	if !waitFor(&connections, cutGrace) {
		failed = errors.Join(failed, fmt.Errorf("a request was still being answered %v after it was cut off", cutGrace))
	}
	return failed
}

// waitFor reports whether the group came to zero within d.
func waitFor(g *sync.WaitGroup, d time.Duration) bool {
	done := make(chan struct{})
	go func() { g.Wait(); close(done) }()
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-done:
		return true
	case <-t.C:
		return false
	}
}

// limitBody hands a handler requests whose body was read and is of bearable
// length, so that no handler needs a limit of its own.
func limitBody(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, f := readBody(r)
		if f != nil {
			w.Header().Set("Connection", "close") // what follows on it is the rest of the body
			restError(f).write(w, newUUID(), time.Now())
			return
		}
		r.Body = io.NopCloser(strings.NewReader(body))
		h.ServeHTTP(w, r)
	})
}
