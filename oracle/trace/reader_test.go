package trace

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
)

const header = `{"event":"trace","format":1}` + "\n"

// readAll returns what the events hold, without what a Reader uses again.
func readAll(in io.Reader) ([]Event, error) {
	var all []Event
	r := NewReader(in)
	for {
		e, err := r.Next()
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		c := *e
		c.Records = append([]string(nil), e.Records...)
		c.Attempts = append([]int(nil), e.Attempts...)
		all = append(all, c)
	}
}

func TestReaderReadsEveryKind(t *testing.T) {
	tests := []struct {
		line string
		want Event
	}{
		{`{"event":"source","arn":"a","kind":"msk","shards":[{"id":"topic-0"},{"id":"topic-1","parents":["topic-0"]}],"visibility_timeout_ms":30000,"max_receive_count":3,"retention_ms":86400000}`,
			Event{Kind: SourceEvent, Source: "a", Detail: &Detail{SourceKind: "msk", Shards: []Shard{{ID: "topic-0"}, {ID: "topic-1", Parents: []string{"topic-0"}}}, VisibilityMS: 30000, MaxReceiveCount: 3, RetentionMS: 86400000}}},
		{`{"event":"put","t":1.5,"source":"a","seq":"7"}`, Event{Kind: Put, T: 1.5, Arrival: 1.5, Source: "a", Seq: "7"}},
		{`{"event":"put","t":2,"source":"a","seq":"8","shard":"s","key":"k","size":2.2e2,"arrival":-3,"order":"9","record":{"n":9007199254740992}}`,
			Event{Kind: Put, T: 2, Arrival: -3, Source: "a", Seq: "8", Shard: "s", Key: "k", Size: 220, Order: "9", Record: map[string]any{"n": 9007199254740992.0}}},
		{`{"event":"call","t":2,"end":3,"operation":"ListEventSourceMappings","request":{"MaxItems":1.0},"status":400,"response":{},"error":"InvalidParameterValueException"}`,
			Event{Kind: Call, T: 2, End: 3, Detail: &Detail{Operation: List, Request: map[string]any{"MaxItems": json.Number("1.0")}, Status: 400, Response: map[string]any{}, Code: "InvalidParameterValueException"}}},
		{`{"event":"mapping","t":3,"uuid":"u","config":{"BatchSize":100}}`,
			Event{Kind: Mapping, T: 3, Mapping: "u", Detail: &Detail{Config: map[string]any{"BatchSize": json.Number("100")}}}},
		{`{"records":["1","\u0032","é"],"end":null,"attempts":[1,2,3],"report":null,"payload":{"Records":[]},"outcome":"timeout","id":"i","function":"f","source":"a","shard":"s","mapping":"u","t":4,"event":"invoke"}`,
			Event{Kind: Invoke, T: 4, End: NotEnded, Mapping: "u", ID: "i", Function: "f", Source: "a", Shard: "s", Outcome: Timeout, Records: []string{"1", "2", "é"}, Attempts: []int{1, 2, 3}, HasReport: true, Event: map[string]any{"Records": []any{}}}},
		{`{"event":"invoke","t":4,"end":4,"mapping":"u","records":[],"outcome":"error","event":{"a":1}}`,
			Event{Kind: Invoke, T: 4, End: 4, Mapping: "u", Outcome: Error, Event: map[string]any{"a": 1.0}}},
		{`{"event":"throttle","t":5,"end":6,"function":"f"}`, Event{Kind: Throttle, T: 5, End: 6, Function: "f"}},
		{`{"event":"destination","t":7,"arn":"d","body":{"version":"1.0"},"mapping":"u","message_id":"m"}`,
			Event{Kind: Destination, T: 7, Source: "d", Mapping: "u", ID: "m", Body: map[string]any{"version": "1.0"}}},
		{`{"event":"queue","t":8,"source":"q","visible":["1"],"in_flight":["2","3"],"dead":null}`,
			Event{Kind: Queue, T: 8, Source: "q", Detail: &Detail{Visible: []string{"1"}, InFlight: []string{"2", "3"}}}},
		{`{"event":"end","t":9}`, Event{Kind: End, T: 9}},
	}
	in := strings.NewReplacer("\r", "\r\n\n \t\r\n").Replace // line ends of both kinds, and blank lines
	file := "\n" + `{"event":"trace","format":1,"profile":"today","target":"x","complete":true,"settle_ms":0,"duplicates":2}` + "\r"
	for _, test := range tests {
		file += test.line + "\r"
	}
	got, err := readAll(strings.NewReader(in(file)))
	if err != nil {
		t.Fatal(err)
	}
	want := Event{Kind: Header, Line: 2, Detail: &Detail{Format: 1, Profile: "today", Target: "x", Complete: true, SkewMS: DefaultSkewMS, Duplicates: 2}}
	if !reflect.DeepEqual(got[0], want) {
		t.Errorf("header: got %+v %+v", got[0], got[0].Detail)
	}
	if len(got) != len(tests)+1 {
		t.Fatalf("got %d events, want %d", len(got), len(tests)+1)
	}
	for i, test := range tests {
		if test.want.Line = 5 + 3*i; !reflect.DeepEqual(got[i+1], test.want) {
			t.Errorf("%s\n got %+v %+v\nwant %+v", test.line, got[i+1], got[i+1].Detail, test.want)
		}
	}
}

