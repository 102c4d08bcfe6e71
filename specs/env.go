package specs

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets"
)

// Env is what the body of a spec works with: one source kind on one target,
// with a judge of its own that sees every exchange.
type Env struct {
	Context context.Context
	Profile rule.Profile
	Rule    *rule.Rule
	Kind    control.SourceKind

	run      *Runner
	judge    *control.Judge
	calls    []*trace.Exchange
	found    []control.Violation
	evidence []int // the call behind each finding
	created  []leftover
	source   *targets.Source
}

// leftover is a mapping that the spec leaves behind, with the source it reads.
type leftover struct {
	uuid   string
	source *targets.Source
	sent   bool // Delete was accepted
}

// stop ends a body early. It is thrown by Env and caught by the runner.
type stop struct {
	unsupported bool
	reason      string
	err         error // the target or the suite broke
}

// Unsupported ends the spec: the target lacks what it needs.
func (e *Env) Unsupported(format string, args ...any) {
	panic(stop{unsupported: true, reason: fmt.Sprintf(format, args...)})
}

// Inconclusive ends the spec: it cannot go on, and decides nothing more.
func (e *Env) Inconclusive(format string, args ...any) {
	panic(stop{reason: fmt.Sprintf(format, args...)})
}

// Mapping is a mapping that a spec created.
type Mapping struct {
	UUID   string
	Answer *control.Exchange // the answer to its Create
	Source *targets.Source
}

// throttlePatience bounds how often a throttled call is made again.
const throttlePatience = 8

// call makes one call and lets the judge judge it.
func (e *Env) call(r targets.Request) *control.Exchange {
	wait := time.Second
	for try := 0; ; try++ {
		x, err := e.run.Target.Call(e.Context, r)
		if err != nil {
			e.unanswered(r, err)
		}
		e.calls = append(e.calls, x)
		parsed := control.Parse(x)
		e.take(e.judge.Judge(parsed))
		if x.Status != 429 || try == throttlePatience {
			return parsed
		}
		if s, err := strconv.Atoi(x.Header["retry-after"]); err == nil && s > 0 && s <= 30 {
			wait = time.Duration(s) * time.Second
		}
		e.sleep(wait)
		wait = min(2*wait, 30*time.Second)
	}
}

// unanswered ends the spec over a call that got no answer. When the target still
// answers others, that is a finding about the call; otherwise the target is gone.
func (e *Env) unanswered(r targets.Request, err error) {
	var gone *targets.Unreachable
	if e.Context.Err() != nil || !errors.As(err, &gone) {
		panic(stop{err: err})
	}
	now := e.run.Target.Now()
	alive, dead := e.run.Target.Call(e.Context, targets.Request{Operation: trace.List, Query: map[string]string{"MaxItems": "1"}})
	if dead != nil || alive.Status >= 500 {
		panic(stop{err: err})
	}
	x := &trace.Exchange{Operation: r.Operation, Method: control.Method(r.Operation), Start: now, End: e.run.Target.Now()}
	if r.Body != nil {
		x.Request = control.JSON(r.Body)
	}
	if r.Raw != nil {
		x.Method, x.Path, x.Query, x.Request = r.Raw.Method, r.Raw.Path, r.Raw.Query, r.Raw.Body
	}
	e.calls = append(e.calls, x)
	broken := control.ServiceRule(r.Operation)
	e.take([]control.Violation{{Rule: broken, Level: broken.Level, Class: "no answer", Expected: "an answer to every request", Actual: gone.Err.Error()}})
	e.Inconclusive("%s got no answer", r.Operation)
}

func (e *Env) take(violations []control.Violation) {
	for _, v := range violations {
		e.found = append(e.found, v)
		e.evidence = append(e.evidence, len(e.calls)-1)
	}
}

// about makes the judge hold what comes next against the spec's rule.
func (e *Env) about(accept bool) func() {
	e.judge.About(e.Rule, accept)
	return func() { e.judge.About(nil, false) }
}

// Function is the default function.
func (e *Env) Function() targets.Function {
	return e.run.function(e, "default", targets.FunctionSpec{})
}

// SecondFunction is another function.
func (e *Env) SecondFunction() targets.Function {
	return e.run.function(e, "second", targets.FunctionSpec{})
}

// QualifiedFunction is a function with a version and an alias.
func (e *Env) QualifiedFunction() targets.Function {
	return e.run.function(e, "qualified", targets.FunctionSpec{Version: true, Alias: true})
}

// OwnFunction is a function that the spec may delete.
func (e *Env) OwnFunction() targets.Function {
	return e.run.function(e, "", targets.FunctionSpec{})
}

// Source is the spec's source. After it has been mapped, a new one is taken.
func (e *Env) Source() targets.Source { return *e.takeSource() }

func (e *Env) takeSource() *targets.Source {
	if e.source == nil {
		e.source = e.run.pool.take(e, e.Kind)
	}
	return e.source
}

