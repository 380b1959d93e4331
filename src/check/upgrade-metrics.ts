/** One verdict a metric and platform, over all configurations that both runscs ran. Pure. */
import type { Configuration } from "../axes/configuration.ts";
import { mean } from "../stats/distributions/moments.ts";
import { median } from "../stats/distributions/quantile.ts";
import { agreeingValues } from "../stats/estimates/agreeing-values.ts";
import { hodgesLehmann } from "../stats/estimates/hodges-lehmann.ts";
import { logRatioPairs } from "../stats/estimates/log-ratio-pairs.ts";
import { roundMeans } from "../stats/estimates/round-means.ts";
import { verdicts } from "../stats/families/verdict.ts";
import type { CellData } from "../stats/summaries/cell-data.ts";
import type { CompareOptions } from "./compare.ts";
import { gateRules } from "./gate-rule.ts";
import { powerOf } from "./judge-metrics.ts";
import { type Candidate, matchCells, type Pair } from "./match-cells.ts";
import { noiseFloorOf } from "./noise-floor.ts";
import { toldVerdict } from "./told-verdict.ts";
import type { UpgradeMetric, UpgradeSection } from "./upgrade-types.ts";

/**
 * Judged cell by cell, a matrix has so many metrics that with 11 rounds the correction for their number lets few be
 * called worse. Here each platform is a question and a family of its own, and a metric of a platform is judged once:
 * of each round the mean over its configurations (network x filter) of
 * ln(cost new / cost old) counts. How far the configurations lie apart is told beside it.
 *
 * The noise floor is the mean of the configurations' floors: the mean of differences is at most as large as the mean
 * of their sizes.
 */
export function upgradeMetrics(
  pairs: readonly Pair[],
  { rules, floors }: CompareOptions,
  emulated: boolean,
): UpgradeMetric[] {
  if (emulated) return [];
  const { ruleOf, isGated } = gateRules(rules);
  const candidates = pairs
    .flatMap(([a, b]) =>
      matchCells(a, b, { ruleOf, isGated, paired: true }).candidates.map((one) => ({ ...one, data: b! })),
    )
    // Configurations with a step of their own each can't be averaged; cell by cell they are compared all the same.
    .filter(({ rule, offset }) => rule.gated && offset === 0);
  const platforms = Map.groupBy(candidates, ({ data }) => placeOf(data.cell.config));
  return [...platforms.values()].flatMap((members) => judgedTogether(members, rules.alpha, floors));
}

function placeOf({ platform, flags }: Configuration): string {
  return JSON.stringify([platform, flags ?? null]);
}

type Member = Candidate & { data: CellData };

/** The metrics of one platform: one family. */
function judgedTogether(
  members: readonly Member[],
  alpha: number,
  floors: CompareOptions["floors"],
): UpgradeMetric[] {
  const groups = [...Map.groupBy(members, ({ scenario, b }) => `${scenario}::${b.meta.metric}`).values()].map(
    (same) => ({ same, ...weigh(same, floors) }),
  );
  const family = verdicts(
    groups.map(({ logRatios, rounds, delta }) => ({ logRatios, rounds, delta: Math.log1p(delta) })),
    alpha,
  );
  return groups.map(({ same, logRatios, rounds, delta, floor, limit }, index) => {
    const { data, scenario, b } = same[0]!;
    const { metric, title, unit, group, better } = b.meta;
    const { platform, flags = null } = data.cell.config;
    const { effect, pWorse, pBetter, ...judged } = family.verdicts[index]!;
    const verdict = toldVerdict(judged.verdict, delta);
    const { estimate, low, high, n } = effect!;
    const plan = { delta: Math.log1p(delta), cells: groups.length, alpha, critical: family.critical };
    const alone = same.map((one) => Math.exp(hodgesLehmann(ratiosOf(one))!.estimate));
    const ratio = {
      value: Math.exp(estimate),
      low: low === null ? null : Math.exp(low),
      high: high === null ? null : Math.exp(high),
    };
    return {
      section: sectionOf(group, unit),
      ...{ platform: platform ?? "", flags, scenario, metric, title, unit },
      a: geometricMean(same.map((one) => median([...one.a.byRound.values()]))),
      b: geometricMean(same.map((one) => median([...one.b.byRound.values()]))),
      configurations: same.length,
      n,
      effect: { ratio: ratio.value, ciLow: ratio.low, ciHigh: ratio.high },
      values: agreeingValues(roundLevels(same, "b"), roundLevels(same, "a"), { ...ratio, better }),
      lowest: Math.min(...alone),
      highest: Math.max(...alone),
      ...{ pWorse, pBetter, verdict, delta },
      deltaFrom: floor > limit ? "noise floor" : "configured",
      ...powerOf({ logRatios, rounds }, plan, { verdict, estimate, n, launches: n }),
    };
  });
}

function weigh(members: readonly Candidate[], floors: CompareOptions["floors"]) {
  const { rounds, values: logRatios } = roundMeans(members.map(ratiosByRound));
  const floor = mean(members.map(({ cell, b }) => noiseFloorOf(floors, cell, b.meta.metric)?.share ?? 0));
  const limit = Math.max(...members.map(({ rule }) => rule.maxRegression));
  return { logRatios, rounds, floor, limit, delta: Math.max(floor, limit) };
}

/** Of each round the geometric mean over the configurations: what the rounds' ratios are the quotients of. */
function roundLevels(members: readonly Candidate[], side: "a" | "b"): number[] {
  const logs = members.map(({ a, b }) => {
    const [own, other] = side === "a" ? [a, b] : [b, a];
    const shared = [...own.byRound].filter(([round]) => other.byRound.has(round));
    return new Map(shared.map(([round, value]) => [round, Math.log(value)]));
  });
  return roundMeans(logs).values.map(Math.exp);
}

function ratiosByRound({ a, b }: Candidate): Map<number, number> {
  const sign = b.meta.better === "lower" ? 1 : -1;
  const shared = [...b.byRound].filter(([round]) => a.byRound.has(round));
  return new Map(shared.map(([round, value]) => [round, sign * Math.log(value / a.byRound.get(round)!)]));
}

function ratiosOf({ a, b }: Candidate): number[] {
  return logRatioPairs(b.byRound, a.byRound, b.meta.better).logRatios;
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(mean(values.map(Math.log)));
}

function sectionOf(group: string, unit: string): UpgradeSection {
  if (group === "start-up") return "start-up";
  return unit === "bytes" ? "memory" : "operations";
}
