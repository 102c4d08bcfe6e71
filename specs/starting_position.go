package specs

import (
	"time"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
)

// Where a mapping starts to read.

func startsAt(position string) func(*Env) {
	return func(e *Env) {
		f := Fields{"StartingPosition": position}
		if position == "AT_TIMESTAMP" {
			f["StartingPositionTimestamp"] = anHourAgo(e)
		}
		e.Accepts(f)
	}
}

func anHourAgo(e *Env) int64 { return e.run.Target.Now().Add(-time.Hour).Unix() }

func atTimestamp(e *Env) {
	e.Refuses(Fields{"StartingPosition": "AT_TIMESTAMP", "StartingPositionTimestamp": anHourAgo(e)})
}

func noPosition(e *Env) { e.Refuses(Fields{"StartingPosition": nil}) }

var positioned = append(append([]control.SourceKind{}, streams...), control.MSKCluster)

var (
	_ = Verify(rule.StartEnumTrimHorizon, positioned, startsAt("TRIM_HORIZON"))
	_ = Verify(rule.StartEnumLatest, positioned, startsAt("LATEST"))
	_ = Verify(rule.StartEnumAtTimestamp, kinesis, startsAt("AT_TIMESTAMP"))
	_ = Verify(rule.StartRequiredKinesis, kinesis, noPosition)
	_ = Verify(rule.StartRequiredDynamoDB, dynamodb, noPosition)
	_ = Verify(rule.StartRequiredMSK, msk, noPosition)
	_ = Verify(rule.StartAtTimestampNotDynamoDB, dynamodb, atTimestamp)
	_ = Verify(rule.StartAtTimestampKinesisOnly, []control.SourceKind{control.DynamoDBStream, control.MSKCluster}, atTimestamp)
)

var _ = Verify(rule.StartMSKPositions, msk, func(e *Env) {
	e.Accepts(Fields{"StartingPosition": "LATEST"})
	e.Accepts(Fields{"StartingPosition": "TRIM_HORIZON"})
	atTimestamp(e)
})

var _ = Verify(rule.StartEnumClosed, positioned, func(e *Env) {
	for _, s := range []string{"EARLIEST", "latest", "", "trim_horizon"} {
		e.Refuses(Fields{"StartingPosition": s})
	}
})

var _ = Verify(rule.StartNotForSQS, queues, func(e *Env) {
	e.Offers(Fields{"StartingPosition": "LATEST"})
})

var _ = Verify(rule.StartTimestampRequired, kinesis, func(e *Env) {
	e.Refuses(Fields{"StartingPosition": "AT_TIMESTAMP"})
})

var _ = VerifyToday(rule.StartTimestampRequired, msk, func(e *Env) {
	e.Refuses(Fields{"StartingPosition": "AT_TIMESTAMP"})
})

var _ = Verify(rule.StartTimestampNotFuture, kinesis, func(e *Env) {
	e.Refuses(Fields{"StartingPosition": "AT_TIMESTAMP", "StartingPositionTimestamp": e.run.Target.Now().Add(time.Hour).Unix()})
})

var _ = Verify(rule.StartEchoed, positioned, func(e *Env) {
	m := e.Create(Fields{"StartingPosition": "LATEST"})
	e.Get(m)
	if e.Kind == control.KinesisStream {
		at := e.Create(Fields{"StartingPosition": "AT_TIMESTAMP", "StartingPositionTimestamp": anHourAgo(e)})
		e.Get(at)
	}
})
