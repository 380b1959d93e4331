import { binomialCdf } from "../distributions/binomial.ts";
import { sorted } from "../distributions/sorted.ts";

export type MedianInterval = {
  /** In the unit of the values. */
  low: number;
  high: number;
  /** Which ordered values the ends are, from 1. */
  lowOrder: number;
  highOrder: number;
  /** Chance that such an interval covers the median, exact for continuous data: at least what was asked. */
  coverage: number;
};

/**
 * Distribution-free interval of the median: a pair of order statistics, coverage by the exact binomial.
 *
 * @param values independent observations (launch medians), in any order
 * @returns `null` when there are too few: 95 % needs 6
 * @throws RangeError for a value that is not finite
 * Source: Conover, Practical Nonparametric Statistics, 3.2; benchstat `benchmath` uses the same.
 */
export function medianInterval(values: readonly number[], confidence = 0.95): MedianInterval | null {
  const ordered = sorted(values);
  const n = ordered.length;
  const tail = (1 - confidence) / 2;
  let outside = 0;
  while (outside < n / 2 && binomialCdf(outside, n, 0.5) <= tail) outside++;
  if (outside === 0) return null;
  return {
    low: ordered[outside - 1] as number,
    high: ordered[n - outside] as number,
    lowOrder: outside,
    highOrder: n - outside + 1,
    coverage: 1 - 2 * binomialCdf(outside - 1, n, 0.5),
  };
}
