import { alikePairsP, alikeShift, type Stratum } from "../estimates/alike-pairs.ts";
import { type HodgesLehmann, hodgesLehmann } from "../estimates/hodges-lehmann.ts";
import {
  chanceOfAtLeast,
  flippedT,
  jointFlips,
  type RoundDifferences,
  seenT,
} from "../tests/joint-sign-flips.ts";
import { holm } from "./holm.ts";
import { stepDownMaxT } from "./step-down-max-t.ts";
import { beyondLimitLevel, SAME_LEVEL } from "./verdict-levels.ts";

/** Two runs that share no rounds: ln costs of their launches, like with like. */
export type TwoRuns = { strata: readonly Stratum[] };

/**
 * What was seen of new and old: paired by round, ln(cost new / cost old) of each; or the launches of two runs. Above 0,
 * or larger after than before, is dearer.
 */
export type Evidence = RoundDifferences | TwoRuns;

/** One gated cell: new against old. */
export type Comparison<E extends Evidence = Evidence> = E & {
  /** Smallest change that matters, in ln units, >= 0: the larger of what is configured and the A/A floor. */
  delta: number;
  /** Between two runs: how much further the host may have moved a metric. It asks more of `worse` and `better`, and
   * makes nothing `same`: that the host may have hidden a loss is no proof that there is none. */
  allowance?: number;
};

export type Verdict = {
  verdict: "worse" | "better" | "same" | "unclear";
  /** Estimate and 95 % interval in ln units; `null` without rounds. */
  effect: HodgesLehmann | null;
  /** p of "not worse" and of "not better", adjusted for all comparisons given; called at alpha or below. */
  pWorse: number;
  pBetter: number;
};

export type Verdicts = {
  /** In the order given. */
  verdicts: Verdict[];
  /** Paired: what the statistic of one more worse metric would have to exceed; infinite for two runs. */
  critical: number;
};

/**
 * The verdict of every gated cell of one check.
 *
 * ```text
 *            -delta      0      +delta
 *   better  |--x--| .    :        .            mirror image of worse
 *   same            . |--:--x--|  .            90 % interval inside (two one-sided tests)
 *   worse           .    :        . |--x--|    changed, and by more than delta
 *   unclear         .  |-:-----x--.----|       anything else: more rounds would tell
 * ```
 *
 * Paired: *changed* is Westfall and Young's step-down over all metrics, exact: the chance that even one unchanged
 * metric is called worse is at most alpha; *by more than delta* is a sign-flip test of the metric alone at 1 %.
 * Two runs: Mann and Whitney's test of "d <= delta", like launches with like, survives Holm's correction.
 *
 * @param comparisons all gated cells together, either all paired or all of two runs
 * @param alpha chance that even one unchanged cell is called worse
 * @throws RangeError for a delta below 0 or a log ratio that is not finite
 * Source: Westfall and Young (1993); Holm (1979); Schuirmann (1987) for "same".
 */
export function verdicts(comparisons: readonly Comparison[], alpha: number): Verdicts {
  for (const { delta } of comparisons) {
    if (!(delta >= 0)) throw new RangeError(`delta must be at least 0, got ${delta}`);
  }
  const paired = comparisons.flatMap((one) => ("logRatios" in one ? [one] : []));
  const found = paired.length > 0 ? pairedPs(paired, alpha) : twoRunsPs(comparisons as Comparison<TwoRuns>[]);
  return {
    critical: found.critical,
    verdicts: comparisons.map((comparison, index) => {
      const [pWorse, pBetter] = [found.worse[index]!, found.better[index]!];
      const effect = effectOf(comparison);
      return { verdict: decide(comparison, pWorse, pBetter, alpha), effect, pWorse, pBetter };
    }),
  };
}

type Ps = { worse: number[]; better: number[]; critical: number };

function twoRunsPs(comparisons: readonly Comparison<TwoRuns>[]): Ps {
  return {
    worse: holm(
      comparisons.map(({ strata, delta, allowance = 0 }) =>
        alikePairsP(strata, delta + allowance, "greater"),
      ),
    ),
    better: holm(
      comparisons.map(({ strata, delta, allowance = 0 }) => alikePairsP(strata, -delta - allowance, "less")),
    ),
    critical: Number.POSITIVE_INFINITY,
  };
}

function pairedPs(comparisons: readonly Comparison<RoundDifferences>[], alpha: number): Ps {
  const { up, down, critical } = stepDownMaxT(comparisons, alpha);
  return {
    worse: comparisons.map((one, index) => withSize(one, up[index]!, 1, alpha)),
    better: comparisons.map((one, index) => withSize(one, down[index]!, -1, alpha)),
    critical,
  };
}

/** p of the change; where its size is not sure, the p of that, which lies above every level asked for. */
function withSize(
  comparison: Comparison<RoundDifferences>,
  changed: number,
  sign: 1 | -1,
  alpha: number,
): number {
  if (changed > alpha) return changed;
  const size = sizeP(comparison, sign);
  return size <= beyondLimitLevel(alpha) ? changed : Math.max(changed, size);
}

/** p that one metric, by itself, changed by no more than delta: flips of its own differences around delta. */
export function sizeP({ logRatios, rounds, delta }: Comparison<RoundDifferences>, sign: 1 | -1): number {
  const beyond = { rounds, logRatios: logRatios.map((value) => sign * value - delta) };
  const seen = seenT(beyond);
  if (!(seen > 0)) return 1;
  const flips = jointFlips([beyond], beyondLimitLevel(0));
  return chanceOfAtLeast(seen, flippedT(beyond, flips), flips);
}

/** Estimate and interval in ln units: Hodges-Lehmann of the pairs, or of the shift between two runs. */
export function effectOf(evidence: Evidence, confidence = 0.95): HodgesLehmann | null {
  return "logRatios" in evidence
    ? hodgesLehmann(evidence.logRatios, confidence)
    : alikeShift(evidence.strata, confidence);
}

function decide(comparison: Comparison, pWorse: number, pBetter: number, alpha: number): Verdict["verdict"] {
  if (pWorse <= alpha) return "worse";
  if (pBetter <= alpha) return "better";
  const inner = effectOf(comparison, 1 - 2 * SAME_LEVEL);
  if (inner === null || inner.low === null || inner.high === null) return "unclear";
  return inner.low > -comparison.delta && inner.high < comparison.delta ? "same" : "unclear";
}
