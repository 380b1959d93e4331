import type { RoundDifferences } from "./joint-sign-flips.ts";
import { stepDownMaxT } from "./step-down-max-t.ts";

/** Whether a metric is beyond the limit, above it or below its reciprocal. In the order of the family. */
export type BeyondLimit = { above: boolean[]; below: boolean[] };

/**
 * Which of many ratios, measured in the same rounds, lie beyond a limit: of all that were looked at, and not only of
 * those that stand out. Westfall and Young's step-down over the distances from the limit.
 *
 * @param family ln(cost / cost of the baseline), one a round
 * @param limit ln units, >= 0: nothing up to it counts
 * @param alpha chance that even one ratio within the limit is called above it; as much for below
 * @throws RangeError for a log ratio that is not finite
 */
export function beyondLimit(family: readonly RoundDifferences[], limit: number, alpha: number): BeyondLimit {
  const from = (sign: 1 | -1) =>
    family.map(({ logRatios, rounds }) => ({
      rounds,
      logRatios: logRatios.map((value) => sign * value - limit),
    }));
  const called = (sign: 1 | -1) => stepDownMaxT(from(sign), alpha).up.map((p) => p <= alpha);
  return family.length === 0 ? { above: [], below: [] } : { above: called(1), below: called(-1) };
}
