package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// result is a change and what became of it, a line of the file of results.
type result struct {
	Package string `json:"package"`
	change
	Source  string  `json:"source"` // identifies the text of the file
	Outcome outcome `json:"outcome"`
	By      string  `json:"by,omitempty"` // the first test that failed
	Seconds float64 `json:"seconds"`
}

// results are written as they come, so that a run that is interrupted can go on.
type results struct {
	file *os.File
	// known has what an earlier run found, by the key of the change.
	known map[string]*result
}

// openResults starts a file of results, or goes on with one. Of an earlier run,
// again drops what was not killed. Without a path nothing is written.
func openResults(path string, resume, again bool) (*results, error) {
	r := &results{known: map[string]*result{}}
	if path == "" {
		return r, nil
	}
	var kept bytes.Buffer
	if resume || again {
		text, err := os.ReadFile(path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		for line := range bytes.Lines(text) {
			var one result
			if json.Unmarshal(line, &one) != nil {
				continue // cut off in the middle
			}
			if again && (one.Outcome == survived || one.Outcome == unreached) {
				continue
			}
			one.source = one.Source
			r.known[one.key()] = &one
			kept.Write(line)
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	if err := os.WriteFile(path, kept.Bytes(), 0o644); err != nil {
		return nil, err
	}
	var err error
	r.file, err = os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0o644)
	return r, err
}

func (r *results) add(one *result) error {
	if r.file == nil {
		return nil
	}
	one.Source = one.source
	line, err := json.Marshal(one)
	if err != nil {
		return err
	}
	_, err = r.file.Write(append(line, '\n'))
	return err
}

func (r *results) close() {
	if r.file != nil {
		r.file.Close()
	}
}
