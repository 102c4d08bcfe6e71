package trace

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var (
	anyName  = rapid.StringN(1, 12, -1)
	anyText  = rapid.OneOf(rapid.Just(""), anyName, rapid.Just(`<a href="&">\`+"\x00\x7f\u2028"))
	anyCount = rapid.IntRange(0, math.MaxInt32)
	anySpan  = rapid.OneOf(rapid.Float64Range(0, math.MaxFloat64), rapid.Just(0.0), rapid.Float64Range(0, 1e15))
)

// anyObject draws an object whose numbers are what number draws.
func anyObject(t *rapid.T, number func(*rapid.T) any) map[string]any {
	object := map[string]any{}
	for range rapid.IntRange(0, 3).Draw(t, "members") {
		name := anyText.Draw(t, "name")
		switch rapid.IntRange(0, 4).Draw(t, "type") {
		case 0:
			object[name] = number(t)
		case 1:
			object[name] = anyText.Draw(t, "text")
		case 2:
			object[name] = nil
		case 3:
			object[name] = []any{true, number(t)}
		case 4:
			object[name] = anyObject(t, number)
		}
	}
	return object
}

func anyFloat(t *rapid.T) any { return rapid.Float64().Draw(t, "number") }

func anyNumber(t *rapid.T) any {
	return json.Number(rapid.SampledFrom([]string{"1", "1.0", "-1e3", "9007199254740993"}).Draw(t, "number"))
}

func anyNames(t *rapid.T) []string {
	names := rapid.SliceOfN(anyName, 0, 4).Draw(t, "names")
	if len(names) == 0 {
		return nil
	}
	return names
}

func anyEvent(t *rapid.T, kind EventKind, at float64) Event {
	e := Event{Kind: kind, T: at}
	switch kind {
	case Put:
		e.Source, e.Seq, e.Shard, e.Key = anyName.Draw(t, "source"), anyName.Draw(t, "seq"), anyText.Draw(t, "shard"), anyText.Draw(t, "key")
		e.Size, e.Order = anyCount.Draw(t, "size"), anyText.Draw(t, "order")
		if e.Arrival = at; rapid.Bool().Draw(t, "late") {
			e.Arrival = rapid.Float64().Draw(t, "arrival")
		}
		if rapid.Bool().Draw(t, "seen") {
			e.Record = anyObject(t, anyFloat)
		}
	case Invoke:
		e.Mapping, e.ID, e.Function, e.Source, e.Shard = anyName.Draw(t, "mapping"), anyText.Draw(t, "id"), anyText.Draw(t, "function"), anyText.Draw(t, "source"), anyText.Draw(t, "shard")
		e.Outcome = Outcome(rapid.IntRange(0, 2).Draw(t, "outcome"))
		e.Records = anyNames(t)
		if e.End = at; rapid.Bool().Draw(t, "open") {
			e.End = NotEnded
		}
		if rapid.Bool().Draw(t, "sqs") {
			for range e.Records {
				e.Attempts = append(e.Attempts, anyCount.Draw(t, "attempts"))
			}
		}
		if e.HasReport = rapid.Bool().Draw(t, "reported"); e.HasReport && rapid.Bool().Draw(t, "not null") {
			e.Report = anyObject(t, anyFloat)
		}
		if rapid.Bool().Draw(t, "seen") {
			e.Event = anyObject(t, anyFloat)
		}
	case Destination:
		e.Source, e.Mapping, e.ID, e.Body = anyName.Draw(t, "arn"), anyText.Draw(t, "mapping"), anyText.Draw(t, "id"), anyObject(t, anyFloat)
	case Throttle:
		e.End, e.Function = at+1, anyText.Draw(t, "function")
	case Call:
		e.End = at
		e.Detail = &Detail{Operation: rapid.SampledFrom(Operations).Draw(t, "operation"), Request: anyObject(t, anyNumber), Status: anyCount.Draw(t, "status"), Code: anyText.Draw(t, "code")}
		if rapid.Bool().Draw(t, "answered") {
			e.Response = anyObject(t, anyNumber)
		}
	case Queue:
		e.Source, e.Detail = anyName.Draw(t, "queue"), &Detail{Visible: anyNames(t), InFlight: anyNames(t), Dead: anyNames(t)}
	case Mapping:
		e.Mapping, e.Detail = anyName.Draw(t, "uuid"), &Detail{Config: anyObject(t, anyNumber)}
	case SourceEvent:
		e.T = 0
		e.Detail = &Detail{SourceKind: rapid.SampledFrom(sourceKinds).Draw(t, "kind"), VisibilityMS: anySpan.Draw(t, "visibility"),
			MaxReceiveCount: anyCount.Draw(t, "receives"), RetentionMS: anySpan.Draw(t, "retention")}
		for _, id := range anyNames(t) {
			e.Shards = append(e.Shards, Shard{ID: id, Parents: anyNames(t)})
		}
	}
	return e
}

func TestWriterReaderRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := []Event{{Kind: Header, Detail: &Detail{Format: 1, Profile: rapid.SampledFrom([]string{"", "today", "2020-08-11"}).Draw(t, "profile"),
			Target: anyText.Draw(t, "target"), Complete: rapid.Bool().Draw(t, "complete"), SettleMS: anySpan.Draw(t, "settle"),
			SkewMS: anySpan.Draw(t, "skew"), Duplicates: anyCount.Draw(t, "duplicates")}}}
		times := rapid.SliceOf(rapid.Float64Range(0, 2e12)).Draw(t, "times")
		slices.Sort(times)
		for _, at := range times {
			kinds := []EventKind{Put, Invoke, Destination, Call, Throttle, Queue, Mapping, SourceEvent, End}
			e := anyEvent(t, rapid.SampledFrom(kinds).Draw(t, "kind"), at)
			if e.Kind == SourceEvent {
				e.Source = "source " + string(rune('a'+len(events))) // each once
			}
			events = append(events, e)
		}
		again := rewrite(t, events)
		for i := range events {
			events[i].Line = i + 1
			if !reflect.DeepEqual(again[i], events[i]) {
				t.Fatalf("event %d\n got %+v %+v\nwant %+v %+v", i, again[i], again[i].Detail, events[i], events[i].Detail)
			}
		}
	})
}

func TestWriterRefuses(t *testing.T) {
	begin := Event{Kind: Header, Detail: &Detail{Format: 1}}
	put := Event{Kind: Put, T: 5, Arrival: 5, Source: "a", Seq: "1"}
	source := Event{Kind: SourceEvent, Source: "a", Detail: &Detail{SourceKind: "sqs"}}
	change := func(e Event, by func(*Event)) *Event { by(&e); return &e }
	tests := []struct {
		before []Event
		e      *Event
		want   string
	}{
		{nil, &put, "begins with the event put"},
		{nil, change(begin, func(e *Event) { e.Detail = &Detail{} }), "format is 0"},
		{nil, change(begin, func(e *Event) { e.Detail = nil }), "no Detail"},
		{[]Event{begin}, &begin, "second trace event"},
		{[]Event{begin, put}, change(put, func(e *Event) { e.T = 4 }), "t is 4, but 5 on line 2"},
		{[]Event{begin, source}, &source, "given on line 2 already"},
		{[]Event{begin}, change(put, func(e *Event) { e.T = math.NaN() }), "event 2 of the trace cannot be written: put: t is NaN"},
		{[]Event{begin}, change(put, func(e *Event) { e.Arrival = math.Inf(1) }), "arrival is +Inf"},
		{[]Event{begin}, change(put, func(e *Event) { e.Seq = "" }), "seq is empty"},
		{[]Event{begin}, change(put, func(e *Event) { e.Size = -1 }), "size is -1"},
		{[]Event{begin}, change(put, func(e *Event) { e.Record = map[string]any{"f": func() {}} }), "record cannot be JSON"},
		{[]Event{begin}, change(put, func(e *Event) { e.Kind = numEventKinds }), "its kind is 10"},
		{[]Event{begin}, &Event{Kind: Invoke, Mapping: "u", Outcome: 3}, "its outcome is 3"},
		{[]Event{begin}, &Event{Kind: Invoke, Mapping: "u", T: 2, End: 1}, "before t"},
		{[]Event{begin}, &Event{Kind: Invoke, Mapping: "u", Attempts: []int{1}}, "1 counts for 0 records"},
		{[]Event{begin}, &Event{Kind: Destination, Source: "d"}, "body is null"},
	}
	for _, test := range tests {
		w := NewWriter(io.Discard)
		for i := range test.before {
			if err := w.Write(&test.before[i]); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Write(test.e); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%+v\n got %v\nwant %s", test.e, err, test.want)
		}
	}
}

// Members that may be left out are, when their absence says the same.
func TestWriterLines(t *testing.T) {
	var file bytes.Buffer
	w := NewWriter(&file)
	if err := errors.Join(w.Write(&Event{Kind: Header, Detail: &Detail{Format: 1}}), w.Flush()); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		e    Event
		want string
	}{
		{Event{Kind: SourceEvent, Source: "a", Detail: &Detail{SourceKind: "sqs", Shards: []Shard{}}}, `{"event":"source","arn":"a","kind":"sqs"}`},
		{Event{Kind: Put, Source: "a", Seq: "1"}, `{"event":"put","t":0,"source":"a","seq":"1"}`},
		{Event{Kind: Put, Source: "a", Seq: "1", Arrival: -1}, `{"event":"put","t":0,"source":"a","seq":"1","arrival":-1}`},
		{Event{Kind: Put, Source: "é", Seq: "\xff", Key: "\u2028", Order: "<é>", Record: map[string]any{}},
			`{"event":"put","t":0,"source":"é","seq":"\ufffd","key":"\u2028","order":"<é>","record":{}}`},
		{Event{Kind: Invoke, End: 1, Mapping: "u", Attempts: []int{}}, `{"event":"invoke","t":0,"end":1,"mapping":"u","records":[],"outcome":"ok"}`},
		{Event{Kind: Invoke, End: NotEnded, Mapping: "u", Records: []string{"1", "2"}, Attempts: []int{1, 3}, Outcome: Timeout, HasReport: true},
			`{"event":"invoke","t":0,"end":null,"mapping":"u","records":["1","2"],"outcome":"timeout","attempts":[1,3],"report":null}`},
		{Event{Kind: Queue, Source: "q", Detail: &Detail{Visible: []string{}, Dead: []string{"1"}}}, `{"event":"queue","t":0,"source":"q","dead":["1"]}`},
	} {
		file.Reset()
		if err := errors.Join(w.Write(&test.e), w.Flush()); err != nil || file.String() != test.want+"\n" {
			t.Errorf("error %v, wrote %s\nwant %s", err, file.String(), test.want)
		}
	}
}

// The longest line that a Writer writes is the longest that a Reader reads.
func TestLongestLine(t *testing.T) {
	const around = len(`{"event":"put","t":0,"source":"a","seq":""}`)
	var file bytes.Buffer
	file.Grow(maxLine + 1<<10)
	w := NewWriter(&file)
	put := Event{Kind: Put, Source: "a", Seq: strings.Repeat("7", maxLine-around+1)}
	if err := w.Write(&Event{Kind: Header, Detail: &Detail{Format: 1}}); err != nil {
		t.Fatal(err)
	}
	if err := w.Write(&put); err == nil || !strings.Contains(err.Error(), "put: longer than 64 MiB") {
		t.Errorf("a line too long: error %v", err)
	}
	put.Seq = put.Seq[1:]
	if err := errors.Join(w.Write(&put), w.Flush()); err != nil {
		t.Fatal(err)
	}
	if events, err := readAll(&file); err != nil || len(events) != 2 || events[1].Seq != put.Seq {
		t.Errorf("read %d events, error %v", len(events), err)
	}
}

// What was refused leaves no trace in the file.
func TestWriterLeavesOutWhatItRefuses(t *testing.T) {
	var file bytes.Buffer
	w := NewWriter(&file)
	for _, e := range []Event{{Kind: Put}, {Kind: Header, Detail: &Detail{Format: 1, Complete: true}}, {Kind: End, T: -1}, {Kind: End, T: 3}} {
		_ = w.Write(&e) // the first and the third are refused
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	const want = `{"event":"trace","format":1,"complete":true,"settle_ms":0,"skew_ms":0,"duplicates":0}` + "\n" + `{"event":"end","t":3}` + "\n"
	if file.String() != want {
		t.Errorf("got %s", file.String())
	}
}
