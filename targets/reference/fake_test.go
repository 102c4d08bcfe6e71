package reference

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// fakeMappings notes what it was told, and answers as it was told to.
type fakeMappings struct {
	mu     sync.Mutex
	notes  []string
	answer func(now time.Time, method, path, query, body string) (int, string, string)
}

func (m *fakeMappings) note(format string, args ...any) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.notes = append(m.notes, fmt.Sprintf(format, args...))
}

// take returns what was noted since it was last called.
func (m *fakeMappings) take() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	notes := m.notes
	m.notes = nil
	return notes
}

func (m *fakeMappings) Answer(now time.Time, method, path, query, body string) (int, string, string) {
	return m.answer(now, method, path, query, body)
}
func (m *fakeMappings) AddFunction(name string, q ...string) { m.note("+function %s %v", name, q) }
func (m *fakeMappings) RemoveFunction(name string)           { m.note("-function %s", name) }
func (m *fakeMappings) AddSource(arn string)                 { m.note("+source %s", arn) }
func (m *fakeMappings) RemoveSource(arn string)              { m.note("-source %s", arn) }
func (m *fakeMappings) Processed(arn string, failed bool)    { m.note("processed %s %v", arn, failed) }

// expect compares what was noted with what ought to have been.
func (m *fakeMappings) expect(t *testing.T, want ...string) {
	t.Helper()
	if got := m.take(); !slices.Equal(got, want) {
		t.Errorf("the mappings were told\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// newFake returns a server in virtual time on mappings that only take notes.
func newFake(t *testing.T) (*Server, *fakeMappings) {
	t.Helper()
	m := &fakeMappings{answer: func(time.Time, string, string, string, string) (int, string, string) { return 200, "", "{}" }}
	return New(Options{Clock: &VirtualClock{}, Mappings: m, Fault: func(err error) { t.Error(err) }}), m
}

// reply is an answer whose body has been read.
type reply struct {
	status int
	header http.Header
	body   string
}

// send makes a raw request in memory. headers are "Name: value".
func send(t *testing.T, h http.Handler, method, path, body string, headers ...string) reply {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, "http://reference.test"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Set(name, value)
	}
	resp, err := (&http.Client{Transport: InMemory(h)}).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{resp.StatusCode, resp.Header, string(b)}
}
