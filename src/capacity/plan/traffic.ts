import type { TimeDistribution } from "../simulate/random-times.ts";
import type { Slo } from "../units.ts";

/** What has to be carried. */
export type Traffic = {
  ratePerS: number;
  /** Times of arrival of a trace, s, ascending, whose bursts the traffic has; `null`: Poisson. */
  traceS: readonly number[] | null;
  /** Time that the program works on one request, natively. */
  service: TimeDistribution;
  /** Share of that time in which it needs a CPU; the rest it waits. 0..1, above 0 */
  cpuShare: number;
  /** Memory of the program itself, bytes; `null`: as the measured program. */
  programBytes: number | null;
  slo: Slo;
  /** Share of a host's capacity that stays free. */
  headroom: number;
  /** A sandbox stands ready for each request, and another is made behind it. */
  pooled: boolean;
};

/** What there is on one host for sandboxes. `null`: not known, so that it limits nothing and the plan says so. */
export type HostResources = {
  cores: number;
  memoryBytes: number;
  /** Share of the memory that sandboxes may take. */
  safeShare: number;
  /** Processes and threads. */
  pids: number | null;
  descriptors: number | null;
  /** Pods that an orchestrator puts on one node. */
  podsPerNode: number;
};

/** What one configuration was measured to cost. Samples are one a launch. */
export type MeasuredCosts = {
  configuration: string;
  /** Spawn to the program's first line, s. */
  startsS: readonly number[];
  /** Last line to nothing left, s. */
  endsS: readonly number[];
  /** CPU of a whole launch that does nothing, s; empty where no cgroup held it: then start and end count as busy. */
  startCpuS: readonly number[];
  /** Memory above the same program natively (PSS of the process tree), bytes; empty where it was not measured. */
  overheadBytes: readonly number[];
  /** What one more beside others takes above its program, bytes: from measured density; `null`: as one alone. */
  marginalBytes: number | null;
  /** Memory of the measured program natively, bytes; `null` where it was not measured. */
  programBytes: number | null;
  /** Time here / time natively, of the metric that stands for the program; [1] where none was chosen. */
  slowdowns: readonly number[];
  /** Processes and threads of one sandbox, and its open descriptors; `null` where they were not counted. */
  pids: number | null;
  descriptors: number | null;
  warnings: string[];
};
