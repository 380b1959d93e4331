/** What each varied flag of runsc changes, and which pairs of flags do more together than alone. Pure. */

import { configurationId } from "../axes/axes.ts";
import type { Configuration } from "../axes/configuration.ts";
import { isGVisor } from "../axes/sandbox.ts";
import { FLAG_FACTORS } from "../config/flag-factors.ts";
import type { FlagVariant, ResolvedConfig } from "../config/resolved-config.ts";
import { mean } from "../stats/distributions/moments.ts";
import {
  type Contrast,
  type FactorCell,
  mainEffects,
  pairInteractions,
} from "../stats/estimates/factorial-effects.ts";
import { roundMeans } from "../stats/estimates/round-means.ts";
import { verdicts } from "../stats/families/verdict.ts";
import type { CellData } from "../stats/summaries/cell-data.ts";
import type { MetricSeries } from "../stats/summaries/metric-series.ts";
import type { CompareOptions } from "./compare.ts";
import type { FlagEffect, FlagEffectGroup, FlagEffects } from "./flag-effects-types.ts";
import { type GateRuleOf, gateRules } from "./gate-rule.ts";
import { powerOf } from "./judge-metrics.ts";
import { noiseFloorOf } from "./noise-floor.ts";
import { type StoredSide, sideOf } from "./side.ts";
import { toldVerdict } from "./told-verdict.ts";

/** Factor of a variant that is no sweep's: its name is the level. */
const NAMED = "flags";

/**
 * Effects are those on a platform: contrasts of each network and filter, and their mean in each round. Each level and
 * each pair is a family of its own for the correction, as each is a question of its own.
 *
 * @returns an entry each runsc and platform with figures of a variant; empty without variants
 */
export function flagEffectsOf(run: StoredSide, options: CompareOptions): FlagEffects[] {
  const { variants = [] } = (run.manifest.config as Partial<ResolvedConfig> | null)?.runsc ?? {};
  if (variants.length === 0 || run.manifest.emulated) return [];
  const { ruleOf } = gateRules(options.rules);
  const cells = [...sideOf(run).cells.values()].filter(
    ({ cell, series }) => isGVisor(cell.config) && cell.config.platform !== null && series.size > 0,
  );
  const places = Map.groupBy(cells, ({ cell: { config } }) =>
    JSON.stringify([config.runsc ?? null, config.platform]),
  );
  return [...places].flatMap(([place, members]) => {
    const [runsc, platform] = JSON.parse(place) as [string | null, string];
    const found = measuredContrasts(members, variants, ruleOf);
    const groupsOf = (size: number) => judged(found, size, options);
    const main = groupsOf(1);
    return main.length === 0
      ? []
      : [{ runsc, platform, alpha: options.rules.alpha, main, pairs: groupsOf(2) }];
  });
}

/** A contrast of one metric in one configuration. */
type Found = {
  contrast: Contrast;
  /** Of the cells' series: title and unit. */
  series: MetricSeries;
  scenario: string;
  floor: (options: CompareOptions) => number;
  limit: number;
};

function measuredContrasts(
  cells: readonly CellData[],
  variants: readonly FlagVariant[],
  ruleOf: GateRuleOf,
): Found[] {
  const configurations = Map.groupBy(
    cells,
    ({ cell }) => `${configurationId(withoutFlags(cell.config))}::${cell.scenario}`,
  );
  return [...configurations.values()].flatMap((members) => {
    const plain = members.find(({ cell }) => cell.config.flags === undefined) ?? members[0]!;
    const { id, scenario } = plain.cell;
    return [...plain.series].flatMap(([metric, series]): Found[] => {
      const rule = ruleOf(id, series.meta);
      if (!rule.gated) return [];
      const costs = members.flatMap((one) => factorCell(one, metric, variants));
      return [...mainEffects(costs), ...pairInteractions(costs)].map((contrast) => ({
        contrast,
        series,
        scenario,
        floor: ({ floors }) => noiseFloorOf(floors, id, metric)?.share ?? 0,
        limit: rule.maxRegression,
      }));
    });
  });
}

function withoutFlags({ flags: _, ...config }: Configuration): Configuration {
  return config;
}

function factorCell(data: CellData, metric: string, variants: readonly FlagVariant[]): FactorCell[] {
  const series = data.series.get(metric);
  const { flags } = data.cell.config;
  if (series === undefined || [...series.byRound.values()].some((value) => value <= 0)) return [];
  const variant = variants.find(({ name }) => name === flags);
  const levels = flags === undefined ? {} : (variant?.levels ?? { [NAMED]: flags });
  const sign = series.meta.better === "lower" ? 1 : -1;
  const logCosts = new Map(
    [...series.byRound].map(([round, value]): [number, number] => [round, sign * Math.log(value)]),
  );
  return [{ levels, logCosts }];
}

/** Levels (size 1) or pairs (size 2), each with its metrics judged together. */
function judged(found: readonly Found[], size: number, options: CompareOptions): FlagEffectGroup[] {
  const ofSize = found.filter(({ contrast }) => contrast.of.length === size);
  const groups = Map.groupBy(ofSize, ({ contrast }) => JSON.stringify(contrast.of));
  return [...groups.values()].map((members) => {
    const { of } = members[0]!.contrast;
    const metrics = judgeMetrics(members, options);
    const counts = { worse: 0, unclear: 0, better: 0, same: 0 };
    for (const { verdict } of metrics) counts[verdict]++;
    return { of, tradeOff: tradeOffOf(of), metrics, counts };
  });
}

function judgeMetrics(members: readonly Found[], options: CompareOptions): FlagEffect[] {
  const metrics = [
    ...Map.groupBy(members, ({ scenario, series }) => `${scenario}::${series.meta.metric}`).values(),
  ].map((same) => {
    const floor = mean(same.map((one) => one.floor(options)));
    return {
      same,
      ...roundMeans(same.flatMap(({ contrast }) => contrast.byContext)),
      delta: Math.max(floor, ...same.map(({ limit }) => limit)),
    };
  });
  const { alpha } = options.rules;
  const family = verdicts(
    metrics.map(({ values, rounds, delta }) => ({ logRatios: values, rounds, delta: Math.log1p(delta) })),
    alpha,
  );
  return metrics.map(({ same, values, rounds, delta }, index) => {
    const { scenario, series } = same[0]!;
    const { metric, title, unit } = series.meta;
    const { effect, pWorse, pBetter, ...judged } = family.verdicts[index]!;
    const verdict = toldVerdict(judged.verdict, delta);
    const { estimate, low, high, n } = effect!;
    const plan = { delta: Math.log1p(delta), cells: metrics.length, alpha, critical: family.critical };
    return {
      ...{ scenario, metric, title, unit, n, delta },
      configurations: same.length,
      contexts: same.reduce((sum, { contrast }) => sum + contrast.contexts, 0),
      effect: {
        ratio: Math.exp(estimate),
        ciLow: low === null ? null : Math.exp(low),
        ciHigh: high === null ? null : Math.exp(high),
      },
      ...{ pWorse, pBetter, verdict },
      ...powerOf({ logRatios: values, rounds }, plan, { verdict, estimate, n, launches: n }),
    };
  });
}

function tradeOffOf(of: Contrast["of"]): string | null {
  const [one, other] = of;
  if (one === undefined || other !== undefined) return null;
  const factor = FLAG_FACTORS.find(({ name }) => name === one.factor);
  return factor?.levels.find(({ value }) => value === one.level)?.tradeOff ?? null;
}
