/**
 * Sparse histogram of single calls: [upper bound, count], ascending, only non-empty buckets.
 * The bounds are in the unit of the operation.
 */
export type Histogram = readonly (readonly [upper: number, count: number])[];

/** One histogram of all calls. Buckets with the same upper bound are joined. */
export function mergeHistograms(histograms: Iterable<Histogram>): Histogram {
  const counts = new Map<number, number>();
  for (const histogram of histograms) {
    for (const [upper, count] of histogram) {
      if (count > 0) counts.set(upper, (counts.get(upper) ?? 0) + count);
    }
  }
  return [...counts].sort(([a], [b]) => a - b);
}

/** Number of calls in the histogram. */
export function histogramCount(histogram: Histogram): number {
  return histogram.reduce((sum, [, count]) => sum + count, 0);
}

/**
 * Upper bound of the bucket that holds the call of rank ceil(q * n): never below the true order statistic,
 * and above it by at most the bucket's width.
 *
 * @param q 0 < q <= 1
 * @throws RangeError for an empty histogram
 */
export function histogramQuantile(histogram: Histogram, q: number): number {
  const rank = Math.max(1, Math.ceil(q * histogramCount(histogram)));
  let passed = 0;
  for (const [upper, count] of histogram) {
    passed += count;
    if (passed >= rank) return upper;
  }
  throw new RangeError("no quantile of an empty histogram");
}
