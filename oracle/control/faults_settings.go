package control

import (
	"strings"

	"github.com/esmconform/esmconform/oracle/rule"
)

// checkSettings collects the faults of the settings of a Create, or of an
// Update when stored holds what the mapping has. Some rules look at the merged
// settings: a batch size of 11 needs a window, wherever that comes from.
func checkSettings(p rule.Profile, w *World, k SourceKind, r *Request, stored *settings, f *faults) {
	for m := BatchSize; m <= Tags; m++ {
		v := &r.V[m]
		if v.Missing() || m == StartingPosition || m == StartingPositionTimestamp {
			continue
		}
		o := optionOf(p, k, m)
		switch {
		case o.availability == unavailable:
			// AWS was recorded refusing destinations on a queue; the rest follows suit.
			f.add(fault{rule: o.not, errs: any4xx, soft: true, refuse: true, says: unsupported(m)})
			continue
		case o.availability == silent:
			if answerMembers[p].Has(m) || p == rule.Today {
				f.open(nil, any4xx)
			}
		}
		if o.ranged {
			before := f.n
			checkRange(m, v, o, f)
			if stored != nil && m == BatchSize {
				for i := before; i < f.n; i++ {
					f.list[i].rule = rule.BatchSizeUpdateRange
				}
			}
		}
	}
	for _, m := range [...]Member{Enabled, BisectBatchOnFunctionError} {
		if v := &r.V[m]; !v.Missing() && v.Kind != Bool {
			f.mistyped()
		}
	}
	checkDestination(p, w, k, r, f)
	checkTopics(p, k, r, stored == nil, f)
	if p == rule.Today {
		checkAdded(w, k, r, stored, f)
	} else if k == MSKCluster && r.Has(SourceAccessConfigurations) {
		f.open(rule.MSKNoAuth2020, any4xx)
	}
}

// unsupported is what the server says of a setting that the source has not.
func unsupported(m Member) string { return unsupportedTexts[m] }

var unsupportedTexts = func() (texts [numMembers]string) {
	for m := range numMembers {
		texts[m] = "Unsupported " + m.String() + " parameter for given event source mapping type."
	}
	return texts
}()

func checkRange(m Member, v *Value, o *option, f *faults) {
	if v.Kind == Fraction && m == MaximumBatchingWindowInSeconds {
		if n, ok := v.Number(); ok && n != float64(int64(n)) {
			f.hard(rule.WindowIntegerSeconds, any4xx, "MaximumBatchingWindowInSeconds is a whole number of seconds.")
			return
		}
	}
	if v.Kind != Int {
		f.mistyped()
		return
	}
	n := v.Int
	switch {
	case o.minusOne && n == -1:
	case n < o.lo && o.gap != nil && n >= 0:
		f.hard(o.gap, badParameter, wrongParameter)
		if o.lowEdge != nil && n == o.lo-1 {
			f.hard(o.lowEdge, badParameter, wrongParameter)
		}
	case n < o.lo:
		f.hard(o.below, badParameter, wrongParameter)
	case n > o.hi:
		f.hard(o.above, badParameter, wrongParameter)
	}
	if o.alsoAbove != nil && n > o.alsoAboveAt && o.alsoAbove != o.above {
		f.hard(o.alsoAbove, badParameter, wrongParameter)
	}
}

func checkDestination(p rule.Profile, w *World, k SourceKind, r *Request, f *faults) {
	config := &r.V[DestinationConfig]
	if config.Missing() || optionOf(p, k, DestinationConfig).availability != available {
		return
	}
	if config.Kind != Object {
		f.mistyped()
		return
	}
	if on := config.member("OnSuccess"); !on.Missing() {
		f.open(rule.DestOnsuccessMember, any4xx)
	}
	for _, name := range [...]string{"OnFailure", "OnSuccess"} {
		on := config.member(name)
		d := on.member("Destination")
		switch {
		case !on.Missing() && on.Kind != Object:
			f.mistyped()
		case on.Missing() || d.Missing():
		case d.Kind != String:
			f.mistyped()
		case int64(len(d.Str)) > rule.DestinationARNMaxLength.Int(p):
			f.hard(rule.DestinationARNMaxLength, badParameter, wrongParameter)
		case !validDestination(p, d.Str):
			f.hard(rule.DestinationARNPattern, badParameter, wrongParameter)
		case d.Str != "" && !knownDestination(p, w, d.Str):
			f.open(nil, any4xx)
		}
	}
}

// validDestination matches the destination pattern: empty, an ARN, and today
// kafka://TOPIC too.
func validDestination(p rule.Profile, s string) bool {
	if s == "" {
		return true
	}
	if topic, ok := strings.CutPrefix(s, "kafka://"); ok && p == rule.Today {
		return topic != "" && topic[0] != '.' && len(topic) <= 249 && all(topic[1:], isTopicByte)
	}
	a, ok := splitARN(s)
	return ok && validARNParts(&a, p == rule.Today)
}

// knownDestination reports whether the destination exists and is a queue of
// the kind that every profile names: it must then be accepted. Of others it is
// not known whether they exist.
func knownDestination(p rule.Profile, w *World, s string) bool {
	k, malformed := sourceKind(p, s)
	return k == SQSQueue && !malformed && w.source(s) == Exists
}

// isTopicByte is [a-zA-Z0-9\-_.].
func isTopicByte(c byte) bool { return isNameByte(c) || c == '_' || c == '.' }

func checkTopics(p rule.Profile, k SourceKind, r *Request, creating bool, f *faults) {
	v := &r.V[Topics]
	if v.Missing() {
		if creating && k == MSKCluster {
			f.hard(rule.TopicsRequiredMSK, badParameter, "Topics is required.")
		} else if creating && k == SelfManagedKafka {
			f.open(nil, any4xx)
		}
		return
	}
	if !creating || !k.kafka() {
		return
	}
	list, ok := v.list()
	if !ok {
		f.mistyped()
		return
	}
	lo, hi := rule.TopicsExactlyOne.Range(p)
	if n := int64(len(list)); n < lo || n > hi {
		f.hard(rule.TopicsExactlyOne, badParameter, wrongParameter)
		return
	}
	name, ok := list[0].(string)
	switch {
	case !ok:
		f.mistyped()
	case name == "":
		f.hard(rule.TopicMinLength, badParameter, wrongParameter)
	case int64(len(name)) > rule.TopicMaxLength.Int(p):
		f.hard(rule.TopicMaxLength, badParameter, wrongParameter)
	case name[0] == '.':
		f.hard(rule.TopicPattern, badParameter, wrongParameter)
	case len(name) == 1 || !isTopicByte(name[0]):
		// The length rule and the pattern disagree, or the pattern is wider
		// than the words beside it.
		f.open(nil, any4xx)
	case !all(name[1:], isTopicByte):
		if p == rule.Today {
			f.hard(rule.TopicPattern, badParameter, wrongParameter)
		} else {
			f.open(nil, any4xx) // the pattern of 2020 has no end
		}
	}
}
