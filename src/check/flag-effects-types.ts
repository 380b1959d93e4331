/** What flags of runsc change, as every renderer reads it; made by check. */
import type { Unit } from "../samples/launch-record.ts";
import type { FactorLevel } from "../stats/estimates/factorial-effects.ts";
import type { Effect, VerdictName } from "./comparison-types.ts";

/** One level, or a pair of levels, on one metric. */
export type FlagEffect = {
  scenario: string;
  metric: string;
  title: string;
  unit: Unit;
  /** Configurations (network x filter) that it is the mean of. */
  configurations: number;
  /** Combinations of the other factors that it is the mean of, summed over the configurations. */
  contexts: number;
  /** Rounds. */
  n: number;
  /** Of a level: cost with / cost without. Of a pair: cost of both together / product of both alone. */
  effect: Effect;
  /** Holm-adjusted over the metrics of this level or pair on this platform. */
  pWorse: number;
  pBetter: number;
  verdict: VerdictName;
  delta: number;
  mde: number | null;
  roundsToSettle: number | null;
};

export type FlagEffectGroup = {
  /** One: a main effect. Two: their interaction. */
  of: FactorLevel[];
  /** What the level gives up or gains beside time; `null` of pairs and of the user's own variants. */
  tradeOff: string | null;
  metrics: FlagEffect[];
  counts: Record<VerdictName, number>;
};

/** All flags on one platform of one runsc. */
export type FlagEffects = {
  /** Label of the runsc; `null` where the run has one. */
  runsc: string | null;
  platform: string;
  alpha: number;
  main: FlagEffectGroup[];
  pairs: FlagEffectGroup[];
};
