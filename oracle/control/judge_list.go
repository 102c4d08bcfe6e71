package control

import (
	"fmt"
	"maps"
	"strconv"
	"strings"

	"github.com/esmconform/esmconform/oracle/rule"
)

// chain is a listing in progress: the pages that markers join together.
type chain struct {
	source, function string // the filters, "" for none
	started          int    // the exchange that began it
	seen             map[string]bool
	pages            int
	nameless         bool // an entry without UUID may be any mapping
	loose            bool // a page was asked for with other filters: what it holds is not said
}

// chainOf is the listing that a page goes on with. It is a copy, because a marker
// may be used again.
func (j *Judge) chainOf(x *Exchange) *chain {
	source, function := x.Query[qSource].Str, x.Query[qFunction].Str
	old := j.chains[x.Query[qMarker].Str]
	if old == nil {
		return &chain{source: source, function: function, started: j.clock, seen: map[string]bool{}}
	}
	c := *old
	c.seen = maps.Clone(old.seen)
	c.loose = c.loose || c.source != source || c.function != function
	return &c
}

// checkMarker collects the faults of a marker.
func (j *Judge) checkMarker(x *Exchange, f *faults) {
	marker := &x.Query[qMarker]
	if marker.Kind != String {
		return
	}
	if marker.Str == "" {
		f.open(nil, badParameter)
		return
	}
	c := j.chains[marker.Str]
	if c == nil {
		f.hard(rule.ListMarkerInvalid, badParameter, "The marker is not valid.")
		return
	}
	if c.source != x.Query[qSource].Str || c.function != x.Query[qFunction].Str {
		f.open(nil, any4xx) // whether filters must be repeated is not said
	}
}

// listed takes in a page.
func (j *Judge) listed(x *Exchange) {
	j.touch(rule.ListResponseMembers)
	if !x.hasList {
		r := rule.ListResponseMembers
		if x.Answer.body == bodyObject && j.about == rule.GetUUIDRequired {
			r = rule.GetUUIDRequired
		}
		j.report(r, "no list", "a JSON object with the array EventSourceMappings", "none")
		return
	}
	j.touch(rule.GetUUIDRequired)
	if x.Next.Kind > Null && x.Next.Kind != String {
		j.report(rule.ListResponseMembers, "NextMarker type", "a string", x.Next.Text())
	}
	if j.queryIgnored(x) {
		return
	}
	j.checkPageSize(x)
	c := j.chainOf(x)
	c.pages++
	ours := 0
	for i := range x.Entries {
		if j.checkEntry(&x.Entries[i], c, x) {
			ours++
		}
	}
	if x.Next.Kind == String && x.Next.Str != "" {
		j.touch(rule.ListNextmarkerWhenMore)
		j.chains[x.Next.Str] = c
		return
	}
	if !c.loose {
		j.checkComplete(c, x)
	}
}

// queryIgnored reports whether a page shows that none of the query members was
// understood, which is one fault and not three.
func (j *Judge) queryIgnored(x *Exchange) bool {
	q := &x.Query
	size, sized := x.maxItems()
	if !sized || q[qSource].Kind != String {
		return false
	}
	want, ok := j.World.resolve(j.Profile, q[qFunction].Str)
	if !ok {
		return false
	}
	source, function := false, false
	for i := range x.Entries {
		e := &x.Entries[i]
		source = source || e.V[EventSourceArn].Str != q[qSource].Str
		function = function || sameFunction(e.V[FunctionArn].Str, want) == Missing
	}
	j.touch(rule.ListQueryNames)
	if !source || !function || len(x.Entries) <= size {
		return false
	}
	j.report(rule.ListQueryNames, "ignored", "the query members "+strings.Join(queryNames[:], ", ")+" to have their effect",
		fmt.Sprintf("%d entries that match none of them", len(x.Entries)))
	return true
}

