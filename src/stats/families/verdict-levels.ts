/**
 * Level of the test that one metric's change is larger than its limit: 1 %, or what is asked for of all metrics together
 * where that is less strict.
 *
 * @param alpha chance that even one unchanged metric is called worse
 */
export function beyondLimitLevel(alpha: number): number {
  return Math.max(0.01, alpha);
}

/** Level of each of the two tests by which a metric is the same: its 90 % interval lies within the limits. */
export const SAME_LEVEL = 0.05;
