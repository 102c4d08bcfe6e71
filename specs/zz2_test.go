package specs
import ("testing";"fmt";"github.com/esmconform/esmconform/generators";"github.com/esmconform/esmconform/targets/mutant";"github.com/esmconform/esmconform/targets/reference";"github.com/esmconform/esmconform/oracle/delivery")
func TestZZ2(t *testing.T) {
	m := mutant.Find("update-needs-batch-size"); p := m.Profile()
	n,found := 0, map[string]int{}
	for i := uint64(1); i<4000; i++ {
		s := generators.Calls(generators.Seeded(i), p)
		for _, c := range s.Calls { if c.Do=="update" && c.About=="update-all-optional" { n++ } }
		d := reference.NewDirect(p, reference.Faulty{Name: "m", Hooks: m.Hooks(), Faults: func() delivery.Faults { return delivery.Faults{} }})
		desc, _ := d.Describe(t.Context())
		out := NewRunner(d, desc, p).PlayCalls(t.Context(), s)
		for _, f := range out.Findings { found[f.Rule.ID]++ }
	}
	fmt.Println(n, found)
}
