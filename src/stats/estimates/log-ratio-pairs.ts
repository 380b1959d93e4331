import type { MetricSeries } from "../summaries/metric-series.ts";

export type LogRatioPairs = {
  /** ln(cost of the cell / cost of the baseline), one a shared round, in order of rounds. */
  logRatios: number[];
  /** The rounds that they are of. */
  rounds: number[];
  /** True when a shared round had a value with no logarithm, the offset added; `logRatios` is empty then. */
  nonPositive: boolean;
};

/**
 * Pair two cells by round: what disturbed a round disturbed both sides, so it cancels in the ratio.
 *
 * @param cell value of each round, keyed by round; any unit, the same on both sides
 * @param better direction of the metric; the ratio is turned so that > 1 is always dearer
 * @param offset added to every value, as `zeroOffset` says
 */
export function logRatioPairs(
  cell: ReadonlyMap<number, number>,
  baseline: ReadonlyMap<number, number>,
  better: "lower" | "higher",
  offset = 0,
): LogRatioPairs {
  const logRatios: number[] = [];
  const shared = [...cell.keys()].filter((round) => baseline.has(round)).sort((a, b) => a - b);
  for (const round of shared) {
    const ours = cell.get(round)! + offset;
    const theirs = baseline.get(round)! + offset;
    if (!(ours > 0 && theirs > 0)) return { logRatios: [], rounds: [], nonPositive: true };
    const difference = Math.log(ours) - Math.log(theirs);
    logRatios.push(better === "lower" ? difference : -difference);
  }
  return { logRatios, rounds: shared, nonPositive: false };
}

/**
 * ln(cost) of each launch, in order of rounds; larger is dearer, whatever the direction of the metric.
 *
 * @param series of values above 0 once the offset is added
 */
export function logCosts({ byRound, meta }: MetricSeries, offset = 0): number[] {
  const sign = meta.better === "lower" ? 1 : -1;
  return [...byRound.values()].map((value) => sign * Math.log(value + offset));
}
