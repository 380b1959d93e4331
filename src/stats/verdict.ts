import { type HodgesLehmann, hodgesLehmann } from "./hodges-lehmann.ts";
import { hodgesLehmannShift } from "./hodges-lehmann-shift.ts";
import { holm } from "./holm.ts";
import { mannWhitney } from "./mann-whitney.ts";
import { signedRankTest } from "./signed-rank.ts";

/**
 * What was seen of new and old: paired by round, ln(cost new / cost old) of each; or the ln costs of the launches
 * of two runs that share no rounds. Above 0, or larger after than before, is dearer.
 */
export type Evidence =
  | { logRatios: readonly number[] }
  | { before: readonly number[]; after: readonly number[] };

/** One gated cell: new against old. */
export type Comparison = Evidence & {
  /** Smallest change that matters, in ln units, >= 0: the larger of what is configured and the A/A floor. */
  delta: number;
};

export type Verdict = {
  verdict: "worse" | "better" | "same" | "unclear";
  /** Estimate and 95 % interval in ln units; `null` without rounds. */
  effect: HodgesLehmann | null;
  /** p of "not worse" and of "not better", after Holm's correction over all comparisons given. */
  pWorse: number;
  pBetter: number;
};

/**
 * The verdict of every gated cell of one check.
 *
 * ```text
 *            -delta      0      +delta
 *   better  |--x--| .    :        .            p of "d >= -delta" survives Holm
 *   same            . |--:--x--|  .            90 % interval inside (two one-sided tests)
 *   worse           .    :        . |--x--|    p of "d <= delta" survives Holm
 *   unclear         .  |-:-----x--.----|       anything else: more rounds would tell
 * ```
 *
 * @param comparisons all gated cells together: the correction counts them
 * @param alpha chance that even one unchanged cell is called worse
 * @returns in the order given
 * @throws RangeError for a delta below 0 or a log ratio that is not finite
 * Source: Holm (1979); Schuirmann (1987) for "same". Paired: signed rank; two runs: Mann-Whitney.
 */
export function verdicts(comparisons: readonly Comparison[], alpha = 0.05): Verdict[] {
  for (const { delta } of comparisons) {
    if (!(delta >= 0)) throw new RangeError(`delta must be at least 0, got ${delta}`);
  }
  const worse = holm(comparisons.map((one) => oneSided(one, one.delta, "greater")));
  const better = holm(comparisons.map((one) => oneSided(one, -one.delta, "less")));
  return comparisons.map((comparison, index) => ({
    verdict: decide(comparison, worse[index]! <= alpha, better[index]! <= alpha, alpha),
    effect: effectOf(comparison),
    pWorse: worse[index]!,
    pBetter: better[index]!,
  }));
}

/** Estimate and interval in ln units: Hodges-Lehmann of the pairs, or of the shift between two runs. */
export function effectOf(evidence: Evidence, confidence = 0.95): HodgesLehmann | null {
  return "logRatios" in evidence
    ? hodgesLehmann(evidence.logRatios, confidence)
    : hodgesLehmannShift(evidence.before, evidence.after, confidence);
}

/** p that the effect is no more (`greater`) or no less (`less`) than `limit`. */
function oneSided(evidence: Evidence, limit: number, alternative: "greater" | "less"): number {
  const shifted = (values: readonly number[]) => values.map((value) => value - limit);
  return "logRatios" in evidence
    ? signedRankTest(shifted(evidence.logRatios), alternative).p
    : mannWhitney(shifted(evidence.after), evidence.before, alternative).p;
}

function decide(
  comparison: Comparison,
  isWorse: boolean,
  isBetter: boolean,
  alpha: number,
): Verdict["verdict"] {
  if (isWorse) return "worse";
  if (isBetter) return "better";
  const inner = effectOf(comparison, 1 - 2 * alpha);
  if (inner === null || inner.low === null || inner.high === null) return "unclear";
  return inner.low > -comparison.delta && inner.high < comparison.delta ? "same" : "unclear";
}
