/** One verdict a metric and platform, over all configurations that both runscs ran. Pure. */
import { hodgesLehmann } from "../stats/hodges-lehmann.ts";
import { logRatioPairs } from "../stats/log-ratio-pairs.ts";
import { mean } from "../stats/moments.ts";
import { median } from "../stats/quantile.ts";
import { roundMeans } from "../stats/round-means.ts";
import type { UpgradeMetric, UpgradeSection } from "../stats/upgrade-types.ts";
import { verdicts } from "../stats/verdict.ts";
import type { CompareOptions } from "./compare.ts";
import { gateRules } from "./gate-rule.ts";
import { powerOf } from "./judge-metrics.ts";
import { type Candidate, matchCells } from "./match-cells.ts";
import { noiseFloorOf } from "./noise-floor.ts";
import type { Pair } from "./upgrade.ts";

/**
 * Judged cell by cell, a matrix has so many metrics that with 11 rounds the correction for their number lets few be called worse.
 * Here a metric of a platform is judged once: of each round the mean over its configurations (network x filter) of
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
  const { ruleOf } = gateRules(rules);
  const candidates = pairs
    .flatMap(([a, b]) => matchCells(a, b, ruleOf, true).candidates.map((one) => ({ ...one, data: b! })))
    .filter(({ rule }) => rule.gated);
  const groups = [
    ...Map.groupBy(candidates, ({ data, scenario, b }) => {
      const { platform, flags } = data.cell.config;
      return JSON.stringify([platform, flags ?? null, scenario, b.meta.metric]);
    }),
  ].map(([key, members]) => ({ key, members, ...weigh(members, floors) }));
  const family = verdicts(
    groups.map(({ logRatios, rounds, delta }) => ({ logRatios, rounds, delta: Math.log1p(delta) })),
    rules.alpha,
  );
  return groups.map(({ key, members, logRatios, rounds, delta, floor, limit }, index) => {
    const [platform, flags, scenario] = JSON.parse(key) as [string, string | null, string];
    const { metric, title, unit, group } = members[0]!.b.meta;
    const { effect, verdict, pWorse, pBetter } = family.verdicts[index]!;
    const { estimate, low, high, n } = effect!;
    const alone = members.map((one) => Math.exp(hodgesLehmann(ratiosOf(one))!.estimate));
    const plan = {
      delta: Math.log1p(delta),
      cells: groups.length,
      alpha: rules.alpha,
      critical: family.critical,
    };
    return {
      section: sectionOf(group, unit),
      ...{ platform, flags, scenario, metric, title, unit },
      a: geometricMean(members.map((one) => median([...one.a.byRound.values()]))),
      b: geometricMean(members.map((one) => median([...one.b.byRound.values()]))),
      configurations: members.length,
      n,
      effect: {
        ratio: Math.exp(estimate),
        ciLow: low === null ? null : Math.exp(low),
        ciHigh: high === null ? null : Math.exp(high),
      },
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
  const floor = mean(members.map(({ cell, b }) => noiseFloorOf(floors, cell, b.meta.metric) ?? 0));
  const limit = Math.max(...members.map(({ rule }) => rule.maxRegression));
  return { logRatios, rounds, floor, limit, delta: Math.max(floor, limit) };
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
