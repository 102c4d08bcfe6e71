package specs

import (
	"time"

	"github.com/esmconform/esmconform/oracle/rule"
)

// Where a mapping starts to read.

// startingAt starts at a time after the beginning of the scene.
func startingAt(d time.Duration) Fields {
	return Fields{"StartingPosition": "AT_TIMESTAMP", "StartingPositionTimestamp": d.Seconds()}
}

var _ = table(func() {
	for _, kind := range []string{"kinesis", "kinesis-consumer", "dynamodb", "msk"} {
		decide(kind+"-trim-horizon", on(kind).put(4).after(time.Hour).put(4).create(batch(3)).after(10*time.Second).put(3),
			rule.StartTrimHorizonMeaning, rule.StartThenNew)
		decide(kind+"-latest", on(kind).put(4).after(time.Minute).create(batch(3), latest).after(30*time.Second).put(5).after(10*time.Second).put(1),
			rule.StartLatestMeaning)
	}
	for _, kind := range []string{"kinesis", "kinesis-consumer"} {
		decide(kind+"-at-timestamp",
			on(kind).put(3).after(time.Minute).put(2).after(time.Minute).put(2).create(batch(2), startingAt(time.Minute)).after(10*time.Second).put(1),
			rule.StartTimestampWithAtTimestamp)
		decide(kind+"-at-timestamp-between",
			on(kind).put(3).after(time.Minute).put(2).create(batch(2), startingAt(30*time.Second)), rule.StartTimestampWithAtTimestamp)
	}
	decide("kinesis-trim-horizon-of-what-is-retained",
		on("kinesis").retains(time.Hour).put(4).after(90*time.Minute).put(4).create(batch(3)), rule.StartTrimHorizonMeaning)
})
