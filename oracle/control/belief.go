package control

import (
	"slices"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// belief is what the judge holds of one mapping.
type belief struct {
	kind    SourceKind
	want    *settings   // what the mapping shows once nothing is pending
	old     []*settings // what it may still show until then, before each pending update; none pending: the same
	asked   Members     // what the client set by itself
	changed Members     // what the pending update changes
	enabled bool        // whether it is to come to rest in Enabled
	loose   bool        // Enabled was given as no boolean: it may come to rest either way
	pending change
	born    int // the exchange that created it
	gone    int // the exchange that showed it gone; 0 while it lives
	dying   int // the exchange that deleted it; 0 before

	stuck           string  // the state at rest that a finding was about, "" for none
	last            *Config // the last answer about it
	lastStart       int64
	modified        float64 // LastModified as last seen
	modifiedBefore  float64 // LastModified before the pending update
	updateSpacing   int64   // milliseconds between that and the update
	refusedMembers  Members // what an Update set that was refused, since the mapping was last at rest
	tried           Members // what an Update named that no Update changes
	functionDeleted bool
	merged          bool // an Update gave a ProvisionedPollerConfig in the place of another: what it leaves out may stay
}

// settled notes that nothing but what is wanted can show any more.
func (b *belief) settled() {
	b.old = append(b.old[:0], b.want)
}

// wasAt reports whether the mapping may show what was in force before a pending
// update. What it showed of a setting that it was never given is not known.
func (b *belief) wasAt(m Member, v *Value) bool {
	return slices.ContainsFunc(b.old, func(s *settings) bool { return !s.has(m) || sameSetting(m, s.at(m), v) })
}

// unchanged reports whether no pending update changes the member.
func (b *belief) unchanged(m Member) bool {
	return !slices.ContainsFunc(b.old, func(s *settings) bool {
		return s != b.want && !(s.has(m) && sameSetting(m, s.at(m), b.want.at(m)))
	})
}

func (b *belief) refuse(x *Exchange) {
	b.refusedMembers = x.Request.present(allMembers)
}

// goneFor takes in that the target knows no such mapping, unless the request
// was none that names one.
func (j *Judge) goneFor(x *Exchange) {
	if b := j.mappings[x.UUID]; b != nil && b.gone == 0 && x.Method == bindings[x.Op].method && x.route == item {
		b.gone = j.clock
	}
}

// FunctionDeleted tells the judge that a function is gone, so that it can say
// whose rule it is when mappings vanish with it.
func (j *Judge) FunctionDeleted(name string) {
	j.World.RemoveFunction(name)
	arn := j.World.FunctionARN(name, "")
	for _, b := range j.mappings {
		if unqualified(b.want.at(FunctionArn).Str) == arn {
			b.functionDeleted = true
		}
	}
}

// checkDuplicate collects the faults of a Create that names what is mapped already.
func (j *Judge) checkDuplicate(x *Exchange, f *faults) {
	name := &x.Request.V[FunctionName]
	if j.World.buried[x.Request.V[EventSourceArn].Str] {
		f.open(nil, conflict)
	}
	if name.Kind != String || len(j.mappings) == 0 {
		return
	}
	arn, ok := j.World.resolve(j.Profile, name.Str)
	if !ok {
		return
	}
	k := kindOfRequest(&x.Request)
	for _, b := range j.mappings {
		if b.gone != 0 || b.kind != k {
			continue
		}
		same := b.sameSource(&x.Request)
		if same == Missing {
			continue
		}
		switch which := sameFunction(b.want.at(FunctionArn).Str, arn); {
		case which == Missing:
		case which == Unknown:
			f.open(nil, conflict)
		case same == Exists && b.dying == 0:
			f.hard(rule.CreateDuplicateConflict, conflict, "")
		default:
			f.open(nil, conflict|inUse)
		}
	}
}

// sameSource compares the source of a mapping with that of a Create. Exists: the
// same beyond doubt; Unknown: what makes two the same is not documented.
func (b *belief) sameSource(r *Request) Presence {
	if b.kind == SelfManagedKafka {
		return Unknown
	}
	if b.want.at(EventSourceArn).Str != r.V[EventSourceArn].Str {
		return Missing
	}
	switch b.kind {
	case MSKCluster:
		if !b.want.at(Topics).Equal(&r.V[Topics]) {
			return Unknown
		}
	case MQBroker, DocumentDBCluster:
		return Unknown
	}
	return Exists
}

// checkMapping collects the faults of a call on one mapping.
func (j *Judge) checkMapping(x *Exchange, f *faults) {
	b := j.mappings[x.UUID]
	if b == nil || b.gone != 0 {
		r := map[trace.Operation]*rule.Rule{trace.Get: rule.GetUnknown404,
			trace.Update: rule.ErrUpdateResourcenotfound, trace.Delete: rule.DeleteUnknown404}[x.Op]
		switch {
		case b != nil && x.Op == trace.Get:
			r = rule.GetAfterDelete404
		case !validUUID(x.UUID):
			// Whether a malformed UUID is a bad parameter or unknown is not said.
			f.hard(r, any4xx, "The resource you requested does not exist.")
			return
		}
		f.hard(r, notFound, "The resource you requested does not exist.")
		if x.Op == trace.Update {
			if !checkBody(&x.Request, f) {
				return
			}
			checkFunctionName(j.Profile, &j.World, &x.Request.V[FunctionName], false, f)
			checkLooseRanges(j.Profile, &x.Request, f)
			f.open(nil, badParameter)
		}
		return
	}
	if b.dying != 0 {
		f.open(nil, notFound)
	}
	if x.Op != trace.Get && b.pending != nothing {
		j.checkBusy(x, b, f)
	}
	if x.Op != trace.Update || !checkBody(&x.Request, f) {
		return
	}
	checkUpdate(j.Profile, &j.World, b.kind, &x.Request, b.want, f)
	if b.functionDeleted && x.Request.V[FunctionName].Missing() {
		f.open(nil, any4xx)
	}
}

// checkUpdate collects the faults of an Update of a mapping that exists.
func checkUpdate(p rule.Profile, w *World, k SourceKind, r *Request, stored *settings, f *faults) {
	checkFunctionName(p, w, &r.V[FunctionName], false, f)
	checkSettings(p, w, k, r, stored, f)
	checkUndocumented(updateMembers[p], r, f)
	if r.body == bodyObject && len(r.Other) == 0 && r.present(allMembers) == 0 {
		f.open(nil, any4xx) // whether an empty update is one is not said
	}
}

// checkBusy opens the answer for a mapping that may be in the middle of a
// change: neither which states block is documented, nor which of two errors it is.
func (j *Judge) checkBusy(x *Exchange, b *belief, f *faults) {
	var r *rule.Rule
	switch {
	case x.Op == trace.Update && b.pending&create != 0:
		r = rule.UpdateWhileCreatingInUse
	case x.Op == trace.Delete && b.pending&update != 0:
		r = rule.DeleteWhileUpdatingInUse
	}
	f.open(r, inUse|conflict)
}

// validUUID matches 8-4-4-4-12 hexadecimal digits.
func validUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; i {
		case 8, 13, 18, 23:
			if c != '-' {
				return false
			}
		default:
			if !isDigit(c) && (c < 'a' || c > 'f') && (c < 'A' || c > 'F') {
				return false
			}
		}
	}
	return true
}
