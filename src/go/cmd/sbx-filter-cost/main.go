// Command sbx-filter-cost times a harmless system call before and after a filter is loaded, and the loading.
//
//	sbx-filter-cost FILTER.bpf CALL-NUMBER...
//	sbx-filter-cost --chain N CALL-NUMBER        a filter of N instructions that the kernel cannot cache
//
// The filter is put on one thread, which makes nothing but the timed calls: whatever it denies, the program goes on. It
// prints JSON: times in ns, one a batch, as CLOCK_MONOTONIC through the vDSO has them.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

const (
	batches = 300
	calls   = 2_000
)

type result struct {
	LoadNs int64        `json:"loadNs"`
	Calls  []callResult `json:"calls"`
}

type callResult struct {
	Number     uintptr   `json:"number"`
	BareNs     []float64 `json:"bareNs"`
	FilteredNs []float64 `json:"filteredNs"`
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "sbx-filter-cost:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	program, numbers, err := parse(args)
	if err != nil {
		return err
	}
	debug.SetGCPercent(-1) // a collection would stop the filtered thread by a signal
	out := result{}
	for _, text := range numbers {
		number, err := strconv.ParseUint(text, 10, 16)
		if err != nil {
			return fmt.Errorf("%s is no number of a call", text)
		}
		out.Calls = append(out.Calls, callResult{Number: uintptr(number), BareNs: make([]float64, batches), FilteredNs: make([]float64, batches)})
	}
	var failed error
	var errno syscall.Errno
	var finished atomic.Bool
	go func() {
		runtime.LockOSThread()
		for i := range out.Calls {
			timeCalls(out.Calls[i].Number, out.Calls[i].BareNs)
		}
		if failed = unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); failed != nil {
			finished.Store(true)
			return
		}
		measure(program, &out, &errno, &finished)
	}()
	for !finished.Load() {
		time.Sleep(time.Millisecond)
	}
	if failed != nil {
		return fmt.Errorf("no_new_privs: %w", failed)
	}
	if errno != 0 {
		return fmt.Errorf("load: %w", errno)
	}
	return json.NewEncoder(os.Stdout).Encode(out)
}

// measure never returns: even to end, the thread would need calls that may be denied. Neither may it be preempted, for
// then the scheduler would call futex there: that happens where a function looks at its stack, and nosplit ones do not.
//
//go:nosplit
func measure(program []unix.SockFilter, out *result, errno *syscall.Errno, finished *atomic.Bool) {
	fprog := unix.SockFprog{Len: uint16(len(program)), Filter: &program[0]}
	begin := nanotime()
	_, _, *errno = syscall.RawSyscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, 0, uintptr(unsafe.Pointer(&fprog)))
	out.LoadNs = nanotime() - begin
	if *errno == 0 {
		for i := range out.Calls {
			timeCalls(out.Calls[i].Number, out.Calls[i].FilteredNs)
		}
	}
	finished.Store(true)
	for {
	}
}

//go:nosplit
func timeCalls(number uintptr, into []float64) {
	for i := range into {
		begin := nanotime()
		for range calls {
			syscall.RawSyscall(number, 0, 0, 0)
		}
		into[i] = float64(nanotime()-begin) / calls
	}
}

// nanotime reads the clock through the vDSO, without a look at the stack.
//
//go:linkname nanotime runtime.nanotime
func nanotime() int64

func parse(args []string) ([]unix.SockFilter, []string, error) {
	if len(args) >= 3 && args[0] == "--chain" {
		n, err := strconv.Atoi(args[1])
		if err != nil || n < 3 || n > 4096 {
			return nil, nil, fmt.Errorf("%s is not between 3 and 4096", args[1])
		}
		return chain(n), args[2:], nil
	}
	if len(args) < 2 {
		return nil, nil, errors.New("usage: sbx-filter-cost FILTER.bpf CALL-NUMBER... | --chain N CALL-NUMBER")
	}
	data, err := os.ReadFile(args[0])
	if err != nil {
		return nil, nil, err
	}
	if len(data) == 0 || len(data)%unix.SizeofSockFilter != 0 {
		return nil, nil, fmt.Errorf("%s is no filter: %d bytes", args[0], len(data))
	}
	return unsafe.Slice((*unix.SockFilter)(unsafe.Pointer(&data[0])), len(data)/unix.SizeofSockFilter), args[1:], nil
}

// chain executes all of its n instructions: it loads an argument, so that the kernel's bitmap does not apply
// (kernel/seccomp.c, seccomp_is_const_allow), and compares it with what it never is.
func chain(n int) []unix.SockFilter {
	const firstArgument = 16 // struct seccomp_data
	program := []unix.SockFilter{{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: firstArgument}}
	for i := range n - 2 {
		jump := uint8(1)
		if i == n-3 {
			jump = 0
		}
		program = append(program, unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, Jt: jump, K: uint32(0x10000 + i)})
	}
	return append(program, unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ALLOW})
}
