package reports

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// The file names within a report folder.
const (
	ResultsFile = "results.json"
	JUnitFile   = "junit.xml"
	SummaryFile = "summary.md"
)

// Load reads a results.json, given its path or the folder that it is in.
func Load(path string) (Result, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = filepath.Join(path, ResultsFile)
	}
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Result{}, fmt.Errorf("no results at %s: give the report folder of a run, or the results.json in it: %w", path, fs.ErrNotExist)
	} else if err != nil {
		return Result{}, err
	}
	r, err := parse(content)
	if err != nil {
		return Result{}, fmt.Errorf("%s %w", path, err)
	}
	return r, nil
}

func parse(content []byte) (Result, error) {
	var head struct {
		Format *int `json:"format"`
	}
	if !json.Valid(content) {
		err := json.Unmarshal(content, &head)
		return Result{}, fmt.Errorf("is not JSON (%w): expected the results.json of a run", err)
	}
	if err := json.Unmarshal(content, &head); err != nil || head.Format == nil {
		return Result{}, errors.New("is JSON with no number as its format: expected the results.json of a run")
	}
	if *head.Format != Format {
		return Result{}, fmt.Errorf("has format %d and this program reads format %d: use the esmconform that wrote it, or run again", *head.Format, Format)
	}
	var r Result
	if err := json.Unmarshal(content, &r); err != nil {
		return Result{}, fmt.Errorf("is not the results.json of a run: %w", err)
	}
	for i, x := range r.Rules {
		if x.Rule == "" {
			return Result{}, fmt.Errorf("has no rule id in rules[%d]: expected one, as every run writes it", i)
		}
		if !x.Outcome.Known() {
			return Result{}, fmt.Errorf("has outcome %q for %s: expected one of %v", x.Outcome, x.Rule, Outcomes)
		}
	}
	return r, nil
}
