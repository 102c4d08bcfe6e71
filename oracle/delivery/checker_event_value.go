package delivery

import (
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// eventValue is a member of a record in an event whose value is known, or has a
// form: ok says whether it is right.
type eventValue struct {
	path string
	want string
	ok   bool
}

// checkValues judges what the records of an event say against what was put. The
// order of a stream's records is judged as that of the batch.
func (c *Checker) checkValues(m *mapping, e *trace.Event, r *rule.Rule, records []any) {
	kind := strings.TrimSuffix(strings.TrimSuffix(m.src.kind, "-consumer"), "-fifo")
	if kind != "sqs" && c.checkEventOrder(m, e, r, records) {
		return
	}
	for i, x := range records {
		one, _ := x.(map[string]any)
		var values []eventValue
		exact := r
		switch kind {
		case "kinesis":
			values = c.kinesisValues(m, e, e.Records[i], one)
		case "dynamodb":
			values = dynamodbValues(one)
		default:
			if values = c.sqsValues(m, e.Records[i], one); m.src.kind == "sqs-fifo" {
				if msg := m.src.queue.messages[e.Records[i]]; msg != nil && msg.group != nil && at(one, "attributes.MessageGroupId") != msg.group.id {
					values, exact = []eventValue{{"attributes.MessageGroupId", msg.group.id, false}}, rule.EventSQSFIFO
				}
			}
		}
		for _, v := range values {
			if !v.ok {
				c.report(evt1, exact, v.path, v.want, fmt.Sprintf("%v", at(one, v.path)))
				return
			}
		}
	}
}

// checkEventOrder compares the sequence numbers of an event with the batch's, and
// reports whether something is wrong with them.
func (c *Checker) checkEventOrder(m *mapping, e *trace.Event, r *rule.Rule, records []any) bool {
	path := "kinesis.sequenceNumber"
	if m.src.kind == "dynamodb" {
		path = "dynamodb.SequenceNumber"
	}
	var got []string
	for _, x := range records {
		one, _ := x.(map[string]any)
		got = append(got, text(at(one, path)))
	}
	differ := func(a, b string) int { return compareSeq(a, b) }
	if slices.CompareFunc(got, e.Records, differ) == 0 {
		return false
	}
	given, sent := slices.Clone(got), slices.Clone(e.Records)
	slices.SortFunc(given, compareSeq)
	slices.SortFunc(sent, compareSeq)
	if slices.CompareFunc(given, sent, differ) == 0 {
		c.report(ord1, rule.OrderInShard, "order in the event", strings.Join(e.Records, " "), strings.Join(got, " "))
	} else {
		c.report(evt1, r, path, strings.Join(e.Records, " "), strings.Join(got, " "))
	}
	return true
}

func (c *Checker) kinesisValues(m *mapping, e *trace.Event, seq string, one map[string]any) []eventValue {
	stamp := at(one, "kinesis.approximateArrivalTimestamp")
	seconds := number(stamp, math.NaN())
	id := text(one["eventID"])
	values := []eventValue{
		{"kinesis.data", "base64", isBase64(at(one, "kinesis.data"))},
		{"kinesis.approximateArrivalTimestamp", "a number of seconds", !math.IsNaN(seconds)},
		{"eventID", "the shard and the sequence number", strings.HasSuffix(id, ":"+seq) && (e.Shard == "" || strings.HasPrefix(id, e.Shard+":"))},
	}
	sh := c.shardOf(m, e)
	if sh == nil {
		return values
	}
	i, ok := sh.find(seq, sh.base)
	if !ok {
		return values
	}
	put := sh.at(i)
	return append(values,
		eventValue{"kinesis.partitionKey", put.key, put.key == "" || at(one, "kinesis.partitionKey") == put.key},
		// A trace may count its times from where it likes, but milliseconds are told from seconds.
		eventValue{"kinesis.approximateArrivalTimestamp", "seconds", put.arrival < 10_000 || seconds < put.arrival/2 || seconds < 1e11 && math.Abs(seconds*1000-put.arrival) <= c.skew},
		eventValue{"kinesis.data", "what was put", put.fields == nil || sameMember(one, put.fields, "kinesis.data")})
}

func dynamodbValues(one map[string]any) []eventValue {
	name, view := text(one["eventName"]), text(at(one, "dynamodb.StreamViewType"))
	_, image := at(one, "dynamodb.NewImage").(map[string]any)
	return []eventValue{
		{"eventName", "INSERT, MODIFY or REMOVE", name == "INSERT" || name == "MODIFY" || name == "REMOVE"},
		{"dynamodb.NewImage", "the new image, as StreamViewType says", image || name == "REMOVE" || view != "NEW_IMAGE" && view != "NEW_AND_OLD_IMAGES"},
	}
}

func (c *Checker) sqsValues(m *mapping, id string, one map[string]any) []eventValue {
	sum := md5.Sum([]byte(text(one["body"])))
	_, attributes := one["messageAttributes"].(map[string]any)
	count, err := strconv.Atoi(text(at(one, "attributes.ApproximateReceiveCount")))
	values := []eventValue{
		{"messageId", id, one["messageId"] == id},
		{"md5OfBody", "the MD5 of the body", one["md5OfBody"] == hex.EncodeToString(sum[:])},
		{"messageAttributes", "an object", attributes},
		{"attributes.ApproximateReceiveCount", "a count from 1, as text", err == nil && count >= 1},
	}
	if msg := m.src.queue.messages[id]; msg != nil && msg.fields != nil {
		values = append(values, eventValue{"body", "what was sent", sameMember(one, msg.fields, "body")})
	}
	return values
}

// kafkaValues are those of one record of a partition.
func (c *Checker) kafkaValues(m *mapping, e *trace.Event, partition string, one map[string]any) []eventValue {
	var offset string
	switch n := one["offset"].(type) {
	case float64:
		offset = strconv.FormatFloat(n, 'f', -1, 64)
	case json.Number:
		offset = n.String()
	}
	values := []eventValue{
		{"offset", "an offset of the batch, as a number", slices.ContainsFunc(e.Records, func(s string) bool { return offset != "" && strings.HasSuffix(s, ":"+offset) })},
		{"value", "base64", one["value"] == nil || isBase64(one["value"])},
		{"key", "base64", one["key"] == nil || isBase64(one["key"])},
	}
	if sh := m.src.shards[partition]; sh != nil {
		if i, ok := sh.find(offset, sh.base); ok {
			put := sh.at(i)
			values = append(values,
				eventValue{"key", "the key that was put", put.key == "" || one["key"] != nil},
				eventValue{"value", "what was put", put.fields == nil || sameMember(one, put.fields, "value")})
		}
	}
	return values
}

// sameMember compares a member where what was put tells it.
func sameMember(one, put map[string]any, path string) bool {
	want := at(put, path)
	return want == nil || at(one, path) == want
}

// at is the member at a path, or nil.
func at(object map[string]any, path string) any {
	for {
		name, rest, more := strings.Cut(path, ".")
		if !more {
			return object[name]
		}
		object, _ = object[name].(map[string]any)
		path = rest
	}
}

func isBase64(v any) bool {
	s, ok := v.(string)
	if !ok {
		return false
	}
	_, err := base64.StdEncoding.DecodeString(s)
	return err == nil
}
