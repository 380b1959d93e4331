/** What a configuration takes above the same program natively, round by round. */
import type { LaunchRecord } from "../../samples/launch-record.ts";
import { median } from "../../stats/distributions/quantile.ts";
import { hostValue } from "../../stats/summaries/host-metrics.ts";
import type { MetricSeries } from "../../stats/summaries/metric-series.ts";
import type { MeasuredCosts } from "./traffic.ts";

/** A metric that stands for the program: `cpu/json`. */
export type SlowdownMetric = { scenario: string; metric: string };

/** Good launches of a cell. */
export type Measured = { scenario: string; good: LaunchRecord[]; series: Map<string, MetricSeries> };

/** PSS at the first mark that both have, round by round. */
export function memoryOf(
  cells: readonly Measured[],
  native: readonly Measured[],
): Pick<MeasuredCosts, "overheadBytes" | "programBytes"> | null {
  for (const { scenario, good } of cells) {
    const base = native.find((one) => one.scenario === scenario)?.good ?? [];
    const mark = good[0]?.memory[0]?.mark;
    if (mark === undefined) continue;
    const nativeBytes = bytesByRound(base, mark);
    const pairs = [...bytesByRound(good, mark)].filter(([round]) => nativeBytes.has(round));
    if (pairs.length === 0) continue;
    return {
      overheadBytes: pairs.map(([round, bytes]) => bytes - nativeBytes.get(round)!),
      programBytes: median([...nativeBytes.values()]),
    };
  }
  return null;
}

function bytesByRound(launches: readonly LaunchRecord[], mark: string): Map<number, number> {
  return new Map(
    launches.flatMap((launch) => {
      const bytes = hostValue(launch, `pss@${mark}`);
      return bytes === null ? [] : [[launch.round, bytes] as const];
    }),
  );
}

export function slowdownsOf(
  { scenario, metric }: SlowdownMetric,
  cells: readonly Measured[],
  native: readonly Measured[],
): number[] | null {
  const series = (measured: readonly Measured[]) =>
    measured.find((one) => one.scenario === scenario)?.series.get(metric);
  const [ours, base] = [series(cells), series(native)];
  if (ours === undefined || base === undefined) return null;
  const ratios = [...ours.byRound].flatMap(([round, value]) => {
    const other = base.byRound.get(round);
    if (other === undefined || !(value > 0 && other > 0)) return [];
    return [ours.meta.better === "lower" ? value / other : other / value];
  });
  return ratios.length === 0 ? null : ratios;
}
