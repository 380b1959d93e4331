import { binomialCdf } from "../../src/stats/distributions/binomial.ts";

/**
 * Exact 95 % interval of a chance that came true `count` times of `n`.
 *
 * Source: Clopper and Pearson (1934), by bisection.
 */
export function binomialInterval(count: number, n: number): { low: number; high: number } {
  const solve = (isBelow: (chance: number) => boolean): number => {
    let [low, high] = [0, 1];
    for (let halving = 0; halving < 50; halving++) {
      const middle = (low + high) / 2;
      if (isBelow(middle)) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  };
  return {
    low: count === 0 ? 0 : solve((chance) => 1 - binomialCdf(count - 1, n, chance) < 0.025),
    high: count === n ? 1 : solve((chance) => binomialCdf(count, n, chance) > 0.025),
  };
}
