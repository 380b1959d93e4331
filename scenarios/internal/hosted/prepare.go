// Package hosted starts programs of the host inside a sandbox, in the same surroundings in each.
package hosted

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"sbxbench/scenarios/internal/bench"
)

const searchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

// ownEnv is for the scenario's process and not for the command.
var ownEnv = []string{"SBX_PARAMS", "SBX_TSC", "SBX_DIR_", "SBX_TRUE", "SBX_PEER", "SBX_ROLE", "SBX_NETWORK"}

// Prepare goes to the folder where a program of this name is to start (empty: the work folder), finds it, and makes
// its environment.
func Prepare(name, cwd string, wanted []string) (path string, env []string, err error) {
	workDir, err := bench.Dir("SBX_DIR_BIND")
	if err != nil {
		return "", nil, err
	}
	for _, dir := range []string{workDir, cwd} {
		if dir == "" {
			continue
		}
		if err := os.Chdir(dir); err != nil {
			return "", nil, fmt.Errorf("working folder: %w", err)
		}
	}
	tempDir := filepath.Join(workDir, ".tmp")
	if err := os.MkdirAll(tempDir, 0o777); err != nil {
		return "", nil, fmt.Errorf("temporary folder: %w", err)
	}
	env = environment(os.Environ(), workDir, tempDir, wanted)
	// LookPath reads this process's own.
	os.Setenv("PATH", last(env, "PATH"))
	path, err = exec.LookPath(name)
	if errors.Is(err, exec.ErrDot) {
		err = nil
	}
	if err != nil {
		return "", nil, fmt.Errorf("the command can't be started: %w", err)
	}
	return path, env, nil
}

// environment is the same in every sandbox, but for the work folder. What marks the processes of a launch stays.
// Temporary files go to a disk everywhere: /tmp is one outside and a tmpfs inside. They have a folder of their own,
// as some programs (go) treat that folder in a special way.
func environment(inherited []string, workDir, tempDir string, wanted []string) []string {
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
