package specs

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets"
)

// Scenarios that hold calls are played on any target: what their texts leave open
// is filled in with what the target made, and the judge sees every exchange.

// PlayCalls plays the calls of a scenario, in their order, on mappings, sources
// and functions of its own. A call that cannot be made, because an earlier one was not taken
// or is not there any more, is made all the same where that says something, and left out otherwise.
func (r *Runner) PlayCalls(ctx context.Context, s *trace.Scenario) Outcome {
	return r.inEnv(ctx, Variant{}, func(e *Env) {
		p := &callPlay{Env: e, scenario: s, sources: map[string]*targets.Source{}, mappings: map[string]*Mapping{}}
		defer func() { p.giveBack() }()
		for i := range s.Calls {
			p.play(&s.Calls[i])
		}
	})
}

// callPlay is what has come of a scenario's names so far.
type callPlay struct {
	*Env
	scenario *trace.Scenario
	sources  map[string]*targets.Source
	mappings map[string]*Mapping
	own      *targets.Function
	removed  bool // the own function was
	marker   string
	text     map[string]string // what ${...} stood for, as far as it stays
}

func (p *callPlay) play(c *trace.CallStep) {
	if c.About != "" {
		p.judge.About(rule.Find(c.About), c.Accept)
		defer p.judge.About(nil, false)
	}
	switch c.Do {
	case trace.CallCreate:
		p.create(c)
	case trace.CallGet, trace.CallUpdate, trace.CallDelete, trace.CallList:
		x := p.send(c)
		if c.Do == trace.CallDelete && x.Status >= 200 && x.Status <= 299 {
			p.sent(c)
		}
	case trace.CallListAll:
		p.ListAll(p.query(c))
	case trace.CallSettle:
		if m := p.mappings[c.Mapping]; m != nil {
			p.Settle(m)
		}
	case trace.CallGone:
		if m := p.mappings[c.Mapping]; m != nil && p.gone(m) {
			p.Gone(m)
		}
	case trace.CallPause:
		p.sleep(time.Duration(c.MS * float64(time.Millisecond)))
	case trace.CallRemoveFunction:
		p.removeFunction()
	}
}

// gone reports whether the mapping was deleted, so that waiting for its end makes sense.
func (p *callPlay) gone(m *Mapping) bool {
	for _, l := range p.created {
		if l.uuid == m.UUID {
			return l.sent
		}
	}
	return false
}

func (p *callPlay) sent(c *trace.CallStep) {
	id := p.uuid(c)
	for i := range p.created {
		if p.created[i].uuid == id {
			p.created[i].sent = true
		}
	}
}

// giveBack returns the sources that nothing was mapped to.
func (p *callPlay) giveBack() {
	for _, s := range p.sources {
		mapped := false
		for _, l := range p.created {
			mapped = mapped || l.source == s
		}
		if !mapped {
			p.run.pool.put(s)
		}
	}
}

func (p *callPlay) create(c *trace.CallStep) {
	x := p.send(c)
	id := x.Answer.V[control.UUID].Str
	if x.Status < 200 || x.Status > 299 || id == "" {
		return
	}
	m := &Mapping{UUID: id, Answer: x, Source: p.mapped(x)}
	p.created = append(p.created, leftover{uuid: id, source: m.Source})
	if c.Mapping != "" {
		p.mappings[c.Mapping] = m
	}
}

// mapped is the source of the scenario that a Create named, or nil.
func (p *callPlay) mapped(x *control.Exchange) *targets.Source {
	for _, s := range p.sources {
		if s.ARN != "" && s.ARN == x.Request.V[control.EventSourceArn].Str {
			return s
		}
	}
	return nil
}

// send makes the call's one request.
func (p *callPlay) send(c *trace.CallStep) *control.Exchange {
	op, _ := c.Do.Operation()
	r := targets.Request{Operation: op}
	if c.Raw != nil {
		r.Raw = &targets.Raw{Method: c.Raw.Method, Path: p.escaped(c.Raw.Path), Query: p.escaped(c.Raw.Query), Body: p.fill(c.Raw.Body)}
		return p.took(p.call(r))
	}
	if r.Named() {
		r.UUID = p.uuid(c)
	}
	if c.Body != nil {
		r.Body, _ = p.value(c.Body).(map[string]any)
	}
	for name, text := range c.Query {
		if r.Query == nil {
			r.Query = map[string]string{}
		}
		r.Query[name] = p.fill(text)
	}
	return p.took(p.call(r))
}

