package specs

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/esmconform/esmconform/oracle/trace"
)

// Other names for everything that has one, the same wherever it stands.

// naming is what each name becomes. A text that is no name stays.
type naming map[string]string

// renamed gives other names to mappings, functions, sources, shards, records and
// invocations. Offsets and partitions of Kafka, and the order of FIFO messages, are
// places and no names; where a stream has numbers like them, nothing is renamed.
func renamed(t *Trial, s *trace.Scenario, seen []trace.Event) []trace.Event {
	if len(s.Sources) > 1 && slices.ContainsFunc(s.Sources, func(x trace.ScenarioSource) bool { return x.Kind == "msk" }) {
		return seen
	}
	n := naming{}
	kinds := map[string]string{}
	for i := range seen {
		e := &seen[i]
		switch e.Kind {
		case trace.SourceEvent:
			kinds[e.Source] = e.SourceKind
			n[e.Source] = strings.Replace(e.Source, "source", "another", 1)
			for _, sh := range e.Shards {
				n.shard(sh.ID)
			}
		case trace.Call:
			if id, ok := e.Response["UUID"].(string); ok {
				n.id(id)
			}
			n.function(e.Response["FunctionArn"])
		case trace.Put:
			switch kinds[e.Source] {
			case "msk":
			case "sqs", "sqs-fifo":
				n.id(e.Seq)
			default:
				n.shard(e.Shard)
				n[e.Seq] = number(e.Seq, 7_000_000)
				n[e.Shard+":"+e.Seq] = n[e.Shard] + ":" + n[e.Seq]
			}
		case trace.Invoke, trace.Destination:
			n.id(e.ID)
		}
	}
	out := make([]trace.Event, len(seen))
	for i := range seen {
		out[i] = n.event(seen[i])
	}
	return out
}

// id is another UUID: the same but for its digits.
func (n naming) id(s string) {
	n[s] = strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '0' + (r-'0'+3)%10
		}
		return r
	}, s)
}

// shard is a shard with another number; that of Kafka is a partition.
func (n naming) shard(s string) {
	if digits, ok := strings.CutPrefix(s, "shardId-"); ok {
		n[s] = "shardId-" + number(digits, 500)
	}
}

func (n naming) function(v any) {
	arn, _ := v.(string)
	if _, name, ok := strings.Cut(arn, ":function:"); ok {
		n[name], n[arn] = "other-"+name, strings.TrimSuffix(arn, name)+"other-"+name
		n[arn+":$LATEST"] = n[arn] + ":$LATEST"
	}
}

// number adds to a number in a text, and keeps its width.
func number(digits string, n int) string {
	x, err := strconv.Atoi(digits)
	if err != nil {
		return digits
	}
	return fmt.Sprintf("%0*d", len(digits), x+n)
}

func (n naming) text(s string) string {
	if to, ok := n[s]; ok {
		return to
	}
	return s
}

func (n naming) list(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = n.text(s)
	}
	return out
}

func (n naming) event(e trace.Event) trace.Event {
	for _, s := range []*string{&e.Source, &e.Shard, &e.Seq, &e.Key, &e.Mapping, &e.ID, &e.Function} {
		*s = n.text(*s)
	}
	e.Records = n.list(e.Records)
	e.Record, e.Event, e.Body = n.object(e.Record), n.object(e.Event), n.object(e.Body)
	e.Report = n.value(e.Report)
	if e.Detail == nil {
		return e
	}
	d := *e.Detail
	d.Shards = append([]trace.Shard(nil), d.Shards...)
	for i := range d.Shards {
		d.Shards[i] = trace.Shard{ID: n.text(d.Shards[i].ID), Parents: n.list(d.Shards[i].Parents)}
	}
	d.Request, d.Response, d.Config = n.object(d.Request), n.object(d.Response), n.object(d.Config)
	d.Visible, d.InFlight, d.Dead = n.list(d.Visible), n.list(d.InFlight), n.list(d.Dead)
	e.Detail = &d
	return e
}

func (n naming) object(o map[string]any) map[string]any {
	if o == nil {
		return nil
	}
	return n.value(o).(map[string]any)
}

func (n naming) value(v any) any { return changedTexts(v, n.text) }

// changedTexts is a JSON value with other texts in it.
func changedTexts(v any, text func(string) string) any {
	switch v := v.(type) {
	case string:
		return text(v)
	case []any:
		list := make([]any, len(v))
		for i, x := range v {
			list[i] = changedTexts(x, text)
		}
		return list
	case map[string]any:
		o := maps.Clone(v)
		for name, x := range o {
			o[name] = changedTexts(x, text)
		}
		return o
	}
	return v
}
