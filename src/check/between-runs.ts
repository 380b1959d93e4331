/** What two stored runs show of the host between them: how far the typical metric moved, and whether it was busier. Pure. */
import { alikeShift, type Stratum, strataOf } from "../stats/estimates/alike-pairs.ts";
import { driftInflation } from "../stats/estimates/drift-allowance.ts";
import { logCosts } from "../stats/estimates/log-ratio-pairs.ts";
import type { BetweenRuns } from "./comparison-types.ts";
import type { Candidate } from "./match-cells.ts";

/** The launches of a metric, disturbed ones apart from the others. */
export function alikeLaunches({ a, b, offset, disturbed }: Candidate): Stratum[] {
  return strataOf(logCosts(a, offset), logCosts(b, offset), {
    before: [...a.byRound.keys()].map((round) => disturbed.a.has(round)),
    after: [...b.byRound.keys()].map((round) => disturbed.b.has(round)),
  });
}

/**
 * @param candidates all metrics
 * @param controls those of them that can't have changed by themselves: only they can tell drift of the host from a
 *   loss that all others share
 */
export function betweenRuns(candidates: readonly Candidate[], controls: readonly Candidate[]): BetweenRuns {
  const strata = candidates.map(alikeLaunches);
  const pairs = candidates.reduce((sum, { a, b }) => sum + a.byRound.size * b.byRound.size, 0);
  const alike = strata.flat().reduce((sum, { before, after }) => sum + before.length * after.length, 0);
  return {
    inflation: driftInflation(
      // Of steps of a counter no scatter can be told.
      controls.flatMap((one) => (one.offset > 0 ? [] : [alikeShift(alikeLaunches(one), 0.95)])),
    ),
    disturbed: disturbedShares(candidates),
    alike: pairs === 0 ? 1 : alike / pairs,
  };
}

/** Share of the launches of each side that other work of the host disturbed. */
export function disturbedShares(candidates: readonly Candidate[]): { a: number; b: number } {
  return { a: disturbedShare(candidates, "a"), b: disturbedShare(candidates, "b") };
}

function disturbedShare(candidates: readonly Candidate[], side: "a" | "b"): number {
  const launches = candidates.flatMap((one) =>
    [...one[side].byRound.keys()].map((round) => one.disturbed[side].has(round)),
  );
  return launches.length === 0 ? 0 : launches.filter(Boolean).length / launches.length;
}
