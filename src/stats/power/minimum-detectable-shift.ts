import { median } from "../distributions/quantile.ts";
import { type Sorted, sorted } from "../distributions/sorted.ts";
import { alikeCritical, type Stratum, sizesOf } from "../estimates/alike-pairs.ts";
import { effectFound, resamplesOf } from "./resampled-power.ts";

export type ShiftDetectionPlan = {
  /** What was seen: ln costs of the launches of the stored run, and of the new one, like with like. */
  strata: readonly Stratum[];
  /** As for the verdict, in ln units. */
  delta: number;
  /** Gated comparisons that Holm's correction counts. */
  cells: number;
  alpha?: number;
  power?: number;
};

type Drawn = { x: Float64Array; y: Float64Array };

/**
 * `minimumDetectableEffect` for two runs that share no rounds: the one-sided test of `alikePairsP` rejects exactly
 * when at most C differences of a new and an old launch lie at or below delta. Each side is resampled from its own
 * launches, with their skew. Holm's first and strictest step, alpha / cells, is assumed, which is what a single
 * slower cell faces.
 *
 * @returns in ln units, from delta on; `null` when so few launches can never be called worse
 * @throws RangeError for a cost that is not finite, or cells below 1
 */
export function minimumDetectableShift(plan: ShiftDetectionPlan): number | null {
  const { strata, delta, cells, alpha = 0.05, power = 0.8 } = plan;
  if (!(cells >= 1)) throw new RangeError(`cells must be at least 1, got ${cells}`);
  const critical = alikeCritical(strata.map(sizesOf), alpha / cells);
  if (critical < 0) return null;
  const noise = strata.map(({ before, after }) => ({ old: noiseOf(before), fresh: noiseOf(after) }));
  const largest = Math.max(...noise.map(({ old, fresh }) => old.at(-1)! - fresh[0]!));
  if (largest === 0) return delta;
  const drawn = noise.map(({ old, fresh }, place) => {
    const drawnFresh = resamplesOf(fresh, fresh.length, `after ${place}`);
    return resamplesOf(old, old.length, `before ${place}`).map((x, at): Drawn => ({ x, y: drawnFresh[at]! }));
  });
  const resamples = drawn[0]!.map((_, at) => drawn.map((stratum) => stratum[at]!));
  const isFound = (resample: readonly Drawn[], effect: number) =>
    resample.reduce((sum, { x, y }) => sum + differencesAtMost(x, y, -effect), 0) <= critical;
  const count = (side: "before" | "after") => strata.reduce((sum, one) => sum + one[side].length, 0);
  // A lone launch shows no noise; two show little enough.
  const n = Math.max(2, Math.min(count("before"), count("after")));
  return delta + effectFound(resamples, isFound, { largest, n, power });
}

function noiseOf(values: readonly number[]): Sorted {
  const centre = median(values);
  return sorted(values.map((value) => value - centre));
}

/** How many y - x are at most `limit`; x and y are ascending. */
function differencesAtMost(x: Float64Array, y: Float64Array, limit: number): number {
  let count = 0;
  let reached = 0;
  for (const old of x) {
    while (reached < y.length && y[reached]! - old <= limit) reached++;
    count += reached;
  }
  return count;
}
