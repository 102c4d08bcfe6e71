package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// installTimeout is far more than the largest environment takes, a minute or two.
const installTimeout = 20 * time.Minute

// install returns the folder that e is installed in, installing it there first
// unless an earlier run finished doing so.
func (s session) install(ctx context.Context, e emulator) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, installTimeout)
	defer cancel()
	env := filepath.Join(s.cache, e.name+"-"+e.version)
	recipe, err := e.recipe()
	if err != nil {
		return "", err
	}
	// The mark is written last and holds what was asked for: an environment that
	// was interrupted, or whose pins changed, does not match and is made anew.
	mark := filepath.Join(env, "complete")
	if found, err := os.ReadFile(mark); err == nil && string(found) == recipe {
		return env, nil
	}
	if err := os.RemoveAll(env); err != nil {
		return "", err
	}
	if err := os.MkdirAll(env, 0o755); err != nil {
		return "", err
	}
	log, err := os.Create(filepath.Join(s.output, e.name, "install.log"))
	if err != nil {
		return "", err
	}
	defer log.Close()

	if err := installPip(ctx, e, env, log); err != nil {
		return "", err
	}
	return env, os.WriteFile(mark, []byte(recipe), 0o644)
}

// recipe identifies what an installation of e is made from.
func (e emulator) recipe() (string, error) {
	sum := sha256.New()
	fmt.Fprintln(sum, e.version, e.minPython)
	for _, name := range e.files() {
		content, err := pinned.ReadFile("pinned/" + name)
		if err != nil {
			return "", err
		}
		sum.Write(content)
	}
	return fmt.Sprintf("%x\n", sum.Sum(nil)), nil
}

// files names the embedded files that belong into e's folder.
func (e emulator) files() []string {
	files := []string{e.name + ".txt"}
	if slices.ContainsFunc(e.env, func(v string) bool { return strings.Contains(v, "{env}/"+preload) }) {
		files = append(files, preload)
	}
	return files
}

func installPip(ctx context.Context, e emulator, env string, log *os.File) error {
	python, err := findPython(ctx, e.minPython)
	if err != nil {
		return err
	}
	if err := runNice(ctx, log, python, "-m", "venv", env); err != nil {
		return err
	}
	for _, name := range e.files() {
		content, err := pinned.ReadFile("pinned/" + name)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(env, name), content, 0o644); err != nil {
			return err
		}
	}
	// --no-deps: the file names every package, and the resolver must not add to it.
	return runNice(ctx, log, filepath.Join(env, "bin", "pip"), "install",
		"--no-input", "--no-deps", "-r", filepath.Join(env, e.name+".txt"))
}

// runNice runs one installer to its end, out of the way of other work on the machine.
func runNice(ctx context.Context, log *os.File, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, "nice", append([]string{"-n", "15", name}, args...)...)
	cmd.Stdout, cmd.Stderr = log, log
	inOwnGroup(cmd)
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fmt.Errorf("%s: %w (see %s)", filepath.Base(name), err, filepath.Base(log.Name()))
	}
	return nil
}

// findPython looks for a Python 3 of at least the given minor version: the
// default one first, then versions installed beside it.
func findPython(ctx context.Context, minor int) (string, error) {
	candidates := []string{"python3", "python3.14", "python3.13", "python3.12"}
	if home, err := os.UserHomeDir(); err == nil {
		versions, err := filepath.Glob(filepath.Join(home, ".pyenv", "versions", "*", "bin", "python3"))
		if err == nil {
			slices.Reverse(versions)
			candidates = append(candidates, versions...)
		}
	}
	test := fmt.Sprintf("import sys, venv; sys.exit(sys.version_info < (3, %d))", minor)
	for _, candidate := range candidates {
		if exec.CommandContext(ctx, candidate, "-c", test).Run() == nil {
			return candidate, nil
		}
	}
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	return "", fmt.Errorf("no Python of version 3.%d or later found", minor)
}
