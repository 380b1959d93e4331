import type { LaunchRecord, OpSample, Unit } from "../../samples/launch-record.ts";
import type { MetricMeta } from "../../samples/metric-meta.ts";
import { type Histogram, mergeHistograms } from "../distributions/histogram.ts";
import { hostValue } from "./host-metrics.ts";
import { isCountable, launchMedian } from "./launch-median.ts";
import { type LaunchQuantiles, launchQuantiles } from "./launch-quantiles.ts";

/** One metric of one cell: one value a launch. */
export type MetricSeries = {
  meta: MetricMeta;
  /** Value of each round, in the metric's unit. */
  byRound: Map<number, number>;
  /** Single calls of all launches pooled; empty where there are none. */
  histogram: Histogram;
  /** Of single calls, over the launches. */
  quantiles: LaunchQuantiles;
  /** Launches whose batches never settled. */
  unsteady: number;
};

/**
 * Every metric of a cell's good launches, in the order of the scenario's list; what the list lacks comes last,
 * titled by its own name. A value that no counter can have, not finite or beyond 64 bits, counts as not taken.
 * What the launches say of the unit stands, whatever the list says; of launches that differ in it, the first one.
 *
 * @param launches good launches of one cell, one a round
 * @param declared the scenario's metrics; host metrics (`ready`, `pss@MARK` ...) are taken only when listed
 */
export function metricSeries(
  launches: readonly LaunchRecord[],
  declared: readonly MetricMeta[],
): Map<string, MetricSeries> {
  const ops = new Map<string, Map<number, OpSample>>();
  const values = new Map<string, Map<number, number>>();
  const units = new Map<string, Unit>();
  for (const launch of launches) {
    for (const op of launch.ops) {
      if (isIn(units, op.op, op.unit)) entry(ops, op.op).set(launch.round, op);
    }
    for (const { name, unit, value } of launch.values) {
      if (isIn(units, name, unit)) entry(values, name).set(launch.round, value);
    }
  }
  const undeclared = [...units.keys()].filter((name) => !declared.some(({ metric }) => metric === name));
  const metas = [
    ...declared.map((meta) => ({ ...meta, unit: units.get(meta.metric) ?? meta.unit })),
    ...undeclared.map((name) => undeclaredMeta(name, units.get(name)!)),
  ];
  const series = new Map<string, MetricSeries>();
  for (const meta of metas) {
    const samples = ops.get(meta.metric);
    const plain = values.get(meta.metric) ?? hostValues(launches, meta.metric);
    const found = samples === undefined ? ofValues(meta, plain) : ofOps(meta, samples);
    if (found.byRound.size > 0) series.set(meta.metric, found);
  }
  return series;
}

/** Whether a value is in the unit of the metric's first one. */
function isIn(units: Map<string, Unit>, metric: string, unit: Unit): boolean {
  if (!units.has(metric)) units.set(metric, unit);
  return units.get(metric) === unit;
}

function ofOps(meta: MetricMeta, samples: ReadonlyMap<number, OpSample>): MetricSeries {
  const byRound = new Map<number, number>();
  let unsteady = 0;
  for (const [round, sample] of samples) {
    const { value, steady } = launchMedian(sample);
    if (!isCountable(value)) continue;
    byRound.set(round, value);
    if (!steady) unsteady++;
  }
  const taken = [...samples].flatMap(([round, sample]) => (byRound.has(round) ? [sample] : []));
  const histogram = mergeHistograms(taken.map((sample) => sample.histogram));
  return { meta, byRound, histogram, quantiles: launchQuantiles(taken), unsteady };
}

function ofValues(meta: MetricMeta, values: ReadonlyMap<number, number>): MetricSeries {
  const byRound = new Map([...values].filter(([, value]) => isCountable(value)));
  return { meta, byRound, histogram: [], quantiles: launchQuantiles([]), unsteady: 0 };
}

function hostValues(launches: readonly LaunchRecord[], metric: string): Map<number, number> {
  const values = new Map<number, number>();
  for (const launch of launches) {
    const value = hostValue(launch, metric);
    if (value !== null) values.set(launch.round, value);
  }
  return values;
}

/** A scenario may print more than it lists; a rate is better when higher, all else when lower. */
function undeclaredMeta(metric: string, unit: Unit): MetricMeta {
  const better = unit === "1/s" || unit === "bytes/s" ? "higher" : "lower";
  return { metric, title: metric, unit, better, group: "other" };
}

function entry<V>(map: Map<string, Map<number, V>>, key: string): Map<number, V> {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = new Map<number, V>();
  map.set(key, made);
  return made;
}
