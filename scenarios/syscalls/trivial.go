package main

import (
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"sbxbench/scenarios/internal/bench"
)

func patchedGetpid() int

// getpidGo goes through internal/runtime/syscall.Syscall6, as all system calls of the standard library do.
func getpidGo() (bench.Op, error) {
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
	return bench.Op{Run: func(n int) {
		for range n {
			patchedGetpid()
		}
	}}, nil
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
	ts := new(unix.Timespec)
	return bench.Op{Run: func(n int) {
		for range n {
			_, _, errno := syscall.RawSyscall(unix.SYS_CLOCK_GETTIME, unix.CLOCK_MONOTONIC, uintptr(unsafe.Pointer(ts)), 0)
			bench.MustErrno("clock_gettime", errno)
		}
	}}, nil
}

func schedYield() (bench.Op, error) {
	return bench.Op{Run: func(n int) {
		for range n {
			_, _, errno := syscall.RawSyscall(unix.SYS_SCHED_YIELD, 0, 0, 0)
			bench.MustErrno("sched_yield", errno)
		}
	}}, nil
}
