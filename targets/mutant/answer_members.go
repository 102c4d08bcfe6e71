package mutant

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Members of a configuration.

// member is a member of a configuration that has a rule of its own.
type member struct {
	name  string
	rule  *rule.Rule
	wrong any // a value of another JSON type
}

var members = []member{
	{"UUID", rule.RespUUID, 17},
	{"BatchSize", rule.RespBatchsize, "100"},
	{"MaximumBatchingWindowInSeconds", rule.RespMaximumbatchingwindowinseconds, "0"},
	{"ParallelizationFactor", rule.RespParallelizationfactor, "1"},
	{"EventSourceArn", rule.RespEventsourcearn, map[string]any{"Arn": "x"}},
	{"FunctionArn", rule.RespFunctionarn, []any{"x"}},
	{"LastModified", rule.RespLastmodified, nil}, // its type has another rule
	{"LastProcessingResult", rule.RespLastprocessingresult, 0},
	{"State", rule.RespState, 1},
	{"StateTransitionReason", rule.RespStatetransitionreason, false},
	{"DestinationConfig", rule.RespDestinationconfig, []any{}},
	{"Topics", rule.RespTopics, "esmconform"},
	{"MaximumRecordAgeInSeconds", rule.RespMaximumrecordageinseconds, "604800"},
	{"BisectBatchOnFunctionError", rule.RespBisectbatchonfunctionerror, "false"},
	{"MaximumRetryAttempts", rule.RespMaximumretryattempts, "10000"},
	{"EventSourceMappingArn", rule.MappingARNFormat, map[string]any{}},
}

// shownMember is a member with a value to show.
type shownMember struct {
	name  string
	value any
}

// invented are members that no documentation has.
var invented = []shownMember{
	{"FunctionName", "esmconform"},
	{"Arn", "arn:aws:lambda:us-east-1:000000000000:event-source-mapping:x"},
	{"CreatedAt", 1541139209},
	{"EventSourceARN", "arn:aws:sqs:us-east-1:000000000000:q"},
	{"ResponseMetadata", map[string]any{"HTTPStatusCode": 200}},
	{"AccountId", "000000000000"},
	{"Paused", false},
	{"ETag", "x"},
	{"Marker", "x"},
}

// streamOnly are members that a queue and a topic have no use for.
var streamOnly = []shownMember{
	{"ParallelizationFactor", 1},
	{"DestinationConfig", map[string]any{"OnFailure": map[string]any{}}},
	{"MaximumRecordAgeInSeconds", -1},
	{"BisectBatchOnFunctionError", false},
	{"MaximumRetryAttempts", -1},
	{"LastProcessingResult", "No records processed"},
	{"Topics", []any{}},
}

// without takes a member away.
func without(name string) func(configuration) {
	return func(c configuration) { delete(c, name) }
}

// replaces gives a member another value, where it is shown.
func replaces(name string, value func(any) any) func(configuration) {
	return func(c configuration) {
		if old, ok := c[name]; ok {
			c[name] = value(old)
		}
	}
}

func always(x any) func(any) any { return func(any) any { return x } }

// lower is the member's name as a Java or a JavaScript program has it.
func lower(name string) string {
	if name == "UUID" {
		return "uuid"
	}
	return strings.ToLower(name[:1]) + name[1:]
}

