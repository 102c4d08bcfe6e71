package reference

import (
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
)

// DefaultSettle is how long a change of a mapping's state takes unless told otherwise.
const DefaultSettle = 50 * time.Millisecond

// partition is the one that every ARN here is in.
const partition = "aws"

// Options say what a Server plays. The zero value works.
type Options struct {
	Profile  rule.Profile  // whose documentation is followed
	Clock    Clock         // nil: RealClock
	Account  string        // twelve digits; empty: "000000000000"
	Region   string        // empty: "us-east-1"
	Settle   time.Duration // how long a change of a mapping's state takes; 0: DefaultSettle
	Mappings Mappings      // nil: the model, for the profile above
	Hooks    control.Hooks // of the model, where that answers for mappings
	Fault    func(error)   // told of every panic that was turned into a 500; nil: nobody is
}

// WithDefaults returns the options with every default written out.
func (o Options) WithDefaults() Options {
	if o.Clock == nil {
		o.Clock = RealClock{}
	}
	if o.Account == "" {
		o.Account = "000000000000"
	}
	if o.Region == "" {
		o.Region = "us-east-1"
	}
	if o.Settle == 0 {
		o.Settle = DefaultSettle
	}
	if o.Fault == nil {
		o.Fault = func(error) {}
	}
	if o.Mappings == nil {
		model := control.NewServer(o.Profile, control.NewWorld(partition, o.Region, o.Account), o.Settle)
		model.Hooks = o.Hooks
		o.Mappings = model
	}
	return o
}

// Server is an http.Handler that answers as AWS would. It may be used by
// several goroutines.
type Server struct {
	opt Options

	// mu is held while a request is answered, so that what exists and what
	// Mappings were told of it never differ.
	mu        sync.Mutex
	functions map[string]*function
	streams   map[string]*stream
	tables    map[string]*table
	queues    map[string]*queue
	roles     map[string]role
	stamps    map[string]time.Time
	sequence  uint64
}

// New returns a Server that holds nothing yet.
func New(o Options) *Server {
	return &Server{
		opt:       o.WithDefaults(),
		functions: map[string]*function{},
		streams:   map[string]*stream{},
		tables:    map[string]*table{},
		queues:    map[string]*queue{},
		roles:     map[string]role{},
		stamps:    map[string]time.Time{},
	}
}

// Options returns the options with the defaults that New filled in.
func (s *Server) Options() Options { return s.opt }

// call is one request, read.
type call struct {
	*http.Request
	id   string // of the request, a fresh UUID
	now  time.Time
	body string
}

// base is the URL that the client reached the server at, without a path.
func (c *call) base() string {
	scheme := "http"
	if c.TLS != nil || c.URL.Scheme == "https" {
		scheme = "https"
	}
	return scheme + "://" + c.Host
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := &call{Request: r, id: newUUID()}
	body, f := readBody(r)
	if f != nil {
		restError(f).write(w, c.id, s.opt.Clock.Now())
		return
	}
	c.body = body
	a, panicked := s.answer(c)
	a.write(w, c.id, c.now)
	if panicked != nil {
		s.opt.Fault(panicked)
	}
}

// answer routes a request. What panics below it becomes a 500, which a client
// can tell from a server that died, and an error.
func (s *Server) answer(c *call) (a answer, panicked error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer func() {
		if p := recover(); p != nil {
			panicked = fmt.Errorf("reference: %s %s: panic: %v\n%s", c.Method, c.URL.EscapedPath(), p, debug.Stack())
			a = restError(&fault{http.StatusInternalServerError, "ServiceException",
				"the reference failed on this request, which is a fault of the reference; report it"})
		}
	}()
	c.now = s.opt.Clock.Now()
	return s.route(c), nil
}

func (s *Server) route(c *call) answer {
	path := c.URL.EscapedPath()
	switch {
	case under(mappingsPath, path):
		return s.mappings(c, path)
	case under(functionsPath, path):
		return s.lambda(c, strings.TrimPrefix(path, functionsPath))
	case strings.HasPrefix(path, tagsPath):
		return s.tags(c, strings.TrimPrefix(path, tagsPath))
	case c.Header.Get("X-Amz-Target") != "":
		return s.rpc(c)
	case strings.HasPrefix(c.Header.Get("Content-Type"), "application/x-www-form-urlencoded"):
		return s.query(c)
	}
	return unknownPath(c)
}

// under reports whether a path is the collection or below it.
func under(collection, path string) bool {
	rest, ok := strings.CutPrefix(path, collection)
	return ok && (rest == "" || rest[0] == '/')
}

func unknownPath(c *call) answer {
	return restError(&fault{http.StatusNotFound, "UnknownOperationException",
		"no operation answers " + c.Method + " " + c.URL.EscapedPath() +
			"; the reference knows the event source mapping operations and what creates functions and sources"})
}

// arn names a resource of this server's account.
func (s *Server) arn(service, resource string) string {
	return "arn:" + partition + ":" + service + ":" + s.opt.Region + ":" + s.opt.Account + ":" + resource
}

// stamp returns the time of creation of the thing with that key, whole in
// units of step and later than the one before: where it is part of an ARN, a
// thing created anew must not get its predecessor's, and a virtual clock may
// stand still in between.
func (s *Server) stamp(key string, now time.Time, step time.Duration) time.Time {
	t := now.UTC().Truncate(step)
	if last, ok := s.stamps[key]; ok && !t.After(last) {
		t = last.Add(step)
	}
	s.stamps[key] = t
	return t
}

// nextSequence returns a number greater than every one before.
func (s *Server) nextSequence() uint64 {
	s.sequence++
	return s.sequence
}
