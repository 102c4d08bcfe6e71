package mutant

import (
	"maps"
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// What the tables of requests are made of: where in a request something stands,
// which requests a fault is about, and what becomes of them.

// place is where a request has something: a member, and the way to it inside,
// by name in an object and by number in a list.
type place struct {
	member control.Member
	path   []any
}

func at(m control.Member, path ...any) place { return place{m, path} }

func (p place) then(path ...any) place { return place{p.member, slices.Concat(p.path, path)} }

// name is what the API calls the thing there.
func (p place) name() string {
	for _, step := range slices.Backward(p.path) {
		if s, ok := step.(string); ok {
			return s
		}
	}
	return p.member.String()
}

// in is what a request has there, Absent when it has nothing.
func (p place) in(r *control.Request) control.Value {
	if len(p.path) == 0 {
		return r.V[p.member]
	}
	return inside(r.V[p.member].Raw, p.path)
}

func inside(x any, path []any) control.Value {
	for _, step := range path {
		switch in := x.(type) {
		case map[string]any:
			name, _ := step.(string)
			x = in[name]
		case []any:
			i, ok := step.(int)
			if !ok || i >= len(in) {
				return control.Value{}
			}
			x = in[i]
		default:
			return control.Value{}
		}
	}
	return control.ValueOf(x)
}

// put places something there, nil to take away what is there. The request may
// share what it holds, so nothing in it is changed.
func (p place) put(r *control.Request, x any) {
	if len(p.path) > 0 {
		x = replaced(r.V[p.member].Raw, p.path, x)
	}
	r.V[p.member] = control.ValueOf(x)
}

func replaced(in any, path []any, x any) any {
	if len(path) == 0 {
		return x
	}
	switch step := path[0].(type) {
	case string:
		old, _ := in.(map[string]any)
		object := maps.Clone(old)
		if object == nil {
			object = map[string]any{}
		}
		object[step] = replaced(object[step], path[1:], x)
		return object
	case int:
		old, _ := in.([]any)
		if list := slices.Clone(old); step < len(list) {
			list[step] = replaced(list[step], path[1:], x)
			return list
		}
	}
	return in
}

// test picks requests; nil picks all of them.
type test func(*control.Request) bool

func (t test) is(r *control.Request) bool { return t == nil || t(r) }

func creates(r *control.Request) bool { return r.Op == trace.Create }
func updates(r *control.Request) bool { return r.Op == trace.Update }
func queries(r *control.Request) bool { return r.Op == trace.List }

func allOf(tests ...test) test {
	return func(r *control.Request) bool {
		return !slices.ContainsFunc(tests, func(t test) bool { return !t.is(r) })
	}
}

func anyOf(tests ...test) test {
	return func(r *control.Request) bool {
		return slices.ContainsFunc(tests, func(t test) bool { return t.is(r) })
	}
}

func not(t test) test { return func(r *control.Request) bool { return !t(r) } }

func has(p place) test {
	return func(r *control.Request) bool {
		v := p.in(r)
		return !v.Missing()
	}
}

func lacks(p place) test { return not(has(p)) }

func isNull(m control.Member) test {
	return func(r *control.Request) bool { return r.V[m].Kind == control.Null }
}

func equals(p place, x any) test { return among(p, x) }

func among(p place, list ...any) test {
	return func(r *control.Request) bool {
		v := p.in(r)
		return slices.ContainsFunc(list, func(x any) bool {
			w := control.ValueOf(x)
			return v.Equal(&w)
		})
	}
}

// contains looks for a text in a string, or in whatever else as JSON.
func contains(p place, part string) test {
	return func(r *control.Request) bool {
		v := p.in(r)
		if v.Kind == control.String {
			return strings.Contains(v.Str, part)
		}
		return !v.Missing() && strings.Contains(v.Text(), part)
	}
}

func begins(p place, with string) test {
	return func(r *control.Request) bool { return strings.HasPrefix(p.in(r).Str, with) }
}

func ends(p place, with string) test {
	return func(r *control.Request) bool { return strings.HasSuffix(p.in(r).Str, with) }
}

func over(p place, n int64) test {
	return func(r *control.Request) bool {
		v := p.in(r)
		return v.Kind == control.Int && v.Int > n
	}
}

func fractional(p place) test {
	return func(r *control.Request) bool { return p.in(r).Kind == control.Fraction }
}

// eventSources are the kinds by the signs that their ARNs bear.
var eventSources = []struct {
	kind          control.SourceKind
	service, sign string
	says          string
}{
	{control.KinesisConsumer, ":kinesis:", "/consumer/", "a stream consumer"},
	{control.KinesisStream, ":kinesis:", "", "a Kinesis stream"},
	{control.DynamoDBStream, ":dynamodb:", "", "a DynamoDB stream"},
	{control.SQSFIFOQueue, ":sqs:", ".fifo", "a FIFO queue"},
	{control.SQSQueue, ":sqs:", "", "a standard queue"},
	{control.MSKCluster, ":kafka:", "", "an MSK cluster"},
	{control.MQBroker, ":mq:", "", "an Amazon MQ broker"},
	{control.DocumentDBCluster, ":rds:", "", "a DocumentDB cluster"},
	{control.SelfManagedKafka, "", "", "a self-managed cluster"},
}

// kindOf is the kind of source that a Create names.
func kindOf(r *control.Request) control.SourceKind {
	source := r.V[control.EventSourceArn].Str
	for _, x := range eventSources {
		if x.service != "" && strings.Contains(source, x.service) && strings.Contains(source, x.sign) {
			return x.kind
		}
	}
	if r.Has(control.SelfManagedEventSource) {
		return control.SelfManagedKafka
	}
	return control.NoSource
}

// says names a kind with an article.
func says(k control.SourceKind) string {
	for _, x := range eventSources {
		if x.kind == k {
			return x.says
		}
	}
	return k.String()
}

// from picks the Creates that name a source of these kinds.
func from(kinds ...control.SourceKind) test {
	return func(r *control.Request) bool { return creates(r) && slices.Contains(kinds, kindOf(r)) }
}

// puts places the same thing every time.
func puts(p place, x any) func(*control.Request) {
	return func(r *control.Request) { p.put(r, x) }
}

// edits changes the string at a place.
func edits(p place, change func(string) string) func(*control.Request) {
	return func(r *control.Request) {
		if v := p.in(r); v.Kind == control.String {
			p.put(r, change(v.Str))
		}
	}
}

func strip(s string) func(string) string {
	return func(text string) string { return strings.ReplaceAll(text, s, "") }
}

func before(s string) func(string) string {
	return func(text string) string {
		text, _, _ = strings.Cut(text, s)
		return text
	}
}

// passes adds a mutant that does not mind that the requests break the rule, nor
// that they break the others at the same time.
func passes(name, fault string, when test, breaks *rule.Rule, also ...*rule.Rule) {
	add(Mutant{Name: name, Fault: fault, Breaks: []*rule.Rule{breaks}, Control: func() control.Hooks {
		return control.Hooks{Overlook: func(r *control.Request, broken *rule.Rule) bool {
			return (broken == breaks || slices.Contains(also, broken)) && when.is(r)
		}}
	}})
}

// rewrites adds a mutant that takes the requests for others.
func rewrites(name, fault string, when test, change func(*control.Request), breaks ...*rule.Rule) {
	add(Mutant{Name: name, Fault: fault, Breaks: breaks, Control: func() control.Hooks {
		return control.Hooks{Request: func(r *control.Request) {
			if when.is(r) {
				change(r)
			}
		}}
	}})
}

// denies adds a mutant that refuses requests that break no rule.
func denies(name, fault string, when test, breaks ...*rule.Rule) {
	refuses(name, fault, control.InvalidParameterValue, func() test { return when }, breaks...)
}

// refuses is denies with an error of its own, for tests that may remember.
func refuses(name, fault, code string, when func() test, breaks ...*rule.Rule) {
	add(Mutant{Name: name, Fault: fault, Breaks: breaks, Control: func() control.Hooks {
		picks := when()
		return control.Hooks{Refuse: func(r *control.Request) *control.Refusal {
			if !picks.is(r) {
				return nil
			}
			return &control.Refusal{Code: code, Message: "The request is not supported."}
		}}
	}})
}
