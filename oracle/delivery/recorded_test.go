package delivery

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/esmconform/esmconform/oracle/trace"
)

// recordedFact is one line of testdata/recorded.jsonl.
type recordedFact struct {
	ID          string
	Source      string
	Recorded    string
	Kind        string
	Visibility  float64 `json:"visibility_timeout_ms"`
	MaxReceives int     `json:"max_receive_count"`
	Config      map[string]any
	MappedAt    float64 `json:"mapped_at"`
	Events      []map[string]any
	Changed     []recordedChange
	Part        string
}

// recordedChange is what AWS did not do, and what must be said of it.
type recordedChange struct {
	What      string
	Invariant string // "A|B" where either may be named
	Rule      string // "" where the rule does not matter
	Edits     []recordedEdit
}

// recordedEdit changes one event. The edits of a change are made in order.
type recordedEdit struct {
	At     int
	Set    string // a path of members
	To     any
	Remove string // a path of members
	Drop   bool
	Insert map[string]any // null: the event before it, again
}

const (
	recordedUUID  = "14e0db71-5d35-4eb5-b481-8945cf9d10c2"
	recordedShard = "shardId-000000000000"
)

var recordedARNs = map[string]string{"kinesis": "<kinesis-arn>", "dynamodb": "<ddb-stream-arn>", "sqs": "<sqs-arn>"}

var recordedPlaceholders = strings.NewReplacer(
	"<kinesis-arn>", "arn:aws:kinesis:us-east-1:000000000000:stream/stream",
	"<ddb-stream-arn>", "arn:aws:dynamodb:us-east-1:000000000000:table/table/stream/2026-01-01T00:00:00.000",
	"<sqs-arn>", "arn:aws:sqs:us-east-1:000000000000:queue", "<sqs-dlq-arn>", "arn:aws:sqs:us-east-1:000000000000:failures",
	"<sns-topic-arn>", "arn:aws:sns:us-east-1:000000000000:topic", "<function-arn>", "arn:aws:lambda:us-east-1:000000000000:function:fn",
	"<role-arn>", "arn:aws:iam::000000000000:role/role", "<request-id>", "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0", "<uuid>", recordedUUID)

func readRecorded(t testing.TB) (facts []recordedFact) {
	t.Helper()
	f, err := os.Open("testdata/recorded.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Buffer(nil, 1<<20); lines.Scan(); {
		var x recordedFact
		d := json.NewDecoder(strings.NewReader(lines.Text()))
		d.DisallowUnknownFields()
		if err := d.Decode(&x); err != nil {
			t.Fatalf("%v in %s", err, lines.Text())
		}
		facts = append(facts, x)
	}
	return facts
}

// lines is a trace of the events, as a file.
func (x *recordedFact) lines(t testing.TB, events []map[string]any) []byte {
	t.Helper()
	source := map[string]any{"event": "source", "arn": recordedARNs[x.Kind], "kind": x.Kind}
	if x.Kind == "sqs" {
		source["visibility_timeout_ms"], source["max_receive_count"] = x.Visibility, x.MaxReceives
	} else {
		source["shards"] = []any{map[string]any{"id": recordedShard}}
	}
	config := maps.Clone(x.Config)
	config["EventSourceArn"], config["FunctionArn"], config["State"] = recordedARNs[x.Kind], "<function-arn>", "Enabled"
	mapping := map[string]any{"event": "mapping", "t": x.MappedAt, "uuid": recordedUUID, "config": config}
	all := []map[string]any{{"event": "trace", "format": 1, "profile": "today", "complete": true}, source}
	last := 0.0
	for _, e := range events {
		e = maps.Clone(e)
		at := e["t"].(float64)
		if mapping != nil && at >= x.MappedAt {
			all, mapping = append(all, mapping), nil
		}
		last = max(last, at)
		switch e["event"] {
		case "put", "queue":
			e["source"] = recordedARNs[x.Kind]
		case "invoke", "destination":
			e["mapping"] = recordedUUID
		}
		if x.Kind != "sqs" && (e["event"] == "put" || e["event"] == "invoke") {
			e["shard"] = recordedShard
		}
		all = append(all, e)
	}
	// Long enough for all that must happen in the end.
	all = append(all, map[string]any{"event": "end", "t": last + 800_000})
	var b bytes.Buffer
	for _, e := range all {
		line, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(line)
		b.WriteByte('\n')
	}
	return []byte(recordedPlaceholders.Replace(strings.NewReplacer(`\u003c`, "<", `\u003e`, ">").Replace(b.String())))
}

