package control

import (
	"fmt"
	"slices"
	"strings"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// checkConfiguration judges the members of a configuration. forced says that the
// request should have been refused, so its own settings are not held against
// the answer a second time.
func (j *Judge) checkConfiguration(c *Config, b *belief, x *Exchange, forced bool) {
	p := j.Profile
	j.checkNames(c)
	for m := range answerMembers[p].each {
		o, v := optionOf(p, b.kind, m), &c.V[m]
		switch {
		case o.availability == unavailable, o.availability == silent && j.omitRule(m, b.kind) != nil:
			j.checkUnavailable(m, v, o, b)
		case forced:
		case v.Missing():
			j.checkMissing(m, v, o, b, x)
		case !j.checkType(m, v, o):
		default:
			j.touch(o.shown)
			j.checkSetting(m, v, o, b, x)
		}
	}
	if !forced {
		j.checkIdentity(c, b, x)
	}
	j.checkTimes(c, b, x)
	j.checkState(c, b, x)
}

// checkNames judges which members there are.
func (j *Judge) checkNames(c *Config) {
	p := j.Profile
	j.touch(rule.RespMembers2020)
	j.touch(rule.RespNoEnabledMember)
	if c.Has(Enabled) {
		j.report(rule.RespNoEnabledMember, "Enabled shown", "no member Enabled", "Enabled "+c.V[Enabled].Text())
	}
	var extra []string
	for m := range c.present(^(answerMembers[p] | 1<<Enabled)).each {
		extra = append(extra, m.String())
	}
	extra = append(extra, c.Other...)
	slices.Sort(extra)
	for _, name := range extra {
		j.report(rule.RespMembers2020, "undocumented member "+name, "documented members only", name)
	}
}

// checkUnavailable judges a setting that the source has not. A target may have
// refused it or left it out, but must not show it.
func (j *Judge) checkUnavailable(m Member, v *Value, o *option, b *belief) {
	omitted := j.omitRule(m, b.kind)
	asked := b.asked.Has(m)
	if v.Missing() {
		if asked {
			j.touch(o.not)
		}
		j.touch(omitted)
		return
	}
	switch {
	case asked:
		if o.not != nil {
			j.report(o.not, m.String()+" shown", "refused, or left out of the answer", m.String()+" "+v.Text())
		}
	case omitted != nil:
		j.report(omitted, m.String()+" shown", "no "+m.String()+" for "+b.kind.String(), m.String()+" "+v.Text())
	}
}

// omitRule is the rule that answers about a kind leave a member out; nil when
// none says so.
func (j *Judge) omitRule(m Member, k SourceKind) *rule.Rule {
	switch {
	case k.sqs():
		if r := rule.StreamOnlySQSResponseOmits; slices.Contains(r.Strings(j.Profile), m.String()) {
			return r
		}
	case k == MSKCluster:
		// This one lists the members that are shown.
		if r := rule.StreamOnlyMSKResponseOmits; r.Holds(j.Profile) && !slices.Contains(r.Strings(j.Profile), m.String()) {
			return r
		}
	}
	return nil
}

// checkMissing judges a member that is not there.
func (j *Judge) checkMissing(m Member, v *Value, o *option, b *belief, x *Exchange) {
	want := b.want.at(m)
	asked := b.asked.Has(m) && !want.Missing() && !empty(want)
	switch {
	case o.shown != nil && !o.shownIsOptional:
		if m == StartingPosition && want.Missing() {
			return
		}
		j.report(o.shown, m.String()+" missing", "the member "+m.String(), "no such member")
	case asked && o.availability == available && b.unchanged(m):
		j.report(j.echoRule(m, o, b, x), m.String()+" missing", m.String()+" "+want.Text()+", as asked", "no such member")
		b.concede(m, v, x)
	case o.shown == nil && o.defaultRule != nil && !b.asked.Has(m):
		// That a default holds is documented, that it is shown is not.
		j.reportAt(o.defaultRule, rule.Recorded, m.String()+" missing", m.String()+" "+want.Text()+", as AWS shows it", "no such member")
	case o.shownRecordedFor:
		j.reportAt(rule.RespMembers2020, rule.Recorded, m.String()+" missing", "the member "+m.String()+", which AWS always shows", "no such member")
	}
}

// checkType judges the JSON type of a member.
func (j *Judge) checkType(m Member, v *Value, o *option) bool {
	want := memberKind(m)
	ok := v.Kind == want || m == LastModified && v.Kind == Fraction || m == StartingPositionTimestamp && (v.Kind == Fraction || v.Kind == Int)
	if ok {
		return true
	}
	r := o.shown
	if m == LastModified || m == StartingPositionTimestamp {
		r = rule.TimestampsEpochSeconds
	} else if r == nil {
		r = rule.CreateReturnsConfiguration
	}
	j.report(r, m.String()+" type", kindText(want), v.Text())
	return false
}

func memberKind(m Member) Kind {
	switch m {
	case BatchSize, MaximumBatchingWindowInSeconds, ParallelizationFactor, MaximumRecordAgeInSeconds,
		MaximumRetryAttempts, TumblingWindowInSeconds, LastModified, StartingPositionTimestamp:
		return Int
	case BisectBatchOnFunctionError:
		return Bool
	case Topics, Queues, FunctionResponseTypes, SourceAccessConfigurations:
		return Array
	case DestinationConfig, FilterCriteria, SelfManagedEventSource, AmazonManagedKafkaEventSourceConfig,
		SelfManagedKafkaEventSourceConfig, DocumentDBEventSourceConfig, ScalingConfig, ProvisionedPollerConfig,
		MetricsConfig, LoggingConfig, FilterCriteriaError:
		return Object
	}
	return String
}

func kindText(k Kind) string {
	return [...]string{Int: "a number", Bool: "true or false", Array: "an array", Object: "an object", String: "a string"}[k]
}

// checkSetting judges the value of a setting against what was asked for.
func (j *Judge) checkSetting(m Member, v *Value, o *option, b *belief, x *Exchange) {
	want := b.want.at(m)
	switch m {
	case EventSourceArn, FunctionArn:
		return // judged as identity
	case StartingPosition, StartingPositionTimestamp:
		if !want.Missing() && !want.Equal(v) {
			j.report(j.fixedRule(rule.StartImmutable, o, b, x), m.String()+" differs", m.String()+" "+want.Text(), v.Text())
			b.concede(m, v, x)
		}
		return
	case Topics:
		if b.kind == MSKCluster && rule.StreamOnlyMSKResponseOmits.Holds(j.Profile) {
			j.touch(rule.StreamOnlyMSKResponseOmits)
		}
		if !want.Missing() && !want.Equal(v) {
			j.report(j.fixedRule(rule.TopicsImmutable, o, b, x), "Topics differs", "Topics "+want.Text(), v.Text())
			b.concede(m, v, x)
		}
		return
	case DestinationConfig:
		if !v.holdsOnly("OnFailure", "OnSuccess") {
			j.report(rule.RespDestinationconfig, "form", "OnFailure and OnSuccess only", v.Text())
			return
		}
		if on := v.member("OnSuccess"); j.Profile == rule.Today && !on.Missing() && !empty(&on) {
			j.report(rule.DestOnsuccessMember, "OnSuccess shown", "refused, or without effect", v.Text())
		}
	}
	j.checkInnerDefaults(m, v, b)
	if want.Kind == Absent || o.availability != available {
		return
	}
	if sameSetting(m, want, v) {
		switch {
		case !b.asked.Has(m):
			j.touch(o.defaultRule)
		default:
			j.touchMembers(b)
		}
		return
	}
	if b.pending&update != 0 && b.wasAt(m, v) {
		return
	}
	j.report(j.echoRule(m, o, b, x), m.String()+" differs", m.String()+" "+want.Text(), v.Text())
	if !b.changed.Has(m) || x.Op != trace.Update {
		b.concede(m, v, x)
	}
}

// concede takes the target's word for a member that a finding is about. A list
// that differs from what Get shows says nothing of what there is.
func (b *belief) concede(m Member, v *Value, x *Exchange) {
	if x.Op == trace.List {
		return
	}
	b.want.set(m, *v)
	for _, old := range b.old {
		old.set(m, *v)
	}
	b.changed &^= 1 << m
}

// checkInnerDefaults judges the defaults that are documented inside a member,
// or for a mode that another member sets.
func (j *Judge) checkInnerDefaults(m Member, v *Value, b *belief) {
	switch {
	case m == ProvisionedPollerConfig:
		family, most := "kafka", rule.ProvisionedMaxPollersKafka
		if b.kind.sqs() {
			family, most = "sqs", rule.ProvisionedMaxPollersSQS
		}
		j.checkPollerDefault(rule.ProvisionedDefaultMin, family, "MinimumPollers", v, b)
		j.checkPollerDefault(most, "default", "MaximumPollers", v, b)
	case m == MaximumRetryAttempts && b.kind == SelfManagedKafka && !b.asked.Has(m):
		if mode := b.want.at(SelfManagedKafkaEventSourceConfig).member("ConsumptionMode"); mode.Str != "Queue" {
			return
		}
		j.touch(rule.KafkaQueueModeRetryDefault)
		if want := rule.KafkaQueueModeRetryDefault.Int(rule.Today); v.Int != want {
			j.report(rule.KafkaQueueModeRetryDefault, "default", fmt.Sprintf("MaximumRetryAttempts %d", want), v.Text())
		}
	}
}

// checkPollerDefault judges a member of ProvisionedPollerConfig that was left out;
// the rule has its default under that key.
func (j *Judge) checkPollerDefault(r *rule.Rule, key, name string, v *Value, b *belief) {
	asked := b.want.at(ProvisionedPollerConfig)
	if given := asked.member(name); asked.Missing() || empty(asked) || !given.Missing() || b.merged {
		return
	}
	want := int64(r.In(rule.Today).Value.(map[string]any)[key].(int))
	j.touch(r)
	if shown := v.member(name); !shown.Missing() && (shown.Kind != Int || shown.Int != want) {
		j.report(r, "default", fmt.Sprintf("%s %d", name, want), shown.Text())
	}
}

func (j *Judge) touchMembers(b *belief) {
	if b.pending&create != 0 {
		j.touch(rule.CreateMembers2020)
	}
}

// fixedRule picks between the rule that a member cannot be changed and the one
// that it is shown at all.
func (j *Judge) fixedRule(fixed *rule.Rule, o *option, b *belief, x *Exchange) *rule.Rule {
	if b.pending&create != 0 {
		if o.shown != nil {
			return o.shown
		}
		return rule.CreateReturnsConfiguration
	}
	return fixed
}

// echoRule is the rule that a value breaks by not being what was asked for.
func (j *Judge) echoRule(m Member, o *option, b *belief, x *Exchange) *rule.Rule {
	if b.refusedMembers.Has(m) {
		return rule.ErrValidationBeforeEffects
	}
	switch {
	case x.Op == trace.Update && b.changed.Has(m):
		return rule.UpdateAsync
	case b.pending&update != 0:
		return rule.UpdateOmittedUnchanged
	case b.pending&create != 0 && !b.asked.Has(m) && o.defaultRule != nil:
		return o.defaultRule
	case b.pending&create != 0 && o.shown != nil:
		return o.shown
	case b.pending&create != 0:
		return rule.CreateMembers2020
	case x.Op == trace.List:
		return rule.ListEntriesAreConfigurations
	}
	return rule.GetReturnsConfiguration
}

// checkIdentity judges what says which mapping this is.
func (j *Judge) checkIdentity(c *Config, b *belief, x *Exchange) {
	if v, want := &c.V[EventSourceArn], b.want.at(EventSourceArn); v.Kind == String && want.Kind == String {
		if v.Str != want.Str {
			r := rule.UpdateEventSourceImmutable
			if b.pending&create != 0 {
				r = rule.RespEventsourcearn
			}
			j.report(r, "EventSourceArn differs", want.Str, v.Str)
			b.concede(EventSourceArn, v, x)
		}
	}
	j.checkFunctionARN(&c.V[FunctionArn], b, x)
	if v := &c.V[EventSourceMappingArn]; j.Profile == rule.Today && v.Kind == String {
		if id := c.V[UUID].Str; id != "" && !j.World.isMappingARN(v.Str, id) {
			j.report(rule.MappingARNFormat, "form", j.World.mappingARN(id), v.Str)
		}
	}
}

func (j *Judge) checkFunctionARN(v *Value, b *belief, x *Exchange) {
	if v.Kind != String {
		return
	}
	j.touch(rule.RespFunctionARNResolved)
	j.touch(rule.FunctionARNPattern)
	if !strings.HasPrefix(v.Str, "arn:") {
		j.report(rule.RespFunctionARNResolved, "not an ARN", "the function's full ARN", v.Str)
		return
	}
	if !validFunctionARN(j.Profile, v.Str) {
		j.report(rule.FunctionARNPattern, "pattern", "an ARN of the documented pattern", v.Str)
		return
	}
	want := b.want.at(FunctionArn).Str
	if want == "" || v.Str == want || b.pending&update != 0 && b.wasAt(FunctionArn, v) {
		if strings.Count(want, ":") == 7 && !strings.HasSuffix(want, ":$LATEST") {
			j.touch(rule.FnFormQualifiedARN)
		}
		return
	}
	switch {
	case unqualified(v.Str) != unqualified(want):
		r := rule.RespFunctionarn
		if b.pending == nothing {
			r = rule.GetReturnsConfiguration
		}
		j.report(r, "another function", want, v.Str)
		b.concede(FunctionArn, v, x)
	case strings.HasSuffix(want, ":$LATEST"):
		j.reportAt(rule.FnLatestQualifier, rule.Recorded, "qualifier lost", want, v.Str)
	case unqualified(want) == want:
		j.reportAt(rule.RespFunctionARNResolved, rule.Recorded, "qualifier added", want, v.Str)
	default:
		j.report(rule.FnFormQualifiedARN, "qualifier lost", want, v.Str)
	}
}
