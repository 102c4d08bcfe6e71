package specs

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/esmconform/esmconform/generators"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/targets"
)

// List against what create, update and delete left.

var _ = hold(Property{
	Name:   "list-shows-what-was-made",
	Says:   "From page to page List shows each mapping that was created and not deleted once, as it was asked to be, and by each filter those that match",
	Trials: 100,
	Draw:   generators.Calls,
	Holds: func(t *Trial, s *trace.Scenario) {
		list, _ := t.settled(s)
		if len(list) == 0 {
			t.Undecided()
		}
		for _, f := range filtersOf(list) {
			t.Decided()
			t.checkList(list, f)
		}
	},
})

// listFilter is a query of List.
type listFilter struct{ source, function string }

// mostFilters is how many filters one trial tries: every call counts on a target
// that is far away.
const mostFilters = 6

// filtersOf are the queries that the mappings give rise to.
func filtersOf(list []*resting) []listFilter {
	all := map[listFilter]bool{}
	for _, r := range list {
		source, _ := r.asked["EventSourceArn"].(string)
		name, _ := r.function()
		all[listFilter{source, ""}], all[listFilter{"", name}], all[listFilter{source, name}] = true, true, true
	}
	delete(all, listFilter{})
	sorted := slices.SortedFunc(maps.Keys(all), func(a, b listFilter) int {
		return strings.Compare(a.source+" "+a.function, b.source+" "+b.function)
	})
	return append([]listFilter{{}}, sorted[:min(len(sorted), mostFilters)]...)
}

// matches says whether a mapping must be in the list, and whether it may be: a
// function's name may or may not stand for its versions and aliases.
func (f listFilter) matches(r *resting) (must, may bool) {
	source, _ := r.asked["EventSourceArn"].(string)
	name, qualifier := r.function()
	may = (f.source == "" || f.source == source) && (f.function == "" || f.function == name)
	return may && (f.function == "" || qualifier == ""), may
}

func (f listFilter) query() map[string]string {
	q := map[string]string{}
	if f.source != "" {
		q["EventSourceArn"] = f.source
	}
	if f.function != "" {
		q["FunctionName"] = f.function
	}
	return q
}

// checkList lists by a filter and compares with what is known.
func (t *Trial) checkList(list []*resting, f listFilter) {
	byUUID := t.listed(f.query())
	for _, r := range list {
		must, may := f.matches(r)
		entry := byUUID[r.uuid]
		switch {
		case r.status != 200 && entry != nil:
			t.Falsified("a mapping that is gone is listed%s", f)
		case r.status == 200 && must && entry == nil:
			t.Falsified("a mapping is not listed%s", f)
		case !may && entry != nil:
			t.Falsified("a mapping is listed%s, which it does not match", f)
		case entry == nil:
			continue
		}
		if member := t.differs(r.noted, entry); member != "" {
			t.Falsified("%s is %v in the list%s, and was asked to be %v", member, entry[member], f, r.asked[member])
		}
	}
}

func (f listFilter) String() string {
	s := ""
	if f.source != "" {
		s += " by its source"
	}
	if f.function != "" {
		s += " by its function"
	}
	return s
}

// listed lists from page to page, with a MaxItems that is drawn, and returns the
// entries by their UUIDs. There may be some of other people's.
func (t *Trial) listed(query map[string]string) map[string]map[string]any {
	size := []int{0, 0, 1, 2, 3, 7, 100}[t.below(7)]
	if size > 0 {
		query["MaxItems"] = fmt.Sprint(size)
	}
	byUUID := map[string]map[string]any{}
	for range maxPages {
		x := t.call(targets.Request{Operation: trace.List, Query: query})
		answer := object(x.Response)
		entries, ok := answer["EventSourceMappings"].([]any)
		switch {
		case x.Status != 200 || !ok:
			t.Falsified("List answered %d %.80q", x.Status, x.Response)
		case size > 0 && len(entries) > size:
			t.Falsified("a page has more entries than MaxItems")
		}
		for _, e := range entries {
			entry, _ := e.(map[string]any)
			id, _ := entry["UUID"].(string)
			if byUUID[id] != nil {
				t.Falsified("a mapping is listed twice")
			}
			byUUID[id] = entry
		}
		marker, _ := answer["NextMarker"].(string)
		if marker == "" {
			return byUUID
		}
		query["Marker"] = marker
	}
	t.Falsified("the list did not end after %d pages", maxPages)
	return nil
}
