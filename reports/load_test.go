package reports

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLoadSaysWhatIsWrong(t *testing.T) {
	for name, c := range map[string]struct{ content, says string }{
		"cut off":         {`{"format":1,"rules":[{"rule":"a"`, "is not JSON"},
		"empty":           {``, "is not JSON"},
		"a page":          {`<html>`, "is not JSON"},
		"a list":          {`[1]`, "no number as its format"},
		"another object":  {`{"name":"x"}`, "no number as its format"},
		"format in words": {`{"format":"1"}`, "no number as its format"},
		"a later format":  {`{"format":2,"rules":"other"}`, "has format 2 and this program reads format 1"},
		"other members":   {`{"format":1,"rules":"none"}`, "is not the results.json of a run"},
		"unknown outcome": {`{"format":1,"rules":[{"rule":"a","outcome":"passed"}]}`, `outcome "passed" for a: expected one of [pass`},
		"nameless rule":   {`{"format":1,"rules":[{"outcome":"pass"}]}`, "rules[0]"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "r.json")
			if err := os.WriteFile(path, []byte(c.content), 0o644); err != nil {
				t.Fatal(err)
			}
			_, err := Load(path)
			if err == nil || !strings.Contains(err.Error(), c.says) || !strings.HasPrefix(err.Error(), path) {
				t.Errorf("got %v; expected the path and %q", err, c.says)
			}
		})
	}
	if _, err := Load(t.TempDir()); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), ResultsFile) {
		t.Errorf("an empty folder: %v", err)
	}
}

func TestALaterMemberIsNoError(t *testing.T) {
	if _, err := parse([]byte(`{"format":1,"later":{},"rules":[{"rule":"a","outcome":"pass","later":1}]}`)); err != nil {
		t.Error(err)
	}
}
