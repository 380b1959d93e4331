import { histogramCount } from "../distributions/histogram.ts";
import { modes } from "../distributions/modes.ts";
import { median } from "../distributions/quantile.ts";
import { medianInterval } from "../estimates/median-interval.ts";
import type { MetricSeries } from "./metric-series.ts";
import type { MetricSummary, Overhead } from "./summary-types.ts";

/**
 * One metric of one cell: median of the launch values with its exact interval; quantiles of single calls, of
 * each launch its own; modes of single calls, all launches pooled.
 *
 * @param series at least one launch
 */
export function summariseMetric(series: MetricSeries, overhead: Overhead | null): MetricSummary {
  const { meta, byRound, histogram, quantiles } = series;
  const values = [...byRound.values()];
  const interval = medianInterval(values);
  return {
    metric: meta.metric,
    title: meta.title,
    group: meta.group,
    unit: meta.unit,
    better: meta.better,
    launches: values.length,
    median: median(values),
    ciLow: interval?.low ?? null,
    ciHigh: interval?.high ?? null,
    p50: quantiles.p50?.value ?? null,
    p90: quantiles.p90?.value ?? null,
    p99: quantiles.p99?.value ?? null,
    quantiles,
    samples: histogramCount(histogram),
    modes: modes(histogram),
    overhead,
  };
}
