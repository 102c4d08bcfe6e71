package specs

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/esmconform/esmconform/generators"
	"github.com/esmconform/esmconform/oracle/rule"
	"github.com/esmconform/esmconform/oracle/trace"
	"github.com/esmconform/esmconform/reports"
	"github.com/esmconform/esmconform/targets"
)

// TestScriptsAreGoodShell: the script of any sequence of calls is one that a POSIX shell
// reads, and that shellcheck has no warning about, where that is installed.
func TestScriptsAreGoodShell(t *testing.T) {
	dir := t.TempDir()
	if keep := os.Getenv("SCRIPTS"); keep != "" {
		dir = keep
	}
	var files []string
	fails := 0
	for i := range uint64(300) {
		for _, p := range rule.Profiles {
			s := generators.Calls(generators.Seeded(i), p)
			s.Shows = &trace.Shows{Rule: rule.FnFormName.ID, Class: "of\n many $(lines)", Target: "a\ntarget"}
			text := reports.Script(s)
			fails += strings.Count(text, targets.FailMarker)
			file := filepath.Join(dir, fmt.Sprintf("%d-%s.sh", i, p))
			if err := os.WriteFile(file, []byte(text), 0o755); err != nil {
				t.Fatal(err)
			}
			files = append(files, file)
		}
	}
	if fails == 0 {
		t.Error("no script puts what the function fails on")
	}
	for _, file := range files {
		if out, err := exec.Command("sh", "-n", file).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", file, err, out)
		}
	}
	if _, err := exec.LookPath("shellcheck"); err != nil {
		t.Log("shellcheck is not installed")
		return
	}
	if out, err := exec.Command("shellcheck", append([]string{"--severity=warning"}, files[:40]...)...).CombinedOutput(); err != nil {
		t.Fatalf("shellcheck: %v\n%s", err, out)
	}
}
