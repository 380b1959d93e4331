/**
 * Kendall's rank correlation over the pairs that the truth tells apart.
 *
 * Two configurations whose measured intervals overlap have no true order, so their pair counts neither way; among
 * the others it is (concordant - discordant) / pairs, and a predicted tie is half of each.
 *
 * @returns `null` where no pair is told apart
 * Source: Kendall and Gibbons, Rank Correlation Methods, 5th ed., chapter 3 (tau with ties left out of the count).
 */
export function kendallTau(
  items: readonly { predicted: number; measured: number; low: number; high: number }[],
): { tau: number; pairs: number } | null {
  let balance = 0;
  let pairs = 0;
  for (const [index, a] of items.entries()) {
    for (const b of items.slice(index + 1)) {
      const apart = a.high < b.low || b.high < a.low;
      if (!apart) continue;
      pairs++;
      balance += Math.sign(a.measured - b.measured) * Math.sign(a.predicted - b.predicted);
    }
  }
  return pairs === 0 ? null : { tau: balance / pairs, pairs };
}
