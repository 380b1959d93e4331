import { quantile } from "../distributions/quantile.ts";
import { sorted } from "../distributions/sorted.ts";
import { studentTQuantile } from "../distributions/student-t.ts";
import { caution } from "../estimates/cautious-spread.ts";
import { hodgesLehmann } from "../estimates/hodges-lehmann.ts";
import { middleOf, trimmedMean } from "../estimates/trimmed-t.ts";
import { beyondLimitLevel } from "../families/verdict-levels.ts";
import { CAREFUL_MISSES, resamplesOf } from "./resampled-power.ts";
import { roundsNeeded } from "./rounds-needed.ts";

export type DetectionPlan = {
  /** What was seen: ln(cost new / cost old), one a round. */
  logRatios: readonly number[];
  /** As for the verdict, in ln units. */
  delta: number;
  /** What the metric's statistic has to exceed, by the flips of all metrics (`stepDownMaxT`). */
  critical: number;
  alpha: number;
  power?: number;
};

/**
 * The smallest true slowdown that a check with these rounds and this noise would call worse with 80 % power.
 *
 * The noise is resampled with either sign, since the test takes the differences as symmetric. Of each resample the
 * effect is computed at which both halves of the verdict hold: the statistic exceeds what the flips of all metrics ask
 * for, and the trimmed mean lies beyond delta by Student's t. A third of the misses allowed is kept in reserve, and
 * the result is stretched by one standard error of a spread: few launches show too little of their own tails.
 *
 * @returns in ln units, from delta on; `null` when so few rounds can never be called worse
 * @throws RangeError for a log ratio that is not finite
 */
export function minimumDetectableEffect(plan: DetectionPlan): number | null {
  const { logRatios, delta, critical, alpha, power = 0.8 } = plan;
  const n = logRatios.length;
  if (n < roundsNeeded(alpha) || critical === Number.POSITIVE_INFINITY) return null;
  const centre = hodgesLehmann(logRatios)!.estimate;
  const noise = sorted(logRatios.flatMap((value) => [value - centre, centre - value]));
  const beyond = studentTQuantile(1 - beyondLimitLevel(alpha), middleOf(n) - 1);
  const needed = resamplesOf(noise, n, "pairs").map((drawn) =>
    Math.max(effectThatStandsOut(drawn, critical), delta + effectBeyond(drawn, beyond)),
  );
  const found = quantile(sorted(needed), 1 - (1 - power) * CAREFUL_MISSES);
  return delta + Math.max(0, found - delta) * caution(n);
}

/** Added to every value, it lifts the trimmed mean `errors` standard errors above zero. */
function effectBeyond(ordered: Float64Array, errors: number): number {
  const { mean, error } = trimmedMean(ordered);
  return errors * error - mean;
}

/** Added to every value, it lifts `agreementT` to `critical`: the best of all numbers of rounds that may agree. */
function effectThatStandsOut(ordered: Float64Array, critical: number): number {
  const { mean, error } = trimmedMean(ordered);
  const n = ordered.length;
  let least = Number.POSITIVE_INFINITY;
  for (let agreeing = n; agreeing > n / 2; agreeing--) {
    const bySize = critical * error * (n / agreeing) ** 2 - mean;
    const bySign = -ordered[n - agreeing]!;
    least = Math.min(least, Math.max(bySize, bySign));
  }
  return least;
}
