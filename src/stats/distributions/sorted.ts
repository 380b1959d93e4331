declare const sortedBrand: unique symbol;

/** Finite numbers in ascending order. Only `sorted` makes them, so order and finiteness need no second check. */
export type Sorted = readonly number[] & { readonly [sortedBrand]: true };

/**
 * A sorted copy; the input stays as it is.
 *
 * @throws RangeError when a value is NaN or infinite: no rank, mean or quantile is defined then.
 */
export function sorted(values: readonly number[]): Sorted {
  for (const value of values) {
    if (!Number.isFinite(value)) throw new RangeError(`statistics need finite numbers, got ${value}`);
  }
  const ordered = new Float64Array(values).sort();
  // By hand: Array.from would iterate, which takes longer than the sorting.
  const result = new Array<number>(ordered.length);
  for (let at = 0; at < ordered.length; at++) result[at] = ordered[at]!;
  return result as unknown as Sorted;
}
