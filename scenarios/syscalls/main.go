// Command syscalls times system calls and what is built of few of them.
//
// Calls that never block are made raw, without telling the Go scheduler, so that they can be compared with a
// C program; calls that may block are made as ordinary Go code makes them.
package main

import "sbxbench/scenarios/internal/bench"

func main() {
	b := bench.Start("syscalls")

	b.Op("getpid", getpidTrap)
	b.Op("getpid-raw", getpidRaw)
	b.Op("getpid-scheduled", getpidScheduled)
	b.Op("getpid-patchable", getpidPatchable)
	b.Op("clock-gettime-vdso", func() (bench.Op, error) { return clockVDSO(), nil })
	b.Op("clock-gettime-syscall", clockSyscall)
	b.Op("sched-yield", schedYield)

	b.Op("read-4k-tmpfs", inFile("SBX_DIR_TMPFS", readFile))
	b.Op("pread-4k-tmpfs", inFile("SBX_DIR_TMPFS", preadFile))
	b.Op("write-4k-tmpfs", inFile("SBX_DIR_TMPFS", writeFile))
	b.Op("pread-4k-bind", inFile("SBX_DIR_BIND", preadFile))
	b.Op("write-4k-bind", inFile("SBX_DIR_BIND", writeFile))
	b.Op("read-4k-zero", readZero)
	b.Op("open-close", inDir("SBX_DIR_BIND", openClose))
	b.Op("stat", inDir("SBX_DIR_BIND", stat))
	b.Op("getdents", inDir("SBX_DIR_BIND", getdents))

	b.Op("mmap-touch-munmap", mmapTouchMunmap)
	b.Op("page-fault", pageFault)

	b.Op("futex-wake-wait", futexWakeWait)
	b.Op("pipe-ping-pong", pipePingPong)
	b.Op("eventfd-ping-pong", eventfdPingPong)
	b.Op("socketpair-ping-pong", socketpairPingPong)
	b.Op("epoll-wait", epollWait)
	b.Op("nanosleep-wakeup", func() (bench.Op, error) { return nanosleepWakeup(b.Clock), nil })
	b.Op("fork-exit", forkExit)
	b.Op("fork-exec-true", forkExecTrue)

	b.End()
}
