// Command sbx-launch finishes the sandbox that unshare(1) began and becomes
// the program that runs in it.
//
//	unshare --mount --pid --fork --kill-child --mount-proc --ipc --uts [--net] \
//	    [--user --map-root-user] sbx-launch CONFIG.json -- PROGRAM [ARG...]
//
//	sbx-launch --bpf CONFIG.json FILE
//
// The second form writes the filter of CONFIG.json to FILE as a BPF program.
//
// CONFIG.json is described by package config. PROGRAM is a path within the
// sandbox; its environment is the one in CONFIG.json. A failure is one line on
// stderr and exit code 125; 126 means that PROGRAM cannot be executed, 127
// that it does not exist. With SBX_LAUNCH_DEBUG=1 it names the system calls of
// the seccomp profile that libseccomp does not know.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"

	"sbxbench/launcher/internal/config"
	"sbxbench/launcher/internal/filter"
	"sbxbench/launcher/internal/jail"
)

const (
	exitFailed        = 125
	exitNotExecutable = 126
	exitNotFound      = 127
)

// Locked in init, main runs on the process's first thread: the one that
// carries the parent-death signal, and that capabilities, namespaces and the
// filter are set on before it execs.
func init() {
	runtime.LockOSThread()
}

func main() {
	code, err := run(os.Args[1:])
	fmt.Fprintf(os.Stderr, "sbx-launch: %v\n", err)
	os.Exit(code)
}

// run returns only if something failed.
func run(args []string) (int, error) {
	if len(args) == 3 && args[0] == "--bpf" {
		if err := writeFilter(args[1], args[2]); err != nil {
			return exitFailed, err
		}
		os.Exit(0)
	}
	if len(args) < 3 || args[1] != "--" {
		return exitFailed, errors.New("usage: sbx-launch CONFIG.json -- PROGRAM [ARG...]")
	}
	program := args[2:]
	cfg, err := config.Load(args[0])
	if err != nil {
		return exitFailed, fmt.Errorf("config: %w", err)
	}
	if err := enter(cfg); err != nil {
		return exitFailed, err
	}
	env := cfg.Env
	if env == nil {
		env = syscall.Environ()
	}
	err = syscall.Exec(program[0], program, env)
	code := exitNotExecutable
	if errors.Is(err, syscall.ENOENT) {
		code = exitNotFound
	}
	return code, fmt.Errorf("exec %s: %w", program[0], err)
}

// writeFilter is for sandboxes that take a finished program: struct sock_filter
// after struct sock_filter, as seccomp(2) has them in memory.
func writeFilter(configFile, bpfFile string) error {
	cfg, err := config.Load(configFile)
	if err != nil {
		return fmt.Errorf("config: %w", err)
	}
	compiled, err := compile(cfg)
	if err != nil {
		return fmt.Errorf("seccomp: %w", err)
	}
	if compiled == nil {
		return errors.New("seccomp: the configuration has no filter")
	}
	return os.WriteFile(bpfFile, compiled.Program(), 0o644)
}

func enter(cfg *config.Config) error {
	keep, err := jail.CapabilitySet(cfg.Capabilities)
	if err != nil {
		return fmt.Errorf("capabilities: %w", err)
	}
	compiled, err := compile(cfg)
	if err != nil {
		return fmt.Errorf("seccomp: %w", err)
	}
	if cfg.Netns != nil {
		if err := jail.JoinNetwork(*cfg.Netns); err != nil {
			return err
		}
	}
	if cfg.LoopbackUp {
		if err := jail.LoopbackUp(); err != nil {
			return err
		}
	}
	if err := jail.Mounts(cfg); err != nil {
		return err
	}
	if cfg.Hostname != "" {
		if err := unix.Sethostname([]byte(cfg.Hostname)); err != nil {
			return fmt.Errorf("hostname %s: %w", cfg.Hostname, err)
		}
	}
	if err := jail.Limits(cfg.Rlimits); err != nil {
		return fmt.Errorf("rlimits: %w", err)
	}
	if err := unix.Chdir(cfg.Cwd); err != nil {
		return fmt.Errorf("cwd %s: %w", cfg.Cwd, err)
	}
	// No file of the harness passes into the sandbox.
	if err := unix.CloseRange(3, 1<<31-1, unix.CLOSE_RANGE_CLOEXEC); err != nil {
		return fmt.Errorf("close files (needs Linux 5.11): %w", err)
	}
	return confine(cfg, keep, compiled)
}

// confine drops what the steps before needed. The filter comes last, so that
// it has to allow only execve; without no_new_privs loading it takes
// CAP_SYS_ADMIN, so it comes first (seccomp(2)).
func confine(cfg *config.Config, keep uint64, compiled *filter.Filter) error {
	if compiled != nil && !cfg.NoNewPrivileges {
		if err := compiled.Load(); err != nil {
			return fmt.Errorf("seccomp: load: %w", err)
		}
	}
	if err := jail.DropPrivileges(keep, cfg.UID, cfg.GID); err != nil {
		return err
	}
	if !cfg.NoNewPrivileges {
		return nil
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("no_new_privs: %w", err)
	}
	if compiled == nil {
		return nil
	}
	if err := compiled.Load(); err != nil {
		return fmt.Errorf("seccomp: load: %w", err)
	}
	return nil
}

func compile(cfg *config.Config) (*filter.Filter, error) {
	if cfg.Seccomp == nil {
		return nil, nil
	}
	compiled, err := filter.Compile(cfg.Seccomp, cfg.SeccompOptimize)
	if err != nil {
		return nil, err
	}
	if len(compiled.Skipped) > 0 && os.Getenv("SBX_LAUNCH_DEBUG") == "1" {
		fmt.Fprintf(os.Stderr, "sbx-launch: seccomp: not known here, skipped: %s\n", strings.Join(compiled.Skipped, " "))
	}
	return compiled, nil
}
