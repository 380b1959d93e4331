/**
 * The result of comparing two sides: one serialisable structure that every renderer and export reads.
 * It stands in stats/ because check (which makes it) and report (which shows it) don't import each other.
 */
import type { Unit } from "../samples/launch-record.ts";
import type { Verdict as StatisticalVerdict } from "./verdict.ts";

/** worse, better, same, unclear */
export type VerdictName = StatisticalVerdict["verdict"];

export const COMPARISON_SCHEMA = "sbx-bench/comparison@1";

/** One side of a comparison. */
export type ComparedSide = {
  /** For people: a run id, a baseline's name, a configuration id, a config file's name. */
  label: string;
  runId: string;
  startedAt: string;
  fingerprintId: string;
  toolVersion: string;
  versions: Record<string, string>;
};

/**
 * - `runs`: two stored runs, unpaired
 * - `configurations`: two configurations inside one run, paired by round
 * - `interleaved`: both sides in the same random rounds of one run, paired by round: the strongest form
 */
export type ComparisonKind = "runs" | "configurations" | "interleaved";

/** A difference in cost: (cost of b) / (cost of a); > 1 is worse, whatever the metric's unit and direction. */
export type Effect = {
  ratio: number;
  /** 95 % interval; null = unbounded, too few launches. */
  ciLow: number | null;
  ciHigh: number | null;
};

export type MetricComparison = {
  cell: string;
  /** Cell id on the other side where it differs (comparison of two configurations). */
  cellA: string;
  scenario: string;
  metric: string;
  title: string;
  unit: Unit;
  better: "lower" | "higher";
  a: { median: number; launches: number };
  b: { median: number; launches: number };
  /** Pairs, or the smaller sample's size where unpaired. */
  n: number;
  effect: Effect;
  /** Holm-adjusted over all gated metrics of the comparison. */
  pWorse: number;
  pBetter: number;
  verdict: VerdictName;
  /** Smallest difference that counts, as a share: 0.05 = 5 %. The larger of limit and noise floor. */
  delta: number;
  deltaFrom: "configured" | "noise floor";
  /** A/A noise floor as a share; null where no A/A was measured. */
  noiseFloor: number | null;
  /** Smallest true slowdown that this comparison would have called worse in 80 of 100 cases, as a share. */
  mde: number | null;
  /** Rounds that would settle an `unclear`; null when settled already or out of reach. */
  roundsToSettle: number | null;
  /** False for metrics that are shown and not gated. */
  gated: boolean;
};

/** A cell that could not be compared, with the reason. */
export type NotCompared = { cell: string; reason: string };

export type Comparison = {
  schema: typeof COMPARISON_SCHEMA;
  kind: ComparisonKind;
  a: ComparedSide;
  b: ComparedSide;
  /** Fields in which the hosts differ, when the comparison was made all the same (--allow-unlike). */
  unlike: { field: string; a: string; b: string }[];
  metrics: MetricComparison[];
  notCompared: NotCompared[];
  warnings: string[];
  /** Over the gated metrics. */
  counts: Record<VerdictName, number>;
  /** Chance that even one unchanged metric is called worse: what Holm's correction held, 0.01 = 1 %. */
  alpha: number;
  /** Over the gated metrics: any worse -> worse; else any unclear -> unclear; else ok. */
  outcome: "ok" | "worse" | "unclear";
  emulated: boolean;
};
