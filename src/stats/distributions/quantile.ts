import { type Sorted, sorted } from "./sorted.ts";

/**
 * Quantile of type 7 (Hyndman and Fan 1996; the default of R and NumPy): linear between order statistics.
 *
 * @param values at least one, sorted, any unit
 * @param q 0..1
 * @returns in the unit of the values
 * @throws RangeError for no values or `q` outside 0..1
 */
export function quantile(values: Sorted, q: number): number {
  if (values.length === 0) throw new RangeError("no quantile of no values");
  if (!(q >= 0 && q <= 1)) throw new RangeError(`quantile must be within 0..1, got ${q}`);
  const place = (values.length - 1) * q;
  const below = Math.floor(place);
  const low = values[below] as number;
  const high = values[Math.min(below + 1, values.length - 1)] as number;
  return low + (high - low) * (place - below);
}

/** Median of values in any order. Throws as `quantile` and `sorted` do. */
export function median(values: readonly number[]): number {
  return quantile(sorted(values), 0.5);
}
