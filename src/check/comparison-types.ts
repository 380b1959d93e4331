/**
 * The result of comparing two sides: one serialisable structure that every renderer and export reads.
 * It stands in stats/ because check (which makes it) and report (which shows it) don't import each other.
 */
import type { Unit } from "../samples/launch-record.ts";
import type { AgreeingValues } from "../stats/estimates/agreeing-values.ts";
import type { Verdict as StatisticalVerdict } from "../stats/families/verdict.ts";

/** worse, better, same, unclear */
export type VerdictName = StatisticalVerdict["verdict"];

/** From the worst news to the best: the order in which everything is shown. */
export const VERDICT_ORDER = ["worse", "unclear", "better", "same"] as const satisfies readonly VerdictName[];

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

/** A field of the fingerprint or of the settings in which two runs differ. */
export type UnlikeField = { field: string; a: string; b: string };

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

/** One side's launches of a metric; `zeros` of them have the value 0. */
export type ComparedValues = { median: number; launches: number; zeros: number };

export type MetricComparison = {
  cell: string;
  /** Id on side a; differs from `cell`, the one on side b, where two configurations are compared. */
  cellA: string;
  scenario: string;
  metric: string;
  title: string;
  unit: Unit;
  better: "lower" | "higher";
  a: ComparedValues;
  b: ComparedValues;
  /** Pairs, or the smaller sample's size where unpaired. */
  n: number;
  effect: Effect;
  /**
   * Added to the values of both sides before they are compared, in the metric's unit, because one of them is 0: a
   * step of its counter. `effect`, limit and `mde` are then of these sums, and no ratio of the metric itself. 0
   * where every value is above 0.
   */
  offset: number;
  /** What may be shown beside `effect`: side b (`of`) and side a (`over`), in the metric's unit. */
  values: AgreeingValues;
  /** Adjusted over all gated metrics of the comparison; those not gated are a family of their own. */
  pWorse: number;
  pBetter: number;
  verdict: VerdictName;
  /** Smallest difference that counts, as a share: 0.05 = 5 %. The larger of limit and noise floor, and the drift. */
  delta: number;
  /** Where it comes from, but for the drift. */
  deltaFrom: "configured" | "noise floor";
  /**
   * What is in `delta` for drift of the host between two stored runs, as a share; 0 for sides of the same rounds.
   * `same` is decided without it.
   */
  driftAllowance: number;
  /** A/A noise floor as a share; null where no A/A was measured. */
  noiseFloor: number | null;
  /** Start of the newest A/A run behind the floor, ISO 8601; null where no A/A was measured. */
  floorMeasuredAt: string | null;
  /**
   * Smallest true slowdown that this comparison would have called worse in 80 of 100 cases, as a share; null
   * where there are too few rounds to call anything worse.
   */
  mde: number | null;
  /** Rounds that would settle an `unclear`; null when settled already or out of reach. */
  roundsToSettle: number | null;
  /** What the rounds still to come would take, of all cells that were compared; null where no number of rounds is known. */
  settleNs: number | null;
  /** False for metrics that are shown and not gated. */
  gated: boolean;
};

/**
 * Measured on side a, and without a usable figure on side b: the cell failed there, this host could no longer run
 * it, or a gated metric is missing or impossible (below zero), in more launches than chance explains. Counts as worse.
 * Shown before all else.
 */
export type BrokenCell = {
  cell: string;
  scenario: string;
  /** `null` where the whole cell is broken. */
  metric: string | null;
  /** One sentence with the cause: the first failure's message. */
  reason: string;
};

/** What two stored runs show of the host between them. */
export type BetweenRuns = {
  /** How much further native's typical metric moved than its launches' scatter explains; 1 = no further, or not known. */
  inflation: number;
  /** Share of the launches of each side that were disturbed. */
  disturbed: { a: number; b: number };
  /** Share of the pairs of an old and a new launch that were made under like conditions: the others say nothing. */
  alike: number;
};

/** What could not be compared, with the reason. */
export type NotCompared = {
  cell: string;
  /** `null` where that is so of the whole cell. */
  metric: string | null;
  reason: string;
  /** Set where side a has a gated figure of it and side b none: the gate no longer sees it. Counts as unclear. */
  unseen?: true;
};

export type Comparison = {
  schema: typeof COMPARISON_SCHEMA;
  kind: ComparisonKind;
  a: ComparedSide;
  b: ComparedSide;
  /** Fields in which the hosts differ, when the comparison was made all the same (--allow-unlike). */
  unlike: UnlikeField[];
  /** First of all: what the new side can no longer do. */
  broken: BrokenCell[];
  /** In the order of the run's cells; gated ones and those that are only shown. */
  metrics: MetricComparison[];
  notCompared: NotCompared[];
  warnings: string[];
  /** Gated metrics by verdict; `broken` is not in it. */
  counts: Record<VerdictName, number>;
  /** Chance that even one unchanged metric is called worse: what the correction held, 0.01 = 1 %. */
  alpha: number;
  /** Share of the compared launches of each side that other work of the host disturbed. */
  disturbed: { a: number; b: number };
  /** Null where both sides ran in the same rounds. */
  betweenRuns: BetweenRuns | null;
  /** Globs of `check.metrics` that match nothing compared: a rule that can't fire. */
  idleRules: string[];
  /** Anything broken, or any gated metric worse -> worse; else any gated one unclear or unseen, or an idle rule -> unclear; else ok. */
  outcome: "ok" | "worse" | "unclear";
  emulated: boolean;
};
