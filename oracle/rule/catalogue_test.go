package rule

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What holds of every rule, so that selectors, reports and the oracle can rely on it.
func TestCatalogue(t *testing.T) {
	kebab := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	ids := map[string]bool{}
	for i, r := range All() {
		for says, ok := range map[string]bool{
			"the id is in kebab case":                  kebab.MatchString(r.ID),
			"the id is its own":                        !ids[r.ID],
			"it is found by its id":                    Find(r.ID) == r && r.String() == r.ID,
			"its index is its place":                   r.Index() == i,
			"the area is in kebab case":                kebab.MatchString(r.Area),
			"it is about some source, and no other":    r.Sources != 0 && r.Sources&^AllSources == 0,
			"Says is one sentence without a full stop": sentence(r.Says),
			"Silent is empty or such a sentence":       r.Silent == "" || sentence(r.Silent),
			"nothing is needed twice":                  distinct(r.Needs),
			"it holds in some profile":                 r.Holds(P2020) || r.Holds(Today),
			"the value is -1 only where that is no limit": (r.In2020.Value == -1) == slices.Contains(noLimit, r) &&
				(r.Now.Value == -1) == slices.Contains(noLimit, r),
		} {
			if !ok {
				t.Errorf("%s: not so: %s", r, says)
			}
		}
		ids[r.ID] = true
		for _, p := range Profiles {
			checkClause(t, r, p)
		}
	}
	if len(ids) != Count() || Count() < 400 {
		t.Errorf("%d ids, %d rules", len(ids), Count())
	}
	if Find("no-such-rule") != nil {
		t.Error("a rule that does not exist was found")
	}
}

// noLimit are the rules about -1, which stands for endless retries or any age.
var noLimit = []*Rule{AgeDefault, RetryDefault, AgeBelowMinusOneRejected, RetryBelowMinusOneRejected}

func checkClause(t *testing.T, r *Rule, p Profile) {
	c := r.In(p)
	if c.Holds != r.Holds(p) || r.Observable(p) != (c.Holds && c.Unobservable == "") {
		t.Errorf("%s in %s: Holds or Observable is not as in the clause", r, p)
	}
	if c.Holds && len(c.Cites) == 0 {
		t.Errorf("%s in %s: holds, but nothing is cited", r, p)
	}
	if !c.Holds && c.Unobservable != "" {
		t.Errorf("%s in %s: a breach is unobservable of what does not hold", r, p)
	}
	for _, cite := range c.Cites {
		if cite.Doc.Title() == "" || cite.At == "" {
			t.Errorf("%s in %s: cites %q at %q", r, p, cite.Doc, cite.At)
		}
	}
	switch v := c.Value.(type) {
	case nil, bool, string, []string, map[string]any:
	case int:
		if v < -1 || r.Int(p) != int64(v) {
			t.Errorf("%s in %s: the value is %d, read as %d", r, p, v, r.Int(p))
		}
	default:
		t.Errorf("%s in %s: a value of type %T", r, p, v)
	}
}

func sentence(s string) bool {
	return s != "" && s == strings.TrimSpace(s) && !strings.HasSuffix(s, ".") && !strings.Contains(s, ". ")
}

func distinct(list []Capability) bool {
	seen := map[Capability]bool{}
	for _, c := range list {
		seen[c] = true
	}
	return len(seen) == len(list) && !seen[""]
}

// An id is written in baselines, so a second rule must not take it.
func TestIDsAreUsedOnce(t *testing.T) {
	before := Count()
	defer func() {
		if recover() == nil || Count() != before {
			t.Errorf("a second rule with an id was added: %d rules, were %d", Count(), before)
		}
	}()
	add(Rule{ID: AgeDefault.ID})
}

// The slice of All is the caller's: what he does to it is not seen by others.
func TestAllIsACopy(t *testing.T) {
	list := All()
	list[0] = nil
	if All()[0] == nil {
		t.Error("the catalogue lost a rule")
	}
}

func TestFactsAreAboutRules(t *testing.T) {
	for id, n := range facts {
		if r := Find(id); r == nil || n < 1 || r.Facts() != n {
			t.Errorf("%d facts about %s", n, id)
		}
	}
}
