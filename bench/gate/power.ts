/** One metric of a resampled gate, slowed in the record: is it found? Pure. */
import { strataOf } from "../../src/stats/estimates/alike-pairs.ts";
import { type Evidence, effectOf, sizeP, verdicts } from "../../src/stats/families/verdict.ts";
import { beyondLimitLevel, SAME_LEVEL } from "../../src/stats/families/verdict-levels.ts";
import { chanceOfAtLeast, flippedT, seenT } from "../../src/stats/tests/joint-sign-flips.ts";
import type { Sample } from "./resample.ts";

/** How the family of a sample's gate is judged. */
export type Judged = {
  paired: boolean;
  alpha: number;
  /** Gated metrics that Holm's correction counts, of two runs. */
  family: number;
};

/**
 * Whether the product calls this metric worse, had it alone become slower by a share while all others stayed as they
 * are: a lone slower metric faces the first and strictest step of the correction.
 *
 * @param share 0.05 = 5 % slower
 * @param delta of the verdict, as a share; the sample's own by default
 */
export function isFound(sample: Sample, judged: Judged, share: number, delta = sample.delta): boolean {
  return changes(sample, judged, share, delta, 1);
}

/** Whether the product says `unclear` then; `same` is not corrected for the family. */
export function isUnclear(sample: Sample, judged: Judged, share: number): boolean {
  if (changes(sample, judged, share, sample.delta, 1)) return false;
  if (changes(sample, judged, share, sample.delta, -1)) return false;
  const inner = effectOf(evidenceOf(sample, judged, share), 1 - 2 * SAME_LEVEL);
  const limit = Math.log1p(sample.delta - sample.driftAllowance);
  return !(inner?.low != null && inner.high !== null && inner.low > -limit && inner.high < limit);
}

function evidenceOf({ before, after, disturbed }: Sample, { paired }: Judged, share: number): Evidence {
  const [old, fresh] = [before.map(Math.log), after.map((value) => Math.log(value * (1 + share)))];
  return paired
    ? { logRatios: fresh.map((value, place) => value - old[place]!) }
    : { strata: strataOf(old, fresh, disturbed) };
}

/** The same is asked for several tables. */
const known = new WeakMap<Sample, Map<string, boolean>>();

/** @param sign 1: called worse; -1: called better */
function changes(sample: Sample, judged: Judged, share: number, delta: number, sign: 1 | -1): boolean {
  const answers = known.get(sample) ?? new Map<string, boolean>();
  known.set(sample, answers);
  const question = `${share} ${delta} ${sign} ${judged.paired} ${judged.alpha} ${judged.family}`;
  const answer = answers.get(question) ?? isChanged(sample, judged, share, delta, sign);
  answers.set(question, answer);
  return answer;
}

function isChanged(sample: Sample, judged: Judged, share: number, delta: number, sign: 1 | -1): boolean {
  const evidence = evidenceOf(sample, judged, share);
  if (!("logRatios" in evidence)) {
    const [found] = verdicts(
      [{ ...evidence, delta: Math.log1p(delta) }],
      judged.alpha / judged.family,
    ).verdicts;
    return found!.verdict === (sign === 1 ? "worse" : "better");
  }
  const logRatios = evidence.logRatios.map((value) => sign * value);
  const seen = seenT({ logRatios });
  if (!(seen > 0)) return false;
  const { flips } = sample.family!;
  const others = sample.largestOfOthers!();
  if (chanceOfAtLeast(seen, others, flips) > judged.alpha) return false;
  const own = flippedT({ logRatios, rounds: [...flips.placeOf.keys()] }, flips);
  const largest = own.map((value, flip) => Math.max(value, others[flip]!));
  if (chanceOfAtLeast(seen, largest, flips) > judged.alpha) return false;
  return sizeP({ logRatios, delta: Math.log1p(delta) }, 1) <= beyondLimitLevel(judged.alpha);
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
