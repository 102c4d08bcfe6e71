package control

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Server holds mappings and answers the five operations as the documentation
// asks; where that is silent, as AWS was recorded answering. It is safe for
// concurrent use and knows no time but the one it is given.
type Server struct {
	Hooks Hooks // set before the first request

	profile rule.Profile
	settle  time.Duration

	mu       sync.Mutex
	world    World
	mappings []*mapping // oldest first
	random   *rand.Rand
	born     int
}

// mapping is an event source mapping as the server holds it.
type mapping struct {
	uuid      string
	kind      SourceKind
	born      int
	settings  settings  // in force
	next      *settings // asked for by an Update that has not taken effect
	enabled   bool
	state     string
	until     int64 // when the state passes on; 0 at rest
	modified  int64
	processed string // LastProcessingResult
}

// NewServer returns a server without mappings. settle is how long a change of
// state takes.
func NewServer(p rule.Profile, w World, settle time.Duration) *Server {
	return &Server{profile: p, settle: settle, world: w, random: rand.New(rand.NewPCG(2020, 811))}
}

// AddFunction makes a function exist, with the qualifiers given.
func (s *Server) AddFunction(name string, qualifiers ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.AddFunction(name, qualifiers...)
}

// RemoveFunction makes a function not exist any more; its mappings stay.
func (s *Server) RemoveFunction(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.RemoveFunction(name)
	var r Request
	r.V[FunctionName] = ValueOf(name)
	if s.overlooks(&r, rule.DeleteFunctionKeepsMappings) {
		s.mappings = slices.DeleteFunc(s.mappings, func(m *mapping) bool {
			return unqualified(m.current().at(FunctionArn).Str) == s.world.FunctionARN(name, "")
		})
	}
}

// AddSource makes a source exist.
func (s *Server) AddSource(arn string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.AddSource(arn)
}

// RemoveSource makes a source not exist any more.
func (s *Server) RemoveSource(arn string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.RemoveSource(arn)
}

// Processed notes the outcome of a batch from the source.
func (s *Server) Processed(source string, failed bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.mappings {
		if m.settings.at(EventSourceArn).Str == source && m.enabled {
			m.processed = "OK"
			if failed {
				m.processed = "PROBLEM: Function call failed"
			}
		}
	}
}

// Answer takes the method, escaped path, raw query and body of a request, and
// the time, and returns the answer: a success has no code.
func (s *Server) Answer(now time.Time, method, path, query, body string) (status int, code, response string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.advance(now.UnixMilli())
	w := Wire{method, path, query, body}
	if s.Hooks.Wire != nil {
		s.Hooks.Wire(&w)
	}
	op, ok := OperationOf(w.Method, w.Path)
	r := ParseRequest(op, w.Method, w.Path, w.Query, w.Body)
	if !ok {
		return s.send(&r, errorReply(&Refusal{ResourceNotFound, "The request does not name an operation."}))
	}
	if s.Hooks.Request != nil {
		s.Hooks.Request(&r)
	}
	answer, refused := s.operate(&r, now.UnixMilli())
	if refused != nil {
		return s.send(&r, errorReply(refused))
	}
	return s.send(&r, &Reply{Status: int(successStatus[op].Int(s.profile)), Body: answer})
}

func (s *Server) send(r *Request, a *Reply) (status int, code, response string) {
	if s.Hooks.Answer != nil {
		s.Hooks.Answer(r, a)
	}
	if a.Text != nil {
		return a.Status, a.Code, *a.Text
	}
	return a.Status, a.Code, JSON(a.Body)
}

func errorReply(f *Refusal) *Reply {
	d := documentedErrors[f.Code]
	key := "message"
	if d.message == keyMessageUpper {
		key = "Message"
	}
	return &Reply{Status: d.status, Code: f.Code, Body: map[string]any{"Type": "User", key: f.Message}}
}

