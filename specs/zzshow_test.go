package specs

import (
	"flag"
	"fmt"
	"testing"
	"github.com/esmconform/esmconform/generators"
	"github.com/esmconform/esmconform/oracle/delivery"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/targets/reference"
)

var zzSeed = flag.Uint64("zzseed", 1, "")
var zzP = flag.Int("zzp", 1, "")

func TestZZShow(t *testing.T) {
	p := rule.Profile(*zzP)
	s := generators.Calls(generators.Seeded(*zzSeed), p)
	d := reference.NewDirect(p, reference.Faulty{Name: "m", Faults: func() delivery.Faults { return delivery.Faults{} }})
	desc, _ := d.Describe(t.Context())
	out := NewRunner(d, desc, p).PlayCalls(t.Context(), s)
	for i, c := range out.Calls {
		r := c.Response
		if len(r) > 300 { r = r[:300] }
		fmt.Println(i, c.Start.Format("05.000"), c.Method, c.Path, c.Query, c.Request, "->", c.Status, r)
		for _, f := range out.Findings { if f.Call == i { fmt.Println("   !!", f.Violation.String()) } }
	}
}
