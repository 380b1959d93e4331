import { type Histogram, histogramCount, histogramQuantile } from "./histogram.ts";
import { medianInterval } from "./median-interval.ts";
import type { MetricSeries } from "./metric-series.ts";
import { modes } from "./modes.ts";
import { median } from "./quantile.ts";
import { observationsNeeded } from "./quantile-interval.ts";
import type { MetricSummary, Overhead } from "./summary-types.ts";

/**
 * One metric of one cell: median of the launch values with its exact interval; quantiles and modes of single
 * calls, all launches pooled.
 *
 * @param series at least one launch
 */
export function summariseMetric(series: MetricSeries, overhead: Overhead | null): MetricSummary {
  const { meta, byRound, histogram } = series;
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
    p50: pooledQuantile(histogram, 0.5),
    p90: pooledQuantile(histogram, 0.9),
    p99: pooledQuantile(histogram, 0.99),
    samples: histogramCount(histogram),
    modes: modes(histogram),
    overhead,
  };
}

/** `null` below the number of calls that a bound on this quantile needs. */
function pooledQuantile(histogram: Histogram, q: number): number | null {
  return histogramCount(histogram) < observationsNeeded(q) ? null : histogramQuantile(histogram, q);
}
