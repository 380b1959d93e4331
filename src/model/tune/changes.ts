/** Every single switch from the present configuration: what it gains, what it gives up, whether to do it. */

import type { Configuration } from "../../axes/configuration.ts";
import type { Price } from "../../axes/price.ts";
import type { FlagVariant } from "../../config/resolved-config.ts";
import { holm } from "../../stats/families/holm.ts";
import { type CostSurface, changeContrast, type Estimate } from "./cost-surface.ts";
import { changesBetween, type FactorChange, levelsOf } from "./factors.ts";
import { needsOf } from "./needs.ts";
import { type Judged, priceOf } from "./prices.ts";

/**
 * - `gain`: costs less, beyond doubt
 * - `same`: no difference that is worth a change
 * - `loss`: costs more
 * - `unclear`: the interval holds both
 */
type ChangeVerdict = "gain" | "same" | "loss" | "unclear";

export type Change = {
  configuration: string;
  config: Configuration;
  switches: FactorChange[];
  /** Of the goal. */
  estimate: Estimate;
  /** Of the other goals, where they were measured. */
  others: Partial<Record<Goal, Estimate>>;
  verdict: ChangeVerdict;
  /** Of `unclear`, and of a gain that could be chance. */
  why: string | null;
  prices: Price[];
  needs: string[];
};

export const GOALS = ["work", "startup", "memory"] as const;
export type Goal = (typeof GOALS)[number];
/** `null` = not measured. */
export type Surfaces = Record<Goal, CostSurface | null>;

/** A configuration of the run. */
export type Candidate = Judged & { configuration: string };

export type ChangeRules = {
  goal: Goal;
  /** Gains below it are not worth a change: 0.02 = 2 %. */
  smallest: number;
  /** Chance that even one change without any gain is called one. */
  alpha: number;
  variants: readonly FlagVariant[];
  /** Prices that the workload does not pay. */
  waived(price: Price, change: FactorChange[]): boolean;
};

/**
 * Changes to the given configurations, cheapest first. Of measured ones, gains are judged together: Holm's
 * correction over all of them, since the best of many would look like a gain by chance.
 */
export function judgeChanges(
  from: Candidate,
  to: readonly Candidate[],
  surfaces: Surfaces,
  rules: ChangeRules,
): Change[] {
  const surface = surfaces[rules.goal];
  const seen = to.flatMap((candidate) => {
    const contrast = changeContrast(from.configuration, candidate.configuration);
    const estimate = surface?.estimate([contrast]) ?? null;
    return estimate === null ? [] : [{ candidate, contrast, estimate }];
  });
  const adjusted = holm(seen.map(({ estimate }) => estimate.gainP ?? 0));
  const changes = seen.map(({ candidate, contrast, estimate }, index): Change => {
    const { config, configuration } = candidate;
    const switches = switchesBetween(from, candidate, rules.variants);
    const others = GOALS.filter((goal) => goal !== rules.goal).flatMap((goal) => {
      const other = surfaces[goal]?.estimate([contrast]) ?? null;
      return other === null ? [] : [[goal, other] as const];
    });
    return {
      configuration,
      config,
      switches,
      estimate,
      others: Object.fromEntries(others),
      ...verdictOf(estimate, adjusted[index]!, rules, seen.length),
      prices: priceOf(from, candidate, rules.variants).filter((price) => !rules.waived(price, switches)),
      needs: needsOf(from.config, config),
    };
  });
  return changes.sort((a, b) => a.estimate.ratio - b.estimate.ratio);
}

export function switchesBetween(
  from: Pick<Candidate, "config">,
  to: Pick<Candidate, "config">,
  variants: readonly FlagVariant[],
): FactorChange[] {
  return changesBetween(levelsOf(from.config, variants), levelsOf(to.config, variants));
}

function verdictOf(
  { ratio, low, high, n }: Estimate,
  p: number,
  { smallest, alpha }: ChangeRules,
  tried: number,
): Pick<Change, "verdict" | "why"> {
  if (low === null || high === null) {
    return { verdict: "unclear", why: `${n} shared rounds give no interval; 6 do` };
  }
  if (high < 1) {
    if (1 - ratio < smallest) return { verdict: "same", why: null };
    if (p <= alpha) return { verdict: "gain", why: null };
    return {
      verdict: "unclear",
      why: `the best of ${tried} changes would look like this by chance (p = ${p.toFixed(2)})`,
    };
  }
  if (low > 1 && ratio - 1 >= smallest) return { verdict: "loss", why: null };
  if (low >= 1 - smallest && high <= 1 + smallest) return { verdict: "same", why: null };
  return low > 1
    ? { verdict: "same", why: null }
    : { verdict: "unclear", why: "its interval holds both gain and loss" };
}