func init() {
	for _, m := range members {
		key := kebab(m.name)
		show(key+"-missing", "leaves "+m.name+" out of every answer", without(m.name), nil, m.rule)
		show(key+"-null", "shows "+m.name+" as null", replaces(m.name, always(nil)), nil, m.rule)
		if m.wrong != nil {
			show(key+"-type", fmt.Sprintf("shows %s as %s", m.name, control.JSON(m.wrong)), replaces(m.name, always(m.wrong)), nil, m.rule)
		}
		show(key+"-spelling", "spells "+m.name+" with a small letter at the start", func(c configuration) {
			if v, ok := c[m.name]; ok {
				delete(c, m.name)
				c[lower(m.name)] = v
			}
		}, nil, m.rule, rule.RespMembers2020)
		for _, o := range operations {
			show(key+"-missing-in-"+o.name, fmt.Sprintf("leaves %s out of the answer to %s", m.name, o.says), without(m.name), []trace.Operation{o.op}, m.rule)
		}
	}

	// A value that is not the one asked for.
	for _, v := range []struct {
		name  string
		rule  *rule.Rule
		value any
	}{
		{"BatchSize", rule.RespBatchsize, 5},
		{"MaximumBatchingWindowInSeconds", rule.RespMaximumbatchingwindowinseconds, 0},
		{"ParallelizationFactor", rule.RespParallelizationfactor, 1},
		{"MaximumRecordAgeInSeconds", rule.RespMaximumrecordageinseconds, -1},
		{"MaximumRetryAttempts", rule.RespMaximumretryattempts, -1},
		{"BisectBatchOnFunctionError", rule.RespBisectbatchonfunctionerror, false},
	} {
		asked, _ := control.FindMember(v.name)
		hooked("create-forgets-"+kebab(v.name), fmt.Sprintf("shows %s %v whatever a Create asks for", v.name, v.value),
			control.Hooks{Request: func(r *control.Request) {
				if r.Op == trace.Create && r.Has(asked) {
					r.V[asked] = control.ValueOf(v.value)
				}
			}}, v.rule)
	}
	// What a Create must act on, and no answer must always show.
	for _, name := range []string{"FilterCriteria", "FunctionResponseTypes", "ScalingConfig", "TumblingWindowInSeconds"} {
		asked, _ := control.FindMember(name)
		hooked("create-forgets-"+kebab(name), "takes no notice of the "+name+" of a Create",
			control.Hooks{Request: func(r *control.Request) {
				if r.Op == trace.Create {
					r.V[asked] = control.Value{}
				}
			}}, rule.CreateMembers2020)
	}

	for _, m := range invented {
		show("shows-"+kebab(m.name), "shows a member "+m.name, func(c configuration) { c[m.name] = m.value }, nil, rule.RespMembers2020)
	}
	show("list-shows-more", "shows in a list what Get does not", func(c configuration) { c["Index"] = 1 }, []trace.Operation{trace.List}, rule.RespMembers2020)
	show("shows-enabled", "shows Enabled besides State", func(c configuration) { c["Enabled"] = c["State"] == control.IsEnabled }, nil, rule.RespNoEnabledMember)
	show("shows-enabled-in-update", "shows Enabled in the answer to an Update", func(c configuration) { c["Enabled"] = true },
		[]trace.Operation{trace.Update}, rule.RespNoEnabledMember)
	show("function-response-types-type", "shows FunctionResponseTypes as one string", func(c configuration) {
		if _, ok := c["FunctionResponseTypes"]; ok {
			c["FunctionResponseTypes"] = "None"
		}
	}, nil, rule.CreateReturnsConfiguration)
	show("function-response-types-missing", "shows no FunctionResponseTypes when there are none", without("FunctionResponseTypes"), nil, rule.RespMembers2020)
	show("tumbling-window-missing", "shows no TumblingWindowInSeconds when there is none", without("TumblingWindowInSeconds"), nil, rule.RespMembers2020)

	because("maximum-batching-window-in-seconds-spelling", "the default is not there under its name")
	because("topics-spelling", "no rule of the answer asks for the topics of a cluster of one's own; that Create acts on them does")

	for _, m := range streamOnly {
		adds := func(c configuration) { c[m.name] = m.value }
		show("sqs-shows-"+kebab(m.name), "shows "+m.name+" for a queue", onSource(":sqs:", adds), nil, rule.StreamOnlySQSResponseOmits)
		if m.name != "LastProcessingResult" && m.name != "Topics" {
			show("msk-shows-"+kebab(m.name), "shows "+m.name+" for an MSK cluster", onSource(":kafka:", adds), nil, rule.StreamOnlyMSKResponseOmits)
		}
	}

	// ARNs.
	arn := func(name, fault, member string, change func(arn string) string, r *rule.Rule) {
		show(name, fault, replaces(member, func(x any) any { return change(x.(string)) }), nil, r)
	}
	arn("function-name-not-arn", "shows the name of the function in place of its ARN", "FunctionArn",
		func(arn string) string { return strings.Split(arn, ":")[6] }, rule.RespFunctionARNResolved)
	arn("function-arn-partial", "shows account and name of the function in place of its ARN", "FunctionArn",
		func(arn string) string { return strings.Join(strings.Split(arn, ":")[4:], ":") }, rule.RespFunctionARNResolved)
	arn("function-arn-latest", "adds $LATEST to an ARN without a qualifier", "FunctionArn", func(arn string) string {
		if strings.Count(arn, ":") == 6 {
			arn += ":$LATEST"
		}
		return arn
	}, rule.RespFunctionARNResolved)
	arn("function-arn-no-region", "leaves the Region out of a function's ARN", "FunctionArn",
		func(arn string) string { return strings.Replace(arn, ":us-east-1:", "::", 1) }, rule.FunctionARNPattern)
	arn("function-arn-no-account", "leaves the account out of a function's ARN", "FunctionArn",
		func(arn string) string { return strings.Replace(arn, ":000000000000:", "::", 1) }, rule.FunctionARNPattern)
	arn("function-arn-service", "writes functions for function in an ARN", "FunctionArn",
		func(arn string) string { return strings.Replace(arn, ":function:", ":functions:", 1) }, rule.FunctionARNPattern)
	arn("function-arn-invocation", "shows the URI that invokes the function in place of its ARN", "FunctionArn",
		func(arn string) string {
			return "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/" + arn + "/invocations"
		}, rule.FunctionARNPattern)
	arn("function-arn-another", "shows the ARN of another function", "FunctionArn",
		func(arn string) string { return strings.Replace(arn, ":function:", ":function:x-", 1) }, rule.RespFunctionarn)
	arn("function-arn-another-account", "shows the function in an account of its own making", "FunctionArn",
		func(arn string) string { return strings.Replace(arn, ":000000000000:", ":123456789012:", 1) }, rule.RespFunctionarn)
	const filtered = "a mapping of that function is not what the list was asked for"
	because("function-arn-another", filtered)
	because("function-arn-another-account", filtered)
	arn("function-arn-drops-qualifier", "drops version and alias from a function's ARN", "FunctionArn", func(arn string) string {
		if !strings.HasSuffix(arn, ":$LATEST") {
			arn = unqualified(arn)
		}
		return arn
	}, rule.FnFormQualifiedARN)
	arn("function-arn-drops-latest", "drops $LATEST from a function's ARN", "FunctionArn",
		func(arn string) string { return strings.TrimSuffix(arn, ":$LATEST") }, rule.FnLatestQualifier)
	arn("event-source-arn-another", "shows the source in an account of its own making", "EventSourceArn",
		func(arn string) string { return strings.Replace(arn, ":000000000000:", ":123456789012:", 1) }, rule.RespEventsourcearn)
	arn("event-source-arn-name", "shows the name of the source in place of its ARN", "EventSourceArn",
		func(arn string) string { return arn[strings.LastIndexAny(arn, ":/")+1:] }, rule.RespEventsourcearn)
	arn("event-source-arn-cut", "shows the ARN of a stream or cluster without what follows the name", "EventSourceArn", func(arn string) string {
		if i := strings.IndexByte(arn, '/'); i > 0 {
			arn = arn[:i]
		}
		return arn
	}, rule.RespEventsourcearn)
	for _, v := range []struct{ name, from, to string }{
		{"service", ":lambda:", ":events:"}, {"region", ":us-east-1:", "::"}, {"account", ":000000000000:", "::"},
		{"word", ":event-source-mapping:", ":event-source-mappings:"}, {"slash", ":event-source-mapping:", ":event-source-mapping/"},
		{"function", ":event-source-mapping:", ":function:"},
	} {
		arn("mapping-arn-"+v.name, fmt.Sprintf("writes the ARN of a mapping with %s for %s", v.to, v.from), "EventSourceMappingArn",
			func(arn string) string { return strings.Replace(arn, v.from, v.to, 1) }, rule.MappingARNFormat)
	}
	arn("mapping-arn-another", "writes the ARN of a mapping with another UUID", "EventSourceMappingArn",
		func(arn string) string { return arn[:len(arn)-1] + "x" }, rule.MappingARNFormat)
	arn("mapping-arn-uuid", "shows the UUID in place of the mapping's ARN", "EventSourceMappingArn",
		func(arn string) string { return arn[strings.LastIndexByte(arn, ':')+1:] }, rule.MappingARNFormat)

	// Times.
	stamp := func(name, fault string, change func(seconds float64) any) {
		show("last-modified-"+name, fault, replaces("LastModified", func(x any) any {
			f, _ := x.(json.Number).Float64()
			return change(f)
		}), nil, rule.TimestampsEpochSeconds)
	}
	stamp("milliseconds", "counts LastModified in milliseconds", func(s float64) any { return int64(s * 1000) })
	stamp("nanoseconds", "counts LastModified in nanoseconds", func(s float64) any { return int64(s * 1e9) })
	stamp("iso", "writes LastModified as a date", func(float64) any { return "2020-08-11T00:00:00.000+0000" })
	stamp("text", "writes the number of LastModified as a string", func(s float64) any { return strconv.FormatFloat(s, 'f', -1, 64) })
	stamp("zero", "shows the start of the epoch as LastModified", func(float64) any { return 0 })
	stamp("parts", "writes LastModified as an object", func(s float64) any { return map[string]any{"seconds": int64(s), "nanos": 0} })
	show("starting-position-timestamp-iso", "writes StartingPositionTimestamp as a date",
		replaces("StartingPositionTimestamp", always("2018-11-02T06:13:29Z")), nil, rule.TimestampsEpochSeconds)

	// Where reading starts.
	show("starting-position-missing", "does not show StartingPosition", without("StartingPosition"), nil, rule.StartEchoed)
	show("starting-position-default", "shows TRIM_HORIZON whatever the StartingPosition", replaces("StartingPosition", always("TRIM_HORIZON")), nil, rule.StartEchoed)
	show("starting-position-lower", "shows StartingPosition in small letters", replaces("StartingPosition",
		func(x any) any { return strings.ToLower(x.(string)) }), nil, rule.StartEchoed)
	show("starting-position-type", "shows StartingPosition as an object", replaces("StartingPosition",
		func(x any) any { return map[string]any{"Type": x} }), nil, rule.StartEchoed)
	show("starting-position-timestamp-missing", "does not show StartingPositionTimestamp", without("StartingPositionTimestamp"), nil, rule.StartEchoed)
	show("starting-position-timestamp-milliseconds", "shows StartingPositionTimestamp in milliseconds", replaces("StartingPositionTimestamp",
		func(x any) any { return json.Number(fmt.Sprint(x) + "000") }), nil, rule.StartEchoed)
	show("starting-position-get-only", "shows StartingPosition in no answer to a Get", without("StartingPosition"), []trace.Operation{trace.Get}, rule.StartEchoed)

	// Destinations.
	destination := map[string]any{"Destination": "arn:aws:sqs:us-east-1:000000000000:default"}
	show("destination-by-default", "shows a destination where none was given",
		replaces("DestinationConfig", always(map[string]any{"OnFailure": destination})), nil, rule.DestDefaultRenderedEmptyObject)
	show("destination-flat", "shows a destination without the level OnFailure", replaces("DestinationConfig", always(destination)), nil, rule.RespDestinationconfig)
	show("destination-none", "shows a text where there is no destination", replaces("DestinationConfig", always("none")), nil, rule.RespDestinationconfig)
	show("destination-on-timeout", "shows a third kind of destination", replaces("DestinationConfig",
		always(map[string]any{"OnFailure": map[string]any{}, "OnTimeout": map[string]any{}})), nil, rule.RespDestinationconfig)
	show("topics-objects", "shows Topics as objects", replaces("Topics", func(x any) any {
		return []any{map[string]any{"Name": x.([]any)[0]}}
	}), nil, rule.RespTopics)
	show("topics-empty", "shows no topic in Topics", replaces("Topics", always([]any{})), nil, rule.RespTopics)

	// What became of the last batch.
	result := func(name, fault string, change func(string) string, r *rule.Rule) {
		show(name, fault, replaces("LastProcessingResult", func(x any) any { return change(x.(string)) }), nil, r)
	}
	const none, ok = "No records processed", "OK"
	swap := func(from, to string) func(string) string {
		return func(s string) string {
			if s == from || from == "" && s != none && s != ok {
				return to
			}
			return s
		}
	}
	result("processing-result-ok-at-once", "shows OK before anything was processed", swap(none, ok), rule.RespLastProcessingNone)
	result("processing-result-empty", "shows an empty LastProcessingResult before anything was processed", swap(none, ""), rule.RespLastProcessingNone)
	result("processing-result-lower", "shows LastProcessingResult in small letters", strings.ToLower, rule.RespLastProcessingNone)
	result("processing-result-success", "shows SUCCESS after a batch that went well", swap(ok, "SUCCESS"), rule.RespLastProcessingOk)
	result("processing-result-problem", "shows a problem after a batch that went well", swap(ok, "PROBLEM: Function call failed"), rule.RespLastProcessingOk)
	result("processing-result-hides", "shows OK after a batch that failed", swap("", ok), rule.RespLastProcessingProblem)
	result("processing-result-bare", "shows what went wrong without the word PROBLEM", swap("", "Function call failed"), rule.RespLastProcessingProblem)
	result("processing-result-error", "shows an ERROR where the word is PROBLEM", swap("", "ERROR: Function call failed"), rule.RespLastProcessingProblem)
	show("batch-size-halved", "halves BatchSize with the batch that failed", func(c configuration) {
		if s, _ := c["LastProcessingResult"].(string); strings.HasPrefix(s, "PROBLEM") && c["BisectBatchOnFunctionError"] == true {
			c["BatchSize"] = c["BatchSize"].(int64) / 2
		}
	}, nil, rule.BisectBatchSizeSettingUnchanged)
	because("batch-size-halved", "a setting that moves at rest is not what Get must show either")

	// Identifiers.
	renames("uuid-without-dashes", "writes a UUID without dashes", func(id string, _ int) string { return strings.ReplaceAll(id, "-", "") })
	renames("uuid-in-braces", "writes a UUID in braces", func(id string, _ int) string { return "{" + id + "}" })
	renames("uuid-serial", "numbers the mappings", func(_ string, n int) string { return strconv.Itoa(n) })
	renames("uuid-short", "makes identifiers of eight digits", func(id string, _ int) string { return id[:8] })
	minded("uuid-again", "gives every mapping the UUID of the first", func() control.Hooks {
		first := configuration{}
		return control.Hooks{Answer: shown(func(c configuration) {
			if len(first) == 0 {
				first["UUID"], first["EventSourceMappingArn"] = c["UUID"], c["EventSourceMappingArn"]
			}
			c["UUID"], c["EventSourceMappingArn"] = first["UUID"], first["EventSourceMappingArn"]
		}, trace.Create)}
	}, rule.CreateAssignsUUID)
	because("uuid-again", "what Get finds under that UUID is another mapping, or none")
}

