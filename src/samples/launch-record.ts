/**
 * The raw record of one launch: one line of `launches.ndjson`.
 *
 * A launch is one start of one cell's sandbox, and one observation. What happened inside it is kept
 * (batches, histogram), so that a later version can summarise it differently.
 */

export const LAUNCH_SCHEMA = "sbx-bench/launch@1";

/** Units of a metric. All times are nanoseconds; rates are per second. */
export type Unit = "ns" | "bytes" | "bytes/s" | "1/s" | "count";

/** How one launch ended. */
type LaunchStatus = "ok" | "failed";

/** Why a launch failed, with what a person needs to see to believe it. */
export type LaunchFailure = {
  kind: FailureKind;
  /** One sentence: what happened. */
  message: string;
  exitCode: number | null;
  signal: string | null;
  /** What stood before the tail, its first 4096 characters and how many are left out; absent where nothing did. */
  stdoutHead?: string;
  /** Last part of what the launch wrote, at most 4096 characters. */
  stdoutTail: string;
  stderrHead?: string;
  stderrTail: string;
};

type FailureKind =
  /** Went past its wall-clock limit and was killed. */
  | "hang"
  /** Could not be started at all. */
  | "spawn"
  /** Ended with a non-zero exit code or by a signal. */
  | "crash"
  /** Printed something that is no protocol line. */
  | "garbage"
  /** Went past its output limit and was killed. */
  | "flood"
  /** Ended with exit code 0 but without the protocol's last line. */
  | "early-exit"
  /** A check of the scenario did not hold (a wrong counter, a short read). */
  | "check"
  /** A server did not come up, ended under its load, or gave no good answers. */
  | "server"
  /** The harness could not do its part (disk full, cgroup refused). */
  | "harness";

/**
 * Phases of a launch, timed by the host with CLOCK_MONOTONIC, in ns. `null` where it was not reached.
 */
export type LaunchPhases = {
  /** Making what the launch needs (cgroup, container id), before the spawn. */
  prepareNs: number;
  /** Spawn -> first protocol line of the program read by the host. */
  readyNs: number | null;
  /** First line -> last protocol line. */
  workNs: number | null;
  /** Last protocol line -> the outermost process reaped. */
  exitNs: number | null;
  /** Reaped -> no process, cgroup or folder of this launch left. */
  cleanupNs: number;
};

/** What the host was doing at one moment. `null` where the host does not say. */
export type HostLoad = {
  load1: number;
  /** Share of CPU time stolen by the hypervisor since boot counters, in jiffies. */
  stealTicks: number;
  busyTicks: number;
  totalTicks: number;
  /** PSI `some` total of the CPU, in us. */
  cpuPressureUs: number | null;
  memAvailableBytes: number;
};

/** Load between the two ends of a launch. */
type LaunchLoad = {
  before: HostLoad;
  after: HostLoad;
  /** Reasons why this launch counts as disturbed, empty when it does not. */
  disturbed: string[];
  /** Longest time by which the harness woke up too late while it watched the launch, ns; earlier versions did not look. */
  harnessGapNs?: number;
  /** Time in which the machine was suspended meanwhile, ns. */
  suspendedNs?: number;
};

/** Which clock the program used, and what it found out about it. */
export type ClockRecord = {
  source: "tsc" | "monotonic";
  /** Ticks a second of the clock as calibrated at the start and at the end. */
  hzStart: number;
  hzEnd: number;
  /** Cost of one reading, ns. */
  readCostNs: number;
};

/** One operation of one launch. Values are in `unit` and per iteration. */
export type OpSample = {
  op: string;
  unit: Unit;
  /** Iterations in all, batches and single calls together. */
  iterations: number;
  /** Iterations a batch. 1 where the op is timed call by call only. */
  batchSize: number;
  /** Mean per iteration of each batch, in time order. */
  batches: number[];
  /** The launch's one value: the median of the batches after warm-up. */
  median: number;
  /** Of single calls; `null` where the op has no single calls. */
  p10: number | null;
  p50: number | null;
  p90: number | null;
  p99: number | null;
  /** Histogram of single calls: [upper bound, count], ascending, only non-empty buckets. */
  histogram: [number, number][];
};

/** A figure that is not a timing: RSS, lost updates, bytes. One value a launch. */
export type ValueSample = { name: string; unit: Unit; value: number };

/** Result of a self-check of the scenario; always recorded, also when it holds. */
export type CheckSample = { name: string; ok: boolean; expected: string; actual: string };

/** An op that this launch could not do, with the reason. */
export type SkipSample = { op: string; reason: string };

/** Memory as the host sees it at a mark of the program, over the whole process tree of the launch. */
export type MemorySample = {
  mark: string;
  /** Sum of PSS over all processes of the launch, harness excluded. */
  pssBytes: number | null;
  rssBytes: number | null;
  processes: number;
  /** From the launch's cgroup; Sentry memory is shmem. */
  cgroupBytes: number | null;
  cgroupShmemBytes: number | null;
  cgroupAnonBytes: number | null;
};

export type LaunchRecord = {
  schema: typeof LAUNCH_SCHEMA;
  cell: string;
  round: number;
  /** Place of the launch within its round, from 0. */
  position: number;
  /** ISO 8601, UTC. */
  startedAt: string;
  status: LaunchStatus;
  failure: LaunchFailure | null;
  phases: LaunchPhases;
  load: LaunchLoad;
  /** CPU time of all processes of the launch, from its cgroup; null where it has none (native). */
  cpuNs: number | null;
  clock: ClockRecord | null;
  ops: OpSample[];
  values: ValueSample[];
  checks: CheckSample[];
  skips: SkipSample[];
  memory: MemorySample[];
};
