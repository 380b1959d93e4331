/** What each measured operation is made of: the rows of the regression. */
import { type Demand, TERM_NAMES, type TermName } from "./terms.ts";

export type OpDemand = {
  scenario: string;
  metric: string;
  /** Of one iteration. */
  demand: Demand;
  /** Of a rate: what one iteration moves, so that its time can be had. `null`: the value is ns an iteration. */
  perSecond: number | null;
};

const KIB = 1024;
const MIB = 1024 * KIB;

const time = (scenario: string, metric: string, demand: Demand): OpDemand => ({
  scenario,
  metric,
  demand,
  perSecond: null,
});

/** `amount` of the rate's unit make one iteration: bytes, requests. */
const rate = (scenario: string, metric: string, amount: number, demand: Demand): OpDemand => ({
  scenario,
  metric,
  demand,
  perSecond: amount,
});

/** Reads of 128 KiB through a file of 4 MiB (scenarios/files). */
const SEQUENTIAL: Demand = { trap: 32, "file-io": 32, byte: 4 * MIB };
/** There and back between two threads that sleep: two reads, two writes, two wake-ups. */
const PING_PONG: Demand = { trap: 4, wake: 2, "memory-io": 4 };

/**
 * `open-close` is left out: it opens the same file again and again, and under gVisor a file costs most when it is
 * first opened and read, as programs do (scenario `files`).
 *
 * Scenario names are those of the catalogue; `syscalls-paused` is `syscalls` with think time before each call. */
export const OP_DEMANDS: readonly OpDemand[] = [
  time("syscalls", "getpid", { trap: 1 }),
  time("syscalls", "getpid-raw", { trap: 1 }),
  time("syscalls", "getpid-scheduled", { trap: 1 }),
  time("syscalls", "getpid-patchable", { "patched-trap": 1 }),
  time("syscalls", "clock-gettime-syscall", { trap: 1 }),
  time("syscalls", "sched-yield", { trap: 1 }),
  time("syscalls", "epoll-wait", { trap: 1, poll: 1 }),
  time("syscalls", "read-4k-tmpfs", { trap: 1, "memory-io": 1, byte: 4 * KIB }),
  time("syscalls", "pread-4k-tmpfs", { trap: 1, "memory-io": 1, byte: 4 * KIB }),
  time("syscalls", "write-4k-tmpfs", { trap: 1, "memory-io": 1, byte: 4 * KIB }),
  time("syscalls", "read-4k-zero", { trap: 1, "memory-io": 1, byte: 4 * KIB }),
  time("syscalls", "pread-4k-bind", { trap: 1, "file-io": 1, byte: 4 * KIB }),
  time("syscalls", "write-4k-bind", { trap: 1, "file-io": 1, byte: 4 * KIB }),
  time("syscalls", "stat", { trap: 1, lookup: 1 }),
  time("syscalls", "getdents", { trap: 2, list: 1 }),
  time("syscalls", "mmap-touch-munmap", { trap: 2, unmap: 1, fault: 1 }),
  time("syscalls", "page-fault", { fault: 1 }),
  time("syscalls", "futex-wake-wait", { trap: 4, wake: 2 }),
  time("syscalls", "pipe-ping-pong", PING_PONG),
  time("syscalls", "eventfd-ping-pong", PING_PONG),
  time("syscalls", "socketpair-ping-pong", PING_PONG),
  time("syscalls", "nanosleep-wakeup", { trap: 1, timer: 1 }),
  time("syscalls", "fork-exit", { process: 1 }),
  time("syscalls", "fork-exec-true", { process: 1, exec: 1 }),
  time("syscalls-paused", "getpid", { trap: 1, "paused-trap": 1 }),
  time("syscalls-paused", "getpid-raw", { trap: 1, "paused-trap": 1 }),
  time("syscalls-paused", "pread-4k-tmpfs", { trap: 1, "paused-trap": 1, "memory-io": 1, byte: 4 * KIB }),
  time("files", "create-bind", { trap: 3, open: 1, mutate: 1, "file-io": 1, byte: 4 * KIB }),
  time("files", "write-bind", { trap: 3, open: 1, "file-io": 1, byte: 4 * KIB }),
  time("files", "read-bind", { trap: 3, open: 1, "file-io": 1, byte: 4 * KIB }),
  time("files", "rename-bind", { trap: 1, mutate: 1 }),
  time("files", "unlink-bind", { trap: 1, mutate: 1 }),
  rate("files", "seq-read-root", 4 * MIB, SEQUENTIAL),
  rate("files", "seq-read-bind", 4 * MIB, SEQUENTIAL),
  time("files", "rand-read-4k-root", { trap: 1, "file-io": 1, byte: 4 * KIB }),
  time("files", "rand-read-4k-bind", { trap: 1, "file-io": 1, byte: 4 * KIB }),
  time("memory", "allocate-touch", { fault: 1 }),
  // Go's netpoller: a write, a read that finds nothing, a wait, a read; on both sides.
  time("network", "tcp-rr-lo", { trap: 8, wake: 2, poll: 2, message: 2, "net-byte": 2 }),
  rate("network", "tcp-stream-lo", MIB, { trap: 48, message: 16, "net-byte": MIB }),
];

/** Operations of pure computation: what they cost more is `compute`, in ns a native ns. */
export const COMPUTE_OPS: readonly { scenario: string; metric: string }[] = [
  { scenario: "cpu", metric: "sha256" },
  { scenario: "cpu", metric: "json" },
  { scenario: "cpu", metric: "sort" },
];

/** What an operation costs more by its terms, ns an iteration, the largest part first. */
export function opParts(
  demand: Demand,
  costs: ReadonlyMap<TermName, number>,
): { modelledNs: number; parts: { term: TermName; ns: number }[] } {
  const parts = TERM_NAMES.map((term) => ({ term, ns: (demand[term] ?? 0) * (costs.get(term) ?? 0) }))
    .filter(({ ns }) => ns !== 0)
    .sort((a, b) => Math.abs(b.ns) - Math.abs(a.ns));
  return { modelledNs: parts.reduce((sum, { ns }) => sum + ns, 0), parts };
}