// judgeLines is what the checker says of a file.
func judgeLines(t testing.TB, file []byte) (found []Violation) {
	t.Helper()
	c := NewChecker(func(v Violation) { found = append(found, v) })
	for r := trace.NewReader(bytes.NewReader(file)); ; {
		e, err := r.Next()
		if err == io.EOF {
			return found
		}
		if err == nil {
			err = c.Event(e)
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, file)
		}
	}
}

// change returns the events with one change made to them.
func (x *recordedFact) change(t *testing.T, edits []recordedEdit) []map[string]any {
	t.Helper()
	b, err := json.Marshal(x.Events)
	var events []map[string]any
	if err == nil {
		err = json.Unmarshal(b, &events) // a copy to the bottom
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range edits {
		switch {
		case d.Drop:
			events = slices.Delete(events, d.At, d.At+1)
		case d.Set != "":
			setRecorded(t, events[d.At], d.Set, func(m map[string]any, name string) { m[name] = d.To })
		case d.Remove != "":
			setRecorded(t, events[d.At], d.Remove, func(m map[string]any, name string) { delete(m, name) })
		case d.Insert != nil:
			events = slices.Insert(events, d.At, d.Insert)
		default:
			events = slices.Insert(events, d.At, events[d.At-1])
		}
	}
	return events
}

// setRecorded walks down a path of members and places of lists.
func setRecorded(t *testing.T, e map[string]any, path string, do func(map[string]any, string)) {
	t.Helper()
	names := strings.Split(path, ".")
	var at any = e
	for _, name := range names[:len(names)-1] {
		switch x := at.(type) {
		case map[string]any:
			at = x[name]
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			at = x[i]
		}
	}
	m, ok := at.(map[string]any)
	if !ok {
		t.Fatalf("nothing at %s", path)
	}
	do(m, names[len(names)-1])
}

// recordedMissed are facts and changes that the checker does not tell apart yet.
// An entry that it does is one to delete.
var recordedMissed = map[string]string{}

// recordedMiss reports whether a case is known to be missed, and complains if
// it is not any more.
func recordedMiss(t *testing.T, id string, wrong bool) bool {
	t.Helper()
	why, known := recordedMissed[id]
	if known && wrong {
		t.Skip(why)
	} else if known {
		t.Errorf("it is judged now: delete it from recordedMissed")
	}
	return known
}

// TestRecorded: what AWS did is accepted, at every level, and what it did not do
// is told apart from it.
func TestRecorded(t *testing.T) {
	ids, changes := map[string]bool{}, 0
	for _, x := range readRecorded(t) {
		if ids[x.ID] || x.Source == "" || x.Recorded == "" || len(x.Changed) == 0 {
			t.Errorf("%s: an id of its own, a source, a date and a change are expected", x.ID)
		}
		ids[x.ID] = true
		t.Run(x.ID, func(t *testing.T) {
			found := judgeLines(t, x.lines(t, x.Events))
			recordedMiss(t, x.ID, len(found) > 0)
			for _, v := range found {
				t.Errorf("AWS did it, but: %s", &v)
			}
		})
		for _, d := range x.Changed {
			changes++
			id := x.ID + "/" + strings.ReplaceAll(d.What, " ", "-")
			t.Run(id, func(t *testing.T) {
				found := judgeLines(t, x.lines(t, x.change(t, d.Edits)))
				ok := slices.ContainsFunc(found, func(v Violation) bool {
					return slices.Contains(strings.Split(d.Invariant, "|"), v.Invariant.ID) && (d.Rule == "" || d.Rule == v.Rule.ID)
				})
				if recordedMiss(t, id, !ok); !ok {
					t.Errorf("expected %s %s, got %d violations", d.Invariant, d.Rule, len(found))
					for _, v := range found {
						t.Logf("  %s", &v)
					}
				}
			})
		}
	}
	if len(ids) < 46 || changes < 100 {
		t.Errorf("only %d facts with %d changes", len(ids), changes)
	}
}
