package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Both ways of launching must yield the same sandbox.
func everyWay(t *testing.T, test func(t *testing.T, run func(*testing.T, options, ...string) outcome)) {
	t.Run("root", func(t *testing.T) { test(t, sandboxed) })
	t.Run("rootless", func(t *testing.T) { test(t, rootless) })
}

type runner = func(*testing.T, options, ...string) outcome

func TestProgramIsTheFirstProcess(t *testing.T) {
	everyWay(t, func(t *testing.T, run runner) {
		run(t, nil, "/inspect", "identity").expect(t, "pid 1 uid 0 gid 0")
	})
}

func TestRootIsTheRootfsAndNothingElse(t *testing.T) {
	everyWay(t, func(t *testing.T, run runner) {
		run(t, nil, "/inspect", "list", "/").expect(t, "bind dev inspect no-program proc tmp")
	})
}

func TestReadonlyRootRefusesWrites(t *testing.T) {
	everyWay(t, func(t *testing.T, run runner) {
		run(t, nil, "/inspect", "write", "/file").expect(t, "errno 30")
		run(t, nil, "/inspect", "write", "/dev/file").expect(t, "errno 30")
	})
}

func TestKernelSettingsCannotBeOpenedForWriting(t *testing.T) {
	everyWay(t, func(t *testing.T, run runner) {
		got := run(t, nil, "/inspect", "open-for-writing", "/proc/sys/kernel/core_pattern")
		// EROFS; the kernel looks at the owner first, who is nobody of ours in a user namespace: EACCES.
		if got.stdout != "errno 30" && got.stdout != "errno 13" {
			t.Errorf("got %q, exit %d, stderr %q", got.stdout, got.code, got.stderr)
		}
	})
}

func TestDevicesWork(t *testing.T) {
	everyWay(t, func(t *testing.T, run runner) {
		run(t, nil, "/inspect", "list", "/dev").expect(t, "fd full null random stderr stdin stdout urandom zero")
		run(t, nil, "/inspect", "write", "/dev/null").expect(t, "written")
		run(t, nil, "/inspect", "write", "/dev/full").expect(t, "errno 28")
	})
}

func TestNoCapabilityIsLeft(t *testing.T) {
	everyWay(t, func(t *testing.T, run runner) {
		status := statusOf(t, run(t, nil, "/inspect", "read", "/proc/self/status"))
		for _, set := range []string{"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"} {
			if status[set] != "0000000000000000" {
				t.Errorf("%s is %s", set, status[set])
			}
		}
	})
}

func TestListedCapabilitiesAreKeptInEverySetAcrossAChangeOfUser(t *testing.T) {
	changes := options{"capabilities": []string{"CAP_NET_BIND_SERVICE"}, "uid": 65534, "gid": 65534}
	status := statusOf(t, sandboxed(t, changes, "/inspect", "read", "/proc/self/status"))
	for _, set := range []string{"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"} {
		if status[set] != "0000000000000400" {
			t.Errorf("%s is %s", set, status[set])
		}
	}
}

func TestUserAndGroupChange(t *testing.T) {
	changes := options{"uid": 65534, "gid": 65533}
	sandboxed(t, changes, "/inspect", "identity").expect(t, "pid 1 uid 65534 gid 65533")
	if groups := statusOf(t, sandboxed(t, changes, "/inspect", "read", "/proc/self/status"))["Groups"]; groups != "" {
		t.Errorf("further groups: %s", groups)
	}
}

func TestNoNewPrivilegesIsSetOnRequest(t *testing.T) {
	everyWay(t, func(t *testing.T, run runner) {
		for _, wanted := range []bool{true, false} {
			status := statusOf(t, run(t, options{"noNewPrivileges": wanted}, "/inspect", "read", "/proc/self/status"))
			if (status["NoNewPrivs"] == "1") != wanted {
				t.Errorf("NoNewPrivs is %s, wanted %v", status["NoNewPrivs"], wanted)
			}
		}
	})
}

func TestTmpfsHasItsSize(t *testing.T) {
	everyWay(t, func(t *testing.T, run runner) {
		tmpfs := options{"mounts": []any{options{"type": "tmpfs", "destination": "/tmp", "sizeBytes": 1 << 20}}}
		run(t, tmpfs, "/inspect", "fill", "/tmp/file").expect(t, "full at 1048576")
	})
}

func TestBindMountShowsTheSource(t *testing.T) {
	everyWay(t, func(t *testing.T, run runner) {
		source := sharedDir(t)
		mount := func(readonly bool) options {
			return options{"mounts": []any{options{"type": "bind", "source": source, "destination": "/bind", "readonly": readonly}}}
		}
		run(t, mount(false), "/inspect", "write", "/bind/file").expect(t, "written")
		run(t, mount(true), "/inspect", "list", "/bind").expect(t, "file")
		run(t, mount(true), "/inspect", "write", "/bind/other").expect(t, "errno 30")
	})
}

func TestBindMountOnATmpfsGetsItsMountPoint(t *testing.T) {
	everyWay(t, func(t *testing.T, run runner) {
		source := sharedDir(t)
		if err := os.WriteFile(filepath.Join(source, "file"), nil, 0o644); err != nil {
			t.Fatal(err)
		}
		mounts := options{"mounts": []any{
			options{"type": "tmpfs", "source": "tmpfs", "destination": "/tmp"},
			options{"type": "bind", "source": source, "destination": "/tmp/below/bound", "readonly": true},
		}}
		run(t, mounts, "/inspect", "list", "/tmp/below/bound").expect(t, "file")
		run(t, mounts, "/inspect", "write", "/tmp/below/bound/file").expect(t, "errno 30")
	})
}

