package delivery

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"reflect"
	"strings"
)

// machineConfig is what a mapping's members mean to the machine.
type machineConfig struct {
	wire map[string]any // request members as given, merged over updates

	function    string
	enabled     bool
	batchSize   int
	window      float64 // ms
	tumbling    float64 // ms; 0: no tumbling windows
	retries     int     // -1: no limit
	maxAge      float64 // ms; -1: no limit
	bisect      bool
	parallel    int
	start       string
	startAt     float64 // ms
	destination string
	reports     bool
	criteria    map[string]any // nil: no filters
}

// machineMerge is the configuration after a request. Where MSK has no error
// handling options, they are left out.
func machineMerge(old *machineConfig, request map[string]any, kind string, today bool) (*machineConfig, error) {
	wire := map[string]any{}
	if old != nil {
		wire = maps.Clone(old.wire)
	}
	maps.Copy(wire, request)
	stream := kind == "kinesis" || kind == "kinesis-consumer" || kind == "dynamodb"
	size := 100
	if strings.HasPrefix(kind, "sqs") {
		size = 10
	}
	r := machineMembers{wire: wire}
	c := &machineConfig{wire: wire,
		function:    machineFunction(r.text("FunctionName", "f")),
		enabled:     r.flag("Enabled", true),
		batchSize:   r.whole("BatchSize", size, 1, 10_000),
		window:      1000 * float64(r.whole("MaximumBatchingWindowInSeconds", 0, 0, 300)),
		retries:     r.whole("MaximumRetryAttempts", -1, -1, 10_000),
		maxAge:      1000 * float64(r.whole("MaximumRecordAgeInSeconds", -1, -1, 604_800)),
		bisect:      r.flag("BisectBatchOnFunctionError", false),
		parallel:    r.whole("ParallelizationFactor", 1, 1, 10),
		start:       r.text("StartingPosition", ""),
		startAt:     r.number("StartingPositionTimestamp", 0) * 1000,
		tumbling:    1000 * float64(r.whole("TumblingWindowInSeconds", 0, 0, 900)),
		destination: r.inner("DestinationConfig").inner("OnFailure").text("Destination", ""),
	}
	for _, t := range r.list("FunctionResponseTypes") {
		c.reports = c.reports || t == "ReportBatchItemFailures"
	}
	if criteria := r.inner("FilterCriteria").wire; len(criteria) > 0 {
		c.criteria = criteria
	}
	switch {
	case r.what != "":
		return nil, fmt.Errorf("%s", r.what)
	case c.tumbling > 0 && (!stream || c.parallel > 1):
		return nil, fmt.Errorf("TumblingWindowInSeconds is for streams without parallelization only")
	case !today && (c.reports || c.criteria != nil || c.tumbling > 0):
		return nil, fmt.Errorf("FunctionResponseTypes, FilterCriteria and TumblingWindowInSeconds need the profile today")
	case !today && strings.Contains(c.destination, ":s3:::"):
		return nil, fmt.Errorf("a bucket as a destination needs the profile today")
	case (stream || kind == "msk") && c.start != "TRIM_HORIZON" && c.start != "LATEST" && c.start != "AT_TIMESTAMP":
		return nil, fmt.Errorf("StartingPosition is %q, expected TRIM_HORIZON, LATEST or AT_TIMESTAMP", c.start)
	case !stream && c.parallel > 1:
		return nil, fmt.Errorf("ParallelizationFactor is for streams only")
	}
	if _, provisioned := wire["ProvisionedPollerConfig"]; !stream && !(kind == "msk" && today && provisioned) {
		c.retries, c.maxAge, c.bisect, c.destination = -1, -1, false, ""
		c.reports = c.reports && kind != "msk"
	}
	if kind == "msk" && c.destination != "" && (c.retries < 0 || c.retries > kafkaRetries) {
		c.retries = kafkaRetries
	}
	if c.maxAge < 0 {
		c.maxAge = -1
	}
	return c, nil
}

// kafkaRetries is how often a Kafka batch is retried at most where failures have
// a destination.
const kafkaRetries = 10

// sameFilters says whether two configurations let the same records through.
func (c *machineConfig) sameFilters(d *machineConfig) bool {
	return reflect.DeepEqual(c.criteria, d.criteria)
}

// machineFunction makes an ARN of a function's name, in any of its three forms.
func machineFunction(name string) string {
	if strings.HasPrefix(name, "arn:") {
		return name
	}
	if _, rest, ok := strings.Cut(name, ":function:"); ok {
		name = rest
	}
	return "arn:aws:lambda:" + machineRegion + ":" + machineAccount + ":function:" + name
}

// machineMembers reads members of a configuration; what is the first mistake.
type machineMembers struct {
	wire map[string]any
	what string
}

func (r *machineMembers) wrong(name, expected string) {
	if r.what == "" {
		r.what = fmt.Sprintf("%s is %v, expected %s", name, r.wire[name], expected)
	}
}

func (r *machineMembers) text(name, or string) string {
	switch v := r.wire[name].(type) {
	case nil:
		return or
	case string:
		return v
	}
	r.wrong(name, "a string")
	return or
}

func (r *machineMembers) flag(name string, or bool) bool {
	switch v := r.wire[name].(type) {
	case nil:
		return or
	case bool:
		return v
	}
	r.wrong(name, "true or false")
	return or
}

func (r *machineMembers) number(name string, or float64) float64 {
	switch v := r.wire[name].(type) {
	case nil:
		return or
	case float64:
		return v
	case int:
		return float64(v)
	case int64:
		return float64(v)
	case json.Number:
		if f, err := v.Float64(); err == nil {
			return f
		}
	}
	r.wrong(name, "a number")
	return or
}

func (r *machineMembers) whole(name string, or, least, most int) int {
	f := r.number(name, float64(or))
	if f != math.Trunc(f) || f < float64(least) || f > float64(most) {
		r.wrong(name, fmt.Sprintf("a whole number from %d to %d", least, most))
		return or
	}
	return int(f)
}

func (r *machineMembers) list(name string) []any {
	switch v := r.wire[name].(type) {
	case nil:
		return nil
	case []any:
		return v
	case []string:
		all := make([]any, len(v))
		for i := range v {
			all[i] = v[i]
		}
		return all
	}
	r.wrong(name, "a list")
	return nil
}

// inner is empty for a member that is missing, and for one that is no object:
// such a mistake is found by the control plane's own model, not here.
func (r *machineMembers) inner(name string) *machineMembers {
	v, _ := r.wire[name].(map[string]any)
	return &machineMembers{wire: v}
}
