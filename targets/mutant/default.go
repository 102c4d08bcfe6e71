package mutant

import (
	"fmt"
	"strings"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
)

// What a mapping gets that was made without a setting.

// defaults are the rules that fix one, with values that are wrong: those of
// other sources, of other days, and what zeroed memory holds.
var defaults = []struct {
	rule  *rule.Rule
	at    place
	kinds []control.SourceKind
	wrong []any
}{
	{rule.BatchSizeDefaultKinesis, batchSize, []control.SourceKind{control.KinesisStream}, []any{1, 10, 50, 1000, 10000}},
	{rule.BatchSizeDefaultDynamoDB, batchSize, []control.SourceKind{control.DynamoDBStream}, []any{1, 10, 50, 1000, 10000}},
	{rule.BatchSizeDefaultSQS, batchSize, []control.SourceKind{control.SQSQueue, control.SQSFIFOQueue}, []any{1, 5}},
	{rule.BatchSizeDefaultMSK, batchSize, mskOnly, []any{1, 10, 1000}},
	{rule.BatchSizeDefaultSelfManagedKafka, batchSize, ownOnly, []any{1, 10, 1000}},
	{rule.BatchSizeDefaultMQ, batchSize, []control.SourceKind{control.MQBroker}, []any{1, 10, 1000}},
	{rule.BatchSizeDefaultDocumentDB, batchSize, []control.SourceKind{control.DocumentDBCluster}, []any{1, 10, 1000}},
	{rule.WindowDefaultKinesis, window, []control.SourceKind{control.KinesisStream}, []any{1, 20, 300}},
	{rule.WindowDefaultDynamoDB, window, []control.SourceKind{control.DynamoDBStream}, []any{1, 20, 300}},
	{rule.WindowDefaultSQS, window, queueOnly, []any{1, 20, 300}},
	{rule.ParallelDefault, parallel, streamKinds, []any{2, 10}},
	{rule.AgeDefault, age, streamKinds, []any{60, 86400, 604800}},
	{rule.RetryDefault, retries, streamKinds, []any{0, 3, 10000}},
	{rule.BisectDefaultFalse, bisect, streamKinds, []any{true}},
}

// shownDefaults are wrong values that no request could ask for: they show, but
// nothing else comes of them.
var shownDefaults = []struct {
	rule *rule.Rule
	at   place
	kind control.SourceKind
	show any
}{
	{rule.BatchSizeDefaultKinesis, batchSize, control.KinesisStream, 0},
	{rule.BatchSizeDefaultDynamoDB, batchSize, control.DynamoDBStream, 0},
	{rule.BatchSizeDefaultSQS, batchSize, control.SQSQueue, 0},
	{rule.BatchSizeDefaultSQS, batchSize, control.SQSQueue, 100},
	{rule.BatchSizeDefaultSQS, batchSize, control.SQSFIFOQueue, 100},
	{rule.ParallelDefault, parallel, control.KinesisStream, 0},
	{rule.AgeDefault, age, control.KinesisStream, 0},
	{rule.AgeDefault, age, control.DynamoDBStream, 0},
	{rule.WindowDefaultSQS, window, control.SQSQueue, nil},
	{rule.WindowDefaultKinesis, window, control.KinesisStream, -1},
}

// pollerDefaults are the defaults inside ProvisionedPollerConfig.
var pollerDefaults = []struct {
	rule  *rule.Rule
	name  string
	kind  control.SourceKind
	wrong []any
}{
	{rule.ProvisionedDefaultMin, "MinimumPollers", control.SQSQueue, []any{1, 0, 200, "2"}},
	{rule.ProvisionedDefaultMin, "MinimumPollers", control.MSKCluster, []any{2, 0, 200, "1"}},
	{rule.ProvisionedDefaultMin, "MinimumPollers", control.SelfManagedKafka, []any{2, 0, 200, "1"}},
	{rule.ProvisionedMaxPollersSQS, "MaximumPollers", control.SQSQueue, []any{3, 2000, "200"}},
	{rule.ProvisionedMaxPollersKafka, "MaximumPollers", control.MSKCluster, []any{3, 2000, "200"}},
	{rule.ProvisionedMaxPollersKafka, "MaximumPollers", control.SelfManagedKafka, []any{3, 2000, "200"}},
}

