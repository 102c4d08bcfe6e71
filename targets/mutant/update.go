package mutant

import (
	"fmt"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Update and Delete: what they change, what they leave alone, and when.

// settings are the members that an Update may set alone, with their defaults.
var settings = []struct {
	member  control.Member
	initial any
}{
	{control.BatchSize, 10},
	{control.MaximumBatchingWindowInSeconds, 0},
	{control.ParallelizationFactor, 1},
	{control.MaximumRecordAgeInSeconds, -1},
	{control.BisectBatchOnFunctionError, false},
	{control.MaximumRetryAttempts, -1},
}

// ignores adds a mutant that takes no notice of a member of an Update.
func ignores(m control.Member, r *rule.Rule) {
	hooked("update-ignores-"+kebab(m.String()), "takes no notice of "+m.String()+" in an Update", control.Hooks{Request: func(r *control.Request) {
		if r.Op == trace.Update {
			r.V[m] = control.Value{}
		}
	}}, r)
}

func init() {
	for _, s := range settings {
		key := kebab(s.member.String())
		ignores(s.member, rule.UpdateMembers)
		// A setting that a queue has not would be refused, so it is not added there.
		minded("update-resets-"+key, fmt.Sprintf("sets %s back to %v in an Update that does not name it", s.member, s.initial), func() control.Hooks {
			has := map[string]bool{}
			return control.Hooks{Answer: shown(func(c configuration) {
				has[c["UUID"].(string)] = c[s.member.String()] != nil && (s.member == control.BatchSize || c["ParallelizationFactor"] != nil)
			}), Request: func(r *control.Request) {
				if r.Op == trace.Update && has[r.UUID] && !r.Has(s.member) {
					r.V[s.member] = control.ValueOf(s.initial)
				}
			}}
		}, rule.UpdateOmittedUnchanged)
		shows := func(name, fault string, value any, r *rule.Rule) {
			lives(name, fault, func(c configuration, op trace.Operation, last *control.Request) {
				if op == trace.Update && last.Has(s.member) {
					c[s.member.String()] = value
				}
			}, r)
		}
		wrong := map[control.Member]any{control.BatchSize: 1, control.BisectBatchOnFunctionError: nil}
		if v, ok := wrong[s.member]; !ok || v != nil {
			if !ok {
				v = 7
			}
			shows("update-answers-another-"+key, fmt.Sprintf("answers an Update with a %s that is neither the old nor the new one", s.member), v, rule.UpdateAsync)
		}
	}
	ignores(control.FunctionName, rule.UpdateFunction)
	ignores(control.DestinationConfig, rule.DestUpdateAsync)
	hooked("update-keeps-filter", "takes empty FilterCriteria in an Update for none", control.Hooks{Request: func(r *control.Request) {
		if v := &r.V[control.FilterCriteria]; r.Op == trace.Update && control.JSON(v.Interface()) == "{}" {
			*v = control.Value{}
		}
	}}, rule.FilterClearByEmpty)
	minded("update-filter-reappears", "shows the old FilterCriteria after an Update has taken them away", func() control.Hooks {
		first := map[any]any{}
		return control.Hooks{Answer: shown(func(c configuration) {
			if f := c["FilterCriteria"]; f != nil && first[c["UUID"]] == nil {
				first[c["UUID"]] = f
			}
			if f := first[c["UUID"]]; f != nil {
				c["FilterCriteria"] = f
			}
		})}
	}, rule.FilterClearByEmpty)
	for _, m := range []control.Member{control.BatchSize, control.FunctionName, control.Enabled} {
		hooked("update-needs-"+kebab(m.String()), "refuses an Update without "+m.String(), control.Hooks{Refuse: func(r *control.Request) *control.Refusal {
			if r.Op == trace.Update && !r.Has(m) {
				return &control.Refusal{Code: control.InvalidParameterValue, Message: m.String() + " is required."}
			}
			return nil
		}}, rule.UpdateAllOptional)
	}
	hooked("update-needs-several", "refuses an Update of one member alone", control.Hooks{Refuse: func(r *control.Request) *control.Refusal {
		if r.Op == trace.Update && len(r.Object()) < 2 {
			return &control.Refusal{Code: control.InvalidParameterValue, Message: "Nothing to update."}
		}
		return nil
	}}, rule.UpdateAllOptional)
	hooked("update-needs-uuid-in-body", "refuses an Update whose body does not repeat the UUID", control.Hooks{Refuse: func(r *control.Request) *control.Refusal {
		if r.Op == trace.Update && !r.Has(control.UUID) {
			return &control.Refusal{Code: control.InvalidParameterValue, Message: "UUID is required."}
		}
		return nil
	}}, rule.UpdateAllOptional)
	hooked("update-enables", "makes a paused mapping active by an Update that does not say so", control.Hooks{Request: func(r *control.Request) {
		if r.Op == trace.Update && !r.Has(control.Enabled) {
			r.V[control.Enabled] = control.ValueOf(true)
		}
	}}, rule.UpdateOmittedUnchanged)
	hooked("update-pauses", "pauses a mapping by an Update that does not name Enabled", control.Hooks{Request: func(r *control.Request) {
		if r.Op == trace.Update && !r.Has(control.Enabled) {
			r.V[control.Enabled] = control.ValueOf(false)
		}
	}}, rule.StateUpdatingToEnabled, rule.UpdateStateUpdating)

	// What was settled when the mapping was created.
	for _, v := range []struct {
		member control.Member
		rule   *rule.Rule
	}{{control.EventSourceArn, rule.UpdateEventSourceImmutable}, {control.StartingPosition, rule.StartImmutable}, {control.Topics, rule.TopicsImmutable}} {
		overlays("update-moves-"+kebab(v.member.String()), "changes "+v.member.String()+" by an Update", v.member, true, v.rule)
	}

	// Refused, and yet with an effect.
	overlays("refused-update-sets-batch-size", "keeps the BatchSize of an Update that it refuses", control.BatchSize, false, rule.ErrValidationBeforeEffects)
	minded("refused-update-pauses", "pauses a mapping by an Update that it refuses", func() control.Hooks {
		paused := map[string]bool{}
		return control.Hooks{Answer: func(r *control.Request, a *control.Reply) {
			if r.Op == trace.Update && a.Code != "" && switches(r, false) {
				paused[r.UUID] = true
			}
			shown(func(c configuration) {
				if paused[c["UUID"].(string)] && c["State"] == control.IsEnabled {
					c["State"] = control.Disabled
				}
			})(r, a)
		}}
	}, rule.ErrValidationBeforeEffects)
	minded("refused-create-creates", "creates a mapping although it refuses the BatchSize", func() control.Hooks {
		var broken bool
		return control.Hooks{Overlook: func(r *control.Request, heeded *rule.Rule) bool {
			broken = broken || r.Op == trace.Create && heeded == rule.BatchSizeMin
			return heeded == rule.BatchSizeMin
		}, Answer: func(r *control.Request, a *control.Reply) {
			if broken && succeeded(r, a, trace.Create) {
				refuse(a, 400, control.InvalidParameterValue)
			}
			broken = false
		}}
	}, rule.ErrValidationBeforeEffects)
	for _, n := range []struct {
		name string
		bad  func(n int64) bool
	}{{"0", func(n int64) bool { return n < 1 }}, {"too-large", func(n int64) bool { return n > 10000 }}} {
		hooked("update-batch-size-"+n.name, "takes a BatchSize in an Update that it would refuse in a Create", control.Hooks{
			Overlook: func(r *control.Request, broken *rule.Rule) bool {
				return r.Op == trace.Update && (broken == rule.BatchSizeUpdateRange || broken == rule.BatchSizeModelMax) && n.bad(r.V[control.BatchSize].Int)
			}}, rule.BatchSizeUpdateRange)
	}

	// After a Delete.
	const stays = "stays"
	for _, v := range []struct {
		name, fault string
		sight       int // which Get of the mapping that is gone finds it, 0 for all
	}{{stays, "never gets done with a deletion", 0}, {"comes-back", "shows a deleted mapping again after it was gone", 2}} {
		minded("deleted-"+v.name, v.fault, func() control.Hooks {
			dying, looks := map[string]configuration{}, map[string]int{}
			return control.Hooks{Answer: func(r *control.Request, a *control.Reply) {
				if succeeded(r, a, trace.Delete) {
					dying[r.UUID] = a.Body
				}
				if c := dying[r.UUID]; r.Op == trace.Get && a.Status == 404 && c != nil {
					if looks[r.UUID]++; v.sight == 0 || v.sight == looks[r.UUID] {
						*a = control.Reply{Status: 200, Body: c}
					}
				}
			}}
		}, rule.GetAfterDelete404)
	}
	minded("deleted-is-listed", "lists a mapping that is gone", func() control.Hooks {
		dead := map[string]configuration{}
		return control.Hooks{Answer: func(r *control.Request, a *control.Reply) {
			switch {
			case succeeded(r, a, trace.Delete):
				dead[r.UUID] = a.Body
			case succeeded(r, a, trace.List):
				for _, c := range dead {
					if c["EventSourceArn"] == r.Query[control.QuerySource].Str {
						a.Body["EventSourceMappings"] = append(a.Body["EventSourceMappings"].([]any), c)
					}
				}
			}
		}}
	}, rule.GetAfterDelete404)
	minded("deleted-in-the-way", "refuses to map a source again whose mapping is gone", func() control.Hooks {
		mapped := map[string]bool{}
		return control.Hooks{Answer: func(r *control.Request, a *control.Reply) {
			if succeeded(r, a, trace.Create) {
				mapped[r.V[control.EventSourceArn].Str+" "+r.V[control.FunctionName].Str] = true
			}
		}, Refuse: func(r *control.Request) *control.Refusal {
			if r.Op == trace.Create && mapped[r.V[control.EventSourceArn].Str+" "+r.V[control.FunctionName].Str] {
				return &control.Refusal{Code: control.ResourceConflict, Message: "The mapping already exists."}
			}
			return nil
		}}
	}, rule.GetAfterDelete404)
	hooked("function-takes-mappings-along", "removes the mappings of a function that is deleted", control.Hooks{
		Overlook: func(_ *control.Request, heeded *rule.Rule) bool { return heeded == rule.DeleteFunctionKeepsMappings }},
		rule.DeleteFunctionKeepsMappings)
	minded("function-hides-mappings", "lists no mapping of a function that is deleted", func() control.Hooks {
		var gone []string
		return control.Hooks{Overlook: func(r *control.Request, heeded *rule.Rule) bool {
			if heeded == rule.DeleteFunctionKeepsMappings {
				gone = append(gone, r.V[control.FunctionName].Str)
			}
			return false
		}, Answer: entries(func(_ *control.Request, list []any) []any {
			return keep(list, func(c configuration) bool {
				for _, name := range gone {
					if hasSuffix(c["FunctionArn"], ":"+name) {
						return false
					}
				}
				return true
			})
		})}
	}, rule.DeleteFunctionKeepsMappings)
	hooked("create-twice", "maps a source twice to one function", control.Hooks{
		Overlook: func(_ *control.Request, heeded *rule.Rule) bool { return heeded == rule.CreateDuplicateConflict }}, rule.CreateDuplicateConflict)
}

// overlays adds a mutant that shows a member as an Update asked for it, though
// it should not count: of one that was taken, or that was refused.
func overlays(name, fault string, m control.Member, taken bool, breaks ...*rule.Rule) {
	minded(name, fault, func() control.Hooks {
		values := map[string]any{}
		return control.Hooks{Answer: func(r *control.Request, a *control.Reply) {
			if r.Op == trace.Update && r.Has(m) && (a.Code == "") == taken {
				values[r.UUID] = r.V[m].Interface()
			}
			shown(func(c configuration) {
				if v, ok := values[c["UUID"].(string)]; ok {
					c[m.String()] = v
				}
			})(r, a)
		}}
	}, breaks...)
}
