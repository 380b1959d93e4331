package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Where the programs under test and the rootfs are; made once for all tests.
var workshop struct {
	launcher string
	rootfs   string
}

func TestMain(m *testing.M) {
	code, err := runTests(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(code)
}

func runTests(m *testing.M) (int, error) {
	dir, err := os.MkdirTemp("", "sbx-launch-test-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	// The tests as a plain user read it, too.
	if err := os.Chmod(dir, 0o755); err != nil {
		return 0, err
	}
	workshop.launcher = filepath.Join(dir, "sbx-launch")
	workshop.rootfs = filepath.Join(dir, "rootfs")
	for _, folder := range []string{"proc", "dev", "tmp", "bind"} {
		if err := os.MkdirAll(filepath.Join(workshop.rootfs, folder), 0o755); err != nil {
			return 0, err
		}
	}
	err = errors.Join(
		build("1", workshop.launcher, ".", "-tags", "netgo,osusergo", "-ldflags", `-linkmode external -extldflags "-static"`),
		build("0", filepath.Join(workshop.rootfs, "inspect"), "./testdata/inspect"),
		os.WriteFile(filepath.Join(workshop.rootfs, "no-program"), []byte("text"), 0o644),
	)
	if err != nil {
		return 0, err
	}
	return m.Run(), nil
}

func build(cgo, output, pkg string, flags ...string) error {
	command := exec.Command("go", append(append([]string{"build", "-o", output}, flags...), pkg)...)
	command.Env = append(os.Environ(), "CGO_ENABLED="+cgo)
	if text, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("build %s: %w\n%s", pkg, err, text)
	}
	return nil
}

// options are the keys of the configuration that a test changes.
type options map[string]any

type outcome struct {
	stdout, stderr string
	code           int
}

// sandboxed runs PROGRAM [ARG...] as root in a sandbox without a network.
func sandboxed(t *testing.T, changes options, program ...string) outcome {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("needs root: namespaces without a user namespace")
	}
	return launch(t, []string{"unshare", "--net"}, changes, program)
}

// rootless does the same as a plain user, in a user namespace.
func rootless(t *testing.T, changes options, program ...string) outcome {
	t.Helper()
	prefix := []string{"unshare", "--user", "--map-root-user", "--net"}
	if os.Getuid() == 0 {
		prefix = append([]string{"setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"}, prefix...)
	}
	if text, err := exec.Command(prefix[0], append(prefix[1:], "true")...).CombinedOutput(); err != nil {
		t.Skipf("this kernel makes no user namespace for a plain user: %v: %s", err, text)
	}
	return launch(t, prefix, changes, program)
}

func launch(t *testing.T, unshare []string, changes options, program []string) outcome {
	t.Helper()
	config := options{
		"rootfs": workshop.rootfs, "readonlyRoot": true, "noNewPrivileges": true, "capabilities": []string{},
		"seccomp": nil, "mounts": []any{},
	}
	for key, value := range changes {
		config[key] = value
	}
	text, err := json.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(filepath.Dir(workshop.rootfs), strings.ReplaceAll(t.Name(), "/", "-")+".json")
	if err := os.WriteFile(file, text, 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	argv := append(unshare, "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--ipc", "--uts", workshop.launcher, file, "--")
	argv = append(argv, program...)
	command := exec.CommandContext(ctx, argv[0], argv[1:]...)
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	err = command.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return outcome{strings.TrimSuffix(stdout.String(), "\n"), stderr.String(), exitCode(command.ProcessState)}
}

// exitCode is 128 + the number of the signal where one ended the process; unshare
// takes the signal over from the program.
func exitCode(state *os.ProcessState) int {
	if status, ok := state.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal())
	}
	return state.ExitCode()
}

func (o outcome) expect(t *testing.T, stdout string) {
	t.Helper()
	if o.stdout != stdout || o.code != 0 {
		t.Errorf("got %q, exit %d, stderr %q; want %q", o.stdout, o.code, o.stderr, stdout)
	}
}
