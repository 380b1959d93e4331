/** What a newer runsc changes, as every renderer reads it; made by check. */
import type { Unit } from "../samples/launch-record.ts";
import type { RunscFlag } from "../samples/run-manifest.ts";
import type { AgreeingValues } from "../stats/estimates/agreeing-values.ts";
import type { Comparison, Effect, VerdictName } from "./comparison-types.ts";

/** Where a metric stands in the upgrade's answer. */
export const UPGRADE_SECTIONS = ["operations", "start-up", "memory"] as const;
export type UpgradeSection = (typeof UPGRADE_SECTIONS)[number];

export type UpgradeSide = { label: string; version: string; sha256: string | null; source: string | null };

/** One metric on one platform: all configurations that both runscs ran, round by round. */
export type UpgradeMetric = {
  section: UpgradeSection;
  platform: string;
  /** Variant of runsc's flags; `null` = none. */
  flags: string | null;
  scenario: string;
  metric: string;
  title: string;
  unit: Unit;
  /** Geometric mean of the medians of these configurations. */
  a: number;
  b: number;
  /** Configurations (network x filter) behind it. */
  configurations: number;
  /** Rounds. */
  n: number;
  /** Cost new / cost old: Hodges-Lehmann over the rounds' means of the configurations' log ratios. */
  effect: Effect;
  /** What may be shown beside `effect`: the new one (`of`) and the old one (`over`), in the metric's unit. */
  values: AgreeingValues;
  /** The same of the configuration in which the new one does best, and worst. */
  lowest: number;
  highest: number;
  /** Holm-adjusted over all metrics of the platform. */
  pWorse: number;
  pBetter: number;
  verdict: VerdictName;
  delta: number;
  deltaFrom: "configured" | "noise floor";
  mde: number | null;
  roundsToSettle: number | null;
};

export type OnlyOne = { cell: string; reason: string };

export type Upgrade = {
  a: UpgradeSide;
  b: UpgradeSide;
  metrics: UpgradeMetric[];
  /** By verdict. */
  counts: Record<VerdictName, number>;
  alpha: number;
  /** Cells with figures under one of the two only; the reason is the other's. */
  onlyA: OnlyOne[];
  onlyB: OnlyOne[];
  flags: {
    onlyA: string[];
    onlyB: string[];
    changedDefaults: { name: RunscFlag["name"]; a: string; b: string }[];
    /** False where one of the two does not say which flags it knows. */
    known: boolean;
  };
  /** Configuration by configuration, each judged on its own: a larger family, so fewer verdicts. */
  cells: Comparison;
};
