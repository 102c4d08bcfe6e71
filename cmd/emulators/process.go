package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// markName is the environment variable by which a process is known as started,
// directly or by way of others, for one emulator of this run. Process groups do
// not suffice: LocalStack's Kinesis engine leaves the group it was started in.
const markName = "ESMCONFORM_EMULATOR"

const (
	// killGrace is how long processes get to end by themselves.
	killGrace = 15 * time.Second
	// killWait is how long the system may take to remove killed processes.
	killWait = 5 * time.Second
)

// inOwnGroup puts cmd in a new process group, all of which ends with its context.
func inOwnGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if cmd.Cancel != nil {
		cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
		cmd.WaitDelay = killWait
	}
}

// sweep kills what still carries the mark and waits until it is gone.
func sweep(mark string) error {
	deadline := time.Now().Add(killWait)
	for {
		left := marked(mark)
		if len(left) == 0 {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("processes %v did not end", left)
		}
		for _, pid := range left {
			// It may have ended since it was listed, which is as good.
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// marked lists the live processes whose environment carries the mark. Where
// there is no /proc it finds none, and the process group is all that is ended.
func marked(mark string) []int {
	paths, err := filepath.Glob("/proc/[0-9]*/environ")
	if err != nil {
		return nil
	}
	wanted := []byte(markName + "=" + mark + "\x00")
	var pids []int
	for _, path := range paths {
		// Others' processes cannot be read, ended ones read as empty.
		content, err := os.ReadFile(path)
		if err != nil || !bytes.Contains(content, wanted) {
			continue
		}
		if pid, err := strconv.Atoi(filepath.Base(filepath.Dir(path))); err == nil {
			pids = append(pids, pid)
		}
	}
	return pids
}
