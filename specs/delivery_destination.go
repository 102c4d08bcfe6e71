package specs

import (
	"strings"
	"time"

	"github.com/esmconform/esmconform/oracle/rule"
)

// What an on-failure destination receives. The members of the message have a
// rule each.

// inMessage are the rules of the members that a message has for every source.
var inMessage = []*rule.Rule{rule.DestRecordJSON, rule.DestRecordRequestcontextRequestid, rule.DestRecordRequestcontextFunctionarn,
	rule.DestRecordRequestcontextCondition, rule.DestRecordRequestcontextApproximateinvokecount, rule.DestRecordResponsecontextStatusCode,
	rule.DestRecordResponsecontextExecutedversion, rule.DestRecordResponsecontextFunctionerror, rule.DestRecordVersion, rule.DestRecordTimestamp}

// ofBatch lists the rules of the members that describe the batch of a source.
func ofBatch(kind string) (list []*rule.Rule) {
	for _, r := range rule.All() {
		if strings.HasPrefix(r.ID, "dest-record-"+kind+"-") {
			list = append(list, r)
		}
	}
	return list
}

var _ = table(func() {
	for _, kind := range []string{"kinesis", "dynamodb"} {
		for _, service := range []string{"sqs", "sns", "s3"} {
			rules := append(append([]*rule.Rule{arrives[service], rule.DestOnRetryExhaustion}, inMessage...), ofBatch(kind)...)
			if service == "s3" {
				rules = append(rules, rule.DestS3IncludesPayload)
			} else {
				rules = append(rules, rule.DestRecordWithoutData)
			}
			if service == "sns" {
				rules = append(rules, rule.DestSNS256kb)
			}
			decide(kind+"-message-to-"+service,
				on(kind).put(1).after(1700*time.Millisecond).put(1).bad().create(batch(5), retries(1), failuresTo(service)).after(time.Minute).put(1), rules...)
			decide(kind+"-message-of-age-to-"+service,
				on(kind).put(2).after(2*time.Minute).put(1).create(batch(2), age(60), failuresTo(service)), inMessage...)
			decide(kind+"-message-of-an-alias-to-"+service,
				on(kind).bad().put(2).create(batch(1), retries(0), failuresTo(service), Fields{"FunctionName": "f:live"}), inMessage...)
		}
		decide(kind+"-nothing-to-report", on(kind).put(7).create(batch(3), retries(1), failuresTo("sqs")), rule.AtLeastOnce)
		decide(kind+"-report-by-shard",
			on(kind).shards(2).into(0).put(1).bad().into(1).bad().put(1).create(batch(2), retries(0), failuresTo("sqs")), ofBatch(kind)...)
	}
})
