package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sbxbench/scenarios/internal/bench"
)

const searchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

// ownEnv is for this process and not for the command.
var ownEnv = []string{"SBX_PARAMS", "SBX_TSC", "SBX_DIR_", "SBX_TRUE", "SBX_PEER", "SBX_ROLE", "SBX_NETWORK"}

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
	workDir, err := bench.Dir("SBX_DIR_BIND")
	if err != nil {
		return nil, err
	}
	for _, dir := range []string{workDir, p.cwd} {
		if dir == "" {
			continue
		}
		if err := os.Chdir(dir); err != nil {
			return nil, fmt.Errorf("working folder: %w", err)
		}
	}
	if len(p.argv) == 0 {
		p.argv = []string{os.Getenv("SBX_TRUE")}
	}
	tempDir := filepath.Join(workDir, ".tmp")
	if err := os.MkdirAll(tempDir, 0o777); err != nil {
		return nil, fmt.Errorf("temporary folder: %w", err)
	}
	env := commandEnv(os.Environ(), workDir, tempDir, p.env)
	// LookPath reads this process's own.
	os.Setenv("PATH", last(env, "PATH"))
	path, err := exec.LookPath(p.argv[0])
	if errors.Is(err, exec.ErrDot) {
		err = nil
	}
	if err != nil {
		return nil, fmt.Errorf("the command can't be started: %w", err)
	}
	return &command{params: p, path: path, env: env}, nil
}

// commandEnv is the same in every sandbox, but for the work folder. What marks the processes of a launch stays.
// Temporary files go to a disk everywhere: /tmp is one outside and a tmpfs inside. They have a folder of their own,
// as some programs (go) treat that folder in a special way.
func commandEnv(inherited []string, workDir, tempDir string, wanted []string) []string {
	env := slices.DeleteFunc(slices.Clone(inherited), func(pair string) bool {
		return !strings.HasPrefix(pair, "SBX_") || slices.ContainsFunc(ownEnv, func(name string) bool {
			return strings.HasPrefix(pair, name)
		})
	})
	env = append(env, "PATH="+searchPath, "HOME="+workDir, "TMPDIR="+tempDir, "LC_ALL=C")
	for _, pair := range wanted {
		name, _, _ := strings.Cut(pair, "=")
		env = slices.DeleteFunc(env, func(known string) bool { return strings.HasPrefix(known, name+"=") })
		env = append(env, pair)
	}
	return env
}

func last(env []string, name string) string {
	value := ""
	for _, pair := range env {
		if text, found := strings.CutPrefix(pair, name+"="); found {
			value = text
		}
	}
	return value
}

func (c *command) expected() string { return fmt.Sprintf("exit code %d", c.expectExit) }

func (c *command) printed(stdoutBytes int64) bool {
	return c.expectStdoutBytes < 0 || stdoutBytes == int64(c.expectStdoutBytes)
}
