/** What `history` shows and what its `--json` prints: one serialisable structure. */
import type { DifferingField } from "../../samples/differing-fields.ts";
import type { Unit } from "../../samples/launch-record.ts";

export const HISTORY_SCHEMA = "sbx-bench/history@1";

/** Where a value lies relative to the band in which it was to be expected; `null` = there is no band. */
export type BandState = "inside" | "worse" | "better" | null;

/** The median of a cell's launches in one run. */
export type HistoryViewPoint = {
  runId: string;
  startedAt: string;
  fingerprint: string;
  median: number;
  /** Exact 95 % interval of the median; `null` below 6 launches. */
  low: number | null;
  high: number | null;
  launches: number;
  disturbed: number;
  failed: number;
  /**
   * Where 95 of 100 new runs would lie, given the earlier runs of the same fingerprint since the last change;
   * `null` with fewer than two of them.
   */
  band: { low: number; high: number; runs: number } | null;
  state: BandState;
};

/** A lasting change of the level. */
export type HistoryChange = {
  /** The first run on the new level. */
  runId: string;
  startedAt: string;
  /** Its place in `points`. */
  index: number;
  meanBefore: number;
  meanAfter: number;
  /** (after - before) / before, in the metric's own direction; null where before is 0. */
  change: number | null;
  direction: "worse" | "better";
  p: number;
  /** What differs between the hosts and versions of the run before and this one. */
  differing: DifferingField[];
};

export type HistorySeries = {
  cell: string;
  scenario: string;
  title: string;
  unit: Unit;
  better: "lower" | "higher";
  /** Oldest first. */
  points: HistoryViewPoint[];
  changes: HistoryChange[];
};

export type HistoryView = {
  schema: typeof HISTORY_SCHEMA;
  metric: string;
  /** The one that the runs share; `null` = runs of all fingerprints. */
  fingerprint: string | null;
  /** Smallest lasting change that is reported, as a share: 0.05 = 5 %. */
  minChange: number;
  /** Runs with at least one point. */
  runs: number;
  /** Those with something to see first: newest outside its band, then changes, then the others by name. */
  series: HistorySeries[];
  warnings: string[];
  /** Lines and files that could not be read: `FILE:LINE: message`. */
  skipped: string[];
};
