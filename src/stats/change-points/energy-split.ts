export type EnergySplit = {
  /** First index of the right part. */
  index: number;
  /** End (exclusive) of the stretch in which the split is clearest. */
  end: number;
  /** Scaled energy distance between the two parts; larger is clearer. */
  q: number;
};

/** Below two values a part has no spread to compare a shift with. */
const SMALLEST_PART = 2;

/**
 * The split of a series, and the end of the stretch after it, with the largest energy distance:
 * Q = 2/(n+m) sum|X-Y| - 2m/((n+m)(n-1)) sum_(i<k)|X_i-X_k| - 2n/((n+m)(m-1)) sum_(j<k)|Y_j-Y_k|,
 * X the n values before the split, Y the m from it to the end. Time n squared, memory n.
 *
 * @param values in time order, finite
 * @returns `null` for fewer than four values
 * Source: Matteson and James, A Nonparametric Approach for Multiple Change Point Analysis (2014).
 */
export function energySplit(values: readonly number[]): EnergySplit | null {
  let best: EnergySplit | null = null;
  const size = values.length;
  // All indexed by split; sums over pairs of values up to the end reached so far.
  const within = new Float64Array(size + 1);
  const across = new Float64Array(size + 1);
  const after = new Float64Array(size + 1);
  const toLast = new Float64Array(size + 1);
  for (let last = 0; last < size; last++) {
    for (let i = 0; i < last; i++) toLast[i + 1] = toLast[i]! + Math.abs(values[i]! - values[last]!);
    within[last + 1] = within[last]! + toLast[last]!;
    for (let split = 1; split <= last; split++) {
      across[split] = across[split]! + toLast[split]!;
      after[split] = after[split]! + toLast[last]! - toLast[split]!;
      const n = split;
      const m = last + 1 - split;
      if (n < SMALLEST_PART || m < SMALLEST_PART) continue;
      const q =
        (2 / (n + m)) * (across[split]! - (m / (n - 1)) * within[split]! - (n / (m - 1)) * after[split]!);
      if (best === null || q > best.q) best = { index: split, end: last + 1, q };
    }
  }
  return best;
}
