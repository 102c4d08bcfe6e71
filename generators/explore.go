package generators

import (
	"fmt"
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Explorer plays sequences on the model, which takes well under a microsecond an operation,
// and knows for each that it played which abstract states it reached.
type Explorer struct {
	profile rule.Profile
	model   *control.Model
	world   control.World
	request control.Request
	values  [][][]memberValue // by kind, by setting: what it puts into a request
	minimal [][]memberValue   // by kind
	sources [128][]string     // by source and kind: its ARN
	reached []uint32
}

// memberValue is a member of a request and its value.
type memberValue struct {
	member control.Member
	value  control.Value
}

// NewExplorer returns an explorer of a profile. It is not safe for concurrent use.
func NewExplorer(p rule.Profile) *Explorer {
	e := &Explorer{profile: p, world: control.NewWorld("aws", "us-east-1", "000000000000")}
	for _, f := range []string{"function", "second", "own", "qualified"} {
		e.world.AddFunction(f, "1", "live")
	}
	t := tablesOf[p]()
	n := len(t.settings)
	e.values, e.minimal = make([][][]memberValue, n), make([][]memberValue, n)
	for _, k := range t.kinds {
		for i := range e.sources {
			if e.sources[i] == nil {
				e.sources[i] = make([]string, n)
			}
			e.sources[i][k] = arnOf(k, i)
			if arn := e.sources[i][k]; arn != "" {
				e.world.AddSource(arn)
			}
		}
		w := &callWriter{q: &Sequence{Profile: p, kinds: []control.SourceKind{k}}, t: t, s: &trace.Scenario{}}
		e.minimal[k] = valuesOf(fields(w.minimal(0)))
		for _, s := range t.settings[k] {
			e.values[k] = append(e.values[k], valuesOf(s.fields))
		}
	}
	e.model = control.NewModel(p, &e.world)
	return e
}

// arnOf is the ARN of a source of a kind; self-managed Kafka has none.
func arnOf(k control.SourceKind, i int) string {
	const at = ":us-east-1:000000000000:"
	name := fmt.Sprintf("s%d", i)
	switch k {
	case control.KinesisStream:
		return "arn:aws:kinesis" + at + "stream/" + name
	case control.KinesisConsumer:
		return "arn:aws:kinesis" + at + "stream/" + name + "/consumer/c:1767225600"
	case control.DynamoDBStream:
		return "arn:aws:dynamodb" + at + "table/" + name + "/stream/2026-01-01T00:00:00.000"
	case control.SQSQueue:
		return "arn:aws:sqs" + at + name
	case control.SQSFIFOQueue:
		return "arn:aws:sqs" + at + name + ".fifo"
	case control.MSKCluster:
		return "arn:aws:kafka" + at + "cluster/" + name + "/6d9a2f5e-3c1b-4e8a-9f70-2b4c6d8e0a13-1"
	case control.MQBroker:
		return "arn:aws:mq" + at + "broker:" + name + ":b-6d9a2f5e-3c1b-4e8a-9f70-2b4c6d8e0a13"
	case control.DocumentDBCluster:
		return "arn:aws:rds" + at + "cluster:" + name
	}
	return ""
}

// stood are what the texts of settings stand for on the model.
var stood = strings.NewReplacer("${function}", "function", "${second}", "second", "${own}", "own", "${qualified}", "qualified", "${version}", "1",
	"${alias}", "live", "${partition}", "aws", "${region}", "us-east-1", "${account}", "000000000000", "${hour-ago}", "1767222000",
	"${in-an-hour}", "1767229200", "${destination}", "arn:aws:sqs:us-east-1:000000000000:destination")

// valuesOf are members as a request has them; a member that is taken away is Absent.
func valuesOf(f fields) (list []memberValue) {
	for name, v := range f {
		m, ok := control.FindMember(name)
		if !ok {
			continue
		}
		x := memberValue{member: m}
		if _, ok := v.(gone); !ok {
			x.value = control.ValueOf(standIn(v))
		}
		list = append(list, x)
	}
	slices.SortFunc(list, func(a, b memberValue) int { return int(a.member) - int(b.member) })
	return list
}

func standIn(v any) any {
	switch v := v.(type) {
	case string:
		text := stood.Replace(v)
		if v == "${hour-ago}" || v == "${in-an-hour}" {
			var n int64
			fmt.Sscan(text, &n)
			return n
		}
		return text
	case []any:
		list := make([]any, len(v))
		for i, x := range v {
			list[i] = standIn(x)
		}
		return list
	case map[string]any:
		object := make(map[string]any, len(v))
		for name, x := range v {
			object[name] = standIn(x)
		}
		return object
	}
	return v
}

// modelNow is the time on the model, in milliseconds.
const modelNow = 1_767_225_600_000

// Play plays a sequence and returns the abstract states it reached: what was done to a mapping
// of what kind in which part of its life, and which rule that broke. The slice is good until the
// next call.
func (e *Explorer) Play(q *Sequence) []uint32 {
	e.model.Reset()
	e.reached = e.reached[:0]
	var sourceOf [control.ModelSize]uint8
	for i := range q.Ops {
		x := &q.Ops[i]
		place := int(x.mapping) % control.ModelSize
		life, k := e.model.Life(place)
		var broken *rule.Rule
		var open bool
		switch x.do {
		case opCreate:
			sourceOf[place] = x.source
			k = q.kind(x.source)
			e.request.Fill(trace.Create)
			e.lay(e.minimal[k])
			if arn := e.sources[x.source%128][k]; arn != "" {
				e.request.V[control.EventSourceArn] = control.Value{Kind: control.String, Str: arn}
			}
			e.layAll(x, k)
			broken, open = e.model.Step(place, &e.request, modelNow)
		case opUpdate:
			e.request.Fill(trace.Update)
			e.layAll(x, q.kind(sourceOf[place]))
			broken, open = e.model.Step(place, &e.request, modelNow)
		case opGet, opDelete:
			op := trace.Get
			if x.do == opDelete {
				op = trace.Delete
			}
			e.request.Fill(op)
			broken, open = e.model.Step(place, &e.request, modelNow)
		case opRaw, opPut:
			if x.do == opPut || x.creates() {
				sourceOf[place] = x.source
			}
		case opSettle, opGone:
			e.model.Settle(place)
		}
		e.reached = append(e.reached, reachedState(x, life, k, broken, open))
	}
	return e.reached
}

func (e *Explorer) layAll(x *Op, k control.SourceKind) {
	for _, i := range x.settings[:x.n] {
		e.lay(e.values[k][i])
	}
}

func (e *Explorer) lay(values []memberValue) {
	for i := range values {
		e.request.V[values[i].member] = values[i].value
	}
}

// reachedState is an abstract state: the operation, its setting if it has one, the mapping it met, and what came of it.
func reachedState(x *Op, life control.Life, k control.SourceKind, broken *rule.Rule, open bool) uint32 {
	s := uint32(x.do) | uint32(life)<<4 | uint32(k)<<8
	switch {
	case broken != nil:
		s |= uint32(broken.Index()+1) << 16
	case open:
		s |= 1 << 13
	case x.n == 1:
		s |= 1<<14 | uint32(x.settings[0])<<16
	}
	if x.do == opList || x.do == opListAll || x.do == opRaw || x.do == opStranger {
		s = s&0xffff | uint32(x.arg)%64<<16
	}
	return s
}
