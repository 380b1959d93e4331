/** What one native run of any program does: the input of predictions. Stored as one JSON file. */
import { z } from "zod";
import type { Fingerprint } from "./run-manifest.ts";

export const PROFILE_SCHEMA = "sbx-bench/profile@1";

/**
 * What the first descriptor of a call refers to; `none` = it takes none, or a path alone.
 *
 * A call that takes no descriptor but makes one (`openat` below the working directory, `socket`,
 * `epoll_create1`) counts by what it made, and a map (`mmap`) by what it maps: `anon` is memory without a
 * file, and every descriptor that has no other name here (timerfd, signalfd, pidfd, inotify, memfd).
 */
const CALL_TARGETS = [
  "file",
  "dir",
  "pipe",
  "socket",
  "eventfd",
  "epoll",
  "tty",
  "device",
  "proc",
  "anon",
  "none",
] as const;
export type CallTarget = (typeof CALL_TARGETS)[number];

/** One system call as made on one kind of object; everything is per run of the program. */
export type CallProfile = {
  /** As the kernel's table names it: `newfstatat`; `syscall_0x1d3` where the tracer is older than the call. */
  name: string;
  target: CallTarget;
  count: number;
  errors: number;
  /** Really moved by the read, write, send and receive families; length of maps and unmaps; else 0. */
  bytes: number;
  /** Calls that slept: waited for something. */
  blocked: number;
  /** Time inside, ns, corrected for the tracer; waiting is part of it. 0 = unknown. */
  timeNs: number;
  /** The part of `timeNs` after calls had begun to wait, ns. */
  waitNs: number;
};

export type BareRuns = {
  runs: number;
  /** Medians, ns; `null` bounds where the runs are too few for an interval (95 %). */
  wallNs: number;
  wallLowNs: number | null;
  wallHighNs: number | null;
  userNs: number;
  systemNs: number;
  maxRssBytes: number;
  minorFaults: number;
  majorFaults: number;
  voluntarySwitches: number;
  involuntarySwitches: number;
};

/** A tracer's own cost for one call, seen with a program that does nothing else; ns. */
export type TracerCost = {
  /** Added to the time inside a call. */
  insideNs: number;
  /** Added to the time between two calls of one thread. */
  betweenNs: number;
};

/** How a program enters the kernel: by Go's runtime, or by a C library. */
const CALLING_STYLES = ["go", "libc"] as const;
export type CallingStyle = (typeof CALLING_STYLES)[number];

export type ProgramProfile = {
  schema: typeof PROFILE_SCHEMA;
  command: string[];
  /** Of the command itself, by its file; a script's is that of its interpreter. */
  callingStyle: CallingStyle;
  /** ISO 8601. */
  recordedAt: string;
  toolVersion: string;
  /** Of the host. */
  fingerprint: Fingerprint;
  /**
   * What counted and timed the calls. With `perf`, targets come from one run under strace in addition:
   * the kernel's tracepoints tell a descriptor's number, not its kind.
   */
  tracer: "strace" | "perf";
  /** Subtracted from `timeNs` and `gaps`. */
  tracerCost: TracerCost;
  /** Runs under the tracer that `calls` are medians of. */
  tracedRuns: number;
  /** Undisturbed runs, without a tracer. */
  bare: BareRuns;
  /** Made during the run, the first included. */
  processes: number;
  /** `execve` calls that succeeded. */
  execs: number;
  /** Most at one time, over all processes. */
  threads: number;
  /** By count, descending. */
  calls: CallProfile[];
  /**
   * Time from the end of one call to the start of the next on the same thread (think time), corrected for the
   * tracer: `[upper bound in ns, how many]`, ascending.
   */
  gaps: [number, number][];
  /** Sum over all maps, of files and of memory. */
  mappedBytes: number;
  /**
   * Files and folders of the host that it opened, whole paths, where not every sandbox has them: none below /usr,
   * /bin, /sbin, /lib*, /etc, /dev, /proc and /sys, and none of its own work folder. Profiles of earlier versions
   * lack it.
   */
  files?: { read: string[]; written: string[] } | undefined;
  /** CPU time per wall time of the bare runs. */
  parallelism: number;
  /** Wall time under the tracer per bare wall time. */
  slowdownByTracing: number;
  warnings: string[];
};

const count = z.number().int().nonnegative();
const amount = z.number().nonnegative();

/** For profiles read back from a file. */
export const programProfile: z.ZodType<ProgramProfile> = z.strictObject({
  schema: z.literal(PROFILE_SCHEMA),
  command: z.array(z.string()).min(1),
  callingStyle: z.enum(CALLING_STYLES),
  recordedAt: z.string(),
  toolVersion: z.string(),
  fingerprint: z.strictObject({ id: z.string(), fields: z.record(z.string(), z.string()) }),
  tracer: z.enum(["strace", "perf"]),
  tracerCost: z.strictObject({ insideNs: amount, betweenNs: amount }),
  tracedRuns: count,
  bare: z.strictObject({
    runs: count,
    wallNs: amount,
    wallLowNs: amount.nullable(),
    wallHighNs: amount.nullable(),
    userNs: amount,
    systemNs: amount,
    maxRssBytes: amount,
    minorFaults: amount,
    majorFaults: amount,
    voluntarySwitches: amount,
    involuntarySwitches: amount,
  }),
  processes: count,
  execs: count,
  threads: count,
  calls: z.array(
    z.strictObject({
      name: z.string().min(1),
      target: z.enum(CALL_TARGETS),
      count,
      errors: count,
      bytes: amount,
      blocked: count,
      timeNs: amount,
      waitNs: amount,
    }),
  ),
  gaps: z.array(z.tuple([amount, count])),
  mappedBytes: amount,
  files: z.strictObject({ read: z.array(z.string()), written: z.array(z.string()) }).optional(),
  parallelism: amount,
  slowdownByTracing: amount,
  warnings: z.array(z.string()),
});