func TestStandardStreamsHaveTheirLinks(t *testing.T) {
	everyWay(t, func(t *testing.T, run runner) {
		run(t, nil, "/inspect", "link", "/dev/fd").expect(t, "/proc/self/fd")
		run(t, nil, "/inspect", "link", "/dev/stdout").expect(t, "/proc/self/fd/1")
	})
}

func TestLimitsAreSet(t *testing.T) {
	everyWay(t, func(t *testing.T, run runner) {
		limits := options{"rlimits": []any{options{"type": "RLIMIT_NOFILE", "soft": 100, "hard": 200}}}
		run(t, limits, "/inspect", "open-files").expect(t, "hard 200")
	})
}

func TestHostnameAndLoopback(t *testing.T) {
	everyWay(t, func(t *testing.T, run runner) {
		run(t, options{"hostname": "box"}, "/inspect", "hostname").expect(t, "box")
		run(t, options{"loopbackUp": true}, "/inspect", "loopback").expect(t, "connected")
		run(t, options{"loopbackUp": false}, "/inspect", "loopback").expect(t, "errno 101")
	})
}

func TestEnvironmentIsPassedOn(t *testing.T) {
	t.Setenv("SBX_TEST_VALUE", "kept")
	everyWay(t, func(t *testing.T, run runner) {
		run(t, nil, "/inspect", "env", "SBX_TEST_VALUE").expect(t, "kept")
	})
}

func TestEnvironmentOfTheConfigIsAllThereIs(t *testing.T) {
	t.Setenv("SBX_TEST_VALUE", "the host's")
	everyWay(t, func(t *testing.T, run runner) {
		env := options{"env": []string{"SBX_OTHER=given"}}
		run(t, env, "/inspect", "env", "SBX_OTHER").expect(t, "given")
		run(t, env, "/inspect", "env", "SBX_TEST_VALUE").expect(t, "")
		run(t, env, "/inspect", "env", "PATH").expect(t, "")
	})
}

func TestNothingIsLeftOnTheHost(t *testing.T) {
	everyWay(t, func(t *testing.T, run runner) {
		before := mounts(t)
		tmpfs := options{"mounts": []any{options{"type": "tmpfs", "destination": "/tmp"}}}
		run(t, tmpfs, "/inspect", "identity").expect(t, "pid 1 uid 0 gid 0")
		if after := mounts(t); after != before {
			t.Errorf("mounts before:\n%s\nafter:\n%s", before, after)
		}
	})
}

func TestFailures(t *testing.T) {
	cases := map[string]struct {
		changes options
		program string
		code    int
		stderr  string
	}{
		"a program that does not exist":  {nil, "/missing", 127, "sbx-launch: exec /missing: no such file"},
		"a file that is no program":      {nil, "/no-program", 126, "sbx-launch: exec /no-program: permission denied"},
		"a rootfs that does not exist":   {options{"rootfs": "/missing"}, "/inspect", 125, "sbx-launch: rootfs /missing"},
		"a mount point that is missing":  {options{"mounts": []any{options{"type": "tmpfs", "destination": "/x"}}}, "/inspect", 125, "sbx-launch: mount /x"},
		"a namespace that is missing":    {options{"netns": "/missing"}, "/inspect", 125, "sbx-launch: network namespace /missing"},
		"a limit that nobody knows":      {options{"rlimits": []any{options{"type": "RLIMIT_X"}}}, "/inspect", 125, "sbx-launch: rlimits"},
		"a filter that nobody knows":     {options{"seccomp": options{"defaultAction": "X"}}, "/inspect", 125, "sbx-launch: seccomp"},
		"a capability that nobody knows": {options{"capabilities": []string{"CAP_X"}}, "/inspect", 125, "sbx-launch: capabilities"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got := sandboxed(t, c.changes, c.program)
			if got.code != c.code || !strings.HasPrefix(got.stderr, c.stderr) || strings.Count(got.stderr, "\n") != 1 {
				t.Errorf("exit %d, stderr %q; want %d, one line %q...", got.code, got.stderr, c.code, c.stderr)
			}
		})
	}
}

func statusOf(t *testing.T, got outcome) map[string]string {
	t.Helper()
	if got.code != 0 {
		t.Fatalf("exit %d: %s", got.code, got.stderr)
	}
	fields := map[string]string{}
	for line := range strings.Lines(got.stdout) {
		name, value, _ := strings.Cut(line, ":")
		fields[name] = strings.TrimSpace(value)
	}
	return fields
}

func mounts(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		t.Fatal(err)
	}
	// Other programs may mount something meanwhile; only ours are of interest.
	var ours []string
	for line := range strings.Lines(string(text)) {
		if strings.Contains(line, workshop.rootfs) {
			ours = append(ours, line)
		}
	}
	return strings.Join(ours, "")
}

// sharedDir is writable for the plain user, too.
func sharedDir(t *testing.T) string {
	t.Helper()
	old := syscall.Umask(0)
	defer syscall.Umask(old)
	dir, err := os.MkdirTemp("", "sbx-launch-bind-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	return dir
}
