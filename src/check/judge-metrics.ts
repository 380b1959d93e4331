/** Candidates -> verdicts, with what each could have found and what would settle it. Pure. */

import { cautiousSpread } from "../stats/cautious-spread.ts";
import type { MetricComparison } from "../stats/comparison-types.ts";
import { logCosts, logRatioPairs } from "../stats/log-ratio-pairs.ts";
import { minimumDetectableEffect } from "../stats/minimum-detectable-effect.ts";
import { minimumDetectableShift } from "../stats/minimum-detectable-shift.ts";
import { median } from "../stats/quantile.ts";
import { roundsToSettle } from "../stats/rounds-to-settle.ts";
import { type Evidence, type Verdict, verdicts } from "../stats/verdict.ts";
import type { HostDrift } from "./host-drift.ts";
import type { Candidate } from "./match-cells.ts";
import { type NoiseFloors, noiseFloorOf } from "./noise-floor.ts";

export type Judging = {
  /** Whether the sides share their rounds. */
  paired: boolean;
  floors: NoiseFloors;
  /** Only between two runs. */
  drift: HostDrift;
  alpha: number;
};

/** Gated metrics are one family of Holm's correction, those only shown another. In the order given. */
export function judgeMetrics(candidates: readonly Candidate[], judging: Judging): MetricComparison[] {
  const judged = new Map<Candidate, MetricComparison>();
  for (const family of Map.groupBy(candidates, ({ rule }) => rule.gated).values()) {
    const evidence = family.map((candidate) => weigh(candidate, judging));
    const found = verdicts(
      evidence.map((one) => ({ ...one.evidence, delta: Math.log1p(one.delta) })),
      judging.alpha,
    );
    for (const [index, candidate] of family.entries()) {
      judged.set(
        candidate,
        describe(candidate, evidence[index]!, found[index]!, family.length, judging.alpha),
      );
    }
  }
  return candidates.flatMap((candidate) => judged.get(candidate) ?? []);
}

type Weighed = { evidence: Evidence; delta: number; noiseFloor: number | null };

function weigh({ cell, scenario, a, b, rule }: Candidate, { paired, floors, drift }: Judging): Weighed {
  const { metric } = b.meta;
  const known = [noiseFloorOf(floors, cell, metric), drift.get(`${scenario}::${metric}`)?.share ?? null];
  const shares = known.filter((share) => share !== null);
  const noiseFloor = shares.length === 0 ? null : Math.max(...shares);
  return {
    evidence: paired
      ? { logRatios: logRatioPairs(b.byRound, a.byRound, b.meta.better).logRatios }
      : { before: logCosts(a), after: logCosts(b) },
    delta: Math.max(rule.maxRegression, noiseFloor ?? 0),
    noiseFloor,
  };
}

function describe(
  candidate: Candidate,
  { evidence, delta, noiseFloor }: Weighed,
  judged: Verdict,
  cells: number,
  alpha: number,
): MetricComparison {
  const { verdict, effect, pWorse, pBetter } = judged;
  const { cell, cellA, scenario, a, b, rule } = candidate;
  const { metric, title, unit, better } = b.meta;
  const { estimate, low, high, n } = effect!;
  const plan = { delta: Math.log1p(delta), cells, alpha };
  return {
    cell,
    cellA,
    scenario,
    metric,
    title,
    unit,
    better,
    a: { median: median([...a.byRound.values()]), launches: a.byRound.size },
    b: { median: median([...b.byRound.values()]), launches: b.byRound.size },
    n,
    effect: { ratio: Math.exp(estimate), ciLow: expOf(low), ciHigh: expOf(high) },
    pWorse,
    pBetter,
    verdict,
    delta,
    deltaFrom: noiseFloor !== null && noiseFloor > rule.maxRegression ? "noise floor" : "configured",
    noiseFloor,
    ...powerOf(evidence, plan, judged),
    gated: rule.gated,
  };
}

/** What a judgement could have found, and what would settle it. */
export function powerOf(
  evidence: Evidence,
  plan: Plan,
  { verdict, effect }: Verdict,
): Pick<MetricComparison, "mde" | "roundsToSettle"> {
  const mde = detectable(evidence, plan);
  const { estimate, n } = effect!;
  return {
    mde: mde === null ? null : Math.expm1(mde),
    roundsToSettle: verdict === "unclear" ? moreRounds(evidence, { ...plan, estimate }, n) : null,
  };
}

type Plan = { delta: number; cells: number; alpha: number };

function detectable(evidence: Evidence, plan: Plan): number | null {
  return "logRatios" in evidence
    ? minimumDetectableEffect({ ...plan, ...evidence })
    : minimumDetectableShift({ ...plan, ...evidence });
}

/** Fewer give no interval, and their spread is no base for a plan. */
const FEWEST_ROUNDS = 6;

function moreRounds(evidence: Evidence, plan: Plan & { estimate: number }, n: number): number | null {
  if (n < FEWEST_ROUNDS) return FEWEST_ROUNDS;
  const against = "logRatios" in evidence ? null : evidence.before.length;
  const rounds = roundsToSettle({ ...plan, spread: spreadOf(evidence), against });
  return rounds === null ? null : Math.max(rounds, n + 1);
}

/** Of two runs the spreads are pooled, weighted as in the error of their difference. */
function spreadOf(evidence: Evidence): number {
  if ("logRatios" in evidence) return cautiousSpread(evidence.logRatios);
  const [before, after] = [evidence.before.length, evidence.after.length];
  const error = cautiousSpread(evidence.before) ** 2 / before + cautiousSpread(evidence.after) ** 2 / after;
  return Math.sqrt(error / (1 / before + 1 / after));
}

function expOf(bound: number | null): number | null {
  return bound === null ? null : Math.exp(bound);
}
