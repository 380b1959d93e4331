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
  return Array.from(Float64Array.from(values).sort()) as unknown as Sorted;
}
