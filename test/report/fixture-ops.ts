/** The made-up operations of the report fixture: what they cost natively and how each sandbox scales them. */
import type { MetricMeta } from "../../src/samples/metric-meta.ts";

/** Times native, by sandbox: unshare, runc, systrap, ptrace. */
type Scale = readonly [unshare: number, runc: number, systrap: number, ptrace: number];

export type FixtureOp = MetricMeta & { native: number; scale: Scale };

const trap: Scale = [1, 1.01, 8.2, 96];
const file: Scale = [1.01, 1.04, 5.1, 44];
const wait: Scale = [1.02, 1.05, 3.4, 21];
const slow: Scale = [0.98, 0.97, 0.46, 0.31];
const even: Scale = [1, 1, 1.004, 1.002];

function ns(metric: string, title: string, group: string, native: number, scale: Scale): FixtureOp {
  return { metric, title, unit: "ns", better: "lower", group, native, scale };
}

export const OPS: Record<string, FixtureOp[]> = {
  syscalls: [
    ns("getpid", "getpid(2), Go's own path", "system calls", 165, trap),
    ns(
      "getpid-patchable",
      "getpid(2), byte pattern that systrap patches",
      "system calls",
      161,
      [1, 1.01, 3.9, 95],
    ),
    ns("clock-vdso", "clock_gettime(2) through the vDSO", "system calls", 41, [1, 1, 1.3, 1.2]),
    ns("clock-syscall", "clock_gettime(2) as a system call", "system calls", 190, trap),
    ns("read-4k-tmpfs", "read(2) of 4 KiB, tmpfs", "system calls", 640, file),
    ns("pread-4k-tmpfs", "pread(2) of 4 KiB, tmpfs", "system calls", 610, file),
    ns("pread-4k-bind", "pread(2) of 4 KiB, bind mount", "system calls", 615, file),
    ns("write-4k-tmpfs", "write(2) of 4 KiB, tmpfs", "system calls", 720, file),
    ns("read-zero", "read(2) of 4 KiB from /dev/zero", "system calls", 410, file),
    ns("open-close", "open(2) and close(2)", "system calls", 1_450, [1.03, 1.1, 14, 38]),
    ns("stat", "stat(2)", "system calls", 780, [1.02, 1.08, 9, 30]),
    ns("getdents", "getdents64(2) of 16 entries", "system calls", 1_900, [1, 1.05, 11, 28]),
    ns("mmap-touch", "mmap, touch, munmap", "page faults", 2_600, [1.01, 1.02, 7, 26]),
    ns("page-fault", "page fault on a fresh page", "page faults", 480, [1, 1, 5.5, 18]),
    ns("futex", "futex wake to wait between threads", "waiting", 5_200, wait),
    ns("pipe", "pipe ping-pong", "waiting", 6_100, wait),
    ns("eventfd", "eventfd ping-pong", "waiting", 5_800, wait),
    ns("socketpair", "socketpair ping-pong", "waiting", 7_000, wait),
    ns("epoll", "epoll_wait(2) on a ready descriptor", "waiting", 420, trap),
    ns("sched-yield", "sched_yield(2)", "waiting", 260, trap),
    ns("nanosleep", "wake-up delay of nanosleep(50 us)", "waiting", 58_000, [1, 1.01, 1.6, 2.2]),
    ns("fork-exec", "fork and exec of a static program", "processes", 610_000, [1.05, 1.3, 9.1, 14]),
  ],
  startup: [
    ns("ready", "spawn to the program's first line", "start-up", 1_050_000, [3.4, 52, 178, 165]),
    ns("exit", "last line to the process reaped", "start-up", 310_000, [1.6, 24, 60, 52]),
    ns("cleanup", "reaped to a clean host", "start-up", 90_000, [1.2, 14, 22, 22]),
    ns("total", "spawn to a clean host", "start-up", 1_500_000, [2.9, 44, 141, 130]),
  ],
  files: [
    ns("create-tmpfs", "create and close a small file, tmpfs", "files", 3_900, [1.02, 1.05, 12, 34]),
    ns("create-bind", "create and close a small file, bind mount", "files", 11_000, [1.02, 1.05, 9, 16]),
    ns("rename", "rename(2), tmpfs", "files", 2_700, [1, 1.03, 13, 30]),
    ns("unlink", "unlink(2), tmpfs", "files", 2_100, [1, 1.02, 12, 33]),
    {
      metric: "seq-read",
      title: "sequential read, 1 MiB blocks",
      unit: "bytes/s",
      better: "higher",
      group: "files",
      native: 6.1e9,
      scale: [0.99, 0.98, 0.82, 0.77],
    },
    {
      metric: "rand-read",
      title: "random read, 4 KiB blocks",
      unit: "bytes/s",
      better: "higher",
      group: "files",
      native: 2.4e9,
      scale: slow,
    },
  ],
  network: [
    ns("tcp-rr-lo", "TCP round trip, loopback", "network", 18_500, [1.01, 1.02, 2.9, 7.5]),
    {
      metric: "tcp-stream",
      title: "TCP stream",
      unit: "bytes/s",
      better: "higher",
      group: "network",
      native: 3.3e9,
      scale: slow,
    },
    {
      metric: "http",
      title: "HTTP requests, net/http",
      unit: "1/s",
      better: "higher",
      group: "network",
      native: 41_000,
      scale: slow,
    },
    ns("tcp-rr-veth", "TCP round trip, veth", "network", 24_000, [1, 1.01, 2.6, 6.4]),
  ],
  memory: [
    ns("touch", "touch a fresh page of 4 KiB", "memory", 510, [1, 1, 3.1, 12]),
    ns("gc", "GC-heavy work, per allocation", "memory", 92, [1, 1.01, 1.12, 1.4]),
    {
      metric: "pss@start",
      title: "PSS of the process tree, idle",
      unit: "bytes",
      better: "lower",
      group: "memory",
      native: 3.6e6,
      scale: [1.6, 1.7, 11, 9.8],
    },
    {
      metric: "pss@touched",
      title: "PSS of the process tree, 64 MiB touched",
      unit: "bytes",
      better: "lower",
      group: "memory",
      native: 71e6,
      scale: [1.03, 1.04, 1.56, 1.5],
    },
    {
      metric: "cgroup@touched",
      title: "cgroup memory, 64 MiB touched",
      unit: "bytes",
      better: "lower",
      group: "memory",
      native: 69e6,
      scale: [1.03, 1.05, 1.6, 1.52],
    },
    {
      metric: "cgroup-shmem@touched",
      title: "cgroup shared memory, 64 MiB touched",
      unit: "bytes",
      better: "lower",
      group: "memory",
      native: 0.4e6,
      scale: [1, 1, 172, 171],
    },
  ],
  goroutines: [
    ns("atomic-100", "atomic counter, 100 goroutines, an increment", "goroutines", 9.4, [1, 1, 1.01, 1.02]),
    ns("mutex-100", "mutex counter, 100 goroutines, an increment", "goroutines", 38, [1, 1.01, 1.8, 4.1]),
    ns("channel-100", "channel counter, 100 goroutines, an increment", "goroutines", 120, [1, 1, 1.5, 3.2]),
    ns("wake-up", "goroutine wake-up", "goroutines", 4_800, wait),
    ns("gc-pause", "garbage collector pause", "goroutines", 61_000, [1, 1.02, 1.9, 3.8]),
    {
      metric: "lost-updates",
      title: "lost updates of the unsynchronised counter",
      unit: "count",
      better: "lower",
      group: "goroutines",
      native: 41_000,
      scale: [1, 1.02, 1.3, 0.7],
    },
  ],
  cpu: [
    ns("sha256", "SHA-256 of 64 KiB", "computation", 142_000, even),
    ns("json", "JSON encode and decode", "computation", 38_000, even),
    ns("sort", "sort of 10,000 integers", "computation", 610_000, [1, 1, 1.061, 1.002]),
  ],
};

export function scaleOf(op: FixtureOp, sandbox: string, platform: string | null): number {
  if (sandbox === "native") return 1;
  if (sandbox === "unshare") return op.scale[0];
  if (sandbox === "runc") return op.scale[1];
  return platform === "ptrace" ? op.scale[3] : op.scale[2];
}
