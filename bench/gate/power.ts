/** One metric of a resampled gate, slowed in the record: is it found? Pure. */
import { type Evidence, type Verdict, verdicts } from "../../src/stats/verdict.ts";
import type { Sample } from "./resample.ts";

/** How the family of a sample's gate is judged. */
export type Judged = {
  paired: boolean;
  alpha: number;
  /** Gated metrics that Holm's correction counts. */
  family: number;
};

/**
 * The product's verdict on this metric, had it alone become slower by a share while all others stayed as they are.
 *
 * A lone slower metric faces Holm's first and strictest step, alpha / family; `same` is not corrected.
 *
 * @param share 0.05 = 5 % slower
 * @param delta of the verdict, as a share; the sample's own by default
 */
export function verdictOn(
  sample: Sample,
  { paired, alpha, family }: Judged,
  share: number,
  delta = sample.delta,
): Verdict["verdict"] {
  const before = sample.before.map(Math.log);
  const after = sample.after.map((value) => Math.log(value * (1 + share)));
  const evidence: Evidence = paired
    ? { logRatios: after.map((value, place) => value - before[place]!) }
    : { before, after };
  const judged = (level: number) => verdicts([{ ...evidence, delta: Math.log1p(delta) }], level)[0]!.verdict;
  const corrected = judged(alpha / family);
  if (corrected === "worse" || corrected === "better") return corrected;
  return judged(alpha) === "same" ? "same" : "unclear";
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
    return verdictOn(other, judged, mde, delta) === "worse";
  });
  return found.length / printed.length;
}
