package main

import (
	"bytes"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"sbxbench/scenarios/internal/bench"
	"sbxbench/scenarios/internal/hosted"
)

// repetition is one run of the command from fork to wait.
type repetition struct {
	usage
	ticks    int64
	status   syscall.WaitStatus
	timedOut time.Duration
	// What it wrote to standard error, or to standard output where it wrote nothing there: both ends.
	said      []byte
	wasPaused bool
}

// What a background process that outlived its command may keep the output open for.
const drainLimit = time.Second

// run starts the command in a process group of its own, reads what it prints, and ends whatever is left of it.
func (c *command) run(clock *bench.Clock) (repetition, error) {
	stdin, err := os.Open(c.stdinFile())
	if err != nil {
		return repetition{}, fmt.Errorf("standard input: %w", err)
	}
	defer stdin.Close()
	stdout, err := newDrain()
	if err != nil {
		return repetition{}, err
	}
	defer stdout.close()
	stderr, err := newDrain()
	if err != nil {
		return repetition{}, err
	}
	defer stderr.close()

	r := repetition{usage: usage{ownMaxRssKiB: ownMaxRssKiB()}}
	attr := &syscall.ProcAttr{
		Env:   c.env,
		Files: []uintptr{stdin.Fd(), stdout.writer(), stderr.writer()},
		Sys:   &syscall.SysProcAttr{Setpgid: true},
	}
	start := time.Now()
	began := clock.Now()
	pid, err := syscall.ForkExec(c.path, c.argv, attr)
	if err != nil {
		return repetition{}, unstartable(c.path, err)
	}
	var timedOut atomic.Bool
	limit := time.AfterFunc(c.timeout, func() {
		timedOut.Store(true)
		hosted.KillGroup(pid)
	})
	stdout.start()
	stderr.start()
	pause := c.pause(pid)
	err = wait(pid, &r.status, &r.rusage)
	r.ticks = clock.Now() - began
	r.wall = time.Since(start)
	limit.Stop()
	r.wasPaused = pause()
	// Children that it did not wait for would disturb the next repetition.
	hosted.KillGroup(pid)
	if err != nil {
		return repetition{}, err
	}
	if timedOut.Load() {
		r.timedOut = c.timeout
	}
	if !stdout.ended(drainLimit) || !stderr.ended(drainLimit) {
		return repetition{}, fmt.Errorf("the command has ended (%s), but something that it started holds its output open", r.outcome())
	}
	r.stdoutBytes, r.said = stdout.Bytes, stderr.Text()
	if len(bytes.TrimSpace(r.said)) == 0 {
		r.said = stdout.Text()
	}
	return r, nil
}

// pause stops the process group for a while. What it returns says whether that happened.
func (c *command) pause(pid int) func() bool {
	if c.pauseAfter == 0 {
		return func() bool { return false }
	}
	// Taken by whoever comes first: the pause, or the command's end.
	var turn sync.Mutex
	happened := false
	timer := time.AfterFunc(c.pauseAfter, func() {
		turn.Lock()
		defer turn.Unlock()
		if syscall.Kill(-pid, syscall.SIGSTOP) != nil {
			return
		}
		happened = true
		c.paused()
		_ = syscall.Kill(-pid, syscall.SIGCONT)
	})
	return func() bool {
		timer.Stop()
		turn.Lock()
		defer turn.Unlock()
		return happened
	}
}

func (c *command) stdinFile() string {
	if c.stdin == "" {
		return os.DevNull
	}
	return c.stdin
}

func wait(pid int, status *syscall.WaitStatus, rusage *syscall.Rusage) error {
	for {
		_, err := syscall.Wait4(pid, status, 0, rusage)
		if err != syscall.EINTR {
			return err
		}
	}
}

// outcome is how it ended, in the words of the check.
func (r *repetition) outcome() string {
	if r.timedOut > 0 {
		return fmt.Sprintf("no end within %v", r.timedOut)
	}
	return hosted.Outcome(r.status)
}
