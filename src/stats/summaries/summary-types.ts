/** `summary.json`, schema `sbx-bench/summary@1`: what other programs read. */

import type { Configuration } from "../../axes/configuration.ts";
import type { Unit } from "../../samples/launch-record.ts";
import type { FilterHashes, QuarantinedStart } from "../../samples/run-manifest.ts";
import type { AgreeingValues } from "../estimates/agreeing-values.ts";
import type { LaunchQuantiles } from "./launch-quantiles.ts";

export const SUMMARY_SCHEMA = "sbx-bench/summary@1";

/** How a cell ended: measured, or why there is no number. */
export type MeasuredStatus = "measured" | "failed" | "unavailable" | "excluded";

/** A part of the launches that forms a cluster of its own (systrap's fast and slow path). */
export type Mode = {
  /** Centre of the mode, in the metric's unit. */
  value: number;
  /** Share of single calls in it, 0..1. */
  share: number;
};

/** Cost relative to the baseline cell, paired by round; > 1 is dearer, whatever the unit. */
export type Overhead = {
  ratio: number;
  /** Exact 95 % interval; `null` = unbounded because there are fewer than 6 paired rounds. */
  ciLow: number | null;
  ciHigh: number | null;
  /** Rounds in which both sides were measured. */
  pairs: number;
  /** Configuration id of the other side. Not native where native cannot have the metric (veth). */
  baseline: string;
  /** What may be shown beside `ratio`: this cell (`of`) and the other side (`over`), in the metric's unit. */
  values: AgreeingValues;
};

export type MetricSummary = {
  metric: string;
  title: string;
  group: string;
  unit: Unit;
  better: "lower" | "higher";
  /** Launches that yielded this metric. */
  launches: number;
  /** Median of the launch medians, with its exact order-statistic 95 % interval (null: too few). */
  median: number;
  ciLow: number | null;
  ciHigh: number | null;
  /** Of single calls: the values of `quantiles`; `null`: none, or too few for this quantile. */
  p50: number | null;
  p90: number | null;
  p99: number | null;
  /** The same with their intervals. */
  quantiles: LaunchQuantiles;
  /** Single calls behind the quantiles and modes, over all launches. */
  samples: number;
  /** Empty when there is one mode only. */
  modes: Mode[];
  /** `null` on the baseline itself and where no cell to compare with was measured. */
  overhead: Overhead | null;
};

export type CellSummary = {
  cell: string;
  config: Configuration & { runscVersion: string | null };
  scenario: string;
  status: MeasuredStatus;
  reason: string | null;
  /** Finished launches, failed ones not counted. */
  launches: number;
  failedLaunches: number;
  disturbedLaunches: number;
  warnings: string[];
  metrics: MetricSummary[];
  checks: { name: string; held: number; of: number }[];
  skips: { op: string; reason: string }[];
};

export type Summary = {
  schema: typeof SUMMARY_SCHEMA;
  runId: string;
  baseline: string;
  rounds: number;
  seed: string;
  preset: string;
  startedAt: string;
  endedAt: string | null;
  toolVersion: string;
  emulated: boolean;
  host: { fingerprint: string; fields: Record<string, string>; notes: readonly string[] };
  versions: Record<string, string>;
  /** Only of a run with filters: SHA-256 of each file, by its name in ids. */
  filters?: FilterHashes;
  harness: { wallMs: number; launchMs: number; overheadShare: number };
  warnings: string[];
  /** What stopped starting in mid-run, with the evidence. */
  quarantined: readonly QuarantinedStart[];
  cells: CellSummary[];
};
