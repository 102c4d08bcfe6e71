package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

// build makes the test binary of a package with some of its files replaced. The
// working tree is not touched.
func build(ctx context.Context, s *subject, overlay map[string][]byte, work string) (string, error) {
	work, err := os.MkdirTemp(work, "build")
	if err != nil {
		return "", err
	}
	replace := map[string]string{}
	for path, text := range overlay {
		replace[path] = filepath.Join(work, strconv.Itoa(len(replace))+"_"+filepath.Base(path))
		if err := os.WriteFile(replace[path], text, 0o644); err != nil {
			return "", err
		}
	}
	list, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	listed, binary := filepath.Join(work, "overlay.json"), filepath.Join(work, "tests")
	if err := os.WriteFile(listed, list, 0o644); err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, "go", "test", "-c", "-vet=off", "-tags", tag, "-overlay", listed, "-o", binary, ".")
	cmd.Dir = s.folder
	inOwnGroup(cmd)
	if out, err := cmd.CombinedOutput(); err != nil {
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		return "", &buildError{fmt.Sprintf("%s does not build: %v\n%s", s.name, err, out)}
	}
	if _, err := os.Stat(binary); err != nil {
		return "", fmt.Errorf("%s has no tests: %w", s.name, err)
	}
	return binary, nil
}

// buildError is what the compiler says.
type buildError struct{ text string }

func (e *buildError) Error() string { return e.text }
