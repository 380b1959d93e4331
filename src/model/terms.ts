/**
 * The terms of the cost model: what a sandbox can make dearer, each told apart by operations of its own.
 *
 * The layers are those of gVisor's architecture (pkg/sentry/platform, pkg/sentry/kernel, pkg/lisafs,
 * pkg/tcpip). What the measured operations cannot tell apart is one term, and its title says so: `trap` holds the
 * interception, the task loop and the seccomp filter together.
 */

export const TERM_NAMES = [
  "trap",
  "patched-trap",
  "paused-trap",
  "memory-io",
  "file-io",
  "byte",
  "open",
  "lookup",
  "list",
  "mutate",
  "unmap",
  "fault",
  "wake",
  "poll",
  "timer",
  "process",
  "exec",
  "message",
  "net-byte",
  "compute",
] as const;
export type TermName = (typeof TERM_NAMES)[number];

/** The article's three classes, and what it does not speak of. */
export type ArticleClass = "interception" | "forwarding" | "memory mapping" | "none";

export type Term = {
  /** For charts and narrow places. */
  label: string;
  /** For people, after "cost of". */
  title: string;
  /** What one of it is: the cost is in ns each. */
  per: string;
  article: ArticleClass;
};

export const TERMS: Record<TermName, Term> = {
  trap: {
    label: "system calls",
    title: "entering and leaving the kernel or Sentry",
    per: "system call",
    article: "interception",
  },
  "patched-trap": {
    label: "patched system calls",
    title: "the same for a call whose bytes systrap can patch",
    per: "system call",
    article: "interception",
  },
  "paused-trap": {
    label: "calls after a pause",
    title: "what a call costs more after the thread has slept, or computed for 14 µs or longer",
    per: "system call after a pause",
    article: "interception",
  },
  "memory-io": {
    label: "input and output in memory",
    title: "reading or writing a file that is held in memory",
    per: "call",
    article: "forwarding",
  },
  "file-io": {
    label: "reading and writing files",
    title: "reading or writing a file of the host (gofer or directfs)",
    per: "call",
    article: "forwarding",
  },
  byte: { label: "bytes of files", title: "copying file data", per: "byte", article: "forwarding" },
  open: {
    label: "opening files",
    title: "opening a file, until its first byte is read",
    per: "open",
    article: "forwarding",
  },
  lookup: {
    label: "path look-ups",
    title: "looking a path up (stat, access, readlink)",
    per: "call",
    article: "forwarding",
  },
  list: { label: "listing folders", title: "listing a folder", per: "call", article: "forwarding" },
  mutate: {
    label: "making and removing files",
    title: "making, renaming or removing a file",
    per: "call",
    article: "forwarding",
  },
  unmap: {
    label: "unmapping memory",
    title: "unmapping or protecting memory that was touched",
    per: "call",
    article: "memory mapping",
  },
  fault: {
    label: "page faults",
    title: "the first touch of a page",
    per: "page fault",
    article: "memory mapping",
  },
  wake: { label: "waking threads", title: "waking a thread that waits", per: "wake-up", article: "none" },
  poll: {
    label: "asking for events",
    title: "asking for events (epoll, poll, select)",
    per: "call",
    article: "none",
  },
  timer: { label: "sleeping", title: "waking up late from a sleep", per: "sleep", article: "none" },
  process: {
    label: "making processes",
    title: "fork, exit and wait for a process",
    per: "process",
    article: "none",
  },
  exec: {
    label: "executing programs",
    title: "executing a program in a process",
    per: "program executed",
    article: "none",
  },
  message: {
    label: "network messages",
    title: "one message through the network stack",
    per: "message",
    article: "none",
  },
  "net-byte": {
    label: "bytes of the network",
    title: "moving bytes through the network stack",
    per: "byte",
    article: "none",
  },
  compute: {
    label: "computation",
    title: "computation outside the kernel",
    per: "ns of computation",
    article: "none",
  },
};

/** How often each term is met; what is absent is met not at all. */
export type Demand = Partial<Record<TermName, number>>;

/** `a + b`, entry by entry, `b` taken `times` times. */
export function addDemand(a: Demand, b: Demand, times = 1): Demand {
  const sum = { ...a };
  for (const name of TERM_NAMES) {
    const more = b[name];
    if (more !== undefined) sum[name] = (sum[name] ?? 0) + more * times;
  }
  return sum;
}
