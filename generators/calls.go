package generators

import (
	"slices"
	"sync"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Sequences of calls are drawn as operations: a few bytes each, with numbers in
// the place of names, so that millions can be drawn in a second and any of
// them can be left out.

// op is what an operation does.
type op uint8

const (
	opCreate op = iota
	opGet
	opUpdate
	opDelete
	opList
	opListAll
	opSettle
	opGone
	opPause
	opRaw            // a request letter for letter
	opStranger       // a call on a UUID that no mapping has
	opRemoveFunction // of the function that is made to be removed
	opPut            // of a record into the source of a mapping of its own
	numOps
)

// Op is one operation of a sequence.
type Op struct {
	do       op
	mapping  uint8 // the name of the mapping that is made, or used
	source   uint8 // of a create, and of a list that filters
	n        uint8 // how many settings
	about    uint8 // which of the rules that it can be about; 0: none
	arg      uint16
	settings [maxSettings]uint16 // places in the table of the source's kind
}

const maxSettings = 10

// Sequence is a sequence of operations, with what its numbers stand for.
type Sequence struct {
	Profile rule.Profile
	Ops     []Op
	kinds   []control.SourceKind // of source i: kinds[i % len(kinds)]
}

// tables are the settings of every source kind of a profile.
type tables struct {
	kinds    []control.SourceKind
	settings [][]setting // by kind
	plain    [][]uint16  // the places of the plain ones
	usual    [][]uint16  // the places of those that every program sends
}

var tablesOf = [2]func() *tables{
	rule.P2020: sync.OnceValue(func() *tables { return newTables(rule.P2020) }),
	rule.Today: sync.OnceValue(func() *tables { return newTables(rule.Today) }),
}

func newTables(p rule.Profile) *tables {
	t := &tables{kinds: control.Kinds(p)}
	last := t.kinds[len(t.kinds)-1]
	t.settings = make([][]setting, last+1)
	t.plain = make([][]uint16, last+1)
	t.usual = make([][]uint16, last+1)
	for _, k := range t.kinds {
		t.settings[k] = settingsFor(p, k)
		for i, s := range t.settings[k] {
			if s.plain {
				t.plain[k] = append(t.plain[k], uint16(i))
			}
			if s.plain && slices.Contains(s.about, rule.UpdateMembers) {
				t.usual[k] = append(t.usual[k], uint16(i))
			}
		}
	}
	return t
}

// Calls draws a sequence of calls as a scenario.
func Calls(s Source, p rule.Profile) *trace.Scenario {
	var q Sequence
	q.Draw(s, p)
	return q.Scenario()
}

// Draw draws a sequence in the place of the one before. It draws first what the
// sequence may use: few kinds of operations, few names, few settings, so that some sequences
// hold few things in every combination and others a little of everything.
func (q *Sequence) Draw(s Source, p rule.Profile) {
	d := callDraw{draw: draw{s}, q: q, t: tablesOf[p]()}
	q.Profile, q.Ops, q.kinds = p, q.Ops[:0], q.kinds[:0]
	d.swarm()
	if d.crowd {
		d.crowded()
		return
	}
	for len(q.Ops) < d.length {
		d.one()
	}
}

// callDraw is a sequence in the making.
type callDraw struct {
	draw
	q *Sequence
	t *tables

	length   int
	live     int // how many names of mappings
	sources  int // how many sources
	used     int // sources that a create has named
	weights  [numOps]uint8
	total    int
	patient  int       // how often a mapping is left to come to rest, of 4
	style    uint8     // of settings
	crowd    bool      // more mappings than fit on a page
	sourceOf [16]uint8 // by mapping
	named    uint8     // names that a create has given, from 0
}

// How many settings requests have.
const (
	bare uint8 = iota // none, or one
	single
	several // as many as go together
	wild    // any
	numStyles
)

// usual is how often each operation is drawn where a sequence may use it.
var usual = [numOps]uint8{opCreate: 8, opGet: 4, opUpdate: 7, opDelete: 3, opList: 4, opListAll: 2, opSettle: 4, opGone: 2, opPause: 1,
	opRaw: 3, opStranger: 1, opRemoveFunction: 1, opPut: 1}

func (d *callDraw) swarm() {
	d.length = pick(d.draw, 2, 4, 4, 6, 8, 8, 12, 20, 40)
	d.live = pick(d.draw, 1, 1, 2, 4, 8)
	for range pick(d.draw, 1, 1, 1, 2, 3) {
		d.q.kinds = append(d.q.kinds, pick(d.draw, d.t.kinds...))
	}
	d.sources = len(d.q.kinds) * pick(d.draw, 1, 2, 4)
	uniform := d.chance(5)
	features := d.Uint64()
	for o := range numOps {
		core := o == opCreate || o == opGet || o == opSettle
		if uniform || core || features>>o&1 != 0 {
			d.weights[o] = usual[o]
			d.total += int(usual[o])
		}
	}
	d.patient = pick(d.draw, 0, 2, 4, 4)
	d.style = uint8(d.below(int(numStyles)))
	d.crowd = d.chance(1000)
}

// one draws an operation, and now and then what naturally follows it.
func (d *callDraw) one() {
	n := d.below(d.total)
	var o op
	for n >= int(d.weights[o]) {
		n -= int(d.weights[o])
		o++
	}
	x := Op{do: o, mapping: uint8(d.below(d.live)), arg: uint16(d.Uint64())}
	if d.named > 0 && o != opCreate && !d.chance(16) {
		x.mapping %= d.named // mostly one that a create has made
	}
	switch o {
	case opCreate:
		d.create(&x)
	case opUpdate:
		d.set(&x, d.kindOf(x.mapping))
		if x.n == 0 {
			x.n, x.settings[0] = 1, d.anySetting(d.kindOf(x.mapping))
		}
	case opList, opListAll:
		x.source = uint8(d.below(d.sources))
	case opRaw:
		x.source = uint8(d.below(d.sources))
		if x.creates() {
			d.name(&x)
		}
	case opPut:
		d.put(&x)
	}
	x.about = uint8(d.below(6))
	d.q.Ops = append(d.q.Ops, x)
	switch o {
	case opCreate, opUpdate:
		if d.below(4) < d.patient {
			d.q.Ops = append(d.q.Ops, Op{do: opSettle, mapping: x.mapping})
		}
	case opDelete:
		if d.below(4) < d.patient {
			d.q.Ops = append(d.q.Ops, Op{do: opGone, mapping: x.mapping}, Op{do: opGet, mapping: x.mapping})
		}
	}
}

func (d *callDraw) create(x *Op) {
	x.source = uint8(d.below(d.sources))
	if d.used < d.sources && !d.chance(3) {
		x.source = uint8(d.used)
		d.used++
	}
	d.name(x)
	d.set(x, d.q.kind(x.source))
}

// name gives what is made a name; names are given in order.
func (d *callDraw) name(x *Op) {
	if x.mapping >= d.named {
		x.mapping = d.named
		d.named++
	}
	d.sourceOf[x.mapping] = x.source
}

// put draws the stream that a record goes to; where there is none, it is a Get.
func (d *callDraw) put(x *Op) {
	x.source = uint8(d.below(d.sources))
	if !slices.Contains(streamsOnly, d.q.kind(x.source)) {
		x.do = opGet
		return
	}
	d.name(x)
}

func (d *callDraw) kindOf(mapping uint8) control.SourceKind { return d.q.kind(d.sourceOf[mapping]) }

func (q *Sequence) kind(source uint8) control.SourceKind { return q.kinds[int(source)%len(q.kinds)] }

// set draws the settings of a request.
func (d *callDraw) set(x *Op, k control.SourceKind) {
	style := d.style
	if d.chance(8) {
		style = uint8(d.below(int(numStyles)))
	}
	switch style {
	case bare:
		x.n = uint8(d.below(2))
	case single:
		x.n = 1
	case several:
		x.n = uint8(d.between(2, maxSettings))
	case wild:
		x.n = uint8(d.between(1, 4))
	}
	for i := range x.n {
		x.settings[i] = d.anySetting(k)
		if style == several {
			x.settings[i] = d.t.plain[k][d.below(len(d.t.plain[k]))]
		}
	}
}

func (d *callDraw) anySetting(k control.SourceKind) uint16 {
	return uint16(d.below(len(d.t.settings[k])))
}

// crowded makes more mappings than a page holds, each of a source of its own, and
// lists them.
func (d *callDraw) crowded() {
	d.q.kinds = append(d.q.kinds[:0], control.SQSQueue)
	for i := range uint8(104) {
		d.q.Ops = append(d.q.Ops, Op{do: opCreate, source: i})
	}
	d.q.Ops = append(d.q.Ops, Op{do: opListAll, arg: uint16(crowdedList)})
}
