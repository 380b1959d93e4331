package main

import (
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// denying allows everything but ptrace.
func denying(action options) options {
	entry := options{"names": []string{"ptrace", "no_such_call"}}
	for key, value := range action {
		entry[key] = value
	}
	return options{"defaultAction": "SCMP_ACT_ALLOW", "architectures": []string{"SCMP_ARCH_X86_64"}, "syscalls": []any{entry}}
}

var ptrace = strconv.Itoa(syscall.SYS_PTRACE)

func TestFilterIsLoaded(t *testing.T) {
	everyWay(t, func(t *testing.T, run runner) {
		changes := options{"seccomp": denying(options{"action": "SCMP_ACT_ERRNO"})}
		status := statusOf(t, run(t, changes, "/inspect", "read", "/proc/self/status"))
		if status["Seccomp"] != "2" || status["Seccomp_filters"] != "1" {
			t.Errorf("Seccomp %s, filters %s", status["Seccomp"], status["Seccomp_filters"])
		}
	})
}

func TestFilterDeniesWithItsErrno(t *testing.T) {
	everyWay(t, func(t *testing.T, run runner) {
		for _, optimize := range []string{"plain", "binary-tree"} {
			eperm := options{"seccomp": denying(options{"action": "SCMP_ACT_ERRNO"}), "seccompOptimize": optimize}
			run(t, eperm, "/inspect", "syscall", ptrace).expect(t, "errno 1")
			enosys := options{"seccomp": denying(options{"action": "SCMP_ACT_ERRNO", "errnoRet": 38}), "seccompOptimize": optimize}
			run(t, enosys, "/inspect", "syscall", ptrace).expect(t, "errno 38")
		}
	})
}

func TestFilterLooksAtArguments(t *testing.T) {
	everyWay(t, func(t *testing.T, run runner) {
		first := func(value int) []any { return []any{options{"index": 0, "value": value, "op": "SCMP_CMP_EQ"}} }
		hit := options{"seccomp": denying(options{"action": "SCMP_ACT_ERRNO", "errnoRet": 38, "args": first(0)})}
		run(t, hit, "/inspect", "syscall", ptrace).expect(t, "errno 38")
		miss := options{"seccomp": denying(options{"action": "SCMP_ACT_ERRNO", "errnoRet": 38, "args": first(7)})}
		run(t, miss, "/inspect", "syscall", ptrace).expect(t, "errno 0")
	})
}

func TestFilterKills(t *testing.T) {
	got := sandboxed(t, options{"seccomp": denying(options{"action": "SCMP_ACT_KILL_PROCESS"})}, "/inspect", "syscall", ptrace)
	if got.code == 0 || got.stdout != "" {
		t.Errorf("exit %d, stdout %q: the program went on", got.code, got.stdout)
	}
}

func TestFilterIsLoadedWithoutNoNewPrivilegesToo(t *testing.T) {
	everyWay(t, func(t *testing.T, run runner) {
		changes := options{"seccomp": denying(options{"action": "SCMP_ACT_ERRNO"}), "noNewPrivileges": false}
		run(t, changes, "/inspect", "syscall", ptrace).expect(t, "errno 1")
	})
}

// An allow-list of execve only lets the launcher through, and nothing behind it.
func TestLauncherNeedsOnlyExecve(t *testing.T) {
	filter := options{"defaultAction": "SCMP_ACT_KILL_PROCESS", "syscalls": []any{options{"names": []string{"execve"}, "action": "SCMP_ACT_ALLOW"}}}
	for range 20 {
		got := sandboxed(t, options{"seccomp": filter}, "/missing")
		// The failed exec has to be reported, and writing is what kills.
		if got.code != 128+int(syscall.SIGSYS) {
			t.Fatalf("exit %d, stderr %q", got.code, got.stderr)
		}
		got = sandboxed(t, options{"seccomp": filter}, "/inspect")
		if got.code != 128+int(syscall.SIGSYS) {
			t.Fatalf("exit %d, stderr %q", got.code, got.stderr)
		}
	}
}

func TestUnknownNamesAreReportedOnlyOnRequest(t *testing.T) {
	changes := options{"seccomp": denying(options{"action": "SCMP_ACT_ERRNO"})}
	if got := sandboxed(t, changes, "/inspect", "identity"); got.stderr != "" {
		t.Errorf("stderr %q", got.stderr)
	}
	t.Setenv("SBX_LAUNCH_DEBUG", "1")
	if got := sandboxed(t, changes, "/inspect", "identity"); !strings.Contains(got.stderr, "no_such_call") {
		t.Errorf("stderr %q", got.stderr)
	}
}
