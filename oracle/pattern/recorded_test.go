package pattern

import "testing"

// What AWS was recorded to do, by the ids of the recordings. Each record stands
// as the function would have seen it.
func TestRecorded(t *testing.T) {
	image := func(newImage string) string {
		return `{"eventID":"ab0ed3713569f4655f353e5ef61a88c4","eventName":"INSERT","eventVersion":"1.1","eventSource":"aws:dynamodb",` +
			`"awsRegion":"us-east-1","dynamodb":{"ApproximateCreationDateTime":1732000000.0,"Keys":{"id":{"S":"id_value"}},"NewImage":` +
			newImage + `,"SequenceNumber":"100000000000000000001","SizeBytes":46,"StreamViewType":"NEW_AND_OLD_IMAGES"},` +
			`"eventSourceARN":"arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/2025-11-25T00:00:00.000"}`
	}
	type item struct {
		record string // of DynamoDB the whole record, of SQS the body
		want   Verdict
	}
	for _, c := range []struct {
		id, kind string
		patterns []string
		items    []item
	}{
		{"DAT-DDB-FILTER-EVENTNAME", "dynamodb", []string{`{"eventName":["INSERT"]}`},
			[]item{{image(`{"id":{"S":"id_value"},"id2":{"S":"id2_value"}}`), Matches}}},
		{"DAT-DDB-FILTER-EXISTS-FALSE-NONLEAF", "dynamodb", []string{`{"dynamodb":{"NewImage":{"presentKey":[{"exists":false}]}}}`},
			[]item{{image(`{"id":{"S":"id_value_1"}}`), Matches},
				{image(`{"id":{"S":"id_value_2"},"presentKey":{"S":"presentValue"}}`), Matches}}},
		{"DAT-DDB-FILTER-EXISTS-FALSE-NONLEAF, the note on the leaf", "dynamodb",
			[]string{`{"dynamodb":{"NewImage":{"presentKey":{"S":[{"exists":false}]}}}}`},
			[]item{{image(`{"id":{"S":"id_value_1"}}`), Matches},
				{image(`{"id":{"S":"id_value_2"},"presentKey":{"S":"presentValue"}}`), Differs}}},
		{"DAT-DDB-FILTER-DATETIME-NUMERIC", "dynamodb", []string{`{"dynamodb":{"ApproximateCreationDateTime":[{"numeric":[">",0]}]}}`},
			[]item{{image(`{"id":{"S":"id_value_1"}}`), Matches}, {image(`{"id":{"S":"id_value_2"}}`), Matches}}},
		{"DAT-DDB-FILTER-NUMERIC-2023, first", "dynamodb", []string{`{"dynamodb":{"NewImage":{"numericFilter":{"N":[{"numeric":[">",100]}]}}}}`},
			[]item{{image(`{"id":{"S":"a"},"numericFilter":{"N":"123"}}`), Differs}, {image(`{"id":{"S":"b"},"numericFilter":{"N":"12"}}`), Differs}}},
		{"DAT-DDB-FILTER-NUMERIC-2023, second", "dynamodb",
			[]string{`{"dynamodb":{"NewImage":{"numericFilter":{"N":[{"numeric":[">=",100,"<",200]}]}}}}`},
			[]item{{image(`{"id":{"S":"a"},"numericFilter":{"N":"100"}}`), Differs}, {image(`{"id":{"S":"b"},"numericFilter":{"N":"12"}}`), Differs}}},
		{"DAT-SQS-FILTER-OR", "sqs", []string{`{"body":{"my-key":["my-value-one","my-value-two"]}}`},
			[]item{{`{"my-key": "my-value-two"}`, Matches}, {`{"my-key": "other-value"}`, Differs}}},
		{"DAT-SQS-FILTER-AND", "sqs", []string{`{"body":{"my-key-one":["other-filter","my-value-one"],"my-key-two":["my-value-two"]}}`},
			[]item{{`{"my-key-one": "my-value-one", "my-key-two": "my-value-two"}`, Matches},
				{`{"my-key-one": "other-value-", "my-key-two": "my-value-two"}`, Differs}}},
		{"DAT-SQS-FILTER-EXISTS", "sqs", []string{`{"body":{"my-key":[{"exists":true}]}}`},
			[]item{{`{"my-key": "any-value-one"}`, Matches}, {`{"other-key": "any-value-two"}`, Differs}}},
		{"DAT-SQS-FILTER-NUMERIC-RANGE", "sqs", []string{`{"body":{"my-number":[{"numeric":[">=",100,"<",200]}]}}`},
			[]item{{`{"my-number": 100}`, Matches}, {`{"my-number": 200}`, Differs}}},
		{"DAT-SQS-FILTER-VALID-JSON-FILTER", "sqs", []string{`{"body":{"my-key":["my-value"]}}`},
			[]item{{`{"my-key": "my-value"}`, Matches}, {`plain-string`, Differs}}},
		{"DAT-SQS-FILTER-NUMERIC-VS-PLAINSTRING", "sqs", []string{`{"body":{"test2":[{"numeric":[">",100]}]}}`},
			[]item{{`{"test2": 105}`, Matches}, {`this is a test string`, Differs}}},
	} {
		t.Run(c.id, func(t *testing.T) {
			f := compile(t, c.patterns...)
			for _, i := range c.items {
				r := sqsRecord(i.record)
				if c.kind == "dynamodb" {
					r = record(t, i.record)
				}
				if got := f.Match(c.kind, r); got != i.want {
					t.Errorf("%s\ngot %s, recorded %s", i.record, got, i.want)
				}
			}
		})
	}
}
