package mutant

import (
	"maps"
	"strings"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Options that a source has not: refusing them and passing over them are both
// right, taking them up is not.

var options = []struct {
	member control.Member
	kinds  []control.SourceKind
	rule   *rule.Rule
}{
	{control.BisectBatchOnFunctionError, queueKinds, rule.StreamOnlyBisectRejectedForSQS},
	{control.DestinationConfig, queueKinds, rule.StreamOnlyDestinationRejectedForSQS},
	{control.MaximumRecordAgeInSeconds, queueKinds, rule.StreamOnlyAgeRejectedForSQS},
	{control.MaximumRetryAttempts, queueKinds, rule.StreamOnlyRetryRejectedForSQS},
	{control.ParallelizationFactor, queueKinds, rule.StreamOnlyParallelRejectedForSQS},
	{control.BisectBatchOnFunctionError, mskOnly, rule.StreamOnlyBisectRejectedForMSK},
	{control.DestinationConfig, mskOnly, rule.StreamOnlyDestinationRejectedForMSK},
	{control.MaximumRecordAgeInSeconds, mskOnly, rule.StreamOnlyAgeRejectedForMSK},
	{control.MaximumRetryAttempts, mskOnly, rule.StreamOnlyRetryRejectedForMSK},
	{control.ParallelizationFactor, mskOnly, rule.StreamOnlyParallelRejectedForMSK},
	{control.MaximumBatchingWindowInSeconds, queueKinds, rule.WindowStreamsOnly2020},
	{control.Topics, []control.SourceKind{control.KinesisStream, control.SQSQueue}, rule.TopicsMSKOnly},
	{control.ScalingConfig, []control.SourceKind{control.KinesisStream}, rule.ScalingSQSOnly},
	{control.StartingPosition, queueKinds, rule.StartNotForSQS},
}

var queueKinds = []control.SourceKind{control.SQSQueue, control.SQSFIFOQueue}

// takesUp makes mappings of sources that have not the option keep what they are
// given for it by these requests, and show it ever after.
func takesUp(m control.Member, of test, by test, r *rule.Rule) func() control.Hooks {
	return func() control.Hooks {
		kept, ours := map[any]any{}, map[any]bool{}
		return control.Hooks{
			Overlook: func(x *control.Request, broken *rule.Rule) bool {
				return broken == r && by.is(x) && (of.is(x) || ours[x.UUID])
			},
			Answer: func(x *control.Request, a *control.Reply) {
				if a.Code != "" || a.Body == nil {
					return
				}
				id := a.Body["UUID"]
				if x.Op == trace.Create && of.is(x) {
					ours[id] = true
				}
				if (x.Op == trace.Create || x.Op == trace.Update) && ours[id] && x.Has(m) && by.is(x) {
					kept[id] = x.V[m].Interface()
				}
				eachConfiguration(a.Body, func(c map[string]any) {
					if v, ok := kept[c["UUID"]]; ok {
						c[m.String()] = v
					}
				})
			},
		}
	}
}

// crowds makes the poller groups of a mutant hold any number of pollers: each
// mapping has a group of its own, which shows under the name that was given.
func crowds() control.Hooks {
	n := 0
	return control.Hooks{
		Request: func(r *control.Request) {
			if v := pollerGroup.in(r); v.Kind == control.String && v.Str != "" && !strings.Contains(v.Str, " ") {
				n++
				pollerGroup.put(r, v.Str+strings.Repeat("_", n))
			}
		},
		Answer: func(_ *control.Request, a *control.Reply) {
			eachConfiguration(a.Body, func(c map[string]any) {
				pollers, _ := c["ProvisionedPollerConfig"].(map[string]any)
				if name, ok := pollers["PollerGroupName"].(string); ok {
					pollers = maps.Clone(pollers)
					pollers["PollerGroupName"] = strings.TrimRight(name, "_")
					c["ProvisionedPollerConfig"] = pollers
				}
			})
		},
	}
}

func init() {
	for _, o := range options {
		name, what := "takes-up-"+strings.TrimSuffix(o.rule.ID, "-rejected"), o.member.String()
		where := "a queue"
		if len(o.kinds) == 1 {
			where = says(o.kinds[0])
		}
		add(Mutant{Name: name, Fault: "takes up " + what + " on " + where, Breaks: []*rule.Rule{o.rule}, Control: takesUp(o.member, from(o.kinds...), nil, o.rule)})
		if len(o.kinds) > 1 {
			for _, k := range o.kinds {
				add(Mutant{Name: name + "-on-" + k.String(), Fault: "takes up " + what + " on " + says(k), Breaks: []*rule.Rule{o.rule},
					Control: takesUp(o.member, from(k), nil, o.rule)})
			}
		}
		if strings.HasPrefix(o.rule.ID, "stream-only") {
			add(Mutant{Name: name + "-by-update", Fault: "takes up " + what + " on " + where + " in an Update", Breaks: []*rule.Rule{o.rule},
				Control: takesUp(o.member, from(o.kinds...), updates, o.rule)})
		}
	}
	add(Mutant{Name: "poller-group-unlimited", Fault: "does not count the pollers of a group", Breaks: []*rule.Rule{rule.ProvisionedGroupLimits}, Control: crowds})
}
