package delivery

import (
	"crypto/md5"
	"encoding/hex"
	"maps"
	"strconv"
)

// event is the event of an invocation with the records of refs.
func (r *machineReader) event(refs []machineRef) map[string]any {
	src := r.mp.src
	if src.kind == "msk" {
		return r.kafkaEvent(refs)
	}
	list := make([]any, len(refs))
	for i, ref := range refs {
		list[i] = machineWholeJSON(src, r.shards[ref.shard].id, r.record(ref))
	}
	return map[string]any{"Records": list}
}

// kafkaEvent has the records by partition. What came after 2020 is in it today only.
func (r *machineReader) kafkaEvent(refs []machineRef) map[string]any {
	today := r.mp.m.today
	parts := map[string]any{}
	for _, ref := range refs {
		id := r.shards[ref.shard].id
		one := machineWholeJSON(r.mp.src, id, r.record(ref))
		if today {
			one["headers"] = []any{}
		}
		list, _ := parts[id].([]any)
		parts[id] = append(list, one)
	}
	e := map[string]any{"eventSource": "aws:kafka", "eventSourceArn": r.mp.src.arn, "records": parts}
	if today {
		e["bootstrapServers"] = "b-1.example.com:9092"
	}
	return e
}

// event is the event of an invocation with messages.
func (q *machineQueue) event(batch []int32) map[string]any {
	list := make([]any, len(batch))
	for i, at := range batch {
		msg := &q.messages[at]
		one := machineWholeJSON(q.src, "", &msg.machineRecord)
		body, _ := one["body"].(string)
		sum := md5.Sum([]byte(body))
		one["md5OfBody"] = hex.EncodeToString(sum[:])
		attributes := maps.Clone(one["attributes"].(map[string]any))
		attributes["ApproximateReceiveCount"] = strconv.Itoa(msg.received)
		attributes["ApproximateFirstReceiveTimestamp"] = attributes["SentTimestamp"]
		attributes["SenderId"] = machineAccount
		if msg.group != nil {
			attributes["SequenceNumber"], attributes["MessageGroupId"], attributes["MessageDeduplicationId"] = msg.order, msg.key, msg.seq
		}
		one["attributes"] = attributes
		list[i] = one
	}
	return map[string]any{"Records": list}
}

// machineWholeJSON is a record with what the scenario says of it laid over it.
func machineWholeJSON(src *machineSource, shard string, r *machineRecord) map[string]any {
	one := machineRecordJSON(src, shard, r)
	if r.extra != nil && r.extra.record != nil {
		machineLay(one, r.extra.record)
	}
	return one
}

// machineLay lays the members of one object over those of another.
func machineLay(under, over map[string]any) {
	for name, x := range over {
		inner, object := x.(map[string]any)
		below, also := under[name].(map[string]any)
		if object && also {
			machineLay(below, inner)
			continue
		}
		under[name] = x
	}
}
