/**
 * Prediction intervals from the errors on programs that were left out of the fit: they hold for the next program
 * as far as that is like them, whatever the distribution of errors.
 *
 * Source: Lei, G'Sell, Rinaldo, Tibshirani, Wasserman, Distribution-Free Predictive Inference for Regression
 * (2018), 2.2 and 5.2: split conformal with a scale; errors are of logarithms.
 */

/** A slowdown of 1 is rarely wrong, a large one more often; at a factor of e and beyond the scale stays. */
export const ERROR_SCALE = { least: 0.03, growth: 0.3 } as const;

/** Of a predicted slowdown: the scale of its error. */
export function errorScale(slowdown: number): number {
  return ERROR_SCALE.least + ERROR_SCALE.growth * Math.min(1, Math.abs(Math.log(slowdown)));
}

/** |log predicted - log measured| in units of its scale. */
export function score(predicted: number, measured: number): number {
  return Math.abs(Math.log(predicted / measured)) / errorScale(predicted);
}

/**
 * 90 % need at least 9 scores: the largest of n bounds n / (n + 1) of the next ones.
 *
 * @param scores of programs that were left out, in any order
 * @returns the interval of a slowdown; `null` where there are too few scores for this coverage
 */
export function predictionInterval(
  slowdown: number,
  scores: readonly number[],
  coverage = 0.9,
): { low: number; high: number } | null {
  const score = boundOf(scores, coverage);
  if (score === null) return null;
  const bound = score * errorScale(slowdown);
  return { low: slowdown * Math.exp(-bound), high: slowdown * Math.exp(bound) };
}

/** The score that this share of the next ones stays below; `null` where there are too few. */
export function boundOf(scores: readonly number[], coverage = 0.9): number | null {
  const rank = Math.ceil((scores.length + 1) * coverage);
  return rank > scores.length ? null : [...scores].sort((a, b) => a - b)[rank - 1]!;
}