// initial makes a mapping show something in place of the default of a setting
// that its Create left out; nil makes it show nothing.
func initial(when test, p place, show any) func() control.Hooks {
	return func() control.Hooks {
		right := map[any]control.Value{} // the defaults, by UUID
		change := func(c map[string]any) {
			v, ok := right[c["UUID"]]
			name := p.member.String()
			if now := inside(c[name], p.path); !ok || !now.Equal(&v) {
				return
			}
			switch {
			case len(p.path) > 0:
				c[name] = replaced(c[name], p.path, show)
			case show == nil:
				delete(c, name)
			default:
				c[name] = show
			}
		}
		return control.Hooks{Answer: func(r *control.Request, a *control.Reply) {
			if a.Code != "" || a.Body == nil {
				return
			}
			if creates(r) && when.is(r) && lacks(p)(r) {
				right[a.Body["UUID"]] = inside(a.Body[p.member.String()], p.path)
			}
			eachConfiguration(a.Body, change)
		}}
	}
}

// eachConfiguration yields the configurations in the body of a success.
func eachConfiguration(body map[string]any, yield func(map[string]any)) {
	list, ok := body["EventSourceMappings"].([]any)
	if !ok {
		yield(body)
		return
	}
	for _, x := range list {
		if c, ok := x.(map[string]any); ok {
			yield(c)
		}
	}
}

func init() {
	for _, d := range defaults {
		for _, x := range d.wrong {
			rewrites(fmt.Sprintf("%s-%v", d.rule.ID, x), fmt.Sprintf("makes %v the default of %s", x, d.at.name()),
				allOf(from(d.kinds...), lacks(d.at)), puts(d.at, x), d.rule)
		}
		if len(d.kinds) > 1 {
			for _, k := range d.kinds {
				x := d.wrong[0]
				rewrites(fmt.Sprintf("%s-%v-on-%s", d.rule.ID, x, k), fmt.Sprintf("makes %v the default of %s on %s", x, d.at.name(), says(k)),
					allOf(from(k), lacks(d.at)), puts(d.at, x), d.rule)
			}
		}
	}
	for _, d := range shownDefaults {
		text := strings.ReplaceAll(fmt.Sprint(d.show), "<nil>", "nothing")
		add(Mutant{Name: fmt.Sprintf("%s-shown-as-%s-on-%s", d.rule.ID, text, d.kind), Breaks: []*rule.Rule{d.rule},
			Fault:   fmt.Sprintf("shows %s for a %s that was not given on %s", text, d.at.name(), says(d.kind)),
			Control: initial(from(d.kind), d.at, d.show)})
	}
	for _, d := range pollerDefaults {
		p := at(control.ProvisionedPollerConfig, d.name)
		for _, x := range d.wrong {
			text := fmt.Sprintf("%#v", x)
			key := strings.Trim(text, `"`)
			if text != key {
				key += "-in-quotes"
			}
			add(Mutant{Name: fmt.Sprintf("%s-default-%s-on-%s", strings.ToLower(d.name), key, d.kind), Breaks: []*rule.Rule{d.rule},
				Fault:   fmt.Sprintf("shows %s for %s when it was not given on %s", text, d.name, says(d.kind)),
				Control: initial(allOf(from(d.kind), has(at(control.ProvisionedPollerConfig))), p, x)})
		}
	}
	for _, x := range []any{1, -1, 3} {
		add(Mutant{Name: fmt.Sprintf("%s-%v", rule.KafkaQueueModeRetryDefault.ID, x), Breaks: []*rule.Rule{rule.KafkaQueueModeRetryDefault},
			Fault: fmt.Sprintf("makes %v the default of MaximumRetryAttempts in queue mode", x), Control: initial(equals(mode, "Queue"), retries, x)})
	}
}
