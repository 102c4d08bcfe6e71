package reference

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// started is a running serve.
type started struct {
	addr string
	stop context.CancelFunc
	done chan error // receives what serve returned
}

func start(t *testing.T, addr string, h http.Handler, grace time.Duration) started {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ready, done := make(chan string, 1), make(chan error, 1)
	go func() { done <- serve(ctx, addr, h, func(a string) { ready <- a }, grace) }()
	select {
	case a := <-ready:
		return started{a, cancel, done}
	case err := <-done:
		cancel()
		t.Fatal(err)
		return started{}
	}
}

// end ends it and returns what it returned and how long that took.
func (s started) end(t *testing.T) (took time.Duration, err error) {
	t.Helper()
	began := time.Now()
	s.stop()
	select {
	case err := <-s.done:
		return time.Since(began), err
	case <-time.After(20 * time.Second):
		t.Fatal("serve did not return")
		return 0, nil
	}
}

func TestServeToRealClients(t *testing.T) {
	run := start(t, ":0", New(Options{}), ShutdownGrace)
	host, _, err := net.SplitHostPort(run.addr)
	if err != nil || host != "127.0.0.1" {
		t.Errorf("listens on %s, %v; want the loopback", run.addr, err)
	}
	transport := &http.Transport{}
	mappingLife(t, newClients("http://"+run.addr, transport), RealClock{})

	resp, err := (&http.Client{Transport: transport}).Post("http://"+run.addr+"/", "text/plain", strings.NewReader(strings.Repeat("x", MaxBody+1)))
	if err != nil {
		t.Fatal(err)
	}
	b, _ := io.ReadAll(resp.Body)
	resp.Body.Close()
	if resp.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(string(b), "longer than") {
		t.Errorf("a long body: %d %s", resp.StatusCode, b)
	}
	transport.CloseIdleConnections()
	if took, err := run.end(t); err != nil || took > ShutdownGrace {
		t.Errorf("ended after %v with %v", took, err)
	}
	if c, err := net.Dial("tcp", run.addr); err == nil {
		c.Close()
		t.Error("it still listens")
	}
}

func TestServeLimitsBodiesOfAnyHandler(t *testing.T) {
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, _ := io.Copy(io.Discard, r.Body)
		fmt.Fprint(w, n)
	})
	for n, want := range map[int]string{MaxBody: fmt.Sprint(MaxBody), MaxBody + 1: `{"Message":`} {
		if r := send(t, limitBody(h), "POST", "/", strings.Repeat("x", n)); !strings.HasPrefix(r.body, want) {
			t.Errorf("%d bytes: %d %s, want %s", n, r.status, r.body, want)
		}
	}
}

func TestServeRefusesAddresses(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for _, addr := range []string{"", "4600", "127.0.0.1", "127.0.0.1:x", "[::1", l.Addr().String()} {
		err := Serve(t.Context(), addr, http.NotFoundHandler(), nil)
		if err == nil || !strings.Contains(err.Error(), "HOST:PORT") || !strings.Contains(err.Error(), fmt.Sprintf("%q", addr)) {
			t.Errorf("%q: %v, want an error with the address and its form", addr, err)
		}
	}
}

func TestServeWithAnEndedContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Serve(ctx, ":0", http.NotFoundHandler(), nil); err != nil {
		t.Error(err)
	}
}

// TestServeFinishesRequests: what was asked before the end is answered.
func TestServeFinishesRequests(t *testing.T) {
	entered, leave := make(chan struct{}), make(chan struct{})
	run := start(t, "127.0.0.1:0", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(entered)
		<-leave
		fmt.Fprint(w, "done ", r.Context().Err())
	}), ShutdownGrace)
	answer := make(chan string, 1)
	go func() {
		resp, err := http.Get("http://" + run.addr)
		if err != nil {
			answer <- err.Error()
			return
		}
		defer resp.Body.Close()
		b, _ := io.ReadAll(resp.Body)
		answer <- string(b)
	}()
	<-entered
	run.stop()
	close(leave)
	if got := <-answer; got != "done <nil>" {
		t.Errorf("the client got %q", got)
	}
	if _, err := run.end(t); err != nil {
		t.Error(err)
	}
}

// TestServeCutsRequests: what does not end within the grace is cut off, and
// waited for.
func TestServeCutsRequests(t *testing.T) {
	entered, left := make(chan struct{}), make(chan struct{})
	run := start(t, "127.0.0.1:0", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		defer close(left)
		close(entered)
		<-r.Context().Done()
	}), 20*time.Millisecond)
	c, err := net.Dial("tcp", run.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprint(c, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
	<-entered
	if _, err := run.end(t); err != nil {
		t.Error(err)
	}
	select {
	case <-left:
	default:
		t.Error("serve returned before the handler did")
	}
}

// TestServeReportsStuckRequests: one that ignores its context is not waited
// for without end, and not passed over.
func TestServeReportsStuckRequests(t *testing.T) {
	entered, leave := make(chan struct{}), make(chan struct{})
	defer close(leave)
	run := start(t, "127.0.0.1:0", http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		close(entered)
		<-leave
	}), 20*time.Millisecond)
	c, err := net.Dial("tcp", run.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprint(c, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
	<-entered
	took, err := run.end(t)
	if err == nil || !strings.Contains(err.Error(), "still being answered") || took > 10*time.Second {
		t.Errorf("ended after %v with %v", took, err)
	}
}

// TestServeKeepsRawPaths: what a client escapes arrives escaped.
func TestServeKeepsRawPaths(t *testing.T) {
	s, m := newFake(t)
	m.answer = func(_ time.Time, method, path, query, _ string) (int, string, string) {
		return 200, "", fmt.Sprintf("%q", method+" "+path+"?"+query)
	}
	run := start(t, ":0", s, ShutdownGrace)
	c, err := net.Dial("tcp", run.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprint(c, "GET /2015-03-31/event-source-mappings/a%2Fb%20c?x=%2F&y HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
	resp, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if b, _ := io.ReadAll(resp.Body); string(b) != `"GET /2015-03-31/event-source-mappings/a%2Fb%20c?x=%2F&y"` {
		t.Errorf("the mappings got %s", b)
	}
	if len(resp.Header.Values("Date")) != 1 {
		t.Errorf("Date %v, want it once", resp.Header.Values("Date"))
	}
	if _, err := run.end(t); err != nil {
		t.Error(err)
	}
}
