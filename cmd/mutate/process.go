package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"time"
)

const (
	// killWait is how long processes get to end by themselves, or when killed.
	killWait = 5 * time.Second
	// memory is what a run may use, so that endless growth hurts nobody else.
	memory = 4 << 30
)

// inOwnGroup puts cmd in a new process group, all of which ends with its context.
func inOwnGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = killWait
}

func (t *tests) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, t.binary, args...)
	cmd.Dir = t.folder
	inOwnGroup(cmd)
	return cmd
}

// run runs the tests of a stage once.
func (t *tests) run(ctx context.Context, s stage, env ...string) (outcome, []byte, error) {
	temp, err := os.MkdirTemp(t.work, "run")
	if err != nil {
		return "", nil, err
	}
	defer os.RemoveAll(temp)
	// The tests end themselves, saying where they hang; if not, they are killed.
	limited, cancel := context.WithTimeout(ctx, s.timeout+killWait)
	defer cancel()
	args := append([]string{"-test.failfast", "-test.timeout=" + s.timeout.String()}, s.args...)
	cmd := t.command(limited, args...)
	cmd.Env = append(os.Environ(), "TMPDIR="+temp, "MUTATE_MEMORY="+strconv.Itoa(memory))
	cmd.Env = append(cmd.Env, env...)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return "", nil, ctx.Err()
	case limited.Err() != nil || bytes.Contains(out, []byte("panic: test timed out after")):
		return timedOut, out, nil
	case err == nil:
		return survived, out, nil
	case errors.As(err, &exit):
		return killed, out, nil
	}
	return "", nil, err
}