// renames adds a mutant with identifiers of its own for mappings, by which it
// finds them again.
func renames(name, fault string, rename func(uuid string, n int) string) {
	minded(name, fault, func() control.Hooks {
		names, uuids := map[string]string{}, map[string]string{}
		return control.Hooks{
			Answer: shown(func(c configuration) {
				id := c["UUID"].(string)
				if names[id] == "" {
					names[id] = rename(id, len(names)+1)
					uuids[names[id]] = id
				}
				c["UUID"] = names[id]
				if arn, ok := c["EventSourceMappingArn"].(string); ok {
					c["EventSourceMappingArn"] = strings.Replace(arn, id, names[id], 1)
				}
			}),
			Request: func(r *control.Request) {
				if id := uuids[r.UUID]; id != "" {
					r.UUID = id
				}
			},
		}
	}, rule.CreateAssignsUUID)
}

// onSource limits a change to mappings whose source has this in its ARN.
func onSource(part string, change func(configuration)) func(configuration) {
	return func(c configuration) {
		if arn, _ := c["EventSourceArn"].(string); strings.Contains(arn, part) {
			change(c)
		}
	}
}

// unqualified is a function's ARN without version and alias.
func unqualified(arn string) string {
	parts := strings.Split(arn, ":")
	return strings.Join(parts[:min(len(parts), 7)], ":")
}

// kebab turns the name of a member into words with dashes.
func kebab(name string) string {
	var b strings.Builder
	for i := range len(name) {
		c := name[i]
		if c >= 'A' && c <= 'Z' {
			start := i > 0 && (name[i-1] >= 'a' || i+1 < len(name) && name[i+1] >= 'a')
			if start {
				b.WriteByte('-')
			}
			c += 'a' - 'A'
		}
		b.WriteByte(c)
	}
	return b.String()
}
