/** Candidates -> verdicts, with what each could have found and what would settle it. Pure. */

import { median } from "../stats/distributions/quantile.ts";
import { agreeingValues } from "../stats/estimates/agreeing-values.ts";
import { alikeShift } from "../stats/estimates/alike-pairs.ts";
import { cautiousSpread } from "../stats/estimates/cautious-spread.ts";
import { driftAllowance } from "../stats/estimates/drift-allowance.ts";
import type { HodgesLehmann } from "../stats/estimates/hodges-lehmann.ts";
import { logCosts, logRatioPairs } from "../stats/estimates/log-ratio-pairs.ts";
import { type Evidence, effectOf, type TwoRuns, type Verdict, verdicts } from "../stats/families/verdict.ts";
import { minimumDetectableEffect } from "../stats/power/minimum-detectable-effect.ts";
import { minimumDetectableShift } from "../stats/power/minimum-detectable-shift.ts";
import { roundsToSettle } from "../stats/power/rounds-to-settle.ts";
import type { MetricSeries } from "../stats/summaries/metric-series.ts";
import { alikeLaunches } from "./between-runs.ts";
import type { BetweenRuns, ComparedValues, MetricComparison } from "./comparison-types.ts";
import type { HostDrift } from "./host-drift.ts";
import type { Candidate } from "./match-cells.ts";
import { type NoiseFloors, noiseFloorOf } from "./noise-floor.ts";

export type Judging = {
  floors: NoiseFloors;
  /** Only between two runs. */
  drift: HostDrift;
  /** Null where the sides share their rounds. */
  between: BetweenRuns | null;
  alpha: number;
};

/** Gated metrics are one family of the correction, those only shown another. In the order given. */
export function judgeMetrics(candidates: readonly Candidate[], judging: Judging): MetricComparison[] {
  const { alpha } = judging;
  const judged = new Map<Candidate, MetricComparison>();
  for (const family of Map.groupBy(candidates, ({ rule }) => rule.gated).values()) {
    const weighed = family.map((candidate) => weigh(candidate, judging, alpha / family.length));
    const found = verdicts(
      weighed.map(({ evidence, delta, driftAllowance }) => {
        const limit = Math.log1p(delta - driftAllowance);
        return { ...evidence, delta: limit, allowance: Math.log1p(delta) - limit };
      }),
      alpha,
    );
    for (const [index, candidate] of family.entries()) {
      const plan = { cells: family.length, alpha, critical: found.critical };
      judged.set(candidate, describe(candidate, weighed[index]!, found.verdicts[index]!, plan));
    }
  }
  return candidates.flatMap((candidate) => judged.get(candidate) ?? []);
}

type Weighed = Pick<
  MetricComparison,
  "delta" | "deltaFrom" | "driftAllowance" | "noiseFloor" | "floorMeasuredAt"
> & {
  evidence: Evidence;
};

/** @param level of the test of one metric */
function weigh(candidate: Candidate, { floors, drift, between }: Judging, level: number): Weighed {
  const { cell, scenario, a, b, offset, rule } = candidate;
  const { metric } = b.meta;
  const floor = noiseFloorOf(floors, cell, metric);
  const evidence: Evidence =
    between === null
      ? logRatioPairs(b.byRound, a.byRound, b.meta.better, offset)
      : { strata: alikeLaunches(candidate) };
  const native = drift.get(`${scenario}::${metric}`)?.share ?? 0;
  const limit = Math.max(rule.maxRegression, floor?.share ?? 0);
  // How far the host moved this metric natively may hide a loss: it asks more of `worse`, and makes nothing `same`.
  const moved = Math.max(limit, native);
  const allowed = between === null ? 0 : driftAllowance(effectOf(evidence), between.inflation, level);
  const delta = allowed === 0 ? moved : Math.expm1(Math.log1p(moved) + allowed);
  return {
    evidence,
    delta,
    driftAllowance: delta - limit,
    deltaFrom: limit > rule.maxRegression ? "noise floor" : "configured",
    noiseFloor: floor?.share ?? null,
    floorMeasuredAt: floor?.measuredAt ?? null,
  };
}

type FamilyPlan = { cells: number; alpha: number; critical: number };

