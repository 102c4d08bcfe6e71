package pattern

import (
	"encoding/json"
	"testing"
)

// FuzzMatch holds that nothing panics, that a pattern is judged the same in
// another spelling of its whitespace, and that a second filter can only add
// records, unless formats clash, where nothing is known.
func FuzzMatch(f *testing.F) {
	for _, p := range []string{
		`{"body":{"k":["v",null,5,{"numeric":[">",1,"<=",5.0]}]}}`, `{"body":[{"anything-but":["a",1]}]}`, `{"$or":[{"data":{"k":["v"]}},{"a":[]}]}`,
		`{"value":{"k":[{"exists":false},{"suffix":"x"},{"cidr":"10.0.0.0/8"}]}}`, `{"dynamodb":{"Keys":{"id":{"S":[{"equals-ignore-case":"x"}]}}}}`,
	} {
		for _, payload := range []string{`{"k":"v"}`, `{"k":[1,{"a":null}]}`, `12`, "text", "\xff", `{"k":1e999}`} {
			f.Add(p, payload)
		}
	}
	f.Fuzz(func(t *testing.T, p, payload string) {
		filters, err := Compile(criteria(p))
		if err != nil {
			if err.Error() == "" {
				t.Fatal("an error without words")
			}
			return
		}
		decoded, _ := decode(p)
		spelled, err := json.MarshalIndent(decoded, " ", "\t")
		if err != nil {
			t.Skip() // a number that Go does not write
		}
		again := compile(t, string(spelled))
		both := compile(t, p, `{"eventName":["nothing has this name"]}`)
		loose, _ := decode(payload)
		image, _ := loose.(map[string]any)
		for kind, r := range map[string]map[string]any{
			"sqs": sqsRecord(payload), "kinesis": kinesisRecord(payload), "msk": mskRecord(payload), "dynamodb": {"eventName": "INSERT", "dynamodb": image},
			"sqs-fifo": image, "kinesis-consumer": {"kinesis": image, "data": loose},
		} {
			v := filters.Match(kind, r)
			if w := again.Match(kind, r); w != v {
				t.Errorf("%s: %s is %s, but %s when spelled %s", kind, p, v, w, spelled)
			}
			if w := both.Match(kind, r); v == Matches && w != Matches {
				t.Errorf("%s: %s matches, but is %s with a filter more", kind, p, w)
			}
		}
	})
}
