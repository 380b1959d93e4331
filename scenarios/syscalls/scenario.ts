import { defineScenario, type ScenarioDefinition } from "sbx-bench";

type Metric = ScenarioDefinition["metrics"][number];

const time = (group: string, metric: string, title: string): Metric => ({
  metric,
  title,
  unit: "ns",
  better: "lower",
  group,
});

export default defineScenario({
  name: "syscalls",
  description:
    "What single system calls cost, and what is built of few of them: files, memory, waking a thread, a process.",
  params: {
    /** Time for each operation. */
    opMs: 40,
    /** Idle time before each call, ns. Above 0 every call is timed alone: systrap is slower after a pause. */
    thinkNs: 0,
    /** Operations to run; empty = all. */
    ops: [],
    /** Slows each operation by this share, by spinning: 0.05 = 5 %. To try the gate on a known slowdown. */
    burnShare: 0,
  },
  presets: {
    quick: { opMs: 5 },
    model: { opMs: 8 },
    full: { opMs: 100 },
    article: {
      opMs: 15,
      ops: [
        ...["getpid", "getpid-patchable", "clock-gettime-vdso", "clock-gettime-syscall"],
        ...["read-4k-tmpfs", "pread-4k-bind", "mmap-touch-munmap", "page-fault"],
      ],
    },
  },
  metrics: [
    time("system calls", "getpid", "getpid, the trap alone, in Go's form"),
    time("system calls", "getpid-raw", "getpid, by Go's own path (RawSyscall)"),
    time("system calls", "getpid-scheduled", "getpid, by Go's path with its scheduler (Syscall)"),
    time("system calls", "getpid-patchable", "getpid, in the form that systrap patches"),
    time("system calls", "clock-gettime-vdso", "clock_gettime, through the vDSO"),
    time("system calls", "clock-gettime-syscall", "clock_gettime, as a system call"),
    time("system calls", "sched-yield", "sched_yield"),
    time("system calls", "epoll-wait", "epoll_pwait, one event ready"),
    time("files", "read-4k-tmpfs", "read 4 KiB, tmpfs"),
    time("files", "pread-4k-tmpfs", "pread 4 KiB, tmpfs"),
    time("files", "write-4k-tmpfs", "pwrite 4 KiB, tmpfs"),
    time("files", "pread-4k-bind", "pread 4 KiB, bind mount"),
    time("files", "write-4k-bind", "pwrite 4 KiB, bind mount"),
    time("files", "read-4k-zero", "read 4 KiB, /dev/zero"),
    time("files", "open-close", "open and close, bind mount"),
    time("files", "stat", "stat, bind mount"),
    time("files", "getdents", "list a folder of 16 files, bind mount"),
    time("memory", "mmap-touch-munmap", "map, touch and unmap a page"),
    time("memory", "page-fault", "page fault, per page"),
    time("waking", "futex-wake-wait", "futex between threads, round trip"),
    time("waking", "pipe-ping-pong", "pipe between threads, round trip"),
    time("waking", "eventfd-ping-pong", "eventfd between threads, round trip"),
    time("waking", "socketpair-ping-pong", "socketpair between threads, round trip"),
    time("waking", "nanosleep-wakeup", "nanosleep, time beyond the 50 us asked for"),
    time("processes", "fork-exit", "fork a copy that exits at once, and wait for it"),
    time("processes", "fork-exec-true", "fork, exec and wait for a static program"),
  ],
});
