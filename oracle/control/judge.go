package control

import (
	"fmt"
	"slices"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
)

// Violation is a documented rule that a target broke.
type Violation struct {
	Rule  *rule.Rule
	Level rule.Level // never firmer than the rule's
	Class string     // stable text: no ids, times or counts in it
	// Expected and Actual are for a reader.
	Expected, Actual string
}

// String is the violation in one line.
func (v *Violation) String() string {
	return fmt.Sprintf("%s (%s): expected %s; got %s", v.Rule.ID, v.Class, v.Expected, v.Actual)
}

// Judge holds what is believed of a target and judges one exchange after the
// other. After a violation it adopts what the target did, so that one fault is
// one finding. It is not safe for concurrent use.
type Judge struct {
	Profile rule.Profile
	World   World

	mappings map[string]*belief
	chains   map[string]*chain // by the marker that continues them
	touched  rule.Set
	out      []Violation
	about    *rule.Rule
	accept   bool
	clock    int // counts exchanges: what was born or gone when
	refused  map[refusedCreate]bool
}

// NewJudge returns a judge that believes in nothing but the world.
func NewJudge(p rule.Profile, w World) *Judge {
	return &Judge{Profile: p, World: w, mappings: map[string]*belief{}, chains: map[string]*chain{},
		touched: rule.NewSet(), refused: map[refusedCreate]bool{}}
}

// refusedCreate is what a Create that was refused would have mapped: nothing of
// the kind may be listed later.
type refusedCreate struct{ source, function string }

// About names the rule that the next exchanges exercise. Where a request breaks
// several rules, the finding goes to this one if it is among them. With accept,
// the request is one that the rule says must be accepted, and a refusal is held
// against the rule.
func (j *Judge) About(r *rule.Rule, accept bool) { j.about, j.accept = r, accept }

// Touched reports whether the rule was decided, one way or the other, since
// the last ClearTouched.
func (j *Judge) Touched(r *rule.Rule) bool { return j.touched.Has(r) }

// Decided is the set of those rules. It changes with the next exchange.
func (j *Judge) Decided() rule.Set { return j.touched }

// ClearTouched forgets which rules were decided.
func (j *Judge) ClearTouched() { clear(j.touched) }

func (j *Judge) touch(r *rule.Rule) {
	if r != nil {
		j.touched.Add(r)
	}
}

func (j *Judge) report(r *rule.Rule, class, expected, actual string) {
	j.reportAt(r, r.Level, class, expected, actual)
}

func (j *Judge) reportAt(r *rule.Rule, l rule.Level, class, expected, actual string) {
	if !r.Holds(j.Profile) {
		return
	}
	j.touch(r)
	j.out = append(j.out, Violation{r, max(l, r.Level), class, expected, actual})
}

// Refuted returns the documented rules that the request breaks, whatever is
// answered: empty for a request that must be accepted. open says that the
// documentation leaves open how some part of it is answered.
func (j *Judge) Refuted(x *Exchange) (broken []*rule.Rule, open bool) {
	var f faults
	j.faultsOf(x, &f)
	for _, one := range f.all() {
		if one.soft {
			open = true
		} else {
			broken = append(broken, one.rule)
		}
	}
	return broken, open
}

func (j *Judge) faultsOf(x *Exchange, f *faults) {
	if !check(j.Profile, &j.World, &x.Request, x.End, f) {
		return
	}
	switch x.Op {
	case trace.Create:
		j.checkDuplicate(x, f)
		j.checkGroup(x, f)
	case trace.Get, trace.Update, trace.Delete:
		j.checkMapping(x, f)
	case trace.List:
		j.checkMarker(x, f)
	}
}

