import { studentTQuantile } from "../distributions/student-t.ts";

/**
 * Band in which the next single observation falls, given earlier ones of the same fingerprint:
 * mean -+ t s sqrt(1 + 1/n).
 *
 * @param history mean, sample standard deviation (divisor n - 1) and number of earlier observations
 * @param boundary chance to stay below the upper end, and above the lower end: 0.977 leaves 2.3 % a side
 * @returns `null` for fewer than two observations
 * @throws RangeError for a boundary outside 0.5..1
 * Source: Hahn and Meeker, Statistical Intervals, 4.8; bencher's t-test threshold is this.
 */
export function tPrediction(
  history: { mean: number; standardDeviation: number; n: number },
  boundary: number,
): { low: number; high: number } | null {
  if (!(boundary > 0.5 && boundary < 1)) {
    throw new RangeError(`boundary must lie between 0.5 and 1, got ${boundary}`);
  }
  if (history.n < 2) return null;
  const t = studentTQuantile(boundary, history.n - 1);
  const reach = t * history.standardDeviation * Math.sqrt(1 + 1 / history.n);
  return { low: history.mean - reach, high: history.mean + reach };
}
