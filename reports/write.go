package reports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// encode is the JSON of a result. Characters like < stay as they are, so that a
// person can read an expectation in it.
func encode(r *Result) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(r); err != nil {
		return nil, fmt.Errorf("%s: %w", ResultsFile, err)
	}
	return b.Bytes(), nil
}

// replace puts a file in the place of another in one step, so that whoever
// reads it sees all of the old one or all of the new one. The temporary name is
// fixed, so that a crash leaves at most one behind. sync makes it last a loss
// of power; without it, it lasts the end of this process.
func replace(path string, content []byte, sync bool) (err error) {
	temporary := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".tmp")
	f, err := os.OpenFile(temporary, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(temporary)
		}
	}()
	_, err = f.Write(content)
	if err == nil && sync {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	return os.Rename(temporary, path)
}
