package specs

import (
	"flag"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/esmconform/esmconform/generators"
	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/targets/mutant"
	"github.com/esmconform/esmconform/targets/reference"
)

var zzN = flag.Uint64("zzn", 3000, "")

func TestZZ(t *testing.T) {
	var list []*mutant.Mutant
	for _, m := range mutant.All() {
		if m.Control != nil {
			list = append(list, m)
		}
	}
	for _, p := range rule.Profiles {
		n, bad := 0, 0
		start := time.Now()
		calls := 0
		for i := uint64(1); i <= *zzN; i++ {
			s := generators.Calls(generators.Seeded(i), p)
			d := reference.NewDirect(p, reference.Faulty{Name: "reference", Faults: func() delivery.Faults { return delivery.Faults{} }})
			desc, _ := d.Describe(t.Context())
			out := NewRunner(d, desc, p).PlayCalls(t.Context(), s)
			calls += len(out.Calls)
			if out.Broken != nil {
				t.Fatal(i, out.Broken)
			}
			n++
			for _, f := range out.Findings {
				if bad++; bad < 10 {
					t.Errorf("%s seed %d: %s", p, i, f.Violation.String())
				}
			}
		}
		fmt.Println(p, n, "sequences", calls, "calls", float64(calls)/time.Since(start).Seconds(), "calls/s")
	}
	if t.Failed() {
		return
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	next := make(chan *mutant.Mutant)
	missed := 0
	var took []int
	for range 2 {
		wg.Go(func() {
			for m := range next {
				p := m.Profile()
				left := slices.Clone(m.Breaks)
				calls := 0
				i := uint64(1)
				for ; i <= *zzN && len(left) > 0; i++ {
					s := generators.Calls(generators.Seeded(i), p)
					d := reference.NewDirect(p, reference.Faulty{Name: "m", Hooks: m.Hooks(), Faults: func() delivery.Faults { return delivery.Faults{} }})
					desc, _ := d.Describe(t.Context())
					out := NewRunner(d, desc, p).PlayCalls(t.Context(), s)
					calls += len(out.Calls)
					for _, f := range out.Findings {
						if j := slices.Index(left, f.Rule); j >= 0 {
							left = slices.Delete(left, j, j+1)
						}
					}
				}
				mu.Lock()
				took = append(took, int(i))
				if len(left) > 0 {
					missed++
					fmt.Printf("MISSED %s: %s  left %v\n", m.Name, m.Fault, ids(left))
				}
				mu.Unlock()
			}
		})
	}
	for _, m := range list {
		next <- m
	}
	close(next)
	wg.Wait()
	slices.Sort(took)
	fmt.Println("mutants", len(list), "missed", missed, "median", took[len(took)/2], "p95", took[len(took)*95/100])
}