function describe(
  candidate: Candidate,
  { evidence, ...weighed }: Weighed,
  { verdict, effect, pWorse, pBetter }: Verdict,
  family: FamilyPlan,
): MetricComparison {
  const { cell, cellA, scenario, a, b, offset, rule } = candidate;
  const { metric, title, unit, better } = b.meta;
  const { estimate, low, high, n } = effect ?? unlikeLaunches(candidate);
  const plan = { ...family, delta: Math.log1p(weighed.delta) };
  const launches = Math.min(a.byRound.size, b.byRound.size);
  const shown = { value: Math.exp(estimate), low: expOf(low), high: expOf(high), better };
  return {
    cell,
    cellA,
    scenario,
    metric,
    title,
    unit,
    better,
    a: valuesOf(a),
    b: valuesOf(b),
    n,
    effect: { ratio: shown.value, ciLow: shown.low, ciHigh: shown.high },
    offset,
    // A ratio of sums is not shown, so nothing has to agree with it.
    values: agreeingValues([...b.byRound.values()], [...a.byRound.values()], {
      ...shown,
      value: offset > 0 ? Number.NaN : shown.value,
    }),
    pWorse,
    pBetter,
    verdict,
    ...weighed,
    ...powerOf(evidence, plan, { verdict, estimate, n, launches }),
    settleNs: null,
    gated: rule.gated,
  };
}

function valuesOf({ byRound }: MetricSeries): ComparedValues {
  const values = [...byRound.values()];
  return {
    median: median(values),
    launches: values.length,
    zeros: values.filter((value) => value === 0).length,
  };
}

/**
 * What a judgement could have found, and what would settle it.
 *
 * @param seen n launches (pairs) count, of `launches` that there are
 */
export function powerOf(
  evidence: Evidence,
  plan: Plan,
  seen: { verdict: Verdict["verdict"]; estimate: number; n: number; launches: number },
): Pick<MetricComparison, "mde" | "roundsToSettle"> {
  const mde = detectable(evidence, plan);
  const { verdict, estimate, n, launches } = seen;
  return {
    mde: mde === null ? null : Math.expm1(mde),
    roundsToSettle:
      verdict === "unclear" ? moreRounds(evidence, { ...plan, estimate }, { n, launches }) : null,
  };
}

/** Where no two launches were made under like conditions: what it looks like, with nothing to rely on. */
function unlikeLaunches({ a, b, offset }: Candidate): HodgesLehmann {
  const { estimate } = alikeShift([{ before: logCosts(a, offset), after: logCosts(b, offset) }], 0.95)!;
  return { estimate, low: null, high: null, n: 0 };
}

type Plan = FamilyPlan & { delta: number };

function detectable(evidence: Evidence, plan: Plan): number | null {
  return "logRatios" in evidence
    ? minimumDetectableEffect({ ...plan, ...evidence })
    : minimumDetectableShift({ ...plan, ...evidence });
}

/** Fewer give no interval, and their spread is no base for a plan. */
const FEWEST_ROUNDS = 6;

/** @param n launches that count, of `launches` that there are: where conditions differed more rounds promise nothing */
function moreRounds(
  evidence: Evidence,
  plan: Plan & { estimate: number },
  { n, launches }: { n: number; launches: number },
): number | null {
  if (launches < FEWEST_ROUNDS) return FEWEST_ROUNDS;
  if (n < FEWEST_ROUNDS) return null;
  const against = "logRatios" in evidence ? null : all(evidence, "before").length;
  const rounds = roundsToSettle({ ...plan, spread: spreadOf(evidence), against });
  return rounds === null ? null : Math.max(rounds, launches + 1);
}

/** Of two runs the spreads are pooled, weighted as in the error of their difference. */
function spreadOf(evidence: Evidence): number {
  if ("logRatios" in evidence) return cautiousSpread(evidence.logRatios);
  const [before, after] = [all(evidence, "before"), all(evidence, "after")];
  const error = cautiousSpread(before) ** 2 / before.length + cautiousSpread(after) ** 2 / after.length;
  return Math.sqrt(error / (1 / before.length + 1 / after.length));
}

function all({ strata }: TwoRuns, side: "before" | "after"): number[] {
  return strata.flatMap((stratum) => stratum[side]);
}

function expOf(bound: number | null): number | null {
  return bound === null ? null : Math.exp(bound);
}
