package trace

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"reflect"
	"strings"
	"testing"
)

// FuzzReader holds the Reader against encoding/json: on any line it must agree
// with slowDecode on what it accepts and, for puts and invocations, on what it
// reads; and what it accepts, a Writer can write so that it reads the same.
func FuzzReader(f *testing.F) {
	for _, line := range []string{
		`{"event":"put","t":1.25,"source":"arn:aws:kinesis:us-east-1:0:stream/s","seq":"495903382714902566085596","shard":"shardId-0","key":"a","size":220,"arrival":3,"order":"5","record":{"a":[1,2.5e3,null]}}`,
		`{"event":"invoke","t":4,"end":null,"mapping":"u","records":["1","\u00e9\ud800","é\\"],"outcome":"error","attempts":[1,2,3],"report":{"batchItemFailures":[]},"payload":{}}`,
		`{ "event" : "invoke" , "t":0,"end":1e1, "mapping":"\"","records":[ ],"outcome":"ok","report":null,"event":{"a":{}}}`,
		`{"event":"call","t":2,"end":3,"operation":"ListEventSourceMappings","request":{"MaxItems":1},"status":200,"response":{},"error":"X"}`,
		`{"event":"source","arn":"a","kind":"kinesis","shards":[{"id":"1","parents":["0"]}],"retention_ms":1,"max_receive_count":2}`,
		`{"event":"queue","t":8,"source":"q","visible":["1"],"in_flight":[],"dead":null}`,
		`{"event":"destination","t":7,"arn":"d","body":{"version":"1.0"},"mapping":"u","message_id":"m"}`,
		`{"event":"throttle","t":5,"end":6}`, `{"event":"mapping","t":3,"uuid":"u","config":{}}`, `{"event":"end","t":-0.0e-5}`,
		`{"event":"put","t":123456789012345.678,"source":"` + "\xff\xe2\x82" + `","seq":"1","size":1e0}`,
		`{"event":"put","t":01}`, `{"event":"put","t":1,"seq":"\u12"}`, `[]`, `{"a":"` + "\x01" + `"}`, `{"a":tru}`,
	} {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		line = bytes.ReplaceAll(line, []byte("\n"), []byte(" "))
		events, err := readAll(io.MultiReader(strings.NewReader(header), bytes.NewReader(line)))
		var input *InputError
		if err != nil && (!errors.As(err, &input) || input.Line != 2) {
			t.Fatalf("the error is %v", err)
		}
		if len(bytes.Trim(line, " \t\r")) == 0 {
			if err != nil || len(events) != 1 {
				t.Fatalf("a blank line: %d events, error %v", len(events), err)
			}
			return
		}
		want, judged, ok := slowDecode(line)
		if ok != (err == nil) && (judged || !ok) {
			t.Fatalf("accepted by encoding/json: %v; the Reader says %v", ok, err)
		}
		if err != nil {
			return
		}
		if got := events[1]; judged && !reflect.DeepEqual(got, *want) {
			t.Fatalf("\n got %+v\nwant %+v", got, *want)
		}
		if again := rewrite(t, events); !reflect.DeepEqual(again, events) {
			t.Fatalf("written and read again:\n got %+v\nwant %+v", again[1], events[1])
		}
	})
}

func rewrite(t interface{ Fatal(...any) }, events []Event) []Event {
	var file bytes.Buffer
	w := NewWriter(&file)
	for i := range events {
		if err := w.Write(&events[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	again, err := readAll(&file)
	if err != nil {
		t.Fatal(err)
	}
	return again
}

// slowDecode is a second reading of the format by encoding/json alone. It judges
// puts and invocations in full; of other lines it knows whether they are objects.
func slowDecode(line []byte) (e *Event, judged, ok bool) {
	members, ok := slowMembers(line)
	if !ok {
		return nil, true, false
	}
	s := slow{members: members, ok: true}
	e = &Event{Line: 2}
	kind := s.text("event", true)
	switch kind {
	case "put":
		e.T = s.time("t")
		e.Source, e.Shard, e.Seq, e.Key, e.Order = s.text("source", true), s.text("shard", false), s.text("seq", true), s.text("key", false), s.text("order", false)
		e.Arrival = e.T
		s.get("arrival", false, &e.Arrival)
		var size float64
		s.get("size", false, &size)
		e.Size = s.whole(size)
		s.object("record", &e.Record)
	case "invoke":
		e.Kind = Invoke
		e.T = s.time("t")
		if string(members["end"]) == "null" {
			e.End = NotEnded
		} else if e.End = s.time("end"); e.End < e.T {
			s.ok = false
		}
		e.Mapping, e.ID, e.Function, e.Source, e.Shard = s.text("mapping", true), s.text("id", false), s.text("function", false), s.text("source", false), s.text("shard", false)
		switch s.text("outcome", true) {
		case "ok":
		case "error":
			e.Outcome = Error
		case "timeout":
			e.Outcome = Timeout
		default:
			s.ok = false
		}
		s.invocation(e)
	default:
		return nil, false, s.ok
	}
	return e, true, s.ok
}

func slowMembers(line []byte) (map[string]json.RawMessage, bool) {
	if !json.Valid(line) || bytes.TrimLeft(line, " \t\r")[0] != '{' {
		return nil, false
	}
	members := map[string]json.RawMessage{}
	for d := json.NewDecoder(bytes.NewReader(line)); ; {
		token, err := d.Token()
		if err != nil {
			return members, true
		}
		if name, ok := token.(string); ok {
			var value json.RawMessage
			if err := d.Decode(&value); err != nil {
				panic(err)
			}
			if name == "event" && value[0] == '{' {
				name = "payload"
			}
			members[name] = value
		}
	}
}

type slow struct {
	members map[string]json.RawMessage
	ok      bool
}

func (s *slow) get(name string, required bool, to any) {
	raw := s.members[name]
	if raw == nil || string(raw) == "null" {
		s.ok = s.ok && !required
		return
	}
	s.ok = json.Unmarshal(raw, to) == nil && s.ok
}

func (s *slow) text(name string, required bool) (v string) {
	s.get(name, required, &v)
	s.ok = s.ok && (v != "" || !required)
	return v
}

func (s *slow) time(name string) (v float64) {
	s.get(name, true, &v)
	s.ok = s.ok && v >= 0
	return v
}

func (s *slow) whole(f float64) int {
	s.ok = s.ok && f >= 0 && f <= math.MaxInt32 && f == math.Floor(f)
	return int(f)
}

func (s *slow) object(name string, to *map[string]any) { s.get(name, false, to) }

func (s *slow) invocation(e *Event) {
	var records []*string
	var attempts []*float64
	s.get("records", true, &records)
	s.get("attempts", false, &attempts)
	for _, r := range records {
		if r == nil || *r == "" {
			s.ok = false
			return
		}
		e.Records = append(e.Records, *r)
	}
	for _, a := range attempts {
		if a == nil {
			s.ok = false
			return
		}
		e.Attempts = append(e.Attempts, s.whole(*a))
	}
	s.ok = s.ok && (len(attempts) == 0 || len(attempts) == len(records))
	if raw := s.members["report"]; raw != nil {
		e.HasReport = true
		s.ok = json.Unmarshal(raw, &e.Report) == nil && s.ok
	}
	s.object("payload", &e.Event)
}
