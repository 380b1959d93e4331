declare const sortedBrand: unique symbol;

/** Finite numbers in ascending order. Only `sorted` makes them, so order and finiteness need no second check. */
export type Sorted = readonly number[] & { readonly [sortedBrand]: true };

/** Up to here inserting takes less time than a typed array's own sort: statistics sort many short lists. */
const FEW = 24;

/**
 * A sorted copy; the input stays as it is.
 *
 * @throws RangeError when a value is NaN or infinite: no rank, mean or quantile is defined then.
 */
export function sorted(values: readonly number[]): Sorted {
  for (const value of values) {
    if (!Number.isFinite(value)) throw new RangeError(`statistics need finite numbers, got ${value}`);
  }
  if (values.length <= FEW) return insertionSorted(values) as unknown as Sorted;
  const ordered = new Float64Array(values).sort();
  // By hand: Array.from would iterate, which takes longer than the sorting.
  const result = new Array<number>(ordered.length);
  for (let at = 0; at < ordered.length; at++) result[at] = ordered[at]!;
  return result as unknown as Sorted;
}

function insertionSorted(values: readonly number[]): number[] {
  const result = values.slice();
  for (let at = 1; at < result.length; at++) {
    const value = result[at]!;
    let place = at;
    for (; place > 0 && result[place - 1]! > value; place--) result[place] = result[place - 1]!;
    result[place] = value;
  }
  return result;
}
