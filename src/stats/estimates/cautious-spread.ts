import { moments } from "../distributions/moments.ts";

/**
 * Standard deviation plus one standard error of it: what planning from few observations should reckon with, since
 * half of the time the spread is underestimated.
 *
 * @returns 0 for fewer than two values
 * @throws RangeError for a value that is not finite
 */
export function cautiousSpread(values: readonly number[]): number {
  if (values.length < 2) return 0;
  return Math.sqrt(moments(values).variance ?? 0) * caution(values.length);
}

/**
 * One plus the relative standard error of a standard deviation of n values, by normal theory: 1 / sqrt(2 (n - 1)).
 *
 * @param n at least 2
 */
export function caution(n: number): number {
  return 1 + 1 / Math.sqrt(2 * (n - 1));
}