// advance lets every change that is due take effect.
func (s *Server) advance(now int64) {
	kept := s.mappings[:0]
	for _, m := range s.mappings {
		if m.until != 0 && now >= m.until {
			if m.state == Deleting {
				continue
			}
			if m.next != nil {
				m.settings, m.next = *m.next, nil
			}
			m.state, m.modified, m.until = goal(m.enabled), m.until, 0
		}
		kept = append(kept, m)
	}
	clear(s.mappings[len(kept):])
	s.mappings = kept
}

func (s *Server) find(uuid string) *mapping {
	for _, m := range s.mappings {
		if m.uuid == uuid {
			return m
		}
	}
	return nil
}

func (s *Server) operate(r *Request, now int64) (map[string]any, *Refusal) {
	var f faults
	check(s.profile, &s.world, r, now, &f)
	m := s.find(r.UUID)
	switch r.Op {
	case trace.Create:
		if failed := s.refusal(r, &f); failed != nil {
			return nil, failed
		}
		return s.create(r, now)
	case trace.List:
		if failed := s.refusal(r, &f); failed != nil {
			return nil, failed
		}
		return s.list(r)
	}
	if m == nil {
		return nil, &Refusal{ResourceNotFound, "The resource you requested does not exist."}
	}
	switch r.Op {
	case trace.Update:
		if !checkBody(r, &f) {
			return nil, s.refusal(r, &f)
		}
		checkUpdate(s.profile, &s.world, m.kind, r, m.current(), &f)
		if failed := s.refusal(r, &f); failed != nil {
			return nil, failed
		}
		if m.until != 0 && !s.overlooks(r, rule.UpdateWhileCreatingInUse) {
			return nil, &Refusal{ResourceInUse, "Cannot update the event source mapping because it is in use."}
		}
		s.update(m, r, now)
	case trace.Delete:
		if m.until != 0 && !s.overlooks(r, rule.DeleteWhileUpdatingInUse) {
			return nil, &Refusal{ResourceInUse, "Cannot delete the event source mapping because it is in use."}
		}
		m.pass(Deleting, now, s.settle)
	}
	return s.render(m), nil
}

func (s *Server) overlooks(r *Request, heeded *rule.Rule) bool {
	return s.Hooks.Overlook != nil && heeded != nil && s.Hooks.Overlook(r, heeded)
}

// refusal picks the error for the faults of a request: what shows in the
// request alone comes before the function, and that before everything else, as
// recorded. nil means that the request is good.
func (s *Server) refusal(r *Request, f *faults) *Refusal {
	var worst *fault
	for i := range f.all() {
		one := &f.list[i]
		if one.soft && !one.refuse || s.overlooks(r, one.rule) {
			continue
		}
		if worst == nil || worst.rule == rule.FnNotFound && one.rule != rule.FnNotFound {
			worst = one
		}
	}
	if worst == nil {
		if s.Hooks.Refuse != nil {
			return s.Hooks.Refuse(r)
		}
		return nil
	}
	return &Refusal{worst.errs.code(), worst.says}
}

func (s *Server) create(r *Request, now int64) (map[string]any, *Refusal) {
	k := kindOfRequest(r)
	source := r.V[EventSourceArn].Str
	if failed := s.missingSource(k, source); failed != nil {
		return nil, failed
	}
	var wanted settings
	firstSettings(&wanted, s.profile, &s.world, k, r)
	if failed := s.duplicate(k, &wanted, r); failed != nil && !s.overlooks(r, rule.CreateDuplicateConflict) {
		return nil, failed
	}
	if failed := s.fullGroup(&wanted, k); failed != nil && !s.overlooks(r, rule.ProvisionedGroupLimits) {
		return nil, failed
	}
	s.born++
	m := &mapping{uuid: s.newUUID(), kind: k, born: s.born, settings: wanted, enabled: true, processed: "No records processed"}
	s.mappings = append(s.mappings, m)
	if v := &r.V[Enabled]; v.Kind == Bool && v.Int == 0 {
		m.enabled, m.state, m.modified = false, Disabled, now
	} else {
		m.pass(Creating, now, s.settle)
	}
	return s.render(m), nil
}

