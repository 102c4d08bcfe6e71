//go:build mutate

package delivery_test

import (
	"testing"

	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/specs"
)

// TestProven is what make mutate runs besides the package's own tests.
func TestProven(t *testing.T) {
	if err := specs.Prove(t.Context(), rule.Data); err != nil {
		t.Fatal(err)
	}
}
