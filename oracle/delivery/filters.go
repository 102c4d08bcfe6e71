package delivery

import "github.com/esmconform/esmconform/oracle/pattern"

func init() {
	// The machine delivers what a filter selects, and what the documentation does
	// not decide.
	MachineFilter = func(criteria map[string]any, kind string, record map[string]any) bool {
		f, err := pattern.Compile(criteria)
		return err != nil || f.Match(kind, record) != pattern.Differs
	}
}
