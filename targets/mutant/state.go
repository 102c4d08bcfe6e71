package mutant

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// States: how they are spelled, which comes when, and what goes with them.

var states = []struct {
	state string
	rule  *rule.Rule
	other string // what it is called elsewhere
}{
	{control.Creating, rule.StateCreating, "Pending"},
	{control.Enabling, rule.StateEnabling, "Starting"},
	{control.IsEnabled, rule.StateEnabled, "Active"},
	{control.Disabling, rule.StateDisabling, "Stopping"},
	{control.Disabled, rule.StateDisabled, "Paused"},
	{control.Updating, rule.StateUpdating, "Modifying"},
	{control.Deleting, rule.StateDeleting, "Terminating"},
}

// turns shows one state in place of another.
func turns(from, to string) func(configuration) {
	return replaces("State", func(x any) any {
		if x == from {
			return to
		}
		return x
	})
}

// lives adds a mutant that sees every request and every configuration, and
// remembers of each mapping the last Create or Update.
func lives(name, fault string, change func(c configuration, op trace.Operation, last *control.Request), breaks ...*rule.Rule) {
	minded(name, fault, func() control.Hooks {
		last := map[string]*control.Request{}
		return control.Hooks{Answer: func(r *control.Request, a *control.Reply) {
			shown(func(c configuration) {
				id := c["UUID"].(string)
				if r.Op == trace.Create || r.Op == trace.Update {
					kept := *r
					last[id] = &kept
				}
				change(c, r.Op, last[id])
			})(r, a)
		}}
	}, breaks...)
}

func isUpdate(r *control.Request) bool { return r != nil && r.Op == trace.Update }

// switches reports whether an Update switches a mapping on or off.
func switches(r *control.Request, on bool) bool {
	return isUpdate(r) && r.V[control.Enabled].Kind == control.Bool && (r.V[control.Enabled].Int != 0) == on
}

