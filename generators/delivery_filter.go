package generators

import (
	"encoding/base64"
)

// Filters, and records that they let through or not.

// patterns look into what the producer wrote.
var patterns = []string{
	`{"keep":["yes"]}`, `{"keep":["yes"]}`, `{"n":[1]}`, `{"keep":["yes"],"n":[1]}`, `{"keep":["yes"],"n":[1]}`, `{"keep":["yes","no"]}`,
	`{"keep":[{"prefix":"ye"}]}`, `{"keep":[{"suffix":"s"}]}`, `{"keep":[{"equals-ignore-case":"YES"}]}`, `{"keep":[{"anything-but":["no"]}]}`,
	`{"keep":[{"exists":true}]}`, `{"keep":[{"exists":false}]}`, `{"n":[{"numeric":[">",0,"<=",5]}]}`, `{"n":[{"numeric":["=",1]}]}`,
	`{"keep":[null]}`, `{"keep":[""]}`, `{"$or":[{"keep":["yes"]},{"n":[1]}]}`, `{"in":{"keep":["yes"]}}`,
}

// texts are what the producer wrote.
var texts = []string{
	`{"keep":"yes","n":1}`, `{"keep":"yes"}`, `{"n":1}`, `{"keep":"yes","n":2}`, `{"keep":"no","n":1}`, `{"keep":"no"}`, `{"keep":"Yes"}`, `{"keep":"yes "}`,
	`{"keep":null}`, `{"keep":""}`, `{"in":{"keep":"yes"}}`, `{}`, "plain", "plain text",
}

// streamPatterns and streamRecords are those of DynamoDB streams, whose records
// no producer wrote as text.
var (
	streamPatterns = []string{`{"eventName":["INSERT"]}`, `{"eventName":["INSERT","MODIFY"]}`, `{"eventName":[{"prefix":"IN"}]}`, `{"eventName":[{"anything-but":["REMOVE"]}]}`,
		`{"eventName":["INSERT"],"dynamodb":{"Keys":{"id":{"S":["a"]}}}}`, `{"dynamodb":{"Keys":{"id":{"S":["a"]}}}}`, `{"dynamodb":{"OldImage":[{"exists":false}]}}`}
	streamNames = []string{"INSERT", "INSERT", "REMOVE", "MODIFY"}
)

// criteria draws filters: one more often than several, all of one format.
func (g *deliveryDraw) criteria(kind string) map[string]any {
	list, plain := []any{}, g.chance(4)
	for range pick(g.draw, 1, 1, 2, 2, 5) {
		list = append(list, map[string]any{"Pattern": g.pattern(kind, plain)})
	}
	return map[string]any{"Filters": list}
}

func (g *deliveryDraw) pattern(kind string, plain bool) string {
	text := pick(g.draw, patterns...)
	switch kind {
	case "sqs", "sqs-fifo", "msk":
		if plain {
			text = pick(g.draw, `["plain"]`, `["plain"]`, `["plain text"]`, `[{"prefix":"plain"}]`)
		}
		return `{"` + map[bool]string{true: "value", false: "body"}[kind == "msk"] + `":` + text + `}`
	case "dynamodb":
		return pick(g.draw, streamPatterns...)
	}
	return `{"data":` + text + `}`
}

// record draws a record that filters may look into.
func (g *deliveryDraw) record(kind string) map[string]any {
	text := texts[g.below(len(texts))]
	switch kind {
	case "sqs", "sqs-fifo":
		return map[string]any{"body": text}
	case "dynamodb":
		r := map[string]any{"eventName": pick(g.draw, streamNames...)}
		if g.chance(2) {
			r["dynamodb"] = map[string]any{"Keys": map[string]any{"id": map[string]any{"S": pick(g.draw, "a", "a", "b", "A", "ab")}}}
		}
		return r
	case "msk":
		return map[string]any{"value": base64.StdEncoding.EncodeToString([]byte(text))}
	}
	return map[string]any{"kinesis": map[string]any{"data": base64.StdEncoding.EncodeToString([]byte(text))}}
}
