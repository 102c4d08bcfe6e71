package specs

import (
	"encoding/base64"
	"strings"
	"time"

	"github.com/esmconform/esmconform/oracle/rule"
)

// Filters of event content.

// payload is a record of a kind of source that carries the text given.
func payload(kind, text string) map[string]any {
	encoded := base64.StdEncoding.EncodeToString([]byte(text))
	switch kind {
	case "sqs", "sqs-fifo":
		return map[string]any{"body": text}
	case "dynamodb":
		return map[string]any{"eventName": text}
	case "msk":
		return map[string]any{"value": encoded}
	}
	return map[string]any{"kinesis": map[string]any{"data": encoded}}
}

// carry puts a record with that text.
func (s *scene) carry(text string) *scene { return s.record(1, payload(s.source().Kind, text), nil) }

const yes, no = `{"keep":"yes","n":1}`, `{"keep":"no"}`

// settled is when a mapping that was just created is certainly at work.
const settled = 10 * time.Second

// filtering creates a mapping with filters and lets it come to work.
func filtering(kind string, patterns ...any) *scene {
	return on(kind).of("a").create(batch(2), filter(patterns...)).after(settled)
}

// done waits for longer than a message may stay, and takes a look where the
// source is a queue.
func (s *scene) done() *scene {
	if s.after(3 * time.Minute); strings.HasPrefix(s.source().Kind, "sqs") {
		s.look()
	}
	return s
}

var _ = table(func() {
	wrap := map[string]string{"kinesis": "data", "sqs": "body", "sqs-fifo": "body", "msk": "value"}
	for _, kind := range []string{"kinesis", "sqs", "sqs-fifo", "msk"} {
		pattern := func(inner string) string { return `{"` + wrap[kind] + `":` + inner + `}` }
		kept := pattern(`{"keep":["yes"]}`)
		decide(kind+"-filter", filtering(kind, kept).carry(yes).carry(no).carry(yes).carry(no).carry(yes).done(),
			rule.FilterCriteriaSupported, rule.FilterUnmatchedDiscarded)
		decide(kind+"-filter-or",
			filtering(kind, kept, pattern(`{"n":[1]}`)).carry(yes).carry(`{"keep":"yes"}`).carry(`{"n":1}`).carry(no).carry(yes).done(),
			rule.FilterOr, rule.FilterCriteriaSupported, rule.FilterUnmatchedDiscarded)
		decide(kind+"-filter-or-of-two-fields",
			filtering(kind, kept, pattern(`{"n":[1]}`)).carry(yes).carry(`{"keep":"yes"}`).carry(`{"n":1}`).carry(no).carry(yes).done(),
			rule.FilterOr, rule.FilterUnmatchedDiscarded)
		decide(kind+"-filter-all-fields",
			filtering(kind, pattern(`{"keep":["yes"],"n":[1]}`)).carry(`{"keep":"yes"}`).carry(yes).carry(`{"n":1}`).carry(yes).done(),
			rule.FilterAllFieldsPresent, rule.FilterUnmatchedDiscarded)
		decide(kind+"-filter-exact", filtering(kind, kept).carry(yes).carry(`{"keep":"Yes"}`).carry(`{"keep":"yes "}`).carry(yes).done(),
			rule.FilterStringExact, rule.FilterUnmatchedDiscarded)
		decide(kind+"-filter-lets-one-through", filtering(kind, kept).carry(no).carry(no).after(time.Minute).carry(no).carry(yes).done(),
			rule.FilterUnmatchedDiscarded)
		decide(kind+"-filter-of-a-backlog", on(kind).of("a").carry(no).carry(yes).carry(no).carry(yes).create(batch(2), filter(kept)).done(),
			rule.FilterUnmatchedDiscarded, rule.AtLeastOnce)
	}
	decide("kinesis-filter-no-json", filtering("kinesis", `{"data":{"keep":["yes"]}}`).carry(yes).carry("plain text").carry(yes),
		rule.FilterNonjsonDataDropped, rule.FilterUnmatchedDiscarded)
	decide("sqs-filter-text-for-json", filtering("sqs", `{"body":{"keep":["yes"]}}`).carry(yes).carry("plain text").carry(yes).done(), rule.FilterSQSFormatMismatch)
	decide("sqs-filter-json-for-text", filtering("sqs", `{"body":["plain"]}`).carry("plain").carry(yes).done(), rule.FilterSQSFormatMismatch)
	decide("dynamodb-filter", filtering("dynamodb", `{"eventName":["INSERT"]}`).carry("INSERT").carry("REMOVE").carry("INSERT").carry("MODIFY").carry("INSERT"),
		rule.FilterCriteriaSupported, rule.FilterUnmatchedDiscarded)
	decide("kinesis-filter-and-bisect",
		on("kinesis").create(batch(5), bisecting, retries(0), failuresTo("sqs"), filter(`{"data":{"keep":["yes"]}}`)).after(settled).
			carry(no).carry(yes).record(1, payload("kinesis", yes), always).carry(no).carry(yes),
		rule.FilterUnmatchedDiscarded, rule.BisectSplitsInTwo)
})
