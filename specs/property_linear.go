package specs

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/anishathalye/porcupine"

	"github.com/esmconform/esmconform/generators"
	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets"
)

// Calls of several clients at once. Each answer must be one that could have been
// given if the calls had been made one after the other, in some order in which a call that
// was answered comes before one that was made later. What is free in the model of a
// mapping is in property_linear_model.go.

var _ = hold(Property{
	Name:   "concurrent-calls-have-an-order",
	Says:   "What clients are answered who call at the same time could have been answered to the same calls one after the other",
	Trials: 60,
	Draw:   crowd,
	Holds: func(t *Trial, s *trace.Scenario) {
		r := t.race(s)
		for _, history := range r.histories() {
			switch porcupine.CheckOperationsTimeout(slotModel, history, linearPatience) {
			case porcupine.Illegal:
				t.Falsified("no order of these calls explains the answers:%s", historyText(history))
			case porcupine.Unknown:
				t.Doubtful("whether %d calls have an order was not found out in %v", len(history), linearPatience)
			default:
				t.Decided()
			}
		}
	},
})

// linearPatience bounds the search for an order, mostOps the calls on a mapping: the
// search may take exponentially long.
const (
	linearPatience = 10 * time.Second
	mostOps        = 1000
	mostClients    = 4
)

// crowd draws the calls of several clients on a few mappings: first the mappings are
// made, then who makes which call is for the trial to draw.
func crowd(s generators.Source, p rule.Profile) *trace.Scenario {
	below := func(n int) int { return int(s.Uint64() % uint64(n)) }
	kind := []control.SourceKind{control.KinesisStream, control.DynamoDBStream}[below(2)].String()
	d := &trace.Scenario{Format: 1, Profile: p.String()}
	slots := 1 + below(3)
	for i := range slots {
		source, name := fmt.Sprintf("%s-%d", kind, i), fmt.Sprintf("m%d", i)
		d.Sources = append(d.Sources, trace.ScenarioSource{Name: source, Kind: kind})
		d.Calls = append(d.Calls, trace.CallStep{Do: trace.CallCreate, Mapping: name, Body: map[string]any{"FunctionName": "${function}",
			"EventSourceArn": "${" + source + "}", "StartingPosition": "TRIM_HORIZON", "BatchSize": 10}},
			trace.CallStep{Do: trace.CallSettle, Mapping: name})
	}
	mix := []trace.CallAction{trace.CallGet, trace.CallGet, trace.CallUpdate, trace.CallUpdate, trace.CallUpdate, trace.CallPause,
		trace.CallDelete, trace.CallCreate}[:5+below(4)]
	for i := range 4 + below(28) {
		c := trace.CallStep{Do: mix[below(len(mix))], Mapping: fmt.Sprintf("m%d", below(slots))}
		switch c.Do {
		case trace.CallPause:
			c.Mapping, c.MS = "", []float64{700, 2_200}[below(2)]
		case trace.CallUpdate:
			c.Body = map[string]any{"BatchSize": 20 + i} // so that one can see which it was
			if below(3) == 0 {
				c.Body["Enabled"] = below(2) == 0
			}
		}
		d.Calls = append(d.Calls, c)
	}
	return d
}

// race is what came of the calls of several clients.
type race struct {
	*Trial
	start time.Time
	slots map[string]*slot // by the name of their mapping

	mu  sync.Mutex
	ops map[string][]porcupine.Operation
	err error
}

// slot is a place for a mapping: a source and a function.
type slot struct {
	body   map[string]any // of its Create
	uuid   atomic.Value   // of the mapping that was made there last, a string
	source *targets.Source
}

// race makes the mappings one after the other, and then the other calls at once.
func (t *Trial) race(s *trace.Scenario) *race {
	setup, n := *s, 0
	for named := map[string]bool{}; n < len(s.Calls); n++ {
		c := &s.Calls[n]
		if c.Do != trace.CallSettle && (c.Do != trace.CallCreate || named[c.Mapping]) {
			break
		}
		named[c.Mapping] = true
	}
	setup.Calls = s.Calls[:n]
	made := t.rest(t.fold(t.calls(&setup).Calls))
	r := &race{Trial: t, start: time.Now(), slots: map[string]*slot{}, ops: map[string][]porcupine.Operation{}}
	i := 0
	for _, c := range setup.Calls {
		if c.Do != trace.CallCreate {
			continue
		}
		if i == len(made) || made[i].state() != control.IsEnabled {
			t.Undecided()
		}
		x := &slot{body: made[i].asked, source: t.lent(made[i].uuid)}
		x.uuid.Store(made[i].uuid)
		r.slots[c.Mapping] = x
		r.ops[c.Mapping] = []porcupine.Operation{{Call: -2, Return: -1, Input: slotCall{do: trace.CallSettle, uuid: made[i].uuid},
			Output: answerOf(200, made[i].last)}}
		i++
	}
	r.run(s.Calls[n:])
	return r
}

// lent is the source of a mapping, as the pool knows it.
func (t *Trial) lent(uuid string) *targets.Source {
	for _, l := range t.Runner.pool.dying {
		if l.uuid == uuid {
			return l.source
		}
	}
	return nil
}

// run divides the calls among clients, who make theirs one after the other.
func (r *race) run(calls []trace.CallStep) {
	clients := make([][]*trace.CallStep, 2+r.below(mostClients-1))
	for i := range calls[:min(len(calls), mostOps)] {
		who := r.below(len(clients))
		clients[who] = append(clients[who], &calls[i])
	}
	var all sync.WaitGroup
	begin := make(chan struct{})
	for who, mine := range clients {
		all.Go(func() {
			<-begin
			for _, c := range mine {
				r.do(who, c)
			}
		})
	}
	close(begin)
	all.Wait()
	r.must(r.err)
	for name, x := range r.slots {
		r.rest([]*noted{{uuid: x.uuid.Load().(string)}})
		r.do(0, &trace.CallStep{Do: trace.CallGone, Mapping: name}) // the last look
	}
	r.must(r.err)
}
