package delivery

import (
	"encoding/base64"
	"strconv"
)

// machineRecordJSON is a plain record as a function would see it.
func machineRecordJSON(src *machineSource, shard string, r *machineRecord) map[string]any {
	data := base64.StdEncoding.EncodeToString([]byte(`{"record":"` + r.seq + `"}`))
	switch src.kind {
	case "kinesis", "kinesis-consumer":
		return map[string]any{
			"eventSource": "aws:kinesis", "eventVersion": "1.0", "eventName": "aws:kinesis:record", "eventID": shard + ":" + r.seq,
			"eventSourceARN": src.arn, "awsRegion": machineRegion, "invokeIdentityArn": "arn:aws:iam::" + machineAccount + ":role/r",
			"kinesis": map[string]any{"kinesisSchemaVersion": "1.0", "partitionKey": r.key, "sequenceNumber": r.seq, "data": data,
				"approximateArrivalTimestamp": r.arrival / 1000},
		}
	case "dynamodb":
		n, _ := strconv.ParseUint(r.seq, 10, 64)
		keys := map[string]any{"id": map[string]any{"S": r.key}}
		return map[string]any{
			"eventSource": "aws:dynamodb", "eventVersion": "1.1", "eventName": "INSERT", "eventID": machineUUID(2000, n),
			"eventSourceARN": src.arn, "awsRegion": machineRegion,
			"dynamodb": map[string]any{"Keys": keys, "NewImage": keys, "SequenceNumber": r.seq, "SizeBytes": float64(r.size),
				"StreamViewType": "NEW_AND_OLD_IMAGES", "ApproximateCreationDateTime": float64(int64(r.arrival / 1000))},
		}
	case "msk":
		offset, _ := strconv.ParseFloat(r.seq, 64)
		partition, _ := strconv.ParseFloat(shard[len(machineTopic)+1:], 64)
		return map[string]any{"topic": machineTopic, "partition": partition, "offset": offset, "timestamp": r.arrival,
			"timestampType": "CREATE_TIME", "key": base64.StdEncoding.EncodeToString([]byte(r.key)), "value": data}
	}
	return map[string]any{
		"messageId": r.seq, "receiptHandle": r.seq, "body": `{"record":"` + r.seq + `"}`, "messageAttributes": map[string]any{},
		"attributes":  map[string]any{"SentTimestamp": strconv.FormatFloat(r.arrival, 'f', 0, 64), "ApproximateReceiveCount": "1"},
		"eventSource": "aws:sqs", "eventSourceARN": src.arn, "awsRegion": machineRegion,
	}
}
