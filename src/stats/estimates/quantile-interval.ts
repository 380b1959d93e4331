import { binomialCdf } from "../distributions/binomial.ts";
import { quantile } from "../distributions/quantile.ts";
import { sorted } from "../distributions/sorted.ts";

export type QuantileInterval =
  | {
      kind: "interval";
      /** Type 7, in the unit of the values. */
      estimate: number;
      /** `null`: only the outer bound can be given at this sample size (one-sided). */
      low: number | null;
      high: number | null;
    }
  | { kind: "too few"; n: number; needed: number };

/**
 * Fewest observations that bound quantile `q` on its far side, with the given confidence:
 * 59 for p95, 299 for p99, 29 for p90, 5 for the median.
 */
export function observationsNeeded(q: number, confidence = 0.95): number {
  return Math.ceil(Math.log(1 - confidence) / Math.log(Math.max(q, 1 - q)));
}

/**
 * Interval of a quantile from order statistics, exact by the binomial.
 *
 * Both ends where each tail can be held to half of the error; otherwise the far bound alone, which takes the
 * whole error (p99: one-sided from 299 observations, two-sided from 368); below that "too few".
 *
 * @param values independent observations, in any order
 * @param q 0 < q < 1
 * @throws RangeError for a value that is not finite, or `q` outside 0..1
 */
export function quantileInterval(values: readonly number[], q: number, confidence = 0.95): QuantileInterval {
  if (!(q > 0 && q < 1)) throw new RangeError(`quantile must lie between 0 and 1, got ${q}`);
  const ordered = sorted(values);
  const n = ordered.length;
  const needed = observationsNeeded(q, confidence);
  if (n < needed) return { kind: "too few", n, needed };
  const error = 1 - confidence;
  const estimate = quantile(ordered, q);
  const low = lowestOrder(n, q, error / 2);
  const high = highestOrder(n, q, error / 2);
  if (low !== null && high !== null) {
    return { kind: "interval", estimate, low: ordered[low - 1] as number, high: ordered[high - 1] as number };
  }
  // `needed` guarantees that the far side holds with the whole error.
  if (q >= 0.5) {
    return { kind: "interval", estimate, low: null, high: ordered[highestOrder(n, q, error)! - 1] as number };
  }
  return { kind: "interval", estimate, low: ordered[lowestOrder(n, q, error)! - 1] as number, high: null };
}

/** Largest order l, from 1, with P(X < l) <= tail, X ~ Binomial(n, q). */
function lowestOrder(n: number, q: number, tail: number): number | null {
  const order = firstCount(n, q, (below) => below > tail);
  return order === 0 ? null : order;
}

/** Smallest order u, up to n, with P(X >= u) <= tail. */
function highestOrder(n: number, q: number, tail: number): number | null {
  const order = firstCount(n, q, (below) => 1 - below <= tail) + 1;
  return order > n ? null : order;
}

/** Smallest k in 0..n with `reached(P(X <= k))`, by bisection: the chance only grows with k. */
function firstCount(n: number, q: number, reached: (atMost: number) => boolean): number {
  let low = 0;
  let high = n;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (reached(binomialCdf(middle, n, q))) high = middle;
    else low = middle + 1;
  }
  return low;
}
