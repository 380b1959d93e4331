import type { OpSample } from "../../samples/launch-record.ts";
import { histogramCount } from "../distributions/histogram.ts";
import { median } from "../distributions/quantile.ts";
import { medianInterval } from "../estimates/median-interval.ts";
import { observationsNeeded } from "../estimates/quantile-interval.ts";

/** A quantile of single calls, as it is in the middle launch. */
export type LaunchQuantile = {
  /** Median over launches of each launch's own quantile, in the metric's unit. */
  value: number;
  /** Exact 95 % interval of that median; `null` below 6 launches. */
  ciLow: number | null;
  ciHigh: number | null;
  launches: number;
};

const QUANTILES = { p50: 0.5, p90: 0.9, p99: 0.99 } as const;
type QuantileName = keyof typeof QUANTILES;

/** `null` where a launch made too few calls. */
export type LaunchQuantiles = Record<QuantileName, LaunchQuantile | null>;

/**
 * p50, p90 and p99 of an operation's single calls, each with an interval over launches.
 *
 * The calls of one launch depend on each other (one sandbox is slow from its first call to its last), so an
 * interval over all calls pooled would be far too narrow.
 *
 * Refused where all launches together made fewer calls than a bound on the quantile needs (p99: 299), or where one
 * launch made so few that its quantile would be its slowest call (p99: 100). Such a launch is not just left out:
 * time is limited, so the launches with few calls are the slow ones, and the others alone would flatter.
 *
 * @param samples one operation in the launches of one cell
 */
export function launchQuantiles(samples: readonly OpSample[]): LaunchQuantiles {
  return { p50: over(samples, "p50"), p90: over(samples, "p90"), p99: over(samples, "p99") };
}

function over(samples: readonly OpSample[], name: QuantileName): LaunchQuantile | null {
  const q = QUANTILES[name];
  // 1 / 0.01 is 100.00000000000001 for a machine.
  const neededOfEach = Math.ceil(1 / Math.min(q, 1 - q) - 1e-9);
  const calls = samples.map((sample) => histogramCount(sample.histogram));
  if (calls.reduce((sum, count) => sum + count, 0) < observationsNeeded(q)) return null;
  if (calls.some((count) => count < neededOfEach)) return null;
  const values = samples.map((sample) => sample[name]).filter((value) => value !== null);
  if (values.length < samples.length || !values.every(Number.isFinite)) return null;
  const interval = medianInterval(values);
  return {
    value: median(values),
    ciLow: interval?.low ?? null,
    ciHigh: interval?.high ?? null,
    launches: values.length,
  };
}