// Judge returns the rules that an exchange breaks. The slice is good until the
// next call.
func (j *Judge) Judge(x *Exchange) []Violation {
	j.out = j.out[:0]
	j.clock++
	var f faults
	j.faultsOf(x, &f)
	op := ServiceRule(x.Op)
	switch {
	case x.Status == 501 && x.Method != bindings[x.Op].method:
		j.touch(bindingRule(&x.Request)) // an unknown method may be answered so
	case x.Status >= 500:
		j.report(op, "server error", "no 5xx to any request", answerText(x))
		return j.out
	case x.Status == documentedErrors[TooManyRequests].status:
		j.throttled(x)
	case x.Status >= 200 && x.Status <= 299:
		j.touch(op)
		j.success(x, &f)
	default:
		j.touch(op)
		j.failure(x, &f)
	}
	return j.out
}

// throttled judges the form of a throttled answer. Throttling is right at any
// time and says nothing of the request.
func (j *Judge) throttled(x *Exchange) {
	j.checkError(x)
	if x.Code != TooManyRequests {
		return
	}
	j.touch(rule.ErrThrottleRetryAfter)
	if x.retry != "" {
		if n := numberValue(x.retry); n.Kind != Int || n.Int < 0 {
			j.report(rule.ErrThrottleRetryAfter, "form", "a whole number of seconds in Retry-After", x.retry)
		}
	}
}

// firstHard picks the hard fault that a finding is about: the rule asked about,
// or else the first.
func (j *Judge) firstHard(f *faults) (first *fault, count int) {
	for i := range f.all() {
		if one := &f.list[i]; !one.soft {
			count++
			if first == nil || one.rule == j.about {
				first = one
			}
		}
	}
	return first, count
}

func (j *Judge) success(x *Exchange, f *faults) {
	fault, _ := j.firstHard(f)
	if fault != nil {
		j.report(fault.rule, "accepted", "refused with "+fault.errs.String(), answerText(x))
	} else {
		j.checkStatus(x)
		for i := range f.all() {
			// Accepting a call on a busy mapping proves nothing: it may have come
			// to rest just before.
			if soft := &f.list[i]; soft.errs&inUse == 0 {
				j.touch(soft.rule)
			}
		}
		if j.accept {
			j.touch(j.about)
		}
		if x.Request.body == bodyEmpty && !x.operationIs(trace.Create, trace.Update) {
			j.touch(rule.GetDeleteListNoBody)
		}
	}
	switch x.Op {
	case trace.Create:
		j.created(x, fault)
	case trace.Get:
		j.got(x, fault)
	case trace.Update:
		j.updated(x, fault)
	case trace.Delete:
		j.deleted(x, fault)
	case trace.List:
		if fault == nil {
			j.listed(x)
		}
	}
}

var successStatus = map[trace.Operation]*rule.Rule{
	trace.Create: rule.CreateStatusCode, trace.Get: rule.GetStatusCode, trace.List: rule.ListStatusCode,
	trace.Update: rule.UpdateStatusCode, trace.Delete: rule.DeleteStatusCode,
}

var answerRule = map[trace.Operation]*rule.Rule{trace.Create: rule.CreateReturnsConfiguration,
	trace.Get: rule.GetReturnsConfiguration, trace.List: rule.ListResponseMembers,
	trace.Update: rule.UpdateReturnsConfiguration, trace.Delete: rule.DeleteReturnsConfiguration}

func (j *Judge) checkStatus(x *Exchange) {
	r := successStatus[x.Op]
	j.touch(r)
	if want := r.Int(j.Profile); int64(x.Status) != want {
		j.report(r, "status", fmt.Sprintf("status %d", want), fmt.Sprintf("status %d", x.Status))
	}
}

func kindOfRequest(r *Request) SourceKind {
	if v := &r.V[EventSourceArn]; v.Kind == String {
		k, _ := sourceKind(rule.Today, v.Str)
		return k
	}
	if r.Has(SelfManagedEventSource) {
		return SelfManagedKafka
	}
	return NoSource
}

// Mappings lists the UUIDs of the mappings believed to exist, oldest first.
func (j *Judge) Mappings() (uuids []string) {
	for id, b := range j.mappings {
		if b.gone == 0 {
			uuids = append(uuids, id)
		}
	}
	slices.SortFunc(uuids, func(a, b string) int { return j.mappings[a].born - j.mappings[b].born })
	return uuids
}
