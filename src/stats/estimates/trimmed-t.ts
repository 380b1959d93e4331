import { sorted } from "../distributions/sorted.ts";
import { studentTQuantile } from "../distributions/student-t.ts";

/** Share of the rounds that is set aside at each end: one disturbed round in five does no harm. */
const TRIMMED_SHARE = 0.2;

/**
 * What is added to every standard error, in ln units: no metric is known to 0.15 %, and values on a coarse scale
 * (pages of memory) would have an error of 0.
 */
const SMALLEST_ERROR = 0.0015;

/** The parts of the statistic that a constant added to all values leaves alone, or moves by that constant. */
type TrimmedMean = { mean: number; error: number };

/**
 * Mean of the middle 60 % with its standard error from the Winsorised variance, to which the smallest one is added.
 *
 * @param ordered at least one value, ascending
 * Source: Tukey and McLaughlin (1963); Wilcox, Introduction to Robust Estimation, 4.3. The constant: Tusher,
 * Tibshirani and Chu (2001).
 */
export function trimmedMean(ordered: ArrayLike<number>): TrimmedMean {
  const n = ordered.length;
  const cut = Math.floor(TRIMMED_SHARE * n);
  const [least, most] = [ordered[cut]!, ordered[n - 1 - cut]!];
  let sum = 0;
  for (let at = cut; at < n - cut; at++) sum += ordered[at]!;
  const centre = (sum + cut * (least + most)) / n;
  let squares = cut * ((least - centre) ** 2 + (most - centre) ** 2);
  for (let at = cut; at < n - cut; at++) squares += (ordered[at]! - centre) ** 2;
  const kept = middleOf(n);
  const error = n === 1 ? 0 : Math.sqrt((squares / (n - 1)) * n) / kept;
  return { mean: sum / kept, error: error + SMALLEST_ERROR };
}

/** How many of n rounds are not set aside. */
export function middleOf(n: number): number {
  return n - 2 * Math.floor(TRIMMED_SHARE * n);
}

/**
 * Interval of the centre by Student's t with the freedom of the middle: narrower than Hodges and Lehmann's where a
 * third of the rounds is disturbed, about as wide where none is.
 *
 * @param values at least 5, in any order
 * @throws RangeError for a value that is not finite
 */
export function trimmedInterval(values: readonly number[], confidence = 0.95): { low: number; high: number } {
  const { mean, error } = trimmedMean(sorted(values));
  const reach = studentTQuantile((1 + confidence) / 2, middleOf(values.length) - 1) * error;
  return { low: mean - reach, high: mean + reach };
}

/**
 * How sure a centre away from zero is: the trimmed mean over its error, times the squared share of values on its side.
 * The second factor tells a metric of which three rounds are disturbed from one of which three point the other way.
 * Changes its sign with the values. No distribution is assumed of it: it is held against its own flips.
 *
 * @param ordered finite values, ascending
 * @returns 0 for no values
 */
export function agreementT(ordered: Float64Array): number {
  const n = ordered.length;
  if (n === 0) return 0;
  const { mean, error } = trimmedMean(ordered);
  let agreeing = 0;
  for (let at = 0; at < n; at++) if (mean > 0 ? ordered[at]! > 0 : ordered[at]! < 0) agreeing++;
  return (mean / error) * (agreeing / n) ** 2;
}
