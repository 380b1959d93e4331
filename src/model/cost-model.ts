/** The fitted model of one run: what each term costs in each configuration. Plain data, fit for JSON. */
import type { Configuration } from "../axes/configuration.ts";
import type { TermName } from "./terms.ts";

type TermCost = {
  term: TermName;
  /** More than natively, ns each; see `poolCosts`. */
  costNs: number;
  /** 90 % interval over resampled rounds. */
  lowNs: number;
  highNs: number;
};

export type FittedOp = {
  scenario: string;
  metric: string;
  /** More than natively, ns an iteration: as measured, and as the terms add up. */
  measuredNs: number;
  /** Its 90 % interval over resampled rounds. */
  measuredLowNs: number;
  measuredHighNs: number;
  modelledNs: number;
  /** The part of each term, ns, largest first. */
  parts: { term: TermName; ns: number }[];
};

/** A figure with its 90 % interval. */
export type Interval = { value: number; low: number; high: number };

export type ConfigurationModel = {
  configuration: string;
  config: Configuration;
  rounds: number;
  terms: TermCost[];
  /** Terms that the measured operations can't tell apart from others; their cost is in these. */
  merged: { term: TermName; into: TermName[] }[];
  /** Fitted, but hardly told apart from others by the operations measured here: not to be used alone. */
  entangled: TermName[];
  /** Terms that no measured operation has: programs that need them can't be predicted. */
  absent: TermName[];
  ops: FittedOp[];
  /** Spawn to a clean host of an empty program, more than natively, ns; `null` = not measured. */
  startupNs: Interval | null;
  /** CPU time of that, ns. */
  startupCpuNs: Interval | null;
  /** Memory of the sandbox itself before the program touches any, bytes. */
  memoryBytes: Interval | null;
  /** Bytes that the host pays for one byte that the program touches. */
  memoryPerByte: Interval | null;
  /** CPUs kept busy while a program does nothing but calls. */
  busyCpus: Interval | null;
  /**
   * Threads whose calls are served at a time: the host's CPUs / `busyCpus`, at least 1; `null` = not known. systrap
   * keeps a second CPU busy for each thread that makes calls, so that two threads on two CPUs wait for each other.
   */
  mostOverlap: number | null;
  /** Resampled costs, one array a draw in the order of `terms`; for the intervals of predictions. */
  draws: number[][];
};

export type CostModel = {
  runId: string;
  fingerprint: string;
  toolVersion: string;
  configurations: ConfigurationModel[];
  /** Configurations that could not be fitted, with the reason. */
  unfitted: { configuration: string; reason: string }[];
};
