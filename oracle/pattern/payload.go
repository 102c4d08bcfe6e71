package pattern

import "unicode/utf8"

// payload is what the producer wrote, as a pattern is given it.
type payload struct {
	format format
	text   string
	value  any // decoded, unless it is plain text
}

// format is what a payload is, for the guide's tables of data formats.
type format uint8

const (
	unreadable format = iota // not given as a function would see it
	plainText
	notUTF8
	jsonObject
	jsonArray
	// jsonScalar is text such as 12 or "a": JSON by its grammar, but the guide's
	// examples of plain strings do not exclude it.
	jsonScalar
)

func payloadOf(text string) payload {
	v, isJSON := decode(text)
	switch {
	case !utf8.ValidString(text):
		// A decoder that repairs bytes would read it as JSON, a strict one would not.
		if isJSON {
			return payload{}
		}
		return payload{format: notUTF8, text: text}
	case !isJSON:
		return payload{format: plainText, text: text}
	}
	switch v.(type) {
	case map[string]any:
		return payload{jsonObject, text, v}
	case []any:
		return payload{jsonArray, text, v}
	}
	return payload{jsonScalar, text, v}
}

// view is one record during one match.
type view struct {
	*source
	record   map[string]any
	payload  payload
	mismatch bool // a filter wants another format than the record has
}

func (s *source) view(record map[string]any) *view {
	return &view{source: s, record: record, payload: s.read(record)}
}

// match is the verdict on a field at the root of a pattern.
func (v *view) match(f *field) Verdict {
	if f.name != v.source.payload {
		return f.match(v.lookup(v.record, f.name))
	}
	switch {
	case v.payload.format == unreadable:
		return Unknown
	case f.inside != nil:
		return v.matchJSON(f.inside)
	case v.textless:
		return v.matchRefused()
	}
	return v.matchText(f.alternatives)
}

func (v *view) differentFormat() Verdict {
	v.mismatch = true
	return v.source.mismatch
}

// matchJSON is for a pattern that looks into JSON.
func (v *view) matchJSON(o *object) Verdict {
	switch v.payload.format {
	case jsonObject:
		return o.within(v.payload.value)
	case jsonArray:
		return Unknown
	case jsonScalar:
		return eitherReading(o.within(v.payload.value), v.differentFormat())
	}
	return v.differentFormat()
}

// matchRefused is for a pattern that no mapping of such a source may have. The
// data that is not JSON is discarded whatever the pattern says of it.
func (v *view) matchRefused() Verdict {
	if f := v.payload.format; f == plainText || f == notUTF8 {
		return v.differentFormat()
	}
	return Unknown
}

// matchText is for a pattern of plain text.
func (v *view) matchText(list []alternative) Verdict {
	for i := range list {
		if list[i].exists != either { // not a question of format; the guide has no such example
			return Unknown
		}
	}
	if len(list) == 0 {
		return Unknown
	}
	switch v.payload.format {
	case plainText:
		return anyOf(list, v.payload.text)
	case jsonScalar:
		text := eitherReading(anyOf(list, v.payload.text), anyOf(list, v.payload.value))
		return eitherReading(text, v.differentFormat())
	case notUTF8:
		// A body of SQS is text; for Kafka the guide leaves only the metadata.
		return Unknown
	}
	return v.differentFormat()
}
