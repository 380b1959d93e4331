import type { OpSample } from "../samples/launch-record.ts";
import { histogramCount } from "./histogram.ts";
import { medianInterval } from "./median-interval.ts";
import { median } from "./quantile.ts";
import { observationsNeeded } from "./quantile-interval.ts";

/** A quantile of single calls, as it is in the middle launch. */
export type LaunchQuantile = {
  /** Median over launches of each launch's own quantile, in the metric's unit. */
  value: number;
  /** Exact 95 % interval of that median; `null` below 6 launches. */
  ciLow: number | null;
  ciHigh: number | null;
  /** Launches with calls enough for this quantile. */
  launches: number;
};

export const QUANTILES = { p50: 0.5, p90: 0.9, p99: 0.99 } as const;
export type QuantileName = keyof typeof QUANTILES;

/** `null` where no launch had calls enough. */
export type LaunchQuantiles = Record<QuantileName, LaunchQuantile | null>;

/**
 * p50, p90 and p99 of an operation's single calls, each with an interval over launches.
 *
 * The calls of one launch depend on each other (one sandbox is slow from its first call to its last), so an
 * interval over all calls pooled would be far too narrow. A launch counts where its own calls are enough for
 * the quantile: 5 for p50, 29 for p90, 299 for p99.
 *
 * @param samples one operation in the launches of one cell
 */
export function launchQuantiles(samples: readonly OpSample[]): LaunchQuantiles {
  return { p50: over(samples, "p50"), p90: over(samples, "p90"), p99: over(samples, "p99") };
}

function over(samples: readonly OpSample[], name: QuantileName): LaunchQuantile | null {
  const needed = observationsNeeded(QUANTILES[name]);
  const values = samples.flatMap((sample) => {
    const value = sample[name];
    const known = value !== null && Number.isFinite(value) && histogramCount(sample.histogram) >= needed;
    return known ? [value] : [];
  });
  if (values.length === 0) return null;
  const interval = medianInterval(values);
  return {
    value: median(values),
    ciLow: interval?.low ?? null,
    ciHigh: interval?.high ?? null,
    launches: values.length,
  };
}
