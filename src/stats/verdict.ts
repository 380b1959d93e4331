import { type HodgesLehmann, hodgesLehmann } from "./hodges-lehmann.ts";
import { holm } from "./holm.ts";
import { signedRankTest } from "./signed-rank.ts";

/** One gated cell: new against old, paired by round. */
export type Comparison = {
  /** ln(cost new / cost old) of each round; above 0 is dearer. */
  logRatios: readonly number[];
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
 * Source: Holm (1979); Schuirmann (1987) for "same".
 */
export function verdicts(comparisons: readonly Comparison[], alpha = 0.05): Verdict[] {
  for (const { delta } of comparisons) {
    if (!(delta >= 0)) throw new RangeError(`delta must be at least 0, got ${delta}`);
  }
  const worse = holm(
    comparisons.map(({ logRatios, delta }) => signedRankTest(shifted(logRatios, -delta), "greater").p),
  );
  const better = holm(
    comparisons.map(({ logRatios, delta }) => signedRankTest(shifted(logRatios, delta), "less").p),
  );
  return comparisons.map((comparison, index) => ({
    verdict: decide(comparison, worse[index]! <= alpha, better[index]! <= alpha, alpha),
    effect: hodgesLehmann(comparison.logRatios),
    pWorse: worse[index]!,
    pBetter: better[index]!,
  }));
}

function decide(
  { logRatios, delta }: Comparison,
  isWorse: boolean,
  isBetter: boolean,
  alpha: number,
): Verdict["verdict"] {
  if (isWorse) return "worse";
  if (isBetter) return "better";
  const inner = hodgesLehmann(logRatios, 1 - 2 * alpha);
  if (inner === null || inner.low === null || inner.high === null) return "unclear";
  return inner.low > -delta && inner.high < delta ? "same" : "unclear";
}

function shifted(logRatios: readonly number[], by: number): number[] {
  return logRatios.map((ratio) => ratio + by);
}
