package control

import (
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Model is the least of the control plane: which rules a request breaks, and what
// becomes of the mappings. It gives no answers and allocates nothing, so that sequences can
// be explored by the million.
type Model struct {
	profile  rule.Profile
	world    *World
	mappings [ModelSize]modelled
}

// ModelSize is how many mappings a model holds.
const ModelSize = 16

// modelled is a mapping, without a name: its place is one. Its settings point at its
// values.
type modelled struct {
	kind     SourceKind
	life     Life
	source   string
	function string
	settings settings
	values   [numMembers]Value
}

// Life is where a mapping is between Create and gone.
type Life uint8

// The lives. A mapping that is Busy is in the middle of a change.
const (
	Unborn Life = iota
	Busy
	AtRest
	Dying
	Gone
)

// NewModel returns a model of a world, which must not change.
func NewModel(p rule.Profile, w *World) *Model { return &Model{profile: p, world: w} }

// Reset forgets every mapping.
func (m *Model) Reset() {
	for i := range m.mappings {
		m.mappings[i].life = Unborn
	}
}

// Life is where the mapping in a place is, and of what kind.
func (m *Model) Life(place int) (Life, SourceKind) {
	return m.mappings[place].life, m.mappings[place].kind
}

// Settle lets the mapping in a place come to rest, or to be gone.
func (m *Model) Settle(place int) {
	switch x := &m.mappings[place]; x.life {
	case Busy:
		x.life = AtRest
	case Dying:
		x.life = Gone
	}
}

// Step takes a request about the mapping in a place, or a Create that puts one there. It
// returns the first rule that the request breaks, nil for none; open says that the
// documentation leaves open whether it is refused.
func (m *Model) Step(place int, r *Request, now int64) (broken *rule.Rule, open bool) {
	var f faults
	x := &m.mappings[place]
	if check(m.profile, m.world, r, now, &f) {
		switch r.Op {
		case trace.Create:
			m.duplicate(r, &f)
		case trace.Get, trace.Update, trace.Delete:
			m.known(x, r, &f)
		}
	}
	for i := range f.all() {
		if one := &f.list[i]; !one.soft {
			return one.rule, open
		}
		open = true
	}
	switch r.Op {
	case trace.Create:
		m.create(x, r)
	case trace.Update:
		if x.life == AtRest {
			m.lay(x, r, updateMembers[m.profile])
			x.life = Busy
		}
	case trace.Delete:
		if x.life == AtRest {
			x.life = Dying
		}
	}
	return nil, open
}

func (m *Model) duplicate(r *Request, f *faults) {
	source := r.V[EventSourceArn].Str
	if source == "" {
		return
	}
	function, ok := m.world.resolve(m.profile, r.V[FunctionName].Str)
	for i := range m.mappings {
		if x := &m.mappings[i]; ok && x.life != Unborn && x.life != Gone && x.source == source && x.function == function {
			f.hard(rule.CreateDuplicateConflict, conflict, "")
			return
		}
	}
}

func (m *Model) known(x *modelled, r *Request, f *faults) {
	switch x.life {
	case Unborn, Gone:
		f.hard(map[trace.Operation]*rule.Rule{trace.Get: rule.GetUnknown404, trace.Update: rule.ErrUpdateResourcenotfound,
			trace.Delete: rule.DeleteUnknown404}[r.Op], notFound, "")
		return
	case Busy, Dying:
		if r.Op != trace.Get {
			f.open(nil, inUse|conflict)
		}
	}
	if r.Op == trace.Update && checkBody(r, f) {
		checkUpdate(m.profile, m.world, x.kind, r, &x.settings, f)
	}
}

func (m *Model) create(x *modelled, r *Request) {
	x.kind, x.life, x.source = kindOfRequest(r), Busy, r.V[EventSourceArn].Str
	x.function, _ = m.world.resolve(m.profile, r.V[FunctionName].Str)
	x.settings = settings{}
	m.lay(x, r, createMembers[m.profile])
}

// lay lays the settings of a request over those of a mapping.
func (m *Model) lay(x *modelled, r *Request, members Members) {
	for member := BatchSize; member <= Tags; member++ {
		if v := &r.V[member]; members.Has(member) && !v.Missing() {
			x.values[member] = *v
			x.settings[member] = &x.values[member]
		}
	}
}

// Fill makes a request of its members, as if it had been read off the wire. It reuses
// the request.
func (r *Request) Fill(op trace.Operation) {
	r.Op, r.Method, r.UUID, r.Other = op, bindings[op].method, "", r.Other[:0]
	r.route, r.body = bindings[op].route, bodyEmpty
	if op == trace.Create || op == trace.Update {
		r.body = bodyObject
	}
	r.V, r.Query = [numMembers]Value{}, [4]Value{}
}
