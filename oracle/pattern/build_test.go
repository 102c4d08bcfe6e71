package pattern

import (
	"encoding/base64"
	"testing"
)

// compile compiles one filter for each pattern.
func compile(t testing.TB, patterns ...string) *Filters {
	t.Helper()
	f, err := Compile(criteria(patterns...))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func criteria(patterns ...string) map[string]any {
	var list []any
	for _, p := range patterns {
		list = append(list, map[string]any{"Pattern": p})
	}
	return map[string]any{"Filters": list}
}

func record(t testing.TB, text string) map[string]any {
	t.Helper()
	v, ok := decode(text)
	r, isObject := v.(map[string]any)
	if !ok || !isObject {
		t.Fatalf("no record: %s", text)
	}
	return r
}

func sqsRecord(body string) map[string]any {
	return map[string]any{
		"messageId": "059f36b4-87a3-44ab-83d2-661975830a7d", "receiptHandle": "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a...", "body": body,
		"attributes": map[string]any{"ApproximateReceiveCount": "1", "SentTimestamp": "1545082649183",
			"SenderId": "AIDAIENQZJOLO23YVJ4VO", "ApproximateFirstReceiveTimestamp": "1545082649185"},
		"messageAttributes": map[string]any{"color": map[string]any{"stringValue": "red", "dataType": "String", "stringListValues": []any{}}},
		"md5OfBody":         "e4e68fb7bd0e697a0ae8f1bb342846b3", "eventSource": "aws:sqs",
		"eventSourceARN": "arn:aws:sqs:us-east-2:123456789012:my-queue", "awsRegion": "us-east-2",
	}
}

func kinesisRecord(data string) map[string]any {
	return map[string]any{
		"kinesis": map[string]any{"kinesisSchemaVersion": "1.0", "partitionKey": "1",
			"sequenceNumber": "49590338271490256608559692538361571095921575989136588898",
			"data":           base64.StdEncoding.EncodeToString([]byte(data)), "approximateArrivalTimestamp": 1545084650.987},
		"eventSource": "aws:kinesis", "eventVersion": "1.0", "eventName": "aws:kinesis:record",
		"eventID":   "shardId-000000000006:49590338271490256608559692538361571095921575989136588898",
		"awsRegion": "us-east-2", "eventSourceARN": "arn:aws:kinesis:us-east-2:123456789012:stream/lambda-stream",
	}
}

func mskRecord(value string) map[string]any {
	return map[string]any{"topic": "mytopic", "partition": 0, "offset": 15, "timestamp": 1545084650987, "timestampType": "CREATE_TIME",
		"key": "YWJj", "value": base64.StdEncoding.EncodeToString([]byte(value)), "headers": []any{}}
}
