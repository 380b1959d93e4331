import { type Random, seededRandom } from "../plan/seeded-random.ts";
import { walshAverages } from "./hodges-lehmann.ts";
import { normalQuantile } from "./normal.ts";
import { quantile } from "./quantile.ts";
import { signedRankCritical } from "./signed-rank-table.ts";
import { sorted } from "./sorted.ts";

const SIMULATIONS = 4000;
/** Above, the normal approximation is within 2 %, and simulating would take seconds. */
const MOST_SIMULATED = 50;
const margins = new Map<string, number>();

export type DetectionPlan = {
  rounds: number;
  /** Standard deviation of the log ratios between rounds; as `cautiousSpread` where it is estimated from few. */
  spread: number;
  /** As for the verdict, in ln units. */
  delta: number;
  /** Gated comparisons that Holm's correction counts. */
  cells: number;
  alpha?: number;
  power?: number;
};

/**
 * The smallest true slowdown that a check with these rounds would call worse with 80 % power.
 *
 * The one-sided signed-rank test of "d <= delta" rejects exactly when the (C+1)-th ordered Walsh average lies
 * above delta, so the effect that a simulated run would have needed is known from its noise alone: the result
 * is the 80 % quantile of that over 4,000 seeded runs of normal noise (error about 2 %). Holm's first and
 * strictest step, alpha / cells, is assumed, which is what a single slower cell faces. Above 50 rounds by the normal
 * approximation; the efficiency of the rank test against t is 3/pi.
 *
 * @returns in ln units, above delta; `null` when so few rounds can never be called worse
 * @throws RangeError for a spread below 0, cells below 1, or power outside 0..1
 */
export function minimumDetectableEffect(plan: DetectionPlan): number | null {
  const { rounds, spread, delta, cells, alpha = 0.05, power = 0.8 } = plan;
  if (!(spread >= 0)) throw new RangeError(`spread must be at least 0, got ${spread}`);
  if (!(cells >= 1)) throw new RangeError(`cells must be at least 1, got ${cells}`);
  const critical = rounds > 0 ? signedRankCritical(rounds, alpha / cells) : -1;
  if (critical < 0) return null;
  if (rounds > MOST_SIMULATED) {
    const error = Math.sqrt(Math.PI / 3 / rounds);
    return delta + spread * error * (normalQuantile(power) - normalQuantile(alpha / cells));
  }
  const margin = simulatedMargin(`${rounds} ${critical} ${power}`, power, (normal) => {
    return -walshAverages(Array.from({ length: rounds }, normal))[critical]!;
  });
  return delta + spread * margin;
}

/**
 * Effect needed beyond delta, in units of the spread: the quantile `power` over seeded runs of normal noise. Kept,
 * since a report asks the same of every cell.
 *
 * @param key what the margin depends on; seeds it too
 * @param needed the effect that one simulated run needs; `normal` draws from the standard normal distribution
 */
export function simulatedMargin(
  key: string,
  power: number,
  needed: (normal: () => number) => number,
): number {
  const known = margins.get(key);
  if (known !== undefined) return known;
  const random = seededRandom(key);
  const normal = () => standardNormal(random);
  const runs = Array.from({ length: SIMULATIONS }, () => needed(normal));
  const margin = quantile(sorted(runs), power);
  margins.set(key, margin);
  return margin;
}

/** Box and Muller (1958); 1 - u keeps the logarithm finite. */
function standardNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
