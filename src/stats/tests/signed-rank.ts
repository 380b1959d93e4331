import { midRanks } from "../distributions/mid-ranks.ts";
import { signedRankTable } from "../distributions/signed-rank-table.ts";
import { sorted } from "../distributions/sorted.ts";
import { type Alternative, pValueOf } from "./alternative.ts";

export type SignedRank = {
  /** Sum of the ranks of the positive differences. */
  v: number;
  p: number;
};

/**
 * Wilcoxon's signed-rank test that the differences are symmetric about zero; exact at every n.
 *
 * Ties share their mean rank, and zeros take part in the ranking but not in the sum (Pratt 1959). The
 * distribution is then that of flipping the sign of each rank, all 2^n flips counted by convolution.
 *
 * @param differences one a round, in any order
 * @returns p = 1 for no differences, or zeros only
 * @throws RangeError for a difference that is not finite
 * Source: Hollander, Wolfe and Chicken, Nonparametric Statistical Methods, 3.1.
 */
export function signedRankTest(
  differences: readonly number[],
  alternative: Alternative = "two-sided",
): SignedRank {
  sorted(differences);
  const { ranks, tieTerm } = midRanks(differences.map(Math.abs));
  const sum = (kept: (difference: number) => boolean) =>
    ranks.reduce((total, rank, index) => total + (kept(differences[index]!) ? rank : 0), 0);
  const v = sum((difference) => difference > 0);
  const rest = sum((difference) => difference < 0);
  if (tieTerm === 0 && !differences.includes(0)) {
    const table = signedRankTable(differences.length);
    return { v, p: pValueOf(atMost(table, v, rest), atMost(table, rest, v), alternative) };
  }
  const doubled = ranks.filter((_, index) => differences[index] !== 0).map((rank) => 2 * rank);
  const chances = subsetSums(doubled);
  const below = chances.slice(0, 2 * v + 1).reduce((total, chance) => total + chance, 0);
  const above = chances.slice(2 * v).reduce((total, chance) => total + chance, 0);
  return { v, p: pValueOf(below, above, alternative) };
}

/** P(V <= v), where `rest` is what v lacks to the largest sum; the table holds the lower half only. */
function atMost(table: Float64Array, v: number, rest: number): number {
  if (v < table.length) return table[v]!;
  return rest === 0 ? 1 : 1 - table[rest - 1]!;
}

/** Chance of each sum when every part is taken or left with chance 1/2. Parts are whole numbers. */
function subsetSums(parts: readonly number[]): Float64Array {
  const chances = new Float64Array(parts.reduce((total, part) => total + part, 0) + 1);
  chances[0] = 1;
  for (const part of parts) {
    for (let at = chances.length - 1; at >= 0; at--) {
      chances[at] = (chances[at]! + (at >= part ? chances[at - part]! : 0)) / 2;
    }
  }
  return chances;
}
