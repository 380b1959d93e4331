/** What every renderer shows: one serialisable structure, numbers beside their finished texts. */

import type { NetworkName } from "../../../axes/network.ts";
import type { FilterEvaluator } from "../../../axes/sandbox-facts.ts";
import type { Unit } from "../../../samples/launch-record.ts";
import type { ArticleCheck } from "../../article/check-article.ts";
import type { FlagEffectsView } from "../../flags/view.ts";
import type { Estimate, Provenance, Ratio } from "../../kit/figure.ts";
import type { ModelView } from "../../model/view/model-view.ts";
import type { ProgramView } from "../../program/view.ts";
import type { ServerView } from "../../server/view.ts";
import type { UpgradeView } from "../../upgrade/view.ts";

export type HeadlineTile = {
  label: string;
  /** The big number: `8.2x`. */
  value: string;
  /** Its interval and n, and what it is against. */
  detail: string;
  /** The same for the other sandboxes: `runc 1.01x`. */
  others: string[];
};

export type HeadlineView = {
  /** One or two sentences that a newcomer understands in ten seconds. */
  text: string;
  /** The configuration that the tiles are about; `null` when nothing was measured. */
  configuration: string | null;
  tiles: HeadlineTile[];
};

export type LadderRung = {
  label: string;
  configuration: string;
  evaluator: FilterEvaluator | null;
  estimate: Estimate | null;
  /** Against the baseline; `null` on the baseline itself. */
  ratio: Ratio | null;
  /** What this layer costs beyond the rung that it stands on, paired by round; `null` where that is `ratio`. */
  step: { on: string; ratio: Ratio } | null;
  /** Why there is no number. */
  missing: string | null;
};

export type LadderView = {
  key: string;
  title: string;
  /** At most 10 characters, for a column. */
  short: string;
  network: NetworkName;
  rungs: LadderRung[];
};

export type MatrixColumn = {
  configuration: string;
  /** `runsc systrap` */
  sandbox: string;
  seccomp: string;
  evaluator: FilterEvaluator | null;
};

export type MatrixCell = {
  estimate: Estimate | null;
  ratio: Ratio | null;
  /** Why there is no ratio; short enough for a table. */
  missing: string | null;
};

export type MatrixRow = {
  /** `scenario::metric` */
  key: string;
  scenario: string;
  metric: string;
  title: string;
  /** True where this op stands for its kind: shown first, and in the forest plot. */
  isKey: boolean;
  better: "lower" | "higher";
  native: Estimate | null;
  /** One a column, in the same order. */
  cells: MatrixCell[];
};

/** Overhead of every op under every configuration that has this network. */
export type MatrixView = {
  network: NetworkName;
  columns: MatrixColumn[];
  groups: { group: string; rows: MatrixRow[] }[];
};

export type DistributionSeries = {
  label: string;
  /** [upper bound, share of single calls at or below it], thinned. */
  points: [number, number][];
  samples: number;
  p50: string;
  p90: string;
  p99: string;
  /** `72 % near 1.35 us, 28 % near 4.2 us`; empty with one mode. */
  modes: string;
};

export type DistributionView = { key: string; title: string; unit: Unit; series: DistributionSeries[] };

export type StartupRow = {
  label: string;
  configuration: string;
  network: NetworkName;
  /** In order of time; host metrics of the start-up scenario. */
  phases: { phase: string; estimate: Estimate }[];
  total: Estimate | null;
};

export type MemoryRow = {
  label: string;
  configuration: string;
  metric: string;
  title: string;
  estimate: Estimate;
};

/** Cells that share a reason. */
export type NotRunGroup = {
  status: "excluded" | "unavailable";
  reason: string;
  /** `runsc kvm; net none, host; seccomp none; 7 scenarios` */
  what: string;
  cells: string[];
};

export type FailedCell = {
  cell: string;
  reason: string;
  /** The first failed launch; `null` where no record of one is at hand. */
  evidence: { kind: string; message: string; round: number; exit: string; output: string } | null;
};

/** Operations that cells which ran could not do, by reason. */
export type SkipGroup = { reason: string; ops: string[]; cells: number };

/** Warnings of one kind. */
export type WarningGroup = {
  /** The warning itself, or how many there are of its kind. */
  summary: string;
  /** Each in full; empty where the summary is all. */
  all: string[];
};

export type Finding = {
  severity: "problem" | "notice";
  title: string;
  detail: string;
};

/** Missing for an emulated processor: its times say nothing. */
export type PerformanceView = {
  headline: HeadlineView;
  ladders: LadderView[];
  matrices: MatrixView[];
  distributions: DistributionView[];
  startup: StartupRow[];
  memory: MemoryRow[];
};

export type ReportView = {
  title: string;
  runId: string;
  /** Loud, above everything; `null` on real hardware. */
  banner: string | null;
  /** `15 rounds, seed 4711, preset quick, 23 November 2026 10:15 UTC` */
  subtitle: string;
  counts: { measured: number; failed: number; unavailable: number; excluded: number };
  baseline: string;
  performance: PerformanceView | null;
  /** Of each program of the user's that the run measures; empty on an emulated processor. */
  programs: ProgramView[];
  /** Of each server that the run drove; empty on an emulated processor. */
  servers: ServerView[];
  /** Stands before the answer where other work disturbed many launches; else empty. */
  busyHost: string;
  /** Only of a run that was made to check the article. */
  article: ArticleCheck | null;
  /** The fitted cost model; `null` where nothing could be fitted or nobody asked for it. */
  model: ModelView | null;
  /** Each newer runsc against the first; empty where the run names fewer than two. */
  upgrades: UpgradeView[];
  /** Each runsc and platform whose flags were varied. */
  flagEffects: FlagEffectsView[];
  findings: Finding[];
  failed: FailedCell[];
  notRun: NotRunGroup[];
  skips: SkipGroup[];
  checks: { cell: string; name: string; held: number; of: number }[];
  warnings: WarningGroup[];
  provenance: Provenance;
};
