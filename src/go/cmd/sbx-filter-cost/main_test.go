package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

func TestMain(m *testing.M) {
	if os.Getenv("SBX_FILTER_COST") == "1" {
		main()
		return
	}
	os.Exit(m.Run())
}

func cost(t *testing.T, args ...string) string {
	t.Helper()
	command := exec.Command("/proc/self/exe", args...)
	command.Env = []string{"SBX_FILTER_COST=1", "GODEBUG=asyncpreemptoff=1"}
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%.300s", err, out)
	}
	return string(out)
}

func TestAChainOfComparisonsIsTimed(t *testing.T) {
	if out := cost(t, "--chain", "100", "110"); !strings.Contains(out, `"number":110`) {
		t.Errorf("%s", out)
	}
}

// The scheduler's own calls on the filtered thread would be the first to fail.
func TestAFilterThatDeniesAllButTheTimedCallIsTimedToItsEnd(t *testing.T) {
	program := []unix.SockFilter{
		{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: 0},
		{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, Jt: 1, K: unix.SYS_GETPPID},
		{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_KILL_PROCESS},
		{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ALLOW},
	}
	file := filepath.Join(t.TempDir(), "narrow.bpf")
	bytes := unsafe.Slice((*byte)(unsafe.Pointer(&program[0])), len(program)*unix.SizeofSockFilter)
	if err := os.WriteFile(file, bytes, 0o600); err != nil {
		t.Fatal(err)
	}
	for range 10 {
		if out := cost(t, file, "110"); !strings.Contains(out, `"filteredNs"`) {
			t.Errorf("%s", out)
		}
	}
}

func TestTheChainEndsInAllow(t *testing.T) {
	program := chain(50)
	if len(program) != 50 || program[49].K != unix.SECCOMP_RET_ALLOW {
		t.Errorf("%d instructions, the last %+v", len(program), program[len(program)-1])
	}
	for i, in := range program[1:49] {
		if at := i + 2 + int(in.Jt); at > 49 {
			t.Errorf("instruction %d jumps to %d", i+1, at)
		}
	}
}
