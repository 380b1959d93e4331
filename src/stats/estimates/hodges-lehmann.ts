import { quantile } from "../distributions/quantile.ts";
import { signedRankCritical } from "../distributions/signed-rank-table.ts";
import { type Sorted, sorted } from "../distributions/sorted.ts";

export type HodgesLehmann = {
  /** Median of the Walsh averages, in the unit of the differences. */
  estimate: number;
  /** Ends of the exact interval; `null` = unbounded: 95 % needs 6 differences. */
  low: number | null;
  high: number | null;
  n: number;
};

/**
 * Hodges-Lehmann estimate of the centre of paired differences, with the interval that belongs to the
 * signed-rank test: exact for symmetric continuous differences, conservative with ties.
 *
 * @param differences one a round, in any order; for ratios their natural logarithms
 * @returns `null` for no differences
 * @throws RangeError for a difference that is not finite
 * Source: Hollander, Wolfe and Chicken, Nonparametric Statistical Methods, 3.2 and 3.3.
 */
export function hodgesLehmann(differences: readonly number[], confidence = 0.95): HodgesLehmann | null {
  const n = differences.length;
  if (n === 0) return null;
  const averages = walshAverages(differences);
  const outside = signedRankCritical(n, (1 - confidence) / 2);
  return {
    estimate: quantile(averages, 0.5),
    low: outside < 0 ? null : (averages[outside] as number),
    high: outside < 0 ? null : (averages[averages.length - 1 - outside] as number),
    n,
  };
}

/** (d_i + d_j) / 2 for all i <= j, in ascending order: n(n+1)/2 of them. */
export function walshAverages(differences: readonly number[]): Sorted {
  const averages: number[] = [];
  for (const [i, first] of differences.entries()) {
    for (let j = i; j < differences.length; j++) averages.push((first + (differences[j] as number)) / 2);
  }
  return sorted(averages);
}