func init() {
	for _, s := range states {
		key := strings.ToLower(s.state)
		show("state-"+key+"-upper", "writes the State "+s.state+" in capitals", turns(s.state, strings.ToUpper(s.state)), nil, s.rule)
		show("state-"+key+"-lower", "writes the State "+s.state+" in small letters", turns(s.state, key), nil, s.rule)
		name := "state-" + key + "-renamed"
		show(name, "calls the State "+s.state+" "+s.other, turns(s.state, s.other), []trace.Operation{trace.Get, trace.List}, rule.StateSetClosed)
		if s.state == control.IsEnabled || s.state == control.Disabled {
			because(name, "a mapping that never shows the state in which it should rest never comes to rest")
		}
	}

	// The first state.
	for _, to := range []string{control.IsEnabled, control.Enabling, control.Updating, control.Disabled} {
		show("create-answers-"+strings.ToLower(to), "answers a Create with State "+to, turns(control.Creating, to),
			[]trace.Operation{trace.Create}, rule.CreateStateCreating)
	}
	hooked("create-enabled-at-once", "never shows the State Creating", control.Hooks{Overlook: func(_ *control.Request, heeded *rule.Rule) bool {
		return heeded == rule.UpdateWhileCreatingInUse || heeded == rule.DeleteWhileUpdatingInUse
	}, Answer: shown(turns(control.Creating, control.IsEnabled))}, rule.CreateStateCreating)
	show("create-answers-deleting", "answers a Create with State Deleting", turns(control.Creating, control.Deleting),
		[]trace.Operation{trace.Create}, rule.StateDeleting, rule.CreateStateCreating)
	for _, to := range []string{control.IsEnabled, control.Enabling, control.Disabling, control.Disabled} {
		show("update-answers-"+strings.ToLower(to), "answers an Update of settings with State "+to, turns(control.Updating, to),
			[]trace.Operation{trace.Update}, rule.UpdateStateUpdating)
	}
	show("update-enabled-at-once", "never shows the State Updating", turns(control.Updating, control.IsEnabled), nil, rule.UpdateStateUpdating)
	show("update-disables-meanwhile", "shows the State Disabling while settings change", turns(control.Updating, control.Disabling), nil, rule.UpdateStateUpdating)
	show("update-answers-creating", "answers an Update of settings with State Creating", turns(control.Updating, control.Creating),
		[]trace.Operation{trace.Update}, rule.UpdateStateUpdating, rule.StateUpdatingToEnabled)
	for _, to := range []string{control.IsEnabled, control.Disabled, control.Disabling, control.Updating} {
		show("delete-answers-"+strings.ToLower(to), "answers a Delete with State "+to, turns(control.Deleting, to),
			[]trace.Operation{trace.Delete}, rule.DeleteStateDeleting)
		show("deleting-shows-"+strings.ToLower(to), "shows the State "+to+" while a mapping is deleted", turns(control.Deleting, to), nil, rule.DeleteStateDeleting)
	}
	lives("delete-keeps-state", "leaves State as it was while a mapping is deleted", func(c configuration, op trace.Operation, last *control.Request) {
		if c["State"] == control.Deleting {
			c["State"] = control.IsEnabled
			if switches(last, false) {
				c["State"] = control.Disabled
			}
		}
	}, rule.DeleteStateDeleting)

	// Enabled in a Create.
	hooked("create-ignores-enabled-false", "creates a mapping active although it should be paused", control.Hooks{Request: func(r *control.Request) {
		if r.Op == trace.Create {
			r.V[control.Enabled] = control.Value{}
		}
	}}, rule.CreateEnabledFalse)
	show("create-paused-creating", "answers a Create of a paused mapping with State Creating", turns(control.Disabled, control.Creating),
		[]trace.Operation{trace.Create}, rule.CreateEnabledFalse)
	show("create-paused-enabled", "answers a Create of a paused mapping with State Enabled", turns(control.Disabled, control.IsEnabled),
		[]trace.Operation{trace.Create}, rule.CreateEnabledFalse)
	for _, to := range []string{control.Creating, control.Disabling} {
		lives("create-paused-stays-"+strings.ToLower(to), "leaves a paused mapping in State "+to, func(c configuration, _ trace.Operation, last *control.Request) {
			if last != nil && last.Op == trace.Create && c["State"] == control.Disabled {
				c["State"] = to
			}
		}, rule.CreateEnabledFalse)
	}
	hooked("create-paused-by-default", "creates a mapping paused unless it is told otherwise", control.Hooks{Request: func(r *control.Request) {
		if r.Op == trace.Create && !r.Has(control.Enabled) {
			r.V[control.Enabled] = control.ValueOf(false)
		}
	}, Answer: shown(turns(control.Disabled, control.Creating), trace.Create)}, rule.CreateEnabledDefaultTrue)
	lives("create-pauses-afterwards", "shows the State Disabled before a new mapping becomes active", func(c configuration, op trace.Operation, last *control.Request) {
		if op == trace.Get && c["State"] == control.Creating && !last.Has(control.Enabled) {
			c["State"] = control.Disabled
		}
	}, rule.CreateEnabledDefaultTrue)

	// Where a change ends.
	for _, stuck := range []string{control.Creating, control.Enabling, control.Updating} {
		lives("create-stays-"+strings.ToLower(stuck), "leaves a new mapping in State "+stuck, func(c configuration, _ trace.Operation, last *control.Request) {
			if !isUpdate(last) && c["State"] == control.IsEnabled {
				c["State"] = stuck
			}
		}, rule.StateCreatingToEnabled)
	}
	for _, stuck := range []string{control.Updating, control.Enabling, control.Disabled, control.Disabling} {
		lives("update-stays-"+strings.ToLower(stuck), "leaves a mapping in State "+stuck+" after its settings have changed", func(c configuration, _ trace.Operation, last *control.Request) {
			if isUpdate(last) && !last.Has(control.Enabled) && c["State"] == control.IsEnabled {
				c["State"] = stuck
			}
		}, rule.StateUpdatingToEnabled)
	}
	show("update-creates-again", "shows the State Creating while settings change", turns(control.Updating, control.Creating),
		[]trace.Operation{trace.Get}, rule.StateUpdatingToEnabled)
	for _, on := range []bool{false, true} {
		key, way, end, never, path := "pause", control.Disabling, control.Disabled, rule.UpdatePause, rule.StateDisablePath
		wrong := []string{control.Creating, control.Enabling}
		if on {
			key, way, end, never, path = "resume", control.Enabling, control.IsEnabled, rule.UpdateResume, rule.StateEnablePath
			wrong = []string{control.Creating, control.Disabling}
		}
		lives(key+"-stays-"+strings.ToLower(way), "leaves a mapping in State "+way, func(c configuration, _ trace.Operation, last *control.Request) {
			if switches(last, on) && c["State"] == end {
				c["State"] = way
			}
		}, never)
		lives(key+"-stays-updating", "leaves a mapping in State Updating that should end "+end, func(c configuration, op trace.Operation, last *control.Request) {
			if switches(last, on) && op != trace.Update && c["State"] != control.Deleting {
				c["State"] = control.Updating
			}
		}, never)
		lives(key+"-forgotten", "ends a change to "+end+" in the state before it", func(c configuration, _ trace.Operation, last *control.Request) {
			if switches(last, on) && c["State"] == end {
				c["State"] = map[bool]string{false: control.IsEnabled, true: control.Disabled}[on]
			}
		}, never)
		for _, first := range []string{control.Updating, control.IsEnabled, control.Disabled} {
			show(key+"-answers-"+strings.ToLower(first), "answers an Update to "+end+" with State "+first, turns(way, first), []trace.Operation{trace.Update}, path)
		}
		for _, w := range wrong {
			show(key+"-by-"+strings.ToLower(w), "shows the State "+w+" on the way to "+end, turns(way, w), []trace.Operation{trace.Get}, path)
		}
		hooked(key+"-ignored", fmt.Sprintf("takes no notice of Enabled %v in an Update", on), control.Hooks{Request: func(r *control.Request) {
			if switches(r, on) {
				r.V[control.Enabled] = control.Value{}
			}
		}}, never, path)
	}

	// States at rest.
	for _, to := range []string{control.Creating, control.Updating, control.Disabled, control.Enabling, control.Disabling} {
		minded("rest-"+strings.ToLower(to), "shows the State "+to+" again after Enabled", func() control.Hooks {
			seen := map[string]int{}
			return control.Hooks{Answer: func(r *control.Request, a *control.Reply) {
				if r.Op != trace.Get {
					clear(seen)
				}
				shown(func(c configuration) {
					if id := c["UUID"].(string); c["State"] == control.IsEnabled {
						if seen[id]++; seen[id] == 2 {
							c["State"] = to
						}
					}
				}, trace.Get)(r, a)
			}}
		}, rule.GetTracksState)
		if to == control.Disabled || to == control.Disabling {
			because("rest-"+strings.ToLower(to), "an Update that does not name Enabled makes the mapping active again")
		}
	}
	minded("get-once-deletes", "shows the State Deleting of a mapping that nobody deleted", func() control.Hooks {
		seen := map[string]int{}
		return control.Hooks{Answer: shown(func(c configuration) {
			if id := c["UUID"].(string); c["State"] == control.IsEnabled {
				if seen[id]++; seen[id] == 2 {
					c["State"] = control.Deleting
				}
			}
		}, trace.Get)}
	}, rule.StateDeleting)
	show("create-deleting-meanwhile", "shows the State Deleting while a mapping is created", turns(control.Creating, control.Deleting), []trace.Operation{trace.Get}, rule.StateDeleting)

	// Acting on a mapping that is in the middle of a change.
	minded("update-while-creating", "takes an Update of a mapping that is Creating, and leaves it so", func() control.Hooks {
		creating := map[string]bool{}
		return control.Hooks{
			Overlook: func(_ *control.Request, heeded *rule.Rule) bool { return heeded == rule.UpdateWhileCreatingInUse },
			Answer: shown(func(c configuration) {
				switch id := c["UUID"].(string); {
				case c["State"] == control.Creating:
					creating[id] = true
				case c["State"] == control.IsEnabled:
					delete(creating, id)
				case c["State"] == control.Updating && creating[id]:
					c["State"] = control.Creating
				}
			}),
		}
	}, rule.UpdateWhileCreatingInUse)

	// Who made the last change, and when.
	show("reason-empty", "shows an empty StateTransitionReason", replaces("StateTransitionReason", always("")), nil, rule.StateTransitionReasonOrigin)
	for _, v := range []struct{ name, value string }{
		{"lower", "user action"}, {"user", "USER"}, {"request", "User initiated request"}, {"lambda", "Lambda"}, {"dash", "-"},
	} {
		show("reason-"+v.name, fmt.Sprintf("shows the StateTransitionReason %q", v.value), replaces("StateTransitionReason", always(v.value)), nil, rule.StateTransitionReasonOrigin)
	}
	show("reason-swapped", "gives streams the StateTransitionReason of queues", onSource(":stream/", replaces("StateTransitionReason", always("USER_INITIATED"))), nil, rule.StateTransitionReasonOrigin)
	show("reason-stream-for-all", "gives queues the StateTransitionReason of streams", onSource(":sqs:", replaces("StateTransitionReason", always("User action"))), nil, rule.StateTransitionReasonOrigin)
	show("reason-after-update", "shows no StateTransitionReason once settings change", func(c configuration) {
		if c["State"] == control.Updating {
			c["StateTransitionReason"] = ""
		}
	}, nil, rule.StateTransitionReasonOrigin)

	minded("last-modified-stands-still", "shows the time of creation as LastModified for good", func() control.Hooks {
		first := map[any]any{}
		return control.Hooks{Answer: shown(func(c configuration) {
			if first[c["UUID"]] == nil {
				first[c["UUID"]] = c["LastModified"]
			}
			c["LastModified"] = first[c["UUID"]]
		})}
	}, rule.RespLastModifiedChanges)
	minded("last-modified-not-by-update", "moves LastModified by no Update", func() control.Hooks {
		rest := map[any]any{}
		return control.Hooks{Answer: shown(func(c configuration) {
			if rest[c["UUID"]] == nil && c["State"] == control.IsEnabled {
				rest[c["UUID"]] = c["LastModified"]
			}
			if t := rest[c["UUID"]]; t != nil {
				c["LastModified"] = t
			}
		})}
	}, rule.RespLastModifiedChanges)
	minded("last-modified-by-minute", "counts LastModified in whole minutes", func() control.Hooks {
		return control.Hooks{Answer: shown(func(c configuration) {
			f, _ := c["LastModified"].(json.Number).Float64()
			c["LastModified"] = int64(f) / 60 * 60
		})}
	}, rule.RespLastModifiedChanges)
	for _, o := range []operation{get, update} {
		show("last-modified-back-in-"+o.name, fmt.Sprintf("shows an earlier LastModified in the answer to %s", o.says), replaces("LastModified", func(x any) any {
			f, _ := x.(json.Number).Float64()
			return f - 3600
		}), []trace.Operation{o.op}, rule.RespLastModifiedChanges)
	}
}
