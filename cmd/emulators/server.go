package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// serverLog is the file, in an emulator's output folder, with what it printed.
const serverLog = "server.log"

// server is a started emulator. stop must be called, once, whatever became of it.
type server struct {
	url    string
	health string
	mark   string
	cmd    *exec.Cmd
	log    *os.File
	// exited is closed when the emulator's first process has ended.
	exited chan struct{}
}

// start starts e, which is installed in env, on a loopback port. It takes no
// context: stop ends the emulator, and gives it time to end its own children.
func (s session) start(e emulator, env string, port int) (*server, error) {
	state := filepath.Join(s.output, e.name, "state")
	if err := errors.Join(os.RemoveAll(state), os.MkdirAll(state, 0o755)); err != nil {
		return nil, err
	}
	fill := strings.NewReplacer("{env}", env, "{state}", state, "{port}", strconv.Itoa(port))
	args := make([]string, len(e.command))
	for i, arg := range e.command {
		args[i] = fill.Replace(arg)
	}

	log, err := os.OpenFile(filepath.Join(s.output, e.name, serverLog), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, err
	}
	url := "http://127.0.0.1:" + strconv.Itoa(port)
	srv := &server{
		url:    url,
		health: url + e.health,
		mark:   fmt.Sprintf("%s-%d-%d", e.name, os.Getpid(), port),
		log:    log,
		exited: make(chan struct{}),
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = state
	cmd.Stdout, cmd.Stderr = log, log
	cmd.Env = append(inheritedEnv(), "PATH="+filepath.Join(env, "bin")+":"+os.Getenv("PATH"), markName+"="+srv.mark)
	for _, v := range e.env {
		cmd.Env = append(cmd.Env, fill.Replace(v))
	}
	inOwnGroup(cmd)
	if err := cmd.Start(); err != nil {
		log.Close()
		return nil, err
	}
	srv.cmd = cmd
	go func() {
		// How it ended is told by its log; stop waits for this to return.
		_ = cmd.Wait()
		close(srv.exited)
	}()
	return srv, nil
}

// inheritedEnv is this program's environment less what would point an emulator,
// or the functions it runs, at somebody's real account.
func inheritedEnv() []string {
	var kept []string
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "AWS_") {
			kept = append(kept, v)
		}
	}
	return kept
}

// waitReady returns once the emulator answers its health path with 200.
func (srv *server) waitReady(ctx context.Context, bound time.Duration) error {
	ctx, cancel := context.WithTimeoutCause(ctx, bound, fmt.Errorf("no answer within %s (see %s)", bound, serverLog))
	defer cancel()
	ticker := time.NewTicker(250 * time.Millisecond)
	defer ticker.Stop()
	for {
		if srv.answers(ctx) {
			return nil
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-srv.exited:
			return fmt.Errorf("ended before it answered: %s (see %s)", srv.cmd.ProcessState, serverLog)
		case <-ticker.C:
		}
	}
}

func (srv *server) answers(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, srv.health, nil)
	if err != nil {
		return false
	}
	// An own transport, without keep-alive and proxies: the question is whether
	// this very port takes a new connection.
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(request)
	if err != nil {
		return false
	}
	response.Body.Close()
	return response.StatusCode == http.StatusOK
}

// stop ends the emulator and everything it started, and waits for that.
func (srv *server) stop() error {
	defer srv.log.Close()
	group := -srv.cmd.Process.Pid
	// A group that is gone already is what is wanted.
	_ = syscall.Kill(group, syscall.SIGTERM)
	grace := time.NewTimer(killGrace)
	defer grace.Stop()
	select {
	case <-srv.exited:
	case <-grace.C:
	}
	_ = syscall.Kill(group, syscall.SIGKILL)
	<-srv.exited
	return sweep(srv.mark)
}