// pass puts the mapping into a state that it leaves after the settling time.
func (m *mapping) pass(state string, now int64, settle time.Duration) {
	m.state, m.modified = state, now
	m.until = now + max(settle.Milliseconds(), 1)
}

// missingSource refuses a source that can be made here and was not.
func (s *Server) missingSource(k SourceKind, arn string) *Refusal {
	switch {
	case s.world.source(arn) == Exists:
	case k.stream():
		return &Refusal{InvalidParameterValue, "Stream not found: " + arn}
	case k.sqs():
		return &Refusal{InvalidParameterValue, "Error occurred while ReceiveMessage. SQS Error Code: " +
			"AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist."}
	}
	return nil
}

func (s *Server) duplicate(k SourceKind, c *settings, r *Request) *Refusal {
	for _, m := range s.mappings {
		if m.kind != k || m.current().at(FunctionArn).Str != c.at(FunctionArn).Str {
			continue
		}
		const tail = " already exists. Please update or delete the existing mapping with UUID "
		if k == SelfManagedKafka {
			if servers := bootstrap(&r.V[SelfManagedEventSource]); m.settings.at(Topics).Equal(c.at(Topics)) &&
				overlap(servers, bootstrap(m.settings.at(SelfManagedEventSource))) {
				return &Refusal{ResourceConflict, fmt.Sprintf("An event source mapping with event source (%q), function (%q), topics (%q)",
					strings.Join(servers, ","), c.at(FunctionArn).Str, firstTopic(c.at(Topics))) + tail + m.uuid}
			}
			continue
		}
		if m.settings.at(EventSourceArn).Str != r.V[EventSourceArn].Str || k == MSKCluster && !m.settings.at(Topics).Equal(c.at(Topics)) {
			continue
		}
		name := c.at(FunctionArn).Str
		if ref, ok := parseFunctionName(s.profile, r.V[FunctionName].Str); ok {
			name = ref.name
		}
		return &Refusal{ResourceConflict, `The event source arn (" ` + r.V[EventSourceArn].Str + ` ") and function (" ` + name +
			` ") provided mapping` + tail + m.uuid}
	}
	return nil
}

func bootstrap(v *Value) (servers []string) {
	endpoints := v.member("Endpoints")
	list := endpoints.member("KAFKA_BOOTSTRAP_SERVERS")
	items, _ := list.list()
	for _, x := range items {
		if s, ok := x.(string); ok {
			servers = append(servers, s)
		}
	}
	return servers
}

func overlap(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}

func firstTopic(v *Value) string {
	list, _ := v.list()
	if len(list) == 0 {
		return ""
	}
	s, _ := list[0].(string)
	return s
}

// current is the settings as last asked for.
func (m *mapping) current() *settings {
	if m.next != nil {
		return m.next
	}
	return &m.settings
}

func (s *Server) update(m *mapping, r *Request, now int64) {
	next := m.settings
	next.apply(s.profile, &s.world, m.kind, r)
	m.next = &next
	state := Updating
	if v := &r.V[Enabled]; v.Kind == Bool && (v.Int != 0) != m.enabled {
		m.enabled = v.Int != 0
		state = Disabling
		if m.enabled {
			state = Enabling
		}
	}
	m.pass(state, now, s.settle)
}

func (s *Server) newUUID() string {
	a, b := s.random.Uint64(), s.random.Uint64()
	a = a&^0xf000 | 0x4000
	b = b&^(3<<62) | 2<<62
	return fmt.Sprintf("%08x-%04x-%04x-%04x-%012x", a>>32, a>>16&0xffff, a&0xffff, b>>48, b&0xffffffffffff)
}

// seconds is a time as the API writes it: seconds since the Unix epoch.
func seconds(ms int64) json.Number {
	return json.Number(strconv.FormatFloat(float64(ms)/1000, 'f', -1, 64))
}
