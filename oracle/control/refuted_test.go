package control

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/esmconform/esmconform/oracle/trace"
)

// object and list are JSON.
type (
	object = map[string]any
	list   = []any
)

const (
	testFIFO  = testQueue + ".fifo"
	testMSK   = "arn:aws:kafka:us-east-1:000000000000:cluster/c/1"
	testMQ    = "arn:aws:mq:us-east-1:000000000000:broker:b:b-1"
	testDocDB = "arn:aws:rds:us-east-1:000000000000:cluster:c"
)

// plain are requests that must be accepted, one for each kind of source; for some
// the documentation leaves open what else they need.
var plain = map[string]object{
	"sqs":     {"EventSourceArn": testQueue},
	"fifo":    {"EventSourceArn": testFIFO},
	"kinesis": {"EventSourceArn": testStream, "StartingPosition": "LATEST"},
	"table":   {"EventSourceArn": testTable, "StartingPosition": "LATEST"},
	"msk":     {"EventSourceArn": testMSK, "StartingPosition": "LATEST", "Topics": list{"topic"}},
	"kafka": {"StartingPosition": "LATEST", "Topics": list{"topic"}, "SourceAccessConfigurations": list{},
		"SelfManagedEventSource": object{"Endpoints": object{"KAFKA_BOOTSTRAP_SERVERS": list{"kafka:1000"}}}},
	"mq": {"EventSourceArn": testMQ, "Queues": list{"queue"},
		"SourceAccessConfigurations": list{object{"Type": "BASIC_AUTH", "URI": "u"}}},
	"docdb": {"EventSourceArn": testDocDB, "StartingPosition": "LATEST", "DocumentDBEventSourceConfig": object{"DatabaseName": "d"}},
}

// refuted lists what a new judge says against a request, and whether it leaves
// some of it open.
func refuted(j *Judge, op trace.Operation, path, query string, body object) string {
	x := &trace.Exchange{Operation: op, Method: Method(op), Path: CollectionPath + "/" + path, Query: query}
	x.Start = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	x.End = x.Start
	if body != nil {
		x.Request = JSON(body)
	}
	broken, open := j.Refuted(Parse(x))
	var ids []string
	for _, r := range broken {
		ids = append(ids, r.ID)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	if open {
		ids = append(ids, "open")
	}
	return strings.Join(ids, " ")
}

func fullWorld() World {
	w := testWorld()
	for _, arn := range []string{testFIFO, testMSK, testMQ, testDocDB, testStream + "/consumer/c:1"} {
		w.AddSource(arn)
	}
	w.AddFunction(strings.Repeat("f", 64))
	w.AddFunction(strings.Repeat("f", 65))
	return w
}

func repeated(x any, n int) list { return slices.Repeat(list{x}, n) }

func filters(patterns ...string) object {
	all := list{}
	for _, p := range patterns {
		all = append(all, object{"Pattern": p})
	}
	return object{"Filters": all}
}

func access(pairs ...string) list {
	all := list{}
	for _, p := range pairs {
		typ, uri, ok := strings.Cut(p, "=")
		one := object{"Type": typ}
		if ok {
			one["URI"] = uri
		}
		all = append(all, one)
	}
	return all
}

func consumer(name string, x any) object {
	return object{"SelfManagedKafkaEventSourceConfig": object{name: x}}
}

func servers(x any) object {
	return object{"SelfManagedEventSource": object{"Endpoints": object{"KAFKA_BOOTSTRAP_SERVERS": x}}}
}

func registry(name string, x any) object { return consumer("SchemaRegistryConfig", object{name: x}) }

// Which rules a Create breaks, and where the documentation leaves the answer
// open; at the ends of every range, one inside and one outside.
func TestRefutedCreate(t *testing.T) {
	for _, c := range creates {
		body := object{"FunctionName": "fn"}
		maps.Copy(body, plain[c.source])
		maps.Copy(body, c.with)
		if got := refuted(NewJudge(c.profile, fullWorld()), trace.Create, "", "", body); got != c.want {
			t.Errorf("%s, %s with %v:\n got %q\nwant %q", c.profile, c.source, c.with, got, c.want)
		}
	}
}
