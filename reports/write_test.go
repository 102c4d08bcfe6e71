package reports

import (
	"io"
	"os"
	"path/filepath"
	"testing"
)

// Who opened the old file reads the old file to its end: nothing is ever written
// into a file that a reader can have.
func TestReplaceLeavesTheOldFileWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "results.json")
	for _, content := range []string{"old, and longer than the new", "new"} {
		reader, openErr := os.Open(path)
		if err := replace(path, []byte(content), false); err != nil {
			t.Fatal(err)
		}
		if openErr == nil {
			defer reader.Close()
			if old, err := io.ReadAll(reader); err != nil || string(old) != "old, and longer than the new" {
				t.Errorf("the reader of the old file got %q, %v", old, err)
			}
		}
		if now, err := os.ReadFile(path); err != nil || string(now) != content {
			t.Errorf("the file is %q, %v; expected %q", now, err, content)
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o044 == 0 {
		t.Errorf("others cannot read the report: %v, %v", info.Mode(), err)
	}
}
