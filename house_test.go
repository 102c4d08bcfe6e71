// Package esmconform_test keeps the house in order: which room may use which.
package esmconform_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/esmconform/esmconform/"

// floors are the rooms from the ground up: a room may use those below it, its
// own sub-rooms, and nothing above. Rooms on one floor do not use each other.
var floors = [][]string{{"oracle"}, {"targets", "generators", "reports"}, {"specs"}, {"cmd"}}

func floor(room string) int {
	return slices.IndexFunc(floors, func(f []string) bool { return slices.Contains(f, room) })
}

func TestImportsRunDownwards(t *testing.T) {
	files := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "build" || d.Name() == "testdata") {
			return fs.SkipDir
		}
		path = filepath.ToSlash(path)
		room, _, inside := strings.Cut(path, "/")
		if !inside || !strings.HasSuffix(path, ".go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		files++
		for _, i := range f.Imports {
			name, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			if why := forbidden(room, name, strings.HasSuffix(path, "_test.go")); why != "" {
				t.Errorf("%s imports %s: %s", path, name, why)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 50 {
		t.Fatalf("only %d files were looked at", files)
	}
}

// forbidden says why a file of a room may not import a package; "" when it may.
func forbidden(room, name string, test bool) string {
	if inside, ok := strings.CutPrefix(name, module); ok {
		to, _, _ := strings.Cut(inside, "/")
		switch {
		case floor(to) < 0:
			return "no room of the house"
		case to != room && floor(to) >= floor(room) && !test:
			return "imports run downwards only"
		}
		return ""
	}
	standard := !strings.Contains(strings.SplitN(name, "/", 2)[0], ".")
	switch {
	case room == "oracle" && !standard && !test:
		return "the oracle uses the standard library only"
	case room == "oracle" && !test && (name == "os" || name == "net" || strings.HasPrefix(name, "net/http")):
		return "the oracle does no I/O"
	case floor(room) < floor("specs") && !test && (strings.HasPrefix(name, "github.com/onsi/") || name == "testing"):
		return "Ginkgo, Gomega and testing live in specs and above"
	}
	return ""
}
