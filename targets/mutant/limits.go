package mutant

import (
	"github.com/esmconform/esmconform/oracle/control"
	"github.com/esmconform/esmconform/oracle/rule"
)

// takes is a mutant that takes what a rule forbids.
func takes(name, fault string, r *rule.Rule) {
	add(Mutant{Name: name, Fault: fault, Breaks: []*rule.Rule{r}, Control: func() control.Hooks {
		return control.Hooks{Overlook: func(_ *control.Request, broken *rule.Rule) bool { return broken == r }}
	}})
}

func init() {
	takes("batch-size-0", "takes a BatchSize of 0", rule.BatchSizeMin)
}
