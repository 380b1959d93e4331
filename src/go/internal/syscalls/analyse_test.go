package syscalls

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/sys/unix"

	"sbxbench/launcher/internal/image"
)

// build compiles a program of its own module and analyses it.
func build(t *testing.T, source string, flags ...string) Report {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module p\n\ngo 1.26\n")
	write("main.go", source)
	binary := filepath.Join(dir, "p.bin")
	command := exec.Command("go", slices.Concat([]string{"build", "-buildvcs=false", "-o", binary}, flags)...)
	command.Dir = dir
	command.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=", "GOWORK=off")
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	im, err := image.Open(binary)
	if err != nil {
		t.Fatal(err)
	}
	return Analyse(im, func(int, int) {})
}

func sitesOf(r Report, number uint32) []CallSite {
	for _, call := range r.Calls {
		if call.Number == number {
			return call.Sites
		}
	}
	return nil
}

const empty = "package main\nfunc main() {}\n"

func TestAnEmptyProgramNeedsTheRuntimesCallsAndNoOthers(t *testing.T) {
	r := build(t, empty)
	for _, number := range []uint32{unix.SYS_FUTEX, unix.SYS_MMAP, unix.SYS_CLONE, unix.SYS_EXIT_GROUP, unix.SYS_RT_SIGRETURN, unix.SYS_TGKILL} {
		if sitesOf(r, number) == nil {
			t.Errorf("call %d is missing", number)
		}
	}
	for _, number := range []uint32{unix.SYS_SOCKET, unix.SYS_PTRACE, unix.SYS_EXECVE, unix.SYS_TIMER_CREATE} {
		if sitesOf(r, number) != nil {
			t.Errorf("call %d is in: %v", number, sitesOf(r, number))
		}
	}
	if len(r.Unresolved) > 0 {
		t.Errorf("unresolved: %v", r.Unresolved)
	}
}

func TestStrippingAndPositionIndependenceChangeNothing(t *testing.T) {
	numbers := func(r Report) (list []uint32) {
		for _, call := range r.Calls {
			list = append(list, call.Number)
		}
		return list
	}
	want := numbers(build(t, empty))
	for _, flags := range [][]string{{"-ldflags", "-s -w"}, {"-buildmode=pie"}, {"-buildmode=pie", "-ldflags", "-s -w"}} {
		if got := numbers(build(t, empty, flags...)); !slices.Equal(got, want) {
			t.Errorf("%v: %v, want %v", flags, got, want)
		}
	}
}

func TestCallsBehindAnInterfaceAnErrorPathAndASignalAreFound(t *testing.T) {
	r := build(t, `package main

import ("os"; "os/signal"; "syscall")

type caller interface{ call() }
type swaps struct{}

func (swaps) call() { syscall.Syscall(syscall.SYS_SWAPOFF, 0, 0, 0) }

var callers = map[string]caller{"a": swaps{}}

func main() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGUSR1)
	go func() { <-c; syscall.Sync() }()
	if c := callers[os.Args[0]]; c != nil { c.call() }
	if _, err := os.Open("/no/such"); err == nil { syscall.Reboot(1) }
}
`)
	for _, number := range []uint32{unix.SYS_SWAPOFF, unix.SYS_SYNC, unix.SYS_REBOOT} {
		if sitesOf(r, number) == nil {
			t.Errorf("call %d is missing", number)
		}
	}
}

func TestAComputedNumberIsReportedWithItsFunction(t *testing.T) {
	r := build(t, `package main

import ("os"; "syscall")

//go:noinline
func computed(n uintptr) { syscall.Syscall(n, 0, 0, 0) }

func main() { computed(uintptr(len(os.Args)) + 100) }
`)
	if len(r.Unresolved) != 1 || r.Unresolved[0].Function != "main.main" {
		t.Errorf("unresolved: %+v, want one in main.main, which computes it", r.Unresolved)
	}
}

func TestANumberIsFollowedThroughTheProgramsOwnWrappers(t *testing.T) {
	r := build(t, `package main

import ("os"; "syscall")

//go:noinline
func inner(n, a uintptr) uintptr { r, _, _ := syscall.RawSyscall(n, a, 0, 0); return r }

//go:noinline
func outer(a, n uintptr) uintptr { return inner(n, a) + 1 }

func main() {
	number := uintptr(syscall.SYS_GETPRIORITY)
	if len(os.Args) > 5 { number = syscall.SYS_PERSONALITY }
	outer(0, number)
}
`)
	for _, number := range []uint32{unix.SYS_GETPRIORITY, unix.SYS_PERSONALITY} {
		if sites := sitesOf(r, number); len(sites) != 1 || sites[0].Function != "main.main" || sites[0].Via != "main.outer" {
			t.Errorf("call %d: %+v, want main.main via main.outer", number, sites)
		}
	}
	if len(r.Unresolved) > 0 {
		t.Errorf("unresolved: %v", r.Unresolved)
	}
}

func TestAWrapperThatIsAFunctionValueIsReported(t *testing.T) {
	r := build(t, `package main

import ("os"; "syscall")

//go:noinline
func direct(n uintptr) { syscall.RawSyscall(n, 0, 0, 0) }

var chosen = direct

func main() {
	if len(os.Args) > 3 { chosen = func(uintptr) {} }
	chosen(uintptr(len(os.Args)))
}
`)
	if !slices.ContainsFunc(r.Unresolved, func(u Unresolved) bool { return u.Function == "main.direct" }) {
		t.Errorf("unresolved: %+v, want main.direct", r.Unresolved)
	}
}

func TestThePathLeadsFromMain(t *testing.T) {
	r := build(t, `package main

import "syscall"

//go:noinline
func deep() { syscall.Sync() }

//go:noinline
func middle() { deep() }

func main() { middle() }
`)
	sites := sitesOf(r, unix.SYS_SYNC)
	if len(sites) == 0 || sites[0].Root != "main" || !slices.Equal(sites[0].Path[:3], []string{"main.main", "main.middle", "main.deep"}) {
		t.Errorf("%+v", sites)
	}
}