// Minimal is the least that maps the spec's source to the default function,
// with fields laid over it.
func (e *Env) Minimal(others ...Fields) Fields {
	return minimal(e.Kind, *e.takeSource(), e.Function().Name, e.run.serial()).with(others...)
}

// create sends a Create for the spec's source, which is used up on success.
func (e *Env) create(body Fields) (*Mapping, *control.Exchange) {
	m, x := e.createOn(e.source, body)
	if m != nil {
		m.Source = e.source
		e.source = nil
	}
	return m, x
}

// createOn sends a Create and remembers the mapping, and the source that it
// reads, for removal.
func (e *Env) createOn(source *targets.Source, body Fields) (*Mapping, *control.Exchange) {
	x := e.call(targets.Request{Operation: trace.Create, Body: body})
	if x.Status == 409 && source != nil && source == e.source && e.run.pool.used[source] {
		// The source was mapped before. That mapping is gone, and yet in the way:
		// that is one finding, and the spec goes on with a source of its own.
		if broken, _ := e.judge.Refuted(x); len(broken) == 0 {
			e.take([]control.Violation{{Rule: rule.GetAfterDelete404, Level: rule.GetAfterDelete404.Level, Class: "in the way of a new mapping",
				Expected: "a source that can be mapped again once Get answers 404", Actual: x.Message}})
			e.source = e.run.pool.make(e, source.Kind)
			if e.source == nil {
				e.Inconclusive("the only %s source is still mapped", source.Kind)
			}
			return e.createOn(e.source, body.with(Fields{"EventSourceArn": e.source.ARN}))
		}
	}
	if x.Status < 200 || x.Status > 299 {
		return nil, x
	}
	m := &Mapping{UUID: x.Answer.V[control.UUID].Str, Answer: x, Source: source}
	if m.UUID != "" {
		e.created = append(e.created, leftover{uuid: m.UUID, source: source})
	}
	return m, x
}

// Create makes a mapping that later calls work on. The spec ends when the
// target refuses it.
func (e *Env) Create(others ...Fields) *Mapping {
	body := e.Minimal(others...)
	m, x := e.create(body)
	if m == nil {
		e.refused(x)
	}
	if m.UUID == "" {
		e.Inconclusive("Create answered without a UUID, so the mapping cannot be read")
	}
	return m
}

// refused ends the spec over a Create that the target did not take.
func (e *Env) refused(x *control.Exchange) {
	text := fmt.Sprintf("Create answered %d %s %s", x.Status, x.Code, x.Message)
	if broken, open := e.judge.Refuted(x); len(broken) == 0 && open && e.unreal() {
		e.Unsupported("the target does not map a %s that it does not know: %s", e.Kind, text)
	}
	e.Inconclusive("%s", text)
}

// unreal reports whether the spec's source is an ARN of nothing.
func (e *Env) unreal() bool { return e.source != nil && !e.source.Real }

// Accepts creates a mapping that the rule says must be accepted: a refusal is
// held against the rule.
func (e *Env) Accepts(others ...Fields) *Mapping {
	defer e.about(true)()
	body := e.Minimal(others...)
	m, x := e.create(body)
	if m == nil && e.unreal() {
		e.refused(x)
	}
	return m
}

// Refuses tries a Create that the rule says must be refused.
func (e *Env) Refuses(others ...Fields) {
	defer e.about(false)()
	e.RefusesBody(e.Minimal(others...))
}

// RefusesBody is Refuses for a body given whole.
func (e *Env) RefusesBody(body Fields) {
	defer e.about(false)()
	_, x := e.create(body)
	e.mustRefute(x)
}

// Offers tries a Create whose outcome the documentation leaves open, but for
// what an acceptance may show.
func (e *Env) Offers(others ...Fields) *Mapping {
	defer e.about(false)()
	m, _ := e.create(e.Minimal(others...))
	return m
}

// RefusesAs is RefusesBody for a request that breaks another rule than the
// spec's: the spec is about how it is refused.
func (e *Env) RefusesAs(r *rule.Rule, body Fields) {
	own := e.Rule
	e.Rule = r
	defer func() { e.Rule = own }()
	e.RefusesBody(body)
}

// RefusesList tries a List that the rule says must be refused.
func (e *Env) RefusesList(query Fields) {
	defer e.about(false)()
	e.mustRefute(e.List(query))
}

// Destination is the ARN of a queue that exists and that no mapping reads.
func (e *Env) Destination() string {
	if e.run.destination == nil {
		e.run.destination = e.run.pool.take(e, control.SQSQueue)
	}
	if !e.run.destination.Real {
		e.Unsupported("the target cannot make a queue to send discarded records to")
	}
	return e.run.destination.ARN
}

