/** Under which conditions the data was taken: load, time of day, drift, and how much launches depend on earlier ones. Pure. */
import type { LaunchRecord } from "../../src/samples/launch-record.ts";
import { quantile } from "../../src/stats/distributions/quantile.ts";
import { sorted } from "../../src/stats/distributions/sorted.ts";
import { type GateData, type GateMetric, shortName } from "./gate-data.ts";

export type HostConditions = {
  from: string;
  to: string;
  launches: number;
  failed: number;
  /** Load average before each launch: 5 %, 50 % and 95 %. */
  load1: readonly [number, number, number];
  /** Of the CPU time over all launches, as shares. */
  busy: number;
  steal: number;
  disturbed: number;
};

export function hostConditions(launches: readonly LaunchRecord[]): HostConditions {
  const starts = launches.map(({ startedAt }) => startedAt).toSorted();
  const load = sorted(launches.map(({ load: { before } }) => before.load1));
  const first = launches[0]!.load.before;
  const last = launches.at(-1)!.load.after;
  const ticks = last.totalTicks - first.totalTicks;
  return {
    from: starts[0]!,
    to: starts.at(-1)!,
    launches: launches.length,
    failed: launches.filter(({ status }) => status === "failed").length,
    load1: [quantile(load, 0.05), quantile(load, 0.5), quantile(load, 0.95)],
    busy: (last.busyTicks - first.busyTicks) / ticks,
    steal: (last.stealTicks - first.stealTicks) / ticks,
    disturbed: launches.filter(({ load }) => load.disturbed.length > 0).length / launches.length,
  };
}

/** How far the rounds of a series are from independent draws of one distribution. */
type Dependence = {
  /** Lag-1 autocorrelation. */
  lag1: number;
  /** Change from the first round to the last by Theil and Sen's slope, as a share. */
  trend: number;
  /** Standard deviation of the logarithms. */
  spread: number;
};

export type MetricDependence = {
  name: string;
  metric: string;
  /** Of the cell's own launches, and of the differences between the cell and its twin. */
  launches: Dependence;
  pairs: Dependence;
};

export function dependences({ metrics, rounds }: GateData): MetricDependence[] {
  return metrics.map((metric: GateMetric) => {
    const own = rounds.map((round) => Math.log(metric.own.get(round)!));
    const pairs = rounds.map((round, place) => Math.log(metric.twin.get(round)!) - own[place]!);
    return {
      name: shortName(metric.cell),
      metric: metric.metric,
      launches: dependence(own),
      pairs: dependence(pairs),
    };
  });
}

/** @param values logarithms, one a round, in order */
export function dependence(values: readonly number[]): Dependence {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const off = values.map((value) => value - mean);
  const squares = off.reduce((sum, value) => sum + value * value, 0);
  const products = off.slice(1).reduce((sum, value, place) => sum + value * off[place]!, 0);
  const slopes = values.flatMap((value, place) =>
    values.slice(0, place).map((earlier, at) => (value - earlier) / (place - at)),
  );
  return {
    lag1: squares === 0 ? 0 : products / squares,
    trend: Math.expm1(quantile(sorted(slopes), 0.5) * (values.length - 1)),
    spread: Math.sqrt(squares / (values.length - 1)),
  };
}
