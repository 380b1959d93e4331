import { configurationId } from "../../axes/axes.ts";
import { LEAST_ISOLATED } from "../../axes/sandbox.ts";
import { agreeingValues } from "../estimates/agreeing-values.ts";
import { hodgesLehmann } from "../estimates/hodges-lehmann.ts";
import { logRatioPairs } from "../estimates/log-ratio-pairs.ts";
import type { CellData } from "./cell-data.ts";
import type { MetricSeries } from "./metric-series.ts";
import type { Overhead } from "./summary-types.ts";

/** Where the baseline cannot have a metric (the veth pair), this takes its place. */
const STAND_IN = configurationId({
  sandbox: LEAST_ISOLATED,
  platform: null,
  network: "sandbox",
  seccomp: "none",
});

export type OverheadResult = {
  overhead: Overhead | null;
  /** Why there is no number, where a reader would expect one. */
  warning: string | null;
};

/**
 * What a cell costs relative to its baseline, of one metric: Hodges-Lehmann estimate of the log ratios paired
 * by round, with its exact 95 % interval; > 1 is dearer, never clamped.
 *
 * The other side is the baseline configuration in the same scenario. Where that one lacks the metric without
 * having failed (native has no veth pair), it is `unshare/net=sandbox/seccomp=none`.
 *
 * @param find looks a cell up by configuration id within the same scenario
 */
export function overheadOf(
  cell: CellData,
  series: MetricSeries,
  baseline: string,
  find: (configuration: string) => CellData | undefined,
): OverheadResult {
  const own = configurationId(cell.cell.config);
  const metric = series.meta.metric;
  const side = otherSide(metric, baseline, find);
  if (own === baseline || side === null || own === side.name) return { overhead: null, warning: null };
  const pairs = logRatioPairs(series.byRound, side.values, series.meta.better);
  if (pairs.nonPositive) {
    return { overhead: null, warning: `${metric}: no overhead, since values of zero or less have no ratio` };
  }
  const effect = hodgesLehmann(pairs.logRatios);
  if (effect === null) {
    return { overhead: null, warning: `${metric}: no overhead, since no round has both it and ${side.name}` };
  }
  const value = Math.exp(effect.estimate);
  const low = effect.low === null ? null : Math.exp(effect.low);
  const high = effect.high === null ? null : Math.exp(effect.high);
  const { better } = series.meta;
  const values = agreeingValues([...series.byRound.values()], [...side.values.values()], {
    value,
    low,
    high,
    better,
  });
  const overhead: Overhead = {
    ...{ ratio: value, ciLow: low, ciHigh: high },
    pairs: effect.n,
    baseline: side.name,
    values,
  };
  return { overhead, warning: null };
}

function otherSide(
  metric: string,
  baseline: string,
  find: (configuration: string) => CellData | undefined,
): { name: string; values: Map<number, number> } | null {
  const first = find(baseline);
  const direct = first?.series.get(metric);
  if (direct !== undefined) return { name: baseline, values: direct.byRound };
  if (first?.status === "failed") return null;
  const substitute = find(STAND_IN)?.series.get(metric);
  return substitute === undefined ? null : { name: STAND_IN, values: substitute.byRound };
}
