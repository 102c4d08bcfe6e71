package control

import "github.com/esmconform/esmconform/oracle/rule"

// settings are what a mapping is to show, nil for a member that has no value.
// Pointers make them small, because every change of a mapping copies them, and
// let mappings share the defaults. So a value is replaced and never changed.
type settings [numMembers]*Value

var absent Value

// at returns the value of a member, Absent when there is none.
func (s *settings) at(m Member) *Value {
	if v := s[m]; v != nil {
		return v
	}
	return &absent
}

// set gives a member a value of its own.
func (s *settings) set(m Member, v Value) { s[m] = &v }

// has reports whether the member is there and not null.
func (s *settings) has(m Member) bool { return !s.at(m).Missing() }

// firstSettings fills in what a Create asks for: what it sets, and the documented
// defaults of what it leaves out. Members that an answer may render in several
// ways are left Absent: they are not judged.
func firstSettings(s *settings, p rule.Profile, w *World, k SourceKind, r *Request) {
	for m := BatchSize; m <= Tags; m++ {
		o := optionOf(p, k, m)
		switch v := &r.V[m]; {
		case !v.Missing() && o.availability == available:
			if wellTyped(m, v) {
				s.set(m, *v)
			}
		case v.Missing() && o.defaultRule != nil:
			s[m] = &o.byDefault
		}
	}
	s.set(EventSourceArn, r.V[EventSourceArn])
	if name := &r.V[FunctionName]; name.Kind == String {
		if arn, ok := w.resolve(p, name.Str); ok {
			s.set(FunctionArn, Value{Kind: String, Str: arn})
		}
	}
}

// apply merges an Update into the settings and returns the members that it
// changes for good.
func (s *settings) apply(p rule.Profile, w *World, k SourceKind, r *Request) (changed Members) {
	for m := BatchSize; m <= Tags; m++ {
		v := &r.V[m]
		if !updateMembers[p].Has(m) || v.Missing() || optionOf(p, k, m).availability != available {
			continue
		}
		if !wellTyped(m, v) {
			s[m] = nil // what is made of it is not documented
			changed &^= 1 << m
			continue
		}
		if !s.at(m).Equal(v) {
			changed |= 1 << m
		}
		s.set(m, *v)
	}
	if name := &r.V[FunctionName]; name.Kind == String {
		if arn, ok := w.resolve(p, name.Str); ok {
			if s.at(FunctionArn).Str != arn {
				changed |= 1 << FunctionArn
			}
			s.set(FunctionArn, Value{Kind: String, Str: arn})
		}
	}
	return changed
}

// wellTyped reports whether a value has the JSON type of the member.
func wellTyped(m Member, v *Value) bool {
	want := memberKind(m)
	return v.Kind == want || want == Int && v.Kind == Fraction || m == Tags && v.Kind == Object
}

// sameSetting compares a setting as asked with one as shown.
func sameSetting(m Member, asked, shown *Value) bool {
	switch m {
	case DestinationConfig:
		return destinationOf(asked, "OnFailure") == destinationOf(shown, "OnFailure")
	case FilterCriteria:
		a, b := asked.member("Filters"), shown.member("Filters")
		x, _ := a.list()
		y, _ := b.list()
		return len(x) == 0 && len(y) == 0 || a.Equal(&b)
	case FunctionResponseTypes, MetricsConfig, ScalingConfig, ProvisionedPollerConfig, SourceAccessConfigurations,
		LoggingConfig, AmazonManagedKafkaEventSourceConfig, SelfManagedKafkaEventSourceConfig, DocumentDBEventSourceConfig:
		return covers(asked, shown)
	case BatchSize, MaximumBatchingWindowInSeconds, ParallelizationFactor, MaximumRecordAgeInSeconds,
		MaximumRetryAttempts, TumblingWindowInSeconds:
		return shown.Kind == Int && asked.Int == shown.Int
	}
	return asked.Equal(shown)
}

// covers reports whether what is shown holds all that was asked for: the
// service may add members with defaults of its own.
func covers(asked, shown *Value) bool {
	want, ok := asked.Raw.(map[string]any)
	if !ok || asked.Kind != Object {
		return asked.Kind == Array && empty(asked) && empty(shown) || asked.Equal(shown)
	}
	for name, x := range want {
		a, b := ValueOf(x), shown.member(name)
		if !a.Missing() && !covers(&a, &b) {
			return false
		}
	}
	return true
}

// empty reports whether a setting asks for nothing, so that an answer may leave
// it out.
func empty(v *Value) bool {
	switch x := v.Raw.(type) {
	case []any:
		return len(x) == 0
	case map[string]any:
		for _, inner := range x {
			if w := ValueOf(inner); !w.Missing() && !empty(&w) {
				return false
			}
		}
		return true
	}
	return v.Missing() || v.Kind == String && v.Str == ""
}

func destinationOf(config *Value, on string) string {
	object, _ := config.Raw.(map[string]any)
	side, _ := object[on].(map[string]any)
	d := ValueOf(side["Destination"])
	return d.Str
}
