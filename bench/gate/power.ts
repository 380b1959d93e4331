/** One metric of a resampled gate, slowed in the record: is it found? Pure. */
import { type Evidence, verdicts } from "../../src/stats/verdict.ts";
import type { Sample } from "./resample.ts";

/** How the family of a sample's gate is judged. */
export type Judged = {
  paired: boolean;
  alpha: number;
  /** Gated metrics that Holm's correction counts. */
  family: number;
};

/**
 * Whether the product calls this metric worse, had it alone become slower by a share while all others stayed as they
 * are: a lone slower metric faces Holm's first and strictest step, alpha / family.
 *
 * @param share 0.05 = 5 % slower
 * @param delta of the verdict, as a share; the sample's own by default
 */
export function isFound(sample: Sample, judged: Judged, share: number, delta = sample.delta): boolean {
  return verdictAt(judged.alpha / judged.family, sample, judged, share, delta) === "worse";
}

/** Whether the product says `unclear` then; `same` is not corrected for the family. */
export function isUnclear(sample: Sample, judged: Judged, share: number): boolean {
  const corrected = verdictAt(judged.alpha / judged.family, sample, judged, share, sample.delta);
  if (corrected === "worse" || corrected === "better") return false;
  return verdictAt(judged.alpha, sample, judged, share, sample.delta) !== "same";
}

function verdictAt(level: number, sample: Sample, { paired }: Judged, share: number, delta: number) {
  const before = sample.before.map(Math.log);
  const after = sample.after.map((value) => Math.log(value * (1 + share)));
  const evidence: Evidence = paired
    ? { logRatios: after.map((value, place) => value - before[place]!) }
    : { before, after };
  return verdicts([{ ...evidence, delta: Math.log1p(delta) }], level)[0]!.verdict;
}

/**
 * Chance that a slowdown of the size that a gate printed as its MDE is called worse: by another gate of the same
 * cells, since what is printed and what is found must not come from the same noise.
 *
 * @returns a share; `null` where no MDE was printed
 */
export function powerAtMde(samples: readonly Sample[], judged: Judged): number | null {
  const printed = samples.flatMap(({ mde, delta }, place) => (mde === null ? [] : [{ mde, delta, place }]));
  if (printed.length === 0) return null;
  const found = printed.filter(({ mde, delta, place }) => {
    const other = samples[(place + 1) % samples.length]!;
    return isFound(other, judged, mde, delta);
  });
  return found.length / printed.length;
}