func TestReaderDefaults(t *testing.T) {
	got, err := readAll(strings.NewReader(strings.TrimSpace(header)))
	if err != nil {
		t.Fatal(err)
	}
	if d := got[0].Detail; d.SettleMS != 5000 || d.SkewMS != 1000 || d.Duplicates != 0 || d.Complete {
		t.Errorf("got %+v", d)
	}
}

func TestReaderTakesTheLastOfOneName(t *testing.T) {
	got, err := readAll(strings.NewReader(header + `{"event":"end","event":"put","t":"x","t":1,"source":"a","seq":3,"seq":"1","\u0073eq":"2","Seq":"5"}`))
	if err != nil {
		t.Fatal(err)
	}
	if e := got[1]; e.Kind != Put || e.T != 1 || e.Seq != "2" {
		t.Errorf("got %+v", e)
	}
}

func TestReaderRepeatsItsError(t *testing.T) {
	r := NewReader(strings.NewReader("x\n" + header))
	_, first := r.Next()
	if _, again := r.Next(); first == nil || again != first {
		t.Errorf("got %v, then %v", first, again)
	}
}

func TestReaderPassesOnTheStreamsError(t *testing.T) {
	broken := errors.New("broken pipe")
	_, err := readAll(io.MultiReader(strings.NewReader(header+`{"event"`), readerFunc(func([]byte) (int, error) { return 0, broken })))
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("got %v", err)
	}
	if _, err = readAll(readerFunc(func([]byte) (int, error) { return 0, nil })); !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("got %v", err)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(b []byte) (int, error) { return f(b) }

// A line without an end must not be read to its end.
func TestReaderBoundsALine(t *testing.T) {
	read := 0
	endless := readerFunc(func(b []byte) (int, error) {
		for i := range b {
			b[i] = 'x'
		}
		read += len(b)
		return len(b), nil
	})
	_, err := readAll(io.MultiReader(strings.NewReader(header+`{"event":"`), endless))
	var input *InputError
	if !errors.As(err, &input) || input.Line != 2 || !strings.Contains(input.What, "64 MiB") {
		t.Errorf("got %v", err)
	}
	if read > maxLine+2*lineBuffer {
		t.Errorf("read %d bytes", read)
	}
}

func TestReaderReadsLongLinesAndShortReads(t *testing.T) {
	var file bytes.Buffer
	file.WriteString(header)
	for i, size := range []int{1, lineBuffer, 10, 3 * lineBufferKept, 3 * lineBuffer, lineBuffer - 90, 20} {
		fmt.Fprintf(&file, `{"event":"put","t":%d,"source":"a","seq":"%s"}`+"\n", i, strings.Repeat("7", size))
	}
	whole, err := readAll(bytes.NewReader(file.Bytes()))
	if err != nil || len(whole) != 8 || len(whole[4].Seq) != 3*lineBufferKept {
		t.Fatalf("got %d events, error %v", len(whole), err)
	}
	for _, size := range []int{777, 100_000, 150_000, 200_000} {
		in := bytes.NewReader(file.Bytes())
		pieces, err := readAll(readerFunc(func(b []byte) (int, error) { return in.Read(b[:min(len(b), size)]) }))
		if err != nil || !reflect.DeepEqual(pieces, whole) {
			t.Errorf("read in pieces of %d: error %v, or not the same", size, err)
		}
	}
}

// One long line must not cost memory for the rest of the trace.
func TestReaderGivesALongLinesBufferBack(t *testing.T) {
	const end = `{"event":"end","t":1}` + "\n"
	in := header + strings.Repeat(" ", 3*lineBufferKept) + "\n" + strings.Repeat(end, 5*lineBufferKept/len(end))
	r := NewReader(strings.NewReader(in))
	largest := 0
	for range 4 * lineBufferKept / len(end) { // not up to the end, where any buffer is empty
		if _, err := r.Next(); err != nil {
			t.Fatal(err)
		}
		largest = max(largest, len(r.lines.buf))
	}
	if largest < 3*lineBufferKept || len(r.lines.buf) > lineBufferKept {
		t.Errorf("the buffer was %d bytes and is %d", largest, len(r.lines.buf))
	}
}

// Strings are cut out of chunks that later strings fill up further.
func TestReaderStringsStay(t *testing.T) {
	const n = 20000
	var file bytes.Buffer
	file.WriteString(header)
	for i := range n {
		fmt.Fprintf(&file, `{"event":"put","t":0,"source":"a","seq":"%d","key":"k%d"}`+"\n", i, i)
	}
	got, err := readAll(&file)
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		if e := got[i+1]; e.Seq != fmt.Sprint(i) || e.Key != fmt.Sprint("k", i) {
			t.Fatalf("put %d: seq %s, key %s", i, e.Seq, e.Key)
		}
	}
}
