import type { HodgesLehmann } from "./hodges-lehmann.ts";
import { quantile } from "./quantile.ts";
import { rankSumCritical } from "./rank-sum-table.ts";
import { type Sorted, sorted } from "./sorted.ts";

/**
 * Hodges-Lehmann estimate of how far y lies above x, two samples that share no rounds, with the interval that
 * belongs to the Mann-Whitney test: exact up to 50 values a sample where y is x shifted, conservative with ties.
 *
 * @param x figures in any order; for ratios their natural logarithms; the same for y
 * @returns `null` where a sample is empty; `n` is the smaller sample's size; ends are `null` where there are too
 *   few values (95 % needs 4 a sample, or 3 against 5)
 * @throws RangeError for a value that is not finite
 * Source: Hollander, Wolfe and Chicken, Nonparametric Statistical Methods, 4.2 and 4.3.
 */
export function hodgesLehmannShift(
  x: readonly number[],
  y: readonly number[],
  confidence = 0.95,
): HodgesLehmann | null {
  if (x.length === 0 || y.length === 0) return null;
  const differences = pairDifferences(x, y);
  const outside = rankSumCritical(x.length, y.length, (1 - confidence) / 2);
  return {
    estimate: quantile(differences, 0.5),
    low: outside < 0 ? null : differences[outside]!,
    high: outside < 0 ? null : differences[differences.length - 1 - outside]!,
    n: Math.min(x.length, y.length),
  };
}

/** y_j - x_i for all i and j, in ascending order. */
function pairDifferences(x: readonly number[], y: readonly number[]): Sorted {
  return sorted(y.flatMap((after) => x.map((before) => after - before)));
}
