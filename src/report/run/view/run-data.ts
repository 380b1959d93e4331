import type { Configuration } from "../../../axes/configuration.ts";
import type { JudgedSummary } from "../../../check/judged-summary.ts";
import { cellId } from "../../../plan/cell.ts";
import type { LaunchRecord } from "../../../samples/launch-record.ts";
import type { RunManifest } from "../../../samples/run-manifest.ts";
import { type MetricSeries, metricSeries } from "../../../stats/summaries/metric-series.ts";
import { indexSummary, type SummaryIndex } from "./summary-index.ts";

/** All that the view is made of: the summary, and the launches for what the summary leaves out. */
export type RunData = {
  manifest: RunManifest;
  index: SummaryIndex;
  launchesOf(cell: string): readonly LaunchRecord[];
  /** Values by round and pooled histogram; `null` where no good launch has the metric. */
  seriesOf(config: Configuration, scenario: string, metric: string): MetricSeries | null;
};

export function runData(
  manifest: RunManifest,
  summary: JudgedSummary,
  launches: readonly LaunchRecord[],
): RunData {
  const byCell = Map.groupBy(launches, (launch) => launch.cell);
  const cache = new Map<string, Map<string, MetricSeries>>();
  const all = (cell: string, scenario: string): Map<string, MetricSeries> => {
    const known = cache.get(cell);
    if (known !== undefined) return known;
    const good = (byCell.get(cell) ?? []).filter((launch) => launch.status === "ok");
    const made = metricSeries(good, manifest.metrics[scenario] ?? []);
    cache.set(cell, made);
    return made;
  };
  return {
    manifest,
    index: indexSummary(summary),
    launchesOf: (cell) => byCell.get(cell) ?? [],
    seriesOf: (config, scenario, metric) => all(cellId(config, scenario), scenario).get(metric) ?? null,
  };
}