// mustRefute makes sure that the request breaks the spec's rule: a spec that
// claims so and is wrong is a fault of the suite.
func (e *Env) mustRefute(x *control.Exchange) {
	broken, _ := e.judge.Refuted(x)
	if x.Status >= 200 && x.Status <= 299 {
		return // the judge has seen it; the mapping now changes the answer
	}
	if !slices.Contains(broken, e.Rule) {
		panic(stop{err: fmt.Errorf("spec of %s: the request breaks %v and not the rule", e.Rule, broken)})
	}
}

// Get reads a mapping.
func (e *Env) Get(m *Mapping) *control.Exchange {
	return e.call(targets.Request{Operation: trace.Get, UUID: m.UUID})
}

// Update changes a mapping, with nothing held against the rule but what the
// judge finds.
func (e *Env) Update(m *Mapping, f Fields) *control.Exchange {
	return e.call(targets.Request{Operation: trace.Update, UUID: m.UUID, Body: f})
}

// AcceptsUpdate changes a mapping in a way that the rule says must be accepted,
// and waits until it has taken effect.
func (e *Env) AcceptsUpdate(m *Mapping, f Fields) {
	done := e.about(true)
	x := e.Update(m, f)
	done()
	if x.Status >= 200 && x.Status <= 299 {
		e.Settle(m)
	}
}

// RefusesUpdate tries an Update that the rule says must be refused.
func (e *Env) RefusesUpdate(m *Mapping, f Fields) {
	defer e.about(false)()
	e.mustRefute(e.Update(m, f))
}

// Kept decides a rule that says that something does not change: the judge has
// compared it in the answers by now.
func (e *Env) Kept(m *Mapping) { e.run.decided(e.Rule) }

// Delete deletes a mapping.
func (e *Env) Delete(m *Mapping) *control.Exchange {
	x := e.call(targets.Request{Operation: trace.Delete, UUID: m.UUID})
	if x.Status >= 200 && x.Status <= 299 {
		for i := range e.created {
			if e.created[i].uuid == m.UUID {
				e.created[i].sent = true
			}
		}
	}
	return x
}

// List lists mappings; a nil value leaves a query member out.
func (e *Env) List(query Fields) *control.Exchange {
	q := map[string]string{}
	for name, x := range query {
		q[name] = fmt.Sprint(x)
	}
	return e.call(targets.Request{Operation: trace.List, Query: q})
}

// maxPages bounds a listing: far more than any target of a test run holds.
const maxPages = 1000

// ListAll lists to the end, page by page, and returns the number of pages.
func (e *Env) ListAll(query Fields) (pages int) {
	for pages = 1; ; pages++ {
		x := e.List(query)
		if x.Next.Kind != control.String || x.Next.Str == "" {
			return pages
		}
		if pages == maxPages {
			e.Inconclusive("the list did not end after %d pages", pages)
		}
		query = query.with(Fields{"Marker": x.Next.Str})
	}
}

// Raw sends a request letter for letter, as the operation that it stands for.
func (e *Env) Raw(op trace.Operation, r targets.Raw) *control.Exchange {
	x := e.call(targets.Request{Operation: op, Raw: &r})
	if id := x.Answer.V[control.UUID].Str; op == trace.Create && id != "" && x.Status < 300 {
		e.created = append(e.created, leftover{uuid: id, source: e.source})
		e.source = nil
	}
	return x
}

// AcceptsRaw sends a request letter for letter that the rule says must be accepted.
func (e *Env) AcceptsRaw(op trace.Operation, r targets.Raw) *control.Exchange {
	defer e.about(true)()
	return e.Raw(op, r)
}

// RefusesRaw sends a request letter for letter that the rule says must be refused.
func (e *Env) RefusesRaw(op trace.Operation, r targets.Raw) {
	defer e.about(false)()
	e.mustRefute(e.Raw(op, r))
}

// itemPath is the path of a mapping.
func itemPath(uuid string) string { return control.CollectionPath + "/" + url.PathEscape(uuid) }

// Decided marks the rule as decided by something that the judge cannot see by
// itself, and reports a violation unless ok.
func (e *Env) Decided(ok bool, class, expected, actual string) {
	e.run.decided(e.Rule)
	if !ok {
		e.take([]control.Violation{{Rule: e.Rule, Level: e.Rule.Level, Class: class, Expected: expected, Actual: actual}})
	}
}

// Decides reports whether the rule has been decided by now.
func (e *Env) Decides() bool { return e.judge.Touched(e.Rule) }

// must ends the spec when the target could not do something besides the five
// operations.
func (e *Env) must(err error) {
	if err == nil {
		return
	}
	if reason, ok := unsupportedErr(err); ok {
		e.Unsupported("%s", reason)
	}
	panic(stop{err: err})
}

// unsupportedErr reports whether an error of the target says that it lacks
// something.
func unsupportedErr(err error) (reason string, ok bool) {
	var u *targets.Unsupported
	if errors.As(err, &u) {
		return u.Error(), true
	}
	return "", false
}
