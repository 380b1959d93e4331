/** What several estimates of similar things have in common, and how far they differ beyond their errors. */
import { mean, moments } from "../distributions/moments.ts";

export type RandomEffects = {
  /** Weighted mean, and its variance. */
  centre: number;
  centreVariance: number;
  /** Variance of the true values around it; 0 where the errors explain all differences. */
  between: number;
};

/**
 * The random-effects model; the variance between is that of the values less the mean of their errors' variances. The
 * weighted moments of DerSimonian and Laird would take a large value whose error is as large for noise: errors here
 * grow with the values.
 *
 * @param values at least one
 * @param errors the standard error of each, > 0
 * Source: Hedges and Olkin, Statistical Methods for Meta-Analysis (1985), 9.B; Borenstein et al., Introduction to
 * Meta-Analysis (2009), chapter 12, for the centre.
 */
export function randomEffects(values: readonly number[], errors: readonly number[]): RandomEffects {
  const { variance } = moments(values);
  const between = variance === null ? 0 : Math.max(0, variance - mean(errors.map((error) => error ** 2)));
  const weights = errors.map((error) => 1 / (error ** 2 + between));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const centre = values.reduce((total, value, index) => total + weights[index]! * value, 0) / sum;
  return { centre, centreVariance: 1 / sum, between };
}

/**
 * An estimate drawn towards the centre by as much of its distance as its error explains: the mean and standard
 * deviation of the true value, given all estimates.
 *
 * Source: Efron and Morris, Stein's estimation rule and its competitors, JASA 68 (1973), 117.
 */
export function shrunk(value: number, error: number, all: RandomEffects): { mean: number; error: number } {
  const kept = all.between / (all.between + error ** 2);
  return {
    mean: all.centre + kept * (value - all.centre),
    error: Math.sqrt(kept * error ** 2 + (1 - kept) ** 2 * all.centreVariance),
  };
}
