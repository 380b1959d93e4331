import { moments } from "../distributions/moments.ts";
import { studentTCdf } from "../distributions/student-t.ts";

export type WelchT = {
  /** Infinite when neither sample varies and the means differ. */
  t: number;
  freedom: number;
  /** Two-sided. */
  p: number;
};

/**
 * Welch's t test for the means of two independent samples of unequal variance.
 *
 * Two samples that do not vary at all give p = 0 when their means differ, and p = 1 when they are equal.
 *
 * @returns `null` when a sample has fewer than two values
 * @throws RangeError for a value that is not finite
 * Source: Welch (1947); degrees of freedom by Satterthwaite.
 */
export function welchT(x: readonly number[], y: readonly number[]): WelchT | null {
  if (x.length < 2 || y.length < 2) return null;
  const a = moments(x);
  const b = moments(y);
  const fromA = a.variance! / a.n;
  const fromB = b.variance! / b.n;
  const difference = a.mean - b.mean;
  if (fromA + fromB === 0) {
    if (difference === 0) return { t: 0, freedom: a.n + b.n - 2, p: 1 };
    return { t: Math.sign(difference) * Number.POSITIVE_INFINITY, freedom: a.n + b.n - 2, p: 0 };
  }
  const t = difference / Math.sqrt(fromA + fromB);
  const freedom = (fromA + fromB) ** 2 / (fromA ** 2 / (a.n - 1) + fromB ** 2 / (b.n - 1));
  return { t, freedom, p: Math.min(1, 2 * studentTCdf(-Math.abs(t), freedom)) };
}