// maxItems is the page size that a List asks for; ok is false when it asks for none.
func (r *Request) maxItems() (n int, ok bool) {
	text := r.Query[qMaxItems].Str
	if text == "" {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil
}

func (j *Judge) checkPageSize(x *Exchange) {
	n := len(x.Entries)
	if size, ok := x.maxItems(); ok {
		j.touch(rule.ListMaxitemsBoundsPage)
		if n > size {
			j.report(rule.ListMaxitemsBoundsPage, "page too large", fmt.Sprintf("at most %d entries", size), fmt.Sprintf("%d entries", n))
		}
	}
	if rule.ListPageCap100.Holds(j.Profile) {
		if most := rule.ListPageCap100.Int(j.Profile); int64(n) > most {
			j.report(rule.ListPageCap100, "page too large", fmt.Sprintf("at most %d entries", most), fmt.Sprintf("%d entries", n))
		} else if int64(n) == most {
			j.touch(rule.ListPageCap100)
		}
	}
}

// checkEntry judges one entry of a page; ours says that it is a mapping that
// the judge knows.
func (j *Judge) checkEntry(e *Config, c *chain, x *Exchange) (ours bool) {
	id := e.V[UUID].Str
	b := j.mappings[id]
	if id == "" {
		c.nameless = true
		j.report(rule.RespUUID, "UUID missing", "the member UUID", e.V[UUID].Text())
		return false
	}
	if b == nil {
		j.checkStranger(e, c)
		return false
	}
	if c.seen[id] && !c.loose {
		j.report(rule.ListMarkerContinues, "repeated", "each mapping once over all pages", "the mapping "+id+" again")
	}
	c.seen[id] = true
	if b.gone != 0 {
		if b.gone < c.started {
			j.report(rule.GetAfterDelete404, "listed after deletion", "no deleted mapping in the list", "the mapping "+id)
		}
		return true
	}
	j.touch(rule.ListEntriesAreConfigurations)
	j.checkFilters(e, c)
	j.checkConfiguration(e, b, x, false)
	j.settle(e, b)
	return true
}

// checkStranger judges an entry that no known call created.
func (j *Judge) checkStranger(e *Config, c *chain) {
	j.checkFilters(e, c)
	key := refusedCreate{e.V[EventSourceArn].Str, e.V[FunctionArn].Str}
	if key.source != "" && j.refused[key] && !j.mapped(key) {
		j.report(rule.ErrValidationBeforeEffects, "created all the same", "nothing created by a refused Create", "a mapping of "+key.source)
		delete(j.refused, key)
	}
}

// mapped reports whether a known mapping joins the two, so that a refusal may
// have been for that reason.
func (j *Judge) mapped(key refusedCreate) bool {
	for _, b := range j.mappings {
		if b.want.at(EventSourceArn).Str == key.source && b.want.at(FunctionArn).Str == key.function {
			return true
		}
	}
	return false
}

// changesFunction reports whether an update of the mapping's function is pending: the
// mapping may be listed under one and show the other.
func (j *Judge) changesFunction(uuid string) bool {
	b := j.mappings[uuid]
	return b != nil && b.pending&update != 0 && !b.unchanged(FunctionArn)
}

func (j *Judge) checkFilters(e *Config, c *chain) {
	if c.loose {
		return
	}
	both := c.source != "" && c.function != ""
	if c.source != "" {
		r := rule.ListFilterEventSource
		if both {
			r = rule.ListFiltersCombine
		}
		j.touch(r)
		if v := e.V[EventSourceArn].Str; v != "" && v != c.source {
			j.report(r, "another source", "mappings of "+c.source, v)
			return
		}
	}
	if c.function != "" {
		r := rule.ListFilterFunction
		if strings.Contains(c.function, ":") {
			r = rule.ListFilterFunctionForms
		}
		if both {
			r = rule.ListFiltersCombine
		}
		if ref, ok := parseFunctionName(j.Profile, c.function); ok && j.World.function(&ref) == Missing {
			r = rule.ListUnknownFunction
		}
		j.touch(r)
		want, ok := j.World.resolve(j.Profile, c.function)
		if v := e.V[FunctionArn].Str; ok && validFunctionARN(j.Profile, v) && sameFunction(v, want) == Missing && !j.changesFunction(e.V[UUID].Str) {
			j.report(r, "another function", "mappings of "+want, v)
		}
	}
}

// checkComplete judges a listing that has come to its end.
func (j *Judge) checkComplete(c *chain, x *Exchange) {
	missing, expected := "", 0
	for id, b := range j.mappings {
		if !j.belongs(b, c) {
			continue
		}
		expected++
		if !c.seen[id] && (missing == "" || id < missing) {
			missing = id
		}
	}
	r := j.completeRule(c)
	if expected > 0 {
		j.touch(r)
		if c.pages > 1 {
			j.touch(rule.ListMarkerContinues)
		}
	}
	if missing == "" || c.nameless {
		return
	}
	size, _ := x.maxItems()
	switch b := j.mappings[missing]; {
	case b.functionDeleted:
		r = rule.DeleteFunctionKeepsMappings
	case c.pages > 1:
		r = rule.ListMarkerContinues
	case size > 0 && len(x.Entries) >= size:
		r = rule.ListNextmarkerWhenMore
	}
	j.report(r, "mapping missing", fmt.Sprintf("all %d mappings that match", expected), "without "+missing)
}

func (j *Judge) completeRule(c *chain) *rule.Rule {
	bare := !strings.Contains(c.function, ":")
	switch {
	case c.source != "" && c.function != "":
		return rule.ListFiltersCombine
	case c.source != "":
		return rule.ListFilterEventSource
	case c.function != "" && bare:
		return rule.ListFilterFunction
	case c.function != "":
		return rule.ListFilterFunctionForms
	}
	return rule.ListNoFilter
}

// belongs reports whether a mapping must be in a listing: it existed all along
// and matches the filters beyond doubt.
func (j *Judge) belongs(b *belief, c *chain) bool {
	if b.born >= c.started || b.gone != 0 || b.dying != 0 {
		return false
	}
	if c.source != "" && b.want.at(EventSourceArn).Str != c.source {
		return false
	}
	if c.function == "" {
		return true
	}
	want, ok := j.World.resolve(j.Profile, c.function)
	return ok && b.pending&update == 0 && b.want.at(FunctionArn).Str == want
}
