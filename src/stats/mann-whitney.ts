import { midRanks } from "./mid-ranks.ts";
import { normalCdf } from "./normal.ts";
import { sorted } from "./sorted.ts";

export type MannWhitney = {
  /** Pairs in which x is larger, ties counted as half. */
  u: number;
  /** Two-sided. */
  p: number;
  method: "exact" | "normal";
};

/** Largest sample that is counted exactly, as in benchstat; with ties, where the count is dearer, 25. */
const MOST_EXACT = 50;
const MOST_EXACT_WITH_TIES = 25;

/**
 * Mann-Whitney U test for two independent samples: a run against a stored one, with no rounds to pair.
 *
 * Exact, with ties too (all ways to deal the shared ranks to the two samples are counted), up to 50 values a
 * sample, 25 with ties; above, the normal approximation with tie and continuity correction.
 * Two-sided p = min(1, 2 min(P(U <= u), P(U >= u))), which never is 0. go-moremath gives 0 for
 * {2,1,3,5} against five ones; the right value is 0.0952.
 *
 * @returns p = 1 when a sample is empty, or all values are equal
 * @throws RangeError for a value that is not finite
 * Source: Mann and Whitney (1947); Lehmann, Nonparametrics, 1.4.
 */
export function mannWhitney(x: readonly number[], y: readonly number[]): MannWhitney {
  const all = [...x, ...y];
  sorted(all);
  const { ranks, tieTerm } = midRanks(all);
  const rankSum = ranks.slice(0, x.length).reduce((sum, rank) => sum + rank, 0);
  const u = rankSum - (x.length * (x.length + 1)) / 2;
  const most = tieTerm === 0 ? MOST_EXACT : MOST_EXACT_WITH_TIES;
  if (Math.max(x.length, y.length) <= most)
    return { u, p: exactP(ranks, x.length, tieTerm === 0 ? 1 : 2), method: "exact" };
  return { u, p: normalP(u, x.length, y.length, tieTerm), method: "normal" };
}

/**
 * Counts the choices of `size` among all ranks by their sum. With distinct ranks this is the recurrence
 * p(n, m, U) of Mann and Whitney; with ties it enumerates. `scale` makes shared ranks whole.
 */
function exactP(ranks: readonly number[], size: number, scale: 1 | 2): number {
  const whole = ranks.map((rank) => scale * rank);
  const seen = whole.slice(0, size).reduce((sum, rank) => sum + rank, 0);
  const largest = whole.reduce((sum, rank) => sum + rank, 0);
  const ways = Array.from({ length: size + 1 }, () => new Float64Array(largest + 1));
  ways[0]![0] = 1;
  for (const [index, rank] of whole.entries()) {
    for (let chosen = Math.min(index + 1, size); chosen >= 1; chosen--) {
      const from = ways[chosen - 1]!;
      const to = ways[chosen]!;
      for (let sum = largest; sum >= rank; sum--) to[sum] = to[sum]! + from[sum - rank]!;
    }
  }
  const counts = ways[size]!;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const atMost = counts.slice(0, seen + 1).reduce((sum, count) => sum + count, 0);
  const atLeast = counts.slice(seen).reduce((sum, count) => sum + count, 0);
  return Math.min(1, (2 * Math.min(atMost, atLeast)) / total);
}

function normalP(u: number, n: number, m: number, tieTerm: number): number {
  if (n === 0 || m === 0) return 1;
  const all = n + m;
  const variance = ((n * m) / 12) * (all + 1 - tieTerm / (all * (all - 1)));
  if (variance <= 0) return 1;
  const distance = Math.max(0, Math.abs(u - (n * m) / 2) - 0.5);
  return Math.min(1, 2 * normalCdf(-distance / Math.sqrt(variance)));
}
