/** What a program may be told of a metric: no ratio, nor what belongs to one, where a value is 0. */
import type { Comparison, MetricComparison } from "../../check/comparison-types.ts";

type Told = {
  effect: { ratio: number | null; ciLow: number | null; ciHigh: number | null };
  mde: number | null;
  /** Whether the two medians divide to the ratio; `null` where there is none. */
  agree: boolean | null;
};

/** The one rule for every format that programs read. */
export function toldOf({ offset, effect, mde, values }: MetricComparison): Told {
  if (offset === 0) return { effect, mde, agree: values.agree };
  return { effect: { ratio: null, ciLow: null, ciHigh: null }, mde: null, agree: null };
}

/** The comparison as its JSON has it. */
export function toldComparison(comparison: Comparison) {
  const metrics = comparison.metrics.map((metric) => {
    const { effect, mde, agree } = toldOf(metric);
    return { ...metric, effect, mde, values: { ...metric.values, agree } };
  });
  return { ...comparison, metrics };
}
