import { midRanks } from "../distributions/mid-ranks.ts";
import { normalCdf } from "../distributions/normal.ts";
import { MOST_EXACT, rankSumTable } from "../distributions/rank-sum-table.ts";
import { sorted } from "../distributions/sorted.ts";
import { type Alternative, pValueOf } from "./alternative.ts";

export type MannWhitney = {
  /** Pairs in which x is larger, ties counted as half. */
  u: number;
  /** Of the alternative asked for. */
  p: number;
  method: "exact" | "normal";
};

/** Largest samples that are counted exactly, as in benchstat; with ties the count is dearer. */
const MOST_EXACT_WITH_TIES = 25;

/**
 * Mann-Whitney U test for two independent samples: a run against a stored one, with no rounds to pair.
 *
 * Exact, with ties too (all ways to deal the shared ranks to the two samples are counted), up to 50 values a
 * sample, 25 with ties; above, the normal approximation with tie and continuity correction.
 * Two-sided p = min(1, 2 min(P(U <= u), P(U >= u))), which never is 0. go-moremath gives 0 for
 * {2,1,3,5} against five ones; the right value is 0.0952.
 *
 * @param alternative `greater`: x tends to be larger than y
 * @returns p = 1 when a sample is empty, or all values are equal
 * @throws RangeError for a value that is not finite
 * Source: Mann and Whitney (1947); Lehmann, Nonparametrics, 1.4.
 */
export function mannWhitney(
  x: readonly number[],
  y: readonly number[],
  alternative: Alternative = "two-sided",
): MannWhitney {
  const all = [...x, ...y];
  sorted(all);
  const { ranks, tieTerm } = midRanks(all);
  const rankSum = ranks.slice(0, x.length).reduce((sum, rank) => sum + rank, 0);
  const u = rankSum - (x.length * (x.length + 1)) / 2;
  const largest = Math.max(x.length, y.length);
  if (tieTerm === 0 && largest <= MOST_EXACT) {
    const table = rankSumTable(x.length, y.length);
    return { u, p: pValueOf(table[u]!, table[table.length - 1 - u]!, alternative), method: "exact" };
  }
  if (largest <= MOST_EXACT_WITH_TIES)
    return { u, p: enumeratedP(ranks, x.length, alternative), method: "exact" };
  return { u, p: normalP(u, x.length, y.length, tieTerm, alternative), method: "normal" };
}

/** Counts the choices of `size` among all ranks by their sum, shared ranks doubled so that they are whole. */
function enumeratedP(ranks: readonly number[], size: number, alternative: Alternative): number {
  const whole = ranks.map((rank) => 2 * rank);
  const seen = whole.slice(0, size).reduce((sum, rank) => sum + rank, 0);
  const largest = whole.reduce((sum, rank) => sum + rank, 0);
  const ways = Array.from({ length: size + 1 }, () => new Float64Array(largest + 1));
  ways[0]![0] = 1;
  let reached = 0;
  for (const [index, rank] of whole.entries()) {
    reached += rank;
    for (let chosen = Math.min(index + 1, size); chosen >= 1; chosen--) {
      const from = ways[chosen - 1]!;
      const to = ways[chosen]!;
      for (let sum = reached; sum >= rank; sum--) to[sum] = to[sum]! + from[sum - rank]!;
    }
  }
  const counts = ways[size]!;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const atMost = counts.slice(0, seen + 1).reduce((sum, count) => sum + count, 0);
  const atLeast = counts.slice(seen).reduce((sum, count) => sum + count, 0);
  return pValueOf(atMost / total, atLeast / total, alternative);
}

function normalP(u: number, n: number, m: number, tieTerm: number, alternative: Alternative): number {
  if (n === 0 || m === 0) return 1;
  const all = n + m;
  const variance = ((n * m) / 12) * (all + 1 - tieTerm / (all * (all - 1)));
  if (variance <= 0) return 1;
  const spread = Math.sqrt(variance);
  const above = u - (n * m) / 2;
  return pValueOf(normalCdf((above + 0.5) / spread), normalCdf((0.5 - above) / spread), alternative);
}