func (p *callPlay) took(x *control.Exchange) *control.Exchange {
	if x.Op == trace.List && x.Next.Kind == control.String && x.Next.Str != "" {
		p.marker = x.Next.Str
	}
	return x
}

func (p *callPlay) query(c *trace.CallStep) Fields {
	q := Fields{}
	for name, text := range c.Query {
		q[name] = p.fill(text)
	}
	return q
}

// uuid is what the call sends in the place of a UUID.
func (p *callPlay) uuid(c *trace.CallStep) string {
	if c.UUID != "" {
		return p.fill(c.UUID)
	}
	return p.uuidOf(c.Mapping)
}

func (p *callPlay) uuidOf(name string) string {
	if m := p.mappings[name]; m != nil {
		return m.UUID
	}
	return strangeUUID
}

// value fills in the texts of a JSON value.
func (p *callPlay) value(v any) any {
	switch v := v.(type) {
	case string:
		text := p.fill(v)
		if v == "${hour-ago}" || v == "${in-an-hour}" {
			return json.Number(text)
		}
		return text
	case []any:
		list := make([]any, len(v))
		for i, x := range v {
			list[i] = p.value(x)
		}
		return list
	case map[string]any:
		object := make(map[string]any, len(v))
		for name, x := range v {
			object[name] = p.value(x)
		}
		return object
	}
	return v
}

func (p *callPlay) fill(text string) string {
	return p.filled(text, func(s string) string { return s })
}

// escaped fills in a text of a path or query.
func (p *callPlay) escaped(text string) string { return p.filled(text, url.PathEscape) }

func (p *callPlay) filled(text string, write func(string) string) string {
	if !strings.Contains(text, "${") {
		return text
	}
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(text, "${")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		b.WriteString(write(p.variable(name)))
		text = after
	}
}

// variable is what ${name} stands for.
func (p *callPlay) variable(name string) string {
	switch name {
	case "function":
		return p.Function().Name
	case "second":
		return p.SecondFunction().Name
	case "qualified":
		return p.QualifiedFunction().Name
	case "version":
		return p.QualifiedFunction().Version
	case "alias":
		return p.QualifiedFunction().Alias
	case "own":
		if p.own == nil {
			f := p.OwnFunction()
			p.own = &f
		}
		return p.own.Name
	case "destination":
		return p.Destination()
	case "partition":
		return p.run.world.Partition
	case "region":
		return p.run.world.Region
	case "account":
		return p.run.world.Account
	case "hour-ago":
		return fmt.Sprint(p.run.Target.Now().Add(-time.Hour).Unix())
	case "in-an-hour":
		return fmt.Sprint(p.run.Target.Now().Add(time.Hour).Unix())
	case "marker":
		return p.marker
	}
	for i := range p.scenario.Sources {
		if s := &p.scenario.Sources[i]; s.Name == name {
			return p.address(s)
		}
	}
	return p.uuidOf(name)
}

// address is the ARN of a source, or a broker of a self-managed cluster.
func (p *callPlay) address(s *trace.ScenarioSource) string {
	if address := p.text[s.Name]; address != "" {
		return address
	}
	if p.text == nil {
		p.text = map[string]string{}
	}
	k := control.KindNamed(s.Kind)
	if k == control.SelfManagedKafka {
		p.text[s.Name] = "broker-" + p.run.serial() + ".example.com:9092"
		return p.text[s.Name]
	}
	source := p.run.pool.take(p.Env, k)
	p.sources[s.Name] = source
	p.text[s.Name] = source.ARN
	return source.ARN
}

func (p *callPlay) removeFunction() {
	if p.own == nil || p.removed {
		return
	}
	p.must(p.run.Target.DeleteFunction(p.Context, *p.own))
	p.judge.FunctionDeleted(p.own.Name)
	p.removed = true
}
