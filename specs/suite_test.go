package specs_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/specs"
	"github.com/esmconform/esmconform/targets/reference"
)

// TestReference mounts the suite the way a project with a Ginkgo suite of its
// own does, on the reference, in every profile.
func TestReference(t *testing.T) {
	gomega.RegisterFailHandler(ginkgo.Fail)
	ginkgo.RunSpecs(t, "esmconform on the reference")
}

// others collects what specs come upon in passing: violations of rules that are
// not their own.
var others struct {
	sync.Mutex
	found []string
}

var _ = ginkgo.Describe("the reference", ginkgo.Ordered, func() {
	for _, p := range rule.Profiles {
		ginkgo.Context("profile "+p.String(), func() {
			t, err := reference.NewTarget(context.Background(), p)
			if err != nil {
				panic(err)
			}
			d, err := t.Describe(context.Background())
			if err != nil {
				panic(err)
			}
			campaign := &specs.Campaign{
				Runner:   specs.NewRunner(t, d, p),
				Variants: specs.Variants(p, func(*rule.Rule) bool { return true }),
				Done: func(out *specs.Outcome) {
					others.Lock()
					defer others.Unlock()
					for _, f := range out.Findings {
						others.found = append(others.found, fmt.Sprintf("%s in the spec of %s: %s", p, out.Rule, &f.Violation))
					}
					if out.Unsupported != "" || !out.Decided {
						others.found = append(others.found, fmt.Sprintf("%s %s on %s is undecided: %s%s", p, out.Rule, out.Kind, out.Unsupported, out.Reason))
					}
				},
			}
			campaign.Mount()
			ginkgo.AfterAll(func(ctx ginkgo.SpecContext) {
				gomega.Expect(t.Close(ctx)).To(gomega.Succeed())
			})
		})
	}
	ginkgo.It("has no other findings, and leaves no rule undecided", func() {
		gomega.Expect(others.found).To(gomega.BeEmpty())
	})
})

func TestEveryObservableControlRuleHasACheck(t *testing.T) {
	for _, p := range rule.Profiles {
		for _, r := range rule.All() {
			if r.Plane == rule.Control && r.Observable(p) && !specs.Checked(r) {
				t.Errorf("%s in %s has no check", r, p)
			}
		}
	}
}

func TestSelector(t *testing.T) {
	count := func(t *testing.T, s string) (n int) {
		t.Helper()
		match, err := specs.Selector(s)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rule.All() {
			if match == nil || match(r) {
				n++
			}
		}
		return n
	}
	all := rule.Count()
	state := count(t, "area:state")
	for s, want := range map[string]int{
		"":                            all,
		"batch-size-min":              1,
		"batch-size-min,window-max":   2,
		"!batch-size-min":             all - 1,
		"area:state,!state-creating":  state - 1,
		"area:state, !area:state":     0,
		"batch-size-min,batch-size-*": count(t, "batch-size-*"),
	} {
		if got := count(t, s); got != want {
			t.Errorf("%q selects %d rules; want %d", s, got, want)
		}
	}
	for s, nearest := range map[string]string{
		"batch-size-mim": `"batch-size-min"`, "area:stat": `"state"`, "level:mst": `"must"`, "colour:red": "area:", "zzz-*": "matches no rule", "[": "bad pattern",
	} {
		if _, err := specs.Selector(s); err == nil || !strings.Contains(err.Error(), nearest) {
			t.Errorf("%q: %v; want it to name %s", s, err, nearest)
		}
	}
}
