package main

import (
	"fmt"
	"os"
	"time"

	"sbxbench/scenarios/internal/bench"
	"sbxbench/scenarios/internal/hosted"
)

// params are the scenario's, as scenario.ts describes them.
type params struct {
	argv, env         []string
	cwd, stdin        string
	timeout           time.Duration
	expectExit        int
	expectStdoutBytes int
}

func readParams(b *bench.Bench) params {
	return params{
		argv: b.Texts("argv"), env: b.Texts("env"), cwd: b.Text("cwd"), stdin: b.Text("stdin"),
		timeout:    time.Duration(b.Int("timeoutMs")) * time.Millisecond,
		expectExit: b.Int("expectExit"), expectStdoutBytes: b.Int("expectStdoutBytes"),
	}
}

// command is ready to be run: found, and in its folder.
type command struct {
	params
	path string
	env  []string
	// Where set, the command is stopped after that time until paused returns.
	pauseAfter time.Duration
	paused     func()
}

func newCommand(p params) (*command, error) {
	if len(p.argv) == 0 {
		p.argv = []string{os.Getenv("SBX_TRUE")}
	}
	path, env, err := hosted.Prepare(p.argv[0], p.cwd, p.env)
	if err != nil {
		return nil, err
	}
	return &command{params: p, path: path, env: env}, nil
}

func (c *command) expected() string { return fmt.Sprintf("exit code %d", c.expectExit) }

func (c *command) printed(stdoutBytes int64) bool {
	return c.expectStdoutBytes < 0 || stdoutBytes == int64(c.expectStdoutBytes)
}
