package main

import (
	"errors"
	"fmt"
	"go/token"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/tools/go/packages"
)

// tag is the build tag of the tests that are made for this program.
const tag = "mutate"

// subject is one package with a switch at each change to it.
type subject struct {
	name    string // its folder, relative to the root of the module
	folder  string
	changes []*change
	// overlay has the instrumented text of each file, and one file more.
	overlay map[string][]byte
	// sources has each file as it is, by its name relative to the root.
	sources map[string][]byte
}

// load finds the changes to packages of the module in root.
func load(root string, patterns []string) ([]*subject, error) {
	config := &packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedTypes | packages.NeedTypesInfo | packages.NeedSyntax,
		Dir:  root, Fset: token.NewFileSet(), BuildFlags: []string{"-tags", tag},
	}
	found, err := packages.Load(config, patterns...)
	if err != nil {
		return nil, err
	}
	var all []*subject
	for _, p := range found {
		if len(p.Errors) > 0 {
			return nil, p.Errors[0]
		}
		if len(p.Syntax) == 0 {
			return nil, fmt.Errorf("%s has no files", p.PkgPath)
		}
		s, err := newSubject(root, p)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	if len(all) == 0 {
		return nil, errors.New("no packages")
	}
	return all, nil
}

func newSubject(root string, p *packages.Package) (*subject, error) {
	s := &subject{overlay: map[string][]byte{}, sources: map[string][]byte{}}
	for _, file := range p.Syntax {
		path := p.Fset.Position(file.Package).Filename
		src, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return nil, err
		}
		f := &finder{fset: p.Fset, pkg: p.Types, info: p.TypesInfo, file: file, name: filepath.ToSlash(name), src: src, last: len(s.changes)}
		f.search()
		s.changes = append(s.changes, f.found...)
		s.overlay[path], s.sources[f.name] = f.edits.apply(src), src
		s.folder, s.name = filepath.Dir(path), filepath.ToSlash(filepath.Dir(name))
	}
	s.overlay[filepath.Join(s.folder, "mutate_switches.go")] = switchesFor(p.Name, len(s.changes))
	return s, nil
}

// changed returns the overlay in which one change is made and nothing is switched.
func (s *subject) changed(root string, c *change) map[string][]byte {
	return map[string][]byte{filepath.Join(root, filepath.FromSlash(c.File)): splice(s.sources[c.File], c.edit)}
}

// narrow keeps the changes in a file and a line, where these are asked for.
func (s *subject) narrow(file string, line int) {
	s.changes = slices.DeleteFunc(s.changes, func(c *change) bool {
		return file != "" && c.File != file && filepath.Base(c.File) != file || line > 0 && c.Line != line
	})
}
