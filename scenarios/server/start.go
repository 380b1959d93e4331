package main

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"syscall"
	"time"

	"sbxbench/scenarios/internal/bench"
	"sbxbench/scenarios/internal/hosted"
)

// server is under way. ended has one value once it is not.
type server struct {
	ended  chan syscall.WaitStatus
	stop   func()
	stdout output
	stderr output
}

// output keeps both ends of what a program writes.
type output struct {
	lock sync.Mutex
	kept hosted.Kept
}

func (o *output) Write(piece []byte) (int, error) {
	o.lock.Lock()
	defer o.lock.Unlock()
	o.kept.Add(piece)
	return len(piece), nil
}

func (o *output) text() []byte {
	o.lock.Lock()
	defer o.lock.Unlock()
	return o.kept.Text()
}

// said is what it wrote to standard error, or to standard output where it wrote nothing there.
func (s *server) said() []byte {
	if text := s.stderr.text(); len(bytes.TrimSpace(text)) > 0 {
		return text
	}
	return s.stdout.text()
}

// What a process that outlived the server may keep its output open for.
const drainLimit = 500 * time.Millisecond

// params are the scenario's, as scenario.ts describes them.
type params struct {
	argv, env []string
	cwd       string
	port      int
}

func readParams(b *bench.Bench) params {
	return params{argv: b.Texts("argv"), env: b.Texts("env"), cwd: b.Text("cwd"), port: b.Int("port")}
}

// start runs argv; without one, a server of its own that answers every request with 1 KiB.
func start(p params) (*server, error) {
	if len(p.argv) == 0 {
		return startOwn(p.port)
	}
	path, env, err := hosted.Prepare(p.argv[0], p.cwd, append(p.env, "PORT="+strconv.Itoa(p.port)))
	if err != nil {
		return nil, err
	}
	s := &server{ended: make(chan syscall.WaitStatus, 1)}
	command := &exec.Cmd{
		Path: path, Args: p.argv, Env: env, Stdout: &s.stdout, Stderr: &s.stderr,
		SysProcAttr: &syscall.SysProcAttr{Setpgid: true},
		WaitDelay:   drainLimit,
	}
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("the server can't be started: %w", err)
	}
	s.stop = func() { hosted.KillGroup(command.Process.Pid) }
	go func() {
		_ = command.Wait()
		s.ended <- command.ProcessState.Sys().(syscall.WaitStatus)
	}()
	return s, nil
}

const bodyBytes = 1 << 10

func startOwn(port int) (*server, error) {
	listener, err := net.Listen("tcp4", fmt.Sprintf(":%d", port))
	if err != nil {
		return nil, err
	}
	body := make([]byte, bodyBytes)
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	protocols.SetUnencryptedHTTP2(true)
	own := &http.Server{Protocols: protocols, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(body)
	})}
	go func() {
		if err := own.Serve(listener); err != http.ErrServerClosed {
			fmt.Fprintln(os.Stderr, err)
		}
	}()
	return &server{ended: make(chan syscall.WaitStatus), stop: func() { _ = own.Close() }}, nil
}
