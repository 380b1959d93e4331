import { normalQuantile } from "../distributions/normal.ts";
import { median, quantile } from "../distributions/quantile.ts";
import { sorted } from "../distributions/sorted.ts";

/** A line through points of which some may be wrong: the slope is the median of all slopes between two of them. */
export type TheilSen = {
  /** Unit of y for one unit of x. */
  slope: number;
  slopeLow: number;
  slopeHigh: number;
  /** Median of y - slope * x: y where x is 0. */
  intercept: number;
  /** Points. */
  n: number;
};

/** Fewer distinct x than this give no interval that means something. */
const FEWEST_LEVELS = 3;

/**
 * Theil and Sen's line with Sen's interval of the slope, with the variance of Kendall's score for ties in x.
 *
 * @param points at any x, repeats included, in any order
 * @returns `null` for fewer than 3 distinct x: two have no spread to judge by
 * @throws RangeError for a value that is not finite
 * Source: Sen, JASA 63 (1968), 1379-1389.
 */
export function theilSen(points: readonly { x: number; y: number }[], confidence = 0.95): TheilSen | null {
  const groups = tieSizes(points.map(({ x }) => x));
  if (groups.length < FEWEST_LEVELS) return null;
  const slopes = sorted(slopesBetween(points));
  const n = points.length;
  const ties = groups.reduce((sum, t) => sum + t * (t - 1) * (2 * t + 5), 0);
  const deviation = Math.sqrt((n * (n - 1) * (2 * n + 5) - ties) / 18);
  const reach = normalQuantile(0.5 + confidence / 2) * deviation;
  const place = (order: number) => Math.min(slopes.length - 1, Math.max(0, order));
  const slope = quantile(slopes, 0.5);
  return {
    slope,
    slopeLow: slopes[place(Math.floor((slopes.length - reach) / 2) - 1)]!,
    slopeHigh: slopes[place(Math.ceil((slopes.length + reach) / 2))]!,
    intercept: median(points.map(({ x, y }) => y - slope * x)),
    n,
  };
}

function slopesBetween(points: readonly { x: number; y: number }[]): number[] {
  return points.flatMap((a, index) =>
    points
      .slice(index + 1)
      .filter((b) => b.x !== a.x)
      .map((b) => (b.y - a.y) / (b.x - a.x)),
  );
}

function tieSizes(values: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()];
}
