import { simulatedMargin } from "./minimum-detectable-effect.ts";
import { normalQuantile } from "./normal.ts";
import { MOST_EXACT, rankSumCritical } from "./rank-sum-table.ts";
import { sorted } from "./sorted.ts";

export type ShiftDetectionPlan = {
  /** Launches of the stored run, and of the new one. */
  before: number;
  after: number;
  /** Standard deviation of the logarithms between launches, both sides pooled. */
  spread: number;
  /** As for the verdict, in ln units. */
  delta: number;
  /** Gated comparisons that Holm's correction counts. */
  cells: number;
  alpha?: number;
  power?: number;
};

/**
 * `minimumDetectableEffect` for two runs that share no rounds: the one-sided Mann-Whitney test rejects exactly
 * when the (C+1)-th ordered difference of a new and an old launch lies above delta. Above 50 launches a side by
 * the normal approximation; the efficiency of the rank test against t is 3/pi.
 *
 * @returns in ln units, above delta; `null` when so few launches can never be called worse
 * @throws RangeError for a spread below 0 or cells below 1
 */
export function minimumDetectableShift(plan: ShiftDetectionPlan): number | null {
  const { before, after, spread, delta, cells, alpha = 0.05, power = 0.8 } = plan;
  if (!(spread >= 0)) throw new RangeError(`spread must be at least 0, got ${spread}`);
  if (!(cells >= 1)) throw new RangeError(`cells must be at least 1, got ${cells}`);
  if (before === 0 || after === 0) return null;
  const tail = alpha / cells;
  const critical = rankSumCritical(before, after, tail);
  if (critical < 0) return null;
  if (Math.max(before, after) > MOST_EXACT) {
    const error = Math.sqrt((Math.PI / 3) * (1 / before + 1 / after));
    return delta + spread * error * (normalQuantile(power) - normalQuantile(tail));
  }
  const margin = simulatedMargin(`shift ${before} ${after} ${critical} ${power}`, power, (normal) => {
    const old = Array.from({ length: before }, normal);
    const fresh = Array.from({ length: after }, normal);
    return -sorted(fresh.flatMap((y) => old.map((x) => y - x)))[critical]!;
  });
  return delta + spread * margin;
}
