package control

import (
	"fmt"
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// The state of a mapping and its times, as an answer shows them.

// checkState judges State and what goes with it.
func (j *Judge) checkState(c *Config, b *belief, x *Exchange) {
	if v := &c.V[StateTransitionReason]; v.Kind == String {
		j.touch(rule.StateTransitionReasonOrigin)
		if v.Str == "" {
			j.report(rule.StateTransitionReasonOrigin, "empty", "who made the last change", `""`)
		} else if want := userReason(b.kind); v.Str != want && b.kind != MSKCluster {
			j.reportAt(rule.StateTransitionReasonOrigin, rule.Recorded, "spelling", want, v.Str)
		}
	}
	if v := &c.V[LastProcessingResult]; v.Kind == String && b.pending&create != 0 && b.kind.stream() && x.Op == trace.Create {
		j.touch(rule.RespLastProcessingNone)
		if want := rule.RespLastProcessingNone.In(j.Profile).Value.(string); v.Str != want {
			j.report(rule.RespLastProcessingNone, "before any processing", want, v.Str)
		}
	}
	v := &c.V[State]
	if v.Kind != String {
		return
	}
	known := slices.IndexFunc(stateRules, func(s struct {
		state string
		rule  *rule.Rule
	}) bool {
		return strings.EqualFold(s.state, v.Str)
	})
	j.touch(rule.StateSetClosed)
	if known < 0 {
		j.report(rule.StateSetClosed, "unknown state", "one of the seven documented states", v.Str)
		return
	}
	s := &stateRules[known]
	j.touch(s.rule)
	if s.state != v.Str {
		j.report(s.rule, "spelling", s.state, v.Str)
		v.Str = s.state // the misspelling is the finding; what it means counts
	}
	j.checkTransition(v.Str, b, x)
}

func (j *Judge) checkTransition(s string, b *belief, x *Exchange) {
	if b.dying != 0 {
		j.touch(rule.DeleteStateDeleting)
		if s != Deleting && !x.operationIs(trace.List) {
			j.report(rule.DeleteStateDeleting, "not Deleting", "State Deleting after Delete", "State "+s)
		}
		return
	}
	if s == Deleting {
		j.report(rule.StateDeleting, "not deleted", "a state other than Deleting before any Delete", "State Deleting")
		return
	}
	if b.loose || slices.Contains(pass(b.pending, b.enabled), s) || b.pending == nothing && s == b.stuck {
		return
	}
	var r *rule.Rule
	switch {
	case b.pending&create != 0 && b.enabled && x.Op == trace.Create:
		return // the first state is a rule of its own
	case b.pending&create != 0 && b.enabled && !b.asked.Has(Enabled) && (s == Disabled || s == Disabling):
		r = rule.CreateEnabledDefaultTrue
	case b.pending&create != 0 && b.enabled:
		r = rule.StateCreatingToEnabled
	case b.pending&create != 0:
		r = rule.CreateEnabledFalse
	case b.pending&enable != 0:
		r = rule.StateEnablePath
	case b.pending&disable != 0:
		r = rule.StateDisablePath
	case b.pending&update != 0 && b.enabled:
		r = rule.StateUpdatingToEnabled
	case b.pending&update != 0:
		r = rule.UpdateOmittedUnchanged
	default:
		if reason := x.Answer.V[StateTransitionReason].Str; !slices.Contains(userReasons, reason) {
			return // the service may change a state of its own accord, and says so here
		}
		r = rule.GetTracksState
		if b.refusedMembers.Has(Enabled) {
			r = rule.ErrValidationBeforeEffects
		}
	}
	j.report(r, "unexpected state", "one of "+strings.Join(pass(b.pending, b.enabled), ", "), "State "+s)
	if b.pending == nothing {
		b.stuckIn(s)
	}
}

// CheckProcessed returns the rules that LastProcessingResult breaks in an
// answer after a batch was processed. The slice is good until the next call.
func (j *Judge) CheckProcessed(x *Exchange, failed bool) []Violation {
	j.out = j.out[:0]
	v := &x.Answer.V[LastProcessingResult]
	r, want := rule.RespLastProcessingOk, "OK"
	ok := v.Str == want
	if failed {
		r, want = rule.RespLastProcessingProblem, "a text that begins with PROBLEM:"
		ok = strings.HasPrefix(v.Str, "PROBLEM:")
	}
	j.touch(r)
	if !ok {
		j.report(r, "text", want, v.Text())
	}
	return j.out
}

func (j *Judge) checkTimes(c *Config, b *belief, x *Exchange) {
	t, ok := c.V[LastModified].Number()
	if !ok {
		return
	}
	j.touch(rule.TimestampsEpochSeconds)
	if now := float64(x.Start) / 1000; x.Op == trace.Create && (t < now-clockSlack || t > now+clockSlack) {
		j.report(rule.TimestampsEpochSeconds, "LastModified unit", fmt.Sprintf("seconds since the Unix epoch, about %.0f", now), c.V[LastModified].Text())
		return
	}
	if t < b.modified && !x.operationIs(trace.List) {
		j.report(rule.RespLastModifiedChanges, "went back", fmt.Sprintf("at least %v", b.modified), fmt.Sprintf("%v", t))
	}
}

// clockSlack is how far LastModified may be from our clock, in seconds: far
// more than clocks differ, far less than a wrong unit makes.
const clockSlack = 24 * 3600
