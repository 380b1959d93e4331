/** Every configuration with its costs and its layers, and on which fronts it stands. */
import type { Configuration } from "../../axes/configuration.ts";
import { median } from "../../stats/distributions/quantile.ts";
import type { Shown } from "../../stats/estimates/agreeing-values.ts";
import { medianInterval } from "../../stats/estimates/median-interval.ts";
import type { Candidate, Goal, Surfaces } from "./changes.ts";
import { GOALS } from "./changes.ts";
import { changeContrast, type Estimate } from "./cost-surface.ts";
import { type Layer, layersOf } from "./layers.ts";
import type { MeasuredCosts } from "./measured-costs.ts";
import { paretoFront } from "./pareto.ts";

/** A median over launches with its exact 95 % interval. */
export type Level = {
  value: number;
  low: number | null;
  high: number | null;
  n: number;
  /** What is shown instead, where the median would not agree with a change beside it. */
  range?: Shown;
};

export type FrontRow = {
  configuration: string;
  config: Configuration;
  layers: Layer[];
  /** Of the workload, against the baseline; `null` for the baseline itself, and where it can't be compared. */
  slowdown: Estimate | null;
  /** Spawn to a clean host, ns; `null` = not measured. */
  startupNs: Level | null;
  /** PSS of an idle sandbox, bytes. */
  memoryBytes: Level | null;
  /** Goals by which no other configuration puts it out. */
  fronts: Goal[];
};

/** Host metrics of the two goals that are no work. */
export const STARTUP_KEY = "startup::total";
export const MEMORY_KEY = "memory::pss@start";

/**
 * Most layers first, then cheapest.
 *
 * @param surfaces over what all configurations share, so that like is ranked with like
 */
export function frontRows(
  candidates: readonly Candidate[],
  surfaces: Surfaces,
  baseline: string,
  costs: MeasuredCosts,
): FrontRow[] {
  const layers = new Map(candidates.map((one) => [one.configuration, layersOf(one.config, one.flags)]));
  const fronts = new Map(GOALS.map((goal) => [goal, frontOf(goal, layers, surfaces)]));
  const rows = candidates.map(({ configuration, config }): FrontRow => {
    const contrast = changeContrast(baseline, configuration);
    return {
      configuration,
      config,
      layers: layers.get(configuration)!,
      slowdown: configuration === baseline ? null : (surfaces.work?.estimate([contrast]) ?? null),
      startupNs: levelOf(costs, configuration, STARTUP_KEY),
      memoryBytes: levelOf(costs, configuration, MEMORY_KEY),
      fronts: GOALS.filter((goal) => fronts.get(goal)!.has(configuration)),
    };
  });
  const cost = ({ slowdown, configuration }: FrontRow) =>
    configuration === baseline ? 1 : (slowdown?.ratio ?? Number.POSITIVE_INFINITY);
  return rows.sort((a, b) => b.layers.length - a.layers.length || cost(a) - cost(b));
}

function frontOf(goal: Goal, layers: ReadonlyMap<string, Layer[]>, surfaces: Surfaces): Set<string> {
  const surface = surfaces[goal];
  if (surface === null) return new Set();
  const there = surface.configurations.filter((configuration) => layers.has(configuration));
  return paretoFront(
    there.map((configuration) => ({ configuration, layers: layers.get(configuration)! })),
    (first, second) => surface.estimate([changeContrast(first, second)]),
  );
}

function levelOf(costs: MeasuredCosts, configuration: string, key: string): Level | null {
  const logs = costs.get(configuration)?.get(key);
  if (logs === undefined) return null;
  const values = [...logs.values()].map(Math.exp);
  const interval = medianInterval(values);
  return {
    value: median(values),
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    n: values.length,
  };
}
