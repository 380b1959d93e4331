/** A mean with half the width of its interval, in the same unit. */
export type MeanWithHalfWidth = { mean: number; halfWidth: number };

/**
 * Interval of the ratio new / old of two independent means (Fieller), for baselines that kept only a mean and
 * its interval.
 *
 * @returns `null` when the old mean is not clearly different from zero: the ratio is unbounded then
 * Source: Fieller (1954); Kalibera and Jones (2013), 5.
 */
export function fiellerRatio(
  old: MeanWithHalfWidth,
  fresh: MeanWithHalfWidth,
): { low: number; high: number } | null {
  const product = old.mean * fresh.mean;
  const denominator = old.mean ** 2 - old.halfWidth ** 2;
  const root = product ** 2 - denominator * (fresh.mean ** 2 - fresh.halfWidth ** 2);
  // With a denominator above zero the root is too: it equals a^2 k^2 + h^2 b^2 - h^2 k^2.
  if (!(denominator > 0)) return null;
  return { low: (product - Math.sqrt(root)) / denominator, high: (product + Math.sqrt(root)) / denominator };
}
