package main

import (
	"runtime"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"sbxbench/scenarios/internal/bench"
)

// getpidTrap is the trap alone, in the byte form that Go uses and that systrap can't patch.
func getpidTrap() (bench.Op, error) {
	return bench.Op{Run: call{name: "getpid", number: unix.SYS_GETPID, expected: uintptr(unix.Getpid())}.repeat}, nil
}

// getpidRaw goes through internal/runtime/syscall.Syscall6, as all system calls of the standard library do.
// Its three returns after the trap are mispredicted where the kernel clears the return stack on its way out,
// which is why it costs more than the trap.
func getpidRaw() (bench.Op, error) {
	return bench.Op{Run: func(n int) {
		for range n {
			syscall.RawSyscall(unix.SYS_GETPID, 0, 0, 0)
		}
	}}, nil
}

// getpidScheduled adds what ordinary Go code pays around each call: entersyscall and exitsyscall.
func getpidScheduled() (bench.Op, error) {
	return bench.Op{Run: func(n int) {
		for range n {
			syscall.Syscall(unix.SYS_GETPID, 0, 0, 0)
		}
	}}, nil
}

func getpidPatchable() (bench.Op, error) {
	return bench.Op{Run: patchableGetpid}, nil
}

// clockVDSO reads CLOCK_MONOTONIC as the Go runtime does: through the vDSO.
func clockVDSO() bench.Op {
	base := time.Now()
	var last time.Duration
	return bench.Op{Run: func(n int) {
		for range n {
			last = time.Since(base)
		}
	}, Close: func() { _ = last }}
}

func clockSyscall() (bench.Op, error) {
	result := new(unix.Timespec)
	c := call{name: "clock_gettime", number: unix.SYS_CLOCK_GETTIME, a1: unix.CLOCK_MONOTONIC, a2: uintptr(unsafe.Pointer(result))}
	return bench.Op{Run: c.repeat, Close: func() { runtime.KeepAlive(result) }}, nil
}

func schedYield() (bench.Op, error) {
	return bench.Op{Run: call{name: "sched_yield", number: unix.SYS_SCHED_YIELD}.repeat}, nil
}
