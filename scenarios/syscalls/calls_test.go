package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// disassembly is the machine code of one function, in hexadecimal. (`go test` strips its own binary.)
func disassembly(t *testing.T, function string) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "syscalls")
	run(t, "go", "build", "-o", binary, ".")
	out := run(t, "go", "tool", "objdump", "-s", "^main."+function+`(\.abi0)?$`, binary)
	code := regexp.MustCompile(`0x[0-9a-f]+\t+([0-9a-f]+)`).FindAllStringSubmatch(out, -1)
	var bytes strings.Builder
	for _, instruction := range code {
		bytes.WriteString(instruction[1])
	}
	return bytes.String()
}

func run(t *testing.T, command ...string) string {
	t.Helper()
	out, err := exec.Command(command[0], command[1:]...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %v: %s", command, err, out)
	}
	return string(out)
}

const movGetpidThenSyscall = "b827000000" + "0f05"

func TestPatchableGetpidHasTheBytesThatSystrapPatches(t *testing.T) {
	if code := disassembly(t, "patchableGetpid"); !strings.Contains(code, movGetpidThenSyscall) {
		t.Fatalf("no %s in %s", movGetpidThenSyscall, code)
	}
}

func TestRepeatedCallCannotBePatched(t *testing.T) {
	code := disassembly(t, "repeatCall")
	if !strings.Contains(code, "0f05") || regexp.MustCompile(`b8.{8}0f05`).MatchString(code) {
		t.Fatalf("unexpected code %s", code)
	}
}

func TestRepeatedCallStopsAtAnUnexpectedResult(t *testing.T) {
	if got := repeatCall(3, unix.SYS_GETPID, 0, 0, 0, 0, uintptr(os.Getpid())); got != uintptr(os.Getpid()) {
		t.Fatalf("getpid = %d", got)
	}
	badDescriptor := ^uintptr(0)
	if got := repeatCall(1000, unix.SYS_READ, badDescriptor, 0, 0, 0, 1); int(got) != -int(unix.EBADF) {
		t.Fatalf("read of no file = %d", int(got))
	}
}
