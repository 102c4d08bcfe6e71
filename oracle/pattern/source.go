package pattern

import "encoding/base64"

// source is how patterns see the records of a kind of source.
type source struct {
	payload string // the pattern's field for what the producer wrote
	read    func(record map[string]any) payload
	// lookup finds another member of the record.
	lookup func(record map[string]any, name string) any
	// How the guide's table of formats goes when record and pattern differ.
	mismatch Verdict
	// textless: a pattern of plain text for the payload is refused by Create and Update.
	textless bool
}

var (
	kinesis  = source{"data", kinesisData, kinesisMember, Differs, true}
	dynamodb = source{"dynamodb", streamRecord, plainMember, Differs, true}
	sqs      = source{"body", body, plainMember, Differs, false}
	// For Kafka the table says that a mismatch leaves "the other metadata
	// properties" to filter on, and not whether the record then passes.
	msk = source{"value", kafkaValue, kafkaMember, Unknown, false}
)

// sources are the kinds as a trace names them.
var sources = map[string]*source{
	"kinesis": &kinesis, "kinesis-consumer": &kinesis, "dynamodb": &dynamodb, "sqs": &sqs, "sqs-fifo": &sqs, "msk": &msk,
}

func plainMember(record map[string]any, name string) any { return member(record, name) }

// kinesisMember is undecided about what lies beside the data: the guide names
// data alone, at the root, and does not say whether the sequence number is
// found there too or under kinesis, where the function sees it.
func kinesisMember(record map[string]any, name string) any {
	if name == "kinesis" {
		return undecided{}
	}
	if v, ok := record[name]; ok {
		return v
	}
	if _, ok := member(record["kinesis"], name).(missing); !ok {
		return undecided{}
	}
	return missing{}
}

// kafkaMember is undecided about the key: the guide decodes value alone.
func kafkaMember(record map[string]any, name string) any {
	if name == "key" {
		return undecided{}
	}
	return member(record, name)
}

func kinesisData(record map[string]any) payload {
	return fromBase64(member(record["kinesis"], "data"))
}

func kafkaValue(record map[string]any) payload { return fromBase64(record["value"]) }

func streamRecord(record map[string]any) payload {
	v, ok := record["dynamodb"].(map[string]any)
	if !ok {
		return payload{}
	}
	return payload{format: jsonObject, value: v}
}

func body(record map[string]any) payload {
	s, ok := record["body"].(string)
	if !ok {
		return payload{}
	}
	return payloadOf(s)
}

func fromBase64(v any) payload {
	s, ok := v.(string)
	if !ok {
		return payload{}
	}
	raw, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return payload{}
	}
	return payloadOf(string(raw))
}
