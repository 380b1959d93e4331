/** Cumulative distributions of single calls, all launches of a cell pooled. */

import { configurationId } from "../../../axes/axes.ts";
import type { Configuration } from "../../../axes/configuration.ts";
import { sandboxLabel } from "../../../axes/sandbox.ts";
import type { Unit } from "../../../samples/launch-record.ts";
import { type Histogram, histogramCount } from "../../../stats/distributions/histogram.ts";
import type { LaunchQuantile } from "../../../stats/summaries/launch-quantiles.ts";
import type { Mode } from "../../../stats/summaries/summary-types.ts";
import { formatEstimate, formatShare, formatValue } from "../../kit/format.ts";
import type { KeyMetric } from "./key-metrics.ts";
import type { DistributionSeries, DistributionView, LadderView } from "./report-view.ts";
import type { RunData } from "./run-data.ts";
import { metricKey } from "./summary-index.ts";

/** Steps that a curve keeps: finer than a chart can show, small enough for a page. */
const POINTS = 64;

/** One view a key metric with single calls; the configurations without a filter on the metric's ladder. */
export function distributions(
  run: RunData,
  keys: readonly KeyMetric[],
  ladders: readonly LadderView[],
): DistributionView[] {
  return keys.flatMap((key) => {
    const id = metricKey(key.scenario, key.metric.metric);
    const rungs = ladders.find((ladder) => ladder.key === id)?.rungs ?? [];
    const shown = new Set(rungs.filter((rung) => rung.evaluator === null).map((rung) => rung.configuration));
    const series = run.index.configurations
      .filter((config) => shown.has(configurationId(config)))
      .flatMap((config) => seriesOf(run, key, config));
    return series.length === 0 ? [] : [{ key: id, title: key.metric.title, unit: key.metric.unit, series }];
  });
}

function seriesOf(run: RunData, key: KeyMetric, config: Configuration): DistributionSeries[] {
  const histogram = run.seriesOf(config, key.scenario, key.metric.metric)?.histogram ?? [];
  const metric = run.index.metric(config, key.scenario, key.metric.metric);
  if (metric === null || histogram.length === 0) return [];
  return [
    {
      label: sandboxLabel(config),
      points: thin(cumulate(histogram)),
      samples: metric.samples,
      p50: quantileText(metric.quantiles.p50, metric.unit),
      p90: quantileText(metric.quantiles.p90, metric.unit),
      p99: quantileText(metric.quantiles.p99, metric.unit),
      modes: modesText(metric.modes, metric.unit),
    },
  ];
}

/** `4.28 µs [4.10, 4.51] n=15`; the interval and n are of launches. */
function quantileText(quantile: LaunchQuantile | null, unit: Unit): string {
  if (quantile === null) return "too few calls";
  const { value, ciLow: low, ciHigh: high, launches: n } = quantile;
  return formatEstimate({ value, low, high, n, unit });
}

/** `71 % near 1.39 µs, 29 % near 4.28 µs`; empty with one mode. */
export function modesText(modes: readonly Mode[], unit: Unit): string {
  if (modes.length < 2) return "";
  return modes.map((mode) => `${formatShare(mode.share)} near ${formatValue(mode.value, unit)}`).join(", ");
}

function cumulate(histogram: Histogram): [number, number][] {
  const total = histogramCount(histogram);
  let passed = 0;
  return histogram.map(([upper, count]) => {
    passed += count;
    return [upper, passed / total];
  });
}

/** Keep the first and last step, and between them one a step of share or of magnitude, whichever comes first. */
function thin(points: readonly [number, number][]): [number, number][] {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return [];
  const span = Math.log(last[0] / first[0]);
  const kept: [number, number][] = [first];
  for (const [value, share] of points.slice(1, -1)) {
    const [keptValue, keptShare] = kept.at(-1)!;
    const far = span > 0 && Math.log(value / keptValue) / span >= 2 / POINTS;
    if (far || share - keptShare >= 2 / POINTS) kept.push([value, share]);
  }
  if (points.length > 1) kept.push(last);
  return kept.map(([value, share]) => [Number(value.toPrecision(4)), Number(share.toFixed(4))]);
}
