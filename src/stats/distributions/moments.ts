import { sorted } from "./sorted.ts";

export type Moments = {
  n: number;
  mean: number;
  /** Divisor n - 1; `null` for fewer than two values. */
  variance: number | null;
};

/**
 * Mean and sample variance.
 *
 * @throws RangeError for no values, or one that is not finite
 */
export function moments(values: readonly number[]): Moments {
  const n = sorted(values).length;
  if (n === 0) throw new RangeError("no mean of no values");
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { n, mean, variance: n < 2 ? null : squares / (n - 1) };
}

/** @throws RangeError for no values */
export function mean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("no mean of no values");
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
