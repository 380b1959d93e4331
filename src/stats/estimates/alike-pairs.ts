import { normalCdf, normalQuantile } from "../distributions/normal.ts";
import { quantile } from "../distributions/quantile.ts";
import { MOST_EXACT, rankSumTable } from "../distributions/rank-sum-table.ts";
import { sorted } from "../distributions/sorted.ts";
import type { HodgesLehmann } from "./hodges-lehmann.ts";

/** Launches of two runs that were made under the same condition; any order, ln costs. */
export type Stratum = { before: readonly number[]; after: readonly number[] };

/**
 * How two runs are compared like with like: launches that were disturbed only with those that were, the others only
 * with the others. A condition that one side lacks is left out.
 *
 * @param disturbed of each launch, in the order of the costs
 */
export function strataOf(
  before: readonly number[],
  after: readonly number[],
  disturbed: { before: readonly boolean[]; after: readonly boolean[] },
): Stratum[] {
  return [false, true]
    .map((condition) => ({
      before: before.filter((_, index) => disturbed.before[index] === condition),
      after: after.filter((_, index) => disturbed.after[index] === condition),
    }))
    .filter(({ before: old, after: fresh }) => old.length > 0 && fresh.length > 0);
}

/**
 * p that the launches after are dearer than those before by no more than `limit` (`greater`), or cheaper by no more
 * (`less`): Mann and Whitney's count of pairs, over pairs of one stratum. Ties count against a difference.
 *
 * @returns 1 without strata
 * Source: van Elteren (1960), with equal weights, so that the count stays whole and its distribution exact.
 */
export function alikePairsP(
  strata: readonly Stratum[],
  limit: number,
  alternative: "greater" | "less",
): number {
  if (strata.length === 0) return 1;
  const sign = alternative === "greater" ? 1 : -1;
  let against = 0;
  for (const { before, after } of strata) {
    for (const old of before) for (const fresh of after) if (sign * (fresh - old - limit) <= 0) against++;
  }
  return chanceOfAtMost(against, strata.map(sizesOf));
}

/** Estimate of the shift with the interval that belongs to `alikePairsP`; `null` without strata. */
export function alikeShift(strata: readonly Stratum[], confidence: number): HodgesLehmann | null {
  const differences = sorted(
    strata.flatMap(({ before, after }) => after.flatMap((fresh) => before.map((old) => fresh - old))),
  );
  if (differences.length === 0) return null;
  const outside = alikeCritical(strata.map(sizesOf), (1 - confidence) / 2);
  return {
    estimate: quantile(differences, 0.5),
    low: outside < 0 ? null : differences[outside]!,
    high: outside < 0 ? null : differences[differences.length - 1 - outside]!,
    n: alikeCount(strata),
  };
}

/** Launches of the smaller side, stratum by stratum: what the comparison rests on. */
function alikeCount(strata: readonly Stratum[]): number {
  return strata.reduce((sum, { before, after }) => sum + Math.min(before.length, after.length), 0);
}

/** Launches before and after, of one stratum. */
export type Sizes = readonly [number, number];

export function sizesOf({ before, after }: Stratum): Sizes {
  return [before.length, after.length];
}

/** Largest C with P(count <= C) <= tail; -1 when there is none, because the strata are too small. */
export function alikeCritical(sizes: readonly Sizes[], tail: number): number {
  if (sizes.length === 0) return -1;
  if (!isCounted(sizes)) {
    const { mean, spread } = normalOf(sizes);
    return Math.max(-1, Math.floor(mean - 0.5 + normalQuantile(tail) * spread));
  }
  const table = countTable(sizes);
  let critical = -1;
  while (critical + 1 < table.length && table[critical + 1]! <= tail) critical++;
  return critical;
}

function chanceOfAtMost(count: number, sizes: readonly Sizes[]): number {
  if (isCounted(sizes)) return countTable(sizes)[count]!;
  const { mean, spread } = normalOf(sizes);
  return normalCdf((count + 0.5 - mean) / spread);
}

function isCounted(sizes: readonly Sizes[]): boolean {
  return sizes.flat().every((size) => size <= MOST_EXACT);
}

function normalOf(sizes: readonly Sizes[]): { mean: number; spread: number } {
  const mean = sizes.reduce((sum, [n, m]) => sum + (n * m) / 2, 0);
  const variance = sizes.reduce((sum, [n, m]) => sum + (n * m * (n + m + 1)) / 12, 0);
  return { mean, spread: Math.sqrt(variance) };
}

const tables = new Map<string, Float64Array>();

/** P(count <= c): the strata are independent, so their distributions are convolved. */
function countTable(sizes: readonly Sizes[]): Float64Array {
  const key = sizes.join(" ");
  const known = tables.get(key);
  if (known !== undefined) return known;
  let chances = Float64Array.of(1);
  for (const [n, m] of sizes) {
    const own = rankSumTable(n, m).map((chance, at, all) => chance - (at === 0 ? 0 : all[at - 1]!));
    const both = new Float64Array(chances.length + own.length - 1);
    for (const [at, chance] of chances.entries()) {
      for (let more = 0; more < own.length; more++) both[at + more]! += chance * own[more]!;
    }
    chances = both;
  }
  for (let at = 1; at < chances.length; at++) chances[at]! += chances[at - 1]!;
  tables.set(key, chances);
  return chances;
}
