import { median } from "./distributions/quantile.ts";

/** Ten standard deviations of normal data, in units of the median absolute deviation. */
const THRESHOLD = 14.826;
/** The same in units of the mean absolute deviation. */
const MEAN_THRESHOLD = 12.533;

/**
 * Places of the values that lie further than 14.826 median absolute deviations from the median. They are to be
 * reported, not removed.
 *
 * Where over half of the values are equal, that deviation is zero; the mean absolute deviation takes its place.
 *
 * @param values in any order and unit
 * @returns indices into `values`, ascending; empty for no values
 * @throws RangeError for a value that is not finite
 * Source: Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993); threshold as in hyperfine.
 */
export function madOutliers(values: readonly number[]): number[] {
  if (values.length === 0) return [];
  const centre = median(values);
  const distances = values.map((value) => Math.abs(value - centre));
  const typical = median(distances);
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
  const limit = typical > 0 ? THRESHOLD * typical : MEAN_THRESHOLD * mean;
  return [...distances.keys()].filter((index) => distances[index]! > limit);
}
