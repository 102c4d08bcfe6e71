package pattern

import "testing"

// TestPage holds filters of the shape that the guide's page shows for each kind of source.
func TestPage(t *testing.T) {
	const ddb = `{"eventID":"1","eventVersion":"1.0","dynamodb":{"ApproximateCreationDateTime":1678831218.0,"Keys":{"ID":{"N":"101"}},` +
		`"NewImage":{"CustomerName":{"S":"AnyCompany Industries"},"AccountManager":{"S":"Pat Candella"},"Message":{"S":"New item!"},"Amount":{"N":"3.0"}},` +
		`"SequenceNumber":"111","SizeBytes":26,"StreamViewType":"NEW_AND_OLD_IMAGES"},"awsRegion":"us-west-2","eventName":"INSERT","eventSource":"aws:dynamodb"}`
	request := sqsRecord(`{"RecordNumber": 12, "TimeStamp": "yyyy-mm-ddThh:mm:ss", "RequestCode": "BBBB"}`)
	for _, c := range []struct {
		kind    string
		filters []string
		record  map[string]any
		want    Verdict
	}{
		{"sqs", []string{`{"body":{"RequestCode":["BBBB"]}}`}, request, Matches},
		{"sqs", []string{`{"body":{"RequestCode":["CCCC"]}}`}, request, Differs},
		{"sqs", []string{`{"body":{"RequestCode":["CCCC"]}}`, `{"body":{"RecordNumber":[{"numeric":["<",100]}]}}`}, request, Matches},
		{"sqs", []string{`{"body":{"RequestCode":["BBBB"],"RecordNumber":[{"numeric":[">",100]}]}}`}, request, Differs},
		{"dynamodb", []string{`{"dynamodb":{"NewImage":{"CustomerName":{"S":["AnyCompany Industries"]}}}}`}, record(t, ddb), Matches},
		{"dynamodb", []string{`{"dynamodb":{"NewImage":{"AccountManager":{"S":["Pat Candella",{"prefix":"Shirley"}]}},"Keys":{"ID":{"N":["101"]}}}}`}, record(t, ddb), Matches},
		{"dynamodb", []string{`{"dynamodb":{"NewImage":{"Amount":{"N":["3"]}}}}`}, record(t, ddb), Differs},
		{"dynamodb", []string{`{"eventName":["REMOVE"]}`, `{"dynamodb":{"OldImage":{"CustomerName":{"S":[{"exists":true}]}}}}`}, record(t, ddb), Differs},
		{"dynamodb", []string{`{"dynamodb":["INSERT"]}`}, record(t, ddb), Unknown},
		{"kinesis", []string{`{"data":{"record":{"status":["BBBB"]}}}`}, kinesisRecord(`{"record":{"status":"BBBB"}}`), Matches},
		{"msk", []string{`{"value":{"device_ID":[{"prefix":"AB"}]}}`}, mskRecord(`{"device_ID":"AB1234","session":{"start_time":"x","duration":162}}`), Matches},
	} {
		if got := compile(t, c.filters...).Match(c.kind, c.record); got != c.want {
			t.Errorf("%s %q: %s, want %s", c.kind, c.filters, got, c.want)
		}
	}
}
