package control

import (
	"fmt"
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// created takes in the answer to a Create.
func (j *Judge) created(x *Exchange, f *fault) {
	if !j.isConfiguration(x, f) {
		return
	}
	k := kindOfRequest(&x.Request)
	id := x.Answer.V[UUID].Str
	j.touch(rule.CreateAssignsUUID)
	switch old := j.mappings[id]; {
	case id == "":
		// A finding of the member itself, below.
	case old != nil:
		j.report(rule.CreateAssignsUUID, "used before", "a UUID of its own", "the UUID of another mapping")
	case j.Profile == rule.Today && !validUUID(id):
		j.report(rule.CreateAssignsUUID, "form", "a UUID of the form 8-4-4-4-12", id)
	}
	b := &belief{kind: k, born: j.clock, pending: create, enabled: true}
	if v := &x.Request.V[Enabled]; v.Kind == Bool {
		b.enabled = v.Int != 0
	} else {
		b.loose = !v.Missing()
	}
	b.want = new(settings)
	firstSettings(b.want, j.Profile, &j.World, k, &x.Request)
	b.asked = x.Request.present(allMembers)
	if f != nil || k == NoSource {
		b.adopt(&x.Answer.Config)
	}
	b.settled()
	j.checkConfiguration(&x.Answer.Config, b, x, f != nil)
	j.checkFirstState(&x.Answer.Config, b)
	b.remember(x, &x.Answer.Config)
	if id != "" {
		j.mappings[id] = b
	}
}

// adopt takes the target's word for every setting.
func (b *belief) adopt(c *Config) {
	values := c.V
	b.want = new(settings)
	for m := range values {
		b.want[m] = &values[m]
	}
	if b.kind == NoSource {
		if v := &c.V[EventSourceArn]; v.Kind == String {
			b.kind, _ = sourceKind(rule.Today, v.Str)
		}
	}
}

func (b *belief) remember(x *Exchange, c *Config) {
	b.last, b.lastStart = c, x.Start
	if t, ok := c.V[LastModified].Number(); ok {
		b.modified = t
	}
}

// isConfiguration judges the body of a success; that the request should have
// been refused is one finding, and what it got instead no other.
func (j *Judge) isConfiguration(x *Exchange, f *fault) bool {
	r := answerRule[x.Op]
	j.touch(r)
	if x.Answer.body != bodyObject {
		if f != nil {
			return false
		}
		j.report(r, "no configuration", "the mapping's configuration as a JSON object", "a body that is none")
		return false
	}
	return true
}

// checkFirstState judges the state that a Create shows at once.
func (j *Judge) checkFirstState(c *Config, b *belief) {
	s := c.V[State].Str
	if s == "" || b.loose {
		return
	}
	if b.enabled {
		j.touch(rule.CreateStateCreating)
		if s != Creating {
			j.report(rule.CreateStateCreating, "first state", "State Creating right after Create", "State "+s)
		}
	} else if s != Disabled && slices.Contains(pass(create, false), s) {
		j.reportAt(rule.CreateEnabledFalse, rule.Recorded, "first state", "State Disabled right after Create", "State "+s)
	}
}

// got takes in the answer to a Get.
func (j *Judge) got(x *Exchange, f *fault) {
	b := j.mappings[x.UUID]
	if !j.isConfiguration(x, f) {
		if b != nil {
			b.last = nil // who cannot be read is not late
		}
		return
	}
	if f != nil && f.rule == rule.GetURI {
		return
	}
	if b == nil || b.gone != 0 {
		return // found although it should not be: reported as accepted
	}
	j.checkSameUUID(x)
	j.checkConfiguration(&x.Answer.Config, b, x, false)
	if len(j.out) == 0 {
		j.stood(b)
	}
	j.settle(&x.Answer.Config, b)
	b.remember(x, &x.Answer.Config)
}

// stood decides the rules that say that something does not change, of a mapping that shows
// all that is expected of it.
func (j *Judge) stood(b *belief) {
	if b.functionDeleted {
		j.touch(rule.DeleteFunctionKeepsMappings)
	}
	if b.refusedMembers != 0 && b.pending == nothing {
		j.touch(rule.ErrValidationBeforeEffects)
	}
	for m, r := range fixedMembers {
		if b.tried.Has(m) {
			j.touch(r)
		}
	}
}

// fixedMembers are the members that no Update changes, as far as a rule says so.
var fixedMembers = map[Member]*rule.Rule{EventSourceArn: rule.UpdateEventSourceImmutable, StartingPosition: rule.StartImmutable,
	Topics: rule.TopicsImmutable}

func (j *Judge) checkSameUUID(x *Exchange) {
	if id := x.Answer.V[UUID].Str; id != "" && !strings.EqualFold(id, x.UUID) {
		j.report(answerRule[x.Op], "another mapping", "the mapping "+x.UUID, "the mapping "+id)
	}
}

// updated takes in the answer to an Update.
func (j *Judge) updated(x *Exchange, f *fault) {
	shown := j.isConfiguration(x, f)
	b := j.mappings[x.UUID]
	if b == nil || b.gone != 0 {
		return
	}
	if b.pending == nothing {
		b.modifiedBefore, b.updateSpacing = b.modified, x.Start-b.lastStart
	} else if b.pending&create != 0 && x.Answer.V[State].Str == Creating {
		j.report(rule.UpdateWhileCreatingInUse, "accepted", "refused with "+inUse.String()+" while the mapping is Creating", answerText(x))
	}
	wasEnabled := b.enabled
	if b.pending != nothing && b.old[len(b.old)-1] != b.want {
		b.old = append(b.old, b.want) // an update before this one may have taken effect unseen
	}
	b.merged = b.merged || x.Request.Has(ProvisionedPollerConfig) && b.want.has(ProvisionedPollerConfig)
	next := *b.want
	b.want = &next
	b.changed |= next.apply(j.Profile, &j.World, b.kind, &x.Request)
	b.asked |= x.Request.present(updateMembers[j.Profile])
	b.tried |= x.Request.present(createMembers[j.Profile] &^ updateMembers[j.Profile])
	now := update
	if v := &x.Request.V[Enabled]; !v.Missing() && v.Kind != Bool {
		b.loose = true
	} else if v.Kind == Bool {
		b.enabled = v.Int != 0
		if b.enabled && !wasEnabled {
			now |= enable
		}
		if !b.enabled && wasEnabled {
			now |= disable
		}
	}
	if f != nil {
		b.adopt(&x.Answer.Config)
		b.changed = 0
	}
	quiet := b.pending == nothing
	b.pending |= now
	b.stuck = ""
	if !shown {
		return
	}
	j.checkSameUUID(x)
	j.checkConfiguration(&x.Answer.Config, b, x, f != nil)
	if quiet && f == nil {
		j.checkUpdateState(&x.Answer.Config, b, now, wasEnabled)
	}
	b.remember(x, &x.Answer.Config)
}

// checkUpdateState judges the state that an Update of a settled mapping shows
// at once.
func (j *Judge) checkUpdateState(c *Config, b *belief, now change, wasEnabled bool) {
	s := c.V[State].Str
	switch {
	case s == "" || b.loose:
	case now&disable != 0:
		j.touch(rule.StateDisablePath)
		if s != Disabling {
			j.reportAt(rule.StateDisablePath, rule.Recorded, "first state", "State Disabling right after Update", "State "+s)
		}
	case now&enable != 0:
		j.touch(rule.StateEnablePath)
		if s != Enabling {
			j.reportAt(rule.StateEnablePath, rule.Recorded, "first state", "State Enabling right after Update", "State "+s)
		}
	case wasEnabled && b.changed != 0:
		j.touch(rule.UpdateStateUpdating)
		if s != Updating {
			j.report(rule.UpdateStateUpdating, "first state", "State Updating right after Update", "State "+s)
		}
	}
}

// deleted takes in the answer to a Delete.
func (j *Judge) deleted(x *Exchange, f *fault) {
	shown := j.isConfiguration(x, f)
	b := j.mappings[x.UUID]
	if b == nil || b.gone != 0 {
		return
	}
	if b.dying == 0 {
		b.dying = j.clock
	}
	b.pending |= remove
	if !shown {
		return
	}
	j.checkSameUUID(x)
	j.checkConfiguration(&x.Answer.Config, b, x, f != nil)
	b.remember(x, &x.Answer.Config)
}

// settle notes what is no longer pending.
func (j *Judge) settle(c *Config, b *belief) {
	if s := c.V[State].Str; b.loose && (s == IsEnabled || s == Disabled) {
		b.enabled, b.loose = s == IsEnabled, false
	}
	if b.pending == nothing || b.pending&remove != 0 || c.V[State].Str != goal(b.enabled) {
		return
	}
	for m := range b.changed.each {
		if !sameSetting(m, b.want.at(m), &c.V[m]) {
			return
		}
	}
	switch {
	case b.pending&create != 0 && b.enabled:
		j.touch(rule.StateCreatingToEnabled)
		if !b.asked.Has(Enabled) {
			j.touch(rule.CreateEnabledDefaultTrue)
		}
	case b.pending&create != 0:
		j.touch(rule.CreateEnabledFalse)
	case b.pending&enable != 0:
		j.touch(rule.UpdateResume)
		j.touch(rule.StateEnablePath)
	case b.pending&disable != 0:
		j.touch(rule.UpdatePause)
		j.touch(rule.StateDisablePath)
	case b.enabled:
		j.touch(rule.StateUpdatingToEnabled)
	}
	if b.pending&update != 0 {
		j.confirmUpdate(c, b)
	}
	j.touch(rule.GetTracksState)
	b.pending, b.changed = nothing, 0
	b.refusedMembers = 0
	b.settled()
}

// modifiedSpacing is how far apart two changes must be before LastModified,
// which may count in whole seconds, has to tell them apart.
const modifiedSpacing = 2000

func (j *Judge) confirmUpdate(c *Config, b *belief) {
	j.touch(rule.UpdateOmittedUnchanged)
	if b.changed != 0 {
		j.touch(rule.UpdateAsync)
		j.touch(rule.UpdateMembers)
	}
	if b.changed.Has(FunctionArn) {
		j.touch(rule.UpdateFunction)
	}
	if b.changed.Has(DestinationConfig) {
		j.touch(rule.DestUpdateAsync)
	}
	if b.changed.Has(FilterCriteria) && empty(b.want.at(FilterCriteria)) {
		j.touch(rule.FilterClearByEmpty)
	}
	t, ok := c.V[LastModified].Number()
	if ok && b.modifiedBefore != 0 && b.updateSpacing >= modifiedSpacing && (b.changed != 0 || b.pending&(enable|disable) != 0) {
		j.touch(rule.RespLastModifiedChanges)
		if t <= b.modifiedBefore {
			j.report(rule.RespLastModifiedChanges, "not advanced", "a later LastModified after an Update",
				fmt.Sprintf("%v before and %v after", b.modifiedBefore, t))
		}
	}
}

// Settled reports whether the last answer showed the mapping at rest, with all
// its settings in force; for a mapping that is being deleted, whether it is gone.
func (j *Judge) Settled(uuid string) bool {
	b := j.mappings[uuid]
	return b == nil || b.gone != 0 || b.pending == nothing
}

// Overdue returns the rules that a mapping breaks by not having come to rest.
// Call it when the bound on a change is over. The slice is good until the next call.
func (j *Judge) Overdue(uuid string) []Violation {
	j.out = j.out[:0]
	b := j.mappings[uuid]
	if j.Settled(uuid) || b.last == nil {
		return j.out
	}
	s := b.last.V[State].Str
	want := goal(b.enabled)
	switch {
	case b.pending&remove != 0:
		j.report(rule.GetAfterDelete404, "still there", "404 ResourceNotFoundException once the deletion is complete", "State "+s)
		b.gone = j.clock
		return j.out
	case s == "":
		// Answers without a State are a finding already.
	case s != want:
		j.report(j.overdueRule(b, s), "never "+want, "State "+want+" in the end", "State "+s)
	default:
		for m := range b.changed.each {
			if v := &b.last.V[m]; !sameSetting(m, b.want.at(m), v) && b.readable(m, v, j.Profile) {
				j.report(notAppliedRule(m, b), m.String()+" not applied", m.String()+" "+b.want.at(m).Text()+" in the end", b.last.V[m].Text())
			}
		}
	}
	b.pending, b.changed = nothing, 0
	b.adopt(b.last)
	b.stuckIn(s)
	b.settled()
	return j.out
}

// stuckIn takes the target's word for the state of a mapping that should have
// come to rest, or not have left it.
func (b *belief) stuckIn(s string) {
	b.stuck = s
	switch s {
	case IsEnabled, Enabling:
		b.enabled = true
	case Disabled, Disabling:
		b.enabled = false
	}
}

// readable reports whether a member shows anything; that it does not, although
// it must, is a finding already.
func (b *belief) readable(m Member, v *Value, p rule.Profile) bool {
	if v.Missing() {
		o := optionOf(p, b.kind, m)
		return o.shown == nil || o.shownIsOptional
	}
	return wellTyped(m, v)
}

func (j *Judge) overdueRule(b *belief, s string) *rule.Rule {
	switch {
	case b.pending&create != 0 && b.enabled && !b.asked.Has(Enabled) && s == Disabled:
		return rule.CreateEnabledDefaultTrue
	case b.pending&create != 0 && b.enabled:
		return rule.StateCreatingToEnabled
	case b.pending&create != 0:
		return rule.CreateEnabledFalse
	case b.pending&enable != 0:
		return rule.UpdateResume
	case b.pending&disable != 0:
		return rule.UpdatePause
	case b.enabled:
		return rule.StateUpdatingToEnabled
	}
	return rule.UpdateOmittedUnchanged
}

func notAppliedRule(m Member, b *belief) *rule.Rule {
	switch m {
	case FilterCriteria:
		if empty(b.want.at(m)) {
			return rule.FilterClearByEmpty
		}
	case FunctionArn:
		return rule.UpdateFunction
	case DestinationConfig:
		return rule.DestUpdateAsync
	}
	return rule.UpdateMembers
}

// Vanished tells the judge that a mapping which was deleted answers 404, which
// Get shows by itself; it reports whether the mapping is believed gone.
func (j *Judge) Vanished(uuid string) bool {
	b := j.mappings[uuid]
	return b == nil || b.gone != 0
}

// operationIs reports whether the exchange is one of the operations.
func (x *Exchange) operationIs(ops ...trace.Operation) bool { return slices.Contains(ops, x.Op) }
